import { readFileSync } from 'node:fs';
import { checkConfig } from '../../src/check/check.ts';
import { mistakeLine } from '../../src/check/mistake.ts';
import { createDesk, type DeskParts } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';

const read = (name: string) => readFileSync(new URL(`../../configs/${name}.json`, import.meta.url), 'utf8');

/** A county of configs/ whose texts, its own and its base's, were changed, as another version of it. */
export function changedCounty(name: string, version: string, change: (text: string, of: string) => string) {
  const base = (of: string) => change(read(of), of);
  const { mistakes, county, config } = checkConfig(`${name}.json`, base(name), base);
  if (!county || !config) throw new Error(mistakes.map((mistake) => mistakeLine(mistake, 'en')).join('\n'));
  return { county: { ...county, version }, config };
}

/** The base's text with its flows changed as objects. */
export function withFlow(
  of: string,
  text: string,
  kind: string,
  change: (stages: { id: string; [key: string]: unknown }[]) => void,
): string {
  if (of !== 'base') return text;
  const config = JSON.parse(text);
  change(config.flows[kind].stages);
  return JSON.stringify(config);
}

type Changed = ReturnType<typeof changedCounty>;

/** The same office once another version is in force. */
export function deskUnder(
  { county, config }: Changed,
  before: Pick<DeskParts, 'county' | 'directory' | 'store'>,
  underWay?: DeskParts['underWay'],
) {
  let salts = 0;
  return createDesk({
    county,
    earlier: [before.county],
    directory: before.directory,
    store: before.store,
    scoring: methodScoring(config, before.directory),
    newSalt: () => `later-${(salts += 1)}`,
    ...(underWay ? { underWay } : {}),
  });
}
