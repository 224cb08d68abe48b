import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { checkConfig } from '../../src/check/check.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/port.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { handIn, onceEach } from './many.ts';
import { checked, officeOf, text } from './office.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'minqing-')), 'due.db');
const firstDue = async (store: Store, county: string) => {
  // A claim that is over at once takes nothing from anybody.
  const at = '2000-01-01T00:00:00.000Z';
  const [timer] = await store.claimTimers(county, '2099-12-31', 1, { now: at, until: at });
  return timer ?? null;
};

test('ten thousand timers due at once act once each, and what is asked meanwhile is answered between them', async () => {
  const file = newFile();
  const store = await sqliteStore({ file });
  const { county, desk, look } = officeOf('huantai', store);
  await handIn(store, county, 10_000, '2026-03-02T01:00:00.000Z');
  let [over, answered] = [false, 0];
  const ticking = desk.tick('huantai', '2026-03-06T01:00:00.000Z').finally(() => (over = true));
  while (!over) {
    await setImmediate();
    await look('checker', { county: 'huantai', kind: 'report', id: `report-${1 + (answered % 10_000)}` });
    answered += 1;
  }
  expect(await ticking).toBe(10_000);
  // One question a commit, and a commit holds a few things only.
  expect(answered).toBeGreaterThan(400);
  expect(await desk.tick('huantai', '2026-03-06T02:00:00.000Z')).toBe(0);
  await store.close();
  onceEach(new Database(file, { readonly: true }), 10_000);
}, 120_000);

/** A county with one stage where the clock does what is given, and one after it where reports are compiled. */
function clockCounty(overdue: object[]) {
  const { county, config, mistakes } = checkConfig(
    'clock.json',
    JSON.stringify({
      id: 'clock',
      name: 'Clock',
      posts: [
        { id: 'clerk', name: 'Clerk', scope: 'county' },
        { id: 'author', name: 'Author', scope: 'own', everyone: true, enteredBy: ['clerk'] },
      ],
      forms: { report: [{ id: 'title', label: 'Title', type: 'text' }] },
      access: [
        { may: 'create', on: 'report', posts: ['author'] },
        { may: 'read', on: 'report', posts: ['clerk'] },
      ],
      flows: {
        report: {
          form: 'report',
          start: 'draft',
          stages: [
            {
              id: 'draft',
              label: 'Draft',
              kind: 'draft',
              by: ['author'],
              actions: { submit: { label: 'Submit', to: 'check' } },
            },
            {
              id: 'check',
              label: 'Check',
              kind: 'review',
              by: ['clerk'],
              due: { days: 3 },
              actions: { pass: { label: 'Pass', to: 'compile' } },
              overdue,
            },
            {
              id: 'compile',
              label: 'Compile',
              kind: 'compile',
              by: ['clerk'],
              actions: { archive: { label: 'Archive', to: 'archived' } },
            },
            { id: 'archived', label: 'Archived', kind: 'end' },
          ],
        },
      },
    }),
    () => null,
  );
  if (!county || !config) throw new Error(mistakes.map(({ saying }) => saying.en).join('\n'));
  const directory = {
    organisations: [],
    people: [
      { id: 'clerk', name: 'Clerk', posts: [{ post: 'clerk' }] },
      { id: 'wang', name: 'Wang' },
    ],
  };
  const store = memoryStore();
  let salts = 0;
  const desk = createDesk({
    county,
    directory,
    store,
    scoring: methodScoring(config, directory),
    newSalt: () => `salt-${(salts += 1)}`,
  });
  return { county, store, desk };
}

test('several steps whose days have all come leave no timer of the first behind', async () => {
  const { county, store, desk } = clockCounty([
    { days: 1, do: 'remind' },
    { days: 2, do: 'supervise' },
  ]);
  await handIn(store, county, 1, '2026-03-02T01:00:00.000Z', 'check');
  expect(await firstDue(store, 'clock')).toMatchObject({ on: '2026-03-06' });
  expect(await desk.tick('clock', '2026-03-20T01:00:00.000Z')).toBe(1);
  const log = await store.log({ county: 'clock', kind: 'report', id: 'report-1' });
  expect(log.map(({ entry }) => entry.action)).toEqual(['submit', 'tick', 'tick']);
  expect(await firstDue(store, 'clock')).toBeNull();
});

test('what the clock moves on counts from that day like what a person moves on', async () => {
  const { county, store, desk } = clockCounty([{ days: 1, do: 'pass' }]);
  await handIn(store, county, 1, '2026-03-02T01:00:00.000Z', 'check');
  expect(await desk.tick('clock', '2026-03-06T01:00:00.000Z')).toBe(1);
  const moments: unknown[] = [];
  for await (const page of store.counted('clock')) moments.push(...page.flatMap((record) => record.moments));
  expect(moments).toMatchObject([
    { is: 'submitted', on: '2026-03-02' },
    { is: 'forwarded', on: '2026-03-06' },
  ]);
});

test('after the clock was set back a day nothing acts twice, and what came later in the log is told later', async () => {
  const store = await sqliteStore({ file: newFile() });
  const { begin, as, desk, look, actor, clock, now } = officeOf('huantai', store, '2026-03-02');
  let report = await begin('wang', 'report', 'submit', text);
  clock('2026-03-06');
  expect(await desk.tick('huantai', now())).toBe(1);
  report = await as('checker', 'claim', await look('checker', report));
  clock('2026-03-05');
  expect(await desk.tick('huantai', now())).toBe(0);
  report = await as('checker', 'pass', report, checked);
  expect(report).toMatchObject({ stage: { id: 'second-review' }, due: { on: '2026-03-10' } });
  // The pass is of a day before the claim, and comes after it all the same.
  const told = report.history.map(({ action }) => action);
  expect(told).toEqual(['submit', 'tick', 'claim', 'pass']);
  const then = await desk.view(report, actor('checker'), now(), 'zh', '2026-03-05');
  expect(then.history.map(({ action }) => action)).toEqual(told);
  expect(then).toMatchObject({ stage: { id: 'second-review' }, version: 4 });
  const before = await desk.view(report, actor('checker'), now(), 'zh', '2026-03-04');
  expect(before.history.map(({ action }) => action)).toEqual(['submit']);
  // The clock is right again: the step of that day was taken, the next is the next stage's.
  clock('2026-03-06');
  expect(await desk.tick('huantai', now())).toBe(0);
  clock('2026-03-11');
  expect(await desk.tick('huantai', now())).toBe(1);
  expect((await desk.verifyLog()).difference).toBeNull();
  await store.close();
});
