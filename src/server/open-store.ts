import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/port.ts';
import { postgresStore } from '../store/postgres.ts';
import { sqliteStore } from '../store/sqlite.ts';

/** The store that a `--db` names: `postgres://…`, a SQLite file (`sqlite:FILE` too), or `:memory:`. */
export async function openStore(db: string): Promise<Store> {
  if (db === ':memory:') return memoryStore();
  if (/^postgres(ql)?:\/\//.test(db)) return postgresStore({ url: db });
  return sqliteStore({ file: db.replace(/^sqlite:/, '') });
}
