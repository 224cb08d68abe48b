import { randomUUID } from 'node:crypto';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serve as listen } from '@hono/node-server';
import { collectDefaultMetrics } from 'prom-client';
import { civilDate } from '../model/date.ts';
import { say } from '../model/text.ts';
import { filesBeside } from '../store/file-bytes.ts';
import { folderOfFiles } from '../store/file-folder.ts';
import { createServer } from './app.ts';
import type { Scan } from './clamd.ts';
import { openCounties } from './counties.ts';
import { tellYear, type DemoStory } from './demo-year.ts';
import { singleHanded, type Duties } from './duties.ts';
import { erasureLine, eraseAgain } from './erasures.ts';
import { ServerError } from './error.ts';
import { headsKept, headsKey } from './heads.ts';
import type { CountyHost } from './host.ts';
import { logTo } from './log.ts';
import { openStore } from './open-store.ts';
import { postOf, secretsOf, unreached } from './letters.ts';
import { sendDue, signedTo } from './outgoing.ts';
import { postWithin } from './post.ts';
import { nobodyOutside, receiversOf, type Outside } from './receivers.ts';
import { demoIdentity, portalIdentity } from './identity.ts';
import { readSettings, type Settings } from './settings.ts';
import type { Static } from './static-routes.ts';

export interface ServeOptions {
  port: number;
  /** A SQLite file, `postgres://…`, or `:memory:`. */
  db: string;
  /** The folder of county configs. */
  configs: string;
  demo: boolean;
  /** With demo: fill an empty county with its demo year, where it has one. */
  year: boolean;
  /** Hears how far the demo year has been told. */
  told: (county: string, done: number, of: number) => void;
  /** Origins of portals whose pages embed the elements from here. */
  origins?: readonly string[];
  /** The file of the deployment's settings: the portals whose logins are believed. None with demo. */
  settings: string | null;
  /** Who acted enters the log, by the id of the directory; nobody does without it. */
  logActors?: boolean;
  /** A folder for files' bytes; they lie in the database without it. */
  files?: string;
  /** Looks files over before they are kept. */
  scan?: Scan;
  /** Systems outside that are told what happens, and committees on other services. */
  outside?: Outside;
  /** More pages of the same place. */
  pages?: ReadonlyMap<string, Static>;
  /** How long a stop waits for what is under way, in milliseconds. */
  stopWithin?: number;
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The package's own folder, whether run from src/ or from dist/. */
export const packageRoot = import.meta.url.includes('/dist/') ? here('../') : here('../../');

async function readStatics(): Promise<Map<string, Static>> {
  const files = [
    ['/', 'examples/03-embed-in-a-portal.html', 'text/html; charset=utf-8'],
    ['/portal.js', 'examples/03-embed-in-a-portal.js', 'text/javascript; charset=utf-8'],
    ['/portal.css', 'examples/03-embed-in-a-portal.css', 'text/css; charset=utf-8'],
    ['/minqing.js', 'dist/page/minqing.js', 'text/javascript; charset=utf-8'],
    ...(await readdir(`${packageRoot}dist/page/minqing`))
      .filter((name) => name.endsWith('.js'))
      .map(
        (name) =>
          [`/minqing/${name}`, `dist/page/minqing/${name}`, 'text/javascript; charset=utf-8'] as const,
      ),
  ] as const;
  const found = await Promise.all(
    files.map(async ([path, file, type]): Promise<[string, Static]> => [
      path,
      { type, body: await readFile(`${packageRoot}${file}`, 'utf8') },
    ]),
  );
  return new Map(found);
}

/** Puts the parts together and listens; the only place where the clock, ids and the machine come in. */
export async function serve(options: ServeOptions) {
  const settings = options.settings === null ? null : await followSettings(options.settings);
  if (!options.demo && !settings) noPortal();
  // Whoever tries it out reads what went wrong; a service tells of every answer.
  const log = logTo({ level: options.demo ? 'warn' : 'info', actors: options.logActors ?? false });
  const tables = await openStore(options.db);
  const store = options.files === undefined ? tables : filesBeside(tables, folderOfFiles(options.files));
  const now = () => new Date().toISOString();
  // As the settings have them now, at every question.
  const duties: Duties = {
    get separate() {
      return settings?.now().duties.separate ?? singleHanded.separate;
    },
    get higher() {
      return settings?.now().duties.higher ?? singleHanded.higher;
    },
  };
  const { receivers, committees } = options.outside ?? nobodyOutside;
  let stopping = false;
  // Whoever tries it out reads sentences, and a machine its lines.
  const heard = options.demo ? (words: string) => console.error(words) : log.said;
  const counties = await openCounties({
    folder: options.configs,
    store,
    demo: options.demo,
    now,
    newSalt: randomUUID,
    heard,
    receiversOf: receiversOf(receivers),
    separateDuties: () => duties.separate !== 'off',
  });
  const { hosts } = counties;
  const mustHold = async ({ duties: { higher }, heads }: Settings) => {
    const nowhere = [...higher.values()].find((id) => !hosts.has(id));
    if (nowhere !== undefined)
      throw new ServerError('settings-refused', {
        zh: `settings 的 higher 中写的“${nowhere}”不在本平台,没有人能批准。请改正。`,
        en: `"higher" in the settings names "${nowhere}", which this service does not have: nobody could agree. Correct it.`,
      });
    if (heads) await headsKey(heads);
  };
  if (settings) await mustHold(settings.now());
  const erasures = settings?.now().erasures ?? null;
  if (erasures !== null) {
    const done = await readFile(erasures, 'utf8').catch(() => '');
    await eraseAgain(done, hosts, now(), heard);
    await counties.follow();
  }
  if (options.demo && options.year)
    for (const host of hosts.values()) await firstYear(host, now(), options.told);
  const demo = options.demo ? await demoIdentity() : null;
  const app = createServer({
    counties: hosts,
    follow: counties.follow,
    identity: demo ?? portalIdentity((settings ?? noPortal()).now, now),
    now,
    newId: randomUUID,
    statics: new Map([...(await readStatics()), ...(options.pages ?? [])]),
    origins: options.origins ?? [],
    duties,
    // As the settings name it now: one that is added while it serves holds for the next.
    erased: async (erasure) => {
      const file = settings?.now().erasures ?? null;
      if (file !== null) await appendFile(file, erasureLine(erasure));
    },
    clock: () => performance.now(),
    answered: log.answered,
    stopping: () => stopping,
    secretsOf: secretsOf(committees),
    failed: log.failed,
    ...(options.scan ? { scan: options.scan } : {}),
    ...(demo ? { demo } : {}),
  });
  collectDefaultMetrics({ register: app.figures.registry });
  const server = listen({
    async fetch(request: Request) {
      const answer = await app.fetch(request);
      // Whoever asks again does so elsewhere, on a connection of its own.
      if (stopping) answer.headers.set('Connection', 'close');
      return answer;
    },
    port: options.port,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const work = running(log.failed);
  const clock = setInterval(
    () =>
      void work('tick', async () => {
        for (const { county, desk } of hosts.values()) {
          if (stopping) return;
          await desk.tick(county.id, now()).catch((error: unknown) => log.failed('tick', error));
          await desk.digest(now()).catch((error: unknown) => log.failed('digest', error));
        }
        app.figures.ticked(now());
      }),
    30_000,
  );
  const outgoing = {
    store,
    now,
    post: postWithin(10_000),
    chance: Math.random,
    told: app.figures.sent,
    ...(options.scan ? { scan: options.scan } : {}),
  };
  const letters = postOf(hosts, committees, outgoing);
  unreached(hosts, letters).forEach((words) => heard(words));
  // Each by itself: one that is slow or down holds nobody else up.
  const post = setInterval(() => {
    for (const receiver of receivers)
      void work(`send to ${receiver.id}`, async () => {
        while (!stopping && (await sendDue(receiver.id, signedTo(receiver, outgoing), outgoing)) > 0);
      });
    for (const committee of letters.reached())
      void work(`letters to ${committee}`, async () => {
        while (!stopping && (await letters.send(committee)) > 0);
      });
  }, 2_000);
  const look = () => {
    void work('follow', async () => {
      // What is wrong in the deployment's own file is said in full.
      await settings
        ?.follow(mustHold)
        .catch((error: unknown) => log.said(error instanceof Error ? error.message : 'settings'));
      await counties.follow();
    });
  };
  const keepHeads = () => {
    const heads = settings?.now().heads;
    if (heads) void work('heads', () => headsKept(store, heads, now(), heard));
  };
  keepHeads();
  const minutely = setInterval(keepHeads, 60_000);
  const news = setInterval(look, 1_000);
  const stopFollowing = store.follow({
    heard({ county, thing }) {
      if (thing === null) look();
      else
        void hosts
          .get(county)
          ?.desk.heard(thing)
          .catch((error: unknown) => log.failed('heard', error));
    },
    missed() {
      look();
      for (const { desk } of hosts.values()) void desk.heard(null);
    },
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  return {
    port,
    counties: [...hosts.values()].map(({ county }) => say(county.name, 'zh')),
    /** Takes nothing more, finishes what is under way, and lets go of everything; what takes too long is cut off. */
    async close() {
      stopping = true;
      clearInterval(clock);
      clearInterval(news);
      clearInterval(minutely);
      clearInterval(post);
      stopFollowing();
      app.endStreams();
      const ended = Promise.all([new Promise((resolve) => server.close(resolve)), work.ended()]);
      await within(options.stopWithin ?? 10_000, ended, () => {
        log.said('stop: some requests took too long and were cut off');
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await store.close();
    },
  };
}

/** Waits for what is ending, but no longer than this. */
async function within(ms: number, ending: Promise<unknown>, late: () => void): Promise<void> {
  let patience: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    patience = setTimeout(() => {
      late();
      resolve();
    }, ms);
  });
  await Promise.race([ending, over]);
  clearTimeout(patience);
}

/** Work that comes again and again: one of a name at a time, and a stop waits for it. */
function running(failed: (name: string, error: unknown) => void) {
  const under = new Map<string, Promise<void>>();
  const start = (name: string, job: () => Promise<void>) => {
    const before = under.get(name);
    if (before) return before;
    const mine = job()
      .catch((error: unknown) => failed(name, error))
      .finally(() => under.delete(name));
    under.set(name, mine);
    return mine;
  };
  return Object.assign(start, { ended: () => Promise.all(under.values()) });
}

async function firstYear(host: CountyHost, at: string, told: ServeOptions['told']): Promise<void> {
  const { county, store } = host;
  for await (const _report of store.all(county.id, 'report')) return;
  const text = await readFile(`${packageRoot}examples/demo/${county.id}.json`, 'utf8').catch(() => null);
  if (text === null) return;
  const story: DemoStory = JSON.parse(text);
  await tellYear(host, story, civilDate(at, county.timeZone), (done, of) =>
    told(say(county.name, 'zh'), done, of),
  );
}

function noPortal(): never {
  throw new ServerError('no-portal', {
    zh: '未指定哪个门户的登录可信。请加 --settings FILE,或仅作试用时加 --demo。',
    en: 'No portal is named whose logins are believed. Give --settings FILE, or --demo to try it out.',
  });
}

/** The settings as the file has them now; one that cannot be read leaves the last good ones in force. */
async function followSettings(file: string) {
  let text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ServerError(
      'settings-refused',
      { zh: `读不到 ${file}。请核对 --settings。`, en: `${file} cannot be read. Look at --settings.` },
      { cause },
    );
  });
  let settings = readSettings(file, text);
  return {
    now: () => settings,
    async follow(mustHold: (settings: Settings) => Promise<void>) {
      const newer = await readFile(file, 'utf8');
      if (newer === text) return;
      text = newer;
      const read = readSettings(file, newer);
      await mustHold(read);
      settings = read;
    },
  };
}
