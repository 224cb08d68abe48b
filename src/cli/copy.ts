import { openDatabase } from '../server/open-store.ts';
import { copyDatabase } from '../store/copy.ts';
import { copyingWith, needsFiles, openExisting, printCopied } from './databases.ts';
import { CliError, languageIn, optionsIn } from './say.ts';

/** `minqing copy`: a database into another, of the other kind as well; one that was broken off goes on. */
export async function copyCommand(args: string[]): Promise<number> {
  const language = languageIn(args);
  const { from, to, files } = optionsIn({
    args,
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      files: { type: 'string' },
      lang: { type: 'string' },
    },
  }).values;
  if (!from || !to || from === to)
    throw new CliError({
      zh: '请写明两个不同的库,如:minqing copy --from sqlite:county.db --to postgres://user@host/name',
      en: 'Name two databases, such as: minqing copy --from sqlite:county.db --to postgres://user@host/name',
    });
  const source = await openExisting(from);
  try {
    await needsFiles(source, files);
    const target = await openDatabase(to);
    try {
      printCopied(await copyDatabase(source, target, copyingWith(files)), language);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
  return 0;
}
