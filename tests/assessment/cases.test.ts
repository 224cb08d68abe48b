import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { failingCases, isCase } from '../../src/assessment/cases.ts';
import { checkConfig } from '../../src/check/check.ts';
import { readDirectory } from '../../src/cli/records.ts';

function scheme(name: string) {
  const text = readFileSync(new URL(`../../configs/schemes/${name}.json`, import.meta.url), 'utf8');
  const { config } = checkConfig(`${name}.json`, text, () => null);
  const cases: object[] = config?.cases ?? [];
  return { method: config?.method ?? {}, directory: readDirectory(config?.directory), cases };
}

test.each(['t2', 't3'])('the published scheme %s comes to its own cases', (name) => {
  const { method, directory, cases } = scheme(name);
  expect(cases.length).toBeGreaterThan(0);
  expect(cases.every(isCase)).toBe(true);
  expect(failingCases(method, directory, cases.filter(isCase))).toEqual([]);
});

test('a case that does not come out says what came instead', () => {
  const { method, directory, cases } = scheme('t3');
  const wrong = cases
    .filter(isCase)
    .slice(0, 1)
    .map((one) => ({ ...one, name: 'wrong', expect: { greening: '4', stranger: 0 } }));
  expect(failingCases(method, directory, wrong)).toEqual([
    { case: 'wrong', subject: 'greening', expected: '4', got: '3' },
    { case: 'wrong', subject: 'stranger', expected: '0', got: null },
  ]);
});
