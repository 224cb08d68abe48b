import type { SharedPhrase } from '../model/similar.ts';
import { GRAM, gramsOf, type Text } from './grams.ts';
import type { Token } from './tokens.ts';

/** A phrase that a text repeats without end is looked for at so many places, not at all of them. */
const PLACES = 32;

/** The phrases that two texts have in common, each as long as it goes on, in the order of the first text. */
export function sharedPhrases(here: Text, there: Text): SharedPhrase[] {
  const places = placesOf(there);
  return here.runs.flatMap((run) => {
    const phrases: SharedPhrase[] = [];
    const grams = gramsOf(run);
    for (let at = 0; at < grams.length;) {
      const found = longest(run, at, places.get(grams[at] ?? 0) ?? []);
      if (found)
        phrases.push({
          here: range(run, at, found.length),
          there: range(found.run, found.at, found.length),
        });
      at += found?.length ?? 1;
    }
    return phrases;
  });
}

interface Place {
  run: readonly Token[];
  at: number;
}

function placesOf({ runs }: Text): Map<number, Place[]> {
  const places = new Map<number, Place[]>();
  for (const run of runs)
    gramsOf(run).forEach((gram, at) => {
      const known = places.get(gram);
      if (!known) places.set(gram, [{ run, at }]);
      else if (known.length < PLACES) known.push({ run, at });
    });
  return places;
}

/** Two rows can come to one number, so that what is shown is compared word by word. */
function longest(run: readonly Token[], at: number, places: readonly Place[]) {
  let best: (Place & { length: number }) | null = null;
  for (const place of places) {
    let length = 0;
    while (at + length < run.length && run[at + length]?.word === place.run[place.at + length]?.word)
      length += 1;
    if (length >= GRAM && length > (best?.length ?? 0)) best = { ...place, length };
  }
  return best;
}

function range(run: readonly Token[], at: number, length: number): [number, number] {
  return [run[at]?.from ?? 0, run[at + length - 1]?.to ?? 0];
}
