import { isCivilDate } from '../model/date.ts';
import type { ScoreTable, Standing } from '../model/record.ts';
import { say, type Language } from '../model/text.ts';
import { optionsIn, CliError, languageIn } from './say.ts';
import { csvOf } from '../documents/csv.ts';
import { printNotes, textTable, writeAll } from './print.ts';
import { countFile, readConfig } from './tally.ts';

/** `minqing score`: the table of a period from a file of records. */
export async function scoreCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { config, records, period } = values;
  if (!config || !records || !period)
    throw new CliError({
      zh: '请写明 --config、--records 和 --period。',
      en: 'Give --config, --records and --period.',
    });
  const language = languageIn(args);
  const { table, notes, unfolded } = await countFile(await readConfig(config, values.directory), records, {
    period,
    of: sideIn(values.of),
    inForceOn: dateIn('--in-force-on', values['in-force-on']),
    asOf: dateIn('--as-of', values['as-of']),
  });
  printNotes(notes, language);
  if (values.explain !== undefined) console.log(explained(table, values.explain, unfolded, language));
  else if (values.json) await writeAll(jsonOf(table, unfolded));
  else if (values.csv) process.stdout.write(csvOf(rowsOf(table, language)));
  else
    process.stdout.write(
      `${table.period}\n${textTable(rowsOf(table, language))}${summaryOf(table, language)}`,
    );
  return 0;
}

export function sideIn(of: string | undefined): 'people' | 'units' | undefined {
  if (of === undefined || of === 'people' || of === 'units') return of;
  throw new CliError({
    zh: `--of 应为 people 或 units,不是“${of}”。`,
    en: `--of is people or units, not "${of}".`,
  });
}

export function dateIn(option: string, date: string | undefined): string | undefined {
  if (date === undefined || isCivilDate(date)) return date;
  throw new CliError({
    zh: `${option} 应为日期,如 2018-12-31,不是“${date}”。`,
    en: `${option} takes a date such as 2018-12-31, not "${date}".`,
  });
}

const heads = {
  zh: { rank: '名次', name: '名称', group: '分组', points: '得分', grade: '等次', outcomes: '结果' },
  en: { rank: 'Rank', name: 'Name', group: 'Group', points: 'Points', grade: 'Grade', outcomes: 'Outcome' },
} as const;

/** The table as rows of text, headed; columns that nobody has anything in are left out. */
export function rowsOf(table: ScoreTable, language: Language): string[][] {
  const words = heads[language];
  const { columns = [], figures = [], money = null } = table.heads ?? {};
  const subjects = [...table.subjects].sort(
    (a, b) => (a.group ?? '').localeCompare(b.group ?? '') || (a.rank ?? Infinity) - (b.rank ?? Infinity),
  );
  type Cell = [head: string, of: (subject: Standing) => string];
  const cells: Cell[] = [
    [words.rank, ({ rank }) => (rank === null ? '' : String(rank))],
    [words.name, ({ name }) => name],
    [words.group, ({ group, groupName }) => (groupName ? say(groupName, language) : (group ?? ''))],
    [words.points, ({ points }) => points],
    ...columns.map(({ id, name }): Cell => [say(name, language), (subject) => subject.columns?.[id] ?? '']),
    ...figures.map(({ id, name }): Cell => [say(name, language), (subject) => subject.figures?.[id] ?? '']),
    [money === null ? '' : say(money, language), (subject) => subject.money?.total ?? ''],
    [words.grade, ({ grade }) => grade ?? ''],
    [words.outcomes, ({ outcomes }) => (outcomes ?? []).map(({ name }) => say(name, language)).join('、')],
  ];
  const kept = cells.filter(([, cell]) => subjects.some((subject) => cell(subject) !== ''));
  return [kept.map(([head]) => head), ...subjects.map((subject) => kept.map(([, cell]) => cell(subject)))];
}

function summaryOf(table: ScoreTable, language: Language): string {
  const lines = (table.summary ?? []).map(({ name, value, share, stated }) => {
    const differs =
      stated === undefined ? '' : language === 'en' ? `  ≠ published ${stated}` : `  ≠ 公布的 ${stated}`;
    return `${say(name, language)}\t${value ?? '—'}${share === undefined ? '' : `\t${share}%`}${differs}\n`;
  });
  const honours = (table.honours ?? []).map(
    ({ record, name, on }) => `${say(name, language)}\t${record}\t${on}\n`,
  );
  return [...(lines.length + honours.length > 0 ? ['\n'] : []), ...lines, ...honours].join('');
}

/** The table as JSON, a subject at a time: with the lines of a million records it is longer than a text can be. */
function* jsonOf(table: ScoreTable, unfolded: (standing: Standing) => Standing): Generator<string> {
  const place = '\u0000subjects';
  const [before = '', after = ''] = JSON.stringify({ ...table, subjects: place }, null, 2).split(
    JSON.stringify(place),
  );
  yield `${before}[`;
  for (const [index, subject] of table.subjects.entries()) {
    const text = JSON.stringify(unfolded(subject), null, 2).replaceAll('\n', '\n    ');
    yield `${index === 0 ? '' : ','}\n    ${text}`;
  }
  yield `${table.subjects.length === 0 ? '' : '\n  '}]${after}\n`;
}

/** A total unfolded: every moment, rule and clause, and what each cap or floor cut or lifted. */
function explained(
  table: ScoreTable,
  subject: string,
  unfolded: (standing: Standing) => Standing,
  language: Language,
): string {
  const known = table.subjects.find(({ id, name }) => id === subject || name === subject);
  if (!known)
    throw new CliError({
      zh: `表中没有“${subject}”。可以是:${table.subjects
        .slice(0, 20)
        .map(({ id }) => id)
        .join('、')}。`,
      en: `"${subject}" is not in the table. It may be: ${table.subjects
        .slice(0, 20)
        .map(({ id }) => id)
        .join(', ')}.`,
    });
  const found = unfolded(known);
  const lines = (list: Standing['lines']) =>
    list.map(({ id, name, clause, points, record, moment, why }) => [
      points.startsWith('-') ? points : `+${points}`,
      say(name, language),
      [id, clause === say(name, language) ? null : clause].filter((part) => part !== null).join(' · '),
      [record, moment && `${moment.is} ${moment.on}`, why].filter((part) => part !== null).join(' · '),
    ]);
  const head = `${found.name}\t${table.period}\t${found.points}${found.rank === null ? '' : `\t#${found.rank}`}${found.grade ? `\t${found.grade}` : ''}`;
  const money = found.money ? `\n${found.money.total}\n${textTable(lines(found.money.lines))}` : '';
  const outcomes = (found.outcomes ?? []).map(
    ({ name, clause }) => `→ ${say(name, language)}${clause ? ` · ${clause}` : ''}\n`,
  );
  return `${head}\n${textTable(lines(found.lines))}${money}${outcomes.join('')}`.trimEnd();
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      config: { type: 'string' },
      records: { type: 'string' },
      period: { type: 'string' },
      directory: { type: 'string' },
      of: { type: 'string' },
      'as-of': { type: 'string' },
      'in-force-on': { type: 'string' },
      explain: { type: 'string' },
      json: { type: 'boolean' },
      csv: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });
