import { isCivilDate } from '../model/date.ts';
import type { Fact, Facts } from '../model/fact.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { AssessmentError } from './error.ts';
import type { Amount, Decimal } from './method.ts';
import type { Place, Reading } from './place.ts';
import { points, pointsWritten, zero, type Points } from './points.ts';

type Told = Exclude<Amount, Decimal>;
interface Read extends Reading<Points> {
  /** The clause in force for these facts, where the amount names one of its own. */
  clause: (facts: Facts) => string | null;
}

const silent = () => null;
const nothing: Read = { reads: [], of: () => zero, clause: silent };

export function readDecimal(
  place: Place,
  key: string,
  value: Decimal | undefined,
  otherwise: Points,
): Points {
  if (value === undefined) return otherwise;
  const read = pointsWritten(value);
  if (read) return read;
  place.report(`${place.pointer}/${key}`, 'not-a-number', String(value));
  return otherwise;
}

export function readAmount(place: Place, key: string, amount: Amount): Read {
  if (typeof amount !== 'object') {
    const fixed = readDecimal(place, key, amount, zero);
    return { reads: [], of: () => fixed, clause: silent };
  }
  const { times, clause = null } = amount;
  const read = readTold(place, key, amount);
  const factor = times === undefined ? null : readDecimal(place, `${key}/times`, times, zero);
  return {
    reads: read.reads,
    of: factor ? (facts) => read.of(facts).mul(factor) : read.of,
    clause: clause === null ? read.clause : () => clause,
  };
}

function readTold(place: Place, key: string, amount: Told): Read {
  const at = `${place.pointer}/${key}`;
  const { since, fact, value, rating, by, table, steps } = amount;
  if (since !== undefined) return dated(place, key, since);
  if (value !== undefined) {
    const named = place.settings.values[value];
    if (named === undefined) {
      const near = didYouMean(value, Object.keys(place.settings.values));
      place.report(`${at}/value`, 'unknown-value', value, near);
      return nothing;
    }
    const fixed = pointsWritten(named) ?? zero;
    return { ...nothing, of: () => fixed };
  }
  if (rating !== undefined) return rated(place, at, rating);
  if (fact !== undefined) return entered(place, key, amount, fact);
  if (by === undefined || (table === undefined) === (steps === undefined)) {
    place.report(at, 'unreadable-line', key);
    return nothing;
  }
  const keys = Array.isArray(by) ? by : [by];
  keys.forEach((name) => known(place, name, `${at}/by`));
  const rest =
    amount.otherwise === undefined ? null : readDecimal(place, `${key}/otherwise`, amount.otherwise, zero);
  if (steps !== undefined) return stepped(place, key, keys[0] ?? '', steps, rest);
  if (table === undefined) return nothing;
  cellsOf(place, `${key}/table`, table);
  const several = amount.several ?? 'highest';
  const { reached: told } = place.settings;
  const reached = told && ((cell: string) => told(`${at}/table${cell}`));
  return {
    reads: keys,
    of: (facts) => cellFor(table, keys, facts, several, reached) ?? rest ?? noCell(place, keys, facts),
    clause: silent,
  };
}

function known(place: Place, name: string, pointer: string): void {
  place.used.add(name);
  if (Object.hasOwn(place.vocabulary, name)) return;
  place.report(pointer, 'undeclared-fact', name, didYouMean(name, Object.keys(place.vocabulary)));
}

/** Every cell is a number, wherever it stands. */
function cellsOf(place: Place, key: string, table: object): void {
  for (const [name, cell] of Object.entries(table))
    if (typeof cell === 'object' && cell !== null) cellsOf(place, `${key}/${name}`, cell);
    else if (typeof cell !== 'number' && typeof cell !== 'string')
      place.report(`${place.pointer}/${key}/${name}`, 'not-a-number', String(cell));
    else readDecimal(place, `${key}/${name}`, cell, zero);
}

function cellFor(
  table: unknown,
  keys: readonly string[],
  facts: Facts,
  several: 'highest' | 'sum',
  reached: ((cell: string) => void) | null,
  way = '',
): Points | null {
  const [key, ...rest] = keys;
  if (key === undefined) {
    reached?.(way);
    return typeof table === 'number' || typeof table === 'string' ? points(table) : null;
  }
  if (typeof table !== 'object' || table === null) return null;
  const value = facts[key] ?? null;
  const cell = (word: string) => {
    const found: unknown = Object.getOwnPropertyDescriptor(table, word)?.value;
    return found === undefined ? null : cellFor(found, rest, facts, several, reached, `${way}/${word}`);
  };
  if (!Array.isArray(value)) return cell(String(value));
  const found = value.flatMap((item) => cell(String(item)) ?? []);
  if (found.length === 0) return null;
  return several === 'sum'
    ? found.reduce((sum, one) => sum.add(one), zero)
    : found.reduce((best, one) => (one.compare(best) > 0 ? one : best));
}

