import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countyOf } from '../county.ts';

const names = readdirSync(new URL('../../configs/', import.meta.url)).flatMap((name) =>
  name.endsWith('.json') && name !== 'county.schema.json' ? [name.replace('.json', '')] : [],
);

test.each(names)('configs/%s.json has no mistake', (name) => {
  expect(countyOf(name).county.id).toBe(name);
});
