import { MinqingError } from '../model/error.ts';
import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';

export class SheetError extends MinqingError {}

/** So many can be looked through and entered at once. */
const mostRows = 5000;

/**
 * A sheet's rows as plain texts, dates as `2026-03-01`: the first sheet of an .xlsx, or a CSV in UTF-8 or in the GBK
 * that Excel writes in China. Blank rows stay where they are, so that each is known by its number; a longer sheet is
 * refused, as nothing of it may be lost unsaid. Null for what is neither.
 */
export async function readSheet(bytes: Uint8Array): Promise<string[][] | null> {
  const rows = isZip(bytes) ? await fromXlsx(bytes) : fromCsv(bytes);
  if (!rows) return null;
  const written = rows.map((row) => row.some((cell) => cell !== ''));
  const number = written.filter(Boolean).length - 1;
  if (number > mostRows) throw tooLong(number);
  return rows.slice(0, written.lastIndexOf(true) + 1);
}

const tooLong = (number: number) =>
  new SheetError('too-large', {
    zh: `表格有 ${number} 行,一次最多 ${mostRows} 行(表头不计)。未录入任何内容。请分成几张表,逐张导入。`,
    en: `The sheet has ${number} rows; one may have ${mostRows} besides its head. Nothing was entered. Split it and import the parts one by one.`,
  });

const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b;

async function fromXlsx(bytes: Uint8Array): Promise<string[][] | null> {
  try {
    const [first] = await readXlsx(Buffer.from(bytes));
    return first?.data.map((row) => row.map(textOf)) ?? [];
  } catch {
    return null;
  }
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell).trim();
}

function fromCsv(bytes: Uint8Array): string[][] | null {
  if (bytes.includes(0)) return null;
  try {
    const rows: string[][] = parse(decoded(bytes), {
      relax_column_count: true,
      skip_empty_lines: false,
      trim: true,
    });
    return rows;
  } catch {
    return null;
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
