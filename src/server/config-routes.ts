import type { Context, Hono } from 'hono';
import { readSource } from '../check/source.ts';
import type { Mistake } from '../check/mistake.ts';
import { extend, overrides, type Json } from '../county/extend.ts';
import { pathByIds, valuesOf, withValues } from '../county/values.ts';
import { may } from '../desk/permission.ts';
import { checkVersion, FILE, versionsOf, versionToMoveTo } from '../desk/versions.ts';
import { civilDate } from '../model/date.ts';
import { paperIds, paperNames } from '../model/paper.ts';
import type { Language } from '../model/text.ts';
import {
  inForceOn,
  standingOf,
  type ConfigMistake,
  type ConfigVersion,
  type UnderWay,
  type VersionRow,
} from '../model/version.ts';
import { nothing, type Asked, type Asking } from './asking.ts';
import { mustBeSecond, signatureOf, type Duties } from './duties.ts';
import { readConfigBody, readMigrationBody, readStepBody, type ConfigBody } from './body.ts';
import { routes } from './routes.ts';

/** Says which config it is, and nothing else. */
const naming = /^(\$schema|extends|id|name|version)(\/|$)/;

/** The life of a county's config over HTTP: looked at, tried, drafted, approved, published, taken back. */
export function configRoutes(
  app: Hono,
  { asked }: Asking,
  duties: Duties,
  follow: (() => Promise<void>) | undefined,
): void {
  app.get(routes.config.path, async (c) => {
    const { host, now } = await asked(c, routes.config);
    const { county, store } = host;
    const versions = await versionsOf(county.id, store).list();
    const today = civilDate(now, county.timeZone);
    const inForce = inForceOn(versions, today);
    return c.json({
      id: county.id,
      version: county.version,
      overrides: inForce
        ? overrides(readSource('', inForce.text).value).filter((path) => !naming.test(path))
        : [],
      versions: versions.map((version) => rowOf(version, versions, today)),
    });
  });

  app.get(routes.configVersion.path, async (c) => {
    const { host, language, now } = await asked(c, routes.configVersion);
    const { county, store } = host;
    const versions = versionsOf(county.id, store);
    const version = await versions.one(Number(c.req.param('number')));
    const today = civilDate(now, county.timeZone);
    const against = c.req.query('against');
    const { own, whole } = textsOf(version);
    return c.json({
      ...rowOf(version, await versions.list(), today),
      text: version.text,
      values: valuesOf(whole, own),
      papers: paperIds.map((paper) => ({
        paper,
        label: paperNames[paper][language],
        own: checkVersion(version).config?.papers?.[paper] !== undefined,
      })),
      differences: await versions.diff(version.number, against === undefined ? null : Number(against), today),
    });
  });

  app.post(routes.configTrial.path, async (c) => {
    const at = await asked(c, routes.configTrial);
    const { host, actor, language, now } = at;
    const body = readConfigBody(await c.req.text());
    const written = await writtenOf(at, body);
    const { mistakes, config } = checkVersion(written);
    const shown = { text: written.text, mistakes: mistakes.map((one) => sayMistake(one, written, language)) };
    if (!config || !may(host.county, actor, 'see-scores', null))
      return c.json({ ...shown, simulation: null });
    const period = body.period ?? now.slice(0, 4);
    return c.json({
      ...shown,
      simulation: await host.desk.simulate(config, period, body.of, actor, now),
    });
  });

  app.post(routes.configDraft.path, async (c) => {
    const at = await asked(c, routes.configDraft);
    const { host, actor, now } = at;
    const body = readConfigBody(await c.req.text());
    const { text, bases } = await writtenOf(at, body);
    const versions = versionsOf(host.county.id, host.store);
    const draft = await versions.draft({ text, bases, note: body.note }, { by: actor.id, at: now });
    return c.json(rowOf(draft, await versions.list(), civilDate(now, host.county.timeZone)), 201);
  });

  app.post(routes.configMigration.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.configMigration);
    const version = await versionsOf(host.county.id, host.store).one(Number(c.req.param('number')));
    const { stages, dry } = readMigrationBody(await c.req.text());
    return c.json(
      await host.desk.migrate({
        to: versionToMoveTo(version),
        stages: stages ?? version.published?.underWay?.stages ?? {},
        by: actor.id,
        now,
        language,
        dry,
      }),
    );
  });

  app.post(routes.configStep.path, async (c) => {
    const at = await asked(c, routes.configStep);
    const { host, now } = at;
    const { county, store } = host;
    const versions = versionsOf(county.id, store);
    const by = { by: signatureOf(at), at: now };
    const number = Number(c.req.param('number'));
    const { from, underWay } = readStepBody(await c.req.text());
    const step = c.req.param('step') ?? '';
    if (step === 'approve') mustBeSecond(duties, at, (await versions.one(number)).drafted.by);
    const on = from ?? civilDate(now, county.timeZone);
    // Going back alone would be approving alone.
    const version =
      step === 'roll-back' && duties.separate !== 'off'
        ? await versions.draftBack(number, by)
        : await stepOf(c)(versions, number, { on, underWay }, by);
    await follow?.();
    return c.json(rowOf(version, await versions.list(), civilDate(now, county.timeZone)));
  });
}

