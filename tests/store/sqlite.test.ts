import Driver from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankThing } from '../../src/desk/change.ts';
import type { Commit } from '../../src/store/port.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { storeContract } from './contract.ts';

let folder = '';
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-store-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the store in a SQLite file', () =>
  storeContract(() => sqliteStore({ file: join(folder, `${(files += 1)}.db`) })));

/** A report as it is first kept. */
function handedIn(id: string): Commit {
  const ref = { county: 'one', kind: 'report', id } as const;
  const thing = { ...blankThing(ref, 'to-check', '1', '2026-03-02T01:00:00.000Z'), version: 1 };
  const entry = {
    ...ref,
    sequence: 1,
    action: 'save' as const,
    actor: 'wang',
    onBehalf: null,
    on: '2026-03-02',
    at: thing.since,
    configVersion: '1',
    change: {},
    previous: '',
    hash: 'h',
  };
  const step = { expected: 0, thing, title: '路灯', entry, texts: [] };
  return { steps: [step], scores: [], timers: [], messages: [], key: null };
}

test('what was kept is there when the file is opened again', async () => {
  const file = join(folder, 'again.db');
  const first = await sqliteStore({ file });
  const commit = handedIn('r-1');
  await first.commit(commit);
  expect(await first.next('one', 'report')).toBe(1);
  await first.close();
  const second = await sqliteStore({ file });
  expect(await second.read({ county: 'one', kind: 'report', id: 'r-1' })).toEqual({
    thing: commit.steps[0]?.thing,
    title: '路灯',
  });
  expect(await second.next('one', 'report')).toBe(2);
  await second.close();
});

test('of commits that wait together none is answered before it is on the disk, and they share few transactions', async () => {
  const file = join(folder, 'together.db');
  const store = await sqliteStore({ file });
  const other = new Driver(file, { readonly: true });
  const there = other.prepare<[string], { id: string }>('select id from things where id = ?');
  let [seen, groups] = [0, 0];
  let version = other.pragma('data_version', { simple: true });
  const commit = async (id: string) => {
    await store.commit(handedIn(id));
    if (there.get(id)) seen += 1;
    const now = other.pragma('data_version', { simple: true });
    if (now !== version) groups += 1;
    version = now;
  };
  await Promise.all(Array.from({ length: 96 }, (_, at) => commit(`r-${at}`)));
  expect(seen).toBe(96);
  expect(groups).toBeLessThanOrEqual(5);
  other.close();
  await store.close();
});

test('where the database gives up a transaction all who wait together are told so, and those after them are kept', async () => {
  const file = join(folder, 'given-up.db');
  const store = await sqliteStore({ file });
  const other = new Driver(file);
  other.exec(
    `create trigger full before insert on things when new.id = 'r-3' begin select raise(rollback, 'full'); end`,
  );
  const tried = [1, 2, 3, 4, 5].map((at) =>
    store.commit(handedIn(`r-${at}`)).then(
      () => 'kept',
      () => 'refused',
    ),
  );
  const told = await Promise.all(tried);
  expect(told[2]).toBe('refused');
  // Nobody is told that something was kept which was not.
  const there = other.prepare<[], { id: string }>('select id from things order by id').all();
  expect(there.map(({ id }) => id)).toEqual(
    told.flatMap((one, at) => (one === 'kept' ? [`r-${at + 1}`] : [])),
  );
  await store.commit(handedIn('r-6'));
  expect(await store.read({ county: 'one', kind: 'report', id: 'r-6' })).not.toBeNull();
  other.close();
  await store.close();
});

test('while another holds the file those who only read are answered, and who writes is, as soon as it is let go', async () => {
  const file = join(folder, 'held.db');
  const store = await sqliteStore({ file });
  await store.commit(handedIn('r-1'));
  const other = new Driver(file);
  other.exec('begin immediate');
  const order: string[] = [];
  const told = (what: string) => () => void order.push(what);
  const writes = [
    store.commit(handedIn('r-2')).then(told('kept'), told('refused')),
    store.next('one', 'report').then(told('numbered'), told('refused')),
  ];
  expect(await store.read({ county: 'one', kind: 'report', id: 'r-1' })).not.toBeNull();
  order.push('read');
  other.exec('rollback');
  await Promise.all(writes);
  expect([order[0], ...order.slice(1).sort()]).toEqual(['read', 'kept', 'numbered']);
  expect(await store.read({ county: 'one', kind: 'report', id: 'r-2' })).not.toBeNull();
  other.close();
  await store.close();
});
