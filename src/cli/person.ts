import { appendFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { zipOf } from '../documents/zip.ts';
import { say, type Text } from '../model/text.ts';
import { erasureLine } from '../server/erasures.ts';
import { hostIn, withCounties } from './counties.ts';
import { needsFiles, openExisting } from './databases.ts';
import { languageIn, optionsIn } from './say.ts';

const help: Text = {
  zh: `minqing person export COUNTY PERSON --db FILE --out FILE.zip [--files DIR] [--configs DIR]
minqing person erase COUNTY PERSON --db FILE [--erasures FILE] [--files DIR] [--configs DIR] [--by 谁]
`,
  en: `minqing person export COUNTY PERSON --db FILE --out FILE.zip [--files DIR] [--configs DIR]
minqing person erase COUNTY PERSON --db FILE [--erasures FILE] [--files DIR] [--configs DIR] [--by WHO]
`,
};

/** `minqing person …`: a copy of all that is kept of one person, and its erasure. */
export async function personCommand(args: string[]): Promise<number> {
  const language = languageIn(args);
  const { positionals, values } = parse(args);
  const [step = '', id = '', person = ''] = positionals;
  const out = values.out;
  if (!values.db || person === '' || !(step === 'erase' || (step === 'export' && out !== undefined))) {
    process.stdout.write(say(help, language));
    return step === '' ? 0 : 2;
  }
  const { db, configs, files: folder } = values;
  const rows = await openExisting(db);
  await needsFiles(rows, folder).finally(() => rows.close());
  return withCounties({ db, configs, files: folder }, async (counties, store) => {
    const now = () => new Date().toISOString();
    const { desk } = hostIn(counties, id);
    // For the person themself, and so nothing that is not theirs to see.
    const self = { id: person, county: id, name: '', kind: null, posts: [] };
    const { data, files } = await desk.personExport(person, self, now(), language);
    if (step === 'export' && out !== undefined) {
      const bytes = new TextEncoder().encode(JSON.stringify(data, null, 2));
      await writeFile(out, zipOf([{ path: 'data.json', bytes }, ...files]));
      console.log(
        language === 'en'
          ? `${out}: ${data.things.length} thing(s), ${files.length} file(s).`
          : `${out}:${data.things.length} 件事项,${files.length} 个文件。`,
      );
      return 0;
    }
    const by = values.by ?? userInfo().username;
    const signed = { by, at: now(), second: null };
    if (values.erasures)
      await appendFile(values.erasures, erasureLine({ county: id, person, at: signed.at }));
    const { things } = await desk.erasePerson(person, signed);
    const number = await store.next(id, 'sensitive-acts');
    const act = { county: id, number, is: 'erase', about: person, by, at: signed.at, request: null } as const;
    await store.saveSensitiveAct({ ...act, second: { by, at: signed.at, is: 'alone' } });
    console.log(language === 'en' ? `Erased; ${things} thing(s).` : `已删除,涉及 ${things} 件事项。`);
    if (values.erasures === undefined)
      console.log(
        language === 'en'
          ? 'It was written down nowhere: after a backup is brought back, nobody erases it again. Give --erasures FILE, as "erasures" in the settings names it.'
          : '未登记这次删除:恢复旧备份后不会再删一次。请加 --erasures FILE(与 settings 的 erasures 相同)。',
      );
    return 0;
  });
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    allowPositionals: true,
    options: {
      db: { type: 'string' },
      configs: { type: 'string' },
      out: { type: 'string' },
      erasures: { type: 'string' },
      files: { type: 'string' },
      by: { type: 'string' },
      lang: { type: 'string' },
    },
  });
