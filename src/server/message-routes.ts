import type { Hono } from 'hono';
import type { Undelivered } from '../model/view.ts';
import type { Asking } from './asking.ts';
import { readReplayBody } from './body.ts';
import { routes } from './routes.ts';

const PAGE = 200;

/** What systems outside could not be told: for whoever keeps the county's config, as they are part of the machinery. */
export function messageRoutes(app: Hono, { asked }: Asking): void {
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
