/** What begins a formula: also in full width, behind blanks, or after a sign that a spreadsheet drops. */
const FORMULA = /^[\s\u0000\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\u0000]/u;
const NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** A value that a spreadsheet would run as a formula is kept as text. */
export function harmless(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

/** One row, with its end. Whatever a locale takes for the end of a cell is inside quotes. */
export function csvRow(cells: readonly string[]): string {
  const quoted = (cell: string) => (/[",;|\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return `${cells.map((cell) => quoted(harmless(cell))).join(',')}\r\n`;
}

/** Without it Excel in China takes UTF-8 for GBK. */
export const CSV_MARK = '\ufeff';

export function csvOf(rows: readonly string[][]): string {
  return `${CSV_MARK}${rows.map(csvRow).join('')}`;
}
