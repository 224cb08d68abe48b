import { readFileSync } from 'node:fs';
import { checkConfig } from '../src/check/check.ts';
import { mistakeLine } from '../src/check/mistake.ts';
import type { County } from '../src/county/county.ts';

const file = (name: string) => readFileSync(new URL(`../configs/${name}.json`, import.meta.url), 'utf8');

/** A county of configs/, checked and read; with organisations besides those that it names. */
export function countyOf(name: string, besides: { id: string; name: string; kind: string }[] = []) {
  const own = JSON.parse(file(name));
  const text =
    besides.length === 0
      ? file(name)
      : JSON.stringify({ ...own, organisations: [...(own.organisations ?? []), ...besides] });
  const { mistakes, county, config } = checkConfig(`${name}.json`, text, file);
  if (!county || !config) throw new Error(mistakes.map((mistake) => mistakeLine(mistake, 'en')).join('\n'));
  return { county: county satisfies County, config };
}
