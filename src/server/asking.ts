import type { Context } from 'hono';
import { may } from '../desk/permission.ts';
import type { Instant } from '../model/date.ts';
import type { Language } from '../model/text.ts';
import type { Actor } from '../model/thing.ts';
import { singleHanded, type Duties } from './duties.ts';
import { ServerError } from './error.ts';
import { actorIn, type CountyHost } from './host.ts';
import { note } from './noted.ts';
import { unauthorized, type Identified, type Identity } from './identity.ts';
import type { Route } from './routes.ts';

/** Whose request it is, where, and in which language the answer is read. */
export interface Asked {
  host: CountyHost;
  actor: Actor;
  language: Language;
  now: Instant;
  /** Where the one who asks is of the committee above: that committee. */
  above?: CountyHost;
}
export type Asking = ReturnType<typeof askingOf>;

export const languageOf = (c: Context): Language =>
  /^\s*en/i.test(c.req.header('Accept-Language') ?? '') ? 'en' : 'zh';

export const nothing = () =>
  new ServerError('not-found', {
    zh: '没有这件事项,或不属于本县。请核对链接。',
    en: 'There is no such thing here. Check the link.',
  });

/** Who asks, and may they: one path for every route; an unknown county reads like an unknown thing. */
export function askingOf(parts: {
  counties: ReadonlyMap<string, CountyHost>;
  identity: Identity;
  now: () => Instant;
  duties?: Duties;
}) {
  /** Whether whoever vouches for them speaks for a county; asked before it is said whether there is one. */
  const vouched = ({ counties }: Identified, county: string) => counties?.includes(county) ?? true;

  /** The committee whose people agree to what a county's do; null where there is none. */
  function aboveOf(county: string): CountyHost | null {
    const { separate, higher } = parts.duties ?? singleHanded;
    return separate === 'higher' ? (parts.counties.get(higher.get(county) ?? '') ?? null) : null;
  }
  function fromAbove(c: Context, route: Route, subject: string, above: CountyHost): Asked {
    const host = parts.counties.get(c.req.param('county') ?? '');
    const now = parts.now();
    const actor = actorIn(above, subject, now);
    if (!host || !actor) throw nothing();
    allowed(route, above, actor);
    c.header('Minqing-Config', host.county.version);
    return { host, actor, language: languageOf(c), now, above };
  }

  return {
    now: parts.now,
    hostOf: (county: string) => parts.counties.get(county),
    /** The counties that the one who asks belongs to. */
    async counties(c: Context): Promise<CountyHost[]> {
      const known = await parts.identity.identify(c.req.raw);
      const now = parts.now();
      return [...parts.counties.values()].filter(
        (host) => vouched(known, host.county.id) && actorIn(host, known.subject, now) !== null,
      );
    },
    async asked(c: Context, route: Route): Promise<Asked> {
      const known = await parts.identity.identify(c.req.raw);
      const id = c.req.param('county') ?? '';
      const above = route.above === true ? aboveOf(id) : null;
      if (!vouched(known, id)) {
        if (above && vouched(known, above.county.id)) return fromAbove(c, route, known.subject, above);
        throw unauthorized('county');
      }
      const host = parts.counties.get(id);
      const now = parts.now();
      const actor = host ? actorIn(host, known.subject, now) : null;
      if (!actor && above && vouched(known, above.county.id))
        return fromAbove(c, route, known.subject, above);
      if (!host || !actor) throw nothing();
      note(c, { county: host.county.id, actor: actor.id });
      allowed(route, host, actor);
      c.header('Minqing-Config', host.county.version);
      return { host, actor, language: languageOf(c), now };
    },
  };
}

function allowed({ permission }: Route, { county }: CountyHost, actor: Actor): void {
  if (permission === 'public' || permission === 'member' || permission === 'desk') return;
  if (permission === 'committee' || !may(county, actor, permission, null))
    throw new ServerError('forbidden', {
      zh: '您的职务无权查看此页。如有需要,请联系县政协办公室。',
      en: 'Your post may not see this. If it should, ask the county’s office.',
    });
}
