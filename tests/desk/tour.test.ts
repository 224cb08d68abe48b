import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { countyOf } from '../county.ts';
import { tourOf } from './tour.ts';

const names = readdirSync(new URL('../../configs/', import.meta.url)).flatMap((file) =>
  file.endsWith('.json') && !file.endsWith('.schema.json') ? [file.slice(0, -5)] : [],
);
/** What the tour reads of a config; where two say the same, one tour is both's. */
const saidBy = (name: string) => {
  const { flows, forms, rules, posts, access, fallback } = countyOf(name).config;
  return JSON.stringify({ flows, forms, rules, posts, access, fallback });
};
const tours = new Map<string, string[]>();
for (const name of names) tours.set(saidBy(name), [...(tours.get(saidBy(name)) ?? []), name]);

test.each([...tours.values()].map((same) => [same.join(', '), same[0] ?? '']))(
  'in %s every post takes every action that the config gives it, at every stage',
  async (_, name) => {
    const { missed, due } = await tourOf(name);
    expect(missed).toEqual([]);
    expect(due.length).toBeGreaterThan(300);
  },
  120_000,
);
