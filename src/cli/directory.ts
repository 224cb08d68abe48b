import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { userInfo } from 'node:os';
import { directoryOn, enterDirectory, tryDirectory, type DirectoryText } from '../desk/directory.ts';
import { checkVersion, versionsOf } from '../desk/versions.ts';
import { readSheet } from '../documents/sheet.ts';
import type { DirectoryEntry, Store } from '../store/port.ts';
import { civilDate } from '../model/date.ts';
import { say, type Text } from '../model/text.ts';
import { hostIn, withCounties } from './counties.ts';
import { textTable } from './print.ts';
import { optionsIn, CliError, languageIn } from './say.ts';

const help: Text = {
  zh: `minqing directory import COUNTY FILE… --db FILE [--configs DIR] [--dry-run] [--by 谁]
minqing directory list COUNTY --db FILE [--configs DIR] [--on DATE]
`,
  en: `minqing directory import COUNTY FILE… --db FILE [--configs DIR] [--dry-run] [--by WHO]
minqing directory list COUNTY --db FILE [--configs DIR] [--on DATE]
`,
};

/** `minqing directory …`: people, organisations, posts and terms from sheets or JSON; a running server follows. */
export async function directoryCommand(args: string[]): Promise<number> {
  const language = languageIn(args);
  const { positionals, values } = parse(args);
  const [step = '', id = '', ...files] = positionals;
  if (!['import', 'list'].includes(step) || !values.db || (step === 'import' && files.length === 0)) {
    process.stdout.write(say(help, language));
    return step === '' ? 0 : 2;
  }
  const now = () => new Date().toISOString();
  return withCounties({ db: values.db, configs: values.configs }, async (counties, store) => {
    const host = () => hostIn(counties, id);
    if (step === 'list') {
      const { county, directory } = host();
      const { people } = directoryOn(directory, values.on ?? civilDate(now(), county.timeZone));
      const posts = (one: (typeof people)[number]) =>
        (one.posts ?? []).map(({ post }) => say(county.posts.get(post)?.name ?? post, language)).join('、');
      process.stdout.write(textTable(people.map((one) => [one.id, one.name, posts(one)])));
      return 0;
    }
    const by = values.by ?? userInfo().username;
    const { county } = host();
    // Each file is judged with those before it as if they were entered; all of them are, or none.
    const pending: DirectoryEntry[] = [];
    const ahead: Store = {
      ...store,
      directory: async (of) => [...(await store.directory(of)), ...pending],
      saveDirectory: async (_of, entries) => void pending.push(...entries),
    };
    const done: string[] = [];
    let wrong = false;
    for (const file of files) {
      const { config } = checkVersion(await versionsOf(id, store).one(Number(county.version)));
      if (!config) throw new Error(`version ${county.version} of ${id} was in force and cannot be read`);
      const text = await textOf(file);
      const rows = await tryDirectory(
        { county, store: ahead },
        config,
        text,
        civilDate(now(), county.timeZone),
        language,
      );
      for (const { row, problems } of rows)
        for (const { column, message } of problems) console.log(`${file}:${row}:${column} ${message}`);
      if (rows.some(({ match }) => match === 'wrong')) {
        wrong = true;
        continue;
      }
      const counted = (match: string) => rows.filter((one) => one.match === match).length;
      const { entered, changed } = await enterDirectory(
        { county, store: ahead },
        config,
        text,
        { by, at: now() },
        { file: basename(file) },
      );
      if (values['dry-run'])
        done.push(
          language === 'en'
            ? `${file}: ${counted('new')} new, ${counted('changed')} changed, ${counted('unchanged')} as they were; nothing was entered.`
            : `${file}:新增 ${counted('new')}、更新 ${counted('changed')}、无变化 ${counted('unchanged')},未录入。`,
        );
      else
        done.push(
          language === 'en'
            ? `${file}: ${entered} entered, ${changed} changed.`
            : `${file}:已录入 ${entered},更新 ${changed}。`,
        );
    }
    if (wrong) {
      console.log(language === 'en' ? 'Nothing was entered.' : '未录入任何内容。');
      return 1;
    }
    if (!values['dry-run']) await store.saveDirectory(id, pending);
    for (const words of done) console.log(words);
    return 0;
  });
}

async function textOf(file: string): Promise<DirectoryText> {
  const bytes = await readFile(file).catch(() => {
    throw new CliError({ zh: `读不到文件 ${file}。`, en: `The file ${file} cannot be read.` });
  });
  if (file.endsWith('.json')) return { json: bytes.toString('utf8') };
  const sheet = await readSheet(bytes);
  if (sheet) return { sheet };
  throw new CliError({
    zh: `${file} 不是 .xlsx、CSV 或 JSON。请另存为其中一种。`,
    en: `${file} is no .xlsx, CSV or JSON. Save it as one of them.`,
  });
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    allowPositionals: true,
    options: {
      db: { type: 'string' },
      configs: { type: 'string' },
      'dry-run': { type: 'boolean' },
      on: { type: 'string' },
      by: { type: 'string' },
      lang: { type: 'string' },
    },
  });
