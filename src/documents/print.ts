import type { Paper, PrintedFile } from '../model/paper.ts';
import { docxOf } from './docx.ts';
import { htmlOf } from './html.ts';
import { xlsxOf } from './xlsx.ts';

export const formats = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
} as const;
export type Format = keyof typeof formats;

export function isFormat(word: string): word is Format {
  return Object.hasOwn(formats, word);
}

/** A paper in one of the formats people ask for. */
export async function print(
  paper: Paper,
  format: Format,
  name: string,
  language: 'zh' | 'en' = 'zh',
): Promise<PrintedFile> {
  const bytes =
    format === 'docx'
      ? await docxOf(paper)
      : format === 'xlsx'
        ? await xlsxOf(paper)
        : new TextEncoder().encode(htmlOf(paper, language));
  return { name: `${name}.${format}`, type: formats[format], bytes };
}
