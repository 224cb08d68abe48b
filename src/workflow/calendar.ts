import chineseDays from 'chinese-days';
import { addDays, type CivilDate } from '../model/date.ts';
import type { Due } from '../model/thing.ts';

/** The last year whose moved working days are published in the calendar we carry. */
export const lastPublishedYear = 2026;

/** Whether a county works on that day: moved working days count, its own closures do not. */
export function isWorkingDay(date: CivilDate, closures: ReadonlySet<CivilDate>): boolean {
  return !closures.has(date) && chineseDays.isWorkday(date);
}

/**
 * `days` working days, counted from the day after `from`. Provisional where it reaches a year whose calendar is not
 * published yet.
 */
export function dueAfter(from: CivilDate, days: number, closures: ReadonlySet<CivilDate>): Due {
  let on = from;
  for (let left = days; left > 0;) {
    on = addDays(on, 1);
    if (isWorkingDay(on, closures)) left -= 1;
  }
  return { on, provisional: Number(on.slice(0, 4)) > lastPublishedYear };
}

export interface ReckonedDay {
  on: CivilDate;
  /** The how-manieth working day it is; null for a day that does not count. */
  counts: number | null;
}
/** How a due date was reckoned, day by day. */
export function reckoning(from: CivilDate, days: number, closures: ReadonlySet<CivilDate>): ReckonedDay[] {
  const steps: ReckonedDay[] = [];
  let on = from;
  for (let done = 0; done < days;) {
    on = addDays(on, 1);
    const works = isWorkingDay(on, closures);
    if (works) done += 1;
    steps.push({ on, counts: works ? done : null });
  }
  return steps;
}
