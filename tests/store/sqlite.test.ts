import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blankThing } from '../../src/desk/change.ts';
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

test('what was kept is there when the file is opened again', async () => {
  const file = join(folder, 'again.db');
  const first = await sqliteStore({ file });
  const thing = {
    ...blankThing({ county: 'one', kind: 'report', id: 'r-1' }, 'to-check', '1', '2026-03-02T01:00:00.000Z'),
    version: 1,
  };
  const entry = {
    county: 'one',
    kind: 'report' as const,
    id: 'r-1',
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
  await first.commit({
    steps: [{ expected: 0, thing, title: '路灯', entry, texts: [] }],
    scores: [],
    timers: [],
    messages: [],
    key: null,
  });
  expect(await first.next('one', 'report')).toBe(1);
  await first.close();
  const second = await sqliteStore({ file });
  expect(await second.read({ county: 'one', kind: 'report', id: 'r-1' })).toEqual({ thing, title: '路灯' });
  expect(await second.next('one', 'report')).toBe(2);
  await second.close();
});
