import type { ScoreLine } from '../model/record.ts';
import type { Account, Books } from './account.ts';
import { windowsIn, type Period } from './period.ts';
import type { Reading } from './place.ts';
import { decimalText, rounded, zero, type Points } from './points.ts';
import type { ForLine, Line, OnLine, Section, StandingLine } from './read-line.ts';

/** Whose total is being added up, and over which days. */
export interface View {
  books: Books;
  account: Account;
  window: Period;
}

/** Where the lines of a total are written; null where the total alone is asked for. */
type Out = ScoreLine[] | null;

/** Adds up lines in their printed order; each thing that adds or cuts leaves a line, so that the lines sum to the total. */
export function sumOf(lines: readonly Line[], view: View, out: Out): Points {
  return lines.reduce((total, line) => {
    if (line.is === 'on') return total.add(onPoints(line, view, out));
    if (line.is === 'for') return total.add(figurePoints(line, view, out));
    if (line.is === 'standing') return total.add(standingPoints(line, view, out));
    const windows = line.every
      ? windowsIn(view.window, line.every, view.books.ledger.calendar)
      : [view.window];
    return windows.reduce((sum, window) => sum.add(sectionPoints(line, { ...view, window }, out)), total);
  }, zero);
}

function read<Value>({ books, account, window }: View, reading: Reading<Value>): Value {
  return reading.of(books.facts(account, reading.reads, window));
}

function onPoints(line: OnLine, { books, account, window }: View, out: Out): Points {
  const all = books.sum(account, line.id, window);
  if (!out && line.best === null) return all;
  const credits: Points[] = [];
  books.eachCredit(account, line.id, window, ({ clause, points, moment, why }, record) => {
    credits.push(points);
    out?.push({ id: line.id, name: line.name, clause, points: decimalText(points), record, moment, why });
  });
  return all.add(beyondBest(line, credits, out));
}

/** What only the best n of the period leave over is cut, as a line of its own. */
function beyondBest(line: OnLine, credits: readonly Points[], out: Out): Points {
  if (line.best === null || credits.length <= line.best) return zero;
  const left = [...credits].sort((a, b) => b.compare(a)).slice(line.best);
  const off = left.reduce((sum, credit) => sum.sub(credit), zero);
  push(out, line, off, `best ${line.best}`);
  return off;
}

function standingPoints(line: StandingLine, view: View, out: Out): Points {
  if (!read(view, line.when)) return zero;
  const earned = rounded(read(view, line.amount), view.books.ledger.decimals);
  push(out, line, earned, null);
  return earned.add(cut(line, earned, view, out));
}

/** A figure without a value earns nothing and misses nothing. */
function figurePoints(line: ForLine, view: View, out: Out): Points {
  const { decimals } = view.books.ledger;
  const value = view.books.figure(view.account, line.figure, view.window);
  if (value === null || !read(view, line.when)) return zero;
  const items = atLeastZero(value.sub(line.from).add(1));
  const each = read(view, line.each).mul(items);
  const earned = rounded(each.add(quotaPoints(line, view, value)), decimals);
  push(out, line, earned, `${line.counted} × ${decimalText(rounded(value, decimals))}`);
  return earned.add(cut(line, earned, view, out));
}

function quotaPoints(line: ForLine, view: View, value: Points): Points {
  if (line.quota === null) return zero;
  const quota = read(view, line.quota);
  const above = value.sub(quota);
  if (above.compare(0) >= 0) return read(view, line.reached).add(read(view, line.over).mul(above));
  // Only a window that is over can be missed.
  const { asOf } = view.books;
  return asOf !== null && view.window.to >= asOf
    ? zero
    : read(view, line.missed).add(read(view, line.short).mul(above.neg()));
}

const atLeastZero = (value: Points) => (value.compare(0) < 0 ? zero : value);

function sectionPoints(section: Section, view: View, out: Out): Points {
  if (!read(view, section.when)) return zero;
  const base = read(view, section.base);
  push(out, section, base, 'base');
  const inner = base.add(sumOf(section.lines, view, out));
  const times = rounded(inner.mul(section.times), view.books.ledger.decimals);
  push(out, section, times.sub(inner), `× ${section.times.toFraction()}`);
  const floor = section.floor && read(view, section.floor);
  const raised = floor && times.compare(floor) < 0 ? floor : times;
  push(out, section, raised.sub(times), 'floor');
  return raised.add(cut(section, raised, view, out));
}

/** What a cap cuts off, as a line of its own. */
function cut(line: Exclude<Line, OnLine>, earned: Points, view: View, out: Out): Points {
  const cap = line.cap && read(view, line.cap);
  if (!cap || earned.compare(cap) <= 0) return zero;
  const off = cap.sub(earned);
  push(out, line, off, `cap ${decimalText(cap)}`);
  return off;
}

function push(out: Out, line: Line, points: Points, why: string | null): void {
  if (!out || points.equals(0)) return;
  out.push({
    id: line.id,
    name: line.name,
    clause: line.clause,
    points: decimalText(points),
    record: null,
    moment: null,
    why,
  });
}
