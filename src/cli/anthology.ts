import { writeFile } from 'node:fs/promises';
import { hostIn, officeOf, withCounties } from './counties.ts';
import { optionsIn, CliError, languageIn } from './say.ts';

/** `minqing anthology`: the excellent reports of a period, each whole, as one Word file. */
export async function anthologyCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { db, county: id, period, out } = values;
  if (!db || !id || !period || !out?.endsWith('.docx'))
    throw new CliError({
      zh: '请写明 --db FILE、--county、--period 和 --out(以 .docx 结尾)。',
      en: 'Give --db FILE, --county, --period and --out (ending in .docx).',
    });
  const { configs, demo } = values;
  return withCounties({ db, configs, demo }, async (counties) => {
    const host = hostIn(counties, id);
    const office = officeOf(host.county);
    const { bytes } = await host.desk.anthology(period, office, languageIn(args));
    await writeFile(out, bytes);
    console.log(out);
    return 0;
  });
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      db: { type: 'string' },
      county: { type: 'string' },
      period: { type: 'string' },
      out: { type: 'string' },
      configs: { type: 'string' },
      demo: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });
