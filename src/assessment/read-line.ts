import type { Facts } from '../model/fact.ts';
import type { Text } from '../model/text.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { readAmount, readDecimal } from './amount.ts';
import type { Amount, Every, RawLine, Role } from './method.ts';
import { readTest, type Place, type Reading } from './place.ts';
import { decimalText, points, pointsWritten, zero, type Points } from './points.ts';
import { readFigure, words, type Figure } from './read-figure.ts';

interface Common {
  id: string;
  /** In the method's own words. */
  name: Text;
  clause: string | null;
  cap: Points | null;
}
/** Each time a moment happens. */
export interface OnLine extends Common {
  is: 'on';
  on: ReadonlySet<string>;
  to: Role | null;
  when: (facts: Facts) => boolean;
  amount: (facts: Facts) => Points;
  /** The clause of the value in force, where it has one of its own. */
  clauseOf: (facts: Facts) => string | null;
  take: 'each' | 'once' | 'highest' | 'mean';
  per: readonly string[];
  /** The first author's part of 100; null where each has the whole. */
  share: 'full' | 'equal' | 'first' | Points;
  limit: number | null;
  best: number | null;
}
/** A figure turned into points. */
export interface ForLine extends Common {
  is: 'for';
  figure: string;
  /** How the figure is called where a line says why. */
  counted: string;
  when: Reading<boolean>;
  each: Reading<Points>;
  /** From the how-manieth item on it earns. */
  from: number;
  quota: Reading<Points> | null;
  reached: Reading<Points>;
  missed: Reading<Points>;
  over: Reading<Points>;
  short: Reading<Points>;
}
/** Points once a period where a condition holds. */
export interface StandingLine extends Common {
  is: 'standing';
  when: Reading<boolean>;
  amount: Reading<Points>;
}
export interface Section extends Common {
  is: 'section';
  when: Reading<boolean>;
  lines: Line[];
  base: Reading<Points>;
  times: Points;
  floor: Points | null;
  every: Every | null;
}
export type Line = OnLine | ForLine | StandingLine | Section;

/** Reads a line; a count written on the line itself becomes a figure of its own. */
export function readLine(raw: RawLine, moment: Place, subject: Place, figures: Map<string, Figure>): Line {
  const limit = (key: 'cap' | 'floor') =>
    raw[key] === undefined ? null : readDecimal(subject, key, raw[key], zero);
  const name = raw.name ?? raw.section ?? raw.clause ?? raw.id;
  const common: Common = { id: raw.id, name, clause: raw.clause ?? null, cap: limit('cap') };
  if (raw.lines) return section(raw, raw.lines, common, limit('floor'), moment, subject, figures);
  if (raw.for !== undefined) return forLine(raw, raw.for, common, moment, subject, figures);
  if (raw.points === undefined) {
    subject.report(subject.pointer, 'unreadable-line', raw.id);
    const nothing = { reads: [], of: () => zero };
    return { is: 'standing', ...common, when: { reads: [], of: () => false }, amount: nothing };
  }
  if (raw.on === undefined) {
    const amount = readAmount(subject, 'points', raw.points);
    return { is: 'standing', ...common, when: readTest(subject, raw.when), amount };
  }
  return onLine(raw, raw.on, raw.points, common, moment);
}

