import type { County } from '../county/county.ts';
import { civilDate, isCivilDate, type CivilDate, type Instant } from '../model/date.ts';
import type { LogEntry, Thing, ThingRef } from '../model/thing.ts';
import type { Store } from '../store/port.ts';
import { apply, blankThing } from './change.ts';
import { unseal } from './seal.ts';

export type Log = Awaited<ReturnType<Store['log']>>;

/** A thing as its log alone says that it is, from the flow of the version that it began with. */
export function replay(
  countyOf: (entry: Pick<LogEntry, 'configVersion'>) => Pick<County, 'flows'>,
  ref: ThingRef,
  log: Log,
): Thing {
  const [first] = log;
  if (!first) throw new Error(`${ref.kind} ${ref.id} has no log`);
  const { at, configVersion } = first.entry;
  const { county, kind, id } = ref;
  const start = countyOf(first.entry).flows.get(kind)?.start ?? '';
  const blank = blankThing({ county, kind, id }, start, configVersion, at);
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
