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
