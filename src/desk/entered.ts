import { readLedger } from '../assessment/ledger.ts';
import { readRecord } from '../assessment/read-record.ts';
import { recordProblem } from '../assessment/record-problem.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import { civilDate, type CivilDate, type Instant } from '../model/date.ts';
import { MinqingError, type Saying } from '../model/error.ts';
import type { RecordRow } from '../model/import.ts';
import type { ScoreRecord } from '../model/record.ts';
import type { Language } from '../model/text.ts';
import type { EnteredRecord } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import { DeskError } from './error.ts';

interface ReadLine {
  line: number;
  record: ScoreRecord | null;
  /** The one it takes the place of. */
  before: EnteredRecord | null;
  problem: Saying | null;
}

/** Lines of records (proposals, attendance, points by hand …) judged one by one as the count would; nothing is kept. */
async function readLines(
  { county, people, directory, store }: DeskContext,
  config: CountyConfig,
  text: string,
  today: CivilDate,
): Promise<ReadLine[]> {
  const method = config.method ?? {};
  const ledger = readLedger(method, method.people ?? method.units ?? { lines: [] });
  const before = new Map((await store.records(county.id)).map((one) => [one.record.id, one]));
  const units = new Set(directory.organisations.map(({ id }) => id));
  const seen = new Map<string, number>();
  const lines: ReadLine[] = [];
  for (const [index, row] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (row.trim() === '') continue;
    const line = index + 1;
    try {
      const record = readRecord(row, '', line);
      const twice = seen.get(record.id);
      seen.set(record.id, line);
      const desks = /^(report|lead)-\d+$/.test(record.id);
      const problem =
        (twice === undefined
          ? null
          : {
              zh: `“${record.id}”在第 ${twice} 行已出现。`,
              en: `"${record.id}" stands in line ${twice} already.`,
            }) ??
        (desks
          ? {
              zh: `“${record.id}”是平台自己的编号,请换一个。`,
              en: `"${record.id}" is an id of the desk's own; take another.`,
            }
          : null) ??
        recordProblem(record, ledger, today.slice(0, 4)) ??
        unknownParty(record, people, units);
      lines.push({ line, record, before: before.get(record.id) ?? null, problem });
    } catch (error) {
      if (!(error instanceof MinqingError)) throw error;
      lines.push({ line, record: null, before: null, problem: withoutPlace(error) });
    }
  }
  return lines;
}

/** The line is said beside it; the words of the file's reader begin with it. */
function withoutPlace({ saying }: MinqingError): Saying {
  const bare = (words: string) => words.replace(/^:\d+ /, '');
  return { zh: bare(saying.zh), en: bare(saying.en) };
}

function unknownParty(
  record: ScoreRecord,
  people: DeskContext['people'],
  units: ReadonlySet<string>,
): Saying | null {
  const persons = (record.authors ?? []).map(({ id }) => id).filter((id) => !people.has(id));
  const places = [record.unit ?? [], (record.units ?? []).map(({ id }) => id)]
    .flat()
    .filter((id) => !units.has(id));
  const [unknown] = [...persons, ...places];
  return unknown === undefined
    ? null
    : {
        zh: `“${unknown}”不在名册中。请先补进名册,或改正。`,
        en: `"${unknown}" is not in the directory. Add them there, or correct it.`,
      };
}

const changed = ({ record, before }: ReadLine) =>
  before !== null && JSON.stringify(before.record) !== JSON.stringify(record);

/** What would become of each line. */
export async function tryRecords(
  context: DeskContext,
  config: CountyConfig,
  text: string,
  today: CivilDate,
  language: Language,
): Promise<RecordRow[]> {
  return (await readLines(context, config, text, today)).map((one) => ({
    line: one.line,
    id: one.record?.id ?? null,
    match: one.problem ? 'wrong' : one.before === null ? 'new' : changed(one) ? 'changed' : 'unchanged',
    message: one.problem?.[language] ?? null,
  }));
}

/** Enters every line, or none where one is wrong; a record entered again takes the place of the one before. */
export async function enterRecords(
  context: DeskContext,
  config: CountyConfig,
  text: string,
  by: { by: string; at: Instant },
): Promise<{ entered: number; changed: number }> {
  const lines = await readLines(context, config, text, civilDate(by.at, context.county.timeZone));
  const wrong = lines.filter(({ problem }) => problem !== null);
  if (wrong.length > 0 || lines.length === 0)
    throw new DeskError(
      'invalid-input',
      {
        zh: `${lines.length === 0 ? '没有一条记录' : `有 ${wrong.length} 行有误`},一条也未录入。`,
        en: `${lines.length === 0 ? 'There is no record' : `${wrong.length} line(s) are wrong`}; none was entered.`,
      },
      wrong.map(({ line, problem }) => ({
        field: String(line),
        saying: problem ?? { zh: '', en: '' },
      })),
    );
  const fresh = lines.filter((one) => one.before === null || changed(one));
  await context.store.saveRecords(
    context.county.id,
    fresh.flatMap(({ record, before }) =>
      record ? [{ record, sequence: (before?.sequence ?? 0) + 1, ...by }] : [],
    ),
  );
  return {
    entered: fresh.filter(({ before }) => before === null).length,
    changed: fresh.filter(({ before }) => before !== null).length,
  };
}
