import type { Hono } from 'hono';
import type { PublicHandling } from '../desk/published.ts';
import { safe } from '../documents/html.ts';
import { civilDate } from '../model/date.ts';
import { languageOf, nothing } from './asking.ts';
import type { CountyHost } from './host.ts';
import { kindIn } from './kind-in.ts';
import { routes } from './routes.ts';

const words = {
  zh: {
    lang: 'zh-CN',
    stage: '现处环节',
    since: '自',
    handling: '办理',
    by: '承办单位',
    due: '办理期限',
    rated: '满意度',
    join: '、',
  },
  en: {
    lang: 'en',
    stage: 'It is now at',
    since: 'Since',
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
    if (!host) throw nothing();
    const language = languageOf(c);
    const kind = kindIn(c);
    const status = await host.desk.published(kind, c.req.param('id') ?? '', language);
    const { lang, ...say } = words[language];
    const { timeZone } = host.county;
    const stands = ({ stage, since }: { stage: string; since: string }) => [
      row(say.stage, stage),
      row(say.since, civilDate(since, timeZone)),
    ];
    const handled = ({ by, due, told, satisfaction }: PublicHandling) => [
      ...(by.length > 0 ? [row(say.by, by.join(say.join))] : []),
      ...(due === null ? [] : [row(say.due, due)]),
      ...told.flatMap(({ on, what, words: said }) =>
        said.length === 0
          ? [row(on, what)]
          : [row(`${on} ${what}`, ...said.map(({ label, value }) => `${label}: ${value}`))],
      ),
      ...(satisfaction === null ? [] : [row(say.rated, satisfaction)]),
    ];
    const list = (rows: string[]) => `<dl>${rows.join('')}</dl>`;
    const parts =
      kind === 'handling'
        ? [list([...stands(status), ...status.handling.flatMap(handled)])]
        : [
            list(stands(status)),
            ...status.handling.map(
              (item) =>
                `<section><h2>${say.handling}</h2>${list([...stands(item), ...handled(item)])}</section>`,
            ),
          ];
    return c.html(
      `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(status.title)}</title></head>
<body><main><p>${safe(status.county)}</p><h1>${safe(status.title)}</h1>
${parts.join('\n')}</main></body>
</html>
`,
      200,
      { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'" },
    );
  });
}

const row = (name: string, ...values: string[]) =>
  `<dt>${safe(name)}</dt>${values.map((value) => `<dd>${safe(value)}</dd>`).join('')}`;
