import type { Facts } from '../model/fact.ts';
import { AssessmentError } from './error.ts';
import type { Decimal } from './method.ts';
import type { Place, Reading } from './place.ts';
import { pointsWritten, type Points } from './points.ts';

/** An amount, read. */
export interface Read extends Reading<Points> {
  /** The clause in force for these facts, where the amount names one of its own. */
  clause: (facts: Facts) => string | null;
  /** The most it can come to, where that is known before any record is. */
  most: Points | null;
}

/** A number written as it is. */
export const fixed = (value: Points): Read => ({
  reads: [],
  of: () => value,
  clause: () => null,
  most: value,
});

export function readDecimal(
  place: Place,
  key: string,
  value: Decimal | undefined,
  otherwise: Points,
): Points {
  if (value === undefined) return otherwise;
  const read = pointsWritten(value);
  if (read) return read;
  place.report(`${place.pointer}/${key}`, 'not-a-number', String(value));
  return otherwise;
}

/** The largest; null where one is not known. */
export function mostOf(values: readonly (Points | null)[]): Points | null {
  let most: Points | null = null;
  for (const value of values) {
    if (value === null) return null;
    if (most === null || value.compare(most) > 0) most = value;
  }
  return most;
}

export function noCell({ line }: Place, keys: string[], facts: Facts): never {
  const cell = (join: string) => keys.map((key) => `${key}=${String(facts[key] ?? null)}`).join(join);
  throw new AssessmentError('no-table-cell', {
    zh: `计分行“${line}”的表中没有 ${cell('、')} 这一格。请补上,或用 otherwise 写明其余为多少分。`,
    en: `The table of line "${line}" has no cell for ${cell(', ')}. Add it, or say with "otherwise" what the rest earn.`,
  });
}
