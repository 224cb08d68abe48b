import chineseDays from 'chinese-days';
import { addDays, type CivilDate } from '../model/date.ts';

/** The last year whose moved working days are published in the calendar we carry. */
export const lastPublishedYear = 2026;

/** Whether a county works on that day: moved working days count, its own closures do not. */
export function isWorkingDay(date: CivilDate, closures: ReadonlySet<CivilDate>): boolean {
  return !closures.has(date) && chineseDays.isWorkday(date);
}

/** The day so many working days after one, itself not counted; before it where `days` is negative. */
export function workingDaysFrom(from: CivilDate, days: number, closures: ReadonlySet<CivilDate>): CivilDate {
  const step = days < 0 ? -1 : 1;
  let on = from;
  for (let left = Math.abs(days); left > 0;) {
    on = addDays(on, step);
    if (isWorkingDay(on, closures)) left -= 1;
  }
  return on;
}

/** Working days after `from` up to and with `to`; 0 where `to` is not later. */
export function workingDaysBetween(from: CivilDate, to: CivilDate, closures: ReadonlySet<CivilDate>): number {
  let count = 0;
  for (let on = addDays(from, 1); on <= to; on = addDays(on, 1)) if (isWorkingDay(on, closures)) count += 1;
  return count;
}

/** The same day so many months later; the month's last day where it has no such day. */
export function monthsFrom(from: CivilDate, months: number): CivilDate {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, last)))
    .toISOString()
    .slice(0, 10);
}
