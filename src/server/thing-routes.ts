import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { QueueRequest } from '../desk/request.ts';
import { isCivilDate } from '../model/date.ts';
import { draftKinds } from '../model/draft.ts';
import { MinqingError } from '../model/error.ts';
import { isVerb } from '../model/verb.ts';
import { queueViews, type ThingView } from '../model/view.ts';
import type { Asking } from './asking.ts';
import { readActBody, readSimilarBody } from './body.ts';
import { sensitive, type Duties } from './duties.ts';
import { ServerError } from './error.ts';
import { note } from './noted.ts';
import { kindIn } from './kind-in.ts';
import { problemOf } from './problem.ts';
import { routes } from './routes.ts';

/** Reports, leads, pieces, handling items and periods: their lists, views, files and acts. */
export function thingRoutes(app: Hono, { asked }: Asking, duties: Duties): void {
  const withVersion = (c: Context, view: ThingView, status: 200 | 201) =>
    c.json(view, status, { ETag: `"${view.version}"` });

  app.get(routes.blank.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.blank);
    return c.json(await host.desk.blank(kindIn(c), actor, now, language));
  });
  app.get(routes.choices.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.choices);
    const field = c.req.param('field') ?? '';
    const search = (c.req.query('search') ?? '').trim();
    return c.json(await host.desk.choices({ kind: kindIn(c), field, search }, actor, now, language));
  });
  app.get(routes.queue.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.queue);
    const view = queueViews.find((one) => one === c.req.query('view')) ?? 'all';
    const request: QueueRequest = {
      kind: kindIn(c),
      view,
      stage: c.req.query('stage') || null,
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
    const at = await asked(c, routes.act);
    const { host, actor, language, now } = at;
    const kind = kindIn(c);
    const text = await c.req.text();
    const body = readActBody(text);
    const action = verb ?? body.action ?? 'submit';
    if (!isVerb(action))
      throw new ServerError('unknown-action', {
        zh: `没有“${action}”这个动作。请使用事项所列的动作。`,
        en: `There is no action "${action}". Use one of those that the thing offers.`,
      });
    note(c, { verb: action });
    const version = /^(?:W\/)?"?(\d+)"?$/.exec(c.req.header('If-Match') ?? '')?.[1];
    const key = c.req.header('Idempotency-Key');
    const thing = { county: host.county.id, kind, id };
    try {
      const perform = () =>
        host.desk.act({
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
      const offered = async () => {
        const seen = await host.desk.view({ ...thing, id: id ?? '' }, actor, now, language);
        return seen.actions.some((one) => one.action === 'purge');
      };
      // What is not offered is refused at once, and nobody is asked to agree to it.
      const view =
        action === 'purge' && id !== null && (await offered())
          ? await sensitive(
              duties,
              at,
              { is: 'purge', about: id, request: { thing, input: body.input } },
              perform,
            )
          : await perform();
      // What was sent is no draft any more.
      const draft = draftKinds.find((one) => id === null && one === kind);
      if (draft) await host.store.saveDraft(host.county.id, actor.id, draft, null);
      return withVersion(c, view, id === null ? 201 : 200);
    } catch (error) {
      // Somebody was faster: the answer carries the thing as it is now, so that the page need not ask again.
      if (id === null || !(error instanceof MinqingError && error.code === 'conflict')) throw error;
      const current = await host.desk.view({ ...thing, id }, actor, now, language);
      note(c, { code: error.code });
      return c.json({ ...problemOf(error, language), current }, 409, {
        'Content-Type': 'application/problem+json',
      });
    }
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
