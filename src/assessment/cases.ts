import type { Case } from '../county/config.generated.ts';
import type { Directory, Standing } from '../model/record.ts';
import { readLedger } from './ledger.ts';
import type { RawMethod } from './method.ts';
import { pointsWritten } from './points.ts';
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
export function failingCases(method: RawMethod, directory: Directory, cases: readonly Case[]): CaseFailure[] {
  return cases.flatMap((one, index) => {
    const of = one.of ?? (method.people ? 'people' : 'units');
    const ledger = readLedger(method, method[of] ?? { lines: [] });
    const { records, period } = one;
    const there = one.directory ? { organisations: [], people: [], ...one.directory } : directory;
    const table = score({ ledger, of, directory: there, records, period });
    const subjects = Object.entries(one.expect).flatMap(([subject, expected]) => {
      const standing = table.subjects.find(({ id }) => id === subject);
      return compared(expected, standing).map((difference) => ({ case: index, subject, ...difference }));
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

/** Numbers by their value, words as they are. */
function same(expected: number | string, got: string | number | null): boolean {
  if (got === null) return false;
  const [a, b] = [pointsWritten(expected), pointsWritten(got)];
  return a && b ? a.equals(b) : String(expected) === String(got);
}
