import { addDays, type CivilDate } from '../model/date.ts';
import { isWorkingDay } from './calendar.ts';

/** A time of the day, `HH:MM`. */
export type DayTime = string;
export interface OfficeHours {
  from: DayTime;
  to: DayTime;
}
export interface Worked extends OfficeHours {
  on: CivilDate;
}

const minutesOf = (time: DayTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (minutes: number): DayTime =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** The office hours from a time on, until so many have been worked; none where there are no office hours. */
export function worked(
  since: { on: CivilDate; time: DayTime },
  hours: number,
  office: readonly OfficeHours[],
  closures: ReadonlySet<CivilDate>,
): Worked[] {
  const spans: Worked[] = [];
  let left = Math.round(hours * 60);
  if (!office.some(({ from, to }) => from < to)) return spans;
  for (let on = since.on; left > 0; on = addDays(on, 1)) {
    if (!isWorkingDay(on, closures)) continue;
    for (const { from, to } of office) {
      const begin = on === since.on && since.time > from ? since.time : from;
      const taken = Math.min(left, minutesOf(to) - minutesOf(begin));
      if (taken <= 0) continue;
      spans.push({ on, from: begin, to: timeOf(minutesOf(begin) + taken) });
      left -= taken;
    }
  }
  return spans;
}

/** The minutes of office hours from one time to another. */
export function minutesBetween(
  since: { on: CivilDate; time: DayTime },
  until: { on: CivilDate; time: DayTime },
  office: readonly OfficeHours[],
  closures: ReadonlySet<CivilDate>,
): number {
  let sum = 0;
  for (let { on } = since; on <= until.on; on = addDays(on, 1)) {
    if (!isWorkingDay(on, closures)) continue;
    for (const { from, to } of office) {
      const begin = on === since.on && since.time > from ? since.time : from;
      const end = on === until.on && until.time < to ? until.time : to;
      sum += Math.max(0, minutesOf(end) - minutesOf(begin));
    }
  }
  return sum;
}

/** The close of office on a day; what comes at or after it, or on a day off, waits for that of the next working day. */
export function closeOfOffice(
  since: { on: CivilDate; time: DayTime },
  office: readonly OfficeHours[],
  closures: ReadonlySet<CivilDate>,
): { on: CivilDate; time: DayTime } | null {
  const close = office.at(-1)?.to;
  if (close === undefined) return null;
  let { on } = since;
  if (since.time >= close) on = addDays(on, 1);
  while (!isWorkingDay(on, closures)) on = addDays(on, 1);
  return { on, time: close };
}
