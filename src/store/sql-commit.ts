import type { Transaction } from 'kysely';
import { committeeActor } from '../model/letter.ts';
import { isConfidential, peopleOf, refName, type Thing } from '../model/thing.ts';
import { conflict, keyTaken } from './error.ts';
import { foundByOf } from './found-by.ts';
import { gramsOf } from './grams.ts';
import { findBy } from './sql-found.ts';
import type { Commit, Counted, Step } from './port.ts';
import { dueByOf } from './query.ts';
import type { Tables } from './tables.ts';

/** All of a commit, or what stands against it is thrown and the transaction keeps nothing. */
export async function keep(tx: Transaction<Tables>, commit: Commit): Promise<void> {
  const { key } = commit;
  if (key) {
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto('idempotency')
      .values({ county: key.county, actor: key.actor, key: key.key, at: key.at, row: JSON.stringify(key) })
      .onConflict((taken) => taken.doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 0n) throw keyTaken(key.key);
  }
  const keys = new Map<string, number>();
  for (const step of commit.steps) keys.set(refName(step.thing), await keepStep(tx, step));
  const county = commit.steps[0]?.thing.county ?? '';
  await keepScores(tx, county, commit.scores);
  for (const timer of commit.timers) {
    const thing = keys.get(refName(timer.thing));
    if (thing !== undefined)
      await tx
        .insertInto('timers')
        .values({ thing, county, on_date: timer.on, timer: JSON.stringify(timer), claimed_until: '' })
        .onConflict((before) =>
          before.column('thing').doUpdateSet({ on_date: timer.on, timer: JSON.stringify(timer) }),
        )
        .execute();
  }
  if (commit.sends && commit.sends.length > 0)
    await tx
      .insertInto('sends')
      .values(
        commit.sends.map(({ id, receiver, body, about }) => ({
          id,
          receiver,
          body,
          county: about.county,
          kind: about.kind,
          thing: about.id,
        })),
      )
      .execute();
  if (commit.messages.length > 0)
    await tx
      .insertInto('outbox')
      .values(
        commit.messages.map((message) => ({
          county: message.about.county,
          recipient: message.to,
          message: JSON.stringify(message),
          unread: 1,
        })),
      )
      .execute();
}

async function keepScores(tx: Transaction<Tables>, county: string, scores: Counted[]): Promise<void> {
  for (const { record, entries } of scores) {
    const { id } = record;
    const row = JSON.stringify(record);
    await tx
      .insertInto('counted')
      .values({ county, id, record: row })
      .onConflict((before) => before.columns(['county', 'id']).doUpdateSet({ record: row }))
      .execute();
    await keepEntries(tx, county, id, entries);
  }
}

/** What was changed while it was counted has been counted with that change. */
export async function recounted(tx: Transaction<Tables>, county: string, scores: Counted[]): Promise<void> {
  for (const { record, entries } of scores) {
    const { id } = record;
    const row = JSON.stringify(record);
    await tx
      .insertInto('counted')
      .values({ county, id, record: row })
      .onConflict((before) => before.doNothing())
      .execute();
    // Written as it is, so that nobody changes it until its entries are kept too.
    const same = await tx
      .updateTable('counted')
      .set({ record: row })
      .where('county', '=', county)
      .where('id', '=', id)
      .where('record', '=', row)
      .executeTakeFirst();
    if (same.numUpdatedRows === 1n) await keepEntries(tx, county, id, entries);
  }
}

async function keepEntries(
  tx: Transaction<Tables>,
  county: string,
  record: string,
  entries: Counted['entries'],
): Promise<void> {
  await tx.deleteFrom('score_entries').where('county', '=', county).where('record', '=', record).execute();
  if (entries.length > 0)
    await tx
      .insertInto('score_entries')
      .values(entries.map(({ on, ...entry }) => ({ ...entry, county, record, on_date: on })))
      .execute();
}

