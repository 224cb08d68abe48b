import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkConfig } from '../../src/check/check.ts';

const base = (name: string) => readFileSync(new URL(`../../configs/${name}.json`, import.meta.url), 'utf8');
const check = (config: object) =>
  checkConfig('x.json', JSON.stringify({ extends: 'base', id: 'x', name: 'x', ...config }), base).mistakes;
const told = (config: object) => check(config).map(({ code, pointer }) => `${code} ${pointer}`);
const rule = (when: object, id = 'r', on = 'report') => ({ id, on, name: id, when });

test.each([
  ['a whole number between two next to each other', { 'departments.count': { above: 3, below: 4 } }],
  ['a count below nothing', { round: { below: 0 } }],
  ['a value and its negation', { politics: ['heavy'], not: { politics: 'heavy' } }],
  [
    'what either of two denies',
    { all: [{ politics: 'heavy' }, { any: [{ politics: 'none' }, { politics: 'some' }] }] },
  ],
  [
    'no value at all of a closed list',
    { not: { any: [{ politics: ['none', 'some', 'heavy'] }, { politics: null }] } },
  ],
  [
    'a list with and without the same',
    { departments: 'transport', not: { departments: ['transport', 'market'] } },
  ],
])('%s never holds', (_what, when) => {
  const own = { organisations: ['transport', 'market'].map((id) => ({ id, name: id, kind: 'department' })) };
  expect(told({ ...own, rules: [rule(when)] })).toEqual(['never-holds #/rules/0/when']);
});

test.each([
  ['a number between two further apart', { 'departments.count': { above: 3, below: 5 } }],
  ['no count at all', { round: { atMost: 0 } }],
  ['one value without another', { politics: ['heavy', 'some'], not: { politics: 'heavy' } }],
  ['what was never filled in', { not: { politics: ['none', 'some', 'heavy'] } }],
])('%s can hold', (_what, when) => {
  expect(told({ rules: [rule(when)] })).toEqual([]);
});

test('a level at which nothing can be recorded is none of its options', () => {
  expect(told({ rules: [rule({ 'instruction-levels': { contains: 'moon' } })] })).toEqual([
    'unknown-option #/rules/0/when/instruction-levels/contains',
  ]);
  expect(told({ rules: [rule({ 'instruction-levels': { contains: 'city' } })] })).toEqual([]);
});

const passing = (pass: object, ...rules: object[]) => ({
  rules,
  flows: {
    report: {
      stages: [
        { id: 'second-review', actions: { pass } },
        { id: 'initial-check', actions: { pass: { instead: null } } },
      ],
    },
  },
});
const at = '#/flows/report/stages/0/actions/pass';
const [heavy, serious] = [
  rule({ politics: 'heavy' }, 'heavy'),
  rule({ politics: ['heavy', 'some'] }, 'serious'),
];

test('what follows a goal without a condition is never come to', () => {
  const found = check(passing({ to: [{ to: 'sign-off' }, { if: 'heavy', to: 'reserved' }] }, heavy));
  expect(found).toMatchObject([{ code: 'never-holds', pointer: `${at}/to/1` }]);
  expect(found[0]?.saying.en).toContain('"sign-off"');
});

test('a goal whose rule an earlier one takes in is never come to, the other way round it is', () => {
  const goals = (...ids: string[]) => [...ids.map((id) => ({ if: id, to: 'reserved' })), { to: 'sign-off' }];
  expect(told(passing({ to: goals('serious', 'heavy') }, heavy, serious))).toEqual([
    `never-holds ${at}/to/1/if`,
  ]);
  expect(told(passing({ to: goals('heavy', 'serious') }, heavy, serious))).toEqual([]);
});

test('an action is offered only where its rule holds without the other', () => {
  const acts = (rules: object) =>
    told({
      rules: [heavy, serious],
      flows: {
        report: {
          stages: [{ id: 'second-review', actions: { check: { label: 'x', ...rules, to: 'sign-off' } } }],
        },
      },
    });
  const here = '#/flows/report/stages/0/actions/check';
  expect(acts({ if: 'heavy', unless: 'serious' })).toEqual([`never-holds ${here}/unless`]);
  expect(acts({ if: 'serious', unless: 'heavy' })).toEqual([]);
});

test('a goal that contradicts what the action is offered for is told, unless the act itself can change that', () => {
  const none = rule({ politics: 'none' }, 'none');
  const acts = (form: object) =>
    told({
      rules: [heavy, none],
      flows: {
        report: {
          stages: [
            {
              id: 'second-review',
              actions: {
                check: {
                  label: 'x',
                  if: 'heavy',
                  to: [{ if: 'none', to: 'reserved' }, { to: 'sign-off' }],
                  ...form,
                },
              },
            },
          ],
        },
      },
    });
  expect(acts({})).toEqual(['never-holds #/flows/report/stages/0/actions/check/to/0/if']);
  expect(acts({ form: 'initial-check' })).toEqual([]);
});
