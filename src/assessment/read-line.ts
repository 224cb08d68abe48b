import type { Facts } from '../model/fact.ts';
import type { Text } from '../model/text.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { readAmount } from './amount.ts';
import { readDecimal, type Read } from './decimal.ts';
import { checkKeys } from './keys.ts';
import type { Amount, Every, RawLine, Role } from './method.ts';
import { readTest, type Place, type Reading } from './place.ts';
import { decimalText, points, pointsWritten, zero, type Points } from './points.ts';
import { readFigure, words, type Figure } from './read-figure.ts';

interface Common {
  id: string;
  /** In the method's own words. */
  name: Text;
  clause: string | null;
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
  /** No more of one record. */
  cap: ((facts: Facts) => Points) | null;
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
  cap: Reading<Points> | null;
}
/** Points once a period where a condition holds. */
export interface StandingLine extends Common {
  is: 'standing';
  when: Reading<boolean>;
  amount: Reading<Points>;
  cap: Reading<Points> | null;
}
export interface Section extends Common {
  is: 'section';
  when: Reading<boolean>;
  lines: Line[];
  base: Reading<Points>;
  times: Points;
  floor: Reading<Points> | null;
  cap: Reading<Points> | null;
  every: Every | null;
}
export type Line = OnLine | ForLine | StandingLine | Section;

/** Reads a line; a count written on the line itself becomes a figure of its own. */
export function readLine(raw: RawLine, moment: Place, subject: Place, figures: Map<string, Figure>): Line {
  const name = raw.name ?? raw.section ?? raw.clause ?? raw.id;
  const common: Common = { id: raw.id, name, clause: raw.clause ?? null };
  const { report, pointer } = subject;
  if (raw.lines) {
    checkKeys(report, pointer, raw, [...always, ...keysOf.section]);
    return section(raw, raw.lines, common, moment, subject, figures);
  }
  if (raw.for !== undefined) {
    checkKeys(report, pointer, raw, [
      ...always,
      ...keysOf.for,
      ...(raw.quota === undefined ? [] : keysOf.quota),
    ]);
    return forLine(raw, raw.for, common, moment, subject, figures);
  }
  if (raw.points === undefined) {
    report(pointer, 'unreadable-line', raw.id);
    const nothing = { reads: [], of: () => zero };
    return { is: 'standing', ...common, when: { reads: [], of: () => false }, amount: nothing, cap: null };
  }
  if (raw.on === undefined) {
    checkKeys(report, pointer, raw, [...always, ...keysOf.standing]);
    const amount = readAmount(subject, 'points', raw.points);
    const times = raw.times === undefined ? null : readDecimal(subject, 'times', raw.times, points(1));
    return {
      is: 'standing',
      ...common,
      when: readTest(subject, raw.when),
      amount: times === null ? amount : { ...amount, of: (facts) => amount.of(facts).mul(times) },
      cap: readBound(subject, raw, 'cap'),
    };
  }
  checkKeys(report, pointer, raw, [...always, ...keysOf.on]);
  return onLine(raw, raw.on, raw.points, common, moment);
}

const always = ['id', 'clause', 'name'];
/** What each kind of line reads besides. */
const keysOf = {
  section: ['section', 'lines', 'when', 'base', 'times', 'floor', 'cap', 'every', 'total'],
  for: ['for', 'when', 'each', 'from', 'quota', 'cap'],
  quota: ['reached', 'missed', 'over', 'short'],
  standing: ['when', 'points', 'times', 'cap'],
  on: ['on', 'when', 'points', 'times', 'take', 'per', 'share', 'limit', 'best', 'to', 'cap'],
};

function readBound(place: Place, raw: RawLine, key: 'cap' | 'floor'): Read | null {
  const bound = raw[key];
  return bound === undefined ? null : readAmount(place, key, bound);
}

/** What can never be had because of a cap below it. */
function checkBelow(place: Place, cap: Read | null, what: string, amount: Read | null): void {
  if (!cap?.most || !amount?.most || cap.most.compare(amount.most) >= 0) return;
  const [low, high] = [decimalText(cap.most), decimalText(amount.most)];
  if (what === 'base') place.report(`${place.pointer}/cap`, 'cap-below-base', `${low} < ${high}`);
  else place.report(`${place.pointer}/cap`, 'cap-below-amount', `cap ${low} < ${what} ${high}`);
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
    cap: readBound(moment, raw, 'cap')?.of ?? null,
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
  moment: Place,
  subject: Place,
  figures: Map<string, Figure>,
): Section {
  const inner = lines.map((line, index) => {
    const at = { line: line.id, pointer: `${subject.pointer}/lines/${index}` };
    return readLine(line, { ...moment, ...at }, { ...subject, ...at }, figures);
  });
  const base = readAmount(subject, 'base', raw.base ?? 0);
  const [cap, floor] = [readBound(subject, raw, 'cap'), readBound(subject, raw, 'floor')];
  checkBelow(subject, cap, 'base', raw.base === undefined ? null : base);
  checkBelow(subject, cap, 'floor', floor);
  checkTotal(raw, lines, subject);
  return {
    is: 'section',
    ...common,
    when: readTest(subject, raw.when),
    lines: inner,
    base,
    times: readDecimal(subject, 'times', raw.times, points(1)),
    floor,
    cap,
    every: raw.every ?? null,
  };
}

/** Where a total is written, the caps of the lines under it add up to it. */
export function checkTotal(raw: Pick<RawLine, 'total'>, lines: readonly RawLine[], place: Place): void {
  // Caps that differ by date or by who it is add up to no one number.
  if (raw.total === undefined || lines.some(({ cap }) => typeof cap === 'object')) return;
  const total = readDecimal(place, 'total', raw.total, zero);
  const sum = lines.reduce(
    (all, { cap }) => all.add(typeof cap === 'object' ? zero : (pointsWritten(cap ?? 0) ?? zero)),
    zero,
  );
  if (!sum.equals(total))
    place.report(
      `${place.pointer}/total`,
      'weights-do-not-add-up',
      `${lines.map(({ cap }) => String(cap ?? 0)).join(' + ')} = ${decimalText(sum)} ≠ ${decimalText(total)}`,
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
  const [cap, reached] = [readBound(subject, raw, 'cap'), amount('reached')];
  checkBelow(subject, cap, 'reached', raw.reached === undefined ? null : reached);
  if (
    raw.each === undefined &&
    (raw.quota === undefined || keysOf.quota.every((key) => !Object.hasOwn(raw, key)))
  )
    subject.report(subject.pointer, 'no-amount', raw.id);
  else if (raw.each === undefined && raw.from !== undefined)
    subject.report(`${subject.pointer}/from`, 'unread-key', 'from', null, ['each']);
  return {
    is: 'for',
    ...common,
    cap,
    figure,
    counted,
    when: readTest(subject, raw.when),
    each: amount('each'),
    from: raw.from ?? 1,
    quota: raw.quota === undefined ? null : readAmount(subject, 'quota', raw.quota),
    reached,
    missed: amount('missed'),
    over: amount('over'),
    short: amount('short'),
  };
}
