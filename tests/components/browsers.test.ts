import { readdirSync, readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';

/** As the build names them, whose config is no module for tests. */
const build = readFileSync('rollup.config.mjs', 'utf8');
const browsers = [...(/browsers = \[([^\]]+)\]/.exec(build)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(
  ([, name = '']) => name,
);
const files = readdirSync('components', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);
const styles = files.flatMap((file) =>
  [...readFileSync(`components/${file}`, 'utf8').matchAll(/css`([^`]*)`/g)].map(
    ([, style = '']): [string, string] => [file, style],
  ),
);
const as = async (style: string, target: string | string[]) =>
  (await transform(style, { loader: 'css', target, logLevel: 'silent' })).code;

test('no style needs more than browsers of three years ago have; a newer one would be seen', async () => {
  expect(browsers.length).toBeGreaterThan(3);
  expect(styles.length).toBeGreaterThan(10);
  const newer = [];
  for (const [file, style] of styles)
    if ((await as(style, browsers)) !== (await as(style, 'esnext'))) newer.push(file);
  expect(newer).toEqual([]);
  const nested = 'a { & > b { color: color-mix(in oklch, red, blue); inset: 0 } }';
  expect(await as(nested, ['chrome100'])).not.toBe(await as(nested, 'esnext'));
});