function stepped(
  place: Place,
  key: string,
  fact: string,
  steps: Record<string, Decimal>,
  rest: Points | null,
): Read {
  const read = Object.entries(steps)
    .map(([from, value]) => ({
      from: readDecimal(place, `${key}/steps`, from, zero),
      value: readDecimal(place, `${key}/steps/${from}`, value, zero),
    }))
    .sort((a, b) => b.from.compare(a.from));
  return {
    reads: [fact],
    clause: silent,
    of: (facts) => {
      const value = facts[fact] ?? null;
      const number = value === null ? null : numberIn(place.line, value);
      const step = number && read.find(({ from }) => number.compare(from) >= 0);
      return step?.value ?? rest ?? noCell(place, [fact], facts);
    },
  };
}

function entered(place: Place, key: string, amount: Told, fact: string): Read {
  known(place, fact, `${place.pointer}/${key}/fact`);
  const bound = (name: 'atLeast' | 'atMost') =>
    amount[name] === undefined ? null : readDecimal(place, `${key}/${name}`, amount[name], zero);
  const [low, high] = [bound('atLeast'), bound('atMost')];
  const rest =
    amount.otherwise === undefined ? null : readDecimal(place, `${key}/otherwise`, amount.otherwise, zero);
  // A figure of a window may have no value, and earns nothing then; what should have been entered is missed.
  const absent = rest ?? (place.start === null ? null : zero);
  return {
    reads: [fact],
    clause: silent,
    of: (facts) => {
      const value = facts[fact] ?? null;
      if (value === null) return absent ?? notEntered(place, fact);
      const number = numberIn(place.line, value);
      if ((low && number.compare(low) < 0) || (high && number.compare(high) > 0))
        throw new AssessmentError('out-of-range', {
          zh: `计分行“${place.line}”录入的分值 ${String(value)} 超出规定范围 ${low ?? ''}–${high ?? ''}。请核对后改正。`,
          en: `Line "${place.line}" was given ${String(value)}, outside ${low ?? ''}–${high ?? ''}. Look at it and correct it.`,
        });
      return number;
    },
  };
}

/** Marks on each criterion, weighed; one that is not marked is an error, never a silent 0. */
function rated(place: Place, at: string, id: string): Read {
  const rating = place.settings.ratings.find((one) => one.id === id);
  if (!rating) {
    const near = didYouMean(
      id,
      place.settings.ratings.map((one) => one.id),
    );
    place.report(`${at}/rating`, 'unknown-rating', id, near);
    return nothing;
  }
  const [low, high] = [points(rating.scale?.from ?? 0), points(rating.scale?.to ?? 100)];
  const weights = rating.criteria.map((criterion) => ({
    id: criterion.id,
    weight: pointsWritten(criterion.weight) ?? zero,
  }));
  return {
    reads: weights.map((criterion) => criterion.id),
    clause: silent,
    of: (facts) =>
      weights.reduce((sum, criterion) => {
        const mark = facts[criterion.id] ?? null;
        const number = numberIn(place.line, mark);
        if (mark === null || number.compare(low) < 0 || number.compare(high) > 0)
          throw new AssessmentError('out-of-range', {
            zh: `评分“${id}”的“${criterion.id}”应为 ${low}–${high},现为 ${String(mark)}。请补上或改正。`,
            en: `In the rating "${id}", "${criterion.id}" must be ${low} to ${high}; it is ${String(mark)}. Add or correct it.`,
          });
        return sum.add(number.mul(criterion.weight).div(100));
      }, zero),
  };
}

function dated(place: Place, key: string, since: Record<string, Amount>): Read {
  const values = Object.entries(since)
    .map(([from, value]) => {
      if (!isCivilDate(from)) place.report(`${place.pointer}/${key}/since`, 'not-a-date', from);
      return { from, read: readAmount(place, `${key}/since/${from}`, value) };
    })
    .sort((a, b) => (a.from < b.from ? 1 : -1));
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
  };
}

function noCell({ line }: Place, keys: string[], facts: Facts): never {
  const cell = (join: string) => keys.map((key) => `${key}=${String(facts[key] ?? null)}`).join(join);
  throw new AssessmentError('no-table-cell', {
    zh: `计分行“${line}”的表中没有 ${cell('、')} 这一格。请补上,或用 otherwise 写明其余为多少分。`,
    en: `The table of line "${line}" has no cell for ${cell(', ')}. Add it, or say with "otherwise" what the rest earn.`,
  });
}

function notEntered({ line }: Place, fact: string): never {
  throw new AssessmentError('not-entered', {
    zh: `计分行“${line}”要读录入的“${fact}”,这条记录没有填。请补上,或用 otherwise 写明没填的得多少分。`,
    en: `Line "${line}" reads "${fact}", which this record does not have. Enter it, or say with "otherwise" what one without it earns.`,
  });
}

/** A fact as points; what is missing is 0. */
export function numberIn(line: string, value: Fact): Points {
  if (value === null) return zero;
  const read = typeof value === 'number' || typeof value === 'string' ? pointsWritten(value) : null;
  if (read) return read;
  throw new AssessmentError('not-a-number', {
    zh: `计分行“${line}”读到的分值“${String(value)}”不是数。请写成如 1.5 的小数。`,
    en: `Line "${line}" reads "${String(value)}" as points, which is no number. Write a decimal such as 1.5.`,
  });
}
