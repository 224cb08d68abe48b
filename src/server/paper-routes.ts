import type { Hono } from 'hono';
import { personPapers, thingPapers } from '../model/paper.ts';
import { nothing, type Asking } from './asking.ts';
import { download } from './download.ts';
import { kindIn } from './kind-in.ts';
import { routes } from './routes.ts';

/** Papers to be printed, each from a Word template. */
export function paperRoutes(app: Hono, { asked }: Asking): void {
  app.get(routes.thingPaper.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.thingPaper);
    const paper = thingPapers.find((one) => one === c.req.param('paper'));
    if (!paper) throw nothing();
    const ref = { county: host.county.id, kind: kindIn(c), id: c.req.param('id') ?? '' };
    return download(c, await host.desk.thingPaper(paper, ref, actor, now, language));
  });
  app.get(routes.personPaper.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.personPaper);
    const paper = personPapers.find((one) => one === c.req.param('paper'));
    if (!paper) throw nothing();
    const period = c.req.query('period') ?? now.slice(0, 4);
    const person = c.req.param('id') ?? '';
    return download(c, await host.desk.personPaper(paper, person, period, actor, now, language));
  });
}
