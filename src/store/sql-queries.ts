import {
  sql,
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SelectQueryBuilder,
  type SqlBool,
  type Transaction,
} from 'kysely';
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
  const { search, also = [], without = [] } = query;
  if (without.length > 0) found = found.where('id', 'not in', without);
  if (search !== undefined)
    found = found.where(
      sql<boolean>`lower(title) like ${`%${latinSmall(search).replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`,
    );
  return found.where((of) => {
    const asked = of.and(askedOf(of, query));
    return also.length === 0 ? asked : of.or([asked, of('id', 'in', also)]);
  });
}

function askedOf(of: ExpressionBuilder<Tables, 'things'>, query: QueueQuery): Expression<SqlBool>[] {
  const { stages, claimedBy, author, theirs, handlers, barring, dueBefore } = query;
  // PostgreSQL has no empty list.
  if (stages?.length === 0 || handlers?.length === 0) return [sql<boolean>`1 = 0`];
  const by = (people: string[]) =>
    of('key', 'in', of.selectFrom('thing_authors').select('thing').where('person', 'in', people));
  const all: Expression<SqlBool>[] = [];
  if (stages) all.push(of('stage', 'in', stages));
  if (query.open) all.push(of('confidential', '=', 0));
  if (claimedBy !== undefined) all.push(of('claimed_by', '=', claimedBy));
  if (author !== undefined) all.push(by([author]));
  if (theirs !== undefined) all.push(of.or([of('claimed_by', '=', theirs), by([theirs])]));
  if (handlers)
    all.push(
      of('key', 'in', of.selectFrom('thing_handlers').select('thing').where('organisation', 'in', handlers)),
    );
  if (barring)
    all.push(
      of.or([
        // A list that is not empty, in the thing's own JSON.
        sql<boolean>`state like '%"excluded":["%'`,
        ...(barring.length > 0 ? [by(barring)] : []),
      ]),
    );
  if (dueBefore !== undefined) all.push(of('due_on', '<', dueBefore));
  return all;
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
