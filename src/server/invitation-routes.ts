import type { Context, Hono } from 'hono';
import { DeskError } from '../desk/error.ts';
import { linkOver } from '../desk/invitation.ts';
import { safe } from '../documents/html.ts';
import type { Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import { say, type Language } from '../model/text.ts';
import type { Actor, Fields, ThingRef } from '../model/thing.ts';
import type { ActionView, FieldView, ThingView } from '../model/view.ts';
import { languageOf } from './asking.ts';
import { actorIn, type CountyHost } from './host.ts';
import { plainPage } from './plain-page.ts';
import { routes } from './routes.ts';

const words = {
  zh: {
    ask: '您对办理情况满意吗?',
    hint: '点一下即提交,只能评价一次。',
    more: '想多说几句(可不填,请先填写再点选)',
    thanks: '谢谢,您的评价已收到。',
    see: '查看办理情况',
    again: '请再看一下:',
  },
  en: {
    ask: 'Are you satisfied with what was done?',
    hint: 'One tap sends it; you can answer once.',
    more: 'Something to add? (optional; write it before you tap)',
    thanks: 'Thank you, your answer has come in.',
    see: 'See what was done',
    again: 'Please look again:',
  },
};

interface Invited {
  host: CountyHost;
  actor: Actor;
  ref: ThingRef;
  view: ThingView;
  action: ActionView;
}

/** A plain page without a script, for whoever has the link: looked at as often as one likes, answered once. */
export function invitationRoutes(
  app: Hono,
  counties: ReadonlyMap<string, CountyHost>,
  now: () => Instant,
): void {
  async function invitedIn(c: Context, language: Language, at: Instant): Promise<Invited> {
    c.header('X-Robots-Tag', 'noindex');
    const host = counties.get(c.req.param('county') ?? '');
    if (!host) throw linkOver();
    const ref = { county: host.county.id, kind: 'handling', id: c.req.param('id') ?? '' };
    const actor = actorIn(host, await host.desk.invited(ref.id, c.req.param('token') ?? '', at), at);
    if (!actor) throw linkOver();
    const view = await host.desk.view(ref, actor, at, language);
    const action = view.actions.find((one) => one.action === 'rate' && one.behalf.length === 0);
    if (!action) throw linkOver();
    return { host, actor, ref, view, action };
  }
  /** What is over says so kindly; what else is wrong is the server's to tell. */
  const over = (c: Context, error: unknown) => {
    const known =
      error instanceof MinqingError && ['link-over', 'conflict', 'not-offered'].includes(error.code);
    if (!known) throw error;
    const sentence = say(linkOver().saying, languageOf(c));
    return plainPage(c, 410, sentence, `<p>${safe(sentence)}</p>`);
  };

  app.get(routes.invitation.path, async (c) => {
    const language = languageOf(c);
    try {
      const { host, view, action } = await invitedIn(c, language, now());
      return plainPage(c, 200, view.title, question(host, view, action, language, []));
    } catch (error) {
      return over(c, error);
    }
  });
  app.post(routes.answerInvitation.path, async (c) => {
    const language = languageOf(c);
    const at = now();
    try {
      const { host, actor, ref, view, action } = await invitedIn(c, language, at);
      const input = await answerIn(c, action);
      try {
        await host.desk.act({
          thing: ref,
          action: 'rate',
          input,
          expected: view.version,
          takes: [],
          onBehalf: null,
          byLink: true,
          actor,
          now: at,
          language,
          key: null,
        });
      } catch (error) {
        if (!(error instanceof DeskError) || error.fields.length === 0) throw error;
        const wrong = error.fields.map(({ saying }) => say(saying, language));
        return plainPage(c, 422, view.title, question(host, view, action, language, wrong));
      }
      const { thanks, see } = words[language];
      const more = (await isPublished(host, ref.id, language))
        ? `<p><a href="../../public/handling/${encodeURIComponent(ref.id)}">${safe(see)}</a></p>`
        : '';
      const body = `<h1>${safe(thanks)}</h1><p class="soft">${safe(view.title)}</p>${more}`;
      return plainPage(c, 200, thanks, body);
    } catch (error) {
      return over(c, error);
    }
  });
}

/** Whoever has answered may read on where the county publishes it. */
async function isPublished({ desk }: CountyHost, id: string, language: Language): Promise<boolean> {
  return desk.published('handling', id, language).then(
    () => true,
    () => false,
  );
}

async function answerIn(c: Context, { fields }: ActionView): Promise<Fields> {
  const given = new URLSearchParams(await c.req.text());
  const input: Fields = {};
  for (const { name, type } of fields) {
    const written = given.get(name) ?? '';
    if (written === '') continue;
    input[name] = type === 'number' ? Number(written) : type === 'yes-no' ? written === 'yes' : written;
  }
  return input;
}

/** The answer that was given, and how good it is: each choice a button that sends it. */
function question(
  { county }: CountyHost,
  view: ThingView,
  { fields }: ActionView,
  language: Language,
  wrong: readonly string[],
): string {
  const { ask, hint, more, again } = words[language];
  const reply = view.history.findLast(({ action }) => action === 'reply')?.said ?? [];
  const tapped = fields.find(({ type, required }) => type === 'choice' && required);
  const rest = fields.filter((field) => field !== tapped);
  const needed = rest.filter(({ required }) => required).map(fieldOf);
  const optional = rest.filter(({ required }) => !required).map(fieldOf);
  const buttons = (tapped?.options ?? []).map(
    ({ value, label }) =>
      `<button name="${safe(tapped?.name ?? '')}" value="${safe(value)}">${safe(label)}</button>`,
  );
  return `<p class="soft">${safe(say(county.name, language))}</p><h1>${safe(view.title)}</h1>
${reply.map(({ label, value }) => `<p class="soft">${safe(label)}</p><blockquote>${safe(value)}</blockquote>`).join('')}
${wrong.length > 0 ? `<div class="error" role="alert"><p>${safe(again)}</p>${wrong.map((one) => `<p>${safe(one)}</p>`).join('')}</div>` : ''}
<form method="post"><h2>${safe(ask)}</h2><p class="soft">${safe(hint)}</p>
${needed.join('')}${buttons.join('')}
${optional.length > 0 ? `<details><summary>${safe(more)}</summary>${optional.join('')}</details>` : ''}</form>`;
}

function fieldOf({ name, label, type, options, limit, required }: FieldView): string {
  const attributes = `name="${safe(name)}"${required ? ' required' : ''}`;
  const choices =
    type === 'yes-no'
      ? [
          { value: 'yes', label: '✓' },
          { value: 'no', label: '✗' },
        ]
      : options;
  const inside =
    choices.length > 0
      ? `<select ${attributes}><option value=""></option>${choices.map((one) => `<option value="${safe(one.value)}">${safe(one.label)}</option>`).join('')}</select>`
      : type === 'number' || type === 'date'
        ? `<input type="${type}" ${attributes}>`
        : `<textarea ${attributes}${limit === null ? '' : ` maxlength="${limit}"`}></textarea>`;
  return `<label>${safe(label)}${inside}</label>`;
}
