import type { Context, Hono } from 'hono';
import type { ProposedIssue } from '../desk/papers.ts';
import { pageOf } from '../documents/page.ts';
import { personPapers, thingPapers, type PrintedFile } from '../model/paper.ts';
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
    return answer(c, await host.desk.thingPaper(paper, ref, actor, now, language, proposedIn(c)));
  });
  app.get(routes.personPaper.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.personPaper);
    const paper = personPapers.find((one) => one === c.req.param('paper'));
    if (!paper) throw nothing();
    const period = c.req.query('period') ?? now.slice(0, 4);
    const person = c.req.param('id') ?? '';
    return answer(c, await host.desk.personPaper(paper, person, period, actor, now, language));
  });
}

/** The Word file, or what it puts on paper. */
function answer(c: Context, file: PrintedFile): Response {
  return c.req.query('as') === 'page' ? c.json(pageOf(file.bytes)) : download(c, file);
}

/** An issue that is being put together, as the query has it. */
function proposedIn(c: Context): ProposedIssue | null {
  const pieces = c.req.query('pieces');
  if (!pieces) return null;
  const { journal = '', number = '', destinations = '' } = c.req.query();
  return {
    pieces: pieces.split(','),
    fields: {
      journal: journal || null,
      number: /^[1-9]\d{0,3}$/.test(number) ? Number(number) : null,
      destinations: destinations === '' ? null : destinations.split(','),
    },
  };
}
