import { addDays, civilDate, type CivilDate, type Instant } from '../model/date.ts';
import { draftKinds } from '../model/draft.ts';
import { ERASED_NAME, withoutName, type PersonData, type PersonExport } from '../model/personal.ts';
import type { Language } from '../model/text.ts';
import type { Actor, LogEntry, Thing } from '../model/thing.ts';
import type { LogText, Step } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import { attachedIn } from './attached.ts';
import { DeskError } from './error.ts';
import { replay, type Log } from './replay.ts';
import { GENESIS } from './seal.ts';
import { makeStep } from './steps.ts';
import { filesOf } from './view.ts';
import { wholeView } from './whole-view.ts';

const isBy = (person: string, { actor, onBehalf }: LogEntry) => actor === person || onBehalf?.of === person;
const isAuthor = (person: string, { authors }: Thing) => authors.some((author) => author.person === person);

/** All that is kept of one person, seen with their own eyes, and their files. */
export async function personExport(
  context: DeskContext,
  person: string,
  today: CivilDate,
  language: Language,
): Promise<PersonExport> {
  const { county, store, reader } = context;
  const entries = (await store.directory(county.id)).flatMap((entry) =>
    entry.of === 'people' && entry.row.id === person ? [entry] : [],
  );
  const row = entries.at(-1)?.row ?? context.people.get(person);
  if (!row)
    throw new DeskError('not-found', {
      zh: `名册中没有“${person}”。`,
      en: `"${person}" is not in the directory.`,
    });
  const self: Actor = { id: person, county: county.id, name: row.name, kind: row.kind ?? null, posts: [] };
  const data: PersonData = {
    county: county.id,
    person,
    directory: entries.map(({ sequence, by, at, row: then }) => ({ sequence, by, at, row: then })),
    things: [],
    acts: [],
    records: (await store.records(county.id)).flatMap(({ record }) =>
      record.authors?.some(({ id }) => id === person) ? [record] : [],
    ),
    points: (await store.entries(county.id, '0001-01-01', '9999-12-31')).flatMap(
      ({ subject, record, points, line, on }) => (subject === person ? [{ record, points, line, on }] : []),
    ),
    messages: (await store.messages(county.id, person, 10_000, null)).map(({ kind, about, at }) => ({
      kind,
      about: about.id,
      at,
    })),
    drafts: (
      await Promise.all(
        draftKinds.map(async (kind) => ({
          kind,
          draft: await store.draft(county.id, person, kind),
        })),
      )
    ).flatMap(({ kind, draft }) => (draft ? [{ kind, ...draft }] : [])),
  };
  const files: PersonExport['files'] = [];
  /** Given already, or part of what others are the authors of. */
  const elsewhere = new Set<string>();
  for (const kind of context.kinds)
    for await (const { thing } of store.all(county.id, kind)) {
      if (isAuthor(person, thing) || thing.enteredBy === person) {
        const view = await wholeView(reader(self, language), store, thing, today);
        data.things.push({ ...view, actions: [] });
        for (const { id, name } of view.files) {
          const file = await store.file(county.id, id);
          if (file) files.push({ path: `${thing.id}/${id}-${name}`, bytes: file.bytes });
          elsewhere.add(id);
        }
        continue;
      }
      const log = await store.log(thing);
      for (const id of attachedIn(log)) elsewhere.add(id);
      for (const { entry } of log)
        if (isBy(person, entry)) {
          const { action, on, at } = entry;
          data.acts.push({ kind, id: thing.id, action, on, at });
        }
    }
  // And what they uploaded that stands nowhere any more, or never did.
  for (const id of await store.uploads(county.id, person)) {
    const file = elsewhere.has(id) ? null : await store.file(county.id, id);
    if (file) files.push({ path: `uploads/${id}-${file.name}`, bytes: file.bytes });
  }
  return { data, files };
}

export interface ErasureSigned {
  by: string;
  at: Instant;
  second: string | null;
  /** What was entered since stays: they were entered again after it was decided. */
  upTo?: Instant;
}

/**
 * Erases what one person gave: the words and files of what they wrote, alone or with others who are erased too, their
 * words on other things, and their name. What happened when stays, known by an id alone, so that every chain of the log
 * holds; each thing's log says that it was done. What is gone already is left as it is, so that it can be done again
 * after a backup was brought back.
 */
