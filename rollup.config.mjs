import { existsSync, readdirSync } from 'node:fs';
import commonjs from '@rollup/plugin-commonjs';
import json from '@rollup/plugin-json';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import esbuild from 'rollup-plugin-esbuild';

const plugins = (minify = false) => [
  nodeResolve({ exportConditions: ['default', 'module', 'import'] }),
  commonjs(),
  json(),
  esbuild({ target: 'es2022', minify, tsconfig: 'tsconfig.json' }),
];
// What npm installs stays an import; the one-file bundle below takes everything in.
const external = (id, importer) => importer !== undefined && !id.startsWith('.') && !id.startsWith('/');
const elements = readdirSync('components').filter((name) => existsSync(`components/${name}/index.ts`));

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
    plugins: plugins(),
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
    plugins: plugins(),
  },
  {
    input: 'components/all.ts',
    // For a plain script tag, on whatever page: it needs no module and no other origin's leave.
    output: { file: 'dist/minqing.js', format: 'iife', name: 'minqing', sourcemap: true },
    plugins: plugins(true),
  },
];
