import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact, Facts } from '../../src/model/fact.ts';
import { compile } from '../../src/rules/compiled.ts';
import type { Condition } from '../../src/rules/condition.ts';
import { parseCondition } from '../../src/rules/condition.ts';
import { decide } from '../../src/rules/decide.ts';
import { isOperator, operators, type OperatorName } from '../../src/rules/operators.ts';

const names = ['a', 'b', 'c'];
const word = fc.constantFrom('x', 'y', '1', '2', '0.1');
const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.constantFrom<Fact>(null, Number.NaN, true, false, 0, 1, 2, 0.1, 0.3),
  word,
  fc.array(word, { maxLength: 3 }),
);
const facts: fc.Arbitrary<Facts> = fc.record({ a: fact, b: fact, c: fact });
const operatorNames = Object.keys(operators).filter(isOperator);
const leaf: fc.Arbitrary<Condition> = fc.record({
  fact: fc.constantFrom(...names),
  operator: fc.constantFrom<OperatorName>(...operatorNames),
  value: fact,
});
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
    tie('condition').map((not) => ({ not })),
    fc.constant({ named: 'often' }),
  ),
}));

test('the engine and the compiled closures fire the same rules, and enough of them', async () => {
  let fired = 0;
  let cases = 0;
  const seen = new Set<string>();
  const note = (one: Condition): void => {
    if ('operator' in one) seen.add(one.operator);
    if ('not' in one) note(one.not);
    if ('all' in one) one.all.forEach(note);
    if ('any' in one) one.any.forEach(note);
  };
  await fc.assert(
    fc.asyncProperty(
      fc.array(condition, { minLength: 1, maxLength: 4 }),
      leaf,
      facts,
      async (conditions, often, given) => {
        const named = { often };
        const rules = conditions.map((one, index) => ({ id: `r${index}`, condition: one }));
        const decided = (await decide(rules, given, named)).filter((one) => one.fired).map((one) => one.rule);
        const compiled = rules.filter((rule) => compile(rule.condition, named)(given)).map((rule) => rule.id);
        expect(decided).toEqual(compiled);
        conditions.forEach(note);
        cases += 1;
        if (compiled.length > 0) fired += 1;
      },
    ),
    { numRuns: 2000 },
  );
  expect(fired / cases).toBeGreaterThan(0.2);
  expect([...seen].sort()).toEqual([...operatorNames].sort());
});

test('the short form says the same as the engine’s own', () => {
  const vocabulary = {
    level: { label: '层级', type: 'text' as const },
    count: { label: '数', type: 'number' as const },
    places: { label: '单位', type: 'list' as const },
  };
  const read = (source: unknown) => parseCondition(source, vocabulary);
  expect(read({ level: ['city'], count: { atLeast: 2 }, places: ['a'] })).toEqual(
    read({
      all: [
        { fact: 'level', operator: 'in', value: ['city'] },
        { fact: 'count', operator: 'atLeast', value: 2 },
        { fact: 'places', operator: 'overlaps', value: ['a'] },
      ],
    }),
  );
});

test('a missing value is neither below nor above, in no list, and only equals what is missing', () => {
  for (const missing of [null, Number.NaN])
    for (const name of operatorNames) {
      const expected = operators[name].takes === 'list' ? ['1'] : 1;
      expect([name, operators[name].holds(missing, expected)]).toEqual([name, name === 'not']);
    }
  expect(operators.equal.holds(null, null)).toBe(true);
});

test('decimals are compared as they are written', () => {
  expect(operators.equal.holds('0.30', 0.3)).toBe(true);
  expect(operators.atLeast.holds('10', '9.5')).toBe(true);
  expect(operators.below.holds('2026-03-01', '2026-10-01')).toBe(true);
});
