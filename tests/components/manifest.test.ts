import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { elementsOf, manifestOf } from '../../scripts/manifest.mjs';

const elements = elementsOf(await manifestOf());
const folders = readdirSync('components', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('/index.ts'))
  .map((file) => dirname(file));

/** All that an element's page holds: its own file and whatever it imports of components/. */
function sourceOf(folder: string): string {
  const seen = new Map<string, string>();
  const read = (file: string): void => {
    if (seen.has(file)) return;
    const text = readFileSync(file, 'utf8');
    seen.set(file, text);
    for (const [line, from = '', later = ''] of text.matchAll(
      /^(?:import|export)[^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gms,
    )) {
      const next = join(dirname(file), from || later);
      if (!line.startsWith('import type') && next.startsWith('components/')) read(next);
    }
  };
  read(`components/${folder}/index.ts`);
  return [...seen.values()].join('\n');
}
const found = (text: string, pattern: RegExp) => [
  ...new Set([...text.matchAll(pattern)].map(([, name]) => name)),
];
const names = (all: { name: string }[]) => all.map(({ name }) => name).sort();

test('every element is in the manifest, with a sentence about what it is', () => {
  expect(elements.map(({ tag }) => tag)).toEqual(folders.map((folder) => `mq-${folder}`).sort());
  for (const { tag, description } of elements) expect(description, tag).toMatch(/\w.*\.$/s);
});

describe.each(elements)('$tag', (element) => {
  const source = sourceOf(element.tag.slice('mq-'.length));

  test('the parts it has are the parts that the manifest names', () => {
    expect(names(element.parts)).toEqual(found(source, /part="([a-z-]+)"/g).sort());
  });

  test('every property that a page can set says what it is', () => {
    const own = readFileSync(`components/${element.tag.slice(3)}/${element.tag.slice(3)}.ts`, 'utf8');
    const declared = found(own, /@property\([^)]*\) (\w+)/g);
    expect(names(element.properties)).toEqual(declared.sort());
  });

  test('the custom properties that colour it are those that the manifest names', () => {
    if (element.cssProperties.length === 0) return;
    const used = found(source, /var\(\s*(--mq-[a-z-]+)/g);
    expect(names(element.cssProperties)).toEqual(used.sort());
  });
});
