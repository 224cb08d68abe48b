import { html, type TemplateResult } from 'lit';

/** A run of text that stays, goes or comes. */
export interface Run {
  is: 'same' | 'gone' | 'new';
  text: string;
}
/** So many comparisons are made at once; longer texts are compared sentence by sentence. */
const MOST = 4_000_000;
/** A shorter run between two changes is told as changed: single characters that happen to be alike say nothing. */
const SHORT = 2;

const words = (text: string): string[] => text.match(/[A-Za-z0-9]+|[\s\S]/gu) ?? [];
const sentences = (text: string): string[] => text.match(/[^。!?;\n]*[。!?;\n]|[^。!?;\n]+$/gu) ?? [];

/** What became of a text: character by character in Chinese, word by word in Latin letters. */
export function difference(was: string, now: string): Run[] {
  const [a, b] = [words(was), words(now)];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const [from, to] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const middle =
    from.length * to.length <= MOST
      ? compared(from, to)
      : compared(sentences(from.join('')), sentences(to.join('')));
  return joined([
    { is: 'same', text: a.slice(0, head).join('') },
    ...calmed(middle),
    { is: 'same', text: a.slice(a.length - tail).join('') },
  ]);
}

/** By the longest common subsequence. */
function compared(a: readonly string[], b: readonly string[]): Run[] {
  const wide = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * wide);
  const at = (i: number, j: number) => longest[i * wide + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * wide + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const runs: Run[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [gone, come] = [a[i], b[j]];
    if (gone !== undefined && gone === come) {
      runs.push({ is: 'same', text: gone });
      i += 1;
      j += 1;
    } else if (gone !== undefined && (come === undefined || at(i + 1, j) >= at(i, j + 1))) {
      runs.push({ is: 'gone', text: gone });
      i += 1;
    } else {
      runs.push({ is: 'new', text: come ?? '' });
      j += 1;
    }
  }
  return joined(runs);
}

/** Short runs between changes go with them. */
function calmed(runs: readonly Run[]): Run[] {
  return runs.flatMap((run, index): Run[] => {
    const between = index > 0 && index < runs.length - 1;
    if (run.is !== 'same' || !between || [...run.text].length >= SHORT) return [run];
    return [
      { is: 'gone', text: run.text },
      { is: 'new', text: run.text },
    ];
  });
}

/** Runs of a kind as one, and of a change what goes before what comes. */
function joined(runs: readonly Run[]): Run[] {
  const all: Run[] = [];
  let gone = '';
  let come = '';
  const settle = () => {
    if (gone) all.push({ is: 'gone', text: gone });
    if (come) all.push({ is: 'new', text: come });
    gone = come = '';
  };
  for (const { is, text } of runs) {
    if (text === '') continue;
    if (is === 'gone') gone += text;
    else if (is === 'new') come += text;
    else {
      settle();
      const last = all.at(-1);
      if (last?.is === 'same') last.text += text;
      else all.push({ is, text });
    }
  }
  settle();
  return all;
}

/** A changed text with what went struck out and what came underlined. */
export function differenceTemplate(was: string, now: string): TemplateResult {
  return html`<p class="difference">
    ${difference(was, now).map(({ is, text }) =>
      is === 'gone' ? html`<del>${text}</del>` : is === 'new' ? html`<ins>${text}</ins>` : text,
    )}
  </p>`;
}
