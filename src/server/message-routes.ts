import type { Hono } from 'hono';
import type { Undelivered } from '../model/view.ts';
import type { Asking } from './asking.ts';
import { readReplayBody, readUpTo } from './body.ts';
import { routes } from './routes.ts';

const PAGE = 200;

/**
 * What people were told; and what systems outside could not be told, for whoever keeps the county's config, as they are
 * part of the machinery.
 */
export function messageRoutes(app: Hono, { asked }: Asking): void {
  app.get(routes.notices.path, async (c) => {
    const { host, actor, language } = await asked(c, routes.notices);
    const before = Math.trunc(Number(c.req.query('before'))) || null;
    const limit = Math.min(200, Math.max(1, Math.trunc(Number(c.req.query('limit'))) || 50));
    return c.json(await host.desk.notices(actor, language, before, limit));
  });
  app.post(routes.readNotices.path, async (c) => {
    const { host, actor } = await asked(c, routes.readNotices);
    await host.desk.readNotices(actor, readUpTo(await c.req.text()));
    return c.json({ unread: await host.desk.unread(actor) });
  });
  app.get(routes.undelivered.path, async (c) => {
    const { host } = await asked(c, routes.undelivered);
    const after = Math.max(0, Math.trunc(Number(c.req.query('after'))) || 0);
    const rows = await host.store.deadSends(host.county.id, after, PAGE);
    return c.json(
      rows.map(({ key, id, receiver, about, attempts, failure }): Undelivered => ({
        key,
        id,
        receiver,
        kind: about.kind,
        thing: about.id,
        attempts,
        failure,
      })),
    );
  });
  app.post(routes.replay.path, async (c) => {
    const { host, now } = await asked(c, routes.replay);
    const keys = readReplayBody(await c.req.text());
    return c.json({ replayed: await host.store.replaySends(host.county.id, keys, now) });
  });
}
