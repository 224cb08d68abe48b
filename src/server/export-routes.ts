import type { Hono } from 'hono';
import { exportable, type Exportable, type Exported } from '../desk/export.ts';
import { CSV_MARK, csvRow } from '../documents/csv.ts';
import { formats } from '../documents/print.ts';
import { xlsxRows } from '../documents/xlsx-stream.ts';
import { nothing, type Asking } from './asking.ts';
import { routes } from './routes.ts';
import { streamOf } from './stream.ts';

const types = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
  xlsx: formats.xlsx,
} as const;

/** Lists for people who work with data: whole, in order, a page of the store at a time. */
export function exportRoutes(app: Hono, { asked }: Asking): void {
  app.get(routes.export.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.export);
    const [what = '', format = ''] = (c.req.param('file') ?? '').split('.');
    if (!isExportable(what) || !isListFormat(format)) throw nothing();
    const exported = await host.desk.export(what, actor, now, language, {
      period: c.req.query('period') ?? now.slice(0, 4),
      of: c.req.query('of') === 'units' ? 'units' : 'people',
    });
    return c.body(streamOf(bytesOf(exported, what, format)), 200, {
      'Content-Type': types[format],
      'Content-Disposition': `attachment; filename="${host.county.id}-${what}.${format}"`,
    });
  });
}

const isExportable = (word: string): word is Exportable => exportable.some((one) => one === word);

const isListFormat = (word: string): word is keyof typeof types => Object.hasOwn(types, word);

function bytesOf(exported: Exported, what: string, format: keyof typeof types): AsyncGenerator<Uint8Array> {
  if (format === 'xlsx') return xlsxRows(what, exported.columns, cellsOf(exported));
  return encoded(format === 'csv' ? csvLines(exported) : jsonLines(exported));
}
async function* encoded(lines: AsyncGenerator<string>): AsyncGenerator<Uint8Array> {
  const words = new TextEncoder();
  for await (const line of lines) yield words.encode(line);
}
async function* cellsOf({ columns, rows }: Exported): AsyncGenerator<string[]> {
  for await (const row of rows)
    yield columns.map((column) => {
      const value = row[column] ?? '';
      return Array.isArray(value) ? value.join(';') : String(value);
    });
}

async function* csvLines(exported: Exported): AsyncGenerator<string> {
  yield `${CSV_MARK}${csvRow(exported.columns)}`;
  for await (const row of cellsOf(exported)) yield csvRow(row);
}

async function* jsonLines({ rows }: Exported): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}
