import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { text } from '../desk/office.ts';

const root = new URL('../../', import.meta.url).pathname;

async function start(db: string): Promise<{ child: ChildProcess; base: string }> {
  const node = ['--disallow-code-generation-from-strings', 'dist/cli.js'];
  const args = [...node, 'serve', '--demo', '--empty', '--port', '0', '--db', db];
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
const endOf = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));
async function authorOf(base: string): Promise<string> {
  const answer = await fetch(`${base}/demo/token`, {
    method: 'POST',
    body: JSON.stringify({ id: 'huantai-author-1' }),
  });
  return `Bearer ${(await answer.json()).token}`;
}

test('a stop while requests run loses none: what began is answered, what was refused is sent again, each is there once', async () => {
  const db = join(mkdtempSync(join(tmpdir(), 'minqing-')), 'stop.db');
  const first = await start(db);
  const author = await authorOf(first.base);
  const body = JSON.stringify({ action: 'submit', input: text });
  const submit = async (base: string, Authorization: string, key: string): Promise<string> => {
    const answer = await fetch(`${base}/counties/huantai/reports`, {
      method: 'POST',
      headers: { Authorization, 'Idempotency-Key': key },
      body,
    });
    if (answer.status !== 201) throw new Error(`answered ${answer.status}`);
    return (await answer.json()).id;
  };

  // One whose body is still on its way when the stop comes, and one who only listens.
  const slow = request(`${first.base}/counties/huantai/reports`, {
    method: 'POST',
    headers: {
      Authorization: author,
      'Idempotency-Key': 'slow',
      'Content-Length': String(Buffer.byteLength(body)),
    },
  });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    slow.once('response', (response) => resolve(response.resume().statusCode));
    slow.once('error', reject);
  });
  slow.write(body.slice(0, 20));
  const listening = await fetch(`${first.base}/counties/huantai/changes`, {
    headers: { Authorization: author },
  });
  const heard = listening.text();

  const acknowledged = new Map<string, string>();
  const unknown: string[] = [];
  const ended = endOf(first.child);
  const senders = [1, 2, 3, 4].map(async (sender) => {
    for (let number = 1; ; number += 1) {
      const key = `${sender}-${number}`;
      try {
        acknowledged.set(key, await submit(first.base, author, key));
      } catch {
        unknown.push(key);
        return;
      }
      if (acknowledged.size === 20) first.child.kill('SIGTERM');
    }
  });
  await Promise.all(senders);
  slow.end(body.slice(20));
  expect(await answered).toBe(201);
  await heard;
  expect(await ended).toBe(0);

  const second = await start(db);
  const again = await authorOf(second.base);
  const stillThere = await Promise.all(
    [...acknowledged].map(async ([key, id]) => (await submit(second.base, again, key)) === id),
  );
  expect(stillThere).not.toContain(false);
  await Promise.all(unknown.map((key) => submit(second.base, again, key)));
  const list = await fetch(`${second.base}/counties/huantai/reports?view=mine`, {
    headers: { Authorization: again },
  });
  expect((await list.json()).total).toBe(acknowledged.size + unknown.length + 1);
  second.child.kill('SIGTERM');
  expect(await endOf(second.child)).toBe(0);
}, 90_000);
