import { open, rename, rm } from 'node:fs/promises';
import { sql } from 'kysely';
import { openDatabase } from '../server/open-store.ts';
import { copyDatabase, fillFiles } from '../store/copy.ts';
import { countOf, everyTable } from '../store/rows.ts';
import { copyingWith, exists, needsFiles, openExisting } from './databases.ts';
import { CliError, languageIn, optionsIn } from './say.ts';

/**
 * `minqing backup`: all of a database, as it is at one moment and while others write, in one SQLite file; attachments
 * that lie in a folder come into it too. The file has its name once it is whole.
 */
export async function backupCommand(args: string[]): Promise<number> {
  const language = languageIn(args);
  const { db, out, files } = optionsIn({
    args,
    options: {
      db: { type: 'string' },
      out: { type: 'string' },
      files: { type: 'string' },
      lang: { type: 'string' },
    },
  }).values;
  if (!db || !out)
    throw new CliError({
      zh: '请写明 --db 和 --out,如:minqing backup --db county.db --out backup-2026-03-02.db',
      en: 'Give --db and --out, such as: minqing backup --db county.db --out backup-2026-03-02.db',
    });
  if (await exists(out))
    throw new CliError({
      zh: `${out} 已存在,未作覆盖。请换一个文件名。`,
      en: `${out} is there already and was left alone. Take another name.`,
    });
  const partial = `${out}.partial`;
  for (const end of ['', '-wal', '-shm']) await rm(`${partial}${end}`, { force: true });
  const copying = copyingWith(files);
  const source = await openExisting(db);
  try {
    await needsFiles(source, files);
    if (source.is === 'sqlite') await sql`vacuum into ${partial}`.execute(source.db);
    const target = await openDatabase(partial);
    try {
      if (source.is !== 'sqlite') await copyDatabase(source, target, copying);
      else if (copying.bytesOf) await fillFiles(target, copying.bytesOf);
      let rows = 0;
      for (const table of everyTable) rows += await countOf(target.db, table);
      console.log(language === 'en' ? `${out}: ${rows} rows.` : `${out}:${rows} 行。`);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
  const written = await open(partial, 'r+');
  await written.sync();
  await written.close();
  await rename(partial, out);
  return 0;
}
