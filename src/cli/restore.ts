import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eraseAgain } from '../server/erasures.ts';
import { openDatabase } from '../server/open-store.ts';
import { copyDatabase } from '../store/copy.ts';
import { withCounties } from './counties.ts';
import { copyingWith, exists, needsFiles, printCopied } from './databases.ts';
import { CliError, languageIn, optionsIn } from './say.ts';

/** `minqing restore`: a backup into an empty database; whose data was erased since is erased again. */
export async function restoreCommand(args: string[]): Promise<number> {
  const language = languageIn(args);
  const { values, positionals } = optionsIn({
    args,
    allowPositionals: true,
    options: {
      db: { type: 'string' },
      erasures: { type: 'string' },
      configs: { type: 'string' },
      files: { type: 'string' },
      lang: { type: 'string' },
    },
  });
  const [backup] = positionals;
  const { db, erasures, configs, files } = values;
  if (!db || backup === undefined)
    throw new CliError({
      zh: '请写明备份和 --db,如:minqing restore backup.db --db county.db --erasures erasures.txt',
      en: 'Name the backup and --db, such as: minqing restore backup.db --db county.db --erasures erasures.txt',
    });
  if (!(await exists(backup)))
    throw new CliError({
      zh: `没有 ${backup} 这个备份文件。`,
      en: `There is no backup ${backup}.`,
    });
  // Read before anything is restored: without it what was erased would be back.
  const erased = erasures === undefined ? '' : await readFile(erasures, 'utf8').catch(() => null);
  if (erased === null)
    throw new CliError({
      zh: `读不到 ${erasures},未恢复任何内容。不知道谁的信息已删除,就会把它们带回来。`,
      en: `${erasures} cannot be read; nothing was restored, as what was erased would be back.`,
    });
  // The backup itself stays as it is; an older one is brought to the tables of today in a copy.
  const folder = await mkdtemp(join(tmpdir(), 'minqing-restore-'));
  try {
    const beside = join(folder, 'backup.db');
    await copyFile(backup, beside);
    const source = await openDatabase(beside);
    await needsFiles(source, files).catch(async (error: unknown) => {
      await source.close();
      throw error;
    });
    const target = await openDatabase(db);
    try {
      printCopied(await copyDatabase(source, target, copyingWith(files)), language);
    } finally {
      await source.close();
      await target.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (erased === '') return 0;
  return withCounties({ db, configs, files }, async ({ hosts }) => {
    await eraseAgain(erased, hosts, new Date().toISOString(), (words) => console.log(words));
    return 0;
  });
}
