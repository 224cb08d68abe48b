import type { Facts } from '../model/fact.ts';
import type { Text } from '../model/text.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { readAmount, readDecimal, readTest, type Place, type Reading } from './amount.ts';
import type { Every, RawLine } from './method.ts';
import { points, zero, type Points } from './points.ts';
import { readFigure, type Figure } from './read-figure.ts';

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
  when: (facts: Facts) => boolean;
  amount: (facts: Facts) => Points;
  take: 'each' | 'once' | 'highest';
  per: readonly string[];
  /** The first author's part of 100; null where each has the whole. */
  share: 'full' | 'equal' | 'first' | Points;
  limit: number | null;
}
/** A figure turned into points. */
export interface ForLine extends Common {
  is: 'for';
  figure: string;
  /** How the figure is called where a line says why. */
  counted: string;
  when: Reading<boolean>;
  each: Points;
  /** From the how-manieth item on it earns. */
  from: number;
  quota: Reading<Points> | null;
  reached: Points;
  missed: Points;
  over: Points;
  short: Points;
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

const words = (value: string | string[]) => (Array.isArray(value) ? value : [value]);

/** Reads a line; a count written on the line itself becomes a figure of its own. */
export function readLine(raw: RawLine, moment: Place, subject: Place, figures: Map<string, Figure>): Line {
  const limit = (key: 'cap' | 'floor') =>
    raw[key] === undefined ? null : readDecimal(subject, key, raw[key], zero);
  const name = raw.name ?? raw.section ?? raw.id;
  const common: Common = { id: raw.id, name, clause: raw.clause ?? null, cap: limit('cap') };
  if (raw.lines) {
    const inner = raw.lines.map((line, index) => {
      const at = { line: line.id, pointer: `${subject.pointer}/lines/${index}` };
      return readLine(line, { ...moment, ...at }, { ...subject, ...at }, figures);
    });
    const base = readAmount(subject, 'base', raw.base ?? 0, 'window.to');
    // A table's base is known only of a subject; a plain one can be held to the cap here.
    const plain = typeof raw.base === 'object' || raw.base === undefined ? null : base.of({});
    if (plain && common.cap && common.cap.compare(plain) < 0)
      subject.report(`${subject.pointer}/cap`, 'cap-below-base', String(raw.cap));
    const times = readDecimal(subject, 'times', raw.times, points(1));
    const [when, every] = [readTest(subject, raw.when), raw.every ?? null];
    return { is: 'section', ...common, when, lines: inner, base, times, floor: limit('floor'), every };
  }
  if (raw.for !== undefined) return forLine(raw, common, moment, subject, figures);
  if (raw.points === undefined) {
    subject.report(subject.pointer, 'unreadable-line', raw.id);
    return {
      is: 'standing',
      ...common,
      when: { reads: [], of: () => false },
      amount: { reads: [], of: () => zero },
    };
  }
  if (raw.on === undefined) {
    const amount = readAmount(subject, 'points', raw.points, 'window.to');
    return { is: 'standing', ...common, when: readTest(subject, raw.when), amount };
  }
  const amount = readAmount(moment, 'points', raw.points, 'on').of;
  const times = readDecimal(moment, 'times', raw.times, points(1));
  const share = raw.share ?? 'full';
  return {
    is: 'on',
    ...common,
    on: new Set(words(raw.on)),
    when: readTest(moment, raw.when).of,
    amount: raw.times === undefined ? amount : (facts) => amount(facts).mul(times),
    take: raw.take ?? 'each',
    per: raw.per === undefined ? [] : words(raw.per),
    share: typeof share === 'object' ? readDecimal(moment, 'share/first', share.first, zero) : share,
    limit: raw.limit ?? null,
  };
}

function forLine(
  raw: RawLine,
  common: Common,
  moment: Place,
  subject: Place,
  figures: Map<string, Figure>,
): ForLine {
  const decimal = (key: 'each' | 'reached' | 'missed' | 'over' | 'short') =>
    readDecimal(subject, key, raw[key], zero);
  let figure = `line:${raw.id}`;
  let counted = figure;
  if (typeof raw.for === 'object') {
    figures.set(figure, readFigure(raw.for, { ...moment, pointer: `${moment.pointer}/for` }, subject));
    counted = words(raw.for.count).join('+');
  } else {
    figure = counted = raw.for ?? '';
    if (!figures.has(figure))
      subject.report(`${subject.pointer}/for`, 'unknown-figure', figure, didYouMean(figure, figures.keys()));
  }
  return {
    is: 'for',
    ...common,
    figure,
    counted,
    when: readTest(subject, raw.when),
    each: decimal('each'),
    from: raw.from ?? 1,
    quota: raw.quota === undefined ? null : readAmount(subject, 'quota', raw.quota, 'window.to'),
    reached: decimal('reached'),
    missed: decimal('missed'),
    over: decimal('over'),
    short: decimal('short'),
  };
}
