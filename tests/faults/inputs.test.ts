import { expect, test } from 'vitest';
import { codeInConfigs, handMade, mutated } from './configs.ts';
import { missed } from './figures.ts';
import { formulas } from './formulas.ts';
import { damagedLogs } from './logs.ts';
import { fuzzed } from './requests.ts';
import { forgedTokens } from './tokens.ts';

/** A twentieth of what `npm run faults` tries. */
test('a config with mistakes is refused with their places, and none crashes or hangs the check', async () => {
  expect(missed(await mutated(500))).toEqual([]);
  expect(missed(await handMade(20))).toEqual([]);
}, 240_000);

test('of the published strings that run code from a JSONPath none runs, with code from strings forbidden and without', () => {
  expect(missed(codeInConfigs(20))).toEqual([]);
}, 240_000);

test('of more than forty forged and stale tokens a service that runs takes none', async () => {
  expect(missed(await forgedTokens())).toEqual([]);
}, 240_000);

test('whatever people, units and reports are called, nothing in a table that goes out is live', async () => {
  expect(missed(await formulas(25))).toEqual([]);
}, 240_000);

test('whatever is asked of the routes that are described, none answers 5xx or with a stack trace, and nothing grows', async () => {
  expect(missed(await fuzzed(5_000))).toEqual([]);
}, 240_000);

test('what is edited, deleted, reordered or cut off in the log behind its back is found', async () => {
  expect(missed(await damagedLogs(50))).toEqual([]);
}, 240_000);
