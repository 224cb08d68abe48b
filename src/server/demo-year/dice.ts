/** One of so many sides, from 0. */
export type Dice = (sides: number) => number;

/** Throws that look like chance and are the same for the same seed, so that the same year is told each time. */
export function diceOf(seed: number): Dice {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

/** One of a list that is never empty where a story is whole; `otherwise` where it is. */
export function oneOf<Item>(dice: Dice, items: readonly Item[], otherwise: Item): Item {
  return items[dice(Math.max(1, items.length))] ?? otherwise;
}
