import { access } from 'node:fs/promises';
import { sql } from 'kysely';
import { fileIn, isPostgres, openDatabase } from '../server/open-store.ts';
import { folderOfFiles } from '../store/file-folder.ts';
import type { CopiedTable, CopyOptions } from '../store/copy.ts';
import type { Database } from '../store/database.ts';
import { say, type Language, type Text } from '../model/text.ts';
import { CliError } from './say.ts';

export const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** A database that is there already: a file's name that was mistyped is not a new, empty one. */
export async function openExisting(db: string): Promise<Database> {
  if (!isPostgres(db) && !(await exists(fileIn(db))))
    throw new CliError({
      zh: `没有 ${fileIn(db)} 这个文件。请核对数据库的写法。`,
      en: `There is no file ${fileIn(db)}. Look at how the database is written.`,
    });
  return openDatabase(db);
}

/** Attachments whose bytes lie in a folder are not left out unsaid: the folder is to be named. */
export async function needsFiles({ db }: Database, files: string | undefined): Promise<void> {
  if (files !== undefined) return;
  const { number } = await db
    .selectFrom('files')
    .select(({ fn }) => fn.countAll().as('number'))
    .where(sql<number>`length(bytes)`, '=', 0)
    .executeTakeFirstOrThrow();
  if (Number(number) > 0)
    throw new CliError({
      zh: `有 ${Number(number)} 个附件的内容在文件夹里,不在库中。请加 --files DIR(与 serve 的 --files 相同),再运行一次。`,
      en: `The bytes of ${Number(number)} file(s) lie in a folder and not in the database. Add --files DIR, as serve has it, and run it again.`,
    });
}

/** Progress where somebody watches, and none in a pipe. */
export function toldOnTerminal(): CopyOptions['told'] {
  if (!process.stderr.isTTY) return () => undefined;
  return (table, done, of) =>
    process.stderr.write(`\r\x1b[K${table} ${done}/${of}${done === of ? '\n' : ''}`);
}

/** How a copy is made: with progress, and with the files of a folder where one is named. */
export function copyingWith(files: string | undefined): CopyOptions {
  const folder = files === undefined ? null : folderOfFiles(files);
  return { told: toldOnTerminal(), ...(folder ? { bytesOf: (county, id) => folder.get(county, id) } : {}) };
}

/** One line a table, and that all of it was read again. */
export function printCopied(copied: readonly CopiedTable[], language: Language): void {
  for (const { table, rows, hash } of copied) console.log(`${table}\t${rows}\t${hash.slice(0, 16)}`);
  const all = copied.reduce((sum, { rows }) => sum + rows, 0);
  const words: Text = {
    zh: `共 ${all} 行,已逐行重读核对,与来源一致。`,
    en: `${all} rows in all; each was read again and is as in the source.`,
  };
  console.log(say(words, language));
}
