import writeExcelFile from 'write-excel-file/node';
import type { Paper } from '../model/paper.ts';

/** Excel takes a number of fifteen digits; what is longer, or no plain decimal, stays text and so exact. */
function cellOf(text: string) {
  return /^-?\d{1,9}(\.\d{1,6})?$/.test(text)
    ? { value: Number(text), type: Number, format: text.includes('.') ? '0.######' : '0' }
    : { value: text, type: String };
}

/** One sheet a table; paragraphs are a column. Cells are values, never formulas. */
export async function xlsxOf(paper: Paper): Promise<Uint8Array> {
  const names = new Set<string>();
  const sheets = paper.parts.map((part, index) => {
    const name = sheetName(part.heading || paper.title, index, names);
    if ('paragraphs' in part)
      return { sheet: name, data: part.paragraphs.map((text) => [{ value: text, type: String }]) };
    const head = part.head.map((text) => ({ value: text, type: String, fontWeight: 'bold' as const }));
    const widths = part.head.map((text, at) =>
      Math.min(40, Math.max(8, ...[text, ...part.rows.map((row) => row[at] ?? '')].map(width))),
    );
    return {
      sheet: name,
      data: [head, ...part.rows.map((row) => row.map(cellOf))],
      columns: widths.map((size) => ({ width: size + 2 })),
      stickyRowsCount: 1,
    };
  });
  return new Uint8Array(await writeExcelFile(sheets).toBuffer());
}

const width = (text: string) => [...text].reduce((sum, sign) => sum + (sign > '\u2e80' ? 2 : 1), 0);

/** Excel allows 31 characters and not these signs, and no name twice. */
function sheetName(heading: string, index: number, taken: Set<string>): string {
  const plain =
    heading
      .replaceAll(/[\\/?*[\]:]/g, ' ')
      .slice(0, 28)
      .trim() || `${index + 1}`;
  const name = taken.has(plain) ? `${plain} ${index + 1}` : plain;
  taken.add(name);
  return name;
}
