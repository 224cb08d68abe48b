import { once } from 'node:events';
import type { Saying } from '../model/error.ts';
import type { Language } from '../model/text.ts';

/** Chinese takes two columns of a terminal. */
function width(text: string): number {
  return [...text].reduce((sum, sign) => sum + (/[\u1100-\u115f\u2e80-\uffef]/.test(sign) ? 2 : 1), 0);
}

/** Rows in even columns, numbers to the right. */
export function textTable(rows: readonly string[][]): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, at) =>
    Math.max(...rows.map((row) => width(row[at] ?? ''))),
  );
  const isNumber = (cell: string) => /^[+-]?\d+(\.\d+)?%?$/.test(cell);
  return rows
    .map((row) =>
      row
        .map((cell, at) => {
          const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - width(cell)));
          return isNumber(cell) ? space + cell : cell + space;
        })
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** What a reader of the table should know besides; beside it, so that a pipe gets the table alone. */
export function printNotes(notes: readonly Saying[], language: Language): void {
  for (const note of notes) process.stderr.write(`${note[language]}\n`);
}

/** Writes piece by piece, waiting for whoever reads: nothing heaps up before a slow pipe. */
export async function writeAll(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) if (!process.stdout.write(piece)) await once(process.stdout, 'drain');
}
