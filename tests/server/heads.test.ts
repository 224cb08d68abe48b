import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { headsKept, headsKey, signedHeads } from '../../src/server/heads.ts';
import { readSettings } from '../../src/server/settings.ts';
import { officeOf, text } from '../desk/office.ts';

const folder = mkdtempSync(join(tmpdir(), 'minqing-heads-'));
const key = join(mkdtempSync(join(tmpdir(), 'minqing-key-')), 'heads.pem');
writeFileSync(key, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
const kept = { folder, key, hours: 24 };
const nobody = () => undefined;
const files = () => readdirSync(folder).sort();

test('the heads are written once in so many hours, however often and from however many places it is asked', async () => {
  const { store, begin } = officeOf('huantai');
  await begin('wang', 'report', 'submit', text);
  await Promise.all([1, 2, 3].map(() => headsKept(store, kept, '2026-03-02T01:00:00.000Z', nobody)));
  expect(files()).toEqual(['heads-2026-03-02T0000Z.ndjson']);
  const first = readFileSync(join(folder, files()[0] ?? ''), 'utf8');
  const own = await signedHeads(store.heads(), createPrivateKey(readFileSync(key, 'utf8')));
  expect(first).toBe(own.text);
  expect(own.number).toBe(1);
  await begin('wang', 'report', 'submit', text);
  await headsKept(store, kept, '2026-03-02T23:59:00.000Z', nobody);
  expect(readFileSync(join(folder, files()[0] ?? ''), 'utf8')).toBe(first);
  await headsKept(store, kept, '2026-03-03T00:00:00.000Z', nobody);
  expect(files()).toEqual(['heads-2026-03-02T0000Z.ndjson', 'heads-2026-03-03T0000Z.ndjson']);
  const second = readFileSync(join(folder, files()[1] ?? ''), 'utf8');
  expect(second.split('\n')).toHaveLength(first.split('\n').length + 1);
});

test('what breaks off is tried again, and nothing half written is left', async () => {
  const at = '2026-03-05T00:00:00.000Z';
  const broken = {
    async *heads(): AsyncGenerator<[string, string, string, number, string][]> {
      yield [['huantai', 'report', 'report-1', 1, 'hash']];
      throw new Error('gone');
    },
  };
  const before = files();
  await expect(headsKept(broken, kept, at, nobody)).rejects.toThrow('gone');
  expect(files()).toEqual(before);
  await headsKept(officeOf('huantai').store, kept, at, nobody);
  expect(files()).toEqual([...before, 'heads-2026-03-05T0000Z.ndjson']);
});

test('what a process that was killed has left is taken over after some minutes, and said', async () => {
  const at = '2026-03-06T00:00:00.000Z';
  const partial = join(folder, 'heads-2026-03-06T0000Z.ndjson.partial');
  const heard: string[] = [];
  const keep = () => headsKept(officeOf('huantai').store, kept, at, (words) => void heard.push(words));
  writeFileSync(partial, '');
  utimesSync(partial, new Date(at), new Date('2026-03-05T23:58:00.000Z'));
  await keep();
  // Another process may be writing it.
  expect([files().at(-1), heard]).toEqual([expect.stringContaining('.partial'), []]);
  utimesSync(partial, new Date(at), new Date('2026-03-05T23:40:00.000Z'));
  await keep();
  expect(files().at(-1)).toBe('heads-2026-03-06T0000Z.ndjson');
  expect(heard).toEqual([expect.stringContaining(partial)]);
  rmSync(join(folder, 'heads-2026-03-06T0000Z.ndjson'));
});

test('a folder that is not there, a key that is none and hours that are no number are refused with what to write', async () => {
  const reason = (promise: Promise<unknown>) =>
    promise.then(
      () => '',
      (error: Error) => error.message,
    );
  expect(await reason(headsKey({ ...kept, folder: join(folder, 'none') }))).toContain('openssl genpkey');
  const wrong = join(folder, '..', 'wrong.pem');
  writeFileSync(wrong, 'no key');
  expect(await reason(headsKey({ ...kept, key: wrong }))).toContain(wrong);
  const portals = [{ issuer: 'i', audience: 'a', jwks: 'https://portal.example/jwks' }];
  const read = (heads: unknown) => () => readSettings('s.json', JSON.stringify({ portals, heads }));
  expect(read({ folder, key })().heads).toEqual(kept);
  expect(read({ folder, key, hours: 0 })).toThrow('/heads/hours');
  expect(read({ folder })).toThrow('/heads');
  expect(read({ folder, key, every: 2 })).toThrow('every');
});
