import { sql } from 'kysely';
import type { LogEntry } from '../model/thing.ts';
import type { Head } from './port.ts';
import { pagesOf, type Db } from './rows.ts';

/** The last entry of every thing's log, a page of things at a time. */
export async function* headsOf(db: Db): AsyncIterable<Head[]> {
  for await (const page of pagesOf(db, { name: 'things', key: ['key'] })) {
    const keys = sql.join(page.map(({ key }) => key));
    const { rows } = await sql<{ entry: string }>`
      select entry from log where (thing, sequence) in
        (select thing, max(sequence) from log where thing in (${keys}) group by thing)
      order by thing
    `.execute(db);
    yield rows.map(({ entry }): Head => {
      const { county, kind, id, sequence, hash }: LogEntry = JSON.parse(entry);
      return [county, kind, id, sequence, hash];
    });
  }
}
