import type { ScoreRecord } from '../model/record.ts';
import { refName, type Thing } from '../model/thing.ts';
import type { StoredRow } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import { countedBy } from './records.ts';
import { replay, type Log } from './replay.ts';
import { brokenAt, GENESIS, hashText, unseal } from './seal.ts';
import { nextErrand } from './steps.ts';

/** The first thing that is not as its log says. */
export interface Difference {
  kind: Thing['kind'];
  id: string;
  /** The entry it is about; null for what follows from all of them. */
  sequence: number | null;
  what: 'chain' | 'text' | 'missing-text' | 'gap' | 'erased' | 'state' | 'timer' | 'counted' | 'entries';
  /** What the log, or the method, comes to, and what stands. */
  expected: string;
  found: string;
}
export interface Verified {
  entries: number;
  difference: Difference | null;
}

/**
 * Recomputes every chain of a county, every hash of a text, every state and due date from its log, and from these what
 * enters the count and what it earns. What was erased reads as null in the log, and the state after a purge holds
 * nothing of it either. A thing and its log at a time, never all in memory.
 */
export async function verifyLog(context: DeskContext): Promise<Verified> {
  let entries = 0;
  const { county, store } = context;
  for (const kind of context.kinds)
    for await (const { thing } of store.all(county.id, kind)) {
      const log = await store.log(thing);
      entries += log.length;
      const difference = ofLog(thing, log) ?? (await ofState(context, thing, log));
      if (difference) return { entries, difference };
    }
  return { entries, difference: await ofCount(context) };
}

function ofLog(thing: Thing, log: Log): Difference | null {
  const differs = (
    what: Difference['what'],
    sequence: number,
    expected: string,
    found: string,
  ): Difference => ({ kind: thing.kind, id: thing.id, sequence, what, expected, found });
  const gap = log.findIndex(
    ({ entry }, at) => entry.sequence !== at + 1 || refName(entry) !== refName(thing),
  );
  const numbers = log.map(({ entry }) => entry.sequence);
  if (gap >= 0)
    return differs('gap', gap + 1, `${refName(thing)} #${gap + 1}`, `${refName(thing)} #${numbers[gap]}`);
  if (log.length !== thing.version)
    return differs('gap', log.length, `${thing.version} entries`, `${log.length}`);
  const broken = brokenAt(log.map(({ entry }) => entry));
  if (broken !== null) {
    const own = log[broken - 1]?.entry;
    return differs('chain', broken, log[broken - 2]?.entry.hash ?? GENESIS, own?.previous ?? '');
  }
  const erased = new Set(log.flatMap(({ entry }) => unseal(entry.change, []).erased ?? []));
  const purged = log.findLast(({ entry }) => entry.action === 'purge')?.entry.sequence ?? 0;
  for (const { entry, texts } of log) {
    const sealed = hashesIn(entry.change);
    for (const { hash, salt, text } of texts) {
      // What was erased and is there again came back with a copy: it is to be erased again.
      if (erased.has(hash) || entry.sequence < purged)
        return differs('erased', entry.sequence, '', `${hash.slice(0, 16)}…`);
      if (hashText(salt, text) !== hash || !sealed.has(hash))
        return differs('text', entry.sequence, hash, hashText(salt, text));
    }
    const there = new Set(texts.map(({ hash }) => hash));
    const gone = [...sealed].find((hash) => !there.has(hash) && !erased.has(hash));
    if (gone !== undefined && entry.sequence >= purged)
      return differs('missing-text', entry.sequence, gone, '');
  }
  return null;
}

/** Every text that an entry knows by its hash. */
function hashesIn(sealed: unknown): Set<string> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('#' in value && typeof value['#'] === 'string') found.add(value['#']);
    for (const item of Object.values(value)) walk(item);
  };
  walk(sealed);
  return found;
}

async function ofState({ countyOf, store }: DeskContext, thing: Thing, log: Log): Promise<Difference | null> {
  const { county, kind, id } = thing;
  const differs = (what: 'state' | 'timer', expected: unknown, found: unknown): Difference | null => {
    const [wanted, there] = [canonical(expected), canonical(found)];
    if (wanted === there) return null;
    return { kind, id, sequence: null, what, ...apart(wanted, there) };
  };
  const on = nextErrand(countyOf(thing), thing)?.on;
  const timer = on === undefined ? null : { thing: { county, kind, id }, on, kind: 'overdue' };
  return (
    differs('state', replay(countyOf, thing, log), thing) ?? differs('timer', timer, await store.timer(thing))
  );
}

/** What enters the count and what it earns, against what is kept of both. */
async function ofCount(context: DeskContext): Promise<Difference | null> {
  const { county, store } = context;
  for await (const page of store.counted(county.id)) {
    const things = new Map<string, StoredRow>();
    const refs = page.flatMap(({ id }) => [
      { county: county.id, kind: 'report', id },
      { county: county.id, kind: 'lead', id },
    ]);
    for (let at = 0; at < refs.length; at += 200)
      for (const row of await store.readMany(refs.slice(at, at + 200))) things.set(row.thing.id, row);
    for (const record of page) {
      const thing = things.get(record.id)?.thing;
      const difference = await ofRecord(context, record, thing);
      if (difference) return difference;
    }
  }
  return (await store.uncounted(county.id))
    ? { kind: 'report', id: '*', sequence: null, what: 'counted', expected: 'one each', found: 'not as many' }
    : null;
}

async function ofRecord(
  context: DeskContext,
  record: ScoreRecord,
  thing: Thing | undefined,
): Promise<Difference | null> {
  const differs = (what: 'counted' | 'entries', expected: string, found: string): Difference => ({
    kind: thing?.kind ?? record.kind,
    id: record.id,
    sequence: null,
    what,
    ...apart(expected, found),
  });
  const own = thing && (await countedBy(context, [thing])).find(({ record: { id } }) => id === record.id);
  const [wanted, there] = [canonical(own?.record ?? null), canonical(record)];
  if (!own || wanted !== there) return differs('counted', wanted, there);
  const kept = await context.store.entriesOf(context.county.id, record.id);
  const [earned, entries] = [canonical(own.entries), canonical(kept)];
  return earned === entries ? null : differs('entries', earned, entries);
}

/** Two long texts from a little before where they part. */
function apart(expected: string, found: string): { expected: string; found: string } {
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at += 1;
  const from = Math.max(0, at - 40);
  const piece = (text: string) => (from > 0 ? '…' : '') + text.slice(from, from + 120);
  return { expected: piece(expected), found: piece(found) };
}

/** Whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
