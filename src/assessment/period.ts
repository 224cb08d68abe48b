import { addDays, isCivilDate, type CivilDate } from '../model/date.ts';
import { AssessmentError } from './error.ts';
import type { Every, RawPeriods } from './method.ts';

/** A window of days, both ends within. */
export interface Period {
  id: string;
  from: CivilDate;
  to: CivilDate;
}
export type PeriodKind = Every | 'session' | 'term' | 'cycle';

/** The county's own year, sessions and terms. */
export interface PeriodCalendar {
  /** The month its year begins with, 1 to 12. */
  yearStarts: number;
  cycle: number;
  sessions: ReadonlyMap<string, Period>;
  terms: ReadonlyMap<string, Period>;
}

export function calendarOf(raw: RawPeriods = {}): PeriodCalendar {
  const named = (kind: string, spans: RawPeriods['terms']) =>
    new Map(Object.entries(spans ?? {}).map(([id, span]) => [id, { ...span, id: `${kind}:${id}` }]));
  return {
    yearStarts: Number((raw.yearStarts ?? '01-01').slice(0, 2)),
    cycle: raw.cycle ?? 2,
    sessions: named('session', raw.sessions),
    terms: named('term', raw.terms),
  };
}
const plainCalendar = calendarOf();

export function within(period: Period, on: CivilDate): boolean {
  return period.from <= on && on <= period.to;
}

const pad = (number: number) => String(number).padStart(2, '0');

