import { type DatabaseConnection, Kysely, Migrator, sql, SqliteDialect, SqliteDriver } from 'kysely';
import type { Database } from './database.ts';
import { StoreError } from './error.ts';
import { migrationsFor, sqliteTypes } from './migrations.ts';
import { newsDesk } from './news.ts';
import { AT_ONCE, patient } from './patient.ts';
import type { Store } from './port.ts';
import { sqlStore } from './sql.ts';
import type { Tables } from './tables.ts';

/** A county's whole record in one file; what `commit` has returned for survives the loss of the machine's power. */
export async function sqliteStore({ file }: { file: string }): Promise<Store> {
  const { db, close } = await sqliteDatabase({ file });
  await sql.raw(`pragma busy_timeout = ${AT_ONCE}`).execute(db);
  const store = sqlStore({
    db,
    news: newsDesk(),
    writers: 'one',
    transact: (work) =>
      db.transaction().execute(async (tx) => {
        // A transaction that reads first and writes then is broken off where another process wrote in between; one that
        // begins by writing, though it changes nothing, waits its turn.
        await sql`update things set key = key where 0`.execute(tx);
        return work(tx);
      }),
    close,
  });
  return patient(store);
}

export async function sqliteDatabase({ file }: { file: string }): Promise<Database> {
  const Driver = await loadDriver();
  const database = opened(Driver, file);
  const db = new Kysely<Tables>({ dialect: dialectOf(database) });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrationsFor(sqliteTypes) },
  }).migrateToLatest();
  if (error) throw error;
  return { is: 'sqlite', db, close: () => db.destroy() };
}

/** What fails for want of room has mostly been rolled back by SQLite itself; to do so again must not hide why it failed. */
function dialectOf(database: ReturnType<typeof opened>): SqliteDialect {
  class Driver extends SqliteDriver {
    override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
      if (database.inTransaction) await super.rollbackTransaction(connection);
    }
  }
  class Dialect extends SqliteDialect {
    override createDriver(): SqliteDriver {
      return new Driver({ database });
    }
  }
  return new Dialect({ database });
}

function opened(Driver: Awaited<ReturnType<typeof loadDriver>>, file: string) {
  try {
    const database = new Driver(file);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('busy_timeout = 5000');
    // What is purged or erased stays in no free page.
    database.pragma('secure_delete = on');
    return database;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StoreError(
      'file-unusable',
      {
        zh: `数据库文件 ${file} 打不开,或不可写(${why})。请核对 --db 的路径、读写权限和磁盘空间,再启动。`,
        en: `The database ${file} cannot be opened or written (${why}). Look at the path of --db, at who may write there and at the disk's room, then start again.`,
      },
      { cause },
    );
  }
}

/** better-sqlite3 is optional, so that whoever needs only the elements never compiles anything. */
async function loadDriver() {
  try {
    return (await import('better-sqlite3')).default;
  } catch (cause) {
    throw new StoreError(
      'sqlite-missing',
      {
        zh: '未装好 better-sqlite3。请运行 npm rebuild better-sqlite3(需要 python3、make、g++),再启动。',
        en: 'better-sqlite3 is not installed. Run npm rebuild better-sqlite3 (it needs python3, make and g++), then start again.',
      },
      { cause },
    );
  }
}
