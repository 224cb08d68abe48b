import type { StopList } from './stop-list.ts';
import { runsOf, type Token } from './tokens.ts';

/** Two characters are in every text; three in a row begin to say what it is about. */
export const GRAM = 3;

/** A text as it is compared: its runs without stop phrases, and what each run has in rows of three. */
export interface Text {
  runs: Token[][];
  grams: ReadonlySet<number>;
}

export function readText(text: string, stop: StopList): Text {
  const runs = stop(runsOf(text));
  const grams = new Set<number>();
  for (const run of runs) for (const gram of gramsOf(run)) grams.add(gram);
  return { runs, grams };
}

/** The row of tokens that begins at each place, as a number of 30 bits: a county has millions, and few are kept twice. */
export function gramsOf(run: readonly Token[]): number[] {
  const hashes = run.map(({ word }) => hashOf(word));
  return hashes.slice(GRAM - 1).map((last, at) => {
    let hash = 0;
    for (let n = at; n < at + GRAM - 1; n += 1) hash = mixed(hash ^ (hashes[n] ?? 0));
    return mixed(hash ^ last) >>> 2;
  });
}

/** FNV-1a. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193);
  return hash;
}

/** The finish of MurmurHash3, so that every bit of what goes in tells on every bit of what comes out. */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) + 0x9e3779b9;
}
