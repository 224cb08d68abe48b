import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { readSheet } from '../documents/sheet.ts';
import type { Asking } from './asking.ts';
import { readResultsBody } from './body.ts';
import { ServerError } from './error.ts';
import { routes } from './routes.ts';

/** Lists that come in whole: results of pieces, and records of other kinds. Each is tried first, then entered. */
export function importRoutes(app: Hono, { asked }: Asking): void {
  app.post(routes.resultsTrial.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.resultsTrial);
    const sheet = await readSheet(new Uint8Array(await c.req.arrayBuffer()));
    if (!sheet)
      throw new ServerError('wrong-file-type', {
        zh: '只接收 .xlsx 或 CSV 表格。请另存为其中一种再上传。',
        en: 'We take .xlsx and CSV sheets. Save it as one of them and upload it again.',
      });
    return c.json({ rows: await host.desk.tryResults(sheet, actor, now, language) });
  });

  app.post(routes.results.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.results);
    const text = await c.req.text();
    const value = c.req.header('Idempotency-Key');
    const request = createHash('sha256').update(`${c.req.path}\n${text}`).digest('hex');
    const key = value === undefined ? null : { value, request };
    return c.json(
      await host.desk.enterResults({ rows: readResultsBody(text), actor, now, language, key }),
      201,
    );
  });

  app.post(routes.recordsTrial.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.recordsTrial);
    return c.json({ rows: await host.desk.tryRecords(await c.req.text(), actor, now, language) });
  });

  app.post(routes.records.path, async (c) => {
    const { host, actor, now } = await asked(c, routes.records);
    return c.json(await host.desk.enterRecords(await c.req.text(), actor, now), 201);
  });
}
