import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Instant } from '../model/date.ts';
import { askingOf, languageOf, nothing } from './asking.ts';
import { changeRoutes } from './changes.ts';
import { configRoutes } from './config-routes.ts';
import { countyRoutes } from './county-routes.ts';
import { addDemoRoutes } from './demo-routes.ts';
import { ServerError } from './error.ts';
import type { CountyHost } from './host.ts';
import type { DemoIdentity, Identity } from './identity.ts';
import { importRoutes } from './import-routes.ts';
import { openApiOf } from './openapi.ts';
import { problemOf } from './problem.ts';
import { demoRoutes, routes } from './routes.ts';
import { thingRoutes } from './thing-routes.ts';

export interface Static {
  type: string;
  body: string | Uint8Array;
}
export interface ServerParts {
  /** By id; looked up anew at each request, so that a county's config can be replaced while it runs. */
  counties: ReadonlyMap<string, CountyHost>;
  /** Takes over a config that was just published, without waiting for the next look. */
  follow?: () => Promise<void>;
  identity: Identity;
  now: () => Instant;
  newId: () => string;
  /** Pages of other places whose scripts may ask here; none without it. */
  origins?: readonly string[];
  /** Hears of what was not foreseen: which route, and the error itself. */
  failed?: (route: string, error: unknown) => void;
  /** Pages and scripts by path; none where the portal serves its own. */
  statics?: ReadonlyMap<string, Static>;
  /** Signs tokens for anyone of the directory; for trying it out alone. */
  demo?: DemoIdentity;
}

const MEBIBYTE = 1024 * 1024;

/** The page's own policy from the first day: nothing inline, nothing from elsewhere. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:";

/** The server as a fetch handler: a Request in, a Response out; mount it wherever there is one. */
export function createServer(parts: ServerParts) {
  const app = new Hono();
  const asking = askingOf(parts);

  app.use(async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'same-origin');
    c.header('Content-Security-Policy', contentSecurityPolicy);
    if (c.req.path.startsWith('/counties/')) c.header('Cache-Control', 'no-store');
  });
  const { origins = [] } = parts;
  if (origins.length > 0)
    app.use(
      '*',
      cors({
        origin: [...origins],
        allowMethods: ['GET', 'POST'],
        allowHeaders: ['Authorization', 'Content-Type', 'If-Match', 'Idempotency-Key', 'X-File-Name'],
        exposeHeaders: ['ETag', 'Minqing-Config'],
        maxAge: 600,
      }),
    );
  const tooLarge = () => {
    throw new ServerError('too-large', {
      zh: '内容超过上限(文字 1 MB、文件和表格 5 MB),未保存。请删减或压缩后再提交。',
      en: 'It is larger than we take (1 MB of text, a file or a sheet of 5 MB); nothing was kept. Make it smaller and send it again.',
    });
  };
  const whole = new Set(['files', 'records', 'results', 'trial']);
  app.use('*', async (c, next) => {
    const maxSize = whole.has(c.req.path.split('/').at(-1) ?? '') ? 5 * MEBIBYTE : MEBIBYTE;
    return bodyLimit({ maxSize, onError: tooLarge })(c, next);
  });

  app.get(routes.health.path, (c) => c.json({ status: 'ok' }));
  const described = { ...routes, ...(parts.demo ? demoRoutes : {}) };
  app.get(routes.openapi.path, (c) => c.json(openApiOf(described)));

  countyRoutes(app, asking);
  configRoutes(app, asking, parts.follow);
  importRoutes(app, asking);
  thingRoutes(app, asking, parts.newId);
  const { endStreams } = changeRoutes(app, asking);
  if (parts.demo) addDemoRoutes(app, parts.demo, parts.counties);

  for (const [path, { type, body }] of parts.statics ?? [])
    app.get(path, (c) =>
      typeof body === 'string'
        ? c.body(body, 200, { 'Content-Type': type })
        : c.body(new Uint8Array(body), 200, { 'Content-Type': type }),
    );

  const refuse = (c: Context, error: unknown) => {
    const problem = problemOf(error, languageOf(c));
    return Response.json(problem, {
      status: problem.status,
      headers: {
        'Content-Type': 'application/problem+json',
        ...(problem.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
      },
    });
  };
  app.notFound((c) => refuse(c, nothing()));
  app.onError((error, c) => {
    const answer = refuse(c, error);
    if (answer.status === 500) parts.failed?.(`${c.req.method} ${c.req.routePath}`, error);
    return answer;
  });

  return { fetch: (request: Request) => app.fetch(request), routes: app.routes, endStreams };
}
