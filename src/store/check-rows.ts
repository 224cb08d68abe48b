import { sql } from 'kysely';
import { isConfidential, peopleOf, type Thing } from '../model/thing.ts';
import { foundByOf, recordFoundBy } from './found-by.ts';
import { gramsOf } from './grams.ts';
import { everyTable, keyWords, pagesOf, rowsAfter, type Db, type Row, type TableRows } from './rows.ts';
import { dueByOf } from './query.ts';
import type { Tables } from './tables.ts';

/** A row that does not say what the rest of the database says of it. */
export interface RowDifference {
  table: string;
  key: string;
  expected: string;
  found: string;
}

/** What each column repeats of the JSON beside it. */
type Repeated = (row: Row, json: Record<string, unknown>) => Record<string, unknown>;
const repeated: Partial<Record<keyof Tables, { json: string; of: Repeated }>> = {
  things: { json: 'state', of: (_row, state) => ofThing(state) },
  log: { json: 'entry', of: (_row, { sequence }) => ({ sequence }) },
  counted: { json: 'record', of: (_row, { id }) => ({ id }) },
  timers: { json: 'timer', of: (_row, { on, thing }) => ({ on_date: on, county: countyIn(thing) }) },
  outbox: { json: 'message', of: (_row, { to, about }) => ({ recipient: to, county: countyIn(about) }) },
  idempotency: { json: 'row', of: (_row, { county, actor, key, at }) => ({ county, actor, key, at }) },
  records: { json: 'record', of: (_row, { id }) => ({ id }) },
  directory: {
    json: 'entry',
    of: (_row, { of, row, sequence }) => ({ list: of, id: Object(row).id, sequence }),
  },
  sensitive_acts: {
    json: 'act',
    of: (_row, { county, number, second }) => ({ county, number, waits: second === null ? 1 : 0 }),
  },
  configs: { json: 'version', of: (_row, { county, number }) => ({ county, number }) },
};
const countyIn = (ref: unknown) => Object(ref).county;

function ofThing(state: Record<string, unknown>): Record<string, unknown> {
  const { county, kind, id, version, stage, since, claimedBy: claimed_by } = state;
  const [fields, due]: [Thing['fields'], Thing['due']] = [
    Object(state['fields']),
    state['due'] ? Object(state['due']) : null,
  ];
  const { title } = fields;
  return {
    county,
    kind,
    id,
    version,
    stage,
    since,
    claimed_by,
    due_by: dueByOf({ due }),
    confidential: isConfidential({ fields }) ? 1 : 0,
    title: typeof title === 'string' && title !== '' ? title : id,
  };
}

/** What points at a row that is not there, as a condition on the table. */
const orphans: [table: keyof Tables, what: string, condition: string][] = [
  ['log', 'a thing', 'thing not in (select key from things)'],
  ['log_texts', 'an entry of the log', 'log not in (select key from log)'],
  ['title_grams', 'a thing', 'thing not in (select key from things)'],
  ['found_by', 'a thing', 'thing not in (select key from things)'],
  [
    'record_found_by',
    'a record',
    'not exists (select 1 from records where records.county = record_found_by.county and records.id = record_found_by.id)',
  ],
  ['thing_authors', 'a thing', 'thing not in (select key from things)'],
  ['thing_handlers', 'a thing', 'thing not in (select key from things)'],
  ['timers', 'a thing', 'thing not in (select key from things)'],
  [
    'score_entries',
    'what is counted',
    'not exists (select 1 from counted where counted.county = score_entries.county and counted.id = score_entries.record)',
  ],
  [
    'counted',
    'a report or a lead',
    `not exists (select 1 from things where things.county = counted.county and things.id = counted.id and things.kind in ('report', 'lead'))`,
  ],
  [
    'things',
    'a row of what is counted',
    `kind in ('report', 'lead') and not exists (select 1 from counted where counted.county = things.county and counted.id = things.id)`,
  ],
  [
    'records',
    'the entry before',
    'sequence > 1 and not exists (select 1 from records as b where b.county = records.county and b.id = records.id and b.sequence = records.sequence - 1)',
  ],
  [
    'directory',
    'the entry before',
    'sequence > 1 and not exists (select 1 from directory as b where b.county = directory.county and b.list = directory.list and b.id = directory.id and b.sequence = directory.sequence - 1)',
  ],
];

