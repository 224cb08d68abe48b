import { Kysely, Migrator, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database } from './database.ts';
import { StoreError } from './error.ts';
import { migrationsFor, postgresTypes } from './migrations.ts';
import { postgresNews } from './postgres-news.ts';
import type { Store } from './port.ts';
import { sqlStore } from './sql.ts';
import type { Tables } from './tables.ts';

/** Whole numbers and sums come as numbers: ours stay far below 2^53. */
const BIGINT = 20;
const types = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === BIGINT ? Number : pg.types.getTypeParser(type, format),
};

/** One process's connections; several processes share a server's hundred. */
const CONNECTIONS = 10;
/** How often a transaction that met another's in a circle is tried. */
const TRIES = 5;

/** The records of any number of processes in one PostgreSQL; its own settings say what survives a loss of power. */
export async function postgresStore({ url }: { url: string }): Promise<Store> {
  const { db, pool, connect } = await opened(url);
  const news = postgresNews(pool, () => new pg.Client(connect));
  return sqlStore({
    db,
    news,
    writers: 'many',
    async transact(work) {
      for (let tries = 1; ; tries += 1)
        try {
          return await db.transaction().execute(work);
        } catch (error) {
          if (tries === TRIES || !brokenOff(error)) throw error;
        }
    },
    async close() {
      await news.close();
      await db.destroy();
    },
  });
}

export async function postgresDatabase({ url }: { url: string }): Promise<Database> {
  const { db } = await opened(url);
  return { is: 'postgres', db, close: () => db.destroy() };
}

async function opened(url: string) {
  const connect = { connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true };
  const pool = new pg.Pool({ ...connect, max: CONNECTIONS, types });
  // An idle connection that breaks is replaced when the next one is needed, which then says what is wrong.
  pool.on('error', () => undefined);
  // One that breaks while it is in use fails its query; unheard, its event would end the process besides.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrationsFor(postgresTypes) },
  }).migrateToLatest();
  if (error) {
    await db.destroy();
    throw unreachable(error);
  }
  return { db, pool, connect };
}

/** A deadlock, or a serialization failure: nothing of it was kept, and it may be tried again. */
function brokenOff(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001');
}

function unreachable(cause: unknown): StoreError {
  const why = cause instanceof Error ? cause.message || cause.name : String(cause);
  return new StoreError(
    'postgres-unreachable',
    {
      zh: `PostgreSQL 数据库无法打开:${why}。请检查 --db 的地址、账号和数据库名,以及数据库是否已启动。`,
      en: `The PostgreSQL database cannot be opened: ${why}. Check the address, the account and the name of the database in --db, and that it is running.`,
    },
    { cause },
  );
}
