import { configs as lit } from 'eslint-plugin-lit';
import { configs as wc } from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'src/check/generated/', 'src/county/config.generated.ts'] },
  ...tseslint.configs.recommended,
  {
    files: ['components/**/*.ts'],
    ...lit['flat/recommended'],
  },
  {
    files: ['components/**/*.ts'],
    ...wc['flat/recommended'],
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
);
