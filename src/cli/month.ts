import { writeFile } from 'node:fs/promises';
import { isFormat, print } from '../documents/print.ts';
import { hostIn, officeOf, withCounties } from './counties.ts';
import { textTable } from './print.ts';
import { optionsIn, CliError, languageIn } from './say.ts';

/** `minqing month`: what an office, or everybody, had to do in a month. */
export async function monthCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { db, county: id, month, out } = values;
  const format = out?.split('.').at(-1) ?? '';
  if (!db || !id || !month || (out !== undefined && !isFormat(format)))
    throw new CliError({
      zh: '请写明 --db FILE、--county、--month(如 2026-03);--out 以 .docx、.xlsx 或 .html 结尾。',
      en: 'Give --db FILE, --county, --month (such as 2026-03); --out ends in .docx, .xlsx or .html.',
    });
  const language = languageIn(args);
  const { configs, demo } = values;
  return withCounties({ db, configs, demo }, async (counties) => {
    const host = hostIn(counties, id);
    const office = officeOf(host.county);
    const now = new Date().toISOString();
    const paper = await host.desk.month(month, values.of ?? null, office, now, language);
    if (out !== undefined && isFormat(format)) {
      await writeFile(out, (await print(paper, format, paper.title, language)).bytes);
      console.log(out);
    } else {
      process.stdout.write(`${paper.title}  ${paper.subtitle}\n`);
      for (const part of paper.parts)
        process.stdout.write(
          `\n${part.heading}\n${'paragraphs' in part ? `${part.paragraphs.join('\n')}\n` : textTable([part.head, ...part.rows])}`,
        );
    }
    return 0;
  });
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      db: { type: 'string' },
      county: { type: 'string' },
      month: { type: 'string' },
      of: { type: 'string' },
      out: { type: 'string' },
      configs: { type: 'string' },
      demo: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });
