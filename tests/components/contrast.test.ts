import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** A look as its colours by name: what the elements have by themselves, then what the theme puts in their place. */
const styles =
  readFileSync('components/parts/styles.ts', 'utf8') +
  readFileSync('components/parts/thing-styles.ts', 'utf8');
const own = new Map(
  [...styles.matchAll(/var\(\s*--mq-color-([a-z-]+),\s*(#[0-9a-f]{6})\s*\)/g)].map(
    ([, name = '', colour = '']) => [name, colour],
  ),
);
const county = readFileSync('components/county/themes.ts', 'utf8');
const themes = [...county.matchAll(/:host\(\[theme='([a-z]+)'\]\) \{([^}]*)\}/g)].map(
  ([, theme = '', body = '']) => ({
    theme,
    colours: new Map([
      ...own,
      ...[...body.matchAll(/--mq-color-([a-z-]+): (#[0-9a-f]{6})/g)].map(
        ([, name = '', colour = '']): [string, string] => [name, colour],
      ),
    ]),
  }),
);

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const words: [string, string][] = [
  ['ink', 'paper'],
  ['ink', 'wash'],
  ['ink', 'tint'],
  ['soft', 'paper'],
  ['soft', 'wash'],
  ['main', 'paper'],
  ['main', 'wash'],
  ['main-ink', 'main'],
  ['alert', 'paper'],
  ['alert', 'wash'],
  ['good', 'paper'],
  ['good', 'wash'],
  ['shared-ink', 'shared'],
];
const shapes: [string, string][] = [
  ['field-line', 'paper'],
  ['focus', 'paper'],
  ['main', 'paper'],
];

test('there are four looks', () => {
  expect(['light', ...themes.map(({ theme }) => theme)].sort()).toEqual([
    'contrast',
    'dark',
    'light',
    'portal',
  ]);
});

describe.each([{ theme: 'light', colours: own }, ...themes])('$theme', ({ colours }) => {
  const between = ([one, other]: [string, string]) =>
    contrast(colours.get(one) ?? `no ${one}`, colours.get(other) ?? `no ${other}`);

  test.each(words)('words: %s on %s, 4.5 at least', (...pair) => {
    expect(between(pair)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(shapes)('shapes: %s on %s, 3 at least', (...pair) => {
    expect(between(pair)).toBeGreaterThanOrEqual(3);
  });
});
