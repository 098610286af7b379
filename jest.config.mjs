/** One Jest for the whole house: a project a floor, so that `--selectProjects domain` runs one of them. */
const swc = (decorators) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators },
      transform: decorators ? { legacyDecorator: true, decoratorMetadata: true } : {},
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
    inlineSourcesContent: false,
  },
];

const moduleNameMapper = {
  '^@fairshare/(domain|contract)/(.*?)(\\.js)?$': '<rootDir>/libs/$1/src/$2',
  '^(\\.{1,2}/.*)\\.js$': '$1',
};

const node = (displayName, roots, decorators = false) => ({
  displayName,
  rootDir: import.meta.dirname,
  roots: roots.map((root) => `<rootDir>/${root}`),
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': swc(decorators) },
  moduleNameMapper,
});

export default {
  // What is slow is measured in bench/; a specification fails by what it sees, not by a busy machine.
  testTimeout: 60_000,
  projects: [
    node('domain', ['libs/domain/src']),
    node('contract', ['libs/contract/src']),
    {
      ...node('api', ['api/src', 'api/test', 'migrations'], true),
      globalSetup: '<rootDir>/api/test/global-setup.mjs',
      globalTeardown: '<rootDir>/api/test/global-teardown.mjs',
    },
    {
      displayName: 'walls',
      rootDir: import.meta.dirname,
      roots: ['<rootDir>/tools'],
      testEnvironment: 'node',
      testMatch: ['**/*.spec.mjs'],
      transform: {},
    },
    '<rootDir>/web/jest.config.mjs',
    {
      ...node('journeys', ['web/e2e']),
      testMatch: ['**/*.e2e.ts'],
    },
  ],
};
