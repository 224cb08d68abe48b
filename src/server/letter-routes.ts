import type { Hono } from 'hono';
import type { Instant } from '../model/date.ts';
import { nothing } from './asking.ts';
import type { CountyHost } from './host.ts';
import { unauthorized } from './identity.ts';
import { readLetter, senderOf, type SecretsOf } from './letters.ts';
import { note } from './noted.ts';
import { routes } from './routes.ts';
import { isGenuine } from './webhook.ts';

/**
 * What a committee on another service writes to one of this. It is believed by its signature before anything else is
 * said, even whether the county is here; whether it may write to that county is the county's config to say.
 */
export function letterRoutes(
  app: Hono,
  parts: {
    counties: ReadonlyMap<string, CountyHost>;
    now: () => Instant;
    secretsOf?: SecretsOf;
  },
): void {
  app.post(routes.letters.path, async (c) => {
    const body = await c.req.text();
    const from = senderOf(body);
    const secrets = from === null ? [] : (parts.secretsOf?.(from) ?? []);
    const at = parts.now();
    if (!isGenuine({ headers: c.req.raw.headers, body, at }, secrets)) throw unauthorized('signature');
    const letter = readLetter(body);
    if (c.req.header('webhook-id') !== letter.id) throw unauthorized('signature');
    const host = parts.counties.get(c.req.param('county') ?? '');
    if (!host || letter.to !== host.county.id) throw nothing();
    note(c, { county: host.county.id });
    await host.desk.receive(letter, at);
    c.header('Minqing-Config', host.county.version);
    return c.json({ taken: letter.id });
  });
}
