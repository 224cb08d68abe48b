import type { DueRule, Escalation } from '../county/county.ts';
import { addDays, type CivilDate } from '../model/date.ts';
import type { Due, Fields } from '../model/thing.ts';
import {
  isWorkingDay,
  lastPublishedYear,
  monthsFrom,
  workingDaysBetween,
  workingDaysFrom,
} from './calendar.ts';

type Closures = ReadonlySet<CivilDate>;

/** A due date by a stage's rule, from the day of receipt; null where what it is reckoned from is not filled in. */
export function dueBy(rule: DueRule, from: CivilDate, fields: Fields, closures: Closures): Due | null {
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
  if (rule.sameDay && shorter === undefined) return due(from, 'same-day', 0, from);
  if (count !== null) return dueAfter(from, count, closures);
  if (rule.days !== null) return due(addDays(from, rule.days), 'days', rule.days, from);
  if (rule.months !== null) return due(monthsFrom(from, rule.months), 'months', rule.months, from);
  return null;
}

/** `days` working days, counted from the day after `from`. */
export function dueAfter(from: CivilDate, days: number, closures: Closures): Due {
  return due(workingDaysFrom(from, days, closures), 'working-days', days, from);
}

function due(on: CivilDate, by: Due['by'], count: number, from: CivilDate): Due {
  // Only working days wait for a calendar that is still to be published.
  const counted = by === 'working-days' || by === 'before';
  return { on, provisional: counted && Number(on.slice(0, 4)) > lastPublishedYear, from, by, count };
}

/** The working days that are left of a due date on a day: at least one, so that nothing comes back overdue. */
export function daysLeft(due: Due, on: CivilDate, closures: Closures): number {
  return Math.max(1, workingDaysBetween(on, due.on, closures));
}

export interface ReckonedDay {
  on: CivilDate;
  /** The how-manieth day it is; null for a day that does not count. */
  counts: number | null;
}
/** How a due date was reckoned, day by day. */
export function reckoning({ on, from, by }: Due, closures: Closures): ReckonedDay[] {
  const days: ReckonedDay[] = [];
  if (by !== 'working-days' && by !== 'days') return days;
  let counts = 0;
  for (let day = addDays(from, 1); day <= on; day = addDays(day, 1)) {
    const counted = by === 'days' || isWorkingDay(day, closures);
    if (counted) counts += 1;
    days.push({ on: day, counts: counted ? counts : null });
  }
  return days;
}

/** The day on which the clock takes a step. */
export function stepDay({ days, workingDays }: Escalation, due: Due, closures: Closures): CivilDate {
  return workingDays === null ? addDays(due.on, days ?? 1) : workingDaysFrom(due.on, workingDays, closures);
}
