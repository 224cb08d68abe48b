import type { Fact, Facts } from '../model/fact.ts';
import type { Condition } from './condition.ts';
import { operators, type OperatorName } from './operators.ts';

type Closure = (facts: Facts) => boolean;

/** The same condition as a closure, for bulk work: no engine, no eval, no promise. */
export function compile(condition: Condition, named: Readonly<Record<string, Condition>> = {}): Closure {
  if ('all' in condition) return allOf(condition.all.map((part) => compile(part, named)));
  if ('any' in condition) {
    const none = allOf(condition.any.map((part) => negated(compile(part, named))));
    return negated(none);
  }
  if ('not' in condition) return negated(compile(condition.not, named));
  if ('named' in condition) {
    const meant = named[condition.named];
    return meant ? compile(meant, named) : () => false;
  }
  return leaf(condition.fact, condition.operator, condition.value);
}

const negated =
  (part: Closure): Closure =>
  (facts) =>
    !part(facts);

function allOf(parts: readonly Closure[]): Closure {
  const [first, second, ...others] = parts;
  if (!first) return () => true;
  if (!second) return first;
  if (others.length === 0) return (facts) => first(facts) && second(facts);
  const rest = allOf(others);
  return (facts) => first(facts) && second(facts) && rest(facts);
}

/**
 * One comparison. Words against words and numbers against numbers, the most of what is asked, are compared at once;
 * all else by the operator itself. Own facts only, as the engine finds no `toString` either: what every object has
 * besides is neither word nor number.
 */
function leaf(fact: string, operator: OperatorName, expected: Fact): Closure {
  const { holds } = operators[operator];
  const slow: Closure = (facts) => holds((Object.hasOwn(facts, fact) ? facts[fact] : null) ?? null, expected);
  if (typeof expected === 'string' && (operator === 'equal' || operator === 'not')) {
    const equal = operator === 'equal';
    return (facts) => {
      const value = facts[fact];
      return typeof value === 'string' ? (value === expected) === equal : slow(facts);
    };
  }
  if (Array.isArray(expected) && (operator === 'in' || operator === 'notIn')) {
    const listed = operator === 'in';
    return (facts) => {
      const value = facts[fact];
      return typeof value === 'string' ? expected.includes(value) === listed : slow(facts);
    };
  }
  if (typeof expected === 'number' && Number.isFinite(expected))
    return numeric(fact, operator, expected, slow);
  return slow;
}

function numeric(fact: string, operator: OperatorName, expected: number, slow: Closure): Closure {
  const quick = (test: (value: number) => boolean): Closure => {
    return (facts) => {
      const value = facts[fact];
      return typeof value === 'number' && Number.isFinite(value) ? test(value) : slow(facts);
    };
  };
  switch (operator) {
    case 'below':
      return quick((value) => value < expected);
    case 'atMost':
      return quick((value) => value <= expected);
    case 'above':
      return quick((value) => value > expected);
    case 'atLeast':
      return quick((value) => value >= expected);
    default:
      return slow;
  }
}
