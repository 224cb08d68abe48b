import type { Hono } from 'hono';
import { civilDate } from '../model/date.ts';
import { safe } from '../documents/html.ts';
import { languageOf, nothing } from './asking.ts';
import type { CountyHost } from './host.ts';
import { routes } from './routes.ts';

const words = {
  zh: { lang: 'zh-CN', stage: '现处环节', since: '自' },
  en: { lang: 'en', stage: 'It is now at', since: 'Since' },
};

/** What anybody may read, without signing in: only where a county has switched it on, and only a plain page. */
export function publicRoutes(app: Hono, counties: ReadonlyMap<string, CountyHost>): void {
  app.get(routes.published.path, async (c) => {
    const host = counties.get(c.req.param('county') ?? '');
    if (!host) throw nothing();
    const language = languageOf(c);
    const { county, title, stage, since } = await host.desk.published(c.req.param('id') ?? '', language);
    const { lang, ...say } = words[language];
    const day = civilDate(since, host.county.timeZone);
    return c.html(
      `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title></head>
<body><main><p>${safe(county)}</p><h1>${safe(title)}</h1>
<dl><dt>${say.stage}</dt><dd>${safe(stage)}</dd><dt>${say.since}</dt><dd>${day}</dd></dl></main></body>
</html>
`,
      200,
      { 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'" },
    );
  });
}
