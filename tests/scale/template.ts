import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { entryHash, GENESIS, hashText } from '../../src/desk/seal.ts';
import type { LogEntry } from '../../src/model/thing.ts';
import type { Tables } from '../../src/store/tables.ts';
import { sqliteDatabase, sqliteStore } from '../../src/store/sqlite.ts';
import { checked, officeOf, text } from '../desk/office.ts';

export type Cell = string | number | null;
type Row = Record<string, Cell>;
/** What differs between one report of the history and another. */
export interface Named {
  county: string;
  person: string;
  id: string;
  title: string;
  titleHash: string;
  /** When all of it happened. */
  day: string;
}
export interface Template {
  /** The rows of a table that belong to one report, but for the keys by which they know each other. */
  rows(table: keyof Tables, named: Named): Row[];
  /** Its entries of the log, chained. */
  log(named: Named): string[];
  titleHash(title: string): string;
}

const TITLE = '⟨title⟩';
const PERSON = 'wang';
const DAY = '2026-03-02';
const tables = ['things', 'log_texts', 'counted', 'score_entries', 'timers', 'outbox'] as const;

/** A text with what differs taken out once, to be put in a million times. */
function blanks(whole: string, found: Record<string, keyof Named>): (named: Named) => string {
  const words = Object.keys(found).sort((a, b) => b.length - a.length);
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const parts = whole.split(new RegExp(`(${escaped.join('|')})`));
  const names = parts.map((part, at) => (at % 2 === 1 ? found[part] : undefined));
  return (named) => {
    let filled = '';
    for (let at = 0; at < parts.length; at += 1) {
      const name = names[at];
      filled += name === undefined ? (parts[at] ?? '') : named[name];
    }
    return filled;
  };
}

/** One report as the desk itself keeps it: handed in, or taken all the way to an end. */
export async function templateOf(how: 'waiting' | 'ended'): Promise<Template> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-scale-'));
  const file = join(folder, 'template.db');
  const store = await sqliteStore({ file });
  const { as, begin } = officeOf('huantai', store, DAY);
  let report = await begin(PERSON, 'report', 'submit', { ...text, title: TITLE });
  if (how === 'ended') {
    report = await as('checker', 'pass', report, checked);
    report = await as('director', 'pass', report);
    report = await as('secretary', 'pass', report, { comment: '同意' });
    report = await as('compiler', 'reserve', report, { comment: '留存' });
  }
  await store.close();
  const { db, close } = await sqliteDatabase({ file });
  const read = async (table: string) => (await sql<Row>`select * from ${sql.table(table)}`.execute(db)).rows;
  const kept = new Map<string, Row[]>();
  for (const table of tables) kept.set(table, await read(table));
  const entries = (await read('log')).map(({ entry }): LogEntry => JSON.parse(String(entry)));
  await close();
  rmSync(folder, { recursive: true });

  const texts = kept.get('log_texts') ?? [];
  const title = texts.find((row) => row['text'] === TITLE);
  const salt = String(title?.['salt']);
  const found: Record<string, keyof Named> = {
    '"huantai"': 'county',
    [`"${PERSON}"`]: 'person',
    [`"${report.id}"`]: 'id',
    [TITLE]: 'title',
    [String(title?.['hash'])]: 'titleHash',
    [DAY]: 'day',
  };
  // In JSON a name stands in quotes, so that none is found inside another; in a column it stands alone.
  const quoted = new Set(['county', 'person', 'id']);
  const inJson = (whole: string) => {
    const fill = blanks(whole, found);
    return (named: Named) =>
      fill({ ...named, county: `"${named.county}"`, person: `"${named.person}"`, id: `"${named.id}"` });
  };
  const cell = (value: Cell): ((named: Named) => Cell) => {
    if (typeof value !== 'string') return () => value;
    if (value.startsWith('{')) return inJson(value);
    const name = found[`"${value}"`];
    if (name !== undefined && quoted.has(name)) return (named) => named[name];
    return blanks(value, found);
  };
  const made = new Map(
    [...kept].map(([table, rows]) => [
      table,
      rows.map((row) => Object.entries(row).map(([column, value]) => [column, cell(value)] as const)),
    ]),
  );
  /** The canonical JSON of each entry around the hash of the one before. */
  const chained = entries.map(({ hash: own, ...entry }) => {
    const before = entry.previous;
    if (entryHash(entry) !== own) throw new Error('the template itself does not hold');
    const canonical = canonicalOf(entry);
    const [head = '', tail = ''] = canonical.split(`"previous":"${before}"`);
    return [inJson(`${head}"previous":"`), inJson(`"${tail}`)] as const;
  });
  return {
    rows: (table, named) =>
      (made.get(table) ?? []).map((row) =>
        Object.fromEntries(row.map(([column, fill]) => [column, fill(named)])),
      ),
    log(named) {
      let previous = GENESIS;
      return chained.map(([head, tail]) => {
        const canonical = head(named) + previous + tail(named);
        previous = hash('sha256', canonical);
        return `${canonical.slice(0, -1)},"hash":"${previous}"}`;
      });
    },
    titleHash: (words) => hashText(salt, words),
  };
}

/** As an entry is hashed: its names in order, all the way down. */
function canonicalOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalOf).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, item]) => `${JSON.stringify(name)}:${canonicalOf(item)}`);
  return `{${parts.join(',')}}`;
}
