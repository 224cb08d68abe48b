import { sql, type Kysely, type Transaction } from 'kysely';
import { wordOf } from './found-by.ts';
import type { FoundBy } from './port.ts';
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

/** The next page of a county's things of a kind, as one range of an index, or of an author's. */
export function thingsPage(db: Db, county: string, kind: string, author: string | undefined, after: number) {
  const page = db.selectFrom('things').select(['key', 'state', 'title']).limit(2000);
  if (author === undefined)
    return (
      page
        // A planner that knows of no order but the key's may go through everybody's rows. SQLite finds its place in the
        // index by these three.
        .where('county', '=', county)
        .where('kind', '=', kind)
        .where('key', '>', after)
        .where(sql<boolean>`(county, kind, key) > (${county}, ${kind}, ${after})`)
        .where(sql<boolean>`(county, kind, key) < (${county}, ${kind}, ${Number.MAX_SAFE_INTEGER})`)
        .orderBy('county')
        .orderBy('kind')
        .orderBy('key')
    );
  const theirs = db.selectFrom('thing_authors').select('thing').where('person', '=', author);
  return (
    page
      .where('key', 'in', theirs)
      .where('key', '>', after)
      // Said so that no index is taken for it: an author has fewer things than a county.
      .where(sql<boolean>`county || '' = ${county}`)
      .where(sql<boolean>`kind || '' = ${kind}`)
      .orderBy('key')
  );
}

/** The next page of the things that a month or a record leads to. */
export function foundPage(db: Db, county: string, by: FoundBy, after: number) {
  const found = db
    .selectFrom('found_by')
    .select('found_by.thing')
    .where('found_by.county', '=', county)
    .where('found_by.by', '=', wordOf(by))
    .where('found_by.thing', '>', after)
    .orderBy('found_by.thing')
    .limit(2000);
  return db
    .selectFrom('things')
    .select(['key', 'state', 'title'])
    .where('key', 'in', db.selectFrom(found.as('page')).select('page.thing'))
    .orderBy('key');
}
