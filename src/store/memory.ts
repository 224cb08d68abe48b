import type { CivilDate } from '../model/date.ts';
import type { LogEntry, ThingKind, ThingRef } from '../model/thing.ts';
import { stepsOf, type ConfigVersion } from '../model/version.ts';
import { conflict, keyTaken, recordTaken, versionTaken } from './error.ts';
import { afterCursor, cursorOf, inOrder, matches } from './query.ts';
import type { ScoreRecord } from '../model/record.ts';
import type {
  Counted,
  EnteredRecord,
  IdempotencyKey,
  LogText,
  Message,
  ScoreEntry,
  Store,
  StoredFile,
  StoredRow,
  Timer,
} from './port.ts';

/** Several names as one that no others make. */
const named = (...names: string[]) => JSON.stringify(names);
const keyOf = (ref: ThingRef) => named(ref.county, ref.kind, ref.id);

/** A thing as it is kept, its state a text as in a database. */
interface Kept {
  county: string;
  kind: ThingKind;
  version: number;
  lastHash: string;
  row: string;
  /** An entry with its texts each. */
  log: string[];
}
interface LogRow {
  entry: LogEntry;
  texts: LogText[];
}
/** What was written, as it was. */
function parsed<Value>(json: string): Value {
  return JSON.parse(json);
}

const textOf = (row: LogRow) => JSON.stringify(row);

