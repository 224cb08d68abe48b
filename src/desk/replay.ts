import type { County } from '../county/county.ts';
import { civilDate, isCivilDate, type CivilDate, type Instant } from '../model/date.ts';
import type { Thing, ThingRef } from '../model/thing.ts';
import type { Store } from '../store/port.ts';
import { apply, blankThing } from './change.ts';
import { unseal } from './seal.ts';

export type Log = Awaited<ReturnType<Store['log']>>;

/** A thing as its log alone says that it is. */
export function replay(
  county: Pick<County, 'id' | 'flows'>,
  { kind, id, configVersion }: Pick<ThingRef, 'kind' | 'id'> & Pick<Thing, 'configVersion'>,
  log: Log,
): Thing {
  const start = county.flows.get(kind)?.start ?? '';
  const began = log[0]?.entry.at ?? '';
  const blank = blankThing({ county: county.id, kind, id }, start, configVersion, began);
  return log.reduce(
    (before, { entry, texts }) => apply(before, unseal(entry.change, texts), entry.at),
    blank,
  );
}

/**
 * What of a log had been entered by an instant, or by the end of a day in the county. What comes before in the log was
 * entered before, whatever a clock that went wrong wrote on it.
 */
export function logUntil(log: Log, until: Instant | CivilDate, timeZone: string): Log {
  const day = isCivilDate(until);
  const last = log.findLastIndex(({ entry }) => (day ? civilDate(entry.at, timeZone) : entry.at) <= until);
  return log.slice(0, last + 1);
}
