import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mistakeLine } from '../check/mistake.ts';
import { readCounty } from '../county/read.ts';
import { fieldsOfPaper } from '../desk/paper-fields.ts';
import { defaultTemplate } from '../documents/default-templates.ts';
import { paperIds, paperNames, type PaperField } from '../model/paper.ts';
import { say, type Language } from '../model/text.ts';
import { templateMistakes } from '../server/templates.ts';
import { textTable } from './print.ts';
import { CliError, languageIn, optionsIn } from './say.ts';
import { readConfig } from './tally.ts';

/**
 * `minqing fields CONFIG`: what each paper's Word template can name; 1 where a template of the county's own names
 * something else. `--templates DIR` writes the default templates there, to begin from.
 */
export async function fieldsCommand(args: string[]): Promise<number> {
  const language = languageIn(args);
  const { positionals, values } = optionsIn({
    args,
    options: { templates: { type: 'string' }, lang: { type: 'string' } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined) throw new CliError({ zh: '请写明配置文件。', en: 'Name the config.' });
  const { config } = await readConfig(file);
  const county = readCounty(config);
  for (const paper of paperIds) {
    const own = county.papers.get(paper);
    console.log(`# ${paper} ${paperNames[paper][language]}${own === undefined ? '' : ` (${own})`}`);
    process.stdout.write(`${textTable(rowsOf(fieldsOfPaper(county, paper), language))}\n`);
  }
  if (values.templates !== undefined) {
    await mkdir(values.templates, { recursive: true });
    for (const paper of paperIds)
      await writeFile(join(values.templates, `${paper}.docx`), await defaultTemplate(paper, language));
  }
  const mistakes = await templateMistakes(dirname(file), file, await readFile(file, 'utf8'), county);
  for (const mistake of mistakes) console.error(mistakeLine(mistake, language));
  return mistakes.length > 0 ? 1 : 0;
}

/** A list as it stands in a template: `{#steps}`, what an item has, `{/steps}`. */
function rowsOf(fields: readonly PaperField[], language: Language): string[][] {
  return fields.flatMap(({ name, label, list }) =>
    list
      ? [
          [`{#${name}}`, say(label, language)],
          ...rowsOf(list, language).map(([field = '', of = '']) => [`  ${field}`, of]),
          [`{/${name}}`, ''],
        ]
      : [[`{${name}}`, say(label, language)]],
  );
}
