import type { StopList } from './stop-list.ts';
import { runsOf, type Token } from './tokens.ts';

/** Two characters are in every text; three in a row begin to say what it is about. */
export const GRAM = 3;

/** A text as it is compared: its runs without stop phrases, and what each run has in rows of three. */
export interface Text {
  runs: Token[][];
  grams: ReadonlySet<string>;
}

/** The row of tokens that begins here. Words are kept apart, so that `ab c` is not `a bc`. */
export function gramAt(run: readonly Token[], at: number): string {
  let gram = '';
  for (let n = at; n < at + GRAM; n += 1) gram += `${run[n]?.word ?? ''} `;
  return gram;
}

export function readText(text: string, stop: StopList): Text {
  const runs = stop(runsOf(text));
  const grams = new Set<string>();
  for (const run of runs) for (let at = 0; at + GRAM <= run.length; at += 1) grams.add(gramAt(run, at));
  return { runs, grams };
}
