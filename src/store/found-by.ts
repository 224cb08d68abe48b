import type { LogEntry } from '../model/thing.ts';
import { isObject } from '../model/json.ts';
import type { ScoreRecord } from '../model/record.ts';
import type { FoundBy, RecordsOf } from './port.ts';

/** What leads to a thing, as one word. */
export const wordOf = (by: FoundBy): string => ('month' in by ? `month:${by.month}` : `record:${by.record}`);

/**
 * What one entry of the log makes its thing found by: the month of the act and of what it says has happened, and the
 * entered record that is handled. By the entry alone, so that the log can be held against it.
 */
export function foundByOf({ kind, on, change }: Pick<LogEntry, 'kind' | 'on' | 'change'>): string[] {
  const { moments, fields } = isObject(change) ? change : {};
  const days = Array.isArray(moments)
    ? moments.flatMap((moment) => (isObject(moment) ? moment['on'] : []))
    : [];
  const months = [on, ...days].flatMap((day) =>
    typeof day === 'string' ? [wordOf({ month: day.slice(0, 7) })] : [],
  );
  const record = kind === 'handling' && isObject(fields) ? fields['record'] : null;
  return [...new Set([...months, ...(typeof record === 'string' ? [wordOf({ record })] : [])])];
}

/** What leads to an entered record, as one word. */
export const recordWordOf = (of: { author: string } | { kind: string }): string =>
  'author' in of ? `author:${of.author}` : `kind:${of.kind}`;

export const recordFoundBy = ({ kind, authors = [] }: ScoreRecord): string[] => [
  ...new Set([recordWordOf({ kind }), ...authors.map(({ id }) => recordWordOf({ author: id }))]),
];

/** Whether a record, as it stands, is one of those that are asked for. */
export function isOf(record: ScoreRecord, of: RecordsOf | undefined): boolean {
  if (of === undefined) return true;
  return 'id' in of ? record.id === of.id : recordFoundBy(record).includes(recordWordOf(of));
}
