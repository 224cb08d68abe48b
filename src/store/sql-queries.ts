import { sql, type Kysely, type SelectQueryBuilder, type Transaction } from 'kysely';
import type { QueueQuery } from './port.ts';
import { latinSmall, positionIn } from './query.ts';
import type { Tables } from './tables.ts';

export type Db = Kysely<Tables> | Transaction<Tables>;

type Things = SelectQueryBuilder<Tables, 'things', object>;

export function filtered(db: Db, query: QueueQuery): Things {
  let found: Things = db
    .selectFrom('things')
    .where('county', '=', query.county)
    .where('kind', '=', query.kind);
  const { stages, claimedBy, author, theirs, handlers, dueFrom, dueBefore, search } = query;
  // PostgreSQL has no empty list.
  if (stages?.length === 0 || handlers?.length === 0) return found.where(sql<boolean>`1 = 0`);
  if (stages) found = found.where('stage', 'in', stages);
  if (query.open) found = found.where('confidential', '=', 0);
  if (claimedBy !== undefined) found = found.where('claimed_by', '=', claimedBy);
  if (author !== undefined)
    found = found.where('key', 'in', (of) =>
      of.selectFrom('thing_authors').select('thing').where('person', '=', author),
    );
  if (theirs !== undefined)
    found = found.where(({ or, eb, selectFrom }) =>
      or([
        eb('claimed_by', '=', theirs),
        eb('key', 'in', selectFrom('thing_authors').select('thing').where('person', '=', theirs)),
      ]),
    );
  if (handlers)
    found = found.where('key', 'in', (of) =>
      of.selectFrom('thing_handlers').select('thing').where('organisation', 'in', handlers),
    );
  if (dueBefore !== undefined) found = found.where('due_on', '<', dueBefore);
  if (dueFrom !== undefined) found = found.where('due_on', '>=', dueFrom);
  if (search !== undefined)
    found = found.where(
      sql<boolean>`lower(title) like ${`%${latinSmall(search).replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`,
    );
  return found;
}

export function paged(found: Things, query: QueueQuery): Things {
  const after = query.after === null ? null : positionIn(query.after);
  if (query.order === 'due') {
    const ordered = found.orderBy('due_on').orderBy('since').orderBy('id');
    if (!after) return ordered;
    const [due, since, id] = after;
    return ordered.where(sql<boolean>`(due_on, since, id) > (${due}, ${since}, ${id})`);
  }
  const ordered = found.orderBy('since', 'desc').orderBy('id', 'desc');
  if (!after) return ordered;
  const [since, , id] = after;
  return ordered.where(sql<boolean>`(since, id) < (${since}, ${id})`);
}

export const unreadOf = (db: Db, county: string, to: string) =>
  db.selectFrom('outbox').where('county', '=', county).where('recipient', '=', to).where('unread', '=', 1);

export const howMany = sql<number>`count(*)`.as('number');

export function countedBy(db: Db, county: string, author: string | undefined) {
  const all = db
    .selectFrom('counted')
    .select(['counted.key', 'counted.record'])
    .where('counted.county', '=', county);
  if (author === undefined) return all;
  const theirs = db
    .selectFrom('thing_authors')
    .innerJoin('things', 'things.key', 'thing_authors.thing')
    .select('things.id')
    .where('thing_authors.person', '=', author)
    .where('things.county', '=', county)
    .where('things.kind', 'in', ['report', 'lead']);
  return all.where('counted.id', 'in', theirs);
}
