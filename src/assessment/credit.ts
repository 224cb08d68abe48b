import type { Fact, Facts } from '../model/fact.ts';
import type { ScoreRecord } from '../model/record.ts';
import type { Moment } from '../model/thing.ts';
import type { Ledger } from './ledger.ts';
import { points, rounded, split, splitBy, zero, type Points } from './points.ts';
import type { Line, OnLine } from './read-line.ts';

/** What one moment earned one subject by one line. */
export interface Credit {
  subject: string;
  line: string;
  clause: string | null;
  points: Points;
  record: string;
  moment: { is: string; on: string };
  why: string | null;
}

export interface Credited {
  subject: string;
  part: 'sole' | 'first' | 'other';
}

/** Whom a record credits in this ledger, after credit was passed on to where the method sends it. */
export function creditedBy(record: ScoreRecord, ledger: Ledger, of: 'people' | 'units'): Credited[] {
  const passed = (id: string) => ledger.redirect.get(id) ?? id;
  if (of === 'units')
    return record.unit === undefined ? [] : [{ subject: passed(record.unit), part: 'sole' }];
  const authors = record.authors ?? [];
  return authors.map((author, index) => ({
    subject: passed(author.id),
    part: author.part ?? (authors.length === 1 ? 'sole' : index === 0 ? 'first' : 'other'),
  }));
}

/**
 * All that a record earns over its whole life: "once" and "highest" look back to its beginning, and pay an increase
 * when it comes. A period only filters what this returns.
 */
export function creditOf(record: ScoreRecord, ledger: Ledger, of: 'people' | 'units'): Credit[] {
  const credited = creditedBy(record, ledger, of);
  if (credited.length === 0) return [];
  const moments = [...record.moments].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return onLines(ledger.lines).flatMap((line) =>
    creditLine(line, record, moments, credited.slice(0, line.limit ?? credited.length), ledger.decimals),
  );
}

export function* eachLine(lines: readonly Line[]): Generator<Line> {
  for (const line of lines) {
    yield line;
    if (line.is === 'section') yield* eachLine(line.lines);
  }
}
function onLines(lines: readonly Line[]): OnLine[] {
  return [...eachLine(lines)].filter((line) => line.is === 'on');
}

/** What a line can read of a moment: the record's facts, then the moment's own. */
export function momentFactsOf(record: ScoreRecord, moment: Moment, part: Credited['part']): Facts {
  const own: Record<string, Fact> = {};
  for (const [name, value] of Object.entries(moment)) if (value !== undefined) own[name] = value;
  return { ...record.facts, ...own, part, kind: record.kind };
}

function creditLine(
  line: OnLine,
  record: ScoreRecord,
  moments: Moment[],
  credited: Credited[],
  decimals: number,
): Credit[] {
  const credits: Credit[] = [];
  /** What each subject (and each value of `per`) has had by this line so far, for once, highest and the item's cap. */
  const had = new Map<string, Points>();
  for (const moment of moments) {
    if (!line.on.has(moment.is)) continue;
    const worth = credited.map(({ part }) => {
      const facts = momentFactsOf(record, moment, part);
      return line.when(facts) ? line.amount(facts) : null;
    });
    const first = worth.find((value) => value !== null);
    if (first === undefined || first === null) continue;
    const shares = sharesOf(line, first, credited.length, decimals);
    credited.forEach(({ subject, part }, index) => {
      const full = worth[index] ?? null;
      if (full === null || (line.share === 'first' && part === 'other')) return;
      const earned = rounded(shares?.[index] ?? full, decimals);
      const key = keyOf(line, subject, momentFactsOf(record, moment, part));
      const before = had.get(key) ?? zero;
      const paid = increase(line, before, earned, had.has(key));
      had.set(key, before.add(paid));
      if (paid.equals(0)) return;
      credits.push({
        subject,
        line: line.id,
        clause: line.clause,
        points: paid,
        record: record.id,
        moment: { is: moment.is, on: moment.on },
        why: shares === null ? null : whyShared(line, part, credited.length),
      });
    });
  }
  return credits;
}

const keyOf = (line: OnLine, subject: string, facts: Facts) =>
  JSON.stringify([subject, ...line.per.map((fact) => facts[fact] ?? null)]);

/** What each of the authors has of the whole; null where each has all of it. */
function sharesOf({ share }: OnLine, whole: Points, authors: number, decimals: number): Points[] | null {
  if (share === 'full' || share === 'first') return null;
  if (share === 'equal' || authors === 1) return split(whole, authors, decimals);
  const rest = points(100)
    .sub(share)
    .div(authors - 1);
  const weights = Array.from({ length: authors }, (_, at) => (at === 0 ? share : rest));
  return splitBy(whole, weights, decimals);
}

function whyShared({ share }: OnLine, part: Credited['part'], authors: number): string {
  if (typeof share !== 'object' || authors === 1) return `1/${authors}`;
  return part === 'other'
    ? `${points(100).sub(share).toString()} % / ${authors - 1}`
    : `${share.toString()} %`;
}

function increase(line: OnLine, before: Points, earned: Points, again: boolean): Points {
  if (line.take === 'once' && again) return zero;
  if (line.take === 'highest') {
    const more = earned.sub(before);
    return more.compare(0) > 0 ? more : zero;
  }
  if (line.cap === null) return earned;
  const room = line.cap.sub(before);
  return earned.compare(room) > 0 ? room : earned;
}
