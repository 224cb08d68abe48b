import type { CivilDate } from '../model/date.ts';
import type { Facts } from '../model/fact.ts';
import { compile } from '../rules/compiled.ts';
import { parseCondition, type Condition, factsIn } from '../rules/condition.ts';
import { neverHolds } from '../rules/contradiction.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { RawRating, RawValues } from './method.ts';
import type { Report } from './mistake.ts';

/** What is read of the facts, and which facts that takes: figures are reckoned only where one is read. */
export interface Reading<Value> {
  reads: readonly string[];
  of: (facts: Facts) => Value;
}

/** What lines of the whole method share. */
export interface Settings {
  conditions: Readonly<Record<string, object>>;
  values: Readonly<RawValues>;
  ratings: readonly RawRating[];
  /** All dated values as of this day, to see what another version would have come to; null for each moment's own. */
  inForceOn: CivilDate | null;
  /** Hears which cell of which table was read, by its pointer; to tell which no case reaches. */
  reached: ((cell: string) => void) | null;
}

/** Where a line is being read. */
export interface Place {
  line: string;
  pointer: string;
  vocabulary: Vocabulary;
  /** The fact that holds the date on which a dated value is looked up, and the first day of its window, if it has one. */
  day: string;
  start: string | null;
  /** Every fact that something reads. */
  used: Set<string>;
  settings: Settings;
  report: Report;
}

/** Nothing written is a condition that always holds. */
export function readTest(place: Place, source: object | undefined, key = 'when'): Reading<boolean> {
  if (source === undefined) return { reads: [], of: () => true };
  const names = Object.keys(place.settings.conditions);
  const read = parseCondition(source, place.vocabulary, names);
  if ('mistakes' in read) {
    for (const { pointer, code, word, didYouMean: near, among } of read.mistakes)
      place.report(`${place.pointer}/${key}${pointer}`, code, word, near, among);
    return { reads: [], of: () => false };
  }
  const condition = withNamed(place, read.condition, key, []);
  const never = neverHolds(condition, place.vocabulary);
  if (never !== null) place.report(`${place.pointer}/${key}`, 'never-holds', never);
  const reads = factsIn(condition);
  for (const fact of reads) place.used.add(fact);
  return { reads, of: compile(condition) };
}

/** The named conditions put in their places; one that names itself is cut off as unknown. */
function withNamed(place: Place, condition: Condition, key: string, way: readonly string[]): Condition {
  if ('all' in condition) return { all: condition.all.map((part) => withNamed(place, part, key, way)) };
  if ('any' in condition) return { any: condition.any.map((part) => withNamed(place, part, key, way)) };
  if ('not' in condition) return { not: withNamed(place, condition.not, key, way) };
  if (!('named' in condition)) return condition;
  const { named } = condition;
  const names = Object.keys(place.settings.conditions);
  const read = parseCondition(place.settings.conditions[named], place.vocabulary, names);
  if (way.includes(named) || 'mistakes' in read) {
    // Each mistake of the named condition is told where it is used: there its facts are known or not.
    const mistakes = 'mistakes' in read ? read.mistakes : [];
    if (mistakes.length === 0) place.report(`${place.pointer}/${key}`, 'unknown-condition', named);
    for (const { code, word, didYouMean: near, among } of mistakes)
      place.report(`${place.pointer}/${key}`, code, word, near, among);
    return { any: [] };
  }
  return withNamed(place, read.condition, key, [...way, named]);
}
