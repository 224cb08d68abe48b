import { expect, test } from 'vitest';
import { codeInConfigs, handMade, mutated } from './configs.ts';
import { missed } from './figures.ts';

/** A twentieth of what `npm run faults` tries. */
test('a config with mistakes is refused with their places, and none crashes or hangs the check', async () => {
  expect(missed(await mutated(500))).toEqual([]);
  expect(missed(await handMade(20))).toEqual([]);
}, 240_000);

test('of the published strings that run code from a JSONPath none runs, with code from strings forbidden and without', () => {
  expect(missed(codeInConfigs(20))).toEqual([]);
}, 240_000);
