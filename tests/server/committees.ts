import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { afterAll, beforeAll } from 'vitest';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import { civilDate } from '../../src/model/date.ts';
import type { Fields, ThingKind } from '../../src/model/thing.ts';
import type { Verb } from '../../src/model/verb.ts';
import type { ThingView } from '../../src/model/view.ts';
import { createServer } from '../../src/server/app.ts';
import type { Scan } from '../../src/server/clamd.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { actorIn, type CountyHost } from '../../src/server/host.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { postOf, secretsOf } from '../../src/server/letters.ts';
import { postWithin } from '../../src/server/post.ts';
import type { Committee } from '../../src/server/receivers.ts';
import type { Store } from '../../src/store/port.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { countyOf } from '../county.ts';
import { checked, text } from '../desk/office.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-levels-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export const secret = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz';
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

const known = new Map<string, ReturnType<typeof countyOf>>();
let files = 0;
let salts = 0;
/** A file of SQLite; in memory it is as the store's own tests hold both to be, and quicker. */
export async function onDisk() {
  const store = await sqliteStore({ file: join(folder, `${(files += 1)}.db`) });
  closing.push(() => store.close());
  return store;
}
/** A service of some committees, with a clock that is moved by hand. */
export async function service(
  ids: string[],
  clock: { now: string },
  committees: Committee[] = [],
  store: Store = memoryStore(),
) {
  const hosts = new Map(
    ids.map((id): [string, CountyHost] => {
      const { county, config } = known.get(id) ?? countyOf(id);
      known.set(id, { county, config });
      const directory = demoDirectory(county);
      const parts = { county, directory, store, scoring: methodScoring(config, directory) };
      return [
        id,
        { county, directory, store, desk: createDesk({ ...parts, newSalt: () => `s${(salts += 1)}` }) },
      ];
    }),
  );
  const outgoing = { store, now: () => clock.now, post: postWithin(10_000), chance: () => 0 };
  const post = postOf(hosts, committees, outgoing);
  const deliver = async () => {
    for (let sent = 1; sent > 0;) {
      sent = 0;
      for (const id of post.reached()) sent += await post.send(id);
    }
  };
  const act = (
    [county, who]: [string, string],
    on: ThingView | ThingKind,
    action: Verb,
    input: Fields = {},
  ): Promise<ThingView> => {
    const host = hosts.get(county);
    const actor = host && actorIn(host, `${county}-${who}`, clock.now);
    if (!host || !actor) throw new Error(`no ${who} in ${county}`);
    const opens = typeof on === 'string';
    return host.desk.act({
      thing: { county, kind: opens ? on : on.kind, id: opens ? null : on.id },
      action,
      input,
      expected: opens ? null : on.version,
      takes: [],
      onBehalf: null,
      actor,
      now: clock.now,
      language: 'zh',
      key: null,
    });
  };
  const look = (county: string, who: string, kind: ThingKind, id: string) => {
    const host = hosts.get(county);
    const actor = host && actorIn(host, `${county}-${who}`, clock.now);
    if (!host || !actor) throw new Error(`no ${who} in ${county}`);
    return host.desk.view({ county, kind, id }, actor, clock.now, 'zh');
  };
  return { store, hosts, post, deliver, act, look, outgoing };
}
export type Service = Awaited<ReturnType<typeof service>>;

/** Past the gates of one committee, compiled and issued: its piece, ready to be dispatched. */
export async function issued(
  on: Service,
  county: string,
  report: ThingView,
  destinations: string[],
  more: Fields = {},
) {
  let view = await on.act([county, 'checker'], report, 'pass', { ...checked });
  view = await on.act([county, 'office-director'], view, 'pass');
  view = await on.act([county, 'secretary-general'], view, 'pass');
  const input = { title: `${county}:校门口的护学岗`, text: '三所小学放学时段拥堵,建议设护学岗。', ...more };
  view = await on.act([county, 'compiler'], view, 'compile', input);
  let piece = await on.look(
    county,
    'compiler',
    'piece',
    String(view.links.find(({ kind }) => kind === 'piece')?.id),
  );
  piece = await on.act([county, 'compiler'], piece, 'pass');
  piece = await on.act([county, 'checker'], piece, 'proofread');
  return on.act([county, 'secretary-general'], piece, 'issue', { journal: 'journal', destinations });
}
export const dispatched = (on: Service, county: string, piece: ThingView, destination: string) =>
  on.act([county, 'compiler'], piece, 'dispatch', { destination });
export const begun = (on: Service) => on.act(['ningshan', 'author-1'], 'report', 'submit', text);
export const newest = async (on: Service, county: string) => {
  const reports: string[] = [];
  for await (const { thing } of on.store.all(county, 'report')) reports.push(thing.id);
  return on.look(county, 'checker', 'report', reports.at(-1) ?? 'none');
};
export const lines = (view: ThingView) =>
  view.history.map(({ label, by, said }) => [label, by, ...said.map(({ value }) => value)].join(' | '));
export const today = ({ now }: { now: string }) => civilDate(now, 'Asia/Shanghai');

/** The county on one service, the city and the province on another, each reached over HTTP. */
export async function apart(store: () => Promise<Store> | Store, scan?: Scan) {
  const clock = { now: '2026-03-02T01:00:00.000Z' };
  const at = (id: string, port: number): Committee => ({
    id,
    url: new URL(`http://127.0.0.1:${port}`),
    secrets: [secret],
    private: false,
    local: true,
  });
  const demo = await demoIdentity();
  const listening = (on: { hosts: Service['hosts']; committees: Committee[] }) => {
    const server = createServer({
      counties: on.hosts,
      identity: demo,
      now: () => clock.now,
      newId: () => `id-${(salts += 1)}`,
      secretsOf: secretsOf(on.committees),
      ...(scan ? { scan } : {}),
    });
    let running: ReturnType<typeof serve> | null = null;
    return {
      fetch: server.fetch,
      up: (port: number) =>
        new Promise<number>((resolve) => {
          running = serve({ fetch: server.fetch, port, hostname: '127.0.0.1' }, (info) => resolve(info.port));
        }),
      down: () =>
        new Promise<void>((resolve) => {
          if (running && 'closeAllConnections' in running) running.closeAllConnections();
          running?.close(() => resolve());
        }),
    };
  };
  const below: Committee[] = [];
  const above: Committee[] = [];
  const county = await service(['ningshan'], clock, below, await store());
  const city = await service(['ankang', 'shaanxi'], clock, above, await store());
  const web = {
    county: listening({ hosts: county.hosts, committees: below }),
    city: listening({ hosts: city.hosts, committees: above }),
  };
  const ports = { county: await web.county.up(0), city: await web.city.up(0) };
  below.push(at('ankang', ports.city));
  above.push(at('ningshan', ports.county));
  closing.push(web.county.down, web.city.down);
  const pass = (minutes: number) =>
    (clock.now = new Date(Date.parse(clock.now) + minutes * 60_000).toISOString());
  return { clock, county, city, web, ports, pass };
}
