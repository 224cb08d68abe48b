import { latinSmall } from './query.ts';

/** The last letter there is: what comes after a letter comes before this. */
const LAST = '\u{10FFFF}';
/** So many pairs find what is sought; the title itself is compared in the end. */
const ENOUGH = 6;

/** By what a title is found: each of its letters with the one after it, and the last one alone. */
export function gramsOf(title: string): string[] {
  const letters = [...latinSmall(title)];
  return [...new Set(letters.map((letter, at) => letter + (letters[at + 1] ?? '')))];
}

/** The grams, each from one to another, that a title has in which some words stand. */
export function gramsSought(words: string): [from: string, to: string][] {
  const grams = gramsOf(words);
  const [only] = grams;
  if (only === undefined) return [];
  // A single letter is found by what follows it; of more, the last one alone would have to end the title.
  if (grams.length === 1) return [[only, only + LAST]];
  return grams
    .slice(0, -1)
    .slice(0, ENOUGH)
    .map((pair) => [pair, pair]);
}
