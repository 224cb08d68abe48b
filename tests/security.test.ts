import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('every row of SECURITY.md names a test that is there', () => {
  const rows = [...read('../SECURITY.md').matchAll(/^\| ([\d., –]+) \| [^|]+ \| `([^`]+)`: (.+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(25);
  const missing = rows.filter(([, , file = '', name = '']) => !read(`./${file}`).includes(`'${name}'`));
  expect(missing.map(([, row, file, name]) => [row, file, name])).toEqual([]);
});
