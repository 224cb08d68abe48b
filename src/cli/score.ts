import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { readLedger } from '../assessment/ledger.ts';
import { score } from '../assessment/score.ts';
import { checkConfig } from '../check/check.ts';
import { mistakeLine } from '../check/mistake.ts';
import type { Directory, ScoreRecord, ScoreTable } from '../model/record.ts';
import { basesIn } from '../server/load.ts';
import { badOptions, CliError, languageIn } from './say.ts';
import { readDirectory, readRecord } from './records.ts';

/** `minqing score`: the table of a period from a file of records. */
export async function scoreCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { config: configFile, records: recordsFile, period } = values;
  if (!configFile || !recordsFile || !period)
    throw new CliError({
      zh: '请写明 --config、--records 和 --period。',
      en: 'Give --config, --records and --period.',
    });
  const text = await readFile(configFile, 'utf8');
  const { mistakes, config } = checkConfig(configFile, text, basesIn(dirname(configFile)));
  if (!config) {
    for (const mistake of mistakes) console.error(mistakeLine(mistake, languageIn(args)));
    return 1;
  }
  const method = config.method ?? {};
  const of = values.of === 'people' || values.of === 'units' ? values.of : method.people ? 'people' : 'units';
  const directory: Directory = readDirectory(
    values.directory ? JSON.parse(await readFile(values.directory, 'utf8')) : (config.directory ?? {}),
  );
  const records: ScoreRecord[] = [];
  let line = 0;
  for await (const row of createInterface({ input: createReadStream(recordsFile) })) {
    line += 1;
    if (row.trim() !== '') records.push(readRecord(row, recordsFile, line));
  }
  const ledger = readLedger(method, method[of] ?? { lines: [] });
  const table = score({ ledger, of, directory, records, period });
  process.stdout.write(values.json ? `${JSON.stringify(table, null, 2)}\n` : textTable(table));
  return 0;
}

function textTable(table: ScoreTable): string {
  const rows = table.subjects.map((subject) => [
    subject.rank === null ? '' : String(subject.rank),
    subject.name,
    subject.points,
    subject.grade ?? '',
  ]);
  return `${table.period}\n${rows.map((row) => row.join('\t')).join('\n')}\n`;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        config: { type: 'string' },
        records: { type: 'string' },
        period: { type: 'string' },
        directory: { type: 'string' },
        of: { type: 'string' },
        json: { type: 'boolean' },
        lang: { type: 'string' },
      },
    });
  } catch (error) {
    throw badOptions(error);
  }
}
