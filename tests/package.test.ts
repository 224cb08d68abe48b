import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url).pathname;

test('the packed tarball installs into an empty project and each of its entries can be imported', () => {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-pack-'));
  const npm = (args: string[], cwd: string) =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const tarball =
    npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], root)
      .trim()
      .split('\n')
      .at(-1) ?? '';
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
  npm(
    ['install', '--omit=optional', '--prefer-offline', '--no-audit', '--no-fund', join(folder, tarball)],
    folder,
  );
  const script = `
    import { createDesk, checkConfig } from 'minqing';
    import { createClient } from 'minqing/client';
    import { createServer } from 'minqing/server';
    import { memoryStore } from 'minqing/store/memory';
    import base from 'minqing/configs/base.json' with { type: 'json' };
    console.log([createDesk, checkConfig, createClient, createServer, memoryStore].every((one) => typeof one === 'function'), base.id);
  `;
  writeFileSync(join(folder, 'try.mjs'), script);
  const said = execFileSync(process.execPath, ['--no-warnings', 'try.mjs'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(said.trim()).toBe('true base');
  const checked = execFileSync('npx', ['minqing', 'check', 'node_modules/minqing/configs/huantai.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(checked).toBe('');
}, 180_000);
