import type { Insertable } from 'kysely';
import type { ScoreRecord } from '../model/record.ts';
import { recordFoundBy } from './found-by.ts';
import type { Db } from './sql-queries.ts';
import type { Tables } from './tables.ts';

/** Whatever leads to a thing stays: what happened in a month has happened. */
export async function findBy(db: Db, rows: Insertable<Tables['found_by']>[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insertInto('found_by')
    .values(rows)
    .onConflict((known) => known.doNothing())
    .execute();
}

export async function findRecordBy(db: Db, county: string, record: ScoreRecord): Promise<void> {
  const { id } = record;
  await db
    .insertInto('record_found_by')
    .values(recordFoundBy(record).map((by) => ({ county, by, id })))
    .onConflict((known) => known.doNothing())
    .execute();
}
