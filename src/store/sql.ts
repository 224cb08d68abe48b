import { sql, type Kysely, type Transaction } from 'kysely';
import type { SensitiveAct } from '../model/audit.ts';
import type { Draft } from '../model/draft.ts';
import { type LogEntry, type Thing, type ThingRef } from '../model/thing.ts';
import { stepsOf, type ConfigVersion } from '../model/version.ts';
import { withoutName } from '../model/personal.ts';
import { recordTaken, settled, versionTaken } from './error.ts';
import type { ScoreRecord } from '../model/record.ts';
import type {
  Commit,
  DirectoryEntry,
  EnteredRecord,
  IdempotencyKey,
  LogText,
  Message,
  Store,
  StoredRow,
  Timer,
} from './port.ts';
import type { NewsDesk } from './news.ts';
import { grouped } from './grouped.ts';
import { headsOf } from './heads.ts';
import { refusesNul } from './no-nul.ts';
import { claimSends, settleSend, unsentOf } from './sends.ts';
import type { Tables } from './tables.ts';
import { type Db, countedPage, foundPage, howMany, thingsPage, unreadOf } from './sql-queries.ts';
import { isOf, recordWordOf } from './found-by.ts';
import { findRecordBy } from './sql-found.ts';
import { queuePage } from './sql-queue.ts';
import { keep, recounted } from './sql-commit.ts';

/** A row of ours, read back as what was written. */
function parsed<Value>(json: string): Value {
  return JSON.parse(json);
}

const nameOf = ({ county, kind, id }: ThingRef) => JSON.stringify([county, kind, id]);

const rowOf = (row: { state: string; title: string }): StoredRow => ({
  thing: parsed<Thing>(row.state),
  title: row.title,
});

/** A page after another, each row with the key that the next page begins after. */
async function* eachOf(
  page: (after: number) => {
    execute(): Promise<{ key: number; state: string; title: string }[]>;
  },
): AsyncIterable<StoredRow> {
  for (let after = 0; ;) {
    const rows = await page(after).execute();
    for (const row of rows) yield rowOf(row);
    const last = rows.at(-1);
    if (!last) return;
    after = Number(last.key);
  }
}

const withoutDraft = (db: Db, county: string, person: string, kind: string) =>
  db
    .deleteFrom('drafts')
    .where('county', '=', county)
    .where('person', '=', person)
    .where('kind', '=', kind)
    .execute();

export interface SqlParts {
  db: Kysely<Tables>;
  news: NewsDesk;
  /** Whether several may write, and claim rows, at once, each passing over what another is about to take. */
  writers: 'one' | 'many';
  /** Does a transaction, again where the database itself broke it off. */
  transact: <Answer>(work: (tx: Transaction<Tables>) => Promise<Answer>) => Promise<Answer>;
  close: () => Promise<void>;
}

