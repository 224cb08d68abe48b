import { html, type TemplateResult } from 'lit';

/** So much of the words around a phrase is shown. */
const AROUND = 14;

/** The passages of a text that hold these ranges, each range marked and the long rest left out. */
export function markedPassages(text: string, ranges: readonly [number, number][]): TemplateResult {
  const marks = joined(ranges);
  const parts = marks.map(([from, to], at) => {
    const before = marks[at - 1]?.[1];
    return html`${shortened(text.slice(before ?? 0, from), before !== undefined, true)}<mark
        >${oneLine(text.slice(from, to))}</mark
      >`;
  });
  return html`${parts}${shortened(text.slice(marks.at(-1)?.[1] ?? 0), marks.length > 0, false)}`;
}

/** In order, those that touch or overlap as one. */
function joined(ranges: readonly [number, number][]): [number, number][] {
  const all: [number, number][] = [];
  for (const [from, to] of [...ranges].sort(([a], [b]) => a - b)) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}

function shortened(words: string, afterMark: boolean, beforeMark: boolean): string {
  const characters = [...oneLine(words)];
  const head = afterMark ? AROUND : 0;
  const tail = beforeMark ? AROUND : 0;
  if (characters.length <= head + tail + 1) return characters.join('');
  const end = tail === 0 ? '' : characters.slice(-tail).join('');
  return `${characters.slice(0, head).join('')}…${end}`;
}

function oneLine(words: string): string {
  return words.replaceAll('\n', ' ');
}
