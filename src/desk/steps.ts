import type { County } from '../county/county.ts';
import { addDays, civilDate, type Instant } from '../model/date.ts';
import type { LogEntry, OnBehalf, Thing } from '../model/thing.ts';
import type { Step, Timer } from '../store/port.ts';
import { dueAfter } from '../workflow/calendar.ts';
import { apply, type Change } from './change.ts';
import { entryHash, seal } from './seal.ts';

export interface Signed {
  action: LogEntry['action'];
  actor: string;
  onBehalf: OnBehalf | null;
  at: Instant;
}

/** The due date of a stage from a day on: the date that was filled in for it, else its working days; null for none. */
export function dueAt(
  county: County,
  thing: Pick<Thing, 'kind' | 'fields'>,
  stageId: string,
  from: string,
): Thing['due'] {
  const stage = county.flows.get(thing.kind)?.stages.get(stageId);
  const given = stage?.dueField ? thing.fields[stage.dueField] : null;
  if (typeof given === 'string') return { on: given, provisional: false };
  return stage?.dueDays ? dueAfter(from, stage.dueDays, county.closures) : null;
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
  const opens = thing.version === 0;
  const moves = change.stage !== undefined && change.stage !== thing.stage;
  const whole: Change =
    moves || opens
      ? {
          claimedBy: null,
          supervised: false,
          due: dueAt(
            county,
            { kind: thing.kind, fields: { ...thing.fields, ...change.fields } },
            change.stage ?? thing.stage,
            today,
          ),
          ...change,
        }
      : change;
  const after = apply(thing, whole, signed.at);
  const { sealed, texts } = seal(whole, free, newSalt);
  const entry: Omit<LogEntry, 'hash'> = {
    county: thing.county,
    kind: thing.kind,
    id: thing.id,
    sequence: after.version,
    ...signed,
    on: signed.onBehalf?.on ?? today,
    configVersion: thing.configVersion,
    change: sealed,
    previous,
  };
  const title = after.fields['title'];
  return {
    expected: thing.version,
    thing: after,
    title: typeof title === 'string' && title !== '' ? title : after.id,
    entry: { ...entry, hash: entryHash(entry) },
    texts,
  };
}

/** The clock's errand for each thing that is due; it acts the day after. */
export function timersOf(steps: Step[]): Timer[] {
  return steps.flatMap(({ thing }) =>
    thing.due && !thing.supervised
      ? [
          {
            thing: { county: thing.county, kind: thing.kind, id: thing.id },
            on: addDays(thing.due.on, 1),
            kind: 'overdue' as const,
          },
        ]
      : [],
  );
}
