import { sql, type Kysely, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables> | Transaction<Tables>;

export const unreadOf = (db: Db, county: string, to: string) =>
  db.selectFrom('outbox').where('county', '=', county).where('recipient', '=', to).where('unread', '=', 1);

export const howMany = sql<number>`count(*)`.as('number');

/** What enters the count, by keys: all of a county, or an author's, of whose things there are few. */
export function countedBy(db: Db, county: string, author: string | undefined) {
  const all = db.selectFrom('counted').select(['counted.key', 'counted.record']);
  if (author === undefined) return all.where('counted.county', '=', county);
  return all.where('counted.key', 'in', (of) =>
    of
      .selectFrom('thing_authors')
      .innerJoin('things', 'things.key', 'thing_authors.thing')
      .innerJoin('counted as theirs', (on) =>
        on.onRef('theirs.county', '=', 'things.county').onRef('theirs.id', '=', 'things.id'),
      )
      .select('theirs.key')
      .where('thing_authors.person', '=', author)
      .where(sql<boolean>`things.county || '' = ${county}`)
      .where(sql<boolean>`things.kind || '' in ('report', 'lead')`),
  );
}
