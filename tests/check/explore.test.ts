import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkConfig } from '../../src/check/check.ts';

const base = (name: string) => readFileSync(new URL(`../../configs/${name}.json`, import.meta.url), 'utf8');
const check = (config: object) =>
  checkConfig(
    'x.json',
    JSON.stringify({ extends: 'base', id: 'x', name: 'x', ...config }),
    base,
  ).mistakes.map(({ code, pointer, saying }) => ({ code, pointer, ...saying }));
const told = (config: object) => check(config).map(({ code, pointer }) => [code, pointer]);

const review = (id: string, actions: object, more: object = {}) => ({
  id,
  label: id,
  kind: 'review',
  by: ['checker'],
  actions,
  ...more,
});
/** Another stage between the first check and the second review, or several. */
const between = (...stages: { id: string }[]) => ({
  flows: {
    report: { stages: [...stages, { id: 'initial-check', actions: { pass: { to: stages[0]?.id } } }] },
  },
});

/** Stages in a line that the clock passes on, each one way or another. */
const line = (last: string) =>
  Array.from({ length: 60 }, (_, at) =>
    review(
      `s${at}`,
      {
        pass: {
          label: 'p',
          to: at < 58 ? [{ if: 'policy-heavy', to: `s${at + 2}` }, { to: `s${at + 1}` }] : last,
        },
        reserve: { label: 'r', to: 'reserved' },
      },
      { due: { workingDays: 1 }, overdue: [{ workingDays: 1, do: 'pass' }] },
    ),
  );

test('sixty stages that the clock passes on one way or another are looked through, and so is a way back', () => {
  expect(told(between(...line('sign-off')))).toEqual([]);
  const loops = check(between(...line('s0')));
  expect(loops.map(({ code }) => code)).toEqual(['endless-loop']);
  expect(loops[0]?.en).toContain('s0 → s2 → s4');
}, 10_000);

const withoutMerged = {
  id: 'initial-check',
  actions: {
    'pass-on': null,
    merge: null,
    reserve: null,
    'not-use': null,
    withdraw: null,
    pass: { instead: null },
  },
};
const sentBack = (resumes: boolean) => ({
  always: [
    {
      id: 'z',
      on: 'report',
      name: 'sent back, reviewed again',
      after: { action: 'send-back' },
      comes: { stage: 'second-review' },
    },
  ],
  flows: {
    report: {
      stages: [
        {
          id: 'sign-off',
          actions: {
            'send-back': {
              label: 'Send back',
              form: 'comment',
              to: 'initial-check',
              ...(resumes ? { resumes } : {}),
            },
          },
        },
        withoutMerged,
        { id: 'revision', actions: { withdraw: null } },
        { id: 'merged', drop: true },
      ],
    },
  },
});

test('what is sent back and comes straight on to where it was is not taken for having passed the stages between', () => {
  expect(told(sentBack(false))).toEqual([]);
  const found = check(sentBack(true));
  expect(found).toMatchObject([{ code: 'always-broken', pointer: '#/always/0' }]);
  expect(found[0]?.zh).toContain('—Send back→ 初核 —初核通过→ 审签');
});

test('a way back to the stage before is gone, and on from there', () => {
  const rated = (to: string | null) => ({
    flows: {
      handling: {
        stages: [
          { id: 'checking', actions: { close: { label: '办结', to: 'archived' } } },
          ...(to ? [{ id: 'satisfaction', actions: { 'send-back': { label: '退', to } } }] : []),
        ],
      },
    },
  });
  expect(told(rated(null))).toEqual([]);
  for (const to of ['before', 'earlier', 'any']) {
    const found = check(rated(to));
    expect(found).toMatchObject([{ code: 'always-broken' }]);
    expect(found[0]?.zh).toContain('—退→ 核对答复 —办结→ 已归档');
  }
});

test('where it came from alone is before it: what no way leads past is not', () => {
  // From the sign-off back to the second review at most, never to what is only compiled after it.
  const back = (to: string) =>
    told({
      flows: {
        report: {
          stages: [{ id: 'sign-off', actions: { 'send-back': { label: '退', form: 'comment', to } } }],
        },
      },
    });
  expect(back('before')).toEqual([]);
  expect(back('earlier')).toEqual([]);
  // Nobody signed what jumps from the first check to the compiling.
  expect(
    told({
      flows: { report: { stages: [{ id: 'initial-check', actions: { pass: { to: 'to-compile' } } }] } },
    }),
  ).toContainEqual(['never-broken', '#/never/0']);
});
