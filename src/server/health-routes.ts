import type { Context, Hono } from 'hono';
import { nothing } from './asking.ts';
import { storesOf, type Figures } from './figures.ts';
import type { CountyHost } from './host.ts';
import { routes } from './routes.ts';
import type { Writing } from './writing.ts';

/** How long the store may take to answer before nobody should be sent here, in milliseconds. */
const PATIENCE = 2_000;

/** For whatever starts, watches and balances the processes. */
export function healthRoutes(
  app: Hono,
  counties: ReadonlyMap<string, CountyHost>,
  figures: Figures,
  writing: Writing,
  stopping: () => boolean,
): void {
  app.get(routes.health.path, (c) => c.json({ status: 'ok' }));

  app.get(routes.ready.path, async (c) => {
    const state = {
      // A store that is open has its tables as this version wants them.
      store: await answering(counties),
      // Where only writing fails, reading goes on, and so does the sentence that says why: nobody is sent elsewhere for it.
      writes: await writing.state(),
      configs: counties.size > 0,
      stopping: stopping(),
    };
    const ready = state.store && state.configs && !state.stopping;
    return c.json({ status: ready ? 'ready' : 'not ready', ...state }, ready ? 200 : 503);
  });

  app.get(routes.metrics.path, async (c) => {
    if (throughProxy(c)) throw nothing();
    return c.body(await figures.text(), 200, { 'Content-Type': figures.registry.contentType });
  });
}

/** The figures are for whoever stands beside the process, not for those whom the portal lets through. */
const throughProxy = (c: Context) =>
  ['Forwarded', 'X-Forwarded-For', 'X-Real-IP', 'Via'].some((name) => c.req.header(name) !== undefined);

async function answering(counties: ReadonlyMap<string, CountyHost>): Promise<boolean> {
  let giveUp: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    giveUp = setTimeout(() => reject(new Error('late')), PATIENCE);
  });
  try {
    await Promise.race([Promise.all(storesOf(counties).map((store) => store.marks())), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(giveUp);
  }
}
