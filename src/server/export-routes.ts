import type { Hono } from 'hono';
import { exportable, type Exportable, type Exported } from '../desk/export.ts';
import { CSV_MARK, csvRow } from '../documents/csv.ts';
import { nothing, type Asking } from './asking.ts';
import { routes } from './routes.ts';

const types = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const;

/** Lists for people who work with data: whole, in order, a page of the store at a time. */
export function exportRoutes(app: Hono, { asked }: Asking): void {
  app.get(routes.export.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.export);
    const [what = '', format = ''] = (c.req.param('file') ?? '').split('.');
    if (!isExportable(what) || !(format === 'csv' || format === 'ndjson')) throw nothing();
    const exported = await host.desk.export(what, actor, now, language, {
      period: c.req.query('period') ?? now.slice(0, 4),
      of: c.req.query('of') === 'units' ? 'units' : 'people',
    });
    const lines = format === 'csv' ? csvLines(exported) : jsonLines(exported);
    return c.body(streamOf(lines), 200, {
      'Content-Type': types[format],
      'Content-Disposition': `attachment; filename="${host.county.id}-${what}.${format}"`,
    });
  });
}

const isExportable = (word: string): word is Exportable => exportable.some((one) => one === word);

async function* csvLines({ columns, rows }: Exported): AsyncGenerator<string> {
  yield `${CSV_MARK}${csvRow(columns)}`;
  for await (const row of rows)
    yield csvRow(
      columns.map((column) => {
        const value = row[column] ?? '';
        return Array.isArray(value) ? value.join(';') : String(value);
      }),
    );
}

async function* jsonLines({ rows }: Exported): AsyncGenerator<string> {
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** No faster than it is read; whoever goes away ends it. */
function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const words = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(words.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
