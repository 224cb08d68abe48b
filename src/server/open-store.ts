import type { Database } from '../store/database.ts';
import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/port.ts';
import { postgresDatabase, postgresStore } from '../store/postgres.ts';
import { sqliteDatabase, sqliteStore } from '../store/sqlite.ts';

export const isPostgres = (db: string) => /^postgres(ql)?:\/\//.test(db);
export const fileIn = (db: string) => db.replace(/^sqlite:/, '');

/** The store that a `--db` names: `postgres://…`, a SQLite file (`sqlite:FILE` too), or `:memory:`. */
export async function openStore(db: string): Promise<Store> {
  if (db === ':memory:') return memoryStore();
  return isPostgres(db) ? postgresStore({ url: db }) : sqliteStore({ file: fileIn(db) });
}

/** The same as rows, for what reads or writes them whole. */
export async function openDatabase(db: string): Promise<Database> {
  return isPostgres(db) ? postgresDatabase({ url: db }) : sqliteDatabase({ file: fileIn(db) });
}
