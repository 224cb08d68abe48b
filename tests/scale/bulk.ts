import Driver from 'better-sqlite3';
import pg from 'pg';
import { postgresStore } from '../../src/store/postgres.ts';
import type { Store } from '../../src/store/port.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import type { Cell } from './template.ts';

/** A database that takes rows by the thousand, past the store, and is then opened as one. */
export interface Bulk {
  insert(table: string, rows: Record<string, Cell>[]): Promise<void>;
  /** Builds the indexes that were left out meanwhile. */
  finish(): Promise<void>;
  open(): Promise<Store>;
  /** In bytes. */
  size(): Promise<number>;
}

export async function bulkSqlite(file: string): Promise<Bulk> {
  await (await sqliteStore({ file })).close();
  const database = new Driver(file);
  for (const pragma of [
    // From WAL there is no way straight to none.
    'journal_mode = delete',
    'journal_mode = off',
    'synchronous = off',
    'cache_size = -1500000',
    'locking_mode = exclusive',
  ])
    database.pragma(pragma);
  const indexes = database
    .prepare<[], { name: string; sql: string }>(
      `select name, sql from sqlite_master where type = 'index' and sql is not null`,
    )
    .all();
  for (const { name } of indexes) database.exec(`drop index ${name}`);
  const inserts = new Map<string, Driver.Statement<Cell[]>>();
  database.exec('begin');
  return {
    async insert(table, rows) {
      const columns = Object.keys(rows[0] ?? {});
      if (columns.length === 0) return;
      const key = `${table} (${columns.join(', ')})`;
      let insert = inserts.get(key);
      if (!insert) {
        insert = database.prepare(`insert into ${key} values (${columns.map(() => '?').join(', ')})`);
        inserts.set(key, insert);
      }
      for (const row of rows) insert.run(...Object.values(row));
    },
    async finish() {
      for (const { sql } of indexes) database.exec(sql);
      database.exec('commit');
      database.close();
    },
    open: () => sqliteStore({ file }),
    async size() {
      const counting = new Driver(file, { readonly: true });
      const size = Number(counting.pragma('page_count', { simple: true })) * 4096;
      counting.close();
      return size;
    },
  };
}

export async function bulkPostgres(url: string): Promise<Bulk> {
  await (await postgresStore({ url })).close();
  const client = new pg.Client(url);
  await client.connect();
  const { rows: indexes } = await client.query<{ name: string; sql: string }>(
    `select indexname as name, indexdef as sql from pg_indexes where schemaname = 'public'
     and indexname not in (select conname from pg_constraint)`,
  );
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await client.query('set synchronous_commit = off');
  await client.query('begin');
  return {
    async insert(table, rows) {
      const columns = Object.keys(rows[0] ?? {});
      const lists = columns.map((column) => rows.map((row) => row[column] ?? null));
      const typed = lists.map((list, at) => {
        const number = list.some((value) => typeof value === 'number');
        return `$${at + 1}::${number ? 'bigint' : 'text'}[]`;
      });
      if (columns.length > 0)
        await client.query(
          `insert into ${table} (${columns.join(', ')}) select * from unnest(${typed.join(', ')})`,
          lists,
        );
    },
    async finish() {
      for (const { sql } of indexes) await client.query(sql);
      for (const table of ['things', 'log', 'counted', 'score_entries', 'outbox'])
        await client.query(
          `select setval(pg_get_serial_sequence($1, 'key'), (select max(key) from ${table}))`,
          [table],
        );
      await client.query('commit');
      await client.query('vacuum analyze');
    },
    open: () => postgresStore({ url }),
    async size() {
      const { rows } = await client.query<{ size: string }>(
        'select pg_database_size(current_database()) as size',
      );
      await client.end();
      return Number(rows[0]?.size);
    },
  };
}
