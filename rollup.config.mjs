import { existsSync, readdirSync, rmSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';
import { leanTemplatesPlugin } from './scripts/lean-templates.mjs';

/** Browsers of three years ago, for what reaches a page; tests/components/browsers.test.ts holds the styles to them too. */
export const browsers = ['chrome119', 'edge119', 'firefox119', 'safari17'];

const plugins = (target, minify = false) => [
  nodeResolve({ exportConditions: ['default', 'module', 'import'] }),
  commonjs(),
  json(),
  ...(minify ? [leanTemplatesPlugin()] : []),
  esbuild({ target, minify, legalComments: minify ? 'none' : 'inline', tsconfig: 'tsconfig.json' }),
];
// What npm installs stays an import; the page's own bundle below takes everything in.
const external = (id, importer) => importer !== undefined && !id.startsWith('.') && !id.startsWith('/');
const elements = readdirSync('components').filter((name) => existsSync(`components/${name}/index.ts`));

/** One notice in the place of one for each file of a library. */
const notices = {
  name: 'notices',
  generateBundle(_options, bundle) {
    const of = {
      minqing: 'With Lit. Copyright Google LLC. SPDX-License-Identifier: BSD-3-Clause',
      'word-file': 'With fflate. Copyright Arjun Barrett. SPDX-License-Identifier: MIT',
    };
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk' && of[chunk.name])
        chunk.code = chunk.code.replace('\n//# sourceMappingURL', `\n/*! ${of[chunk.name]} */$&`);
  },
};

// What an earlier build named by its content is not sent any more.
rmSync('dist/page', { recursive: true, force: true });

export default [
  {
    input: {
      index: 'src/index.ts',
      client: 'src/client/index.ts',
      server: 'src/server/index.ts',
      'store/memory': 'src/store/memory.ts',
      'store/sqlite': 'src/store/sqlite.ts',
      'store/postgres': 'src/store/postgres.ts',
      cli: 'src/cli/main.ts',
    },
    output: { dir: 'dist', format: 'es', sourcemap: true, chunkFileNames: 'parts/[name]-[hash].js' },
    external,
    plugins: plugins('es2022'),
  },
  {
    input: {
      'components/all': 'components/all.ts',
      ...Object.fromEntries(elements.map((name) => [`components/${name}`, `components/${name}/index.ts`])),
    },
    output: {
      dir: 'dist',
      format: 'es',
      sourcemap: true,
      chunkFileNames: 'components/parts/[name]-[hash].js',
    },
    external,
    plugins: plugins(browsers),
  },
  {
    input: { minqing: 'components/all.ts' },
    // What is fetched later takes from it what it has already.
    preserveEntrySignatures: 'allow-extension',
    // For a page's own script tag: what every page needs, and beside it what a tag, a language or a later step needs.
    output: {
      dir: 'dist/page',
      format: 'es',
      sourcemap: true,
      chunkFileNames: 'minqing/[name]-[hash].js',
    },
    plugins: [...plugins(browsers, true), notices],
  },
];
