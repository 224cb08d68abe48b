import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Actor } from '../model/thing.ts';
import { openCounties } from '../server/counties.ts';
import { packageRoot } from '../server/main.ts';
import { openStore } from '../server/open-store.ts';
import { badOptions, CliError, languageIn } from './say.ts';

/** `minqing anthology`: the excellent reports of a period, each whole, as one Word file. */
export async function anthologyCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { db, county: id, period, out } = values;
  if (!db || !id || !period || !out?.endsWith('.docx'))
    throw new CliError({
      zh: '请写明 --db FILE、--county、--period 和 --out(以 .docx 结尾)。',
      en: 'Give --db FILE, --county, --period and --out (ending in .docx).',
    });
  const store = await openStore(db);
  try {
    const { hosts } = await openCounties({
      folder: values.configs ?? `${packageRoot}configs`,
      store,
      demo: values.demo ?? false,
      now: () => new Date().toISOString(),
      newSalt: randomUUID,
      heard: () => undefined,
    });
    const host = hosts.get(id);
    if (!host)
      throw new CliError({
        zh: `没有“${id}”这个县。可以是:${[...hosts.keys()].join('、')}。`,
        en: `There is no county "${id}". It may be: ${[...hosts.keys()].join(', ')}.`,
      });
    // Whoever has the file itself reads as its office does.
    const posts = [...host.county.posts.values()].filter(({ scope }) => scope === 'county');
    const office: Actor = {
      id: 'cli',
      county: id,
      name: 'cli',
      kind: null,
      posts: posts.map((post) => ({ post: post.id, organisation: null })),
    };
    const { bytes } = await host.desk.anthology(period, office, languageIn(args));
    await writeFile(out, bytes);
    console.log(out);
  } finally {
    await store.close();
  }
  return 0;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        db: { type: 'string' },
        county: { type: 'string' },
        period: { type: 'string' },
        out: { type: 'string' },
        configs: { type: 'string' },
        demo: { type: 'boolean' },
        lang: { type: 'string' },
      },
    });
  } catch (error) {
    throw badOptions(error);
  }
}
