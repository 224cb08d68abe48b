import type { Fact } from '../model/fact.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { dated } from './dated.ts';
import { fixed, mostOf, noCell, readDecimal, type Read } from './decimal.ts';
import { AssessmentError } from './error.ts';
import { checkKeys } from './keys.ts';
import type { Amount, Decimal } from './method.ts';
import type { Place } from './place.ts';
import { points, pointsWritten, zero, type Points } from './points.ts';
import { readTable } from './table.ts';

type Told = Exclude<Amount, Decimal>;
const silent = () => null;
const nothing = fixed(zero);

export function readAmount(place: Place, key: string, amount: Amount): Read {
  if (typeof amount !== 'object') return fixed(readDecimal(place, key, amount, zero));
  const { times, clause = null } = amount;
  const read = readTold(place, key, amount);
  const factor = times === undefined ? null : readDecimal(place, `${key}/times`, times, zero);
  const below = factor && factor.compare(0) < 0;
  return {
    reads: read.reads,
    of: factor ? (facts) => read.of(facts).mul(factor) : read.of,
    clause: clause === null ? read.clause : () => clause,
    most: factor ? (below ? null : (read.most?.mul(factor) ?? null)) : read.most,
  };
}

/** What each way of writing an amount reads. */
const keysOf = {
  since: ['since'],
  value: ['value'],
  rating: ['rating'],
  fact: ['fact', 'atLeast', 'atMost', 'otherwise'],
  table: ['by', 'table', 'otherwise', 'several'],
  steps: ['by', 'steps', 'otherwise'],
} as const;

function readTold(place: Place, key: string, amount: Told): Read {
  const at = `${place.pointer}/${key}`;
  const { since, fact, value, rating, by, table, steps } = amount;
  for (const way of ['since', 'value', 'rating', 'fact', 'table', 'steps'] as const)
    if (amount[way] !== undefined) {
      checkKeys(place.report, at, amount, [...keysOf[way], 'times', 'clause']);
      break;
    }
  if (since !== undefined) return dated(place, key, since, (inside, one) => readAmount(place, inside, one));
  if (value !== undefined) {
    const named = place.settings.values[value];
    if (named === undefined) {
      const near = didYouMean(value, Object.keys(place.settings.values));
      place.report(`${at}/value`, 'unknown-value', value, near);
      return nothing;
    }
    // What is wrong with the value itself is told where it stands.
    return readAmount({ ...place, report: () => undefined }, key, named);
  }
  if (rating !== undefined) return rated(place, at, rating);
  if (fact !== undefined) return entered(place, key, amount, fact);
  if (by === undefined || (table === undefined && steps === undefined)) {
    place.report(at, 'unreadable-line', key);
    return nothing;
  }
  const keys = Array.isArray(by) ? by : [by];
  keys.forEach((name) => known(place, name, `${at}/by`));
  const rest =
    amount.otherwise === undefined ? null : readDecimal(place, `${key}/otherwise`, amount.otherwise, zero);
  if (table !== undefined) return readTable(place, key, table, keys, rest, amount.several ?? 'highest');
  return steps === undefined ? nothing : stepped(place, key, keys[0] ?? '', steps, rest);
}

function known(place: Place, name: string, pointer: string): void {
  place.used.add(name);
  if (Object.hasOwn(place.vocabulary, name)) return;
  place.report(pointer, 'undeclared-fact', name, didYouMean(name, Object.keys(place.vocabulary)));
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
    most: mostOf([...read.map(({ value }) => value), ...(rest ? [rest] : [])]),
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
    most: null,
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
  for (const criterion of weights) place.used.add(criterion.id);
  return {
    reads: weights.map((criterion) => criterion.id),
    clause: silent,
    most: high,
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
