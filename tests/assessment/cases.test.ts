import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failingCases } from '../../src/assessment/cases.ts';
import { checkConfig } from '../../src/check/check.ts';
import { mistakeLine } from '../../src/check/mistake.ts';

const folder = new URL('../../configs/schemes/', import.meta.url);
const schemes = readdirSync(folder).filter((name) => name.endsWith('.json'));
const scheme = (name: string) => checkConfig(name, readFileSync(new URL(name, folder), 'utf8'), () => null);

test.each(schemes)('the published scheme %s comes to its own cases', (name) => {
  const { config, mistakes } = scheme(name);
  expect(mistakes.map((mistake) => mistakeLine(mistake, 'zh'))).toEqual([]);
  // What is no method of scoring is walked at the desk: tests/desk/published-due.test.ts.
  if (config?.method) expect(config.cases?.length).toBeGreaterThan(0);
});

test('a case that does not come out says what came instead', () => {
  const { config } = scheme('t3.json');
  const directory = { organisations: [], people: [], ...config?.directory };
  const wrong = (config?.cases ?? []).slice(0, 1).map((one) => ({
    ...one,
    expect: { greening: { points: '4', rank: 2 }, stranger: 0 },
  }));
  expect(failingCases(config?.method ?? {}, directory, wrong)).toEqual([
    { case: 0, subject: 'greening', what: 'points', expected: '4', got: '3' },
    { case: 0, subject: 'greening', what: 'rank', expected: '2', got: '1' },
    { case: 0, subject: 'stranger', what: 'points', expected: '0', got: null },
  ]);
});
