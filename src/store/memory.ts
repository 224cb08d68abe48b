import { draftKinds, type Draft } from '../model/draft.ts';
import type { CivilDate, Instant } from '../model/date.ts';
import type { SensitiveAct } from '../model/audit.ts';
import { peopleOf, type LogEntry, type ThingRef } from '../model/thing.ts';
import { stepsOf, type ConfigVersion } from '../model/version.ts';
import { COUNTED_TO } from '../model/view.ts';
import { conflict, keyTaken, recordTaken, settled, versionTaken } from './error.ts';
import { foundByOf, isOf, wordOf } from './found-by.ts';
import { newsDesk } from './news.ts';
import { isCommittee } from '../model/letter.ts';
import { refusesNul } from './no-nul.ts';
import { withoutName } from '../model/personal.ts';
import { afterCursor, cursorOf, inOrder, matches } from './query.ts';
import type { ScoreRecord } from '../model/record.ts';
import type {
  Counted,
  DirectoryEntry,
  EnteredRecord,
  Head,
  IdempotencyKey,
  LogText,
  KeptMessage,
  ScoreEntry,
  Store,
  StoredFile,
  StoredRow,
  Timer,
  Unsent,
} from './port.ts';

/** Several names as one that no others make. */
const named = (...names: string[]) => JSON.stringify(names);
const keyOf = ({ county, kind, id }: ThingRef) => `${county.length} ${county} ${kind.length} ${kind} ${id}`;

interface Kept extends Unsent {
  due: string;
  until: string;
  dead: boolean;
}
const unsentOf = ({ due: _due, until: _until, dead: _dead, ...unsent }: Kept): Unsent =>
  structuredClone(unsent);

/** All of it frozen, down to where it is already. */
function frozen<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  if (Array.isArray(value)) for (const part of value) frozen(part);
  else for (const name in value) frozen(value[name]);
  return value;
}

