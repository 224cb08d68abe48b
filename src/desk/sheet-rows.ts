import { isCivilDate, type CivilDate } from '../model/date.ts';
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

/** The date that a cell writes as 2026-3-1, 2026/03/01, 2026.3.1 or 2026年3月1日; null where it writes none. */
export function dateIn(cell: string): CivilDate | null {
  const [, year, month, day] = /^(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?$/.exec(cell) ?? [];
  const date = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return isCivilDate(date) ? date : null;
}
