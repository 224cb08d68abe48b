import type { Weight } from './score.ts';

/** Which texts have which grams. A question goes to its own grams' lists alone, however many texts there are. */
export interface InvertedIndex {
  /** Takes a text in, or in its new wording. */
  put: (id: string, grams: ReadonlySet<number>) => void;
  /** Forgets a text and every gram that it alone had. */
  drop: (id: string) => void;
  weight: Weight;
  /** Those that share most, the most likely first: to be looked at one by one. */
  nearest: (grams: ReadonlySet<number>, limit: number) => string[];
  readonly size: number;
  /** Steps along lists that the last question took. */
  readonly steps: number;
}

interface Entry {
  id: string;
  grams: Int32Array;
}

/** So many steps answer any question: the rarest grams are asked first, and what every report says comes last. */
const STEPS = 100_000;

/** As if there were so many texts more: the first few reports of a county would else make all that they share common. */
const AT_FIRST = 20;

export function invertedIndex(): InvertedIndex {
  // Most grams stand in one text alone; those need no list.
  const lists = new Map<number, Entry | Entry[]>();
  const entries = new Map<string, Entry>();
  let steps = 0;
  const listOf = (gram: number): readonly Entry[] => {
    const list = lists.get(gram) ?? [];
    return Array.isArray(list) ? list : [list];
  };
  const weigh = (count: number) => Math.log(1 + (entries.size + AT_FIRST) / Math.max(1, count));

  function drop(id: string): void {
    const entry = entries.get(id);
    if (!entry) return;
    entries.delete(id);
    for (const gram of entry.grams) {
      const left = listOf(gram).filter((other) => other !== entry);
      const [only] = left;
      if (!only) lists.delete(gram);
      else lists.set(gram, left.length === 1 ? only : left);
    }
  }

  return {
    drop,
    put(id, grams) {
      drop(id);
      if (grams.size === 0) return;
      const entry: Entry = { id, grams: Int32Array.from(grams) };
      entries.set(id, entry);
      for (const gram of grams) {
        const list = lists.get(gram);
        if (Array.isArray(list)) list.push(entry);
        else lists.set(gram, list ? [list, entry] : entry);
      }
    },
    weight: (gram) => weigh(listOf(gram).length),
    nearest(grams, limit) {
      const known = [...grams].map(listOf).filter(({ length }) => length > 0);
      const shared = new Map<Entry, number>();
      steps = 0;
      for (const list of known.sort((a, b) => a.length - b.length)) {
        if (steps > 0 && steps + list.length > STEPS) break;
        steps += list.length;
        const weight = weigh(list.length);
        for (const entry of list) shared.set(entry, (shared.get(entry) ?? 0) + weight);
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
