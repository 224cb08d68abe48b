import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { readLedger } from '../assessment/ledger.ts';
import { recordCheck } from '../assessment/record-problem.ts';
import { Tally } from '../assessment/score.ts';
import { checkConfig } from '../check/check.ts';
import { checkDirectory } from '../check/directory.ts';
import { mistakeLine } from '../check/mistake.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import { readCounty } from '../county/read.ts';
import { parsePeriod } from '../assessment/period.ts';
import { owedBy, recordsOfOwed } from '../desk/obligations.ts';
import { withGroupNames } from '../desk/scoring.ts';
import { MinqingError, type Saying } from '../model/error.ts';
import type { Directory, ScoreRecord, Standing } from '../model/record.ts';
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

/** What is not wrong and surely not meant: a file without records, a directory without anybody. */
export function emptyNotes({ file, directory }: Configured, recordsFile: string, count: number): Saying[] {
  const notes: Saying[] = [];
  if (count === 0)
    notes.push({
      zh: `${recordsFile} 中没有一条记录,表中各项都按没有记录算。`,
      en: `${recordsFile} holds no record; everybody is counted as having none.`,
    });
  if (directory.people.length + directory.organisations.length === 0)
    notes.push({
      zh: `名册是空的,表中不会有人。请在 ${file} 的 directory 中写明人员、组织,或用 --directory 给出名册文件。`,
      en: `The directory is empty, so nobody stands in the table. Name people and organisations in "directory" of ${file}, or give a file with --directory.`,
    });
  return notes;
}

function unseenNotes(tally: Tally, recordsFile: string, count: number): Saying[] {
  const periods = tally.unseenBefore();
  if (count === 0 || periods.length === 0) return [];
  return [
    {
      zh: `办法要看连续几期,而 ${recordsFile} 中没有 ${periods.join('、')} 的记录,那一期按没有记录算。若记录在别的文件里,请合并后再计。`,
      en: `The method looks at several periods running, and ${recordsFile} holds no record of ${periods.join(', ')}: nothing is what they are counted by. If they are in another file, put the two together.`,
    },
  ];
}

/** A table of one config over one file, its totals; `unfolded` gives the lines of one, when they are asked for. */
export async function countFile(configured: Configured, recordsFile: string, options: TallyOptions) {
  const { ledger, tally } = tallyOf(configured, options);
  const problemOf = recordCheck(ledger, options.period);
  const { obligations = [], calendar } = configured.config;
  const waiting: ScoreRecord[] = [];
  const count = await eachRecord(recordsFile, (record) => {
    const problem = problemOf(record);
    if (!problem && (tally.waits || obligations.length > 0)) waiting.push(record);
    else if (!problem) tally.add(record);
    return problem;
  });
  const on = options.asOf ?? parsePeriod(options.period, ledger.calendar).to;
  const closures = new Set(calendar?.closures ?? []);
  const owed = owedBy(obligations, waiting, { directory: configured.directory, closures, on });
  for (const record of tally.counted([...waiting, ...recordsOfOwed(obligations, owed)])) tally.add(record);
  const notes = [...emptyNotes(configured, recordsFile, count), ...unseenNotes(tally, recordsFile, count)];
  return {
    ledger,
    notes,
    table: withGroupNames(readCounty(configured.config), tally.table({ lines: false })),
    unfolded: (standing: Standing) => tally.unfolded(standing),
  };
}
