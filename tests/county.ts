import { readFileSync } from 'node:fs';
import { checkConfig } from '../src/check/check.ts';
import { mistakeLine } from '../src/check/mistake.ts';
import type { County } from '../src/county/county.ts';

// From the root, where tests run, and what is bundled from them too.
const file = (name: string) =>
  readFileSync(name.startsWith('tests/') ? `${name}.json` : `configs/${name}.json`, 'utf8');

type Organisation = { id: string; name: string; kind: string };

/** A county of configs/ or of a path from tests/, with what it says besides and organisations beside those that it names, checked and read. */
export function countyOf(name: string, more: object = {}, besides: Organisation[] = []) {
  const own = { ...JSON.parse(file(name)), ...more };
  const text = JSON.stringify({ ...own, organisations: [...(own.organisations ?? []), ...besides] });
  const { mistakes, county, config } = checkConfig(`${name}.json`, text, file);
  if (!county || !config) throw new Error(mistakes.map((mistake) => mistakeLine(mistake, 'en')).join('\n'));
  return { county: county satisfies County, config };
}
