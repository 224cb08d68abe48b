import type { Context, Hono } from 'hono';
import type { Instant } from '../model/date.ts';
import type { Letter } from '../model/letter.ts';
import { nothing } from './asking.ts';
import type { Scan } from './clamd.ts';
import type { CountyHost } from './host.ts';
import { unauthorized } from './identity.ts';
import { isWhole, letterIn, takeFile } from './letter-files.ts';
import { readLetter, senderOf, unreadable, type SecretsOf } from './letters.ts';
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
    scan?: Scan;
  },
): void {
  /** The letter of a request, once it is known to be its sender's, and the county that it is to. */
  function believed(c: Context, body: string): { letter: Letter; host: CountyHost; at: Instant } {
    const from = senderOf(body);
    const secrets = from === null ? [] : (parts.secretsOf?.(from) ?? []);
    const at = parts.now();
    if (!isGenuine({ headers: c.req.raw.headers, body, at }, secrets)) throw unauthorized('signature');
    const letter = readLetter(body);
    if (c.req.header('webhook-id') !== letter.id) throw unauthorized('signature');
    const host = parts.counties.get(c.req.param('county') ?? '');
    if (!host || letter.to !== host.county.id) throw nothing();
    note(c, { county: host.county.id });
    c.header('Minqing-Config', host.county.version);
    return { letter, host, at };
  }

  app.post(routes.letters.path, async (c) => {
    const { letter, host, at } = believed(c, await c.req.text());
    if (letter.is === 'attachment') throw unreadable();
    await host.desk.receive(letter, at);
    return c.json({ taken: letter.id });
  });

  app.post(routes.letterFiles.path, async (c) => {
    const { letter, host, at } = believed(c, letterIn(c.req.raw.headers));
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    if (letter.is !== 'attachment' || !isWhole(letter, bytes)) throw unreadable();
    await takeFile(host, letter, letter.sha256 === null ? null : bytes, { now: at, scan: parts.scan });
    return c.json({ taken: letter.id });
  });
}
