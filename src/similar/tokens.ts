/** A Chinese character or a whole word of another script, folded, and where it stands (UTF-16, `to` exclusive). */
export interface Token {
  word: string;
  from: number;
  to: number;
}

const letter = /[\p{L}\p{N}]/u;
const mark = /\p{M}/u;
const ideograph = /\p{Script=Han}/u;
const space = /[^\S\n\r]/;

/** The tokens of a text in runs: a phrase does not go across punctuation or a line's end, but does across blanks. */
export function runsOf(text: string): Token[][] {
  const runs: Token[][] = [];
  let run: Token[] = [];
  let at = 0;
  // A word of letters goes on while no blank and no ideograph comes between.
  let open: Token | null = null;
  for (const character of text) {
    const from = at;
    at += character.length;
    // Folded one by one, so that places stay those of the text as it was written.
    const word = character.normalize('NFKC').toLowerCase();
    if (ideograph.test(word)) {
      run.push({ word, from, to: at });
      open = null;
    } else if (letter.test(word) || (open && mark.test(word))) {
      if (open) {
        open.word += word;
        open.to = at;
      } else run.push((open = { word, from, to: at }));
    } else {
      open = null;
      if (space.test(character) || run.length === 0) continue;
      runs.push(run);
      run = [];
    }
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
