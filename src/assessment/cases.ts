import type { Case } from '../county/config.generated.ts';
import type { Saying } from '../model/error.ts';
import type { Directory, QuotaProgress, Standing } from '../model/record.ts';
import { readLedger } from './ledger.ts';
import type { RawLine, RawMethod, RawQuota } from './method.ts';
import { parsePeriod } from './period.ts';
import { pointsWritten } from './points.ts';
import { quotaProgress, readQuota } from './quota.ts';
import { recordProblem } from './record-problem.ts';
import { score } from './score.ts';

type Expected = Case['expect'][string];

export interface CaseFailure {
  case: number;
  subject: string;
  /** What was compared: `points`, `rank`, `money` … */
  what: string;
  expected: string;
  /** Null where the subject stands in no table. */
  got: string | null;
}

/** The cases that the method does not come to; empty when the config keeps its word. */
export function failingCases(
  method: RawMethod,
  directory: Directory,
  cases: readonly Case[],
  quotas: readonly RawQuota[] = [],
): CaseFailure[] {
  return cases.flatMap((one, index) => {
    const of = one.of ?? (method.people ? 'people' : 'units');
    const ledger = readLedger(method, method[of] ?? { lines: [] });
    const { records, period } = one;
    const there = one.directory ? { organisations: [], people: [], ...one.directory } : directory;
    const table = score({ ledger, of, directory: there, records, period });
    const on = one.on ?? parsePeriod(period, ledger.calendar).to;
    const owed = quotas.flatMap((raw) =>
      quotaProgress({ quota: readQuota(raw, method), method, directory: there, records, on }),
    );
    const subjects = Object.entries(one.expect).flatMap(([subject, expected]) => {
      const standing = table.subjects.find(({ id }) => id === subject);
      const own = owed.filter((row) => row.subject === subject);
      return [...compared(expected, standing), ...comparedQuotas(expected, own)].map((difference) => ({
        case: index,
        subject,
        ...difference,
      }));
    });
    const numbers = Object.entries(one.summary ?? {}).flatMap(([id, expected]) => {
      const line = table.summary?.find((item) => item.id === id);
      const got = line?.share ?? line?.value ?? null;
      return same(expected, got)
        ? []
        : [{ case: index, subject: id, what: 'summary', expected: String(expected), got }];
    });
    return [...subjects, ...numbers];
  });
}

/** The records of a case that its own method would refuse to count, by their place. */
export function unreadRecords(method: RawMethod, one: Case): { record: number; saying: Saying }[] {
  const of = one.of ?? (method.people ? 'people' : 'units');
  const ledger = readLedger(method, method[of] ?? { lines: [] });
  return one.records.flatMap((record, index) => {
    const saying = recordProblem(record, ledger, one.period);
    return saying ? [{ record: index, saying }] : [];
  });
}

/** The lines that earn nobody anything in any case, and the table cells that none of them reads, by their pointers. */
export function unreached(method: RawMethod, directory: Directory, cases: readonly Case[]): string[] {
  return (['people', 'units'] as const).flatMap((of) => {
    const raw = method[of];
    if (!raw) return [];
    const reached = new Set<string>();
    const ledger = readLedger(method, raw, { reached: (cell) => reached.add(cell) });
    const earned = new Set<string>();
    for (const one of cases.filter((other) => (other.of ?? (method.people ? 'people' : 'units')) === of)) {
      const there = one.directory ? { organisations: [], people: [], ...one.directory } : directory;
      const { subjects } = score({ ledger, of, directory: there, records: one.records, period: one.period });
      for (const { lines, money } of subjects)
        for (const line of [...lines, ...(money?.lines ?? [])]) earned.add(line.id);
    }
    const walk = (lines: readonly RawLine[], at: string): string[] =>
      lines.flatMap((line, index) => {
        const pointer = `${at}/lines/${index}`;
        const cells =
          typeof line.points === 'object' ? cellsOf(line.points.table, `${pointer}/points/table`) : [];
        const own = line.lines ? walk(line.lines, pointer) : earned.has(line.id) ? [] : [pointer];
        return [...own, ...cells.filter((cell) => !reached.has(cell))];
      });
    const all = [...walk(raw.lines, ''), ...walk(raw.money?.lines ?? [], '/money')];
    return all.map((pointer) => `#/method/${of}${pointer}`);
  });
}

function cellsOf(table: unknown, at: string): string[] {
  if (typeof table !== 'object' || table === null) return table === undefined ? [] : [at];
  return Object.entries(table).flatMap(([key, cell]) => cellsOf(cell, `${at}/${key}`));
}

type Difference = Pick<CaseFailure, 'what' | 'expected' | 'got'>;

function compared(expected: Expected, standing: Standing | undefined): Difference[] {
  if (typeof expected !== 'object') return compared({ points: expected }, standing);
  const pairs: [string, number | string | undefined, string | number | null | undefined][] = [
    ['points', expected.points, standing?.points],
    ['rank', expected.rank, standing?.rank],
    ['grade', expected.grade, standing?.grade],
    ['money', expected.money, standing?.money?.total],
  ];
  for (const [id, value] of Object.entries(expected.columns ?? {}))
    pairs.push([`columns.${id}`, value, standing?.columns?.[id]]);
  for (const [id, value] of Object.entries(expected.figures ?? {}))
    pairs.push([`figures.${id}`, value, standing?.figures?.[id]]);
  if (expected.outcomes) {
    const got = standing?.outcomes?.map(({ id }) => id).sort();
    pairs.push(['outcomes', [...expected.outcomes].sort().join(', '), got?.join(', ')]);
  }
  return pairs.flatMap(([what, want, got]) =>
    want === undefined || same(want, got ?? null)
      ? []
      : [{ what, expected: String(want), got: got === undefined || got === null ? null : String(got) }],
  );
}

function comparedQuotas(expected: Expected, owed: readonly QuotaProgress[]): Difference[] {
  if (typeof expected !== 'object') return [];
  return Object.entries(expected.quotas ?? {}).flatMap(([id, want]) => {
    const row = owed.find(({ quota }) => quota === id);
    return (['need', 'done', 'short', 'silent'] as const).flatMap((key) => {
      const value = want[key];
      const got = row ? String(row[key]) : null;
      if (value === undefined || same(typeof value === 'boolean' ? String(value) : value, got)) return [];
      return [{ what: `quotas.${id}.${key}`, expected: String(value), got }];
    });
  });
}

/** Numbers by their value, words as they are. */
function same(expected: number | string, got: string | number | null): boolean {
  if (got === null) return false;
  const [a, b] = [pointsWritten(expected), pointsWritten(got)];
  return a && b ? a.equals(b) : String(expected) === String(got);
}
