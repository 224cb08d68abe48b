import { expect, test } from 'vitest';
import { labelsCommand } from '../../src/cli/labels.ts';
import { run } from './run.ts';

test('every label of the page is listed by its key with its words in both languages', async () => {
  const { out } = await run(labelsCommand, []);
  expect(out).toMatch(/^formTitle +反映社情民意 +\S/m);
  expect(out.trim().split('\n').length).toBeGreaterThan(300);
});
