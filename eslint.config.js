import tseslint from 'typescript-eslint';

const drivers = ['better-sqlite3', 'pg', 'drizzle-orm/better-sqlite3', 'drizzle-orm/sqlite-core', 'drizzle-orm/pg-core', 'drizzle-orm/node-postgres'];
const noDrivers = drivers.map((name) => ({ name, message: 'Only db/ knows which engine there is.' }));
const noInlineGuards = { selector: 'ExportDefaultDeclaration', message: 'No default exports: a thing has one name.' };
const noClock = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Time is handed in (src/clock.ts).' },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is handed in (src/clock.ts).' },
];

const config = tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'views/assets/**', 'eslint.config.js', 'scripts/*.js', 'data/**', 'drizzle.config.ts', 'vitest.config.ts'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.base],
    languageOptions: { parserOptions: { project: './tsconfig.check.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/return-await': ['error', 'in-try-catch'],
      eqeqeq: ['error', 'smart'],
      'no-restricted-syntax': ['error', noInlineGuards],
    },
  },
  {
    files: ['src/**/*.ts', 'views/**/*.ts', 'workflows/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: noDrivers }], 'no-restricted-syntax': ['error', noInlineGuards, ...noClock] },
  },
  {
    files: ['workflows/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [{ regex: '^(?!xstate$|\\.)', message: 'workflows/ is pure: xstate and its own files only.' }] }] },
  },
  {
    // The one clock there is.
    files: ['src/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', noInlineGuards] },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config.ts'],
    rules: { 'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Only src/config.ts reads the environment.' }] },
  },
);

export default config;
