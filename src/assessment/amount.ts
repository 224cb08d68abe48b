import { isCivilDate } from '../model/date.ts';
import type { Fact, Facts } from '../model/fact.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { compile } from '../rules/compiled.ts';
import { parseCondition, type Condition } from '../rules/condition.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import { AssessmentError } from './error.ts';
import type { Amount, Decimal } from './method.ts';
import type { Report } from './mistake.ts';
import { points, zero, type Points } from './points.ts';

/** What is read of the facts, and which facts that takes: figures are reckoned only where one is read. */
export interface Reading<Value> {
  reads: readonly string[];
  of: (facts: Facts) => Value;
}

/** Where a line is being read. */
export interface Place {
  line: string;
  pointer: string;
  vocabulary: Vocabulary;
  report: Report;
}

const decimal = /^-?\d+(\.\d+)?$/;

export function readDecimal(
  place: Place,
  key: string,
  value: Decimal | undefined,
  otherwise: Points,
): Points {
  if (value === undefined) return otherwise;
  if (decimal.test(String(value))) return points(value);
  place.report(`${place.pointer}/${key}`, 'not-a-number', String(value));
  return otherwise;
}

/** Nothing written is a condition that always holds. */
export function readTest(place: Place, source: object | undefined, key = 'when'): Reading<boolean> {
  if (source === undefined) return { reads: [], of: () => true };
  const read = parseCondition(source, place.vocabulary);
  if ('mistakes' in read) {
    for (const { pointer, code, word, didYouMean: near } of read.mistakes)
      place.report(`${place.pointer}/${key}${pointer}`, code, word, near);
    return { reads: [], of: () => false };
  }
  return { reads: factsIn(read.condition), of: compile(read.condition) };
}

function factsIn(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(factsIn);
  if ('any' in condition) return condition.any.flatMap(factsIn);
  if ('not' in condition) return factsIn(condition.not);
  return 'fact' in condition ? [condition.fact] : [];
}

/** `day` is the fact that holds the date on which a dated value is looked up. */
export function readAmount(place: Place, key: string, amount: Amount, day: string): Reading<Points> {
  if (typeof amount !== 'object') {
    const fixed = readDecimal(place, key, amount, zero);
    return { reads: [], of: () => fixed };
  }
  const { by, table, otherwise, fact, since } = amount;
  const at = `${place.pointer}/${key}`;
  const known = (name: string, pointer: string) => {
    if (!Object.hasOwn(place.vocabulary, name))
      place.report(pointer, 'undeclared-fact', name, didYouMean(name, Object.keys(place.vocabulary)));
  };
  if (since !== undefined) return { reads: [day], of: dated(place, at, since, day) };
  if (fact !== undefined) {
    known(fact, `${at}/fact`);
    return { reads: [fact], of: (facts) => numberIn(place.line, facts[fact] ?? null) };
  }
  if (by === undefined || table === undefined) {
    place.report(at, 'unreadable-line', key);
    return { reads: [], of: () => zero };
  }
  const keys = Array.isArray(by) ? by : [by];
  keys.forEach((name) => known(name, `${at}/by`));
  const rest = otherwise === undefined ? null : readDecimal(place, `${key}/otherwise`, otherwise, zero);
  return {
    reads: keys,
    of: (facts) => cellOf(place.line, table, keys, facts) ?? rest ?? noCell(place, keys, facts),
  };
}

function cellOf(line: string, table: object, keys: string[], facts: Facts): Points | null {
  let cell: unknown = table;
  for (const key of keys) {
    const value = String(facts[key] ?? 'null');
    cell = typeof cell === 'object' && cell !== null ? new Map(Object.entries(cell)).get(value) : undefined;
  }
  return typeof cell === 'number' || typeof cell === 'string' ? numberIn(line, cell) : null;
}

function dated(place: Place, at: string, since: Record<string, Decimal>, day: string) {
  const values = Object.entries(since)
    .map(([from, value]) => {
      if (!isCivilDate(from)) place.report(at, 'unreadable-line', from);
      return { from, value: readDecimal({ ...place, pointer: at }, from, value, zero) };
    })
    .sort((a, b) => (a.from < b.from ? 1 : -1));
  return (facts: Facts): Points =>
    values.find(({ from }) => from <= String(facts[day] ?? ''))?.value ?? noCell(place, [day], facts);
}

function noCell({ line }: Place, keys: string[], facts: Facts): never {
  const cell = (join: string) => keys.map((key) => `${key}=${String(facts[key])}`).join(join);
  throw new AssessmentError('no-table-cell', {
    zh: `计分行“${line}”的表中没有 ${cell('、')} 这一格。请补上,或用 otherwise 写明其余为多少分。`,
    en: `The table of line "${line}" has no cell for ${cell(', ')}. Add it, or say with "otherwise" what the rest earn.`,
  });
}

/** A fact as points; what is missing is 0. */
export function numberIn(line: string, value: Fact): Points {
  if (value === null) return zero;
  if ((typeof value === 'number' || typeof value === 'string') && decimal.test(String(value)))
    return points(value);
  throw new AssessmentError('not-a-number', {
    zh: `计分行“${line}”读到的分值“${String(value)}”不是数。请写成如 1.5 的小数。`,
    en: `Line "${line}" reads "${String(value)}" as points, which is no number. Write a decimal such as 1.5.`,
  });
}