/** The first of a month counted from January of year 0, so that 12 more are a year later. */
function firstOf(month: number): CivilDate {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${pad((month % 12) + 1)}-01`;
}
function months(from: number, count: number): [CivilDate, CivilDate] {
  return [firstOf(from), addDays(firstOf(from + count), -1)];
}
const monthOf = (date: CivilDate) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;

/** The county's own year that ends in the calendar year of this number. */
function ownYear(year: number, { yearStarts }: PeriodCalendar): [CivilDate, CivilDate] {
  return months((yearStarts === 1 ? year : year - 1) * 12 + yearStarts - 1, 12);
}

function mondayOf(date: CivilDate): CivilDate {
  const day = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return addDays(date, 1 - day);
}

function window(text: string, calendar: PeriodCalendar): [CivilDate, CivilDate] | null {
  const named = /^(year|cycle|session|term):(.+)$/.exec(text);
  if (named) {
    const [, kind, id = ''] = named;
    const span = (kind === 'session' ? calendar.sessions : calendar.terms).get(id);
    if (kind === 'session' || kind === 'term') return span ? [span.from, span.to] : null;
    if (!/^\d{4}$/.test(id)) return null;
    const last = ownYear(Number(id), calendar);
    return kind === 'year' ? last : [ownYear(Number(id) - calendar.cycle + 1, calendar)[0], last[1]];
  }
  if (isCivilDate(text)) return [text, text];
  const found = /^(\d{4})(?:-(?:H([12])|Q([1-4])|W(0[1-9]|[1-4]\d|5[0-3])|(0[1-9]|1[0-2])))?$/.exec(text);
  if (!found) return null;
  const [, years, half, quarter, week, month] = found;
  const first = Number(years) * 12;
  if (half) return months(first + Number(half) * 6 - 6, 6);
  if (quarter) return months(first + Number(quarter) * 3 - 3, 3);
  if (week) {
    const from = addDays(mondayOf(`${years}-01-04`), (Number(week) - 1) * 7);
    return [from, addDays(from, 6)];
  }
  return month ? months(first + Number(month) - 1, 1) : months(first, 12);
}

/**
 * `2023`, `2023-H1`, `2023-Q3`, `2023-09`, `2018-W05`, `2018-02-03`, `year:2018` (the county's own, named by the year
 * it ends in), `cycle:2018`, `session:13-5`, `term:13`, or from one to another: `2018-01/2018-02`.
 */
export function parsePeriod(text: string, calendar: PeriodCalendar = plainCalendar): Period {
  const [first = '', last = first, ...more] = text.split('/');
  const [from, to] = [window(first, calendar)?.[0], window(last, calendar)?.[1]];
  if (from && to && more.length === 0 && from <= to) return { id: text, from, to };
  const [, kind, id] = /^(session|term):(.+)$/.exec(first) ?? [];
  if (kind && id && !window(first, calendar)) throw unknownSpan(kind, id, calendar);
  const named = [...calendar.sessions.values(), ...calendar.terms.values()].map(({ id }) => id);
  const also = {
    zh: named.length > 0 ? `;本配置另有 ${named.join('、')}` : '',
    en: named.length > 0 ? `; this config also has ${named.join(', ')}` : '',
  };
  throw new AssessmentError('unknown-period', {
    zh: `看不懂期间“${text}”。请写成 2023、2023-H1、2023-Q3、2023-09、2018-W05、year:2018、cycle:2018 或 2018-01/2018-02${also.zh}。`,
    en: `"${text}" is no period. Write 2023, 2023-H1, 2023-Q3, 2023-09, 2018-W05, year:2018, cycle:2018 or 2018-01/2018-02${also.en}.`,
  });
}

/** A session or term has the dates that the config gives it, and no others. */
function unknownSpan(kind: string, id: string, calendar: PeriodCalendar): AssessmentError {
  const there = [...(kind === 'session' ? calendar.sessions : calendar.terms).values()].map(
    (span) => span.id,
  );
  const example = `"${kind}s": { "${id}": { "from": "2021-02-01", "to": "2022-01-31" } }`;
  return new AssessmentError('unknown-period', {
    zh: `配置里没有 ${kind}:${id} 的起止日期${there.length > 0 ? `,现有 ${there.join('、')}` : ''}。请在 method.periods 中补上,如 ${example}。`,
    en: `The config gives no dates for ${kind}:${id}${there.length > 0 ? `; it has ${there.join(', ')}` : ''}. Add it to method.periods, e.g. ${example}.`,
  });
}

/** What kind of period a text names; null for one from–to. */
export function kindOf(text: string): PeriodKind | null {
  const named = /^(year|cycle|session|term):/.exec(text)?.[1];
  if (named === 'year' || named === 'cycle' || named === 'session' || named === 'term') return named;
  if (/^\d{4}$/.test(text)) return 'year';
  if (/^\d{4}-H/.test(text)) return 'half-year';
  if (/^\d{4}-Q/.test(text)) return 'quarter';
  if (/^\d{4}-W/.test(text)) return 'week';
  return /^\d{4}-\d{2}$/.test(text) ? 'month' : null;
}

const monthsIn = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const;

/** The period of the same kind before this one; refused where there is none. */
export function periodBefore(period: Period, calendar: PeriodCalendar): Period {
  const kind = kindOf(period.id);
  if (kind === 'session' || kind === 'term') {
    const spans = [...(kind === 'session' ? calendar.sessions : calendar.terms).values()];
    const before = spans.filter((span) => span.to < period.from).sort((a, b) => (a.to < b.to ? 1 : -1))[0];
    if (before) return before;
  } else if (kind === 'week')
    return { id: `${period.id}-1`, from: addDays(period.from, -7), to: addDays(period.to, -7) };
  else if (kind !== null) {
    const step = kind === 'cycle' ? 12 * calendar.cycle : monthsIn[kind];
    const [from, to] = months(monthOf(period.from) - step, step);
    const year = Number(to.slice(0, 4));
    const id =
      kind === 'cycle' || period.id.startsWith('year:')
        ? `${kind}:${year}`
        : kind === 'year'
          ? String(year)
          : kind === 'month'
            ? to.slice(0, 7)
            : `${year}-${kind === 'quarter' ? 'Q' : 'H'}${Math.ceil(Number(to.slice(5, 7)) / step)}`;
    return { id, from, to };
  }
  throw new AssessmentError('no-period-before', {
    zh: `期间“${period.id}”之前没有同类期间,“连续几期”无从判断。请换成年、季、月,或在 periods 中补上以前的届次。`,
    en: `Before "${period.id}" there is no period of its kind, so nothing can be said of several running. Take a year, quarter or month, or add the earlier sessions to "periods".`,
  });
}

/**
 * The weeks (months, quarters …) of a period. One that they do not fill exactly is refused, since days would be lost;
 * a week belongs to the period that its Thursday falls in, as ISO weeks belong to their year.
 */
export function windowsIn(period: Period, every: Every, calendar: PeriodCalendar = plainCalendar): Period[] {
  const windows: Period[] = [];
  if (every === 'week') {
    let monday = mondayOf(period.from);
    if (addDays(monday, 3) < period.from) monday = addDays(monday, 7);
    for (; addDays(monday, 3) <= period.to; monday = addDays(monday, 7))
      windows.push({ id: `${monday}/${addDays(monday, 6)}`, from: monday, to: addDays(monday, 6) });
    return windows;
  }
  const step = monthsIn[every];
  const start = monthOf(period.from);
  // What is reckoned by the year earns in a table of the year, and in none of its months.
  const since = start - ((((start - calendar.yearStarts + 1) % step) + step) % step);
  const [begins, ends] = months(since, step);
  if (begins <= period.from && period.to <= ends && (begins < period.from || period.to < ends)) return [];
  // By the calendar's quarters, or by those of the county's own year.
  const aligned =
    period.from.endsWith('-01') && (start % step === 0 || (start - calendar.yearStarts + 1) % step === 0);
  for (let month = start; firstOf(month) <= period.to; month += step) {
    const [from, to] = months(month, step);
    if (!aligned || to > period.to)
      throw new AssessmentError('period-cuts-window', {
        zh: `期间“${period.id}”不是由完整的${{ month: '月', quarter: '季度', 'half-year': '半年', year: '年' }[every]}组成,办法却按此计分。请换一个期间。`,
        en: `The method counts by the ${every}, and "${period.id}" is not made of whole ones. Choose another period.`,
      });
    windows.push({ id: `${from}/${to}`, from, to });
  }
  return windows;
}
