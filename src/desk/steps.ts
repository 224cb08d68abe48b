import type { County, Escalation } from '../county/county.ts';
import { civilDate, civilTime, type CivilDate, type Instant } from '../model/date.ts';
import { refName, type Due, type LogEntry, type OnBehalf, type Thing } from '../model/thing.ts';
import type { Step, Timer } from '../store/port.ts';
import { dueAgain, dueBy, leftOf, stepAt } from '../workflow/due.ts';
import { apply, type Change } from './change.ts';
import { entryHash, seal } from './seal.ts';

export interface Signed {
  action: LogEntry['action'];
  actor: string;
  onBehalf: OnBehalf | null;
  second?: string | null;
  standIn?: NonNullable<LogEntry['standIn']>;
  automatic?: true;
  at: Instant;
}

/** What moving to a stage makes of the clock: its own due date, or what was left when the thing was returned. */
function clockAt(county: County, thing: Thing, change: Change, today: CivilDate, time: string): Change {
  const to = change.stage ?? thing.stage;
  const stage = county.flows.get(thing.kind)?.stages.get(to);
  const returned = change.back !== undefined && change.back !== null;
  const { closures, officeHours: hours } = county;
  const left = returned && thing.due ? leftOf(thing.due, today, closures, { time, hours }) : null;
  let due: Due | null = null;
  if (stage?.due) {
    const goesOn = to === thing.back ? thing.left : null;
    due =
      (goesOn !== null ? dueAgain(stage.due, goesOn, today, closures, { time, hours }) : null) ??
      dueBy(stage.due, today, { ...thing.fields, ...change.fields }, closures, { time, hours });
  }
  // The log holds what changes, not what was so before.
  const clock: Change = {};
  if (thing.claimedBy !== null) clock.claimedBy = null;
  if (thing.delegated !== null) clock.delegated = null;
  if (thing.resume !== null) clock.resume = null;
  if (thing.supervised) clock.supervised = false;
  if (thing.escalated !== 0) clock.escalated = 0;
  if (thing.votes.length > 0) clock.votes = [];
  if (thing.signers !== null) clock.signers = null;
  if (JSON.stringify(thing.left) !== JSON.stringify(left)) clock.left = left;
  if (thing.due !== null || due !== null) clock.due = due;
  return clock;
}

/** A change with what moving entails; one that moves nothing is whole already. Pure. */
export function withClock(
  county: County,
  thing: Thing,
  change: Change,
  today: CivilDate,
  time: string,
): Change {
  // Who is moved over to another version brings a clock of its own along.
  const moves = change.stage !== undefined && change.stage !== thing.stage && !change.migration;
  return moves || thing.version === 0
    ? Object.assign(clockAt(county, thing, change, today, time), change)
    : change;
}

/**
 * One thing's step, ready to be kept: the change completed with what moving entails (a new due date, nobody's claim),
 * its log entry chained to the one before.
 */
export function makeStep(
  county: County,
  thing: Thing,
  change: Change,
  signed: Signed,
  /** The hash of the entry before. */
  previous: string,
  free: ReadonlySet<string>,
  newSalt: () => string,
): Step {
  const today = civilDate(signed.at, county.timeZone);
  const whole = withClock(county, thing, change, today, civilTime(signed.at, county.timeZone));
  const after = apply(thing, whole, signed.at);
  const { sealed, texts } = seal(whole, free, newSalt);
  const entry: Omit<LogEntry, 'hash'> = {
    county: thing.county,
    kind: thing.kind,
    id: thing.id,
    sequence: after.version,
    ...signed,
    on: signed.onBehalf?.on ?? today,
    configVersion: after.configVersion,
    change: sealed,
    previous,
  };
  const title = after.fields['title'];
  return {
    expected: thing.version,
    thing: after,
    title: typeof title === 'string' && title !== '' ? title : after.id,
    entry: Object.assign(entry, { hash: entryHash(entry) }),
    texts,
  };
}

/** The clock's next errand for each thing that is due, as the last of its steps leaves it. */
export function timersOf(steps: Step[], countyOf: (thing: Thing) => County): Timer[] {
  const last = new Map(steps.map(({ thing }) => [refName(thing), thing]));
  return [...last.values()].flatMap((thing) => {
    const on = nextErrand(countyOf(thing), thing)?.on;
    const { county, kind, id } = thing;
    return on === undefined ? [] : [{ thing: { county, kind, id }, on, kind: 'overdue' as const }];
  });
}

/** The next step that the clock takes for a thing, and its day; null when it has taken all. */
export function nextErrand(
  county: County,
  thing: Thing,
): { step: Escalation; on: CivilDate; time: string | null } | null {
  const { due, escalated } = thing;
  const step = county.flows.get(thing.kind)?.stages.get(thing.stage)?.overdue[escalated];
  return due && step ? { step, ...stepAt(step, due, county.closures, county.officeHours) } : null;
}
