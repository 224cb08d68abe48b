import type { CivilDate } from '../model/date.ts';
import type { LogEntry, ThingRef } from '../model/thing.ts';
import { conflict, keyTaken } from './error.ts';
import { afterCursor, cursorOf, inOrder, matches } from './query.ts';
import type {
  IdempotencyKey,
  LogText,
  Message,
  ScoreEntry,
  Store,
  StoredFile,
  StoredRow,
  Timer,
} from './port.ts';

const keyOf = (ref: ThingRef) => `${ref.county}/${ref.kind}/${ref.id}`;

/** Everything in memory: for tests, examples and a trial; gone with the process. */
export function memoryStore(): Store {
  const rows = new Map<string, StoredRow>();
  const logs = new Map<string, { entry: LogEntry; texts: LogText[] }[]>();
  const scores = new Map<string, ScoreEntry[]>();
  const timers = new Map<string, Timer[]>();
  const outbox: Message[] = [];
  const keys = new Map<string, IdempotencyKey>();
  const series = new Map<string, number>();
  const files = new Map<string, StoredFile>();
  // What goes in and out is a copy, as with a database: nobody changes the store by holding on to a thing.
  const copy = <Value>(value: Value): Value => structuredClone(value);
  const within = (on: CivilDate, from: CivilDate, to: CivilDate) => from <= on && on <= to;

  const store: Store = {
    read: async (ref) => copy(rows.get(keyOf(ref)) ?? null),
    readMany: async (refs) => refs.flatMap((ref) => copy(rows.get(keyOf(ref)) ?? [])),
    log: async (ref) => copy(logs.get(keyOf(ref)) ?? []),
    async queue(query) {
      const found = [...rows.values()].filter((row) => matches(query, row)).sort(inOrder(query.order));
      const rest = query.after === null ? found : found.filter(afterCursor(query.order, query.after));
      const page = rest.slice(0, query.limit);
      const last = page.at(-1);
      return {
        rows: copy(page),
        next: last && rest.length > page.length ? cursorOf(query.order, last.thing) : null,
        total: found.length,
      };
    },
    async next(county, name) {
      const key = `${county}/${name}`;
      const value = (series.get(key) ?? 0) + 1;
      series.set(key, value);
      return value;
    },
    async commit(commit) {
      // All is tested before anything is written, and nothing is awaited between.
      for (const { thing, expected } of commit.steps)
        if ((rows.get(keyOf(thing))?.thing.version ?? 0) !== expected) throw conflict(thing);
      const { key } = commit;
      const keyName = key ? `${key.county}/${key.actor}/${key.key}` : '';
      if (key && keys.has(keyName)) throw keyTaken(key.key);
      for (const { thing, title, entry, texts } of copy(commit.steps)) {
        const name = keyOf(thing);
        rows.set(name, { thing, title });
        logs.set(name, [...(logs.get(name) ?? []), { entry, texts }]);
        timers.delete(name);
      }
      const county = commit.steps[0]?.thing.county ?? '';
      for (const { record, entries } of copy(commit.scores)) scores.set(`${county}/${record}`, entries);
      for (const timer of copy(commit.timers))
        timers.set(keyOf(timer.thing), [...(timers.get(keyOf(timer.thing)) ?? []), timer]);
      outbox.push(...copy(commit.messages));
      if (key) keys.set(keyName, copy(key));
    },
    key: async (county, actor, key) => copy(keys.get(`${county}/${actor}/${key}`) ?? null),
    async *all(county, kind) {
      for (const row of [...rows.values()])
        if (row.thing.county === county && row.thing.kind === kind) yield copy(row);
    },
    entries: async (county, from, to) =>
      [...scores].flatMap(([name, entries]) =>
        name.startsWith(`${county}/`)
          ? entries
              .filter((entry) => within(entry.on, from, to))
              .map((entry) => ({ ...entry, record: name.slice(county.length + 1) }))
          : [],
      ),
    entriesOf: async (county, record) => copy(scores.get(`${county}/${record}`) ?? []),
    dueTimers: async (county, on, limit) =>
      [...timers.values()]
        .flat()
        .filter((timer) => timer.thing.county === county && timer.on <= on)
        .sort((a, b) => a.on.localeCompare(b.on))
        .slice(0, limit),
    messages: async (county, to, limit) =>
      outbox
        .filter((message) => message.about.county === county && message.to === to)
        .slice(-limit)
        .reverse(),
    saveFile: async (file) => void files.set(`${file.county}/${file.id}`, copy(file)),
    file: async (county, id) => copy(files.get(`${county}/${id}`) ?? null),
    fileInfos: async (county, ids) =>
      ids.flatMap((id) => {
        const file = files.get(`${county}/${id}`);
        return file ? [{ id, name: file.name, type: file.type, uploader: file.uploader }] : [];
      }),
    close: async () => undefined,
  };
  return store;
}
