import type { Ledger } from '../assessment/ledger.ts';
import { quotaProgress, readQuota } from '../assessment/quota.ts';
import { recordCheck } from '../assessment/record-problem.ts';
import type { Tally } from '../assessment/score.ts';
import { compareTables } from '../assessment/simulate.ts';
import type { Move } from '../model/simulation.ts';
import { readCounty } from '../county/read.ts';
import { withGroupNames } from '../desk/scoring.ts';
import { MinqingError, type Saying } from '../model/error.ts';
import type { ScoreRecord, ScoreTable } from '../model/record.ts';
import { say, type Language, type Text } from '../model/text.ts';
import { parsePeriod } from '../assessment/period.ts';
import { printNotes, textTable } from './print.ts';
import { optionsIn, CliError, languageIn } from './say.ts';
import { sideIn } from './score.ts';
import { eachRecord, emptyNotes, ledgerOf, readConfig, tallyOf, type Configured } from './tally.ts';

/** `minqing simulate`: the same records by an old and a new config, and who moves by which rule. */
export async function simulateCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { config, against, records, period } = values;
  if (!config || !against || !records || !period)
    throw new CliError({
      zh: '请写明 --config(新)、--against(旧)、--records 和 --period。',
      en: 'Give --config (new), --against (old), --records and --period.',
    });
  const language = languageIn(args);
  const next = await readConfig(config, values.directory);
  const last = await readConfig(against, values.directory);
  // Where only one of them knows who is there, it speaks for both.
  const known = (one: Configured) => one.directory.people.length + one.directory.organisations.length > 0;
  if (!known(next)) next.directory = last.directory;
  if (!known(last)) last.directory = next.directory;
  const of = ledgerOf(next, { of: sideIn(values.of) });
  const [fresh, old] = [tallyOf(next, { of, period }), tallyOf(last, { of, period })];
  const kept: ScoreRecord[] = [];
  const quotas = [next, last].some((one) => (one.config.quotas ?? []).length > 0);
  const problemOf = recordCheck(fresh.ledger, period);
  const count = await eachRecord(records, (record) => {
    const problem = problemOf(record);
    if (problem) return problem;
    fresh.tally.add(record);
    const before = knownTo(old.ledger, record);
    const refused = before && addTo(old.tally, before, against);
    if (refused) return refused;
    if (quotas) kept.push(record);
    return null;
  });
  printNotes(emptyNotes(next, records, count), language);
  const named = (one: Configured, table: ScoreTable) => withGroupNames(readCounty(one.config), table);
  const simulation = compareTables(named(last, old.tally.table()), named(next, fresh.tally.table()));
  const on = parsePeriod(period, fresh.ledger.calendar).to;
  const owed = quotaMoves(last, next, kept, on);
  if (values.json) process.stdout.write(`${JSON.stringify({ ...simulation, quotas: owed }, null, 2)}\n`);
  else process.stdout.write(printed(simulation.moves, simulation.unmoved, owed, language));
  return 0;
}

/** What the old config does not know did not count by it: a kind of record, a moment. */
function knownTo({ moments: known }: Ledger, record: ScoreRecord): ScoreRecord | null {
  const names = known.get(record.kind);
  return names ? { ...record, moments: record.moments.filter(({ is }) => names.has(is)) } : null;
}

/** What the old config cannot count says so, since the new one can. */
function addTo(tally: Tally, record: ScoreRecord, against: string): Saying | null {
  try {
    tally.add(record);
    return null;
  } catch (error) {
    if (!(error instanceof MinqingError)) throw error;
    return {
      zh: `按旧配置 ${against}:${error.saying.zh}`,
      en: `By the old config ${against}: ${error.saying.en}`,
    };
  }
}

interface QuotaMove {
  subject: string;
  name: string;
  quota: string;
  label: Text;
  was: { need: string; short: string } | null;
  now: { need: string; short: string } | null;
}

/** Whose quota changes, or whether it is met. */
function quotaMoves(last: Configured, next: Configured, records: ScoreRecord[], on: string): QuotaMove[] {
  const progress = ({ config, directory }: Configured) =>
    new Map(
      (config.quotas ?? []).flatMap((raw) => {
        const method = config.method ?? {};
        const quota = readQuota(raw, method);
        return quotaProgress({ quota, method, directory, records, on }).map(
          (row) => [`${row.quota} ${row.subject}`, row] as const,
        );
      }),
    );
  const [was, now] = [progress(last), progress(next)];
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((key) => {
    const [a, b] = [was.get(key), now.get(key)];
    const known = b ?? a;
    if (!known || (a?.need === b?.need && a?.short === b?.short)) return [];
    const place = (one: typeof a) => (one ? { need: one.need, short: one.short } : null);
    const { subject, name, quota, label } = known;
    return [{ subject, name, quota, label, was: place(a), now: place(b) }];
  });
}

function printed(
  moves: readonly Move[],
  unmoved: number,
  owed: readonly QuotaMove[],
  language: Language,
): string {
  const t =
    language === 'en'
      ? {
          head: ['Name', 'Old', 'New', 'Change', 'Rank', 'Grade', 'By which rules'],
          stays: `${unmoved} stay as they were.`,
          quotas: 'Quotas (needed, short)',
        }
      : {
          head: ['名称', '原得分', '新得分', '变化', '名次', '等次', '由哪些规则'],
          stays: `另有 ${unmoved} 个不变。`,
          quotas: '任务(应报、差)',
        };
  const arrow = (a: string | number | null, b: string | number | null) =>
    a === b ? String(a ?? '') : `${a ?? '—'} → ${b ?? '—'}`;
  const told = (value: Text | null) => (value === null ? '—' : say(value, language));
  const rows = moves.map(({ name, was, now, difference, lines, others }) => [
    name,
    was.points ?? '—',
    now.points ?? '—',
    difference === null || difference === '0'
      ? ''
      : difference.startsWith('-')
        ? difference
        : `+${difference}`,
    arrow(was.rank, now.rank),
    arrow(was.grade, now.grade),
    [
      ...lines.map((line) => `${say(line.name, language)} ${line.was} → ${line.now}`),
      ...others.map((other) => `${say(other.name, language)} ${told(other.was)} → ${told(other.now)}`),
    ].join('; '),
  ]);
  const quotaRows = owed.map(({ name, label, was, now }) => [
    name,
    say(label, language),
    `${was ? `${was.need}, ${was.short}` : '—'} → ${now ? `${now.need}, ${now.short}` : '—'}`,
  ]);
  return [
    rows.length > 0 ? textTable([t.head, ...rows]) : '',
    `${t.stays}\n`,
    quotaRows.length > 0 ? `\n${t.quotas}\n${textTable(quotaRows)}` : '',
  ].join('');
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      config: { type: 'string' },
      against: { type: 'string' },
      records: { type: 'string' },
      period: { type: 'string' },
      directory: { type: 'string' },
      of: { type: 'string' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });
