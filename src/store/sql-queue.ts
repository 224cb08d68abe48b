import { sql, type ExpressionBuilder, type SelectQueryBuilder } from 'kysely';
import { COUNTED_TO, type Page } from '../model/view.ts';
import { gramsSought } from './grams.ts';
import type { QueueQuery, StoredRow } from './port.ts';
import { cursorOf, latinSmall, positionIn } from './query.ts';
import type { Db } from './sql-queries.ts';
import type { Tables } from './tables.ts';

type Things = SelectQueryBuilder<Tables, 'things', object>;
type Of = ExpressionBuilder<Tables, 'things'>;

/**
 * A list is read in parts that have no row in common: each stage by itself, as an index has it in the list's order, or
 * the few things that a person, an organisation or a word leads to. However long a county's history is, a part is read
 * no further than the page goes; a planner that were given all at once would now and then read the history.
 */
function partsOf(db: Db, query: QueueQuery): Things[] {
  const { also = [], stages } = query;
  const asked = askedOf(db, query);
  const besides = also.length > 0 ? [ofCounty(db, query).where('id', 'in', also)] : [];
  const others = (part: Things) => (also.length > 0 ? part.where('id', 'not in', also) : part);
  if (stages?.length === 0 || query.handlers?.length === 0) return narrowed(besides, query);
  const keyed = keysOf(query);
  if (keyed.length > 0) {
    let part = asked
      // Said so that no index is taken for it: the keys are fewer than what a county has.
      .where(sql<boolean>`county || '' = ${query.county}`)
      .where(sql<boolean>`kind || '' = ${query.kind}`);
    for (const key of keyed) part = part.where(key);
    if (stages) part = part.where(sql<boolean>`stage || '' in (${sql.join(stages)})`);
    return narrowed([others(part), ...besides], query);
  }
  const whole = asked.where('county', '=', query.county).where('kind', '=', query.kind);
  const parts = stages ? [...new Set(stages)].map((stage) => whole.where('stage', '=', stage)) : [whole];
  return narrowed([...parts.map(others), ...besides], query);
}

const ofCounty = (db: Db, { county, kind }: QueueQuery): Things =>
  db.selectFrom('things').where('county', '=', county).where('kind', '=', kind);

/** What is asked of every row whatever else leads to it. */
function narrowed(parts: Things[], { search, without = [] }: QueueQuery): Things[] {
  return parts.map((part) => {
    let found = part;
    if (without.length > 0) found = found.where('id', 'not in', without);
    if (search !== undefined)
      found = found.where(
        sql<boolean>`lower(title) like ${`%${latinSmall(search).replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`,
      );
    return found;
  });
}

const by = (of: Of, people: readonly string[]) =>
  of('key', 'in', of.selectFrom('thing_authors').select('thing').where('person', 'in', people));

function askedOf(db: Db, { open, barring, dueFrom, dueBefore }: QueueQuery): Things {
  let all: Things = db.selectFrom('things');
  if (open) all = all.where('confidential', '=', 0);
  if (barring)
    all = all.where((of) =>
      of.or([
        // A list that is not empty, in the thing's own JSON.
        sql<boolean>`state like '%"excluded":["%'`,
        ...(barring.length > 0 ? [by(of, barring)] : []),
      ]),
    );
  if (dueBefore !== undefined) all = all.where('due_by', '<', dueBefore);
  if (dueFrom !== undefined) all = all.where('due_by', '>=', dueFrom);
  return all;
}

/** The conditions that lead to few things, by their keys. */
function keysOf({ county, kind, claimedBy, author, theirs, handlers, search }: QueueQuery) {
  const claimed = (of: Of, person: string) =>
    of
      .selectFrom('things as claimed')
      .select('claimed.key as thing')
      .where('claimed.county', '=', county)
      .where('claimed.kind', '=', kind)
      .where('claimed.claimed_by', '=', person);
  const keys: ((of: Of) => ReturnType<typeof by>)[] = [];
  if (claimedBy !== undefined) keys.push((of) => of('key', 'in', claimed(of, claimedBy)));
  if (author !== undefined) keys.push((of) => by(of, [author]));
  if (theirs !== undefined)
    keys.push((of) =>
      of(
        'key',
        'in',
        claimed(of, theirs).unionAll(
          of.selectFrom('thing_authors').select('thing').where('person', '=', theirs),
        ),
      ),
    );
  if (handlers)
    keys.push((of) =>
      of('key', 'in', of.selectFrom('thing_handlers').select('thing').where('organisation', 'in', handlers)),
    );
  for (const [from, to] of gramsSought(search ?? ''))
    keys.push((of) =>
      of(
        'key',
        'in',
        of
          .selectFrom('title_grams')
          .select('thing')
          .where('county', '=', county)
          .where('gram', '>=', from)
          .where('gram', '<=', to),
      ),
    );
  return keys;
}

function ordered<Row>(part: SelectQueryBuilder<Tables, 'things', Row>, order: QueueQuery['order']) {
  return order === 'due'
    ? part.orderBy('due_by').orderBy('since').orderBy('id')
    : part.orderBy('since', 'desc').orderBy('id', 'desc');
}

function paged(part: Things, { after, order, limit }: QueueQuery) {
  const rows = ordered(part.select(['due_by', 'since', 'id', 'state', 'title']), order).limit(limit + 1);
  const position = after === null ? null : positionIn(after);
  if (!position) return rows;
  const [first, second, id] = position;
  return order === 'due'
    ? rows.where(sql<boolean>`(due_by, since, id) > (${first}, ${second}, ${id})`)
    : rows.where(sql<boolean>`(since, id) < (${first}, ${id})`);
}

/** The rows of a page and one more, if there is one. */
export function queueRowsQuery(db: Db, query: QueueQuery) {
  const parts = partsOf(db, query).map((part) => db.selectFrom(paged(part, query).as('part')).selectAll());
  const [first, ...rest] = parts;
  if (!first) return null;
  const all = rest.reduce((sum, part) => sum.unionAll(part), first);
  const found = db
    .selectFrom(all.as('found'))
    .select(['state', 'title'])
    .limit(query.limit + 1);
  return query.order === 'due'
    ? found.orderBy('due_by').orderBy('since').orderBy('id')
    : found.orderBy('since', 'desc').orderBy('id', 'desc');
}

/** How many rows a list has, counted no further than anybody needs to know. */
export function queueTotalQuery(db: Db, query: QueueQuery) {
  const enough = COUNTED_TO + 1;
  const parts = partsOf(db, query).map((part) =>
    db
      .selectFrom(
        part
          .select(sql<number>`1`.as('one'))
          .limit(enough)
          .as('part'),
      )
      .selectAll(),
  );
  const [first, ...rest] = parts;
  if (!first) return null;
  const all = rest.reduce((sum, part) => sum.unionAll(part), first).limit(enough);
  return db.selectFrom(all.as('found')).select(sql<number>`count(*)`.as('total'));
}

export async function queuePage(db: Db, query: QueueQuery): Promise<Page<StoredRow>> {
  const counted = await queueTotalQuery(db, query)?.executeTakeFirst();
  const rows = (await queueRowsQuery(db, query)?.execute()) ?? [];
  const page = rows
    .slice(0, query.limit)
    .map(({ state, title }): StoredRow => ({ thing: JSON.parse(state), title }));
  const last = page.at(-1);
  return {
    rows: page,
    next: last && rows.length > page.length ? cursorOf(query.order, last.thing) : null,
    total: Number(counted?.total ?? 0),
  };
}
