import { parse } from 'csv-parse/sync';
import readXlsx from 'read-excel-file/node';

/** A sheet of more rows than this is not an office's list. */
const mostRows = 5000;

/**
 * A sheet's rows as plain texts, dates as `2026-03-01`: the first sheet of an .xlsx, or a CSV in UTF-8 or in the GBK
 * that Excel writes in China. Null for what is neither.
 */
export async function readSheet(bytes: Uint8Array): Promise<string[][] | null> {
  const rows = isZip(bytes) ? await fromXlsx(bytes) : fromCsv(bytes);
  return rows && rows.slice(0, mostRows).filter((row) => row.some((cell) => cell !== ''));
}

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
      skip_empty_lines: true,
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