/** The store over any database that Kysely speaks to. */
export function sqlStore({ db, news, writers, transact, close }: SqlParts): Store {
  const skipsLocked = writers === 'many';
  // Several writers share the cost of the disk in the database itself.
  const keepWhole =
    writers === 'one' ? grouped(transact) : (commit: Commit) => transact((tx) => keep(tx, commit));
  const one = (ref: ThingRef) =>
    db
      .selectFrom('things')
      .where('county', '=', ref.county)
      .where('kind', '=', ref.kind)
      .where('id', '=', ref.id);

  return refusesNul({
    async read(ref) {
      const row = await one(ref).select(['state', 'title']).executeTakeFirst();
      return row ? rowOf(row) : null;
    },
    async readMany(refs) {
      if (refs.length === 0) return [];
      const asked = sql.join(refs.map(({ county, kind, id }) => sql`(${county}, ${kind}, ${id})`));
      const rows = await db
        .selectFrom('things')
        .select(['state', 'title'])
        .where(sql<boolean>`(county, kind, id) in (values ${asked})`)
        .execute();
      const found = new Map(rows.map(rowOf).map((row) => [nameOf(row.thing), row]));
      return refs.flatMap((ref) => found.get(nameOf(ref)) ?? []);
    },
    async log(ref) {
      const rows = await one(ref)
        .innerJoin('log', 'log.thing', 'things.key')
        .select(['log.key', 'log.entry'])
        .orderBy('log.sequence')
        .execute();
      if (rows.length === 0) return [];
      const texts = await db
        .selectFrom('log_texts')
        .selectAll()
        .where(
          'log',
          'in',
          rows.map((row) => row.key),
        )
        .execute();
      const of = new Map<number, LogText[]>();
      for (const { log, hash, salt, text } of texts)
        of.set(log, [...(of.get(log) ?? []), { hash, salt, text }]);
      return rows.map((row) => ({ entry: parsed<LogEntry>(row.entry), texts: of.get(row.key) ?? [] }));
    },
    async lastHash(ref) {
      const row = await one(ref)
        .innerJoin('log', 'log.thing', 'things.key')
        .select('log.entry')
        .orderBy('log.sequence', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row ? parsed<LogEntry>(row.entry).hash : null;
    },
    queue: (query) => queuePage(db, query),
    async next(county, name) {
      const row = await db
        .insertInto('series')
        .values({ county, name, value: 1 })
        .onConflict((taken) =>
          taken.columns(['county', 'name']).doUpdateSet({ value: sql<number>`series.value + 1` }),
        )
        .returning('value')
        .executeTakeFirstOrThrow();
      return Number(row.value);
    },
    async reach(county, name, number) {
      await db
        .insertInto('series')
        .values({ county, name, value: number })
        .onConflict((taken) =>
          taken.columns(['county', 'name']).doUpdateSet({ value: number }).where('series.value', '<', number),
        )
        .execute();
    },
    async commit(commit) {
      await keepWhole(commit);
      news.tell(
        commit.steps.map(({ thing: { county, kind, id, version } }) => ({
          county,
          thing: { kind, id, version },
        })),
      );
    },
    saveScores: (county, scores) => transact((tx) => recounted(tx, county, scores)),
    async *counted(county, author) {
      let after = 0;
      for (;;) {
        const page = countedPage(db, county, author, after);
        /*
         * A page comes as one text: rows one by one take three times as long. They are added up in the order in which
         * they come, which is the page's, as both databases do it; to order them anew would take as long again.
         */
        const { records, last } = await db
          .selectFrom(page.as('page'))
          .select([
            sql<string | null>`string_agg(page.record, ',')`.as('records'),
            sql<number | null>`max(page.key)`.as('last'),
          ])
          .executeTakeFirstOrThrow();
        if (records === null || last === null) return;
        yield parsed<ScoreRecord[]>(`[${records}]`);
        after = Number(last);
      }
    },
    async uncounted(county) {
      const kept = db.selectFrom('things').where('kind', 'in', ['report', 'lead']);
      const [things, counted] = [
        await kept.where('county', '=', county).select(howMany).executeTakeFirstOrThrow(),
        await db.selectFrom('counted').where('county', '=', county).select(howMany).executeTakeFirstOrThrow(),
      ];
      return Number(things.number) !== Number(counted.number);
    },
    async forgetKeys(before) {
      await db.deleteFrom('idempotency').where('at', '<', before).execute();
    },
    async key(county, actor, key) {
      const row = await db
        .selectFrom('idempotency')
        .select('row')
        .where('county', '=', county)
        .where('actor', '=', actor)
        .where('key', '=', key)
        .executeTakeFirst();
      return row ? parsed<IdempotencyKey>(row.row) : null;
    },
    all: (county, kind, author) => eachOf((after) => thingsPage(db, county, kind, author, after)),
    foundBy: (county, by) => eachOf((after) => foundPage(db, county, by, after)),
    async countedOf(county, ids) {
      const records: ScoreRecord[] = [];
      for (let at = 0; at < ids.length; at += 500) {
        const asked = ids.slice(at, at + 500);
        const rows = await db
          .selectFrom('counted')
          .select('record')
          .where('county', '=', county)
          .where('id', 'in', asked)
          .orderBy('key')
          .execute();
        records.push(...rows.map(({ record }) => parsed<ScoreRecord>(record)));
      }
      return records;
    },
    async entries(county, from, to) {
      const rows = await db
        .selectFrom('score_entries')
        .selectAll()
        .where('county', '=', county)
        .where('on_date', '>=', from)
        .where('on_date', '<=', to)
        .orderBy('key')
        .execute();
      return rows.map(({ on_date, key: _key, county: _county, ...entry }) => ({ ...entry, on: on_date }));
    },
    async entriesOf(county, record) {
      const rows = await db
        .selectFrom('score_entries')
        .select(['subject', 'line', 'clause', 'points', 'on_date', 'moment'])
        .where('county', '=', county)
        .where('record', '=', record)
        .orderBy('key')
        .execute();
      return rows.map(({ on_date, ...entry }) => ({ ...entry, on: on_date }));
    },
    async claimTimers(county, on, limit, { now, until }) {
      const due = db
        .selectFrom('timers')
        .select('thing')
        .where('county', '=', county)
        .where('on_date', '<=', on)
        // A claim that reaches further than one made now is of a clock that has since been set back.
        .where((of) => of.or([of('claimed_until', '<=', now), of('claimed_until', '>', until)]))
        .orderBy('on_date')
        .orderBy('thing')
        .limit(limit);
      const rows = await db
        .with('due', () => (skipsLocked ? due.forUpdate().skipLocked() : due))
        .updateTable('timers')
        .set({ claimed_until: until })
        .where('thing', 'in', (of) => of.selectFrom('due').select('due.thing'))
        .returning(['thing', 'on_date', 'timer'])
        .execute();
      return rows
        .sort((a, b) => (a.on_date === b.on_date ? a.thing - b.thing : a.on_date < b.on_date ? -1 : 1))
        .map((row) => parsed<Timer>(row.timer));
    },
    async timer(ref) {
      const row = await db
        .selectFrom('timers')
        .select('timer')
        .where('thing', 'in', one(ref).select('key'))
        .executeTakeFirst();
      return row ? parsed<Timer>(row.timer) : null;
    },
    async waiting(on) {
      const { number } = await db
        .selectFrom('timers')
        .where('on_date', '<=', on)
        .select(howMany)
        .executeTakeFirstOrThrow();
      const sends = await db.selectFrom('sends').select(['dead', howMany]).groupBy('dead').execute();
      const ofState = (dead: number) => Number(sends.find((row) => Number(row.dead) === dead)?.number ?? 0);
      return { timers: Number(number), sends: ofState(0), dead: ofState(1) };
    },
    claimSends: (receiver, limit, claim) => claimSends(db, skipsLocked, receiver, limit, claim),
    settleSend: (key, until, failed) => settleSend(db, key, until, failed),
    async deadSends(county, after, limit) {
      const rows = await db
        .selectFrom('sends')
        .selectAll()
        .where('county', '=', county)
        .where('dead', '=', 1)
        .where('key', '>', after)
        .orderBy('key')
        .limit(limit)
        .execute();
      return rows.map(unsentOf);
    },
    async replaySends(county, keys, due) {
      if (keys?.length === 0) return 0;
      let dead = db
        .updateTable('sends')
        .set({ dead: 0, attempts: 0, due, claimed_until: '' })
        .where('county', '=', county)
        .where('dead', '=', 1);
      if (keys) dead = dead.where('key', 'in', keys);
      return Number((await dead.executeTakeFirst()).numUpdatedRows);
    },
    async messages(county, to, limit, before) {
      let theirs = db
        .selectFrom('outbox')
        .select(['key', 'message', 'unread'])
        .where('county', '=', county)
        .where('recipient', '=', to);
      if (before !== null) theirs = theirs.where('key', '<', before);
      const rows = await theirs.orderBy('key', 'desc').limit(limit).execute();
      return rows.map(({ key, message, unread }) => ({
        ...parsed<Message>(message),
        key: Number(key),
        read: Number(unread) === 0,
      }));
    },
    async unread(county, to) {
      const { number } = await unreadOf(db, county, to).select(howMany).executeTakeFirstOrThrow();
      return Number(number);
    },
    async markRead(county, to, upTo) {
      await db
        .updateTable('outbox')
        .set({ unread: 0 })
        .where('county', '=', county)
        .where('recipient', '=', to)
        .where('unread', '=', 1)
        .where('key', '<=', upTo)
        .execute();
    },
    async draft(county, person, kind) {
      const row = await db
        .selectFrom('drafts')
        .select('draft')
        .where('county', '=', county)
        .where('person', '=', person)
        .where('kind', '=', kind)
        .executeTakeFirst();
      return row ? parsed<Draft>(row.draft) : null;
    },
    async saveDraft(county, person, kind, draft) {
      if (draft) {
        const words = JSON.stringify(draft);
        await db
          .insertInto('drafts')
          .values({ county, person, kind, draft: words })
          .onConflict((taken) => taken.columns(['county', 'person', 'kind']).doUpdateSet({ draft: words }))
          .execute();
      } else await withoutDraft(db, county, person, kind);
    },
    async saveFile(file) {
      await db
        .insertInto('files')
        .values(file)
        .onConflict((same) => same.doNothing())
        .execute();
    },
    async file(county, id) {
      const row = await db
        .selectFrom('files')
        .selectAll()
        .where('county', '=', county)
        .where('id', '=', id)
        .executeTakeFirst();
      return row ?? null;
    },
    async uploads(county, uploader) {
      const rows = await db
        .selectFrom('files')
        .select('id')
        .where('county', '=', county)
        .where('uploader', '=', uploader)
        .execute();
      return rows.map(({ id }) => id);
    },
    async removeFiles(county, ids) {
      if (ids.length === 0) return;
      await db.deleteFrom('files').where('county', '=', county).where('id', 'in', ids).execute();
    },
    async fileInfos(county, ids) {
      if (ids.length === 0) return [];
      const rows = await db
        .selectFrom('files')
        .select(['id', 'name', 'type', 'uploader'])
        .where('county', '=', county)
        .where('id', 'in', ids)
        .execute();
      const infos = new Map(rows.map((info) => [info.id, info]));
      return ids.flatMap((id) => infos.get(id) ?? []);
    },
    async records(county, of) {
      const all = db
        .selectFrom('records')
        .select(['id', 'sequence', 'entered_by', 'at', 'record'])
        .where('county', '=', county)
        .orderBy('key');
      const found = (word: string) =>
        db.selectFrom('record_found_by').select('id').where('county', '=', county).where('by', '=', word);
      const asked =
        of === undefined
          ? all
          : 'id' in of
            ? all.where('id', '=', of.id)
            : all.where('id', 'in', found(recordWordOf(of)));
      const current = new Map<string, EnteredRecord>();
      for (const { id, sequence, entered_by: by, at, record } of await asked.execute())
        current.set(id, { record: parsed<ScoreRecord>(record), sequence, by, at });
      // What it was by an entry of before it may not be now.
      return [...current.values()].filter(({ record }) => isOf(record, of));
    },
    saveRecords: (county, records) =>
      transact(async (tx) => {
        for (const record of records) await keepRecord(tx, county, record);
      }),
    async directory(county) {
      const rows = await db
        .selectFrom('directory')
        .select('entry')
        .where('county', '=', county)
        .orderBy('key')
        .execute();
      return rows.map(({ entry }) => parsed<DirectoryEntry>(entry));
    },
    async saveDirectory(county, entries) {
      await transact(async (tx) => {
        for (const entry of entries) await keepDirectoryEntry(tx, county, entry);
        await mark(tx, county);
      });
      news.tell([{ county, thing: null }]);
    },
    async erasePerson(county, person, upTo = null) {
      await transact(async (tx) => {
        const rows = await tx
          .selectFrom('directory')
          .select(['key', 'entry'])
          .where('county', '=', county)
          .where('list', '=', 'people')
          .where('id', '=', person)
          .execute();
        for (const { key, entry } of rows) {
          const read = parsed<DirectoryEntry>(entry);
          if (read.of !== 'people' || (upTo !== null && read.at > upTo)) continue;
          const without = JSON.stringify({ ...read, row: withoutName(read.row) });
          await tx.updateTable('directory').set({ entry: without }).where('key', '=', key).execute();
        }
        if (upTo === null)
          await tx
            .deleteFrom('outbox')
            .where('county', '=', county)
            .where('recipient', '=', person)
            .execute();
        const drafts = await tx
          .selectFrom('drafts')
          .select(['kind', 'draft'])
          .where('county', '=', county)
          .where('person', '=', person)
          .execute();
        for (const { kind, draft } of drafts)
          if (upTo === null || parsed<Draft>(draft).at <= upTo) await withoutDraft(tx, county, person, kind);
        await mark(tx, county);
      });
      news.tell([{ county, thing: null }]);
    },
    async sensitiveActs(county) {
      const rows = await db
        .selectFrom('sensitive_acts')
        .select('act')
        .where('county', '=', county)
        .orderBy('number')
        .execute();
      return rows.map(({ act }) => parsed<SensitiveAct>(act));
    },
    async saveSensitiveAct(act) {
      const { county, number } = act;
      const row = { waits: act.second === null ? 1 : 0, act: JSON.stringify(act) };
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('sensitive_acts')
        .values({ county, number, ...row })
        .onConflict((taken) =>
          taken.columns(['county', 'number']).doUpdateSet(row).where('sensitive_acts.waits', '=', 1),
        )
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== 1n) throw settled(number);
    },
    async configs(county) {
      const rows = await db
        .selectFrom('configs')
        .select(['texts', 'version'])
        .where('county', '=', county)
        .orderBy('number')
        .execute();
      return rows.map(({ texts, version }) => ({
        ...parsed<ConfigVersion>(version),
        ...parsed<ConfigTexts>(texts),
      }));
    },
    async saveConfig(version) {
      await transact(async (tx) => {
        await saveConfig(tx, version);
        await mark(tx, version.county);
      });
      news.tell([{ county: version.county, thing: null }]);
    },
    async marks() {
      const rows = await db
        .selectFrom('series')
        .select(['name', 'value'])
        .where('county', '=', NOBODYS)
        .execute();
      return new Map(rows.map(({ name, value }) => [name, Number(value)]));
    },
    heads: () => headsOf(db),
    follow: (follower) => news.follow(follower),
    close,
  });
}

