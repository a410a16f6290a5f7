import js from '@eslint/js';
import markdown from '@eslint/markdown';
import prettier from 'eslint-config-prettier';
import markdownLinks from 'eslint-plugin-markdown-links';
import tseslint from 'typescript-eslint';
import * as yamlParser from 'yaml-eslint-parser';

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', '.tmp/', 'node_modules/', '**/node_modules/'] },
  { files: ['**/*.{js,mjs,cjs,ts}'], ...js.configs.recommended },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: ['./tsconfig.json', './__tests__/tsconfig.json'] } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `this: void` says that a method may be passed on alone.
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
    },
  },
  {
    // Tests pass on sessions and arguments of any type.
    files: ['__tests__/**/*.ts'],
    rules: { '@typescript-eslint/no-explicit-any': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        console: 'readonly',
        process: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setImmediate: 'readonly',
        URL: 'readonly',
        URLSearchParams: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    // What the blocks of the documents use.
    files: ['__tests__/docs/preambles/*'],
    rules: { 'no-unused-vars': 'off', 'require-yield': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { module: 'writable', require: 'readonly', __dirname: 'readonly', exports: 'writable' },
    },
  },
  prettier,
  {
    files: ['.github/workflows/*.yml'],
    languageOptions: { parser: yamlParser },
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'YAMLDocument > YAMLMapping:not(:has(> YAMLPair[key.value=permissions]))',
          message: 'Say what the workflow may do: permissions, and contents: read for most.',
        },
        {
          selector: 'YAMLPair[key.value=uses][value.value=/^[^.]/]:not([value.value=/@[0-9a-f]{40}$/])',
          message: 'Pin actions to commits.',
        },
        {
          selector:
            'YAMLMapping:has(> YAMLPair[key.value=uses][value.value=/^actions.checkout@/])' +
            ':not(:has(YAMLPair[key.value=persist-credentials][value.value=false]))',
          message: 'Leave no credentials behind: persist-credentials: false.',
        },
        {
          selector:
            'YAMLPair[key.value=jobs] > YAMLMapping > YAMLPair > YAMLMapping' +
            ':not(:has(> YAMLPair[key.value=/^(timeout-minutes|uses)$/]))',
          message: 'Say when a job has taken too long: timeout-minutes.',
        },
      ],
    },
  },
  {
    files: ['**/*.md'],
    plugins: { markdown, 'markdown-links': markdownLinks },
    language: 'markdown/gfm',
    rules: {
      'markdown-links/no-missing-path': 'error',
      'markdown-links/no-missing-fragments': 'error',
    },
  },
);
