import type { Context, Hono } from 'hono';
import { safe } from '../documents/html.ts';
import { civilDate } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import type { PublicHandling, PublicTold } from '../model/published.ts';
import { languageOf, nothing } from './asking.ts';
import type { CountyHost } from './host.ts';
import { kindIn } from './kind-in.ts';
import { plainPage } from './plain-page.ts';
import { routes } from './routes.ts';

const words = {
  zh: {
    stage: '现处环节',
    since: '自',
    told: '办理过程',
    handling: '办理',
    by: '承办单位',
    due: '办理期限',
    rated: '满意度',
    join: '、',
  },
  en: {
    stage: 'It is now at',
    since: 'Since',
    told: 'What happened',
    handling: 'What is done about it',
    by: 'Handled by',
    due: 'Due',
    rated: 'Satisfaction',
    join: ', ',
  },
};

/** What anybody may read, without signing in: only where a county has switched it on, and only a plain page. */
export function publicRoutes(app: Hono, counties: ReadonlyMap<string, CountyHost>): void {
  app.get(routes.published.path, async (c) => {
    const host = counties.get(c.req.param('county') ?? '');
    if (!host) return notHere(c, nothing());
    c.header('Minqing-Config', host.county.version);
    const language = languageOf(c);
    const kind = kindIn(c);
    const status = await host.desk
      .published(kind, c.req.param('id') ?? '', language)
      .catch((error: unknown) => notHere(c, error));
    if (status instanceof Response) return status;
    if (c.req.query('as') === 'json') return c.json(status);
    const say = words[language];
    const { timeZone } = host.county;
    const stands = ({ stage, since }: { stage: string; since: string }) => [
      row(say.stage, stage),
      row(say.since, civilDate(since, timeZone)),
    ];
    const handled = ({ by, due, satisfaction }: PublicHandling) => [
      ...(by.length > 0 ? [row(say.by, by.join(say.join))] : []),
      ...(due === null ? [] : [row(say.due, due)]),
      ...(satisfaction === null ? [] : [row(say.rated, satisfaction)]),
    ];
    const list = (rows: string[]) => `<dl>${rows.join('')}</dl>`;
    const happenings = (told: readonly PublicTold[], level: 2 | 3) =>
      told.length === 0
        ? ''
        : `<section><h${level}>${say.told}</h${level}>${list(told.map(happened))}</section>`;
    const parts =
      kind === 'handling'
        ? [
            list([...stands(status), ...status.handling.flatMap(handled)]),
            ...status.handling.map(({ told }) => happenings(told, 2)),
          ]
        : [
            list(stands(status)),
            happenings(status.told, 2),
            ...status.handling.map(
              (item) =>
                `<section><h2>${say.handling}</h2>${list([...stands(item), ...handled(item)])}${happenings(item.told, 3)}</section>`,
            ),
          ];
    const head = `<p class="soft">${safe(status.county)}</p><h1>${safe(status.title)}</h1>`;
    return plainPage(c, 200, status.title, `${head}${parts.join('')}`);
  });
}

/** Whoever follows a link in a browser reads a page, a program the error. */
function notHere(c: Context, error: unknown) {
  const read = c.req.query('as') !== 'json' && (c.req.header('Accept') ?? '').includes('text/html');
  if (!read || !(error instanceof MinqingError) || error.code !== 'not-found') throw error;
  const sentence = error.saying[languageOf(c)];
  return plainPage(c, 404, sentence, `<p>${safe(sentence)}</p>`);
}

const happened = ({ on, what, words: said }: PublicTold) =>
  row(on, what, ...said.map(({ label, value }) => `${label}: ${value}`));

const row = (name: string, ...values: string[]) =>
  `<dt>${safe(name)}</dt>${values.map((value) => `<dd>${safe(value)}</dd>`).join('')}`;
