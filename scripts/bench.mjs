// Bundles the benchmarks and runs them; each prints ratios taken in this one run, beside a named peer.
import { spawnSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { build } from 'esbuild';

await mkdir('node_modules/.cache', { recursive: true });
await build({
  entryPoints: ['tests/bench/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  outfile: 'node_modules/.cache/bench.mjs',
  logLevel: 'warning',
});
const { status } = spawnSync(
  process.execPath,
  ['--expose-gc', 'node_modules/.cache/bench.mjs', ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
