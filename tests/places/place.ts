import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CivilDate } from '../../src/model/date.ts';
import type {
  ContactLink,
  Directory,
  DirectoryPerson,
  HeldPost,
  QuotaProgress,
  ScoreRecord,
  ScoreTable,
} from '../../src/model/record.ts';
import { say } from '../../src/model/text.ts';
import { pathOf, type Fields } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { Verb } from '../../src/model/verb.ts';
import { createServer } from '../../src/server/app.ts';
import { openCounties } from '../../src/server/counties.ts';
import { Teller, type Ref } from '../../src/server/demo-year/teller.ts';
import type { CountyHost } from '../../src/server/host.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { countyOf } from '../county.ts';

const configFile = (name: string) => new URL(`../../configs/${name}.json`, import.meta.url);

/** So many authors of a kind, spread over organisations; `ningshan-member-1` and so on. */
export interface Cast {
  kind: string;
  count: number;
  homes?: readonly string[];
  /** What each holds besides, by number: who calls a sector together, who is on duty where and when. */
  posts?: (number: number) => HeldPost[];
}

/**
 * A place as its server runs it, loaded from its config and a directory beside it. Its year is told by the desk under a
 * moving clock; records come in, and figures are read, over HTTP alone. `edited` is what an office made of its config,
 * `links` who keeps contact with whom.
 */
export async function placeOf(
  name: string,
  cast: readonly Cast[],
  { edited = (text: string) => text, links = [] as readonly ContactLink[] } = {},
) {
  const { county: checked, config } = countyOf(name);
  const directory = { ...directoryOf(checked, cast), links: [...links] };
  let salts = 0;
  let now = '2000-01-01';
  const newId = () => `id-${(salts += 1)}`;
  const at = () => `${now}T09:00:00.000Z`;
  const folder = mkdtempSync(join(tmpdir(), 'minqing-place-'));
  copyFileSync(configFile('base'), join(folder, 'base.json'));
  writeFileSync(join(folder, `${name}.json`), edited(readFileSync(configFile(name), 'utf8')));
  writeFileSync(join(folder, `${name}.directory.json`), JSON.stringify(directory));
  const store = memoryStore();
  const { hosts } = await openCounties({
    folder,
    store,
    demo: false,
    now: at,
    newSalt: newId,
    heard: () => undefined,
  });
  rmSync(folder, { recursive: true });
  const host = hosts.get(name);
  if (!host) throw new Error(name);
  const { county } = host;
  const identity = await demoIdentity();
  const server = createServer({
    counties: hosts,
    identity,
    now: at,
    newId,
  });
  const who = (post: string) => `${county.id}-${post}`;

  async function ask(person: string, path: string, options: { body?: string; version?: number } = {}) {
    const { body, version } = options;
    const answer = await server.fetch(
      new Request(`http://minqing.test/counties/${county.id}/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          Authorization: `Bearer ${await identity.sign(person)}`,
          ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
        },
        ...(body === undefined ? {} : { body }),
      }),
    );
    if (!answer.ok) throw new Error(`${path} as ${person}: ${answer.status} ${await answer.text()}`);
    return answer;
  }
  async function act(person: string, action: Verb, on: ThingView, input: Fields = {}): Promise<ThingView> {
    const path = `${pathOf(on.kind)}/${on.id}/actions/${action}`;
    return (await ask(person, path, { body: JSON.stringify({ input }), version: on.version })).json();
  }
  const table = async (period: string, of: 'people' | 'units'): Promise<ScoreTable> =>
    (await ask(who('office-director'), `scores?period=${period}&of=${of}`)).json();

  return {
    county,
    config,
    directory: host.directory,
    who,
    host,
    /** As anybody who has not signed in. */
    open: (path: string) => server.fetch(new Request(`http://minqing.test/counties/${county.id}/${path}`)),
    get: (path: string, person = who('office-director')) => ask(person, path),
    /** The working days before a day, to be filled with what people do. */
    year: (before: CivilDate) => new Teller(host, before),
    async play(teller: Teller) {
      await teller.play(() => undefined);
      now = teller.day;
    },
    clock: (day: CivilDate) => void (now = day),
    log: async ({ kind, id }: Ref) =>
      (await store.log({ county: county.id, kind, id })).map(({ entry }) => entry),
    view: async ({ kind, id }: Ref, person = who('office-director')): Promise<ThingView> =>
      (await ask(person, `${pathOf(kind)}/${id}`)).json(),
    /** Records of other kinds, as the office brings them in on a day. */
    async enter(day: CivilDate, records: readonly ScoreRecord[]) {
      now = day;
      await ask(who('office-director'), 'records', {
        body: records.map((record) => JSON.stringify(record)).join('\n'),
      });
    },
    table,
    /** The numbers of the whole table, as the scoreboard's route tells them; one that differs from what was published says so. */
    async figures(period: string, of: 'people' | 'units') {
      const { summary = [] } = await table(period, of);
      return Object.fromEntries(
        summary.map(({ id, value, stated }) => [id, stated === undefined ? value : `${value} ≠ ${stated}`]),
      );
    },
    quotas: async (): Promise<QuotaProgress[]> => (await ask(who('office-director'), 'quotas?of=all')).json(),
    /** The period counted, checked, approved and issued: the paper that was printed then. */
    async bulletin(period: string): Promise<string> {
      const [director, secretary] = [who('office-director'), who('secretary-general')];
      const body = JSON.stringify({ action: 'count', input: { period } });
      let view: ThingView = await (await ask(director, 'periods', { body })).json();
      view = await act(director, 'pass', view);
      view = await act(director, 'pass', view);
      view = await act(secretary, 'approve', view);
      view = await act(secretary, 'issue', view);
      const page = view.files.find((file) => file.name.endsWith('.html'));
      return (await ask(director, `periods/${view.id}/files/${page?.id}`)).text();
    },
  };
}
export type Place = Awaited<ReturnType<typeof placeOf>>;

/** A row of a printed table, by its first cell. */
export function rowsOf(page: string): Map<string, string[]> {
  const rows = [...page.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell = '']) => cell),
  );
  return new Map(rows.map(([first = '', ...rest]) => [first, rest]));
}

