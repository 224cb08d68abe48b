import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A database with its tables made, before it is a store: for what reads them row by row. */
export interface Database {
  is: 'sqlite' | 'postgres';
  db: Kysely<Tables>;
  close(): Promise<void>;
}
