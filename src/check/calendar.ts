import type { CountyConfig } from '../county/config.generated.ts';
import { isCivilDate } from '../model/date.ts';
import type { Report } from './known.ts';
import type { Path } from './source.ts';

/** The time zone, and every day that a config names: closures, sessions, terms, and who is there from when to when. */
export function checkCalendar(config: CountyConfig, report: Report): void {
  const { timeZone } = config;
  if (timeZone !== undefined && !isTimeZone(timeZone))
    report(['timeZone'], 'not-allowed', {
      zh: `没有“${timeZone}”这个时区。请写成 Asia/Shanghai、Asia/Urumqi 这样的名称。`,
      en: `There is no time zone "${timeZone}". Write a name such as Asia/Shanghai or Asia/Urumqi.`,
    });
  const day = (path: Path, date: string | undefined) => {
    if (date !== undefined && !isCivilDate(date))
      report(path, 'not-a-date', {
        zh: `“${date}”不是日历上的日期。请写成 2018-01-01。`,
        en: `"${date}" is no day of the calendar. Write 2018-01-01.`,
      });
  };
  const span = (path: Path, { from, to }: { from?: string; to?: string }) => {
    day([...path, 'from'], from);
    day([...path, 'to'], to);
    if (from !== undefined && to !== undefined && to < from)
      report([...path, 'to'], 'not-allowed', {
        zh: `截止日 ${to} 早于起始日 ${from}。请改正其中一个。`,
        en: `It ends on ${to}, before it begins on ${from}. Correct one of them.`,
      });
  };
  (config.calendar?.closures ?? []).forEach((date, index) => day(['calendar', 'closures', index], date));
  const hours = config.calendar?.officeHours ?? [];
  hours.forEach(({ from, to }, index) => {
    const before = hours[index - 1]?.to;
    if (to <= from || (before !== undefined && from < before))
      report(['calendar', 'officeHours', index], 'not-allowed', {
        zh: `办公时间 ${from}–${to} 不对:应先后排列、不重叠。请改成如 08:30–12:00、14:00–17:30。`,
        en: `The office hours ${from}–${to} are wrong: they go in order and do not overlap. Write for example 08:30–12:00, 14:00–17:30.`,
      });
  });
  if (hours.length === 0)
    for (const flow of Object.entries(config.flows ?? {}))
      flow[1]?.stages.forEach(({ due, overdue = [] }, index) => {
        const inHours = due?.workingHours !== undefined || due?.closeOfOffice === true;
        if (inHours || overdue.some(({ workingHours }) => workingHours !== undefined))
          report(['flows', flow[0], 'stages', index, 'due'], 'missing-key', {
            zh: '按工作小时计算期限,要在 calendar 中写 officeHours(办公时间)。',
            en: 'To count in working hours, name the officeHours in calendar.',
          });
      });
  for (const kind of ['sessions', 'terms'] as const)
    for (const [id, one] of Object.entries(config.method?.periods?.[kind] ?? {}))
      span(['method', 'periods', kind, id], one);
  (config.authorKinds ?? []).forEach(({ term }, index) => span(['authorKinds', index, 'term'], term ?? {}));
  (config.directory?.organisations ?? []).forEach((unit, index) =>
    span(['directory', 'organisations', index], unit),
  );
  (config.directory?.people ?? []).forEach((person, index) => {
    const at: Path = ['directory', 'people', index];
    span(at, person);
    person.posts?.forEach((held, place) => span([...at, 'posts', place], held));
    person.leaves?.forEach((leave, place) => span([...at, 'leaves', place], leave));
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
