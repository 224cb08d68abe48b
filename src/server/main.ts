import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serve as listen } from '@hono/node-server';
import { civilDate } from '../model/date.ts';
import { say } from '../model/text.ts';
import { createServer, type Static } from './app.ts';
import { openCounties } from './counties.ts';
import { tellYear, type DemoStory } from './demo-year.ts';
import { ServerError } from './error.ts';
import type { CountyHost } from './host.ts';
import { openStore } from './open-store.ts';
import { demoIdentity, portalIdentity } from './identity.ts';

export interface ServeOptions {
  port: number;
  /** A SQLite file, or `:memory:`. */
  db: string;
  /** The folder of county configs. */
  configs: string;
  demo: boolean;
  /** With demo: fill an empty county with its demo year, where it has one. */
  year: boolean;
  /** Hears how far the demo year has been told. */
  told: (county: string, done: number, of: number) => void;
  /** Origins of portals whose pages embed the elements from here. */
  origins?: readonly string[];
  portal: { issuer: string; audience: string; jwks: URL } | null;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The package's own folder, whether run from src/ or from dist/. */
export const packageRoot = import.meta.url.includes('/dist/') ? here('../') : here('../../');

async function readStatics(): Promise<Map<string, Static>> {
  const files = [
    ['/', 'examples/03-embed-in-a-portal.html', 'text/html; charset=utf-8'],
    ['/portal.js', 'examples/03-embed-in-a-portal.js', 'text/javascript; charset=utf-8'],
    ['/portal.css', 'examples/03-embed-in-a-portal.css', 'text/css; charset=utf-8'],
    ['/minqing.js', 'dist/minqing.js', 'text/javascript; charset=utf-8'],
  ] as const;
  const found = await Promise.all(
    files.map(async ([path, file, type]): Promise<[string, Static]> => [
      path,
      { type, body: await readFile(`${packageRoot}${file}`, 'utf8') },
    ]),
  );
  return new Map(found);
}

/** Puts the parts together and listens; the only place where the clock, ids and the machine come in. */
export async function serve(options: ServeOptions) {
  if (!options.demo && !options.portal)
    throw new ServerError('no-issuer', {
      zh: '未指定门户的登录签发方。请加 --issuer、--audience、--jwks,或仅作试用时加 --demo。',
      en: 'No portal is named whose logins are believed. Give --issuer, --audience and --jwks, or --demo to try it out.',
    });
  const store = await openStore(options.db);
  const now = () => new Date().toISOString();
  const counties = await openCounties({
    folder: options.configs,
    store,
    demo: options.demo,
    now,
    newSalt: randomUUID,
    heard: (words) => console.error(words),
  });
  const { hosts } = counties;
  if (options.demo && options.year)
    for (const host of hosts.values()) await firstYear(host, now(), options.told);
  const demo = options.demo ? await demoIdentity() : null;
  const identity = demo ?? portalIdentity(options.portal ?? neverWithout());
  const app = createServer({
    counties: hosts,
    follow: counties.follow,
    identity,
    now,
    newId: randomUUID,
    statics: await readStatics(),
    origins: options.origins ?? [],
    failed: (route, error) => console.error(now(), route, error),
    ...(demo ? { demo } : {}),
  });
  const server = listen({ fetch: app.fetch, port: options.port });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  // One tick at a time: a long one is not joined by the next.
  let [ticking, closing] = [false, false];
  const clock = setInterval(async () => {
    if (ticking) return;
    ticking = true;
    for (const { county, desk } of hosts.values())
      await desk.tick(county.id, now()).catch((error: unknown) => closing || console.error(error));
    ticking = false;
  }, 30_000);
  const news = setInterval(() => {
    counties.follow().catch((error: unknown) => console.error(error));
  }, 1_000);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return {
    port,
    counties: [...hosts.values()].map(({ county }) => say(county.name, 'zh')),
    async close() {
      // A tick that is under way stops at its next commit; the next start goes on.
      closing = true;
      clearInterval(clock);
      clearInterval(news);
      const closed = new Promise((resolve) => server.close(resolve));
      // What is under way is answered; a connection that merely stays open does not hold the stop up.
      const patience = setTimeout(
        () => 'closeAllConnections' in server && server.closeAllConnections(),
        3_000,
      );
      await closed;
      clearTimeout(patience);
      await store.close();
    },
  };
}

async function firstYear(host: CountyHost, at: string, told: ServeOptions['told']): Promise<void> {
  const { county, store } = host;
  for await (const _report of store.all(county.id, 'report')) return;
  const text = await readFile(`${packageRoot}examples/demo/${county.id}.json`, 'utf8').catch(() => null);
  if (text === null) return;
  const story: DemoStory = JSON.parse(text);
  await tellYear(host, story, civilDate(at, county.timeZone), (done, of) =>
    told(say(county.name, 'zh'), done, of),
  );
}

function neverWithout(): never {
  throw new Error('a portal is given where there is no demo');
}
