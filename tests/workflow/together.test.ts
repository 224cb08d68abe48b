import { expect, test } from 'vitest';
import type { Together } from '../../src/county/county.ts';
import type { Vote } from '../../src/model/thing.ts';
import { mayVote, outcomeOf } from '../../src/workflow/together.ts';

const of = ['a', 'b', 'c'];
const rule = (need: Together['need'], more: Partial<Together> = {}): Together => ({
  of,
  each: 'post',
  need,
  weights: new Map(),
  veto: [],
  action: 'pass',
  ...more,
});
const signers = of.map((one) => ({ of: one, posts: [one] }));
const votes = (words: string): Vote[] =>
  [...words].flatMap((sign, at) =>
    sign === '.'
      ? []
      : [{ of: of[at] ?? '', is: sign === '+' ? 'for' : sign === '-' ? 'against' : 'abstain', by: 'x' }],
  );
const come = (one: Together, words: string) => outcomeOf(one, signers, votes(words));

test('或签 any: the first yes decides, and only all noes are a no', () => {
  expect(['...', '-..', '-+.', '---'].map((words) => come(rule('any'), words))).toEqual([
    'open',
    'open',
    'reached',
    'failed',
  ]);
});

test('会签 all: everybody signs or abstains, one no ends it', () => {
  expect(['++.', '+++', '++0', '+-.', '000'].map((words) => come(rule('all'), words))).toEqual([
    'open',
    'reached',
    'reached',
    'failed',
    'failed',
  ]);
});

test('顺序会签 in order: one after the other', () => {
  const next = (one: Together) => mayVote(one, signers, votes('+..')).map(({ of }) => of);
  expect(next(rule('in-order'))).toEqual(['b']);
  expect(next(rule('all'))).toEqual(['b', 'c']);
});

test('quorum: two of three, as soon as it is certain', () => {
  expect(['+..', '+.+', '--.', '-+.'].map((words) => come(rule(2), words))).toEqual([
    'open',
    'reached',
    'failed',
    'open',
  ]);
});

test('票签 weighted vote: two thirds of the weights, abstentions left out, a veto decides', () => {
  const weighed = rule({ above: 2, below: 3 }, { weights: new Map([['a', 3]]) });
  // 3 + 1 + 1: four of five are enough, three are not.
  expect(['+..', '++.', '-..', '+0-'].map((words) => come(weighed, words))).toEqual([
    'open',
    'reached',
    'failed',
    'reached',
  ]);
  expect(come({ ...weighed, veto: ['c'] }, '++-')).toBe('failed');
});