/** The first row whose columns, people or neighbours are not as the thing, or the JSON, they repeat has them. */
export async function firstRowThatDiffers(db: Db): Promise<RowDifference | null> {
  for (const [name, what, condition] of orphans) {
    const table = tableNamed(name);
    const { rows } = await sql<Row>`
      select * from ${sql.table(name)} where ${sql.raw(condition)} limit 1
    `.execute(db);
    const [row] = rows;
    if (row) return { table: name, key: keyWords(table, row), expected: what, found: '-' };
  }
  for (const table of everyTable) {
    const { json, of } = repeated[table.name] ?? {};
    if (!json || !of) continue;
    for await (const page of pagesOf(db, table))
      for (const row of page) {
        const differs = (expected: unknown, found: unknown): RowDifference => ({
          table: table.name,
          key: keyWords(table, row),
          expected: String(expected),
          found: String(found),
        });
        const inside = readObject(row[json]);
        if (!inside) return differs(`${json}: JSON`, row[json]);
        for (const [column, value] of Object.entries(of(row, inside)))
          if (row[column] !== value) return differs(`${column}: ${value}`, `${column}: ${row[column]}`);
      }
  }
  return (
    (await peopleRows(db)) ??
    (await foundBy(db)) ??
    (await foundByLog(db)) ??
    (await recordsFoundBy(db)) ??
    (await numbersOf(db))
  );
}

/** The first thing of a county or kind that no config here has a flow for: nobody reads it, so nobody would verify it. */
export async function firstStranger(
  db: Db,
  known: (county: string, kind: string) => boolean,
): Promise<RowDifference | null> {
  const all = await db.selectFrom('things').select(['county', 'kind']).distinct().execute();
  const stranger = all.find(({ county, kind }) => !known(county, kind));
  if (!stranger) return null;
  const { county, kind } = stranger;
  return { table: 'things', key: `${county} ${kind}`, expected: 'a flow in the configs', found: '-' };
}

function readObject(text: unknown): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(String(text));
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

function tableNamed(name: keyof Tables): TableRows {
  const found = everyTable.find((table) => table.name === name);
  if (!found) throw new Error(`no table ${name}`);
  return found;
}

/** Whose and whose to handle a thing is, by the tables that lists read. */
async function peopleRows(db: Db): Promise<RowDifference | null> {
  const things = tableNamed('things');
  for await (const page of pagesOf(db, things)) {
    const keys = page.map(({ key }) => Number(key));
    const authors = await db
      .selectFrom('thing_authors')
      .select(['thing', 'person as name'])
      .where('thing', 'in', keys)
      .execute();
    const handlers = await db
      .selectFrom('thing_handlers')
      .select(['thing', 'organisation as name'])
      .where('thing', 'in', keys)
      .execute();
    const of = (thing: number, rows: readonly { thing: number; name: string }[]) =>
      rows.flatMap((row) => (Number(row.thing) === thing ? [row.name] : []));
    for (const row of page) {
      const state: Pick<Thing, 'authors' | 'handlers' | 'fields' | 'readers'> = JSON.parse(
        String(row['state']),
      );
      const key = Number(row['key']);
      for (const [table, wanted, there] of [
        ['thing_authors', peopleOf(state), of(key, authors)],
        ['thing_handlers', state.handlers, of(key, handlers)],
      ] as const) {
        const [expected, found] = [sorted(wanted), sorted(there)];
        if (expected !== found) return { table, key: String(key), expected, found };
      }
    }
  }
  return null;
}

/** By what titles are found: all of it is in its title, and no title has more. */
async function foundBy(db: Db): Promise<RowDifference | null> {
  const table = 'title_grams';
  for await (const page of pagesOf(db, tableNamed(table))) {
    const things = await db
      .selectFrom('things')
      .select(['key', 'county', 'title'])
      .where('key', 'in', [...new Set(page.map(({ thing }) => Number(thing)))])
      .execute();
    const titles = new Map(things.map(({ key, county, title }) => [Number(key), { county, title }]));
    for (const row of page) {
      const its = titles.get(Number(row['thing']));
      if (its?.county !== row['county'] || !gramsOf(its?.title ?? '').includes(String(row['gram'])))
        return { table, key: keyWords(tableNamed(table), row), expected: '-', found: String(row['gram']) };
    }
  }
  for await (const page of pagesOf(db, tableNamed('things')))
    for (const { key, county, title } of page) {
      const grams = gramsOf(String(title));
      if (grams.length === 0) continue;
      const found = await db
        .selectFrom(table)
        .select('gram')
        .where('county', '=', String(county))
        .where('thing', '=', Number(key))
        .where('gram', 'in', grams)
        .execute();
      const missing = grams.find((gram) => !found.some((row) => row.gram === gram));
      if (missing !== undefined)
        return { table, key: `${county} ${missing} ${key}`, expected: missing, found: '-' };
    }
  return null;
}

