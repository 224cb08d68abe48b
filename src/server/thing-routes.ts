import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { QueueRequest } from '../desk/request.ts';
import { isCivilDate } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import { kindOfPath, type ThingKind } from '../model/thing.ts';
import { isVerb } from '../model/verb.ts';
import type { ThingView } from '../model/view.ts';
import { nothing, type Asking } from './asking.ts';
import { readActBody, readSimilarBody } from './body.ts';
import { download } from './download.ts';
import { ServerError } from './error.ts';
import { fileType } from './file-type.ts';
import { problemOf } from './problem.ts';
import { routes } from './routes.ts';

/** Reports, leads, pieces, handling items and periods: their lists, views, files and acts. */
export function thingRoutes(app: Hono, { asked }: Asking, newId: () => string): void {
  function kindIn(c: Context): ThingKind {
    const kind = kindOfPath(c.req.param('things') ?? '');
    if (!kind) throw nothing();
    return kind;
  }
  const withVersion = (c: Context, view: ThingView, status: 200 | 201) =>
    c.json(view, status, { ETag: `"${view.version}"` });

  app.post(routes.upload.path, async (c) => {
    const { host, actor } = await asked(c, routes.upload);
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const type = fileType(bytes);
    if (!type)
      throw new ServerError('wrong-file-type', {
        zh: '只接收 JPG、PNG、WebP 图片和 PDF、Word、Excel 文件(按内容识别)。',
        en: 'We take JPG, PNG and WebP pictures, and PDF, Word and Excel files, judged by their content.',
      });
    const name = decodeName(c.req.header('X-File-Name'));
    const key = c.req.header('Idempotency-Key');
    const id = key === undefined ? newId() : createHash('sha256').update(`${actor.id}\n${key}`).digest('hex');
    const before = key === undefined ? null : await host.store.file(host.county.id, id);
    if (before && !Buffer.from(before.bytes).equals(bytes))
      throw new ServerError('key-reused', {
        zh: '同一个 Idempotency-Key 已用于另一个文件。请换一个新的键。',
        en: 'This Idempotency-Key was used for another file. Take a new key.',
      });
    if (before) return c.json({ id, name: before.name, type: before.type }, 201);
    await host.store.saveFile({ county: host.county.id, id, name, type, uploader: actor.id, bytes });
    return c.json({ id, name, type }, 201);
  });
  app.get(routes.file.path, async (c) => {
    const { host, actor } = await asked(c, routes.file);
    const ref = { county: host.county.id, kind: kindIn(c), id: c.req.param('id') ?? '' };
    const file = await host.desk.file(ref, c.req.param('file') ?? '', actor);
    return download(c, file);
  });

  app.get(routes.blank.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.blank);
    return c.json(await host.desk.blank(kindIn(c), actor, now, language));
  });
  app.get(routes.queue.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.queue);
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
  app.get(routes.similarTo.path, async (c) => {
    const { host, actor, language } = await asked(c, routes.similarTo);
    const ref = { county: host.county.id, kind: kindIn(c), id: c.req.param('id') ?? '' };
    return c.json(await host.desk.similarTo(ref, actor, language));
  });
  app.post(routes.similarText.path, async (c) => {
    const { host, actor, language } = await asked(c, routes.similarText);
    const { kind, input } = readSimilarBody(await c.req.text());
    return c.json(await host.desk.similarText(kind, input, actor, language));
  });
  app.get(routes.view.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.view);
    const ref = { county: host.county.id, kind: kindIn(c), id: c.req.param('id') ?? '' };
    const at = momentIn(c.req.query('at'));
    return withVersion(c, await host.desk.view(ref, actor, now, language, at), 200);
  });

  app.post(routes.open.path, (c) => act(c, null, null));
  app.post(routes.act.path, (c) => act(c, c.req.param('id') ?? '', c.req.param('action') ?? ''));

  async function act(c: Context, id: string | null, verb: string | null) {
    const { host, actor, language, now } = await asked(c, routes.act);
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
}

function decodeName(header: string | undefined): string {
  try {
    return decodeURIComponent(header ?? '').slice(0, 120) || 'file';
  } catch {
    return 'file';
  }
}

/** A day, or an instant in UTC; undefined for now. */
function momentIn(asked: string | undefined): string | undefined {
  if (asked === undefined || isCivilDate(asked)) return asked;
  const at = Date.parse(asked);
  if (Number.isNaN(at))
    throw new ServerError('bad-date', {
      zh: `“${asked}”不是时刻。at 应为日期或时刻,如 2026-03-09 或 2026-03-09T01:00:00Z。`,
      en: `"${asked}" is no instant. "at" takes a day or an instant, such as 2026-03-09 or 2026-03-09T01:00:00Z.`,
    });
  return new Date(at).toISOString();
}
