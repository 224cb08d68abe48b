import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import type { Instant } from '../model/date.ts';
import { tellAnswered, type Answered } from './answered.ts';
import { askingOf, languageOf, nothing } from './asking.ts';
import { largerThan } from './attachment.ts';
import type { Scan } from './clamd.ts';
import { auditRoutes } from './audit-routes.ts';
import { changeRoutes } from './changes.ts';
import { configRoutes } from './config-routes.ts';
import { countyRoutes } from './county-routes.ts';
import { draftRoutes } from './draft-routes.ts';
import { directoryRoutes } from './directory-routes.ts';
import { addDemoRoutes } from './demo-routes.ts';
import { ServerError } from './error.ts';
import { exportRoutes } from './export-routes.ts';
import { fileRoutes } from './file-routes.ts';
import { figuresOf } from './figures.ts';
import { healthRoutes } from './health-routes.ts';
import { singleHanded, type Duties } from './duties.ts';
import type { CountyHost } from './host.ts';
import type { DemoIdentity, Identity } from './identity.ts';
import { importRoutes } from './import-routes.ts';
import { letterRoutes } from './letter-routes.ts';
import type { SecretsOf } from './letters.ts';
import { messageRoutes } from './message-routes.ts';
import { note } from './noted.ts';
import { openApiOf } from './openapi.ts';
import { paperRoutes } from './paper-routes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import { publicRoutes } from './public-routes.ts';
import { personRoutes, type Erasure } from './person-routes.ts';
import { problemOf, retryAfter } from './problem.ts';
import { registerRoutes } from './register-routes.ts';
import { demoRoutes, routes } from './routes.ts';
import { templateRoutes } from './template-routes.ts';
import { staticRoutes, type Static } from './static-routes.ts';
import { thingRoutes } from './thing-routes.ts';
import { writingTo } from './writing.ts';

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
  /** Milliseconds that only go forward, for how long an answer took; `now` without it. */
  clock?: () => number;
  /** Hears of every answer. */
  answered?: (answered: Answered) => void;
  /** Whether no more requests should be sent here. */
  stopping?: () => boolean;
  /** Looks each file over before it is kept; while it fails none is taken. */
  scan?: Scan;
  /** Hears of what was not foreseen: which route, and the error itself. */
  failed?: (route: string, error: unknown) => void;
  /** Pages and scripts by path; none where the portal serves its own. */
  statics?: ReadonlyMap<string, Static>;
  /** Who answers for what nobody should do alone; one alone, which is marked, without it. */
  duties?: Duties;
  /** How letters of committees on other services are known; none is believed without it. */
  secretsOf?: SecretsOf;
  /** Hears of each erasure, so that it can be done again after a backup is brought back. */
  erased?: (erasure: Erasure) => Promise<void>;
  /** Signs tokens for anyone of the directory; for trying it out alone. */
  demo?: DemoIdentity;
}

const MEBIBYTE = 1024 * 1024;

/** The page's own policy from the first day: nothing inline, nothing from elsewhere, no text made into markup or script. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "require-trusted-types-for 'script'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** The server as a fetch handler: a Request in, a Response out; mount it wherever there is one. */
export function createServer(parts: ServerParts) {
  const app = new Hono();
  const asking = askingOf(parts);
  const { duties = singleHanded } = parts;
  const figures = figuresOf(parts.counties, parts.now);

  app.use(
    tellAnswered({
      newId: parts.newId,
      clock: parts.clock ?? (() => Date.parse(parts.now())),
      answered(answered) {
        figures.answered(answered);
        parts.answered?.(answered);
      },
    }),
  );

  app.use(async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'same-origin');
    if (!c.res.headers.has('Content-Security-Policy'))
      c.header('Content-Security-Policy', contentSecurityPolicy);
    if (c.req.path.startsWith('/counties/')) c.header('Cache-Control', 'no-store');
  });
  const { origins = [] } = parts;
  if (origins.length > 0)
    app.use(
      '*',
      cors({
        origin: [...origins],
        allowMethods: ['GET', 'POST', 'PUT'],
        allowHeaders: ['Authorization', 'Content-Type', 'If-Match', 'Idempotency-Key', 'X-File-Name'],
        exposeHeaders: ['ETag', 'Minqing-Config'],
        maxAge: 600,
      }),
    );
  app.use(async (c, next) => {
    if (c.req.url.includes('%00'))
      throw new ServerError('bad-request', {
        zh: '网址中有空字符(%00)。请去掉后重试。',
        en: 'The address has a null character (%00). Take it out and try again.',
      });
    await next();
  });
  const tooLarge = () => {
    throw largerThan('文字 1 MB、表格 5 MB、附件 50 MB', '1 MB of text, a sheet of 5 MB, a file of 50 MB');
  };
  const whole = new Set(['records', 'results', 'trial', 'directory']);
  app.use('*', async (c, next) => {
    const last = c.req.path.split('/').at(-1) ?? '';
    // A county says how large its files may be, once it is known whose it is; no more than this reaches it.
    const maxSize = last === 'files' ? 50 * MEBIBYTE : whole.has(last) ? 5 * MEBIBYTE : MEBIBYTE;
    return bodyLimit({ maxSize, onError: tooLarge })(c, next);
  });

  const writing = writingTo(parts.counties);
  healthRoutes(app, parts.counties, figures, writing, parts.stopping ?? (() => false));
  const described = { ...routes, ...(parts.demo ? demoRoutes : {}) };
  app.get(routes.openapi.path, (c) => c.json(openApiOf(described)));

  countyRoutes(app, asking);
  configRoutes(app, asking, duties, parts.follow);
  templateRoutes(app, asking);
  auditRoutes(app, asking, duties, { follow: parts.follow, erased: parts.erased });
  personRoutes(app, asking, duties, { follow: parts.follow, erased: parts.erased });
  importRoutes(app, asking);
  publicRoutes(app, parts.counties);
  invitationRoutes(app, parts.counties, parts.now);
  exportRoutes(app, asking);
  messageRoutes(app, asking);
  paperRoutes(app, asking);
  registerRoutes(app, asking);
  letterRoutes(app, parts);
  draftRoutes(app, asking);
  fileRoutes(app, asking, parts.newId, parts.scan);
  thingRoutes(app, asking, duties);
  directoryRoutes(app, asking, duties, parts.follow);
  const { endStreams } = changeRoutes(app, asking);
  if (parts.demo) addDemoRoutes(app, parts.demo, parts.counties);

  staticRoutes(app, parts.statics ?? new Map());

  const refuse = (c: Context, error: unknown) => {
    const problem = problemOf(error, languageOf(c));
    note(c, { code: problem.code });
    writing.refused(problem.code);
    const wait = retryAfter(problem);
    return Response.json(problem, {
      status: problem.status,
      headers: {
        'Content-Type': 'application/problem+json',
        ...(problem.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
        ...(wait === null ? {} : { 'Retry-After': String(wait) }),
      },
    });
  };
  app.notFound((c) => refuse(c, nothing()));
  app.onError((error, c) => {
    const answer = refuse(c, error);
    if (answer.status >= 500) parts.failed?.(`${c.req.method} ${c.req.routePath}`, error);
    return answer;
  });

  return { fetch: (request: Request) => app.fetch(request), routes: app.routes, endStreams, figures };
}
