import type { Mistake } from '../check/mistake.ts';
import { mistakeLine } from '../check/mistake.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import type { County } from '../county/county.ts';
import { createDesk, type DeskParts } from '../desk/desk.ts';
import { directoryIn } from '../desk/directory.ts';
import { methodScoring } from '../desk/method-scoring.ts';
import { ALWAYS, checkVersion, FILE, sameTexts, templateIn, versionsOf } from '../desk/versions.ts';
import { civilDate, type Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import type { Directory } from '../model/record.ts';
import { say } from '../model/text.ts';
import { inForceOn, publishedIn, type ConfigVersion } from '../model/version.ts';
import type { Store } from '../store/port.ts';
import { demoDirectory, organisationsOf } from './demo.ts';
import { fillDirectory } from './fill-directory.ts';
import { ServerError } from './error.ts';
import type { CountyHost } from './host.ts';
import { readTemplate } from './templates.ts';
import { loadCounties, type LoadedCounty } from './load.ts';

export interface CountiesOptions {
  folder: string;
  store: Store;
  demo: boolean;
  now: () => Instant;
  newSalt: () => string;
  /** Systems outside that are told what happens in a county. */
  receiversOf?: (county: string) => readonly string[];
  /** Nobody is two of the three administrators. */
  separateDuties?: () => boolean;
  /** Hears what became of a changed config. */
  heard: (words: string) => void;
}

export interface Counties {
  /** By id; each is replaced whole when another version of its config comes into force. */
  hosts: ReadonlyMap<string, CountyHost>;
  /** Looks whether a version was published meanwhile, here or elsewhere, or its day has come. */
  follow: () => Promise<void>;
}

/**
 * The counties of a folder as they run: at the start all are right or nothing starts. The files are the first version;
 * one that has changed since is offered as a draft and never taken in silence.
 */
export async function openCounties(options: CountiesOptions): Promise<Counties> {
  const { store, now, heard } = options;
  const { counties, mistakes } = await loadCounties(options.folder);
  if (mistakes.length > 0) throw refused(mistakes);
  for (const one of counties) {
    await offer(one, options);
    await fill(one, options);
  }

  const hosts = new Map<string, RunningHost>();
  let marks = await store.marks();
  for (const one of counties) {
    const host = await hostOf(one, options);
    hosts.set(one.county.id, host);
    if (await store.uncounted(one.county.id)) await host.desk.recount();
  }
  for (const { county, directory } of hosts.values())
    if (directory.people.length === 0)
      heard(
        `${say(county.name, 'zh')}:名册是空的,没有人能登录。请用 minqing directory import 导入 / the directory is empty, nobody can sign in: enter it by minqing directory import`,
      );

  return {
    hosts,
    async follow() {
      const newer = await store.marks();
      const separate = options.separateDuties?.() ?? false;
      for (const one of counties) {
        const host = hosts.get(one.county.id);
        const today = civilDate(now(), one.county.timeZone);
        const dayCame = String(inForceOn(host?.versions ?? [], today)?.number) !== host?.county.version;
        const same = newer.get(one.county.id) === marks.get(one.county.id);
        if (same && !dayCame && host?.separateDuties === separate) continue;
        const next = await hostOf(one, options);
        hosts.set(one.county.id, next);
        if (next.county.version === host?.county.version) continue;
        heard(
          `${say(next.county.name, 'zh')}:第 ${next.county.version} 版配置开始施行 / version ${next.county.version} of the config is in force`,
        );
        await next.desk.recount();
      }
      marks = newer;
    },
  };
}

/** A changed file is a draft; the first one is in force, whatever of its steps somebody else has taken. */
async function offer(
  { county, text, bases }: LoadedCounty,
  { store, now, heard }: CountiesOptions,
): Promise<void> {
  const versions = versionsOf(county.id, store);
  const by = { by: FILE, at: now() };
  for (;;)
    try {
      const known = await versions.list();
      const same = known.find((version) => sameTexts(version, { text, bases }));
      if (!same) {
        const note = known.length === 0 ? '' : '配置文件有改动 / the file has changed';
        const { number } = await versions.draft({ text, bases, note }, by);
        if (known.length > 0)
          heard(
            `${say(county.name, 'zh')}:配置文件有改动,已存为第 ${number} 版草案,未施行。查看:minqing config diff ${county.id} ${number};批准和发布:minqing config approve / publish / the config file has changed; it is kept as draft ${number} and not in force`,
          );
      } else if (publishedIn(known).length > 0) return;
      else {
        await versions.approve(same.number, by);
        await versions.publish(same.number, ALWAYS, by);
      }
    } catch (error) {
      // Another process that starts at the same time has done so already; what is left is looked at again.
      if (!(
        error instanceof MinqingError &&
        (error.code === 'version-taken' || error.code === 'nothing-new')
      ))
        throw error;
    }
}

/**
 * A county as its versions in the store have it, and nothing written: for those who only look. Null where the folder
 * has no such county or the store no version of it.
 */
export async function lookIn(
  id: string,
  options: Pick<CountiesOptions, 'folder' | 'store' | 'now' | 'newSalt'>,
): Promise<CountyHost | null> {
  const { counties } = await loadCounties(options.folder);
  const one = counties.find(({ county }) => county.id === id);
  const kept = publishedIn(await options.store.configs(id)).length > 0;
  return one && kept ? hostOf(one, { ...options, demo: true, heard: () => undefined }) : null;
}

/** What is there before anybody has entered anything. */
async function fill(
  { county, directory }: LoadedCounty,
  { store, demo, now }: CountiesOptions,
): Promise<void> {
  const own = { organisations: organisationsOf(county), people: [] };
  const told = { today: civilDate(now(), county.timeZone), at: now() };
  if (directory) await fillDirectory(store, county.id, directory, { ...told, whole: true });
  else await fillDirectory(store, county.id, demo ? demoDirectory(county) : own, { ...told, whole: false });
}

interface RunningHost extends CountyHost {
  /** As of when this host was made. */
  versions: ConfigVersion[];
}

/** One county as its published versions have it today. */
async function hostOf(loaded: LoadedCounty, options: CountiesOptions): Promise<RunningHost> {
  const { store, newSalt, now } = options;
  const separateDuties = options.separateDuties?.() ?? false;
  const versions = await store.configs(loaded.county.id);
  const read = publishedIn(versions).map((version) => readVersion(version));
  const today = civilDate(now(), loaded.county.timeZone);
  const inForce = read.findLast(({ from }) => from <= today) ?? read[0];
  if (!inForce) throw new Error(`${loaded.county.id} has no published version`);
  const { county, config } = inForce;
  const directory = withTerms(config, directoryIn(await store.directory(county.id)));
  const scoring = methodScoring(
    config,
    directory,
    read.map(({ county: { version }, from, config }) => ({ version, from, config })),
  );
  const template = async (file: string) => {
    const uploaded = versions.findLast((version) => version.bases[file] !== undefined);
    return (uploaded && templateIn(uploaded, file)) ?? readTemplate(options.folder, file);
  };
  const earlier = read.flatMap((one) => (one === inForce ? [] : [one.county]));
  return {
    county,
    directory,
    store,
    versions,
    template,
    separateDuties,
    desk: createDesk({
      county,
      earlier,
      directory,
      store,
      scoring,
      newSalt,
      template,
      receivers: options.receiversOf?.(county.id) ?? [],
      separateDuties,
      today: () => civilDate(now(), county.timeZone),
      ...underWayOf(inForce),
    }),
  };
}

function underWayOf({ published }: ReadVersion): Pick<DeskParts, 'underWay'> {
  return published?.underWay ? { underWay: { ...published.underWay, by: published.by } } : {};
}

interface ReadVersion extends Pick<ConfigVersion, 'published'> {
  county: County;
  config: CountyConfig;
  from: string;
}
function readVersion(version: ConfigVersion & { from: string }): ReadVersion {
  const { mistakes, county, config } = checkVersion(version);
  if (!county || !config) throw refused(mistakes);
  const { from, published } = version;
  return { county: { ...county, version: String(version.number) }, config, from, published };
}

function refused(mistakes: Mistake[]): ServerError {
  const all = (language: 'zh' | 'en') => mistakes.map((mistake) => mistakeLine(mistake, language)).join('\n');
  return new ServerError('config-refused', {
    zh: `配置有误,未启动:\n${all('zh')}`,
    en: `The config has mistakes; the server did not start:\n${all('en')}`,
  });
}

/** Who is of a kind with a term and has no dates in the directory is there for that term. */
function withTerms({ authorKinds }: CountyConfig, directory: Directory): Directory {
  const terms = new Map((authorKinds ?? []).map(({ id, term }) => [id, term]));
  return {
    ...directory,
    people: directory.people.map((person) => ({ ...terms.get(person.kind ?? ''), ...person })),
  };
}