function onLine(raw: RawLine, on: string | string[], worth: Amount, common: Common, moment: Place): OnLine {
  const amount = readAmount(moment, 'points', worth);
  const times = raw.times === undefined ? null : readDecimal(moment, 'times', raw.times, points(1));
  const share = raw.share ?? 'full';
  const first =
    typeof share === 'object' ? readDecimal(moment, 'share/first', share.first, zero) : shareWord(share);
  if (typeof first === 'object' && (first.compare(100) > 0 || first.compare(0) < 0))
    moment.report(`${moment.pointer}/share/first`, 'share-above-whole', decimalText(first));
  const per = raw.per === undefined ? [] : words(raw.per);
  for (const fact of per) {
    moment.used.add(fact);
    if (!Object.hasOwn(moment.vocabulary, fact))
      moment.report(
        `${moment.pointer}/per`,
        'undeclared-fact',
        fact,
        didYouMean(fact, Object.keys(moment.vocabulary)),
      );
  }
  return {
    is: 'on',
    ...common,
    on: new Set(words(on)),
    to: raw.to ?? null,
    when: readTest(moment, raw.when).of,
    amount: times === null ? amount.of : (facts) => amount.of(facts).mul(times),
    clauseOf: amount.clause,
    take: raw.take ?? 'each',
    per,
    share: first,
    limit: raw.limit ?? null,
    best: raw.best ?? null,
  };
}

/** The schema lets no other word through. */
function shareWord(word: string): 'full' | 'equal' | 'first' {
  return word === 'equal' || word === 'first' ? word : 'full';
}

function section(
  raw: RawLine,
  lines: RawLine[],
  common: Common,
  floor: Points | null,
  moment: Place,
  subject: Place,
  figures: Map<string, Figure>,
): Section {
  const inner = lines.map((line, index) => {
    const at = { line: line.id, pointer: `${subject.pointer}/lines/${index}` };
    return readLine(line, { ...moment, ...at }, { ...subject, ...at }, figures);
  });
  const base = readAmount(subject, 'base', raw.base ?? 0);
  // A table's base is known only of a subject; a plain one can be held to the cap here.
  const plain = typeof raw.base === 'object' || raw.base === undefined ? null : base.of({});
  if (plain && common.cap && common.cap.compare(plain) < 0)
    subject.report(`${subject.pointer}/cap`, 'cap-below-base', `${raw.cap} < ${raw.base}`);
  checkTotal(raw, lines, subject);
  return {
    is: 'section',
    ...common,
    when: readTest(subject, raw.when),
    lines: inner,
    base,
    times: readDecimal(subject, 'times', raw.times, points(1)),
    floor,
    every: raw.every ?? null,
  };
}

/** Where a total is written, the caps of the lines under it add up to it. */
export function checkTotal(raw: Pick<RawLine, 'total'>, lines: readonly RawLine[], place: Place): void {
  if (raw.total === undefined) return;
  const total = readDecimal(place, 'total', raw.total, zero);
  const sum = lines.reduce((all, line) => all.add(pointsWritten(line.cap ?? 0) ?? zero), zero);
  if (!sum.equals(total))
    place.report(
      `${place.pointer}/total`,
      'weights-do-not-add-up',
      `${lines.map((line) => String(line.cap ?? 0)).join(' + ')} = ${decimalText(sum)} ≠ ${decimalText(total)}`,
    );
}

function forLine(
  raw: RawLine,
  of: NonNullable<RawLine['for']>,
  common: Common,
  moment: Place,
  subject: Place,
  figures: Map<string, Figure>,
): ForLine {
  const amount = (key: 'each' | 'reached' | 'missed' | 'over' | 'short') =>
    readAmount(subject, key, raw[key] ?? 0);
  let figure = `line:${raw.id}`;
  let counted = figure;
  if (typeof of === 'object') {
    figures.set(figure, readFigure(of, { ...moment, pointer: `${moment.pointer}/for` }, subject));
    counted = words(of.count).join('+');
  } else {
    figure = counted = of;
    if (!figures.has(figure))
      subject.report(`${subject.pointer}/for`, 'unknown-figure', figure, didYouMean(figure, figures.keys()));
  }
  return {
    is: 'for',
    ...common,
    figure,
    counted,
    when: readTest(subject, raw.when),
    each: amount('each'),
    from: raw.from ?? 1,
    quota: raw.quota === undefined ? null : readAmount(subject, 'quota', raw.quota),
    reached: amount('reached'),
    missed: amount('missed'),
    over: amount('over'),
    short: amount('short'),
  };
}
