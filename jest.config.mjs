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

/** What the API's specs share with the product under test: its own sources, and the frameworks whose classes it is asked for by. */
const frameworks = '(?:pg/esm/index\\.mjs|typeorm/index\\.mjs|@nestjs/(?:core|common)/index\\.js)$';
const native = `/(?:(?:api/src|migrations|libs/(?:domain|contract)/src)/(?!.*\\.spec\\.ts$).*\\.ts$|node_modules/${frameworks})`;

export default {
  // What is slow is measured in bench/; a specification fails by what it sees, not by a busy machine.
  testTimeout: 60_000,
  projects: [
    node('domain', ['libs/domain/src']),
    node('contract', ['libs/contract/src']),
    {
      ...node('api', ['api/src', 'api/test', 'migrations']),
      testEnvironment: '<rootDir>/api/test/native/environment.mjs',
      transform: { [native]: '<rootDir>/api/test/native/transform.mjs', '^.+\\.ts$': swc(false) },
      transformIgnorePatterns: [`/node_modules/(?!${frameworks})`],
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
