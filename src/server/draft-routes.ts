import type { Context, Hono } from 'hono';
import type { DraftKind } from '../model/draft.ts';
import type { Asking } from './asking.ts';
import { readDraftBody } from './body.ts';
import { routes } from './routes.ts';

const kindOf = (c: Context): DraftKind => (c.req.param('kind') === 'lead' ? 'lead' : 'report');

/** What people write and have not sent: each their own, and nobody else's to read. */
export function draftRoutes(app: Hono, { asked }: Asking): void {
  app.get(routes.draft.path, async (c) => {
    const { host, actor } = await asked(c, routes.draft);
    return c.json({ draft: await host.store.draft(host.county.id, actor.id, kindOf(c)) });
  });
  app.put(routes.saveDraft.path, async (c) => {
    const { host, actor } = await asked(c, routes.saveDraft);
    const draft = readDraftBody(await c.req.text());
    await host.store.saveDraft(host.county.id, actor.id, kindOf(c), draft);
    return c.json({ kept: draft !== null });
  });
}
