import { watch } from 'node:fs';
import { mistakeLine } from '../check/mistake.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import { createDesk } from '../desk/desk.ts';
import { methodScoring } from '../desk/method-scoring.ts';
import type { Directory } from '../model/record.ts';
import { thingKinds } from '../model/thing.ts';
import { say } from '../model/text.ts';
import type { Store } from '../store/port.ts';
import { demoDirectory } from './demo.ts';
import { ServerError } from './error.ts';
import type { CountyHost } from './host.ts';
import { loadCounties, type LoadedCounty } from './load.ts';

export interface CountiesOptions {
  folder: string;
  store: Store;
  demo: boolean;
  newSalt: () => string;
  /** Hears what became of a changed config. */
  heard: (words: string) => void;
}

/** The counties of a folder as they run, by id: at the start all are right or nothing starts. */
export async function openCounties(options: CountiesOptions): Promise<Map<string, CountyHost>> {
  const { counties, mistakes } = await loadCounties(options.folder);
  if (mistakes.length > 0)
    throw new ServerError('config-refused', {
      zh: `配置有误,未启动:\n${mistakes.map((mistake) => mistakeLine(mistake, 'zh')).join('\n')}`,
      en: `The config has mistakes; the server did not start:\n${mistakes.map((mistake) => mistakeLine(mistake, 'en')).join('\n')}`,
    });
  const hosts = new Map(counties.map((one) => [one.county.id, hostOf(one, options)]));
  for (const host of hosts.values())
    if (host.directory.people.length === 0)
      options.heard(
        `${say(host.county.name, 'zh')}:名册是空的,没有人能登录。请提供 ${host.county.id}.directory.json / the directory is empty, nobody can sign in: add ${host.county.id}.directory.json`,
      );
  return hosts;
}

function hostOf(
  { county, config, overrides, directory }: LoadedCounty,
  options: CountiesOptions,
): CountyHost {
  const { store } = options;
  const none = { organisations: [], people: [] };
  const people = withTerms(config, directory ?? (options.demo ? demoDirectory(county) : none));
  const scoring = methodScoring(config, people);
  return {
    county,
    directory: people,
    store,
    desk: createDesk({ county, directory: people, store, scoring, newSalt: options.newSalt }),
    source: { overrides, refused: [] },
  };
}

/** Who is of a kind with a term and has no dates in the directory is there for that term. */
function withTerms({ authorKinds }: CountyConfig, directory: Directory): Directory {
  const terms = new Map((authorKinds ?? []).map(({ id, term }) => [id, term]));
  return {
    ...directory,
    people: directory.people.map((person) => ({ ...terms.get(person.kind ?? ''), ...person })),
  };
}

/**
 * Reads the folder again. A config with mistakes, or one that takes away a stage where something stands, changes
 * nothing: what ran keeps running, and the config page says why.
 */
export async function reloadCounties(
  hosts: Map<string, CountyHost>,
  options: CountiesOptions,
): Promise<void> {
  const { counties, mistakes } = await loadCounties(options.folder);
  const refused = mistakes.map((mistake) => mistakeLine(mistake, 'zh'));
  for (const one of counties) {
    const running = hosts.get(one.county.id);
    if (running) refused.push(...(await stranded(running, one, options.store)));
  }
  if (refused.length > 0) {
    for (const [id, host] of hosts)
      hosts.set(id, { ...host, source: { overrides: host.source?.overrides ?? [], refused } });
    options.heard(`配置未更新,继续使用原配置 / the config was not taken over:\n${refused.join('\n')}`);
    return;
  }
  for (const one of counties) hosts.set(one.county.id, hostOf(one, options));
  options.heard(
    `配置已更新 / the configs are in force: ${counties.map(({ county }) => county.version).join(', ')}`,
  );
}

/** Things that stand at a stage which the new config does not have. */
async function stranded(running: CountyHost, next: LoadedCounty, store: Store): Promise<string[]> {
  const found: string[] = [];
  for (const kind of thingKinds) {
    const kept = next.county.flows.get(kind)?.stages;
    const gone = [...(running.county.flows.get(kind)?.stages.keys() ?? [])].filter((id) => !kept?.has(id));
    if (gone.length === 0) continue;
    const county = running.county.id;
    const page = await store.queue({ county, kind, stages: gone, order: 'newest', after: null, limit: 1 });
    if (page.total > 0)
      found.push(
        `${next.county.id}: 环节 ${gone.join('、')} 还有 ${page.total} 件事项,不能删去 / ${page.total} thing(s) stand at ${gone.join(', ')}, which cannot go`,
      );
  }
  return found;
}

/** Follows the folder; an editor's several writes are one change. Returns how to stop. */
export function watchCounties(hosts: Map<string, CountyHost>, options: CountiesOptions): () => void {
  let waiting: NodeJS.Timeout | null = null;
  const watcher = watch(options.folder, () => {
    if (waiting) clearTimeout(waiting);
    waiting = setTimeout(() => {
      reloadCounties(hosts, options).catch((error: unknown) => options.heard(String(error)));
    }, 200);
  });
  return () => {
    if (waiting) clearTimeout(waiting);
    watcher.close();
  };
}