async function keepStep(tx: Transaction<Tables>, step: Step): Promise<number> {
  const { thing, expected, title, entry, texts } = step;
  const columns = {
    version: thing.version,
    stage: thing.stage,
    since: thing.since,
    due_by: dueByOf(thing),
    claimed_by: thing.claimedBy,
    confidential: isConfidential(thing) ? 1 : 0,
    title,
    state: JSON.stringify(thing),
  };
  const { county, kind, id } = thing;
  const before =
    expected === 0
      ? null
      : await tx
          .selectFrom('things')
          .select(['title', 'state'])
          .where('county', '=', county)
          .where('kind', '=', kind)
          .where('id', '=', id)
          .where('version', '=', expected)
          .executeTakeFirst();
  if (before === undefined) throw conflict(thing);
  const row = before
    ? await tx
        .updateTable('things')
        .set(columns)
        .where('county', '=', county)
        .where('kind', '=', kind)
        .where('id', '=', id)
        .where('version', '=', expected)
        .returning('key')
        .executeTakeFirst()
    : await tx
        .insertInto('things')
        .values({ county, kind, id, ...columns })
        .onConflict((taken) => taken.doNothing())
        .returning('key')
        .executeTakeFirst();
  if (!row) throw conflict(thing);
  await relate(tx, row.key, before ? JSON.parse(before.state) : null, thing);
  await entitle(tx, row.key, county, before?.title ?? '', title);
  if (step.erases) await erase(tx, row.key, thing, step.erases);
  const log = await tx
    .insertInto('log')
    .values({ thing: row.key, sequence: entry.sequence, entry: JSON.stringify(entry) })
    .returning('key')
    .executeTakeFirstOrThrow();
  const found = foundByOf(entry).map((by) => ({ county, by, thing: row.key }));
  await findBy(tx, found);
  if (texts.length > 0)
    await tx
      .insertInto('log_texts')
      .values(texts.map((text) => ({ ...text, log: log.key })))
      .execute();
  await tx.deleteFrom('timers').where('thing', '=', row.key).execute();
  return row.key;
}

async function erase(
  tx: Transaction<Tables>,
  key: number,
  { county, kind, id }: Thing,
  { files, texts }: NonNullable<Step['erases']>,
): Promise<void> {
  const gone = tx
    .deleteFrom('log_texts')
    .where('log', 'in', (of) => of.selectFrom('log').select('key').where('thing', '=', key));
  await (texts ? gone.where('hash', 'in', texts) : gone).execute();
  // A letter to another committee that has not gone yet holds its words too.
  await tx
    .deleteFrom('sends')
    .where('county', '=', county)
    .where('kind', '=', kind)
    .where('thing', '=', id)
    .where('receiver', 'like', committeeActor('%'))
    .execute();
  if (files.length > 0)
    await tx.deleteFrom('files').where('county', '=', county).where('id', 'in', files).execute();
}

type Parties = Pick<Thing, 'authors' | 'handlers' | 'fields' | 'readers'>;
const handlersOf = ({ handlers }: Parties) => [...new Set(handlers)];
const same = (some: readonly string[], others: readonly string[]) => some.join('\n') === others.join('\n');

async function relate(
  tx: Transaction<Tables>,
  key: number,
  before: Parties | null,
  thing: Parties,
): Promise<void> {
  const [people, handlers] = [peopleOf(thing), handlersOf(thing)];
  if (!same(before ? peopleOf(before) : [], people)) {
    await tx.deleteFrom('thing_authors').where('thing', '=', key).execute();
    if (people.length > 0)
      await tx
        .insertInto('thing_authors')
        .values(people.map((person) => ({ thing: key, person })))
        .execute();
  }
  if (!same(before ? handlersOf(before) : [], handlers)) {
    await tx.deleteFrom('thing_handlers').where('thing', '=', key).execute();
    if (handlers.length > 0)
      await tx
        .insertInto('thing_handlers')
        .values(handlers.map((organisation) => ({ thing: key, organisation })))
        .execute();
  }
}

/** By what its title is found, where it has changed. */
async function entitle(
  tx: Transaction<Tables>,
  thing: number,
  county: string,
  before: string,
  title: string,
): Promise<void> {
  if (before === title) return;
  const [old, grams] = [new Set(gramsOf(before)), new Set(gramsOf(title))];
  const gone = [...old].filter((gram) => !grams.has(gram));
  if (gone.length > 0)
    await tx
      .deleteFrom('title_grams')
      .where('county', '=', county)
      .where('thing', '=', thing)
      .where('gram', 'in', gone)
      .execute();
  const come = [...grams].filter((gram) => !old.has(gram));
  if (come.length > 0)
    await tx
      .insertInto('title_grams')
      .values(come.map((gram) => ({ county, gram, thing })))
      .execute();
}
