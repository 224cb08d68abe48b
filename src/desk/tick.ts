import type { County } from '../county/county.ts';
import { civilDate, type Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import type { Store } from '../store/port.ts';
import type { Thing } from '../model/thing.ts';
import { GENESIS } from './seal.ts';
import { makeStep } from './steps.ts';

/** What the clock is called in the log. */
export const CLOCK = 'clock';

/** How long a key keeps an act from being done twice, in milliseconds: 48 hours. */
const KEYS_KEPT = 48 * 3_600_000;

/** Puts what is overdue under supervision, each thing in a commit of its own; one changed meanwhile waits for the next tick. */
export async function tick(
  county: County,
  countyOf: (thing: Pick<Thing, 'configVersion'>) => County,
  store: Store,
  now: Instant,
  free: ReadonlySet<string>,
  newSalt: () => string,
): Promise<number> {
  let acted = 0;
  await store.forgetKeys(new Date(Date.parse(now) - KEYS_KEPT).toISOString());
  for (const timer of await store.dueTimers(county.id, civilDate(now, county.timeZone), 200)) {
    const found = await store.read(timer.thing);
    if (!found || found.thing.supervised) continue;
    const signed = { action: 'tick' as const, actor: CLOCK, onBehalf: null, at: now };
    const previous = (await store.log(found.thing)).at(-1)?.entry.hash ?? GENESIS;
    const its = countyOf(found.thing);
    const step = makeStep(its, found.thing, { supervised: true }, signed, previous, free, newSalt);
    try {
      await store.commit({ steps: [step], scores: [], timers: [], messages: [], key: null });
      acted += 1;
    } catch (error) {
      if (!(error instanceof MinqingError && error.code === 'conflict')) throw error;
    }
  }
  return acted;
}
