import { addDays, type CivilDate } from '../model/date.ts';
import { AssessmentError } from './error.ts';
import type { Every } from './method.ts';

/** A window of days, both ends within. */
export interface Period {
  id: string;
  from: CivilDate;
  to: CivilDate;
}

export function within(period: Period, on: CivilDate): boolean {
  return period.from <= on && on <= period.to;
}

const pad = (number: number) => String(number).padStart(2, '0');

function months(year: number, first: number, last: number): [CivilDate, CivilDate] {
  const next = last === 12 ? `${year + 1}-01-01` : `${year}-${pad(last + 1)}-01`;
  return [`${year}-${pad(first)}-01`, addDays(next, -1)];
}

/** The Monday of an ISO week. */
function isoWeek(year: number, week: number): [CivilDate, CivilDate] {
  const fourth = new Date(Date.parse(`${year}-01-04T00:00:00Z`));
  const monday = addDays(`${year}-01-04`, 1 - (fourth.getUTCDay() || 7));
  const from = addDays(monday, (week - 1) * 7);
  return [from, addDays(from, 6)];
}

function window(text: string): [CivilDate, CivilDate] | null {
  const found = /^(\d{4})(?:-(?:H([12])|Q([1-4])|W(0[1-9]|[1-4]\d|5[0-3])|(0[1-9]|1[0-2])))?$/.exec(text);
  if (!found) return null;
  const [, years, half, quarter, week, month] = found;
  const year = Number(years);
  if (half) return months(year, Number(half) * 6 - 5, Number(half) * 6);
  if (quarter) return months(year, Number(quarter) * 3 - 2, Number(quarter) * 3);
  if (week) return isoWeek(year, Number(week));
  if (month) return months(year, Number(month), Number(month));
  return months(year, 1, 12);
}

/** `2023`, `2023-H1`, `2023-Q3`, `2023-09`, `2018-W05`, or from one to another: `2018-01/2018-02`. */
export function parsePeriod(text: string): Period {
  const [first = '', last = first, ...more] = text.split('/');
  const [from, to] = [window(first)?.[0], window(last)?.[1]];
  if (!from || !to || more.length > 0 || from > to)
    throw new AssessmentError('unknown-period', {
      zh: `看不懂期间“${text}”。请写成 2023、2023-H1、2023-Q3、2023-09、2018-W05 或 2018-01/2018-02。`,
      en: `"${text}" is no period. Write 2023, 2023-H1, 2023-Q3, 2023-09, 2018-W05 or 2018-01/2018-02.`,
    });
  return { id: text, from, to };
}

const monthsOf = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const satisfies Record<Every, number>;

/** The months (quarters …) of a period. One that they do not fill exactly is refused: days would be lost. */
export function windowsIn(period: Period, every: Every): Period[] {
  const step = monthsOf[every];
  const windows: Period[] = [];
  let next = period.from;
  while (next <= period.to) {
    const [year = 0, month = 0, day = 0] = next.split('-').map(Number);
    const [from, to] = months(year, month, Math.min(12, month + step - 1));
    if (day !== 1 || (month - 1) % step !== 0 || to > period.to)
      throw new AssessmentError('period-cuts-window', {
        zh: `期间“${period.id}”不是由完整的${{ month: '月', quarter: '季度', 'half-year': '半年', year: '年' }[every]}组成,办法却按此计分。请换一个期间。`,
        en: `The method counts by the ${every}, and "${period.id}" is not made of whole ones. Choose another period.`,
      });
    windows.push({ id: `${from}/${to}`, from, to });
    next = addDays(to, 1);
  }
  return windows;
}