/** In which months it happened, and what it handles, by the log of each thing: that and no more. */
async function foundByLog(db: Db): Promise<RowDifference | null> {
  const table = 'found_by';
  for await (const page of pagesOf(db, tableNamed('things'))) {
    const keys = page.map(({ key }) => Number(key));
    const entries = await db
      .selectFrom('log')
      .select(['thing', 'entry'])
      .where('thing', 'in', keys)
      .execute();
    const wanted = new Map<number, Set<string>>();
    for (const { thing, entry } of entries)
      for (const by of foundByOf(JSON.parse(entry)))
        wanted.set(Number(thing), (wanted.get(Number(thing)) ?? new Set()).add(by));
    for (const { key, county } of page) {
      const words = [...(wanted.get(Number(key)) ?? [])];
      const rows = await db
        .selectFrom(table)
        .select('by')
        .where('county', '=', String(county))
        .where('thing', '=', Number(key))
        .where('by', 'in', words)
        .execute();
      const missing = words.find((by) => !rows.some((row) => row.by === by));
      if (missing !== undefined)
        return { table, key: `${county} ${missing} ${key}`, expected: missing, found: '-' };
    }
  }
  for await (const page of pagesOf(db, tableNamed(table))) {
    const things = [...new Set(page.map(({ thing }) => Number(thing)))];
    const entries = await db
      .selectFrom('log')
      .innerJoin('things', 'things.key', 'log.thing')
      .select(['log.thing', 'log.entry', 'things.county'])
      .where('log.thing', 'in', things)
      .execute();
    const known = new Set(
      entries.flatMap(({ thing, entry, county }) =>
        foundByOf(JSON.parse(entry)).map((by) => `${county} ${by} ${thing}`),
      ),
    );
    const stray = page.find(({ county, by, thing }) => !known.has(`${county} ${by} ${thing}`));
    if (stray)
      return { table, key: keyWords(tableNamed(table), stray), expected: '-', found: String(stray['by']) };
  }
  return null;
}

/** Whose and of which kind each entry of a record is. */
async function recordsFoundBy(db: Db): Promise<RowDifference | null> {
  const table = 'record_found_by';
  const known = new Set<string>();
  for await (const page of pagesOf(db, tableNamed('records')))
    for (const { county, id, record } of page)
      for (const by of recordFoundBy(JSON.parse(String(record)))) known.add(`${county} ${by} ${id}`);
  for await (const page of pagesOf(db, tableNamed(table)))
    for (const row of page) {
      const key = keyWords(tableNamed(table), row);
      if (!known.delete(key)) return { table, key, expected: '-', found: String(row['by']) };
    }
  const [missing] = known;
  return missing === undefined ? null : { table, key: missing, expected: missing, found: '-' };
}

const sorted = (words: readonly string[]) => [...new Set(words)].sort().join(' ');

/** A number once given is not given again: a series has come as far as the highest. */
async function numbersOf(db: Db): Promise<RowDifference | null> {
  for (let after: Row | null = null; ;) {
    const page: Row[] = await rowsAfter(db, tableNamed('series'), after);
    for (const { county, name, value } of page) {
      const start = String(name).length + 2;
      const { highest } = await db
        .selectFrom('things')
        .select(sql<number | null>`max(cast(substr(id, ${sql.lit(start)}) as integer))`.as('highest'))
        .where('county', '=', String(county))
        .where('kind', '=', String(name))
        .executeTakeFirstOrThrow();
      if (highest !== null && Number(highest) > Number(value))
        return {
          table: 'series',
          key: `${county} ${name}`,
          expected: `value: ${highest}`,
          found: `value: ${value}`,
        };
    }
    after = page.at(-1) ?? null;
    if (!after) return null;
  }
}