/** Everything in memory: for tests, examples and a trial; gone with the process. */
export function memoryStore(): Store {
  const rows = new Map<string, StoredRow>();
  const logs = new Map<string, { entry: LogEntry; texts: LogText[] }[]>();
  const scores = new Map<string, { county: string; record: string; entries: ScoreEntry[] }>();
  const counted = new Map<string, Map<string, ScoreRecord>>();
  const timers = new Map<string, Timer & { until: Instant }>();
  const news = newsDesk();
  const outbox: KeptMessage[] = [];
  const sends: Kept[] = [];
  let sent = 0;
  const keys = new Map<string, IdempotencyKey>();
  const series = new Map<string, number>();
  const files = new Map<string, StoredFile>();
  const entered = new Map<string, Map<string, EnteredRecord>>();
  const listed = new Map<string, DirectoryEntry[]>();
  const sensitive = new Map<string, SensitiveAct>();
  const configs = new Map<string, ConfigVersion>();
  const drafts = new Map<string, Draft>();
  const marked = new Map<string, number>();
  const mark = (county: string) => {
    marked.set(county, (marked.get(county) ?? 0) + 1);
    news.tell([{ county, thing: null }]);
  };
  // Nobody changes the store by holding on to what goes in or out: it is frozen, or a copy.
  const copy = <Value>(value: Value): Value => structuredClone(value);
  const within = (on: CivilDate, from: CivilDate, to: CivilDate) => from <= on && on <= to;

  const keepScores = (county: string, all: Counted[]) => {
    for (const { record, entries } of frozen(all)) {
      const name = named(county, record.id);
      counted.set(county, (counted.get(county) ?? new Map()).set(record.id, record));
      // What is replaced goes to the end, as it does in a table.
      scores.delete(name);
      scores.set(name, { county, record: record.id, entries });
    }
  };

  const store: Store = {
    read: async (ref) => rows.get(keyOf(ref)) ?? null,
    readMany: async (refs) => refs.flatMap((ref) => rows.get(keyOf(ref)) ?? []),
    log: async (ref) => [...(logs.get(keyOf(ref)) ?? [])],
    lastHash: async (ref) => logs.get(keyOf(ref))?.at(-1)?.entry.hash ?? null,
    async queue(query) {
      const found = [...rows.values()].filter((row) => matches(query, row)).sort(inOrder(query.order));
      const rest = query.after === null ? found : found.filter(afterCursor(query.order, query.after));
      const page = rest.slice(0, query.limit);
      const last = page.at(-1);
      return {
        rows: page,
        next: last && rest.length > page.length ? cursorOf(query.order, last.thing) : null,
        total: Math.min(found.length, COUNTED_TO + 1),
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
        if ((versions.get(name) ?? rows.get(name)?.thing.version ?? 0) !== expected) throw conflict(thing);
        versions.set(name, thing.version);
      }
      for (const { thing, title, entry, texts, erases } of frozen(commit.steps)) {
        const name = keyOf(thing);
        rows.set(name, frozen({ thing, title }));
        const before = logs.get(name) ?? [];
        for (const file of erases?.files ?? []) files.delete(named(thing.county, file));
        // A letter to another committee that has not gone yet holds its words too.
        for (const one of erases ? [...sends] : [])
          if (isCommittee(one.receiver) && keyOf(one.about) === name) sends.splice(sends.indexOf(one), 1);
        const stays = ({ hash }: LogText) => erases?.texts?.includes(hash) === false;
        const kept = erases
          ? before.map(({ entry, texts }) => ({ entry, texts: texts.filter(stays) }))
          : before;
        logs.set(name, [...kept, frozen({ entry, texts })]);
        timers.delete(name);
      }
      const county = commit.steps[0]?.thing.county ?? '';
      keepScores(county, commit.scores);
      for (const timer of frozen(commit.timers))
        if (versions.has(keyOf(timer.thing))) timers.set(keyOf(timer.thing), { ...timer, until: '' });
      for (const message of commit.messages)
        outbox.push(Object.assign({ key: outbox.length + 1, read: false }, message));
      for (const one of frozen(commit.sends ?? [])) {
        sent += 1;
        sends.push({ ...one, key: sent, attempts: 0, failure: null, due: '', until: '', dead: false });
      }
      if (key) keys.set(keyName, copy(key));
      news.tell(
        commit.steps.map(({ thing: { county, kind, id, version } }) => ({
          county,
          thing: { kind, id, version },
        })),
      );
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
      if (theirs.length > 0) yield theirs;
    },
    async uncounted(county) {
      const kept = [...rows.values()].filter(
        ({ thing }) => thing.county === county && (thing.kind === 'report' || thing.kind === 'lead'),
      );
      return kept.length !== (counted.get(county)?.size ?? 0);
    },
    async forgetKeys(before) {
      for (const [name, { at }] of keys) if (at < before) keys.delete(name);
    },
    key: async (county, actor, key) => copy(keys.get(named(county, actor, key)) ?? null),
    async *all(county, kind, author) {
      for (const row of [...rows.values()]) {
        const { thing } = row;
        const theirs = author === undefined || peopleOf(thing).includes(author);
        if (thing.county === county && thing.kind === kind && theirs) yield row;
      }
    },
    async *foundBy(county, by) {
      const word = wordOf(by);
      for (const [name, row] of [...rows]) {
        const leads = ({ entry }: { entry: LogEntry }) => foundByOf(entry).includes(word);
        if (row.thing.county === county && logs.get(name)?.some(leads)) yield row;
      }
    },
    countedOf: async (county, ids) =>
      [...(counted.get(county)?.values() ?? [])].filter(({ id }) => ids.includes(id)),
    entries: async (county, from, to) =>
      [...scores.values()]
        .filter((record) => record.county === county)
        .flatMap(({ record, entries }) =>
          entries.filter((entry) => within(entry.on, from, to)).map((entry) => ({ ...entry, record })),
        ),
    entriesOf: async (county, record) => [...(scores.get(named(county, record))?.entries ?? [])],
    async claimTimers(county, on, limit, { now, until }) {
      const ages = new Map([...rows.keys()].map((name, age) => [name, age]));
      const age = (timer: Timer) => ages.get(keyOf(timer.thing)) ?? 0;
      const due = [...timers.values()]
        .filter((timer) => timer.thing.county === county && timer.on <= on)
        .filter((timer) => timer.until <= now || timer.until > until)
        .sort((a, b) => a.on.localeCompare(b.on) || age(a) - age(b))
        .slice(0, limit);
      for (const timer of due) timer.until = until;
      return copy(due.map(({ until: _until, ...timer }) => timer));
    },
    async timer(ref) {
      const found = timers.get(keyOf(ref));
      if (!found) return null;
      const { until: _until, ...timer } = found;
      return copy(timer);
    },
    waiting: async (on) => ({
      timers: [...timers.values()].filter((timer) => timer.on <= on).length,
      sends: sends.filter(({ dead }) => !dead).length,
      dead: sends.filter(({ dead }) => dead).length,
    }),
    async claimSends(receiver, limit, { now, until }) {
      const moving = sends.filter((one) => one.receiver === receiver && !one.dead);
      const oldest = new Map([...moving].reverse().map((one) => [keyOf(one.about), one]));
      const due = [...oldest.values()]
        .filter((one) => one.due <= now && (one.until <= now || one.until > until))
        .sort((a, b) => a.due.localeCompare(b.due) || a.key - b.key)
        .slice(0, limit);
      for (const one of due) one.until = until;
      return due.sort((a, b) => a.key - b.key).map(unsentOf);
    },
    async settleSend(key, until, failed) {
      const at = sends.findIndex((one) => one.key === key);
      const found = sends[at];
      if (failed === null && found) sends.splice(at, 1);
      if (failed === null || found?.until !== until) return;
      const { attempts, failure, due } = failed;
      Object.assign(found, { attempts, failure, until: '', due: due ?? found.due, dead: due === null });
    },
    deadSends: async (county, after, limit) =>
      sends
        .filter(({ about, dead, key }) => about.county === county && dead && key > after)
        .slice(0, limit)
        .map(unsentOf),
    async replaySends(county, keys, due) {
      const found = sends.filter(
        ({ about, dead, key }) => about.county === county && dead && (keys?.includes(key) ?? true),
      );
      for (const one of found) Object.assign(one, { dead: false, attempts: 0, due, until: '' });
      return found.length;
    },
    messages: async (county, to, limit, before) =>
      copy(
        outbox
          .filter((one) => one.about.county === county && one.to === to && one.key < (before ?? Infinity))
          .reverse()
          .slice(0, limit),
      ),
    unread: async (county, to) =>
      outbox.filter((one) => one.about.county === county && one.to === to && !one.read).length,
    async markRead(county, to, upTo) {
      for (const one of outbox)
        if (one.about.county === county && one.to === to && one.key <= upTo) one.read = true;
    },
    draft: async (county, person, kind) => copy(drafts.get(named(county, `${person}/${kind}`)) ?? null),
    async saveDraft(county, person, kind, draft) {
      const name = named(county, `${person}/${kind}`);
      if (draft) drafts.set(name, copy(draft));
      else drafts.delete(name);
    },
    async saveFile(file) {
      const name = named(file.county, file.id);
      if (!files.has(name)) files.set(name, copy(file));
    },
    file: async (county, id) => copy(files.get(named(county, id)) ?? null),
    uploads: async (county, uploader) =>
      [...files.values()].flatMap((file) =>
        file.county === county && file.uploader === uploader ? [file.id] : [],
      ),
    async removeFiles(county, ids) {
      for (const id of ids) files.delete(named(county, id));
    },
    fileInfos: async (county, ids) =>
      ids.flatMap((id) => {
        const file = files.get(named(county, id));
        return file ? [{ id, name: file.name, type: file.type, uploader: file.uploader }] : [];
      }),
    records: async (county, of) =>
      copy([...(entered.get(county)?.values() ?? [])].filter(({ record }) => isOf(record, of))),
    async saveRecords(county, records) {
      const all = new Map(entered.get(county));
      for (const one of copy(records)) {
        if ((all.get(one.record.id)?.sequence ?? 0) !== one.sequence - 1) throw recordTaken(one.record.id);
        all.set(one.record.id, one);
      }
      entered.set(county, all);
    },
    directory: async (county) => copy(listed.get(county) ?? []),
    async saveDirectory(county, entries) {
      const all = [...(listed.get(county) ?? [])];
      for (const one of copy(entries)) {
        const last = all.findLast(({ of, row }) => of === one.of && row.id === one.row.id);
        if ((last?.sequence ?? 0) !== one.sequence - 1) throw recordTaken(one.row.id);
        all.push(one);
      }
      listed.set(county, all);
      mark(county);
    },
    async erasePerson(county, person, upTo = null) {
      const goes = ({ at }: { at: Instant }) => upTo === null || at <= upTo;
      for (const entry of listed.get(county) ?? [])
        if (entry.of === 'people' && entry.row.id === person && goes(entry))
          entry.row = withoutName(entry.row);
      for (const kind of draftKinds) {
        const name = named(county, `${person}/${kind}`);
        const draft = drafts.get(name);
        if (draft && goes(draft)) drafts.delete(name);
      }
      if (upTo === null)
        outbox.splice(
          0,
          outbox.length,
          ...outbox.filter(({ about, to }) => about.county !== county || to !== person),
        );
      mark(county);
    },
    sensitiveActs: async (county) =>
      copy(
        [...sensitive.values()].filter((act) => act.county === county).sort((a, b) => a.number - b.number),
      ),
    async saveSensitiveAct(act) {
      const name = named(act.county, String(act.number));
      const before = sensitive.get(name);
      if (before && before.second !== null) throw settled(act.number);
      sensitive.set(name, copy(act));
    },
    configs: async (county) =>
      copy([...configs.values()].filter((one) => one.county === county).sort((a, b) => a.number - b.number)),
    async saveConfig(version) {
      const name = named(version.county, String(version.number));
      const before = configs.get(name);
      if ((before ? stepsOf(before) : 0) !== stepsOf(version) - 1)
        throw versionTaken(version.county, version.number);
      configs.set(name, copy(before ? { ...version, text: before.text, bases: before.bases } : version));
      mark(version.county);
    },
    marks: async () => new Map(marked),
    async *heads() {
      const last = [...logs.values()].flatMap((log) => log.at(-1)?.entry ?? []);
      yield last.map(({ county, kind, id, sequence, hash }): Head => [county, kind, id, sequence, hash]);
    },
    follow: (follower) => news.follow(follower),
    close: async () => undefined,
  };
  return refusesNul(store);
}
