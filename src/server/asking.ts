import type { Context } from 'hono';
import { may } from '../desk/permission.ts';
import type { Instant } from '../model/date.ts';
import type { Language } from '../model/text.ts';
import type { Actor } from '../model/thing.ts';
import { ServerError } from './error.ts';
import { actorIn, type CountyHost } from './host.ts';
import { unauthorized, type Identity } from './identity.ts';
import type { Route } from './routes.ts';

/** Whose request it is, where, and in which language the answer is read. */
export interface Asked {
  host: CountyHost;
  actor: Actor;
  language: Language;
  now: Instant;
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
}) {
  async function subjectOf(c: Context): Promise<string> {
    const token = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
    if (token === undefined) throw unauthorized();
    return (await parts.identity.verify(token)).subject;
  }

  return {
    hostOf: (county: string) => parts.counties.get(county),
    /** The counties that the one who asks belongs to. */
    async counties(c: Context): Promise<CountyHost[]> {
      const subject = await subjectOf(c);
      const now = parts.now();
      return [...parts.counties.values()].filter((host) => actorIn(host, subject, now) !== null);
    },
    async asked(c: Context, route: Route): Promise<Asked> {
      const subject = await subjectOf(c);
      const host = parts.counties.get(c.req.param('county') ?? '');
      const now = parts.now();
      const actor = host ? actorIn(host, subject, now) : null;
      if (!host || !actor) throw nothing();
      allowed(route, host, actor);
      c.header('Minqing-Config', host.county.version);
      return { host, actor, language: languageOf(c), now };
    },
  };
}

function allowed({ permission }: Route, { county }: CountyHost, actor: Actor): void {
  if (permission === 'public' || permission === 'member' || permission === 'desk') return;
  if (!may(county, actor, permission, null))
    throw new ServerError('forbidden', {
      zh: '您的职务无权查看此页。如有需要,请联系县政协办公室。',
      en: 'Your post may not see this. If it should, ask the county’s office.',
    });
}
