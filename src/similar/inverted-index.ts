import type { Weight } from './score.ts';

/** Which texts have which grams. A question goes to its own grams' lists alone, however many texts there are. */
export interface InvertedIndex {
  /** Takes a text in, or in its new wording. */
  put: (id: string, grams: ReadonlySet<string>) => void;
  /** Forgets a text and every gram that it alone had. */
  drop: (id: string) => void;
  weight: Weight;
  /** Those that share most, the most likely first: to be looked at one by one. */
  nearest: (grams: ReadonlySet<string>, limit: number) => string[];
  readonly size: number;
  /** Steps along lists that the last question took. */
  readonly steps: number;
}

interface Entry {
  id: string;
  grams: Gram[];
}
interface Gram {
  word: string;
  in: Entry[];
}

/** So many steps answer any question: the rarest grams are asked first, and what every report says comes last. */
const STEPS = 100_000;

/** As if there were so many texts more: the first few reports of a county would else make all that they share common. */
const AT_FIRST = 20;

export function invertedIndex(): InvertedIndex {
  const grams = new Map<string, Gram>();
  const entries = new Map<string, Entry>();
  let steps = 0;
  const weigh = (count: number) => Math.log(1 + (entries.size + AT_FIRST) / Math.max(1, count));

  function drop(id: string): void {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    for (const gram of entry.grams) {
      gram.in.splice(gram.in.indexOf(entry), 1);
      if (gram.in.length === 0) grams.delete(gram.word);
    }
  }

  return {
    drop,
    put(id, words) {
      drop(id);
      if (words.size === 0) return;
      const entry: Entry = { id, grams: [] };
      entries.set(id, entry);
      for (const word of words) {
        const gram = grams.get(word) ?? { word, in: [] };
        grams.set(word, gram);
        gram.in.push(entry);
        entry.grams.push(gram);
      }
    },
    weight: (word) => weigh(grams.get(word)?.in.length ?? 0),
    nearest(words, limit) {
      const known = [...words].flatMap((word) => grams.get(word) ?? []);
      const shared = new Map<Entry, number>();
      steps = 0;
      for (const gram of known.sort((a, b) => a.in.length - b.in.length)) {
        if (steps > 0 && steps + gram.in.length > STEPS) break;
        steps += gram.in.length;
        const weight = weigh(gram.in.length);
        for (const entry of gram.in) shared.set(entry, (shared.get(entry) ?? 0) + weight);
      }
      return [...shared]
        .sort(([a, inA], [b, inB]) => inB - inA || a.grams.length - b.grams.length)
        .slice(0, limit)
        .map(([{ id }]) => id);
    },
    get size() {
      return entries.size;
    },
    get steps() {
      return steps;
    },
  };
}
