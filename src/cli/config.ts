import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { userInfo } from 'node:os';
import { checkConfig } from '../check/check.ts';
import { mistakeLine } from '../check/mistake.ts';
import type { Json } from '../county/extend.ts';
import { checkVersion, versionsOf } from '../desk/versions.ts';
import { civilDate } from '../model/date.ts';
import { say, type Language, type Text } from '../model/text.ts';
import { standingOf, type ConfigVersion, type Standing, type UnderWay } from '../model/version.ts';
import { basesIn } from '../server/load.ts';
import { openStore } from '../server/open-store.ts';
import { stageMapIn } from './migrate.ts';
import { textTable } from './print.ts';
import { optionsIn, CliError, languageIn } from './say.ts';

const help: Text = {
  zh: `minqing config list COUNTY --db FILE
minqing config draft CONFIG --db FILE [--note 说明] [--by 谁]
minqing config check COUNTY NUMBER --db FILE
minqing config diff COUNTY NUMBER --db FILE        与施行中的版本比
minqing config diff COUNTY FROM TO --db FILE
minqing config approve COUNTY NUMBER --db FILE [--by 谁]
minqing config publish COUNTY NUMBER --from DATE --db FILE [--by 谁] [--under-way keep|next-stage|now [--map 环节对照.json]]
minqing config roll-back COUNTY NUMBER [--from DATE] --db FILE [--by 谁]
`,
  en: `minqing config list COUNTY --db FILE
minqing config draft CONFIG --db FILE [--note WORDS] [--by WHO]
minqing config check COUNTY NUMBER --db FILE
minqing config diff COUNTY NUMBER --db FILE        against the version in force
minqing config diff COUNTY FROM TO --db FILE
minqing config approve COUNTY NUMBER --db FILE [--by WHO]
minqing config publish COUNTY NUMBER --from DATE --db FILE [--by WHO] [--under-way keep|next-stage|now [--map FILE]]
minqing config roll-back COUNTY NUMBER [--from DATE] --db FILE [--by WHO]
`,
};

/** `minqing config …`: the versions of a county's config in a store; a running server follows within a second. */
export async function configCommand(args: string[]): Promise<number> {
  const language = languageIn(args);
  const { positionals, values } = parse(args);
  const [step = '', subject = '', number = '', against] = positionals;
  const run = steps[step];
  if (!run || subject === '' || !values.db) {
    process.stdout.write(say(help, language));
    return step === '' ? 0 : 2;
  }
  const store = await openStore(values.db);
  try {
    const at = new Date().toISOString();
    return await run({
      language,
      subject,
      number: whole(number, step),
      against: against === undefined ? null : whole(against, step),
      today: civilDate(at, 'Asia/Shanghai'),
      from: values.from ?? null,
      underWay: await underWayIn(values['under-way'], values.map),
      note: values.note ?? '',
      by: { by: values.by ?? userInfo().username, at },
      versions: (county) => versionsOf(county, store),
    });
  } finally {
    await store.close();
  }
}

interface Asked {
  language: Language;
  /** A county's id, or for a draft the config's file. */
  subject: string;
  number: number;
  against: number | null;
  today: string;
  from: string | null;
  underWay: UnderWay | null;
  note: string;
  by: { by: string; at: string };
  versions: (county: string) => ReturnType<typeof versionsOf>;
}

