import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { build } from 'esbuild';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';

const root = new URL('../', import.meta.url).pathname;
const names = readdirSync(join(root, 'examples')).flatMap((file) =>
  file.endsWith('.ts') ? [file.slice(0, -3)] : [],
);

// Each runs against the built package, as a reader would run it, and prints what stands beside it.
test.each(names)('examples/%s.ts prints what it says', async (name) => {
  const folder = mkdtempSync(join(root, 'dist', 'example-'));
  const outfile = join(folder, 'main.mjs');
  await build({
    entryPoints: [join(root, 'examples', `${name}.ts`)],
    outfile,
    bundle: false,
    format: 'esm',
    define: { 'import.meta.url': JSON.stringify(`file://${root}examples/${name}.ts`) },
  });
  const said = execFileSync(process.execPath, [outfile], { encoding: 'utf8', cwd: root });
  expect(said).toBe(readFileSync(join(root, 'examples', `${name}.txt`), 'utf8'));
});
