import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isFormat, print } from '../documents/print.ts';
import type { Actor } from '../model/thing.ts';
import { openCounties } from '../server/counties.ts';
import { packageRoot } from '../server/main.ts';
import { openStore } from '../server/open-store.ts';
import { textTable } from './print.ts';
import { badOptions, CliError, languageIn } from './say.ts';

/** `minqing month`: what an office, or everybody, had to do in a month. */
export async function monthCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { db, county: id, month, out } = values;
  const format = out?.split('.').at(-1) ?? '';
  if (!db || !id || !month || (out !== undefined && !isFormat(format)))
    throw new CliError({
      zh: '请写明 --db FILE、--county、--month(如 2026-03);--out 以 .docx、.xlsx 或 .html 结尾。',
      en: 'Give --db FILE, --county, --month (such as 2026-03); --out ends in .docx, .xlsx or .html.',
    });
  const language = languageIn(args);
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
    const now = new Date().toISOString();
    const paper = await host.desk.month(month, values.of ?? null, office, now, language);
    if (out !== undefined && isFormat(format)) {
      await writeFile(out, (await print(paper, format, paper.title, language)).bytes);
      console.log(out);
    } else {
      process.stdout.write(`${paper.title}  ${paper.subtitle}\n`);
      for (const part of paper.parts)
        process.stdout.write(
          `\n${part.heading}\n${'paragraphs' in part ? `${part.paragraphs.join('\n')}\n` : textTable([part.head, ...part.rows])}`,
        );
    }
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
        month: { type: 'string' },
        of: { type: 'string' },
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