const steps: Record<string, (asked: Asked) => Promise<number>> = {
  async list({ subject, versions, today, language }) {
    const all = await versions(subject).list();
    if (all.length === 0)
      console.log(language === 'en' ? `${subject} has no version yet.` : `${subject} 还没有配置版本。`);
    else process.stdout.write(textTable(all.map((version) => rowOf(version, all, today, language))));
    return 0;
  },
  async draft({ subject: file, note, by, versions, language }) {
    const text = await readFile(file, 'utf8').catch(() => {
      throw new CliError({ zh: `读不到文件 ${file}。`, en: `The file ${file} cannot be read.` });
    });
    const bases: Record<string, string> = {};
    const base = (name: string) => {
      const found = basesIn(dirname(file))(name);
      if (found !== null) bases[name] = found;
      return found;
    };
    const { mistakes, config } = checkConfig(basename(file), text, base);
    for (const mistake of mistakes) console.log(mistakeLine(mistake, language));
    if (!config) return 1;
    const draft = await versions(config.id).draft({ text, bases, note }, by);
    console.log(
      language === 'en' ? `Kept as draft ${draft.number}.` : `已存为第 ${draft.number} 版草案,未施行。`,
    );
    return 0;
  },
  async check({ subject, number, versions, language }) {
    const { mistakes } = checkVersion(await versions(subject).one(number));
    for (const mistake of mistakes) console.log(mistakeLine(mistake, language));
    return mistakes.length > 0 ? 1 : 0;
  },
  async diff({ subject, number, against, versions, today, language }) {
    // Of two, what becomes of the first in the second.
    const differences = await (against === null
      ? versions(subject).diff(number, null, today)
      : versions(subject).diff(against, number, today));
    const shown = (value: Json) =>
      value === null ? (language === 'en' ? '(not said)' : '(无)') : JSON.stringify(value);
    for (const { path, was, now } of differences) console.log(`${path}: ${shown(was)} → ${shown(now)}`);
    if (differences.length === 0) console.log(language === 'en' ? 'No difference.' : '没有差别。');
    return 0;
  },
  async approve({ subject, number, by, versions, language }) {
    const { drafted, approved } = await versions(subject).approve(number, by);
    const alone = drafted.by === approved?.by;
    console.log(
      language === 'en'
        ? `Version ${number} is approved${alone ? ' by the one who drafted it; this is marked' : ''}.`
        : `第 ${number} 版已批准${alone ? '(起草人自行批准,已注明)' : ''}。`,
    );
    return 0;
  },
  async publish({ subject, number, from, underWay, by, versions, language }) {
    if (from === null)
      throw new CliError({
        zh: '请写明从哪天起施行:--from 2026-07-01。',
        en: 'Say from which day it is in force: --from 2026-07-01.',
      });
    await versions(subject).publish(number, from, by, underWay);
    console.log(
      language === 'en'
        ? `Version ${number} is in force from ${from}.`
        : `第 ${number} 版自 ${from} 起施行。`,
    );
    return 0;
  },
  async 'roll-back'({ subject, number, from, today, by, versions, language }) {
    const again = await versions(subject).rollBack(number, from ?? today, by);
    console.log(
      language === 'en'
        ? `Version ${again.number}, with the text of ${number}, is in force from ${from ?? today}.`
        : `已恢复第 ${number} 版的内容,作为第 ${again.number} 版自 ${from ?? today} 起施行。`,
    );
    return 0;
  },
};

const standings: Record<Standing, Text> = {
  draft: { zh: '草案', en: 'draft' },
  approved: { zh: '已批准', en: 'approved' },
  waiting: { zh: '待施行', en: 'waiting' },
  'in-force': { zh: '施行中', en: 'in force' },
  superseded: { zh: '已被替代', en: 'superseded' },
};

function rowOf(
  version: ConfigVersion,
  all: readonly ConfigVersion[],
  today: string,
  language: Language,
): string[] {
  const { number, drafted, approved, published, note } = version;
  return [
    String(number),
    say(standings[standingOf(version, all, today)], language),
    published?.from ?? '',
    [drafted.by, approved?.by, published?.by].filter((by) => by !== undefined).join(' → '),
    note,
  ];
}

async function underWayIn(how = 'keep', map?: string): Promise<UnderWay | null> {
  if (how === 'keep') return null;
  if (how === 'next-stage' || how === 'now')
    return { how, stages: map === undefined ? {} : await stageMapIn(map) };
  throw new CliError({
    zh: `--under-way 应为 keep(保持)、next-stage(下一环节再转)或 now(立即转);“${how}”不是。`,
    en: `--under-way takes keep, next-stage or now; "${how}" is none of them.`,
  });
}

function whole(word: string, step: string): number {
  if (/^[1-9]\d*$/.test(word) || step === 'list' || step === 'draft') return Number(word);
  throw new CliError({
    zh: `请写明第几版,如 2;“${word}”不是版本号。`,
    en: `Name the version by its number, e.g. 2; "${word}" is none.`,
  });
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    allowPositionals: true,
    options: {
      db: { type: 'string' },
      from: { type: 'string' },
      'under-way': { type: 'string' },
      map: { type: 'string' },
      note: { type: 'string' },
      by: { type: 'string' },
      lang: { type: 'string' },
    },
  });