/** Everything in memory: for tests, examples and a trial; gone with the process. */
export function memoryStore(): Store {
  const things = new Map<string, Kept>();
  const scores = new Map<string, { county: string; record: string; entries: ScoreEntry[] }>();
  const counted = new Map<string, Map<string, ScoreRecord>>();
  const timers = new Map<string, Timer>();
  const outbox: Message[] = [];
  const keys = new Map<string, IdempotencyKey>();
  const series = new Map<string, number>();
  const files = new Map<string, StoredFile>();
  const entered = new Map<string, Map<string, EnteredRecord>>();
  const configs = new Map<string, ConfigVersion>();
  // What goes in and out is a copy, as with a database: nobody changes the store by holding on to a thing.
  const copy = <Value>(value: Value): Value => parsed(JSON.stringify(value));
  const within = (on: CivilDate, from: CivilDate, to: CivilDate) => from <= on && on <= to;

  const keepScores = (county: string, all: Counted[]) => {
    for (const { record, entries } of copy(all)) {
      const name = named(county, record.id);
      counted.set(county, (counted.get(county) ?? new Map()).set(record.id, record));
      // What is replaced goes to the end, as it does in a table.
      scores.delete(name);
      scores.set(name, { county, record: record.id, entries });
    }
  };

  const rowOf = (ref: ThingRef): StoredRow | null => {
    const kept = things.get(keyOf(ref));
    return kept ? parsed(kept.row) : null;
  };
  const rowsOf = (county: string, kind: ThingKind): StoredRow[] =>
    [...things.values()]
      .filter((kept) => kept.county === county && kept.kind === kind)
      .map(({ row }) => parsed(row));

  const store: Store = {
    read: async (ref) => rowOf(ref),
    readMany: async (refs) => refs.flatMap((ref) => rowOf(ref) ?? []),
    log: async (ref) => (things.get(keyOf(ref))?.log ?? []).map((row) => parsed<LogRow>(row)),
    lastHash: async (ref) => things.get(keyOf(ref))?.lastHash ?? null,
    async queue(query) {
      const found = rowsOf(query.county, query.kind)
        .filter((row) => matches(query, row))
        .sort(inOrder(query.order));
      const rest = query.after === null ? found : found.filter(afterCursor(query.order, query.after));
      const page = rest.slice(0, query.limit);
      const last = page.at(-1);
      return {
        rows: page,
        next: last && rest.length > page.length ? cursorOf(query.order, last.thing) : null,
        total: found.length,
      };
    },
    async next(county, name) {
      const key = named(county, name);
      const value = (series.get(key) ?? 0) + 1;
      series.set(key, value);
      return value;
    },
    async reach(county, name, number) {
      const key = named(county, name);
      series.set(key, Math.max(number, series.get(key) ?? 0));
    },
    async commit(commit) {
      // All is tested before anything is written, and nothing is awaited between.
      const { key } = commit;
      const keyName = key ? named(key.county, key.actor, key.key) : '';
      if (key && keys.has(keyName)) throw keyTaken(key.key);
      const versions = new Map<string, number>();
      for (const { thing, expected } of commit.steps) {
        const name = keyOf(thing);
        if ((versions.get(name) ?? things.get(name)?.version ?? 0) !== expected) throw conflict(thing);
        versions.set(name, thing.version);
      }
      for (const { thing, title, entry, texts, erases } of commit.steps) {
        const name = keyOf(thing);
        const before = things.get(name)?.log ?? [];
        for (const file of erases?.files ?? []) files.delete(named(thing.county, file));
        const log = erases ? before.map((row) => textOf({ ...parsed<LogRow>(row), texts: [] })) : before;
        log.push(textOf({ entry, texts }));
        const { county, kind, version } = thing;
        const row = JSON.stringify({ thing, title });
        things.set(name, { county, kind, version, lastHash: entry.hash, row, log });
        timers.delete(name);
      }
      const county = commit.steps[0]?.thing.county ?? '';
      keepScores(county, commit.scores);
      for (const timer of copy(commit.timers))
        if (versions.has(keyOf(timer.thing))) timers.set(keyOf(timer.thing), timer);
      outbox.push(...copy(commit.messages));
      if (key) keys.set(keyName, copy(key));
    },
    async saveScores(county, all) {
      const known = counted.get(county);
      const same = (one: ScoreRecord) => JSON.stringify(known?.get(one.id) ?? one) === JSON.stringify(one);
      // What was changed while it was counted has been counted with that change.
      keepScores(
        county,
        all.filter(({ record }) => same(record)),
      );
    },
    async *counted(county, author) {
      const all = [...(counted.get(county)?.values() ?? [])];
      const theirs = all.filter(
        ({ authors = [] }) => author === undefined || authors.some(({ id }) => id === author),
      );
      if (theirs.length > 0) yield copy(theirs);
    },
    async uncounted(county) {
      const kept = [...things.values()].filter(
        (one) => one.county === county && (one.kind === 'report' || one.kind === 'lead'),
      );
      return kept.length !== (counted.get(county)?.size ?? 0);
    },
    async forgetKeys(before) {
      for (const [name, { at }] of keys) if (at < before) keys.delete(name);
    },
    key: async (county, actor, key) => copy(keys.get(named(county, actor, key)) ?? null),
    async *all(county, kind) {
      yield* rowsOf(county, kind);
    },
    entries: async (county, from, to) =>
      [...scores.values()]
        .filter((record) => record.county === county)
        .flatMap(({ record, entries }) =>
          entries.filter((entry) => within(entry.on, from, to)).map((entry) => ({ ...entry, record })),
        ),
    entriesOf: async (county, record) => copy(scores.get(named(county, record))?.entries ?? []),
    async *dueTimers(county, on) {
      const ages = new Map([...things.keys()].map((name, age) => [name, age]));
      const age = (timer: Timer) => ages.get(keyOf(timer.thing)) ?? 0;
      const due = [...timers.values()].filter((timer) => timer.thing.county === county && timer.on <= on);
      yield* copy(due.sort((a, b) => a.on.localeCompare(b.on) || age(a) - age(b)));
    },
    messages: async (county, to, limit) =>
      copy(
        outbox
          .filter((message) => message.about.county === county && message.to === to)
          .reverse()
          .slice(0, limit),
      ),
    async saveFile(file) {
      const name = named(file.county, file.id);
      if (!files.has(name)) files.set(name, structuredClone(file));
    },
    file: async (county, id) => structuredClone(files.get(named(county, id)) ?? null),
    fileInfos: async (county, ids) =>
      ids.flatMap((id) => {
        const file = files.get(named(county, id));
        return file ? [{ id, name: file.name, type: file.type, uploader: file.uploader }] : [];
      }),
    records: async (county) => copy([...(entered.get(county)?.values() ?? [])]),
    async saveRecords(county, records) {
      const all = new Map(entered.get(county));
      for (const one of copy(records)) {
        if ((all.get(one.record.id)?.sequence ?? 0) !== one.sequence - 1) throw recordTaken(one.record.id);
        all.set(one.record.id, one);
      }
      entered.set(county, all);
    },
    configs: async (county) =>
      copy([...configs.values()].filter((one) => one.county === county).sort((a, b) => a.number - b.number)),
    async saveConfig(version) {
      const name = named(version.county, String(version.number));
      const before = configs.get(name);
      if ((before ? stepsOf(before) : 0) !== stepsOf(version) - 1)
        throw versionTaken(version.county, version.number);
      configs.set(name, copy(before ? { ...version, text: before.text, bases: before.bases } : version));
    },
    configsMark: async () => [...configs.values()].reduce((sum, one) => sum + stepsOf(one), 0),
    close: async () => undefined,
  };
  return store;
}