/** The series of no county are the counties' marks. */
const NOBODYS = '';
const mark = (tx: Transaction<Tables>, county: string) =>
  tx
    .insertInto('series')
    .values({ county: NOBODYS, name: county, value: 1 })
    .onConflict((taken) =>
      taken.columns(['county', 'name']).doUpdateSet({ value: sql<number>`series.value + 1` }),
    )
    .execute();

async function keepRecord(
  tx: Transaction<Tables>,
  county: string,
  { record, sequence, by, at }: EnteredRecord,
): Promise<void> {
  const { last } = await tx
    .selectFrom('records')
    .select((of) => of.fn.max('sequence').as('last'))
    .where('county', '=', county)
    .where('id', '=', record.id)
    .executeTakeFirstOrThrow();
  const row = { county, id: record.id, sequence, entered_by: by, at, record: JSON.stringify(record) };
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('records')
    .values(row)
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirst();
  if (Number(last ?? 0) !== sequence - 1 || numInsertedOrUpdatedRows !== 1n) throw recordTaken(record.id);
  await findRecordBy(tx, county, record);
}

async function keepDirectoryEntry(
  tx: Transaction<Tables>,
  county: string,
  entry: DirectoryEntry,
): Promise<void> {
  const { sequence, of: list } = entry;
  const { id } = entry.row;
  const { last } = await tx
    .selectFrom('directory')
    .select((of) => of.fn.max('sequence').as('last'))
    .where('county', '=', county)
    .where('list', '=', list)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('directory')
    .values({ county, list, id, sequence, entry: JSON.stringify(entry) })
    .onConflict((taken) => taken.doNothing())
    .executeTakeFirst();
  if (Number(last ?? 0) !== sequence - 1 || numInsertedOrUpdatedRows !== 1n) throw recordTaken(id);
}

type ConfigTexts = Pick<ConfigVersion, 'text' | 'bases'>;

async function saveConfig(db: Db, whole: ConfigVersion): Promise<void> {
  const { text, bases, ...version } = whole;
  const { county, number } = version;
  const steps = stepsOf(whole);
  const row = { steps, version: JSON.stringify(version) };
  const texts: ConfigTexts = { text, bases };
  const changed =
    steps === 1
      ? (
          await db
            .insertInto('configs')
            .values({ county, number, texts: JSON.stringify(texts), ...row })
            .onConflict((taken) => taken.doNothing())
            .executeTakeFirst()
        ).numInsertedOrUpdatedRows
      : (
          await db
            .updateTable('configs')
            .set(row)
            .where('county', '=', county)
            .where('number', '=', number)
            .where('steps', '=', steps - 1)
            .executeTakeFirst()
        ).numUpdatedRows;
  if (changed !== 1n) throw versionTaken(county, number);
}
