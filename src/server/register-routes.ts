import type { Hono } from 'hono';
import { formats } from '../documents/print.ts';
import { xlsxRows } from '../documents/xlsx-stream.ts';
import type { RegisterRequest } from '../desk/request.ts';
import { queueViews } from '../model/view.ts';
import type { Asking } from './asking.ts';
import { kindIn } from './kind-in.ts';
import { routes } from './routes.ts';
import { streamOf } from './stream.ts';

/** Lists as workbooks. */
export function registerRoutes(app: Hono, { asked }: Asking): void {
  app.get(routes.register.path, async (c) => {
    const { host, actor, language } = await asked(c, routes.register);
    return c.json(host.desk.register(kindIn(c), actor, language));
  });
  app.get(routes.registerFile.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.registerFile);
    const kind = kindIn(c);
    const request: RegisterRequest = {
      kind,
      view: queueViews.find((one) => one === c.req.query('view')) ?? 'all',
      stage: c.req.query('stage') || null,
      search: c.req.query('search') || null,
    };
    const columns = c.req.query('columns')?.split(',').filter(Boolean) ?? null;
    const { head, rows } = await host.desk.registerRows(request, columns, actor, now, language);
    return c.body(streamOf(xlsxRows(kind, head, rows)), 200, {
      'Content-Type': formats.xlsx,
      'Content-Disposition': `attachment; filename="${host.county.id}-${kind}.xlsx"`,
    });
  });
}
