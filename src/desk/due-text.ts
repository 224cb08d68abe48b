import type { County } from '../county/county.ts';
import { addDays } from '../model/date.ts';
import type { Language } from '../model/text.ts';
import type { Due } from '../model/thing.ts';
import { workingDaysFrom } from '../workflow/calendar.ts';
import { reckoning } from '../workflow/due.ts';

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** How a due date follows from the day of receipt. */
export function dueText(county: County, due: Due, language: Language): string {
  const { from, by, count, time, before = '' } = due;
  // Of hours what was left when it was returned may end within one.
  const [whole, minutes] = [Math.floor(count), Math.round((count % 1) * 60)];
  const received = time ? `${from} ${time.received}` : from;
  const spans = reckoning(due, county.closures, county.officeHours)
    .flatMap(({ on, hours = [] }) => hours.map((span) => `${on.slice(5)} ${span}`))
    .join(language === 'en' ? ', ' : '、');
  // A date that is nearer than that leaves the day of receipt.
  const near =
    (by === 'before' && workingDaysFrom(before, -count, county.closures) < due.on) ||
    (by === 'days-before' && addDays(before, -count) < due.on);
  const ago: [zh: string, en: string] = near
    ? [`;已不足,以收到当日 ${due.on} 为限`, `; that is over already, so the day it came, ${due.on}`]
    : ['', ''];
  const words: Record<Due['by'], [zh: string, en: string]> = {
    'working-days': [
      `${from} 收到,次日起 ${count} 个工作日`,
      `${many(count, 'working day')} from the day after ${from}`,
    ],
    days: [`${from} 收到,次日起 ${count} 日`, `${many(count, 'day')} from the day after ${from}`],
    months: [`${from} 收到,${count} 个月`, `${many(count, 'month')} from ${from}`],
    'same-day': [`${from} 收到,当日`, `the day it came, ${from}`],
    before:
      count === 0
        ? [`所定日期 ${before}${ago[0]}`, `the date that was set, ${before}${ago[1]}`]
        : [
            `所定日期 ${before} 之前 ${count} 个工作日${ago[0]}`,
            `${many(count, 'working day')} before the date that was set, ${before}${ago[1]}`,
          ],
    'days-before': [
      `所定日期 ${before} 之前 ${count} 日${ago[0]}`,
      `${many(count, 'day')} before the date that was set, ${before}${ago[1]}`,
    ],
    field: ['按所填日期', 'the date that was filled in'],
    'working-hours': [
      `${received} 收到,${whole} 个工作小时${minutes > 0 ? ` ${minutes} 分` : ''}:${spans}`,
      `${many(whole, 'working hour')}${minutes > 0 ? ` ${many(minutes, 'minute')}` : ''} from ${received}: ${spans}`,
    ],
    'close-of-office': [
      `${received} 收到,${due.on} 下班前`,
      `received ${received}, by the close of office on ${due.on}`,
    ],
  };
  return words[by][language === 'en' ? 1 : 0];
}
