import Fraction from 'fraction.js';
import type { Fact } from '../model/fact.ts';

/**
 * What null does is the same everywhere: a missing value (null, or a number that is none) equals only null, is in no
 * list, contains and overlaps nothing, and is neither below nor above anything. Only `not` (and `equal`) may fire on it.
 */
export interface Operator {
  symbol: string;
  /** What the admin writes after it. */
  takes: 'one' | 'number' | 'list';
  holds: (value: Fact, expected: Fact) => boolean;
}

const decimal = /^-?\d+(\.\d+)?$/;

function missing(value: Fact): boolean {
  return value === null || (typeof value === 'number' && !Number.isFinite(value));
}

/** An exact number where the value is one, or a decimal in text; null otherwise. */
function exact(value: Fact): Fraction | null {
  if (typeof value === 'number' && Number.isFinite(value)) return new Fraction(String(value));
  if (typeof value === 'string' && decimal.test(value)) return new Fraction(value);
  return null;
}

function same(a: Fact, b: Fact): boolean {
  if (missing(a) || missing(b)) return missing(a) && missing(b);
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item) => b.includes(item))
    );
  if (typeof a === 'number' || typeof b === 'number') {
    const [x, y] = [exact(a), exact(b)];
    return x !== null && y !== null && x.equals(y);
  }
  return a === b;
}

function compared(test: (order: number) => boolean): Operator['holds'] {
  return (value, expected) => {
    // The common case costs no fraction: doubles order exactly as they print.
    if (typeof value === 'number' && typeof expected === 'number' && Number.isFinite(value))
      return test(value - expected);
    const [x, y] = [exact(value), exact(expected)];
    if (x !== null && y !== null) return test(x.compare(y));
    // Dates as YYYY-MM-DD order as text.
    if (typeof value === 'string' && typeof expected === 'string' && x === null && y === null)
      return test(value < expected ? -1 : value > expected ? 1 : 0);
    return false;
  };
}

const among = (value: Fact, list: Fact) =>
  !missing(value) && Array.isArray(list) && list.some((item) => same(value, item));

export const operators = {
  equal: { symbol: '=', takes: 'one', holds: same },
  not: { symbol: '≠', takes: 'one', holds: (value, expected) => !same(value, expected) },
  in: { symbol: '∈', takes: 'list', holds: among },
  notIn: {
    symbol: '∉',
    takes: 'list',
    holds: (value, expected) => !missing(value) && !among(value, expected),
  },
  below: { symbol: '<', takes: 'number', holds: compared((order) => order < 0) },
  atMost: { symbol: '≤', takes: 'number', holds: compared((order) => order <= 0) },
  above: { symbol: '>', takes: 'number', holds: compared((order) => order > 0) },
  atLeast: { symbol: '≥', takes: 'number', holds: compared((order) => order >= 0) },
  contains: {
    symbol: '∋',
    takes: 'one',
    holds: (value, expected) =>
      Array.isArray(value)
        ? typeof expected === 'string' && value.includes(expected)
        : typeof value === 'string' && typeof expected === 'string' && value.includes(expected),
  },
  overlaps: {
    symbol: '∩',
    takes: 'list',
    holds: (value, expected) =>
      Array.isArray(value) && Array.isArray(expected) && value.some((item) => expected.includes(item)),
  },
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof operators;

export function isOperator(word: string): word is OperatorName {
  return Object.hasOwn(operators, word);
}
