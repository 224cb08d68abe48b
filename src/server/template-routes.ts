import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { withoutValue, withValues } from '../county/values.ts';
import { fieldsOfPaper } from '../desk/paper-fields.ts';
import { checkVersion, templateIn, versionsOf } from '../desk/versions.ts';
import { defaultTemplate } from '../documents/default-templates.ts';
import { fillTemplate } from '../documents/fill.ts';
import { formats } from '../documents/print.ts';
import { templateMistake } from '../documents/tags.ts';
import { civilDate } from '../model/date.ts';
import { paperIds, paperNames, type PaperData, type PaperField, type PaperId } from '../model/paper.ts';
import { say, type Language } from '../model/text.ts';
import { inForceOn, type ConfigVersion } from '../model/version.ts';
import { nothing, type Asked, type Asking } from './asking.ts';
import { rowOf, textsOf } from './config-routes.ts';
import { download } from './download.ts';
import { routes } from './routes.ts';

/** The Word templates of a county: each a part of its config, drafted, approved and published like the rest of it. */
export function templateRoutes(app: Hono, { asked }: Asking): void {
  app.get(routes.template.path, async (c) => {
    const at = await asked(c, routes.template);
    const { language } = at;
    const paper = paperIn(c);
    const version = await versionIn(at, c.req.query('version'));
    const { county } = checkVersion(version);
    if (!county) throw nothing();
    const file = county.papers.get(paper);
    const own = file === undefined ? null : (templateIn(version, file) ?? (await at.host.template?.(file)));
    const bytes = own ?? (await defaultTemplate(paper, language));
    const name = `${paperNames[paper][language]}.docx`;
    if (c.req.query('as') !== 'example') return download(c, { name, type: formats.docx, bytes });
    const fields = fieldsOfPaper(county, paper);
    const filled = await fillTemplate(bytes, fields, exampleOf(fields, language));
    return download(c, { name, type: formats.docx, bytes: filled });
  });

  app.post(routes.templateDraft.path, async (c) => {
    const at = await asked(c, routes.templateDraft);
    const { host, actor, language, now } = at;
    const paper = paperIn(c);
    const over = await versionIn(at, c.req.query('over'));
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const written = bytes.length === 0 ? withoutOwn(over, paper) : withOwn(over, paper, bytes);
    const versions = versionsOf(host.county.id, host.store);
    const note = `${bytes.length === 0 ? backTo[language] : changed[language]}${paperNames[paper][language]}`;
    const draft = await versions.draft({ ...written, note }, { by: actor.id, at: now });
    return c.json(rowOf(draft, await versions.list(), civilDate(now, host.county.timeZone)), 201);
  });
}

const changed = { zh: '换模板:', en: 'Another template: ' };
const backTo = { zh: '恢复内置模板:', en: 'Back to the template that comes along: ' };

function paperIn(c: Context): PaperId {
  const paper = paperIds.find((one) => one === c.req.param('paper'));
  if (!paper) throw nothing();
  return paper;
}

async function versionIn({ host, now }: Asked, number: string | undefined): Promise<ConfigVersion> {
  const versions = versionsOf(host.county.id, host.store);
  if (number !== undefined) return versions.one(Number(number));
  const inForce = inForceOn(await versions.list(), civilDate(now, host.county.timeZone));
  return inForce ?? versions.one(1);
}

/** Under a name of its content's own, so that no version's template becomes another's. */
function withOwn(over: ConfigVersion, paper: PaperId, bytes: Uint8Array) {
  const { county } = checkVersion(over);
  if (!county) throw nothing();
  const wrong = templateMistake(bytes, fieldsOfPaper(county, paper));
  if (wrong) throw wrong;
  const file = `${paper}-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.docx`;
  const { own, whole } = textsOf(over);
  return {
    text: withValues(over.text, own, whole, [{ path: `papers/${paper}`, value: file }]),
    bases: { ...over.bases, [file]: Buffer.from(bytes).toString('base64') },
  };
}

function withoutOwn({ text, bases }: ConfigVersion, paper: PaperId) {
  return { text: withoutValue(text, ['papers', paper]), bases };
}

/** Each field says which it is; a list has two of its kind. */
function exampleOf(fields: readonly PaperField[], language: Language): PaperData {
  return Object.fromEntries(
    fields.map(({ name, label, list }) => {
      const item = list && exampleOf(list, language);
      return [name, item ? [item, item] : `〔${say(label, language)}〕`];
    }),
  );
}
