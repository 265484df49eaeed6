import js from '@eslint/js';
import { createProjectGraphAsync } from '@nx/devkit';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { fileNames, layerRules, projectRules, TEST_FILES } from './tools/boundaries.mjs';

// Without a cached project graph Nx switches its boundary rule off with a mere warning. Under `nx run` the graph is there.
if (!process.env.NX_TASK_TARGET_PROJECT) await createProjectGraphAsync({ exitOnError: true, resetDaemonClient: true });

const nodeGlobals = Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']));

/** A leading underscore says that an argument is there for its place alone. */
const unused = { argsIgnorePattern: '^_', ignoreRestSiblings: true };

export default defineConfig(
  { ignores: ['**/node_modules', '**/dist', '**/dist-types', '**/dist-ide', '**/.nx', '.graphdesk', 'coverage'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { ...js.configs.recommended, files: ['**/*.{js,mjs,ts,tsx}'] },
  { files: ['**/*.{js,mjs}'], languageOptions: { globals: nodeGlobals } },
  {
    files: ['**/*.{js,mjs,ts,tsx}'],
    plugins: { '@nx': nx, graphdesk: { rules: { 'file-names': fileNames } }, 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.tsx', '.mjs', '.js'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [
        createNodeResolver({
          extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
          extensionAlias: { '.js': ['.ts', '.tsx', '.js'] },
          conditionNames: ['@graphdesk/source', 'import', 'node', 'default'],
        }),
      ],
    },
    rules: {
      'graphdesk/file-names': 'error',
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'no-unused-vars': ['error', unused],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['{apps,libs}/**/*.{ts,tsx}', 'tools/**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': ['error', unused],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: true }],
    },
  },
  {
    files: ['libs/*/src/**/*.ts'],
    ignores: TEST_FILES,
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'error' },
  },
  {
    // Specs and stories read answers whose shape they assert themselves, and hand over methods and async stand-ins freely.
    files: [...TEST_FILES, 'tools/**/*.spec.ts', 'apps/stories/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // Both ways of a migration are promises by TypeORM's interface, also where nothing is waited for.
    files: ['**/migrations/*.ts'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  ...projectRules,
  ...layerRules,
  prettier,
);