/** One person for each post of the office, one in each department and town, and the authors. */
function directoryOf(county: CountyHost['county'], cast: readonly Cast[]): Directory {
  const organisations = [...county.organisations.values()];
  const posts = [...county.posts.values()];
  const office = posts
    .filter(({ scope }) => scope === 'county')
    .map(({ id, name }): DirectoryPerson => ({
      id: `${county.id}-${id}`,
      name: say(name, 'zh'),
      kind: 'cadre',
      posts: [{ post: id }],
    }));
  const contacts = organisations
    .filter(({ kind }) => kind === 'department' || kind === 'town' || kind.endsWith('-body'))
    .map(({ id, name }): DirectoryPerson => ({
      id: `${county.id}-${id}`,
      name: `${say(name, 'zh')}联系人`,
      organisation: id,
      posts: [{ post: 'department-contact', organisation: id }],
    }));
  const authors = cast.flatMap(({ kind, count, homes = [], posts: held }) =>
    Array.from({ length: count }, (_, index): DirectoryPerson => {
      const home = homes[index % Math.max(1, homes.length)];
      return {
        id: `${county.id}-${kind}-${index + 1}`,
        name: `${say(county.authorKinds.get(kind) ?? kind, 'zh')}${index + 1}`,
        kind,
        ...(home === undefined ? {} : { organisation: home }),
        ...(held ? { posts: held(index + 1) } : {}),
      };
    }),
  );
  return {
    organisations: organisations.map(({ id, name, kind, group }) => ({
      id,
      name: say(name, 'zh'),
      kind,
      ...(group === null ? {} : { group }),
    })),
    people: [...office, ...contacts, ...authors],
  };
}
