import type { Hono } from 'hono';
import { zipOf } from '../documents/zip.ts';
import type { Asking } from './asking.ts';
import type { Instant } from '../model/date.ts';
import { download } from './download.ts';
import { sensitive, type Duties } from './duties.ts';
import type { CountyHost } from './host.ts';
import { routes } from './routes.ts';

/** That a person's data was erased, and when: by ids alone, so that it can be written down elsewhere. */
export interface Erasure {
  county: string;
  person: string;
  at: Instant;
}
export interface Told {
  follow: (() => Promise<void>) | undefined;
  erased: ((erasure: Erasure) => Promise<void>) | undefined;
}

/** What PIPL gives a person: a copy of their data, and its erasure. */
export function personRoutes(app: Hono, { asked }: Asking, duties: Duties, told: Told): void {
  app.get(routes.personData.path, async (c) => {
    const { host, actor, now, language } = await asked(c, routes.personData);
    const id = c.req.param('id') ?? '';
    const { data, files } = await host.desk.personExport(id, actor, now, language);
    const text = new TextEncoder().encode(JSON.stringify(data, null, 2));
    const bytes = zipOf([{ path: 'data.json', bytes: text }, ...files]);
    return download(c, { name: `${id}.zip`, type: 'application/zip', bytes });
  });

  app.post(routes.personErase.path, async (c) => {
    const at = await asked(c, routes.personErase);
    const person = c.req.param('id') ?? '';
    const { host, actor, now } = at;
    // Nobody is asked to agree to what cannot be done.
    await host.desk.personExport(person, actor, now, 'zh');
    const done = await sensitive(duties, at, { is: 'erase', about: person, request: { person } }, () =>
      eraseIn(host, person, { by: actor.id, at: now, second: null }, told),
    );
    return c.json(done);
  });
}

/** The erasure is written down elsewhere first: one that breaks off is taken up at the next start. */
export async function eraseIn(
  host: CountyHost,
  person: string,
  signed: { by: string; at: string; second: string | null },
  { erased, follow }: Told,
): Promise<{ things: number }> {
  await erased?.({ county: host.county.id, person, at: signed.at });
  const done = await host.desk.erasePerson(person, signed);
  await follow?.();
  return done;
}
