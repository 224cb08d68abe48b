import { randomUUID } from 'node:crypto';
import type { County } from '../county/county.ts';
import type { Actor } from '../model/thing.ts';
import { openCounties, type Counties, type CountiesOptions } from '../server/counties.ts';
import type { CountyHost } from '../server/host.ts';
import { packageRoot } from '../server/main.ts';
import { openStore } from '../server/open-store.ts';
import { filesBeside } from '../store/file-bytes.ts';
import { folderOfFiles } from '../store/file-folder.ts';
import type { Store } from '../store/port.ts';
import { CliError } from './say.ts';

interface Where {
  db: string;
  configs: string | undefined;
  /** The folder of attachments, where they lie in one. */
  files?: string | undefined;
  demo?: boolean | undefined;
}

/** Opens the counties that a store holds, does something with them, and closes the store whatever comes of it. */
export async function withCounties(
  { db, configs, files, demo = false }: Where,
  use: (counties: Counties, store: Store) => Promise<number>,
  options: Partial<Pick<CountiesOptions, 'now' | 'receiversOf'>> = {},
): Promise<number> {
  const tables = await openStore(db);
  const store = files === undefined ? tables : filesBeside(tables, folderOfFiles(files));
  try {
    const counties = await openCounties({
      folder: configs ?? `${packageRoot}configs`,
      store,
      demo,
      now: () => new Date().toISOString(),
      newSalt: randomUUID,
      heard: () => undefined,
      ...options,
    });
    return await use(counties, store);
  } finally {
    await store.close();
  }
}

export function hostIn({ hosts }: Counties, id: string): CountyHost {
  const host = hosts.get(id);
  if (host) return host;
  const known = [...hosts.keys()];
  throw new CliError({
    zh: `没有“${id}”这个县。可以是:${known.join('、')}。`,
    en: `There is no county "${id}". It may be: ${known.join(', ')}.`,
  });
}

/** Whoever has the store itself reads as the county's office does. */
export function officeOf(county: County): Actor {
  const posts = [...county.posts.values()].filter(({ scope }) => scope === 'county');
  return {
    id: 'cli',
    county: county.id,
    name: 'cli',
    kind: null,
    posts: posts.map((post) => ({ post: post.id, organisation: null })),
  };
}
