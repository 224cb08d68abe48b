import type { Context, Hono } from 'hono';
import type { DirectoryText } from '../desk/directory.ts';
import { readSheet } from '../documents/sheet.ts';
import { isCivilDate } from '../model/date.ts';
import { nothing, type Asked, type Asking } from './asking.ts';
import { readBody } from './body.ts';
import { sensitive, type Duties } from './duties.ts';
import { ServerError } from './error.ts';
import { routes } from './routes.ts';
import { decodeName } from './file-routes.ts';

/** People, organisations, posts and terms of office: looked at, tried and entered. */
export function directoryRoutes(
  app: Hono,
  { asked }: Asking,
  duties: Duties,
  follow: (() => Promise<void>) | undefined,
): void {
  app.get(routes.directory.path, async (c) => {
    const { host, actor } = await asked(c, routes.directory);
    const on = c.req.query('on') ?? null;
    if (on !== null && !isCivilDate(on))
      throw new ServerError('bad-date', {
        zh: `on 应为日期,如 2026-03-01;现在是“${on}”。`,
        en: `"on" takes a date such as 2026-03-01; it is "${on}".`,
      });
    return c.json(await host.desk.directory(on, actor));
  });

  app.post(routes.directoryTrial.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.directoryTrial);
    return c.json({ rows: await host.desk.tryDirectory(await readDirectory(c), actor, now, language) });
  });

  app.post(routes.directoryEnter.path, async (c) => {
    const at = await asked(c, routes.directoryEnter);
    const file = decodeName(c.req.header('X-File-Name'));
    const done = await enter(at, await readDirectory(c), file);
    await follow?.();
    return c.json(done, 201);
  });

  app.get(routes.directoryRow.path, async (c) => {
    const { host, actor } = await asked(c, routes.directoryRow);
    const entries = await host.desk.directoryHistory(listIn(c), c.req.param('id') ?? '', actor);
    if (entries.length === 0) throw nothing();
    return c.json(entries.map(({ sequence, by, at, row }) => ({ sequence, by, at, row })));
  });

  app.put(routes.directoryPut.path, async (c) => {
    const at = await asked(c, routes.directoryPut);
    const id = c.req.param('id');
    const row = { ...readBody(await c.req.text()), id };
    const done = await enter(at, { json: JSON.stringify({ [listIn(c)]: [row] }) }, String(id));
    await follow?.();
    return c.json(done);
  });

  async function enter(at: Asked, text: DirectoryText, file: string) {
    const { host, actor, now, language } = at;
    const perform = () => host.desk.enterDirectory(text, actor, now, { file });
    const rows = await host.desk.tryDirectory(text, actor, now, language);
    // What is wrong is refused at once, and nobody is asked to agree to it.
    if (rows.length === 0 || rows.some(({ match }) => match === 'wrong')) return perform();
    return sensitive(duties, at, { is: 'directory', about: file, request: { text, file } }, perform);
  }
}

const listIn = (c: Context) => (c.req.param('list') === 'people' ? 'people' : 'organisations');

/** JSON begins with a brace; a CSV whose first heading does has never been seen. */
async function readDirectory(c: Context): Promise<DirectoryText> {
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart();
  if (start.startsWith('{')) return { json: new TextDecoder().decode(bytes) };
  const sheet = await readSheet(bytes);
  if (sheet) return { sheet };
  throw new ServerError('wrong-file-type', {
    zh: '只接收 .xlsx、CSV 表格或 JSON 名册。请另存为其中一种再上传。',
    en: 'We take .xlsx and CSV sheets, and a directory as JSON. Save it as one of them and upload it again.',
  });
}