export async function erasePerson(
  context: DeskContext,
  save: (steps: Step[], now: Instant, key: null) => Promise<void>,
  person: string,
  signed: ErasureSigned,
): Promise<{ things: number }> {
  const { county, store } = context;
  const erased = new Set([
    person,
    ...(await store.directory(county.id)).flatMap(({ of, row }) =>
      of === 'people' && row.name === ERASED_NAME ? [row.id] : [],
    ),
  ]);
  const { upTo = null } = signed;
  const words = new Set<string>();
  const attached = new Set<string>();
  let things = 0;
  const clear = async (thing: Thing, whole: boolean, goes: (entry: LogEntry, text: LogText) => boolean) => {
    const log = await store.log(thing);
    for (const id of attachedIn(log)) attached.add(id);
    const since = ({ entry }: (typeof log)[number]) => upTo !== null && entry.at > upTo;
    if (whole && log.slice(0, 1).some(since)) return;
    const gone = log.flatMap((one) =>
      whole || !since(one) ? one.texts.filter((text) => goes(one.entry, text)) : [],
    );
    for (const { text } of gone) words.add(text);
    if (gone.length === 0) return;
    // Of what others wrote too, only what they added themselves.
    const mine = isAuthor(person, thing) ? log.filter(({ entry }) => isBy(person, entry)) : [];
    const files = attachedIn(whole ? log : mine);
    await save([stepOf(context, thing, log, gone, { files, whole }, signed)], signed.at, null);
    things += 1;
  };
  const own: Thing[] = [];
  for (const kind of ['report', 'lead'] as const)
    for await (const { thing } of store.all(county.id, kind))
      if (isAuthor(person, thing) && thing.authors.every((author) => erased.has(author.person)))
        own.push(thing);
  for (const thing of own) await clear(thing, true, () => true);
  for (const kind of context.kinds)
    for await (const { thing } of store.all(county.id, kind)) {
      if (kind === 'report' || kind === 'lead') {
        for (const id of attachedIn(await store.log(thing))) attached.add(id);
        continue;
      }
      const theirs = isAuthor(person, thing) || kind === 'period';
      // A title that went along into a task is still the author's.
      await clear(
        thing,
        false,
        (entry, { text }) => (theirs && isBy(person, entry)) || (isAuthor(person, thing) && words.has(text)),
      );
    }
  // What they uploaded and never sent in with anything.
  const uploads = upTo === null ? await store.uploads(county.id, person) : [];
  const loose = uploads.filter((id) => !attached.has(id));
  await store.removeFiles(county.id, loose);
  await forget(context, person, signed);
  return { things };
}

export function stepOf(
  context: DeskContext,
  thing: Thing,
  log: Log,
  gone: readonly LogText[],
  { files, whole }: { files: readonly string[]; whole: boolean },
  { by, at, second }: ErasureSigned,
): Step {
  const { countyOf, free, newSalt, reader } = context;
  const its = countyOf(thing);
  const hashes = new Set(gone.map(({ hash }) => hash));
  const left = log.map(({ entry, texts }) => ({
    entry,
    texts: texts.filter(({ hash }) => !hashes.has(hash)),
  }));
  const entries = log.map(({ entry }) => entry);
  const office: Actor = { id: by, county: its.id, name: '', kind: null, posts: everyPost(its.posts.keys()) };
  const shown = whole ? filesOf(reader(office, 'zh'), thing, entries).keys() : [];
  const step = makeStep(
    its,
    replay(countyOf, thing, left),
    { erased: [...hashes] },
    { action: 'erase', actor: by, onBehalf: null, second, at },
    entries.at(-1)?.hash ?? GENESIS,
    free,
    newSalt,
  );
  return { ...step, erases: { files: [...new Set([...files, ...shown])], texts: [...hashes] } };
}

const everyPost = (ids: Iterable<string>) => [...ids].map((post) => ({ post, organisation: null }));

/** Their name goes from every entry of the directory; since when they are gone is a new one. */
async function forget({ county, store }: DeskContext, person: string, signed: ErasureSigned): Promise<void> {
  const entries = (await store.directory(county.id)).filter(
    ({ of, row }) => of === 'people' && row.id === person,
  );
  const last = entries.at(-1);
  if (last?.of !== 'people' || entries.every(({ row }) => row.name === ERASED_NAME)) return;
  const { upTo = null, ...by } = signed;
  await store.erasePerson(county.id, person, upTo);
  // Whoever was entered again since stays as they are.
  if (upTo !== null && last.at > upTo) return;
  const to = addDays(civilDate(signed.at, county.timeZone), -1);
  const row = withoutName(last.row);
  await store.saveDirectory(county.id, [
    {
      of: 'people',
      row: { ...row, to: row.to !== undefined && row.to < to ? row.to : to },
      sequence: last.sequence + 1,
      ...by,
    },
  ]);
}
