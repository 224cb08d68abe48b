import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { versionsOf, versionToMoveTo } from '../desk/versions.ts';
import { say, type Language, type Text } from '../model/text.ts';
import type { Migration, MigrationRow, StageMap } from '../model/version.ts';
import { readStageMap } from '../server/body.ts';
import { lookIn } from '../server/counties.ts';
import { packageRoot } from '../server/main.ts';
import { openStore } from '../server/open-store.ts';
import { textTable } from './print.ts';
import { optionsIn, CliError, languageIn } from './say.ts';

/**
 * `minqing migrate`: what becomes of each thing under way when it follows another version of the config. 0 when all
 * can be moved, 1 when some are refused.
 */
export async function migrateCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const language = languageIn(args);
  const { county: id, db } = values;
  if (!id || !db)
    throw new CliError({ zh: '请写明 --county ID 和 --db FILE。', en: 'Give --county ID and --db FILE.' });
  const stages = values.map === undefined ? null : await stageMapIn(values.map);
  const store = await openStore(db);
  try {
    const now = new Date().toISOString();
    const folder = values.configs ?? `${packageRoot}configs`;
    const host = await lookIn(id, { folder, store, now: () => now, newSalt: randomUUID });
    if (!host) throw notThere(id, db);
    const version = await versionsOf(id, store).one(Number(values.to ?? host.county.version));
    const found = await host.desk.migrate({
      to: versionToMoveTo(version),
      stages: stages ?? version.published?.underWay?.stages ?? {},
      by: values.by ?? userInfo().username,
      now,
      language,
      dry: values['dry-run'] ?? false,
    });
    process.stdout.write(values.json ? `${JSON.stringify(found, null, 2)}\n` : printed(found, language));
    return found.rows.some(({ is }) => is === 'refused') ? 1 : 0;
  } finally {
    await store.close();
  }
}

export async function stageMapIn(file: string): Promise<StageMap> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CliError({ zh: `读不到文件 ${file}。`, en: `The file ${file} cannot be read.` });
  });
  return readStageMap(text);
}

/** The store has no version of that county, or the folder no config of it. */
export function notThere(county: string, db: string): CliError {
  return new CliError({
    zh: `${db} 或配置目录中没有 ${county}。请核对 --county、--db 和 --configs。`,
    en: `${db} or the folder of configs has no ${county}. Look at --county, --db and --configs.`,
  });
}

const outcomes: Record<MigrationRow['is'], Text> = {
  'would-move': { zh: '可转', en: 'would move' },
  moved: { zh: '已转', en: 'moved' },
  refused: { zh: '不转', en: 'refused' },
  changed: { zh: '刚有人办理,请再运行一次', en: 'somebody just acted; run it again' },
};

function printed({ to, rows, ended, already }: Migration, language: Language): string {
  const en = language === 'en';
  const head = en
    ? ['Thing', 'Version', 'Stands at', 'Goes to', '', 'What else']
    : ['事项', '版本', '现处环节', '转到', '', '说明'];
  const lines = rows.map(({ id, from, stage, goal, is, said }) => [
    id,
    `${from} → ${to}`,
    stage.label,
    goal?.label ?? '—',
    say(outcomes[is], language),
    said.join(en ? ' ' : ''),
  ]);
  const refused = rows.filter(({ is }) => is === 'refused').length;
  const sum = en
    ? `${rows.length} under way, ${refused} refused; ${already} follow version ${to} already, ${ended} have ended and stay as they are.`
    : `在办 ${rows.length} 件,其中不转 ${refused} 件;已按第 ${to} 版办理 ${already} 件,已办结、保持不变 ${ended} 件。`;
  return `${lines.length > 0 ? textTable([head, ...lines]) : ''}${sum}\n`;
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      county: { type: 'string' },
      db: { type: 'string' },
      to: { type: 'string' },
      map: { type: 'string' },
      'dry-run': { type: 'boolean' },
      by: { type: 'string' },
      configs: { type: 'string' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });
