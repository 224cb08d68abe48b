import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkCommand } from '../../src/cli/check.ts';
import { run } from './run.ts';

const at = (name: string) => fileURLToPath(new URL(`../../configs/${name}`, import.meta.url));

test('configs/*.json may be checked as they lie there: the schema among them is left out', async () => {
  const { code, out, err } = await run(checkCommand, [
    at('county.schema.json'),
    at('huantai.json'),
    '--lang',
    'en',
  ]);
  expect({ code, out }).toEqual({ code: 0, out: '' });
  expect(err).toContain('county.schema.json is a JSON schema, not a config');
});
