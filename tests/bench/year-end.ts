import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Engine } from 'json-rules-engine';
import { readLedger } from '../../src/assessment/ledger.ts';
import { score, Tally } from '../../src/assessment/score.ts';
import type { Line } from '../../src/county/config.generated.ts';
import { blankThing } from '../../src/desk/change.ts';
import { recordOf } from '../../src/desk/scoring.ts';
import { GENESIS } from '../../src/desk/seal.ts';
import type { Directory, ScoreRecord } from '../../src/model/record.ts';
import type { Moment, Thing } from '../../src/model/thing.ts';
import type { Step, Store } from '../../src/store/port.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { bestOf, counter, ratio } from './measure.ts';

const config: { method: { people: { lines: Line[] } } } = JSON.parse(
  readFileSync('configs/huantai.json', 'utf8'),
);
const ledger = readLedger(config.method, config.method.people);
const at = '2026-01-01T00:00:00.000Z';

function directoryOf(people: number): Directory {
  const all = Array.from({ length: people }, (_, index) => ({
    id: `p${index}`,
    name: `p${index}`,
    kind: index % 3 === 0 ? 'standing-member' : 'member',
  }));
  return { organisations: [], people: all };
}

function momentsOf(index: number, next: (below: number) => number): Moment[] {
  const level = ['county', 'city', 'province'][next(3)] ?? '';
  return [
    { is: 'submitted', on: `2026-0${1 + next(9)}-1${next(9)}` },
    ...(index % 3 === 0 ? [{ is: 'forwarded', on: '2026-09-20' }] : []),
    ...(index % 5 === 0 ? [{ is: 'adopted', on: '2026-10-01', level }] : []),
    ...(index % 20 === 0 ? [{ is: 'instructed', on: '2026-10-05', level: 'city', leader: 'main' }] : []),
  ];
}
function thingOf(index: number, people: number, next: (below: number) => number): Thing {
  const ref = { county: 'huantai', kind: 'report' as const, id: `report-${index}` };
  return {
    ...blankThing(ref, 'compiled', '1', at),
    version: 1,
    authors: [{ person: `p${next(people)}`, part: 'sole' }],
    moments: momentsOf(index, next),
  };
}

async function fill(store: Store, records: number, people: number): Promise<void> {
  const next = counter();
  for (let from = 0; from < records; from += 2000) {
    const steps = Array.from({ length: Math.min(2000, records - from) }, (_, offset): Step => {
      const thing = thingOf(from + offset, people, next);
      const entry = {
        county: thing.county,
        kind: thing.kind,
        id: thing.id,
        sequence: 1,
        action: 'submit' as const,
        actor: 'p0',
        onBehalf: null,
        on: '2026-01-01',
        at,
        configVersion: '1',
        change: {},
        previous: GENESIS,
        hash: GENESIS,
      };
      return { expected: 0, thing, title: thing.id, entry, texts: [] };
    });
    const scores = steps.map(({ thing }) => ({ record: recordOf(thing, []), entries: [] }));
    await store.commit({ steps, scores, timers: [], messages: [], key: null });
  }
}

/** The same as a record alone. */
function recordAt(index: number, people: number, next: (below: number) => number): ScoreRecord {
  const authors = [{ id: `p${next(people)}` }];
  return { id: `report-${index}`, kind: 'report', authors, moments: momentsOf(index, next) };
}

/** Each line as rules of json-rules-engine, a table one rule a cell, as one would write it there. */
function engineRules(lines: readonly Line[]) {
  return lines.flatMap((line) => {
    const on = { fact: 'is', operator: 'equal', value: line.on };
    // Each of the conditions that these lines have asks for one value.
    const when = Object.entries(line.when ?? {}).map(([fact, value]) => ({ fact, operator: 'equal', value }));
    const { points } = line;
    if (typeof points !== 'object' || points.by === undefined)
      return [{ conditions: { all: [on, ...when] }, event: { type: line.id } }];
    const keys = [points.by].flat();
    const cells = (table: unknown, path: string[]): string[][] =>
      typeof table === 'object' && table !== null
        ? Object.entries(table).flatMap(([key, cell]) => cells(cell, [...path, key]))
        : [path];
    return cells(points.table, []).map((cell) => ({
      conditions: {
        all: [on, ...when, ...cell.map((value, at) => ({ fact: keys[at] ?? '', operator: 'equal', value }))],
      },
      event: { type: line.id },
    }));
  });
}

/** Every moment asked of a fresh engine, which is what keeps overlapping runs apart. */
async function throughEngine(records: readonly ScoreRecord[]): Promise<number> {
  const rules = engineRules(config.method.people.lines);
  let fired = 0;
  for (const record of records)
    for (const moment of record.moments) {
      const engine = new Engine(rules, { allowUndefinedFacts: true });
      fired += (await engine.run({ kind: record.kind, ...moment })).events.length;
    }
  return fired;
}

