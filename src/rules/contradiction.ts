import type { Fact } from '../model/fact.ts';
import type { Condition } from './condition.ts';
import { operators } from './operators.ts';

type Leaf = Extract<Condition, { fact: string }>;

/**
 * The fact about which a condition contradicts itself, so that it can never hold; null where none is found. Only plain
 * contradictions are looked for: two tests of one fact that no value passes together.
 */
export function neverHolds(condition: Condition): string | null {
  if ('any' in condition) {
    const found = condition.any.map(neverHolds);
    return found.length > 0 && found.every((one) => one !== null) ? (found[0] ?? null) : null;
  }
  if (!('all' in condition)) return null;
  for (const part of condition.all) {
    const found = 'all' in part || 'any' in part ? neverHolds(part) : null;
    if (found !== null) return found;
  }
  const leaves = leavesOf(condition);
  const byFact = new Map<string, Leaf[]>();
  for (const leaf of leaves) byFact.set(leaf.fact, [...(byFact.get(leaf.fact) ?? []), leaf]);
  for (const [fact, tests] of byFact) if (tests.length > 1 && !possible(tests)) return fact;
  return null;
}

function leavesOf(condition: Condition): Leaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf);
  return 'fact' in condition ? [condition] : [];
}

/** Whether any candidate passes every test: the values named, and numbers at, below, between and above the bounds. */
function possible(tests: Leaf[]): boolean {
  const words = tests.map(({ operator }) => operator);
  // Lists pass what single values cannot; they are not looked into.
  if (words.some((word) => word === 'contains' || word === 'overlaps')) return true;
  const named = tests.flatMap(({ value }): Fact[] => (Array.isArray(value) ? value : [value]));
  const numbers = named
    .map(Number)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const between = numbers.flatMap((number, index) => [
    number - 1,
    (number + (numbers[index + 1] ?? number + 2)) / 2,
  ]);
  const dates = named.filter((value): value is string => typeof value === 'string');
  const around = dates.flatMap((text) => [`${text}!`, text.slice(0, -1)]);
  const candidates: Fact[] = [...named, ...between, ...around, null, '\u0000'];
  return candidates.some((value) => tests.every((test) => operators[test.operator].holds(value, test.value)));
}
