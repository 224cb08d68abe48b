import type { SharedPhrase } from '../model/similar.ts';
import { GRAM, gramAt, type Text } from './grams.ts';
import type { Token } from './tokens.ts';

/** A phrase that a text repeats without end is looked for at so many places, not at all of them. */
const PLACES = 32;

/** The phrases that two texts have in common, each as long as it goes on, in the order of the first text. */
export function sharedPhrases(here: Text, there: Text): SharedPhrase[] {
  const places = placesOf(there);
  return here.runs.flatMap((run) => {
    const phrases: SharedPhrase[] = [];
    for (let at = 0; at + GRAM <= run.length;) {
      const [length, where] = longest(run, at, places.get(gramAt(run, at)) ?? []);
      if (where) phrases.push({ here: range(run, at, length), there: range(where.run, where.at, length) });
      at += Math.max(1, length);
    }
    return phrases;
  });
}

interface Place {
  run: readonly Token[];
  at: number;
}

function placesOf({ runs }: Text): Map<string, Place[]> {
  const places = new Map<string, Place[]>();
  for (const run of runs)
    for (let at = 0; at + GRAM <= run.length; at += 1) {
      const gram = gramAt(run, at);
      const known = places.get(gram);
      if (!known) places.set(gram, [{ run, at }]);
      else if (known.length < PLACES) known.push({ run, at });
    }
  return places;
}

function longest(run: readonly Token[], at: number, places: readonly Place[]): [number, Place | null] {
  let best: [number, Place | null] = [0, null];
  for (const place of places) {
    let length = GRAM;
    while (at + length < run.length && run[at + length]?.word === place.run[place.at + length]?.word)
      length += 1;
    if (length > best[0]) best = [length, place];
  }
  return best;
}

function range(run: readonly Token[], at: number, length: number): [number, number] {
  return [run[at]?.from ?? 0, run[at + length - 1]?.to ?? 0];
}
