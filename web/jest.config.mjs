import presets from 'jest-preset-angular/presets/index.js';

const preset = presets.createEsmPreset({ tsconfig: '<rootDir>/tsconfig.spec.json' });

/** Components are tested in jsdom, by role and label, as native modules and without zone.js. */
export default {
  ...preset,
  displayName: 'web',
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/src'],
  testMatch: ['**/*.spec.ts'],
  setupFilesAfterEnv: ['<rootDir>/jest-setup.ts'],
  moduleNameMapper: {
    '^@fairshare/(domain|contract)/(.*?)(\\.js)?$': '<rootDir>/../libs/$1/src/$2',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
};
