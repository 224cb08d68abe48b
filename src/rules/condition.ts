import type { Fact } from '../model/fact.ts';
import { didYouMean } from './did-you-mean.ts';
import { isOperator, operators, type OperatorName } from './operators.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A condition as it was read: every fact and operator known, nothing empty. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { named: string }
  | { fact: string; operator: OperatorName; value: Fact };

export interface ConditionMistake {
  code:
    | 'unknown-fact'
    | 'unknown-operator'
    | 'unknown-option'
    | 'unknown-condition'
    | 'wrong-operand'
    | 'empty-condition'
    | 'hostile-path'
    | 'too-deep';
  /** From the condition itself: `/level/0`. */
  pointer: string;
  /** The word it is about. */
  word: string;
  didYouMean: string | null;
  /** What may stand there, where that is a closed list. */
  among?: readonly string[];
}

/** Deeper than this no office writes, and a hostile file might. */
const deepest = 12;
const hostile = /^(__proto__|constructor|prototype)$|[$()[\]@?*]/;

type Raw = { [key: string]: unknown };

/** Reads the short form `{ "level": ["city"], "rate": { "below": 30 } }`, or json-rules-engine's own; every mistake at once. */
export function parseCondition(
  source: unknown,
  vocabulary: Vocabulary,
  named: readonly string[] = [],
): { condition: Condition } | { mistakes: ConditionMistake[] } {
  const mistakes: ConditionMistake[] = [];
  const wrong = (
    code: ConditionMistake['code'],
    pointer: string,
    word: string,
    near: string | null = null,
    among: readonly string[] | null = null,
  ): Condition => {
    mistakes.push({ code, pointer, word, didYouMean: near, ...(among ? { among } : {}) });
    return { all: [] };
  };

  const walk = (raw: unknown, at: string, depth: number): Condition => {
    if (depth > deepest) return wrong('too-deep', at, String(deepest));
    if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
      return wrong('wrong-operand', at, String(raw));
    const object: Raw = { ...raw };
    const keys = Object.keys(object);
    if (keys.length === 0) return wrong('empty-condition', at, '{}');
    if ('fact' in object && !('fact' in vocabulary)) return leaf(object, at);
    const parts = keys.map((key): Condition => {
      const here = `${at}/${key}`;
      const value = object[key];
      if (key === 'all' || key === 'any') {
        if (!Array.isArray(value)) return wrong('wrong-operand', here, key);
        if (value.length === 0) return wrong('empty-condition', here, key);
        const inner = value.map((item, index) => walk(item, `${here}/${index}`, depth + 1));
        return key === 'all' ? { all: inner } : { any: inner };
      }
      if (key === 'not') return { not: walk(value, here, depth + 1) };
      if (key === 'condition') {
        const name = String(value);
        return named.includes(name)
          ? { named: name }
          : wrong('unknown-condition', here, name, didYouMean(name, named));
      }
      return short(key, value, here);
    });
    const [first] = parts;
    return parts.length === 1 && first ? first : { all: parts };
  };

  const known = (fact: string, at: string): boolean => {
    if (hostile.test(fact)) wrong('hostile-path', at, fact);
    else if (!Object.hasOwn(vocabulary, fact))
      wrong('unknown-fact', at, fact, didYouMean(fact, Object.keys(vocabulary)));
    else return true;
    return false;
  };

  const short = (fact: string, value: unknown, at: string): Condition => {
    if (!known(fact, at)) return { all: [] };
    if (Array.isArray(value)) {
      const list = vocabulary[fact]?.type === 'list';
      return test(fact, list ? 'overlaps' : 'in', value, at);
    }
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value);
      if (entries.length === 0) return wrong('empty-condition', at, fact);
      const tests = entries.map(([word, operand]) =>
        isOperator(word)
          ? test(fact, word, operand, `${at}/${word}`)
          : wrong('unknown-operator', `${at}/${word}`, word, didYouMean(word, Object.keys(operators))),
      );
      const [first] = tests;
      return tests.length === 1 && first ? first : { all: tests };
    }
    return test(fact, vocabulary[fact]?.type === 'list' ? 'contains' : 'equal', value, at);
  };

  const leaf = (object: Raw, at: string): Condition => {
    const { fact, operator, value, path, ...rest } = object;
    const [extra] = Object.keys(rest);
    if (path !== undefined) return wrong('hostile-path', `${at}/path`, String(path));
    if (extra !== undefined) return wrong('wrong-operand', `${at}/${extra}`, extra);
    const word = String(operator);
    if (!isOperator(word))
      return wrong('unknown-operator', `${at}/operator`, word, didYouMean(word, Object.keys(operators)));
    return known(String(fact), `${at}/fact`) ? test(String(fact), word, value, `${at}/value`) : { all: [] };
  };

  const test = (fact: string, operator: OperatorName, value: unknown, at: string): Condition => {
    const meaning = vocabulary[fact];
    const takes = operators[operator].takes;
    const operand = factOf(value);
    if (operand === undefined) return wrong('wrong-operand', at, JSON.stringify(value) ?? 'undefined');
    if (Array.isArray(operand) !== (takes === 'list'))
      return wrong('wrong-operand', at, JSON.stringify(value));
    if (Array.isArray(operand) && operand.length === 0) return wrong('empty-condition', at, fact);
    if (takes === 'number' && operand === null) return wrong('wrong-operand', at, 'null');
    if (
      meaning?.type === 'number' &&
      !Array.isArray(operand) &&
      operand !== null &&
      !/^-?\d+(\.\d+)?$/.test(String(operand))
    )
      return wrong('wrong-operand', at, String(operand));
    if (meaning?.type === 'yes-no' && operand !== null && typeof operand !== 'boolean')
      return wrong('wrong-operand', at, String(operand));
    const options = meaning?.options?.map((option) => option.value);
    for (const item of Array.isArray(operand) ? operand : [operand]) {
      const word = String(item);
      if (options && item !== null && takes !== 'number' && !options.includes(word))
        return wrong('unknown-option', at, word, didYouMean(word, options), options);
    }
    return { fact, operator, value: operand };
  };

  const condition = walk(source, '', 0);
  return mistakes.length > 0 ? { mistakes } : { condition };
}

function factOf(value: unknown): Fact | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (Array.isArray(value)) return value.map(String);
  return undefined;
}

/** The facts that a condition reads; those of the conditions it names are theirs. */
export function factsIn(condition: Condition): string[] {
  if ('all' in condition) return condition.all.flatMap(factsIn);
  if ('any' in condition) return condition.any.flatMap(factsIn);
  if ('not' in condition) return factsIn(condition.not);
  return 'fact' in condition ? [condition.fact] : [];
}
