import type { Hono } from 'hono';
import { may, isStaff } from '../desk/permission.ts';
import type { County } from '../county/county.ts';
import { directoryOn } from '../desk/directory.ts';
import { checkVersion, versionsOf } from '../desk/versions.ts';
import { isFormat, print } from '../documents/print.ts';
import { civilDate, isCivilDate, type CivilDate } from '../model/date.ts';
import { say, type Language } from '../model/text.ts';
import type { Actor } from '../model/thing.ts';
import { urgenciesOf } from '../workflow/map-words.ts';
import { mapOf } from '../workflow/map.ts';
import { languageOf, nothing, type Asking } from './asking.ts';
import { download } from './download.ts';
import type { CountyHost } from './host.ts';
import { routes } from './routes.ts';

/** What a county is, who its people are to it, and what was counted. */
export function countyRoutes(app: Hono, { asked, counties }: Asking): void {
  app.get(routes.counties.path, async (c) => {
    const mine = await counties(c);
    return c.json(mine.map(({ county }) => ({ id: county.id, name: say(county.name, languageOf(c)) })));
  });
  app.get(routes.county.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.county);
    const { county } = host;
    const directory = directoryOn(host.directory, civilDate(now, county.timeZone));
    const staff = isStaff(county, actor);
    const kindsRead = county.kinds.filter((kind) => may(county, actor, 'read', kind));
    const kindsCreated = county.kinds.filter((kind) => may(county, actor, 'create', kind));
    const others = (
      [
        'see-scores',
        'see-config',
        'draft-config',
        'approve-config',
        'attach',
        'import',
        'export',
        'manage-directory',
        'agree',
        'see-audit',
        'personal-data',
      ] as const
    ).filter((what) => may(county, actor, what, null));
    return c.json({
      id: county.id,
      name: say(county.name, language),
      me: {
        id: actor.id,
        name: actor.name,
        posts: actor.posts.map(({ post, organisation }) => ({
          post,
          organisation,
          name: say(county.posts.get(post)?.name ?? post, language),
        })),
        staff,
      },
      may: [
        ...kindsRead.map((kind) => `read:${kind}`),
        ...kindsCreated.map((kind) => `create:${kind}`),
        ...others,
      ],
      labels: labelsIn(county, language),
      matters: [...county.matters.values()].map(({ id, name }) => ({
        value: id,
        label: say(name, language),
      })),
      channels: [...county.channels].map(([value, label]) => ({ value, label: say(label, language) })),
      authors: staff
        ? directory.people
            .filter((person) => person.kind !== undefined)
            .map((person) => ({ value: person.id, label: person.name }))
        : [],
      offices: officesOf(host, actor, language),
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
    const { host, language } = await asked(c, routes.map);
    const kind = c.req.param('kind') ?? '';
    const county = await countyAt(host, c.req.query('version'));
    const flow = county.flows.get(kind);
    if (!flow) throw nothing();
    return c.json(
      mapOf(flow, {
        language,
        direction: c.req.query('direction') === 'down' ? 'down' : 'right',
        posts: county.posts,
        urgencies: urgenciesOf(county),
        current: c.req.query('current') || null,
        due: dayIn(c.req.query('due')),
        visited: new Map(
          (c.req.query('visited') ?? '')
            .split(',')
            .filter(Boolean)
            .map((one) => one.split('@'))
            .map(([stage = '', came]) => [stage, dayIn(came)]),
        ),
        skipped: new Set(c.req.query('skipped')?.split(',').filter(Boolean)),
      }),
    );
  });

  app.get(routes.scores.path, async (c) => {
    const { host, actor, now } = await asked(c, routes.scores);
    const of = c.req.query('of') === 'units' ? 'units' : 'people';
    return c.json(
      await host.desk.scores(
        c.req.query('period') ?? now.slice(0, 4),
        of,
        actor,
        now,
        c.req.query('version'),
      ),
    );
  });

  app.get(routes.anthology.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.anthology);
    const file = await host.desk.anthology(c.req.query('period') ?? now.slice(0, 4), actor, language);
    return download(c, file);
  });

  app.get(routes.quotas.path, async (c) => {
    const { host, actor, now } = await asked(c, routes.quotas);
    const everyone = c.req.query('of') === 'all';
    return c.json(await host.desk.quotas(actor, now, everyone ? null : actor.id));
  });

  app.get(routes.month.path, async (c) => {
    const { host, actor, language, now } = await asked(c, routes.month);
    const month = c.req.param('month') ?? '';
    const paper = await host.desk.month(month, c.req.query('of') || null, actor, now, language);
    const format = c.req.query('as') ?? '';
    if (!isFormat(format)) return c.json(paper);
    return download(c, await print(paper, format, `${paper.title} ${month}`, language));
  });

  app.get(routes.obligations.path, async (c) => {
    const { host, actor, now } = await asked(c, routes.obligations);
    const everyone = c.req.query('of') === 'all';
    return c.json(await host.desk.obligations(actor, now, everyone ? null : actor.id));
  });
}

/** The page's labels in the county's own words, of those that it has in a language. */
function labelsIn({ labels }: County, language: Language): Record<string, string> {
  return Object.fromEntries(
    [...labels].flatMap(([key, text]) => {
      const words = typeof text === 'string' ? text : text[language];
      return words === undefined ? [] : [[key, words]];
    }),
  );
}

/** Whose month somebody may read: the office everybody's, others their own units'. */
function officesOf({ county, directory }: CountyHost, actor: Actor, language: Language) {
  const home = directory.people.find(({ id }) => id === actor.id)?.organisation;
  const mine = [home, ...actor.posts.map(({ organisation }) => organisation)];
  const staff = isStaff(county, actor);
  const posts = [...county.posts.values()].filter(({ scope }) => staff && scope === 'county');
  const units = directory.organisations.filter(({ id }) => staff || mine.includes(id));
  return [
    ...posts.map(({ id, name }) => ({ value: id, label: say(name, language) })),
    ...units.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

/** The county as a version of its config has it, whose flow a thing may still follow; else as it is in force. */
async function countyAt({ county, store }: CountyHost, version: string | undefined): Promise<County> {
  if (version === undefined || version === county.version || !/^\d+$/.test(version)) return county;
  const { county: then } = checkVersion(await versionsOf(county.id, store).one(Number(version)));
  if (!then) throw nothing();
  return then;
}

/** A civil date as it is asked with; null where it is none. */
function dayIn(words: string | undefined): CivilDate | null {
  return words !== undefined && isCivilDate(words) ? words : null;
}
