import type { Saying } from '../model/error.ts';

export interface NumberedRow {
  /** As the sheet's own program numbers it, from 1, blank rows too. */
  row: number;
  cells: readonly string[];
}

const isBlank = (cells: readonly string[]) => cells.every((cell) => cell === '');

/** The head of a sheet and the rows below it, each by the number that it has where it was written. */
export function rowsOf(sheet: readonly (readonly string[])[]): {
  head: readonly string[];
  headRow: number;
  rows: NumberedRow[];
} {
  const [first, ...rows] = sheet.flatMap((cells, at) => (isBlank(cells) ? [] : [{ row: at + 1, cells }]));
  return { head: first?.cells ?? [], headRow: first?.row ?? 1, rows };
}

/** What stands where the head has no word is nobody's: more cells than it should have, or a head that lacks a word. */
export function beyondHead(
  head: readonly string[],
  { cells }: NumberedRow,
): { column: string; saying: Saying }[] {
  return cells.flatMap((cell, at) =>
    cell === '' || (head[at] ?? '') !== ''
      ? []
      : [
          {
            column: String(at + 1),
            saying: {
              zh: `第 ${at + 1} 列写着“${cell}”,表头却没有这一列。请补上表头,或删去。`,
              en: `Column ${at + 1} says "${cell}", and the head has no word for it. Add one, or delete it.`,
            },
          },
        ],
  );
}
