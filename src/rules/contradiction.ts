import type { Fact } from '../model/fact.ts';
import type { Condition } from './condition.ts';
import { operators } from './operators.ts';
import type { FactMeaning, Vocabulary } from './vocabulary.ts';

type Leaf = Extract<Condition, { fact: string }>;
/** A test of one fact, or that it fails. */
type Test = Leaf & { fails: boolean };

/** More ways to hold than these are not gone through. */
const most = 256;

/**
 * The fact about which a condition contradicts itself, so that it can never hold; null where none is found. Only plain
 * contradictions are looked for: tests of one fact that no value of it passes together.
 */
export function neverHolds(condition: Condition, meanings: Vocabulary = {}): string | null {
  const found = waysOf(condition, false).map((tests) => contradictedIn(tests, meanings));
  return found.every((one) => one !== null) ? (found[0] ?? null) : null;
}

/** Whether one condition holds wherever another does, as far as can be told. */
export function implies(one: Condition, other: Condition, meanings: Vocabulary): boolean {
  return neverHolds({ all: [one, { not: other }] }, meanings) !== null;
}

/** Every way for a condition to hold, or to fail: tests that pass together. What is not understood asks for nothing. */
function waysOf(condition: Condition, fails: boolean): Test[][] {
  if ('not' in condition) return waysOf(condition.not, !fails);
  if ('fact' in condition) return [[{ ...condition, fails }]];
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  const each = parts.map((part) => waysOf(part, fails));
  if (each.length === 0) return [[]];
  if ('any' in condition === fails)
    return each
      .sort((a, b) => a.length - b.length)
      .reduce<Test[][]>(
        (ways, more) =>
          ways.length * more.length > most
            ? ways
            : ways.flatMap((tests) => more.map((others) => [...tests, ...others])),
        [[]],
      );
  const ways = each.flat();
  return ways.length > most ? [[]] : ways;
}

function contradictedIn(tests: Test[], meanings: Vocabulary): string | null {
  const byFact = new Map<string, Test[]>();
  for (const test of tests) byFact.set(test.fact, [...(byFact.get(test.fact) ?? []), test]);
  for (const [fact, its] of byFact) if (!possible(its, meanings[fact])) return fact;
  return null;
}

const passes = (value: Fact, { operator, value: expected, fails }: Test) =>
  operators[operator].holds(value, expected) !== fails;

const listed = (value: Fact): Fact[] => (Array.isArray(value) ? value : [value]);

/** Whether any value passes every test: those named, options, and numbers at, below, between and above the bounds. */
function possible(tests: Test[], meaning: FactMeaning | undefined): boolean {
  const ofLists = tests.filter(({ operator }) => operator === 'contains' || operator === 'overlaps');
  if (ofLists.length > 0) return ofLists.length < tests.length || listPossible(ofLists);
  const named = tests.flatMap(({ value }) => listed(value));
  return candidates(named, meaning).some((value) => tests.every((test) => passes(value, test)));
}

/** A list holds all that it must, and of what it must have some of, something that it may hold. */
function listPossible(tests: Test[]): boolean {
  const without = new Set(tests.filter(({ fails }) => fails).flatMap(({ value }) => listed(value)));
  return tests
    .filter(({ fails }) => !fails)
    .every(({ value }) => listed(value).some((item) => !without.has(item)));
}

function candidates(named: Fact[], meaning: FactMeaning | undefined): Fact[] {
  if (meaning?.type === 'number') return [...numbersBy(named, meaning), null];
  if (meaning?.type === 'text' && meaning.options)
    return [...meaning.options.map(({ value }) => value), null];
  const dates = named.filter((value): value is string => typeof value === 'string');
  const around = dates.flatMap((text) => [`${text}!`, text.slice(0, -1)]);
  return [...named, ...numbersBy(named, {}), ...around, null, '\u0000'];
}

function numbersBy(named: Fact[], { whole, least }: Pick<FactMeaning, 'whole' | 'least'>): number[] {
  const numbers = [
    ...named.filter((value) => value !== null).map(Number),
    ...(least === undefined ? [] : [least]),
  ]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const around = numbers.flatMap((number, index) => [
    number - 1,
    number,
    (number + (numbers[index + 1] ?? number + 2)) / 2,
    Math.floor(number) + 1,
    Math.ceil(number) - 1,
  ]);
  return around
    .filter((number) => !whole || Number.isInteger(number))
    .filter((number) => least === undefined || number >= least);
}
