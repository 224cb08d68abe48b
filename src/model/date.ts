/** A civil date as `YYYY-MM-DD`, in the county's own time zone. */
export type CivilDate = string;
/** An instant as ISO 8601 in UTC, e.g. `2026-03-01T02:00:00.000Z`. */
export type Instant = string;

const DAY = 86_400_000;
const QUARTER = DAY / 96;
const MINUTE = 60_000;

export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** `days` may be negative. */
export function addDays(date: CivilDate, days: number): CivilDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whether a day lies in a span; an end that is left out is open. */
export function spans({ from, to }: { from?: CivilDate; to?: CivilDate }, on: CivilDate): boolean {
  return (from === undefined || from <= on) && (to === undefined || on <= to);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** The civil date at an instant in a time zone such as `Asia/Shanghai`. */
export function civilDate(at: Instant, timeZone: string): CivilDate {
  return quarterOf(at, timeZone).date;
}
/** The time of the day at an instant in a time zone, `HH:MM`. */
export function civilTime(at: Instant, timeZone: string): string {
  const { hour, minute } = quarterOf(at, timeZone);
  const into = Math.floor((Date.parse(at) % QUARTER) / MINUTE);
  return `${hour}:${String(minute + into).padStart(2, '0')}`;
}

/** A minute as the county's clocks show it, `YYYY-MM-DDTHH:MM`; of two, the later is the greater text, and after its day alone. */
export type CivilMinute = string;
export const civilMinute = (at: Instant, timeZone: string): CivilMinute =>
  `${civilDate(at, timeZone)}T${civilTime(at, timeZone)}`;

interface Quarter {
  quarter: number;
  /** The instant that was asked for: one act asks for its own several times. */
  at: Instant;
  date: CivilDate;
  hour: string;
  /** At which it begins: 0, 15, 30 or 45. */
  minute: number;
}
/** The last that was asked in each time zone. */
const asked = new Map<string, Quarter>();

/** No day or hour begins within a quarter of an hour, and the same one is asked for many times over. */
function quarterOf(at: Instant, timeZone: string): Quarter {
  const known = asked.get(timeZone);
  if (known?.at === at) return known;
  const quarter = Math.floor(Date.parse(at) / QUARTER);
  if (known?.quarter === quarter) return known;
  const start = Number.isNaN(quarter) ? new Date(at) : new Date(quarter * QUARTER);
  const [date = '', time = ''] = calendarOf(timeZone).format(start).split(' ');
  const found = { quarter, at, date, hour: time.slice(0, 2), minute: Number(time.slice(3)) };
  asked.set(timeZone, found);
  return found;
}

/** A formatter takes a hundred times as long to make as to use. */
const calendars = new Map<string, Intl.DateTimeFormat>();
function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  calendars.set(timeZone, made);
  return made;
}

/** The hour of the day where the county is, 0 to 23. */
export function localHour(at: Instant, timeZone: string): number {
  return Number(
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(at)),
  );
}

/** The months that a span of days reaches into, as `2026-03`. */
export function monthsOf(from: CivilDate, to: CivilDate): string[] {
  const months: string[] = [];
  for (let month = from.slice(0, 7); month <= to.slice(0, 7);) {
    months.push(month);
    const [year = 0, of = 0] = month.split('-').map(Number);
    month =
      of === 12
        ? `${String(year + 1).padStart(4, '0')}-01`
        : `${month.slice(0, 4)}-${String(of + 1).padStart(2, '0')}`;
  }
  return months;
}
