import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { text } from '../desk/office.ts';

const root = new URL('../../', import.meta.url).pathname;

/** The built server as a process of its own; resolves with its address once it says that it listens. */
async function start(db: string): Promise<{ child: ChildProcess; base: string }> {
  const args = [
    '--disallow-code-generation-from-strings',
    'dist/cli.js',
    'serve',
    '--demo',
    '--port',
    '0',
    '--db',
    db,
  ];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const base = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk));
      if (found) resolve(found[0]);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { child, base };
}
async function headers(base: string) {
  const answer = await fetch(`${base}/demo/token`, {
    method: 'POST',
    body: JSON.stringify({ id: 'huantai-author-1' }),
  });
  return { Authorization: `Bearer ${(await answer.json()).token}` };
}

test('a submission that was acknowledged is there after SIGKILL and a restart', async () => {
  const db = join(mkdtempSync(join(tmpdir(), 'minqing-')), 'kill.db');
  const first = await start(db);
  const sent = await fetch(`${first.base}/counties/huantai/reports`, {
    method: 'POST',
    headers: await headers(first.base),
    body: JSON.stringify({ action: 'submit', input: text }),
  });
  expect(sent.status).toBe(201);
  const { id } = await sent.json();
  const ended = new Promise((resolve) => first.child.once('exit', resolve));
  first.child.kill('SIGKILL');
  await ended;

  const second = await start(db);
  const found = await fetch(`${second.base}/counties/huantai/reports/${id}`, {
    headers: await headers(second.base),
  });
  expect(await found.json()).toMatchObject({
    id,
    version: 1,
    title: text.title,
    stage: { id: 'initial-check' },
  });
  const stopped = new Promise((resolve) => second.child.once('exit', resolve));
  second.child.kill('SIGTERM');
  expect(await stopped).toBe(0);
}, 90_000);

test('without --demo and without a portal the server does not start, and a broken config is named', async () => {
  const run = (args: string[]) =>
    new Promise<{ code: number | null; said: string }>((resolve) => {
      const child = spawn(
        process.execPath,
        ['dist/cli.js', 'serve', '--port', '0', '--db', ':memory:', ...args],
        { cwd: root },
      );
      let said = '';
      child.stderr.on('data', (chunk) => (said += String(chunk)));
      child.once('exit', (code) => resolve({ code, said }));
    });
  const alone = await run(['--lang', 'en']);
  expect([alone.code, alone.said.includes('--settings')]).toEqual([1, true]);
  const broken = await run(['--demo', '--configs', 'tests/fixtures/broken-folder', '--lang', 'en']);
  expect([broken.code, broken.said.includes('Did you mean "quotas"?')]).toEqual([1, true]);
});
