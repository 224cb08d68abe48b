import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { counter } from '../bench/measure.ts';
import { countyOf } from '../county.ts';
import { handIn } from '../desk/many.ts';
import { checked, officeOf, text } from '../desk/office.ts';
import { atLeast, none, within, type Figure } from './figures.ts';
import { COUNTY, freshFolder, officeFolder, openPortal, startService, verified } from './service.ts';

const DAY = 86_400_000;

/** An office whose clock goes wrong between its acts and ticks, by a day back to four hundred ahead. */
export async function clockJumps(offices: number, jumps: number): Promise<Figure[]> {
  const pick = counter(41);
  let [ticks, again, differ, refused] = [0, 0, 0, 0];
  for (let at = 0; at < offices; at += 1) {
    const store = await sqliteStore({ file: join(freshFolder(), 'jumps.db') });
    const office = officeOf(COUNTY, store);
    for (let jump = 0; jump < jumps; jump += 1) {
      const day = new Date(Date.parse('2026-03-02T00:00:00Z') + (pick(402) - 1) * DAY)
        .toISOString()
        .slice(0, 10);
      office.clock(day);
      const view = await office.begin('wang', 'report', 'submit', { ...text, title: `${at}-${jump}` });
      if (pick(2) === 0) await office.as('checker', 'pass', view, checked).catch(() => (refused += 1));
      const now = office.now();
      ticks += await office.desk.tick(office.county.id, now);
      // The same instant once more, and a day earlier: nothing is left to do.
      again += await office.desk.tick(office.county.id, now);
      again += await office.desk.tick(office.county.id, new Date(Date.parse(now) - DAY).toISOString());
    }
    if ((await office.desk.verifyLog()).difference) differ += 1;
    await store.close();
  }
  return [
    { what: 'jumps of the clock', value: offices * jumps, holds: true },
    atLeast('due dates acted on', ticks, 1),
    none('acted on again at the same instant or a day before', again),
    none('acts refused for the clock', refused),
    none('offices whose log does not verify', differ),
  ];
}

/** A service that starts when as many reports are overdue. */
export async function dueAtStart(many: number): Promise<Figure[]> {
  const [configs, portal, db] = [officeFolder(), await openPortal(), join(freshFolder(), 'due.db')];
  const first = await startService(db, configs, portal.settings);
  await first.end('SIGTERM');
  const store = await sqliteStore({ file: db });
  // Each is due after three working days, long ago.
  await handIn(store, { ...countyOf(COUNTY).county, version: '1' }, many, '2026-03-02T01:00:00.000Z');
  await store.close();

  const started = performance.now();
  const service = await startService(db, configs, portal.settings, ['--import', './tests/faults/hurry.mjs']);
  const ask = async () => {
    const from = performance.now();
    const answer = await fetch(`${service.base}/counties/${COUNTY}`, {
      headers: { Authorization: `Bearer ${await portal.token('checker-1')}` },
    });
    await answer.arrayBuffer();
    return { ok: answer.status === 200, took: performance.now() - from };
  };
  let failed = (await ask()).ok ? 0 : 1;
  const answered = performance.now() - started;
  const file = new Sqlite(db, { readonly: true });
  const number = (query: string) => file.prepare<[], number>(query).pluck().get() ?? 0;
  const left = () => number('select count(*) from timers where on_date <= date()');
  let slowest = 0;
  while (left() > 0 && performance.now() - started < 600_000) {
    const { ok, took } = await ask();
    if (!ok) failed += 1;
    slowest = Math.max(slowest, took);
  }
  const all = performance.now() - started;
  const said = "json_extract(entry, '$.action') = 'tick'";
  const [acts, things] = [
    number(`select count(*) from log where ${said}`),
    number(`select count(distinct thing) from log where ${said}`),
  ];
  const twice = number(
    `select count(*) from (select thing, json_extract(entry, '$.change.escalation') as what from log where ${said} group by thing, what having count(*) > 1)`,
  );
  const undue = left();
  file.close();
  await service.end('SIGTERM');
  portal.close();
  return [
    { what: 'timers due at the start', value: many, holds: true },
    within('first answer after the start, ms', answered, 10_000),
    within('slowest answer while they are worked off, ms', slowest, 1_000),
    { what: 'all worked off after, s', value: Math.round(all / 1000), holds: undue === 0 },
    { what: 'reports acted on', value: things, holds: things === many },
    { what: 'acts of the clock', value: acts, holds: true },
    none('the same act twice on one report', twice),
    none('questions not answered meanwhile', failed),
    { what: 'verify-log', value: verified(db, configs), holds: true },
  ];
}
