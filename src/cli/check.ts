import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { checkConfig } from '../check/check.ts';
import { unreached } from '../assessment/cases.ts';
import { mistakeLine } from '../check/mistake.ts';
import { basesIn } from '../server/load.ts';
import { templateMistakes } from '../server/templates.ts';
import { optionsIn, CliError, languageIn } from './say.ts';

/**
 * `minqing check CONFIG…`: one line a mistake; 0 when there is none. `--overrides` lists what a config says itself,
 * `--coverage` what none of its cases reaches.
 */
export async function checkCommand(args: string[]): Promise<number> {
  const language = languageIn(args);
  const { positionals: files, values } = parse(args);
  if (files.length === 0)
    throw new CliError({ zh: '请写明要检查的配置文件。', en: 'Name the configs to check.' });
  let found = 0;
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => {
      throw new CliError({ zh: `读不到文件 ${file}。`, en: `The file ${file} cannot be read.` });
    });
    if (isSchema(text)) {
      process.stderr.write(
        language === 'en'
          ? `${file} is a JSON schema, not a config; it was left out.\n`
          : `${file} 是 JSON schema,不是配置,已略过。\n`,
      );
      continue;
    }
    const { mistakes, overrides, config, county } = checkConfig(file, text, basesIn(dirname(file)));
    if (county) mistakes.push(...(await templateMistakes(dirname(file), file, text, county)));
    if (values.coverage && config)
      for (const place of unreached(
        config.method ?? {},
        { organisations: [], people: [], ...config.directory },
        config.cases ?? [],
      ))
        console.log(`${file} ${place} ${language === 'en' ? 'no case reaches this' : '没有算例用到'}`);
    if (values.overrides) for (const path of overrides) console.log(path);
    for (const mistake of mistakes) console.log(mistakeLine(mistake, language));
    found += mistakes.length;
  }
  return found > 0 ? 1 : 0;
}

/** What `configs/*.json` takes with it: the schema that configs are written by. */
function isSchema(text: string): boolean {
  return /^\s*\{\s*"\$schema"\s*:\s*"https?:\/\/json-schema\.org\//.test(text);
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: { lang: { type: 'string' }, overrides: { type: 'boolean' }, coverage: { type: 'boolean' } },
    allowPositionals: true,
  });
