import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import sonarjs from 'eslint-plugin-sonarjs';
import tseslint from 'typescript-eslint';

/** The walls between floors; those between rooms are in .dependency-cruiser.mjs. */
export const floors = [
  { sourceTag: 'floor:domain', onlyDependOnLibsWithTags: ['floor:domain'], allowedExternalImports: [] },
  { sourceTag: 'floor:contract', onlyDependOnLibsWithTags: ['floor:domain', 'floor:contract'], allowedExternalImports: ['zod'] },
  { sourceTag: 'floor:api', onlyDependOnLibsWithTags: ['floor:domain', 'floor:contract', 'floor:migrations', 'floor:api'] },
  { sourceTag: 'floor:web', onlyDependOnLibsWithTags: ['floor:domain', 'floor:contract', 'floor:web'] },
  { sourceTag: 'floor:migrations', onlyDependOnLibsWithTags: [], allowedExternalImports: ['typeorm'] },
];

/** A file, a function and a constructor stay small enough to be read in one sitting. */
const sizes = {
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 7],
  'sonarjs/cognitive-complexity': ['error', 15],
};

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.nx/**', '.angular/**', 'data/**', 'tmp/**', 'bench/results/**', '**/*.mjs', '**/*.js'] },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommended],
    plugins: { '@nx': nx, sonarjs },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      ...sizes,
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@nx/enforce-module-boundaries': ['error', { allow: [], depConstraints: floors, enforceBuildableLibDependency: false }],
    },
  },
  {
    // Nest reads the types of constructor parameters at run time, so that an import of a class there is no type import.
    files: ['api/src/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    files: ['api/src/**/*.ts', 'web/src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "MethodDefinition[kind='constructor'] > FunctionExpression[params.length>5]", message: 'A class that needs more than five others does too much.' },
      ],
    },
  },
  {
    files: ['web/src/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/component-selector': ['error', { type: 'element', prefix: 'fs', style: 'kebab-case' }],
      '@angular-eslint/directive-selector': ['error', { type: 'attribute', prefix: 'fs', style: 'camelCase' }],
    },
  },
  { files: ['web/src/**/*.html'], extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility] },
  {
    // A specification is a list of cases, a migration a list of statements: their length is not complexity.
    files: ['**/*.spec.ts', 'migrations/**/*.ts', 'api/test/**/*.ts', 'web/e2e/**/*.ts'],
    rules: { 'max-lines-per-function': 'off', 'max-lines': 'off' },
  },
  {
    // Specifications use Jest and fast-check on every floor, the pure one included.
    files: ['**/*.spec.ts', 'api/test/**/*.ts', 'web/e2e/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': 'off' },
  },
);
