import { createHash } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { may, isStaff } from '../desk/permission.ts';
import type { QueueRequest } from '../desk/request.ts';
import type { Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import { say, type Language } from '../model/text.ts';
import { isThingKind, pathOfKind, thingKinds, type Actor, type ThingKind } from '../model/thing.ts';
import { isVerb } from '../model/verb.ts';
import type { ThingView } from '../model/view.ts';
import { mapOf } from '../workflow/map.ts';
import { readActBody } from './body.ts';
import { ServerError } from './error.ts';
import { fileType } from './file-type.ts';
import { actorIn, type CountyHost } from './host.ts';
import { unauthorized, type DemoIdentity, type Identity } from './identity.ts';
import { openApiOf } from './openapi.ts';
import { problemOf } from './problem.ts';
import { demoRoutes, routes, type Route } from './routes.ts';

export interface Static {
  type: string;
  body: string | Uint8Array;
}
export interface ServerParts {
  /** By id; looked up anew at each request, so that a county's config can be replaced while it runs. */
  counties: ReadonlyMap<string, CountyHost>;
  identity: Identity;
  now: () => Instant;
  newId: () => string;
  /** Pages and scripts by path; none where the portal serves its own. */
  statics?: ReadonlyMap<string, Static>;
  /** Signs tokens for anyone of the directory; for trying it out alone. */
  demo?: DemoIdentity;
}

const MEBIBYTE = 1024 * 1024;

/** The page's own policy from the first day: nothing inline, nothing from elsewhere. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:";

const kindOfPath = new Map(thingKinds.map((kind) => [pathOfKind[kind] as string, kind]));

/** The server as a fetch handler: a Request in, a Response out; mount it wherever there is one. */
export function createServer(parts: ServerParts) {
  const app = new Hono();
  const languageOf = (c: Context): Language =>
    /^\s*en/i.test(c.req.header('Accept-Language') ?? '') ? 'en' : 'zh';
  const nothing = () =>
    new ServerError('not-found', {
      zh: '没有这件事项,或不属于本县。请核对链接。',
      en: 'There is no such thing here. Check the link.',
    });

  /** Who asks, in which county: one path for every route; an unknown county reads like an unknown thing. */
  async function asked(
    c: Context,
  ): Promise<{ host: CountyHost; actor: Actor; language: Language; now: Instant }> {
    const token = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
    if (token === undefined) throw unauthorized();
    const { subject } = await parts.identity.verify(token);
    const host = parts.counties.get(c.req.param('county') ?? '');
    const now = parts.now();
    const actor = host ? actorIn(host, subject, now) : null;
    if (!host || !actor) throw nothing();
    return { host, actor, language: languageOf(c), now };
  }

  function allowed(route: Route, host: CountyHost, actor: Actor): void {
    const { permission } = route;
    if (permission === 'public' || permission === 'member' || permission === 'desk') return;
    if (!may(host.county, actor, permission, null))
      throw new ServerError('forbidden', {
        zh: '您的职务无权查看此页。如有需要,请联系县政协办公室。',
        en: 'Your post may not see this. If it should, ask the county’s office.',
      });
  }

  function kindIn(c: Context): ThingKind {
    const kind = kindOfPath.get(c.req.param('things') ?? '');
    if (!kind) throw nothing();
    return kind;
  }
  const withVersion = (c: Context, view: ThingView, status: 200 | 201) =>
    c.json(view, status, { ETag: `"${view.version}"` });

  app.use(async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'same-origin');
    c.header('Content-Security-Policy', contentSecurityPolicy);
    if (c.req.path.startsWith('/counties/')) c.header('Cache-Control', 'no-store');
  });
  const tooLarge = () => {
    throw new ServerError('too-large', {
      zh: '内容超过上限(文字 1 MB、文件 5 MB),未保存。请删减或压缩后再提交。',
      en: 'It is larger than we take (1 MB of text, a 5 MB file); nothing was kept. Make it smaller and send it again.',
    });
  };
  app.use('/counties/:county/files', bodyLimit({ maxSize: 5 * MEBIBYTE, onError: tooLarge }));
  app.use('*', async (c, next) =>
    c.req.path.endsWith('/files') ? next() : bodyLimit({ maxSize: MEBIBYTE, onError: tooLarge })(c, next),
  );

  app.get(routes.health.path, (c) => c.json({ status: 'ok' }));
  const described: Route[] = [...Object.values(routes), ...(parts.demo ? Object.values(demoRoutes) : [])];
  app.get(routes.openapi.path, (c) => c.json(openApiOf(described)));

  app.get(routes.counties.path, async (c) => {
    const token = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
    if (token === undefined) throw unauthorized();
    const { subject } = await parts.identity.verify(token);
    const now = parts.now();
    const mine = [...parts.counties.values()].filter((host) => actorIn(host, subject, now) !== null);
    return c.json(mine.map(({ county }) => ({ id: county.id, name: say(county.name, languageOf(c)) })));
  });
  app.get(routes.config.path, async (c) => {
    const { host, actor } = await asked(c);
    allowed(routes.config, host, actor);
    const { overrides = [], refused = [] } = host.source ?? {};
    return c.json({ id: host.county.id, version: host.county.version, overrides, refused });
  });
  app.get(routes.county.path, async (c) => {
    const { host, actor, language } = await asked(c);
    const { county, directory } = host;
    const staff = isStaff(county, actor);
    const kindsRead = thingKinds.filter((kind) => may(county, actor, 'read', kind));
    const kindsCreated = thingKinds.filter((kind) => may(county, actor, 'create', kind));
    const others = (['see-scores', 'see-config', 'attach', 'import'] as const).filter((what) =>
      may(county, actor, what, null),
    );
    return c.json({
      id: county.id,
      name: say(county.name, language),
      me: {
        id: actor.id,
        name: actor.name,
        posts: actor.posts.map(({ post }) => ({
          post,
          name: say(county.posts.get(post)?.name ?? post, language),
        })),
        staff,
      },
      may: [
        ...kindsRead.map((kind) => `read:${kind}`),
        ...kindsCreated.map((kind) => `create:${kind}`),
        ...others,
      ],
      channels: [...county.channels].map(([value, label]) => ({ value, label: say(label, language) })),
      authors: staff
        ? directory.people
            .filter((person) => person.kind !== undefined)
            .map((person) => ({ value: person.id, label: person.name }))
        : [],
      // Those that a period's count knows; in the reader's language where the county's config has them too.
      units: staff
        ? directory.organisations.map(({ id, name }) => ({
            value: id,
            label: say(county.organisations.get(id)?.name ?? name, language),
          }))
        : [],
    });
  });

  app.get(routes.map.path, async (c) => {
    const { host, actor, language } = await asked(c);
    allowed(routes.map, host, actor);
    const kind = c.req.param('kind') ?? '';
    const flow = isThingKind(kind) ? host.county.flows.get(kind) : undefined;
    if (!flow) throw nothing();
    return c.json(mapOf(flow, language));
  });

  app.get(routes.scores.path, async (c) => {
    const { host, actor, now } = await asked(c);
    allowed(routes.scores, host, actor);
    const of = c.req.query('of') === 'units' ? 'units' : 'people';
    return c.json(await host.desk.scores(c.req.query('period') ?? now.slice(0, 4), of, actor, now));
  });

  app.get(routes.quotas.path, async (c) => {
    const { host, actor, now } = await asked(c);
    const everyone = c.req.query('of') === 'all';
    return c.json(await host.desk.quotas(actor, now, everyone ? null : actor.id));
  });

  app.post(routes.upload.path, async (c) => {
    const { host, actor } = await asked(c);
    allowed(routes.upload, host, actor);
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const type = fileType(bytes);
    if (!type)
      throw new ServerError('wrong-file-type', {
        zh: '只接收 JPG、PNG、WebP 图片和 PDF、Word、Excel 文件(按内容识别)。',
        en: 'We take JPG, PNG and WebP pictures, and PDF, Word and Excel files, judged by their content.',
      });
    const name = decodeName(c.req.header('X-File-Name'));
    const id = parts.newId();
    await host.store.saveFile({ county: host.county.id, id, name, type, uploader: actor.id, bytes });
    return c.json({ id, name, type }, 201);
  });
  app.get(routes.file.path, async (c) => {
    const { host, actor } = await asked(c);
    const ref = { county: host.county.id, kind: kindIn(c), id: c.req.param('id') ?? '' };
    const file = await host.desk.file(ref, c.req.param('file') ?? '', actor);
    return c.body(new Uint8Array(file.bytes), 200, {
      'Content-Type': file.type,
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    });
  });

  app.get(routes.blank.path, async (c) => {
    const { host, actor, language } = await asked(c);
    return c.json(await host.desk.blank(kindIn(c), actor, language));
  });
  app.get(routes.queue.path, async (c) => {
    const { host, actor, language, now } = await asked(c);
    const view = c.req.query('view');
    const request: QueueRequest = {
      kind: kindIn(c),
      view: view === 'todo' || view === 'mine' || view === 'overdue' ? view : 'all',
      search: c.req.query('search') || null,
      after: c.req.query('after') || null,
      limit: Math.min(200, Math.max(1, Number(c.req.query('limit')) || 50)),
    };
    return c.json(await host.desk.queue(request, actor, now, language));
  });
  app.get(routes.view.path, async (c) => {
    const { host, actor, language, now } = await asked(c);
    const ref = { county: host.county.id, kind: kindIn(c), id: c.req.param('id') ?? '' };
    return withVersion(c, await host.desk.view(ref, actor, now, language), 200);
  });

  app.post(routes.open.path, (c) => act(c, null, null));
  app.post(routes.act.path, (c) => act(c, c.req.param('id') ?? '', c.req.param('action') ?? ''));

  async function act(c: Context, id: string | null, verb: string | null) {
    const { host, actor, language, now } = await asked(c);
    const kind = kindIn(c);
    const text = await c.req.text();
    const body = readActBody(text);
    const action = verb ?? body.action ?? 'submit';
    if (!isVerb(action))
      throw new ServerError('unknown-action', {
        zh: `没有“${action}”这个动作。请使用事项所列的动作。`,
        en: `There is no action "${action}". Use one of those that the thing offers.`,
      });
    const version = /^(?:W\/)?"?(\d+)"?$/.exec(c.req.header('If-Match') ?? '')?.[1];
    const key = c.req.header('Idempotency-Key');
    const thing = { county: host.county.id, kind, id };
    try {
      const view = await host.desk.act({
        thing,
        action,
        input: body.input,
        expected: version === undefined ? null : Number(version),
        takes: body.takes,
        onBehalf: body.onBehalf,
        actor,
        now,
        language,
        key:
          key === undefined
            ? null
            : { value: key, request: createHash('sha256').update(`${c.req.path}\n${text}`).digest('hex') },
      });
      return withVersion(c, view, id === null ? 201 : 200);
    } catch (error) {
      // Somebody was faster: the answer carries the thing as it is now, so that the page need not ask again.
      if (id === null || !(error instanceof MinqingError && error.code === 'conflict')) throw error;
      const current = await host.desk.view({ ...thing, id }, actor, now, language);
      return c.json({ ...problemOf(error, language), current }, 409, {
        'Content-Type': 'application/problem+json',
      });
    }
  }

  const { demo } = parts;
  if (demo) {
    app.get(demoRoutes.identities.path, (c) => {
      const language = languageOf(c);
      return c.json(
        [...parts.counties.values()].flatMap(({ county, directory }) =>
          directory.people.map((person) => {
            const post = county.posts.get(person.posts?.[0]?.post ?? '');
            const kind = county.authorKinds.get(person.kind ?? '');
            return {
              county: county.id,
              countyName: say(county.name, language),
              id: person.id,
              name: person.name,
              post: post?.id ?? person.kind ?? '',
              postName: post ? say(post.name, language) : kind ? say(kind, language) : '',
            };
          }),
        ),
      );
    });
    app.post(demoRoutes.token.path, async (c) => {
      const body: unknown = await c.req.json().catch(() => null);
      const id = typeof body === 'object' && body !== null && 'id' in body ? String(body.id) : '';
      const known = [...parts.counties.values()].some(({ directory }) =>
        directory.people.some((person) => person.id === id),
      );
      if (!known) throw nothing();
      return c.json({ token: await demo.sign(id) });
    });
  }

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
  app.onError((error, c) => refuse(c, error));

  return { fetch: (request: Request) => app.fetch(request), routes: app.routes };
}

function decodeName(header: string | undefined): string {
  try {
    return decodeURIComponent(header ?? '').slice(0, 120) || 'file';
  } catch {
    return 'file';
  }
}
