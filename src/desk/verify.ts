import type { County } from '../county/county.ts';
import type { Thing, ThingKind } from '../model/thing.ts';
import type { Store } from '../store/port.ts';
import { replay } from './replay.ts';
import { brokenAt, hashText } from './seal.ts';

/** The first thing that is not as its log says. */
export interface Difference {
  kind: Thing['kind'];
  id: string;
  /** The entry it is about; null for the state itself. */
  sequence: number | null;
  what: 'chain' | 'text' | 'gap' | 'state';
}

/**
 * Recomputes every chain of a county, every hash of a text, and every state from its log. What was erased reads as
 * null in the log, and the state after a purge holds nothing of it either.
 */
export async function verifyLog(
  county: County,
  countyOf: (thing: Pick<Thing, 'configVersion'>) => County,
  store: Store,
  /** All that any version of the county's config had a flow for. */
  kinds: ReadonlySet<ThingKind>,
): Promise<{ entries: number; difference: Difference | null }> {
  let entries = 0;
  for (const kind of kinds)
    for await (const { thing } of store.all(county.id, kind)) {
      const log = await store.log(thing);
      entries += log.length;
      const difference = (what: Difference['what'], sequence: number | null) => ({
        entries,
        difference: { kind, id: thing.id, sequence, what },
      });
      const broken = brokenAt(log.map(({ entry }) => entry));
      if (broken !== null) return difference('chain', broken);
      const gap = log.findIndex(({ entry }, at) => entry.sequence !== at + 1 || entry.id !== thing.id);
      if (gap >= 0 || log.length !== thing.version) return difference('gap', gap >= 0 ? gap + 1 : null);
      for (const { entry, texts } of log) {
        const sealed = JSON.stringify(entry.change);
        if (texts.some(({ hash, salt, text }) => hashText(salt, text) !== hash || !sealed.includes(hash)))
          return difference('text', entry.sequence);
      }
      const replayed = replay(countyOf(thing), thing, log);
      if (canonical(replayed) !== canonical(thing)) return difference('state', null);
    }
  return { entries, difference: null };
}

/** Whatever the order of its keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => a.localeCompare(b)))
      : item,
  );
}
