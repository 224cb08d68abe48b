import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { readLedger } from '../assessment/ledger.ts';
import { recordProblem } from '../assessment/record-problem.ts';
import { Tally } from '../assessment/score.ts';
import { checkConfig } from '../check/check.ts';
import { checkDirectory } from '../check/directory.ts';
import { mistakeLine } from '../check/mistake.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import { readCounty } from '../county/read.ts';
import { withGroupNames } from '../desk/scoring.ts';
import { MinqingError, type Saying } from '../model/error.ts';
import type { Directory, ScoreRecord } from '../model/record.ts';
import { basesIn } from '../server/load.ts';
import { RecordError, readRecord } from '../assessment/read-record.ts';
import { CliError } from './say.ts';

export interface Configured {
  file: string;
  config: CountyConfig;
  directory: Directory;
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => {
    throw new CliError({ zh: `读不到文件 ${file}。`, en: `The file ${file} cannot be read.` });
  });
}

/** A config that passes its check, with the directory to count by: the file given, or the config's own. */
export async function readConfig(file: string, directoryFile?: string): Promise<Configured> {
  const { mistakes, config } = checkConfig(file, await textOf(file), basesIn(dirname(file)));
  if (!config) throw refused(mistakes);
  if (directoryFile === undefined)
    return { file, config, directory: { organisations: [], people: [], ...config.directory } };
  const read = checkDirectory(directoryFile, await textOf(directoryFile), config);
  if (!read.directory) throw refused(read.mistakes);
  return { file, config, directory: read.directory };
}

function refused(mistakes: Parameters<typeof mistakeLine>[0][]): RecordError {
  const all = (language: 'zh' | 'en') => mistakes.map((mistake) => mistakeLine(mistake, language)).join('\n');
  return new RecordError('config-refused', { zh: all('zh'), en: all('en') });
}

export interface TallyOptions {
  of?: 'people' | 'units';
  period: string;
  /** Dated values as of this day. */
  inForceOn?: string;
  /** A window that is not over by this day is not yet missed. */
  asOf?: string;
}

/** The ledger that is counted when none is named: people's, where the method has it. */
export function ledgerOf({ config }: Configured, options: Pick<TallyOptions, 'of'>): 'people' | 'units' {
  return options.of ?? (config.method?.people ? 'people' : 'units');
}

export function tallyOf(configured: Configured, options: TallyOptions) {
  const { config, directory } = configured;
  const method = config.method ?? {};
  const of = ledgerOf(configured, options);
  const raw = method[of];
  if (!raw)
    throw new CliError({
      zh: `${configured.file} 的 method 中没有 ${of} 这本账,无从计分。`,
      en: `The method of ${configured.file} has no "${of}" ledger; there is nothing to count by.`,
    });
  const ledger = readLedger(method, raw, options.inForceOn ? { inForceOn: options.inForceOn } : {});
  const { period, asOf } = options;
  return { ledger, tally: new Tally({ ledger, of, directory, period, ...(asOf ? { asOf } : {}) }) };
}

const mostTold = 20;

/**
 * Gives every record of an NDJSON file to the takers, one at a time, however large the file is. Whatever is wrong is
 * gathered with its line, and nothing is counted.
 */
export async function eachRecord(
  file: string,
  take: (record: ScoreRecord) => Saying | null,
): Promise<number> {
  const { size } = await stat(file).catch(() => {
    throw new CliError({ zh: `读不到文件 ${file}。`, en: `The file ${file} cannot be read.` });
  });
  const stream = createReadStream(file);
  const progress = process.stderr.isTTY ? (line: number) => bar(file, stream.bytesRead, size, line) : null;
  const wrong: Saying[] = [];
  let line = 0;
  let count = 0;
  for await (const row of createInterface({ input: stream })) {
    line += 1;
    if (row.trim() === '') continue;
    try {
      count += 1;
      const problem = take(readRecord(row, file, line));
      if (problem) wrong.push({ zh: `${file}:${line} ${problem.zh}`, en: `${file}:${line} ${problem.en}` });
    } catch (error) {
      if (!(error instanceof MinqingError)) throw error;
      const { zh, en } = error.saying;
      const placed = error instanceof RecordError;
      wrong.push(placed ? error.saying : { zh: `${file}:${line} ${zh}`, en: `${file}:${line} ${en}` });
    }
    if (wrong.length >= mostTold) break;
    if (progress && line % 5000 === 0) progress(line);
  }
  stream.close();
  if (progress && line >= 5000) process.stderr.write('\r\u001b[K');
  if (wrong.length > 0)
    throw new RecordError('bad-records', {
      zh: `${wrong.map(({ zh }) => zh).join('\n')}\n${wrong.length >= mostTold ? `(只列出前 ${mostTold} 处)` : ''}未作统计,请改正后重试。`,
      en: `${wrong.map(({ en }) => en).join('\n')}\n${wrong.length >= mostTold ? `(the first ${mostTold} only) ` : ''}Nothing was counted; correct this and try again.`,
    });
  return count;
}

function bar(file: string, done: number, size: number, line: number): void {
  const part = Math.min(1, done / Math.max(1, size));
  const filled = '█'.repeat(Math.round(part * 24)).padEnd(24, '░');
  process.stderr.write(`\r${basename(file)} ${filled} ${Math.round(part * 100)}% ${line}`);
}

/** A table of one config over one file. */
export async function countFile(configured: Configured, recordsFile: string, options: TallyOptions) {
  const { ledger, tally } = tallyOf(configured, options);
  await eachRecord(recordsFile, (record) => {
    const problem = recordProblem(record, ledger, options.period);
    if (!problem) tally.add(record);
    return problem;
  });
  return { ledger, table: withGroupNames(readCounty(configured.config), tally.table()) };
}
