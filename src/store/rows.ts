import { createHash, hash } from 'node:crypto';
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export type Row = Record<string, unknown>;
export type Db = Kysely<Tables> | Transaction<Tables>;

export interface TableRows {
  name: keyof Tables;
  /** What tells its rows apart and orders them, the same in every database. */
  key: readonly string[];
}

/** Every table, in the order in which a copy is made: what others point at comes first. */
export const everyTable: readonly TableRows[] = [
  { name: 'configs', key: ['county', 'number'] },
  { name: 'directory', key: ['key'] },
  { name: 'records', key: ['key'] },
  { name: 'record_found_by', key: ['county', 'by', 'id'] },
  { name: 'series', key: ['county', 'name'] },
  { name: 'sensitive_acts', key: ['county', 'number'] },
  { name: 'things', key: ['key'] },
  { name: 'title_grams', key: ['county', 'gram', 'thing'] },
  { name: 'found_by', key: ['county', 'by', 'thing'] },
  { name: 'thing_authors', key: ['person', 'thing'] },
  { name: 'thing_handlers', key: ['organisation', 'thing'] },
  { name: 'log', key: ['key'] },
  { name: 'log_texts', key: ['log', 'hash'] },
  { name: 'counted', key: ['key'] },
  { name: 'score_entries', key: ['key'] },
  { name: 'timers', key: ['thing'] },
  { name: 'outbox', key: ['key'] },
  { name: 'sends', key: ['key'] },
  { name: 'drafts', key: ['county', 'person', 'kind'] },
  { name: 'idempotency', key: ['county', 'actor', 'key'] },
  { name: 'files', key: ['county', 'id'] },
];

/** A file may be 50 MB. */
const pageOf = ({ name }: TableRows) => (name === 'files' ? 4 : 500);

export const keyOf = ({ key }: TableRows, row: Row): unknown[] => key.map((column) => row[column]);
export const keyWords = (table: TableRows, row: Row): string => keyOf(table, row).join(' ');

const listed = (names: readonly string[]) => sql.join(names.map((name) => sql.ref(name)));

/** The rows after one, up to another, or the next page of them. */
export async function rowsAfter(db: Db, table: TableRows, after: Row | null, upTo?: Row): Promise<Row[]> {
  const keys = listed(table.key);
  const bounds = [
    ...(after ? [sql`(${keys}) > (${sql.join(keyOf(table, after))})`] : []),
    ...(upTo ? [sql`(${keys}) <= (${sql.join(keyOf(table, upTo))})`] : []),
  ];
  const where = bounds.length === 0 ? sql`` : sql`where ${sql.join(bounds, sql` and `)}`;
  const limit = upTo ? sql`` : sql`limit ${sql.lit(pageOf(table))}`;
  const { rows } = await sql<Row>`
    select * from ${sql.table(table.name)} ${where} order by ${keys} ${limit}
  `.execute(db);
  return rows;
}

/** All rows of a table, or those after one, a page at a time. */
export async function* pagesOf(db: Db, table: TableRows, after: Row | null = null): AsyncIterable<Row[]> {
  for (let last = after; ;) {
    const page: Row[] = await rowsAfter(db, table, last);
    if (page.length === 0) return;
    yield page;
    last = page.at(-1) ?? null;
  }
}

export async function countOf(db: Db, { name }: TableRows): Promise<number> {
  const { rows } = await sql<{ number: number }>`select count(*) as number from ${sql.table(name)}`.execute(
    db,
  );
  return Number(rows[0]?.number ?? 0);
}

export async function insertRows(db: Db, { name }: TableRows, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.keys(first);
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column] ?? null))})`);
  await sql`insert into ${sql.table(name)} (${listed(columns)}) values ${sql.join(values)}`.execute(db);
}

/** A row as one text, the same whichever database it was read from; bytes by their hash. */
export function rowText(row: Row): string {
  const columns = Object.keys(row).sort();
  return JSON.stringify(
    columns.map((column) => {
      const value = row[column];
      return value instanceof Uint8Array ? hash('sha256', value) : value;
    }),
  );
}

/** What a table comes to: how many rows, and one hash over all of them in order. */
export interface TableSum {
  rows: number;
  hash: string;
}
export function summing() {
  const sum = createHash('sha256');
  let rows = 0;
  return {
    add(row: Row) {
      rows += 1;
      sum.update(rowText(row)).update('\n');
    },
    end: (): TableSum => ({ rows, hash: sum.digest('hex') }),
  };
}
