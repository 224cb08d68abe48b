import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkConfig } from '../../src/check/check.ts';
import { mistakeCodes, mistakeLine } from '../../src/check/mistake.ts';

const folder = new URL('../fixtures/invalid-configs/', import.meta.url);
const read = (path: string | URL) => readFileSync(path, 'utf8');
const base = (name: string) =>
  name === 'base' ? read(new URL('../../configs/base.json', import.meta.url)) : null;
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
const check = (name: string) =>
  checkConfig(`${name}.json`, read(new URL(`${name}.json`, folder)), base).mistakes;

// Each config has one defect; the text beside it is what an admin reads, in Chinese and in English.
test.each(names)('%s', async (name) => {
  const lines = check(name).flatMap((mistake) => [mistakeLine(mistake, 'zh'), mistakeLine(mistake, 'en')]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(new URL(`${name}.txt`, folder).pathname);
  expect(check(name).every((mistake) => name.startsWith(mistake.code))).toBe(true);
  expect(check(name)).toHaveLength(1);
});

test('there are at least forty, and two for each mistake that the check can name', () => {
  expect(names.length).toBeGreaterThanOrEqual(40);
  const found = names.flatMap((name) => check(name).map((mistake) => mistake.code));
  expect(mistakeCodes.filter((code) => found.filter((one) => one === code).length < 2)).toEqual([]);
});
