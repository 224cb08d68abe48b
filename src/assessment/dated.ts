import { isCivilDate } from '../model/date.ts';
import type { Facts } from '../model/fact.ts';
import { mostOf, noCell, type Read } from './decimal.ts';
import { AssessmentError } from './error.ts';
import type { Place } from './place.ts';

/** Values in force since their dates, each read as it is written there. */
export function dated<Value>(
  place: Place,
  key: string,
  since: Readonly<Record<string, Value>>,
  readOne: (key: string, value: Value) => Read,
): Read {
  const values = Object.entries(since)
    .map(([from, value]) => {
      if (!isCivilDate(from)) place.report(`${place.pointer}/${key}/since`, 'not-a-date', from);
      return { from, read: readOne(`${key}/since/${from}`, value) };
    })
    .sort((a, b) => (a.from < b.from ? 1 : -1));
  place.used.add(place.day);
  const inForce = (facts: Facts) => {
    const { day, start } = place;
    const on = place.settings.inForceOn ?? String(facts[day] ?? '');
    const from = start === null ? '' : String(facts[start] ?? '');
    const changes = values.find((value) => from < value.from && value.from <= on);
    // A value of a whole window that changes inside it would have to be split by a rule nobody wrote.
    if (start !== null && changes && place.settings.inForceOn === null && values.at(-1) !== changes)
      throw new AssessmentError('value-changes-within', {
        zh: `计分行“${place.line}”的数值自 ${changes.from} 起改变,而期间是 ${from} 至 ${on}。请分段统计,或改用 every 按月(季)计。`,
        en: `A value of line "${place.line}" changes on ${changes.from}, inside ${from} to ${on}. Count the parts apart, or reckon it by the month (quarter) with "every".`,
      });
    return values.find((value) => value.from <= on)?.read ?? null;
  };
  return {
    reads: [
      place.day,
      ...(place.start === null ? [] : [place.start]),
      ...values.flatMap(({ read }) => read.reads),
    ],
    of: (facts) => inForce(facts)?.of(facts) ?? noCell(place, [place.day], facts),
    clause: (facts) => inForce(facts)?.clause(facts) ?? null,
    most: mostOf(values.map(({ read }) => read.most)),
  };
}
