import type { Facts } from '../model/fact.ts';
import type { Condition } from './condition.ts';
import { operators } from './operators.ts';

/** The same condition as a closure, for bulk work: no engine, no eval, no promise. */
export function compile(
  condition: Condition,
  named: Readonly<Record<string, Condition>> = {},
): (facts: Facts) => boolean {
  if ('all' in condition) {
    const parts = condition.all.map((part) => compile(part, named));
    return (facts) => parts.every((part) => part(facts));
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => compile(part, named));
    return (facts) => parts.some((part) => part(facts));
  }
  if ('not' in condition) {
    const part = compile(condition.not, named);
    return (facts) => !part(facts);
  }
  if ('named' in condition) {
    const meant = named[condition.named];
    return meant ? compile(meant, named) : () => false;
  }
  const { fact, value } = condition;
  const { holds } = operators[condition.operator];
  // Own facts only: the engine finds no `toString` either.
  return (facts) => holds((Object.hasOwn(facts, fact) ? facts[fact] : null) ?? null, value);
}
