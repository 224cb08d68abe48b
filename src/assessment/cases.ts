import type { Directory, ScoreRecord } from '../model/record.ts';
import { readLedger } from './ledger.ts';
import type { RawMethod } from './method.ts';
import { points } from './points.ts';
import { score } from './score.ts';

/** A worked case that a config carries: these records, in this period, come to these points. */
export interface Case {
  name: string;
  of?: 'people' | 'units';
  period: string;
  records: ScoreRecord[];
  /** Points by subject; whoever is not named is not looked at. */
  expect: Record<string, number | string>;
}

export interface CaseFailure {
  case: string;
  subject: string;
  expected: string;
  /** Null where the subject stands in no table. */
  got: string | null;
}

/** The cases that the method does not come to; empty when the config keeps its word. */
export function failingCases(method: RawMethod, directory: Directory, cases: readonly Case[]): CaseFailure[] {
  return cases.flatMap((one) => {
    const of = one.of ?? (method.people ? 'people' : 'units');
    const ledger = readLedger(method, method[of] ?? { lines: [] });
    const table = score({ ledger, of, directory, records: one.records, period: one.period });
    const got = new Map(table.subjects.map((subject) => [subject.id, subject.points]));
    return Object.entries(one.expect).flatMap(([subject, expected]) => {
      const reached = got.get(subject) ?? null;
      return reached !== null && points(reached).equals(points(expected))
        ? []
        : [{ case: one.name, subject, expected: String(expected), got: reached }];
    });
  });
}

/** Whether a config's own text is a case; its records are held to be what a records file holds. */
export function isCase(value: unknown): value is Case {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'name' in value &&
    typeof value.name === 'string' &&
    'period' in value &&
    typeof value.period === 'string' &&
    'expect' in value &&
    typeof value.expect === 'object' &&
    value.expect !== null &&
    'records' in value &&
    Array.isArray(value.records) &&
    value.records.every(isRecord)
  );
}

function isRecord(value: unknown): value is ScoreRecord {
  if (typeof value !== 'object' || value === null) return false;
  return 'id' in value && 'kind' in value && 'moments' in value && Array.isArray(value.moments);
}
