// Bundles a TypeScript program of the house and runs it: node scripts/run.mjs FILE [ARGUMENTS].
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { build } from 'esbuild';
import { findChromium } from './find-chromium.mjs';

const [entry = '', ...rest] = process.argv.slice(2);
const outfile = `node_modules/.cache/${entry.replaceAll(/\W/g, '-')}.mjs`;
await mkdir('node_modules/.cache', { recursive: true });
await build({
  entryPoints: [entry],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  outfile,
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, ['--expose-gc', outfile, ...rest], {
  stdio: 'inherit',
  env: { ...process.env, MINQING_CHROMIUM: await findChromium() },
});
process.exitCode = status ?? 1;
