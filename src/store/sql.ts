import { sql, type Kysely, type SelectQueryBuilder, type Transaction } from 'kysely';
import type { LogEntry, Thing, ThingRef } from '../model/thing.ts';
import { stepsOf, type ConfigVersion } from '../model/version.ts';
import { conflict, keyTaken, recordTaken, versionTaken } from './error.ts';
import type { ScoreRecord } from '../model/record.ts';
import type {
  Commit,
  Counted,
  EnteredRecord,
  IdempotencyKey,
  LogText,
  Message,
  QueueQuery,
  Step,
  Store,
  StoredRow,
  Timer,
} from './port.ts';
import { cursorOf, NEVER, positionIn } from './query.ts';
import type { Tables } from './tables.ts';

type Db = Kysely<Tables> | Transaction<Tables>;

/** A row of ours, read back as what was written. */
function parsed<Value>(json: string): Value {
  return JSON.parse(json);
}
const rowOf = (row: { state: string; title: string }): StoredRow => ({
  thing: parsed<Thing>(row.state),
  title: row.title,
});

/** The store over any database that Kysely speaks to. */
export function sqlStore(db: Kysely<Tables>): Store {
  const one = (ref: ThingRef) =>
    db
      .selectFrom('things')
      .where('county', '=', ref.county)
      .where('kind', '=', ref.kind)
      .where('id', '=', ref.id);

  return {
    async read(ref) {
      const row = await one(ref).select(['state', 'title']).executeTakeFirst();
      return row ? rowOf(row) : null;
    },
    async readMany(refs) {
      const found = await Promise.all(
        refs.map((ref) => one(ref).select(['state', 'title']).executeTakeFirst()),
      );
      return found.flatMap((row) => (row ? [rowOf(row)] : []));
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
    async queue(query) {
      const matching = filtered(db, query);
      const { total } = await matching
        .select((count) => count.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await paged(matching, query)
        .select(['state', 'title'])
        .limit(query.limit + 1)
        .execute();
      const page = rows.slice(0, query.limit).map(rowOf);
      const last = page.at(-1);
      return {
        rows: page,
        next: last && rows.length > page.length ? cursorOf(query.order, last.thing) : null,
        total: Number(total),
      };
    },
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
    commit: (commit) => db.transaction().execute((tx) => keep(tx, commit)),
    saveScores: (county, scores) => db.transaction().execute((tx) => recounted(tx, county, scores)),
    async *counted(county, author) {
      let after = 0;
      for (;;) {
        const rows = await countedBy(db, county, author)
          .where('counted.key', '>', after)
          .orderBy('counted.key')
          .limit(700)
          .execute();
        const last = rows.at(-1);
        if (!last) return;
        // A page read at once takes half as long as its records one by one.
        yield parsed<ScoreRecord[]>(`[${rows.map(({ record }) => record).join(',')}]`);
        after = last.key;
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
    async *all(county, kind) {
      let after = 0;
      for (;;) {
        const rows = await db
          .selectFrom('things')
          .select(['key', 'state', 'title'])
          .where('county', '=', county)
          .where('kind', '=', kind)
          .where('key', '>', after)
          .orderBy('key')
          .limit(2000)
          .execute();
        for (const row of rows) yield rowOf(row);
        const last = rows.at(-1);
        if (!last) return;
        after = last.key;
      }
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
    async *dueTimers(county, on) {
      let after = { on_date: '', thing: 0 };
      for (;;) {
        const rows = await db
          .selectFrom('timers')
          .select(['on_date', 'thing', 'timer'])
          .where('county', '=', county)
          .where('on_date', '<=', on)
          .where(sql<boolean>`(on_date, thing) > (${after.on_date}, ${after.thing})`)
          .orderBy('on_date')
          .orderBy('thing')
          .limit(500)
          .execute();
        for (const row of rows) yield parsed<Timer>(row.timer);
        const last = rows.at(-1);
        if (!last) return;
        after = last;
      }
    },
    async messages(county, to, limit) {
      const rows = await db
        .selectFrom('outbox')
        .select('message')
        .where('county', '=', county)
        .where('recipient', '=', to)
        .orderBy('key', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => parsed<Message>(row.message));
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
    async records(county) {
      const rows = await db
        .selectFrom('records')
        .select(['id', 'sequence', 'entered_by', 'at', 'record'])
        .where('county', '=', county)
        .orderBy('key')
        .execute();
      const current = new Map<string, EnteredRecord>();
      for (const { id, sequence, entered_by: by, at, record } of rows)
        current.set(id, { record: parsed<ScoreRecord>(record), sequence, by, at });
      return [...current.values()];
    },
    saveRecords: (county, records) =>
      db.transaction().execute(async (tx) => {
        for (const record of records) await keepRecord(tx, county, record);
      }),
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
    saveConfig: (version) => saveConfig(db, version),
    async configsMark() {
      const { mark } = await db
        .selectFrom('configs')
        .select((of) => of.fn.sum<number | null>('steps').as('mark'))
        .executeTakeFirstOrThrow();
      return Number(mark ?? 0);
    },
    close: () => db.destroy(),
  };
}

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

type Things = SelectQueryBuilder<Tables, 'things', object>;

function filtered(db: Db, query: QueueQuery): Things {
  let found: Things = db
    .selectFrom('things')
    .where('county', '=', query.county)
    .where('kind', '=', query.kind);
  const { stages, claimedBy, author, handlers, dueBefore, search } = query;
  if (stages) found = found.where('stage', 'in', stages);
  if (claimedBy !== undefined) found = found.where('claimed_by', '=', claimedBy);
  if (author !== undefined)
    found = found.where('key', 'in', (of) =>
      of.selectFrom('thing_authors').select('thing').where('person', '=', author),
    );
  if (handlers)
    found = found.where('key', 'in', (of) =>
      of.selectFrom('thing_handlers').select('thing').where('organisation', 'in', handlers),
    );
  if (dueBefore !== undefined) found = found.where('due_on', '<', dueBefore);
  if (search !== undefined)
    found = found.where(sql<boolean>`title like ${`%${search.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`);
  return found;
}

function paged(found: Things, query: QueueQuery): Things {
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

async function keep(tx: Transaction<Tables>, commit: Commit): Promise<void> {
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
  for (const step of commit.steps) keys.set(`${step.thing.kind}/${step.thing.id}`, await keepStep(tx, step));
  const county = commit.steps[0]?.thing.county ?? '';
  await keepScores(tx, county, commit.scores);
  for (const timer of commit.timers) {
    const thing = keys.get(`${timer.thing.kind}/${timer.thing.id}`);
    if (thing !== undefined)
      await tx
        .insertInto('timers')
        .values({ thing, county, on_date: timer.on, timer: JSON.stringify(timer) })
        .onConflict((before) =>
          before.column('thing').doUpdateSet({ on_date: timer.on, timer: JSON.stringify(timer) }),
        )
        .execute();
  }
  if (commit.messages.length > 0)
    await tx
      .insertInto('outbox')
      .values(
        commit.messages.map((message) => ({
          county: message.about.county,
          recipient: message.to,
          message: JSON.stringify(message),
        })),
      )
      .execute();
}

const howMany = sql<number>`count(*)`.as('number');

function countedBy(db: Db, county: string, author: string | undefined) {
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
async function recounted(tx: Transaction<Tables>, county: string, scores: Counted[]): Promise<void> {
  for (const { record, entries } of scores) {
    const { id } = record;
    const row = JSON.stringify(record);
    await tx
      .insertInto('counted')
      .values({ county, id, record: row })
      .onConflict((before) => before.doNothing())
      .execute();
    const { record: kept } = await tx
      .selectFrom('counted')
      .select('record')
      .where('county', '=', county)
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (kept === row) await keepEntries(tx, county, id, entries);
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
    due_on: thing.due?.on ?? NEVER,
    claimed_by: thing.claimedBy,
    title,
    state: JSON.stringify(thing),
  };
  const row =
    expected === 0
      ? await tx
          .insertInto('things')
          .values({ county: thing.county, kind: thing.kind, id: thing.id, ...columns })
          .onConflict((taken) => taken.doNothing())
          .returning('key')
          .executeTakeFirst()
      : await tx
          .updateTable('things')
          .set(columns)
          .where('county', '=', thing.county)
          .where('kind', '=', thing.kind)
          .where('id', '=', thing.id)
          .where('version', '=', expected)
          .returning('key')
          .executeTakeFirst();
  if (!row) throw conflict(thing);
  await relate(tx, row.key, thing);
  if (step.erases) await erase(tx, row.key, thing, step.erases.files);
  const log = await tx
    .insertInto('log')
    .values({ thing: row.key, sequence: entry.sequence, entry: JSON.stringify(entry) })
    .returning('key')
    .executeTakeFirstOrThrow();
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
  { county }: Thing,
  files: string[],
): Promise<void> {
  await tx
    .deleteFrom('log_texts')
    .where('log', 'in', (of) => of.selectFrom('log').select('key').where('thing', '=', key))
    .execute();
  if (files.length > 0)
    await tx.deleteFrom('files').where('county', '=', county).where('id', 'in', files).execute();
}

async function relate(tx: Transaction<Tables>, key: number, thing: Thing): Promise<void> {
  await tx.deleteFrom('thing_authors').where('thing', '=', key).execute();
  await tx.deleteFrom('thing_handlers').where('thing', '=', key).execute();
  const people = [...new Set(thing.authors.map((author) => author.person))];
  if (people.length > 0)
    await tx
      .insertInto('thing_authors')
      .values(people.map((person) => ({ thing: key, person })))
      .execute();
  if (thing.handlers.length > 0)
    await tx
      .insertInto('thing_handlers')
      .values([...new Set(thing.handlers)].map((organisation) => ({ thing: key, organisation })))
      .execute();
}
