import { memoryStore } from '../store/memory.ts';
import type { Store } from '../store/port.ts';
import { sqliteStore } from '../store/sqlite.ts';

/** The store that a `--db` names: a SQLite file, or `:memory:`. */
export async function openStore(db: string): Promise<Store> {
  return db === ':memory:' ? memoryStore() : sqliteStore({ file: db });
}