/** A year end of 100,000 records and 5,000 people, from a SQLite file to the table; each side at its best. */
export async function benchYearEnd(): Promise<void> {
  const [records, people, rounds] = [100_000, 5_000, 5];
  const folder = mkdtempSync(join(tmpdir(), 'minqing-bench-'));
  const store = await sqliteStore({ file: join(folder, 'bench.db') });
  await fill(store, records, people);
  const directory = directoryOf(people);
  const few: ScoreRecord[] = [];
  /** The records read and no more; a thousand of them are kept for the peer. */
  const readAll = async () => {
    for await (const page of store.counted('huantai')) few.push(...page.slice(0, 1000 - few.length));
  };
  const yearEnd = async (lines: boolean) => {
    const tally = new Tally({ ledger, of: 'people', directory, period: '2026' });
    for await (const page of store.counted('huantai')) for (const record of page) tally.add(record);
    const { subjects } = tally.table({ lines });
    if (subjects.length !== people) throw new Error(`${subjects.length} rows`);
  };
  const seconds = async (work: () => Promise<void>) => (await bestOf(1, work, rounds)) / 1e9;
  const [unfolded, best] = [await seconds(() => yearEnd(true)), await seconds(() => yearEnd(false))];
  const reading = await seconds(readAll);
  const fired = await seconds(async () => void (await throughEngine(few)));
  const engine = reading + (fired * records) / few.length;
  console.log(
    `a year end: ${records.toLocaleString('en')} records, ${people.toLocaleString('en')} people, SQLite to table`,
  );
  console.log(
    `  ${best.toFixed(2)} s, with each row's lines ${unfolded.toFixed(2)} s; its ${engineRules(config.method.people.lines).length} rules through json-rules-engine, read (${reading.toFixed(2)} s) but not added up, ${engine.toFixed(1)} s (the rules on ${few.length} records); each the best of ${rounds}`,
  );
  ratio('the year end against json-rules-engine', engine / best, 30);
  await store.close();
  rmSync(folder, { recursive: true });
}

function tallied(records: number, people: number): { tally: Tally; all: ScoreRecord[] } {
  const next = counter();
  const all = Array.from({ length: records }, (_, index) => recordAt(index, people, next));
  const tally = new Tally({ ledger, of: 'people', directory: directoryOf(people), period: '2026' });
  for (const record of all) tally.add(record);
  return { tally, all };
}

/** One changed report, in a small county and in a hundred times as many records (and people). */
export function benchChange(): void {
  const cost = (records: number, people: number): number => {
    const { tally, all } = tallied(records, people);
    const next = counter(7);
    const changes = 1000;
    const change = () => {
      const index = next(all.length);
      const before = all[index];
      if (!before) return;
      const extra = { is: 'adopted', on: '2026-11-01', level: 'city' };
      const after = { ...before, moments: [...before.moments, extra] };
      tally.change(before, after);
      all[index] = after;
      for (const { id } of after.authors ?? []) tally.totalOf(id);
    };
    for (let warm = 0; warm < 200; warm += 1) change();
    const start = process.hrtime.bigint();
    for (let done = 0; done < changes; done += 1) change();
    const each = Number(process.hrtime.bigint() - start) / changes;
    const whole = score({
      ledger,
      of: 'people',
      directory: directoryOf(people),
      period: '2026',
      records: all,
    });
    for (const { id, points } of whole.subjects)
      if (tally.totalOf(id) !== points) throw new Error(`${id}: ${tally.totalOf(id)} is not ${points}`);
    return each;
  };
  const small = cost(1_000, 50);
  const large = cost(100_000, 5_000);
  console.log(
    'one changed report, and its authors’ totals; after 1,200 of them every sum equals a full count',
  );
  console.log(
    `  of 1,000 records ${(small / 1000).toFixed(0)} µs, of 100,000 records ${(large / 1000).toFixed(0)} µs`,
  );
  ratio('the small one against the large one', small / large, 1 / 1.5);
}

/** A million records in one pass. */
export function benchMillion(): void {
  const [records, people] = [1_000_000, 5_000];
  const next = counter();
  const tally = new Tally({ ledger, of: 'people', directory: directoryOf(people), period: '2026' });
  const start = process.hrtime.bigint();
  for (let index = 0; index < records; index += 1) tally.add(recordAt(index, people, next));
  const { subjects } = tally.table();
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const megabytes = process.memoryUsage().rss / 1e6;
  console.log(
    `a million records in one pass: ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB at its end (below 1,000), ${subjects.length} rows`,
  );
}
