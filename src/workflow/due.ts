import type { DueRule, Escalation } from '../county/county.ts';
import { addDays, type CivilDate } from '../model/date.ts';
import type { Due, Fields, Thing } from '../model/thing.ts';
import {
  isWorkingDay,
  lastPublishedYear,
  monthsFrom,
  workingDaysBetween,
  workingDaysFrom,
} from './calendar.ts';

import { closeOfOffice, minutesBetween, worked, type DayTime, type OfficeHours } from './hours.ts';

type Closures = ReadonlySet<CivilDate>;

/** When on a day something came, and the office hours by which hours are counted. */
export interface Clock {
  time: DayTime;
  hours: readonly OfficeHours[];
}
const noClock: Clock = { time: '00:00', hours: [] };

/** A due date by a stage's rule, from the day of receipt; null where what it is reckoned from is not filled in. */
export function dueBy(
  rule: DueRule,
  from: CivilDate,
  fields: Fields,
  closures: Closures,
  clock: Clock = noClock,
): Due | null {
  const given = rule.field === null ? null : fields[rule.field];
  if (typeof given === 'string') return due(given, 'field', 0, from);
  const urgency = fields['urgency'];
  const shorter = typeof urgency === 'string' ? rule.urgent.get(urgency) : undefined;
  const count = shorter ?? rule.workingDays;
  if (rule.before !== null) {
    const date = fields[rule.before];
    if (typeof date !== 'string') return null;
    return due(workingDaysFrom(date, -(count ?? 0), closures), 'before', count ?? 0, from);
  }
  if (shorter === undefined && (rule.closeOfOffice || rule.workingHours !== null))
    return dueAtTime(rule, from, closures, clock);
  if (rule.sameDay && shorter === undefined) return due(from, 'same-day', 0, from);
  if (count !== null) return dueAfter(from, count, closures);
  if (rule.days !== null) return due(addDays(from, rule.days), 'days', rule.days, from);
  if (rule.months !== null) return due(monthsFrom(from, rule.months), 'months', rule.months, from);
  return null;
}

/** So many working hours after receipt, or by the close of office. */
function dueAtTime(rule: DueRule, from: CivilDate, closures: Closures, { time, hours }: Clock): Due | null {
  const since = { on: from, time };
  const last = worked(since, rule.workingHours ?? 0, hours, closures).at(-1);
  const end = rule.closeOfOffice
    ? closeOfOffice(since, hours, closures)
    : last && { on: last.on, time: last.to };
  if (!end) return null;
  const by = rule.closeOfOffice ? 'close-of-office' : 'working-hours';
  const count = rule.closeOfOffice ? 0 : (rule.workingHours ?? 0);
  return { ...due(end.on, by, count, from), time: { received: time, by: end.time } };
}

/** `days` working days, counted from the day after `from`. */
export function dueAfter(from: CivilDate, days: number, closures: Closures): Due {
  return due(workingDaysFrom(from, days, closures), 'working-days', days, from);
}

function due(on: CivilDate, by: Due['by'], count: number, from: CivilDate): Due {
  // Only working days wait for a calendar that is still to be published.
  const counted = ['working-days', 'before', 'working-hours', 'close-of-office'].includes(by);
  return { on, provisional: counted && Number(on.slice(0, 4)) > lastPublishedYear, from, by, count };
}

/** An hour at least is left of hours. */
const HOUR = 60;

/**
 * What is left of a due date at a time: working days, or of hours the minutes in which the office is open. At least one
 * day or hour, so that nothing comes back overdue. Nothing is carried over of the close of office: there is one each day.
 */
export function leftOf(due: Due, on: CivilDate, closures: Closures, { time, hours }: Clock): Thing['left'] {
  if (due.by === 'close-of-office') return null;
  if (!due.time) return Math.max(1, workingDaysBetween(on, due.on, closures));
  const until = { on: due.on, time: due.time.by };
  return { minutes: Math.max(HOUR, minutesBetween({ on, time }, until, hours, closures)) };
}

/** The clock goes on with what was left; null where the rule no longer counts what the clock stopped with. */
export function dueAgain(
  rule: DueRule,
  left: NonNullable<Thing['left']>,
  from: CivilDate,
  closures: Closures,
  clock: Clock,
): Due | null {
  const timed = rule.workingHours !== null || rule.closeOfOffice;
  if (typeof left === 'number') return timed ? null : dueAfter(from, left, closures);
  return rule.workingHours === null
    ? null
    : dueAtTime({ ...rule, workingHours: left.minutes / HOUR }, from, closures, clock);
}

export interface ReckonedDay {
  on: CivilDate;
  /** The how-manieth day it is; null for a day that does not count. */
  counts: number | null;
  /** The hours of it that count, where hours are counted: `14:00–17:30`. */
  hours?: string[];
}
/** How a due date was reckoned, day by day. */
export function reckoning(
  { on, from, by, count, time }: Due,
  closures: Closures,
  hours: readonly OfficeHours[] = [],
): ReckonedDay[] {
  const days: ReckonedDay[] = [];
  if (by === 'working-hours' && time) {
    const spans = worked({ on: from, time: time.received }, count, hours, closures);
    for (let [day, nth] = [from, 0]; day <= on; day = addDays(day, 1)) {
      const its = spans.filter((span) => span.on === day).map((span) => `${span.from}–${span.to}`);
      days.push({ on: day, counts: its.length > 0 ? (nth += 1) : null, hours: its });
    }
    return days;
  }
  if (by !== 'working-days' && by !== 'days') return days;
  let counts = 0;
  for (let day = addDays(from, 1); day <= on; day = addDays(day, 1)) {
    const counted = by === 'days' || isWorkingDay(day, closures);
    if (counted) counts += 1;
    days.push({ on: day, counts: counted ? counts : null });
  }
  return days;
}

/** The day on which the clock takes a step, and the time where it waits for one. */
export function stepAt(
  { days, workingDays, workingHours }: Escalation,
  due: Due,
  closures: Closures,
  hours: readonly OfficeHours[] = [],
): { on: CivilDate; time: DayTime | null } {
  if (workingDays !== null) return { on: workingDaysFrom(due.on, workingDays, closures), time: null };
  if (workingHours === null) return { on: addDays(due.on, days ?? 1), time: null };
  const since = { on: due.on, time: due.time?.by ?? hours.at(-1)?.to ?? '23:59' };
  const last = worked(since, workingHours, hours, closures).at(-1);
  return last ? { on: last.on, time: last.to } : since;
}
