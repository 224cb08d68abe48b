import { sql, type Kysely, type Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables> | Transaction<Tables>;

export const unreadOf = (db: Db, county: string, to: string) =>
  db.selectFrom('outbox').where('county', '=', county).where('recipient', '=', to).where('unread', '=', 1);

export const howMany = sql<number>`count(*)`.as('number');

/** The next page of what enters the count: of a county, as one range of its index, or of an author, who has few things. */
export function countedPage(db: Db, county: string, author: string | undefined, after: number) {
  const page = db.selectFrom('counted').select(['counted.key', 'counted.record']).limit(2000);
  if (author === undefined)
    return (
      page
        // SQLite finds its place by these two, PostgreSQL by the ends of the range.
        .where('county', '=', county)
        .where('key', '>', after)
        .where(sql<boolean>`(county, key) > (${county}, ${after})`)
        .where(sql<boolean>`(county, key) < (${county}, ${Number.MAX_SAFE_INTEGER})`)
        .orderBy('county')
        .orderBy('key')
    );
  const theirs = db
    .selectFrom('thing_authors')
    .innerJoin('things', 'things.key', 'thing_authors.thing')
    .innerJoin('counted as theirs', (on) =>
      on.onRef('theirs.county', '=', 'things.county').onRef('theirs.id', '=', 'things.id'),
    )
    .select('theirs.key')
    .where('thing_authors.person', '=', author)
    .where(sql<boolean>`things.county || '' = ${county}`)
    .where(sql<boolean>`things.kind || '' in ('report', 'lead')`);
  return page.where('key', 'in', theirs).where('key', '>', after).orderBy('key');
}
