import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { bulletinPaper, ledgersOf } from '../assessment/bulletin-paper.ts';
import { readLedger } from '../assessment/ledger.ts';
import { parsePeriod, periodBefore, kindOf } from '../assessment/period.ts';
import { quotaProgressIn, readQuota } from '../assessment/quota.ts';
import { recordCheck } from '../assessment/record-problem.ts';
import { score } from '../assessment/score.ts';
import { Register } from '../assessment/subject.ts';
import { readCounty } from '../county/read.ts';
import { withGroupNames } from '../desk/scoring.ts';
import { isFormat, print } from '../documents/print.ts';
import type { ScoreRecord, ScoreTable } from '../model/record.ts';
import { printNotes } from './print.ts';
import { optionsIn, CliError, languageIn } from './say.ts';
import { eachRecord, emptyNotes, readConfig } from './tally.ts';

/** `minqing bulletin`: a period's bulletin as Word, Excel or a page, by the ending of each --out. */
export async function bulletinCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { config: configFile, records: file, period: text } = values;
  const outs = values.out ?? [];
  if (!configFile || !file || !text || outs.length === 0)
    throw new CliError({
      zh: '请写明 --config、--records、--period 和 --out(通报.docx、.xlsx 或 .html,可写多个)。',
      en: 'Give --config, --records, --period and --out (FILE.docx, .xlsx or .html; more than one if you like).',
    });
  const wanted = outs.map((out) => {
    const format = extname(out).slice(1).toLowerCase();
    if (!isFormat(format))
      throw new CliError({
        zh: `--out 的文件名应以 .docx、.xlsx 或 .html 结尾,不是“${out}”。`,
        en: `--out must end in .docx, .xlsx or .html; "${out}" does not.`,
      });
    return { out, format };
  });
  const language = languageIn(args);
  const configured = await readConfig(configFile, values.directory);
  const { config, directory } = configured;
  const method = config.method ?? {};
  const county = readCounty(config);
  const ledgers = {
    people: readLedger(method, method.people ?? { lines: [] }),
    units: readLedger(method, method.units ?? { lines: [] }),
  };
  const records: ScoreRecord[] = [];
  const problemOf = recordCheck(ledgers.people, text);
  const count = await eachRecord(file, (record) => {
    const problem = problemOf(record);
    if (!problem) records.push(record);
    return problem;
  });
  printNotes(emptyNotes(configured, file, count), language);
  const named = (table: ScoreTable): ScoreTable => withGroupNames(county, table);
  const tables = (period: string): { people: ScoreTable; units: ScoreTable } => ({
    people: named(score({ ledger: ledgers.people, of: 'people', directory, records, period })),
    units: named(score({ ledger: ledgers.units, of: 'units', directory, records, period })),
  });
  const { calendar } = ledgers.people;
  const period = parsePeriod(text, calendar);
  const register = new Register(directory);
  const paper = bulletinPaper(
    {
      title: county.bulletin.title,
      county: county.name,
      period,
      tables: tables(text),
      ledgers: ledgersOf(method),
      before:
        kindOf(text) === null || kindOf(text) === 'session'
          ? null
          : tables(periodBefore(period, calendar).id),
      records,
      quotas: (config.quotas ?? []).flatMap((raw) =>
        quotaProgressIn({ quota: readQuota(raw, method), method, directory, records, period }),
      ),
      corrections: [],
      levels: new Map((config.lists?.['levels'] ?? []).map(({ id, label }) => [id, label])),
      homeOf: (person) => register.home(person, period.to),
    },
    language,
  );
  for (const { out, format } of wanted) {
    await writeFile(out, (await print(paper, format, basename(out), language)).bytes);
    console.log(out);
  }
  return 0;
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      config: { type: 'string' },
      records: { type: 'string' },
      period: { type: 'string' },
      directory: { type: 'string' },
      out: { type: 'string', multiple: true },
      lang: { type: 'string' },
    },
  });