type Versions = ReturnType<typeof versionsOf>;
type StepTaken = (
  versions: Versions,
  number: number,
  publishing: { on: string; underWay: UnderWay | null },
  by: { by: string; at: string },
) => Promise<ConfigVersion>;
const steps: Record<string, StepTaken> = {
  approve: (versions, number, _publishing, by) => versions.approve(number, by),
  publish: (versions, number, { on, underWay }, by) => versions.publish(number, on, by, underWay),
  'roll-back': (versions, number, { on }, by) => versions.rollBack(number, on, by),
};
function stepOf(c: Context): StepTaken {
  const step = steps[c.req.param('step') ?? ''];
  if (!step) throw nothing();
  return step;
}

export function rowOf(version: ConfigVersion, versions: readonly ConfigVersion[], today: string): VersionRow {
  const { number, note, backTo, drafted, approved, published } = version;
  return {
    number,
    standing: standingOf(version, versions, today),
    note,
    backTo,
    drafted,
    approved,
    published,
    alone: approved !== null && approved.by === drafted.by && drafted.by !== FILE,
  };
}

export function textsOf({ county, text, bases }: Pick<ConfigVersion, 'county' | 'text' | 'bases'>): {
  own: Json;
  whole: Json;
} {
  const own = readSource(`${county}.json`, text).value;
  const name = typeof own === 'object' && own !== null && !Array.isArray(own) ? own['extends'] : undefined;
  const base = typeof name === 'string' ? bases[name] : undefined;
  return { own, whole: base === undefined ? own : extend(readSource('', base).value, own) };
}

/** What a body says the config should be: a text of its own, or another version's with other values. */
async function writtenOf({ host, now }: Asked, body: ConfigBody) {
  const { county, store } = host;
  const versions = versionsOf(county.id, store);
  const all = await versions.list();
  const over =
    body.over === null
      ? (inForceOn(all, civilDate(now, county.timeZone)) ?? (await versions.one(1)))
      : await versions.one(body.over);
  const text =
    body.text ??
    (body.changes.length === 0
      ? over.text
      : withValues(over.text, textsOf(over).own, textsOf(over).whole, body.changes));
  return { county: county.id, text, bases: over.bases };
}

function sayMistake(
  { code, line, column, pointer, saying }: Mistake,
  written: Pick<ConfigVersion, 'county' | 'text' | 'bases'>,
  language: Language,
): ConfigMistake {
  const { own, whole } = textsOf(written);
  const path = pathByIds(pointer, own);
  // A pointer into the county's own text where it has that place, else into the whole config.
  return {
    code,
    line,
    column,
    path: /\/\d+(\/|$)/.test(path) ? pathByIds(pointer, whole) : path,
    message: saying[language],
  };
}
