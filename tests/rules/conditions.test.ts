import { describe, expect, test } from 'vitest';
import { compile } from '../../src/rules/compiled.ts';
import { parseCondition, type Condition } from '../../src/rules/condition.ts';
import { decide } from '../../src/rules/decide.ts';
import { becauseOf } from '../../src/rules/sentence.ts';
import type { Vocabulary } from '../../src/rules/vocabulary.ts';

const vocabulary: Vocabulary = {
  level: {
    label: { zh: '层级', en: 'level' },
    type: 'text',
    options: [
      { value: 'city', label: { zh: '市级', en: 'city' } },
      { value: 'county', label: { zh: '县级', en: 'county' } },
    ],
  },
  departments: { label: { zh: '涉及部门数', en: 'departments involved' }, type: 'number' },
  urgent: { label: { zh: '紧急', en: 'urgent' }, type: 'yes-no' },
};
const read = (source: unknown): Condition => {
  const result = parseCondition(source, vocabulary, ['often']);
  if ('mistakes' in result) throw new Error(JSON.stringify(result.mistakes));
  return result.condition;
};
const mistakes = (source: unknown) => {
  const result = parseCondition(source, vocabulary, ['often']);
  return 'mistakes' in result ? result.mistakes.map(({ code, pointer }) => [code, pointer]) : [];
};
const deep = (depth: number): unknown => (depth === 0 ? { urgent: true } : { not: deep(depth - 1) });

test.each([
  ['unknown-fact', { lebel: 'city' }, '/lebel'],
  ['unknown-operator', { departments: { atleast_: 2 } }, '/departments/atleast_'],
  ['unknown-operator', { fact: 'departments', operator: 'greaterThan', value: 2 }, '/operator'],
  ['wrong-operand', { departments: { below: 'many' } }, '/departments/below'],
  ['wrong-operand', { urgent: 'yes' }, '/urgent'],
  ['empty-condition', {}, ''],
  ['empty-condition', { all: [] }, '/all'],
  ['empty-condition', { any: [] }, '/any'],
  ['hostile-path', JSON.parse('{ "__proto__": 1 }'), '/__proto__'],
  ['hostile-path', { constructor: 1 }, '/constructor'],
  ['hostile-path', { fact: 'level', operator: 'equal', value: 1, path: '$.a[(1)]' }, '/path'],
  ['too-deep', deep(20), '/not'.repeat(13)],
  ['unknown-condition', { condition: 'offen' }, '/condition'],
  ['unknown-option', { level: ['city', 'contry'] }, '/level'],
])('%s is told at its place', (code, source, pointer) => {
  expect(mistakes(source)).toEqual([[code, pointer]]);
});

describe('reasons', () => {
  const facts = { level: 'city', departments: 3, urgent: null };
  const reasons = async (source: unknown, named: Record<string, Condition> = {}) => {
    const [decision] = await decide([{ id: 'r', condition: read(source) }], facts, named);
    return [decision?.fired, decision?.reasons.map((reason) => becauseOf(reason, vocabulary, 'en'))];
  };
  test('of a rule that fired, what made it fire', async () => {
    expect(await reasons({ any: [{ departments: { atLeast: 2 } }, { urgent: true }] })).toEqual([
      true,
      ['departments involved 3 ≥ 2'],
    ]);
    expect(await reasons({ condition: 'often' }, { often: read({ level: 'city' }) })).toEqual([
      true,
      ['level city'],
    ]);
  });
  test('of one that did not, what was read', async () => {
    expect(await reasons({ level: 'city', urgent: true })).toEqual([
      false,
      ['level city', 'urgent none = yes'],
    ]);
  });
  test('of one that fired because something is not so, what is not so', async () => {
    expect(await reasons({ not: { level: 'county' } })).toEqual([true, ['level city ≠ county']]);
    expect(await reasons({ not: { departments: { below: 2 } } })).toEqual([
      true,
      ['departments involved 3 ≥ 2'],
    ]);
    expect(await reasons({ not: { not: { level: 'city' } } })).toEqual([true, ['level city']]);
  });
  test('in Chinese', () => {
    const reason = { fact: 'departments', operator: 'atLeast', expected: 2, value: 3, met: true };
    expect(becauseOf(reason, vocabulary, 'zh')).toBe('涉及部门数 3 ≥ 2');
  });
});

test('rules come by priority, then position', async () => {
  const rules = [0, 5, 5].map((priority, index) => ({
    id: `r${index}`,
    condition: read({ urgent: true }),
    priority,
  }));
  expect((await decide(rules, {})).map(({ rule }) => rule)).toEqual(['r1', 'r2', 'r0']);
});

test('a fact of the prototype is no fact', () => {
  expect(compile({ fact: 'toString', operator: 'equal', value: null })({})).toBe(true);
});
