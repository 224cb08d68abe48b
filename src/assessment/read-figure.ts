import type { Facts } from '../model/fact.ts';
import type { Text } from '../model/text.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { readAmount } from './amount.ts';
import { readDecimal } from './decimal.ts';
import { checkKeys } from './keys.ts';
import type { Every, RawFigure, Role } from './method.ts';
import { readTest, type Place, type Reading } from './place.ts';
import { points, type Points } from './points.ts';

/** What is kept of each moment that a figure looks at. */
export interface Counted {
  on: ReadonlySet<string>;
  when: (facts: Facts) => boolean;
  to: Role | null;
  weigh: (facts: Facts) => Points;
}
/** A named number of one subject in one window, read. */
export type Figure = { name: Text } & (
  | ({
      is: 'moments';
      /** A record counts once, by its first such moment in the window. */
      perRecord: boolean;
      whole: boolean;
      /** Each value of this fact counts once. */
      distinct: string | null;
    } & Counted)
  | ({ is: 'mean' } & Counted)
  | { is: 'points'; lines: ReadonlySet<string> }
  | { is: 'ratio'; above: string; below: string; times: Points }
  | { is: 'rank'; by: string }
  | { is: 'periods'; every: Every; when: Reading<boolean> }
  | { is: 'unit'; figure: string }
  | { is: 'links'; kind: string | null }
);

/** What each kind of figure reads, by the key that makes it one. */
const keysOf = {
  count: ['of', 'when', 'to', 'weigh', 'whole', 'distinct'],
  sum: ['on', 'when', 'to', 'whole'],
  mean: ['on', 'when', 'to'],
  points: [],
  ratio: ['times'],
  rank: [],
  periods: ['when'],
  unit: [],
  links: [],
} as const;

export const words = (value: string | string[]) => (Array.isArray(value) ? value : [value]);

/** `moment` reads what a count looks at, `subject` what a condition over figures may. */
export function readFigure(raw: RawFigure, moment: Place, subject: Place): Figure {
  const name = raw.name ?? moment.line;
  for (const [kind, keys] of Object.entries(keysOf))
    if (Object.hasOwn(raw, kind)) {
      checkKeys(moment.report, moment.pointer, raw, ['name', kind, ...keys]);
      break;
    }
  const counted = (is: string | string[], weigh: Counted['weigh']): Counted => ({
    on: new Set(words(is)),
    when: readTest(moment, raw.when).of,
    to: raw.to ?? null,
    weigh,
  });
  const whole = raw.whole ?? false;
  if (raw.count !== undefined) {
    const weigh = readAmount(moment, 'weigh', raw.weigh ?? 1).of;
    const { distinct = null } = raw;
    if (distinct !== null) moment.used.add(distinct);
    if (distinct !== null && !Object.hasOwn(moment.vocabulary, distinct))
      moment.report(
        `${moment.pointer}/distinct`,
        'undeclared-fact',
        distinct,
        didYouMean(distinct, Object.keys(moment.vocabulary)),
      );
    return {
      name,
      is: 'moments',
      ...counted(raw.count, weigh),
      perRecord: raw.of === 'records',
      whole,
      distinct,
    };
  }
  if (raw.sum !== undefined && raw.on !== undefined) {
    // A moment without the fact adds nothing.
    const weigh = readAmount(moment, 'sum', { fact: raw.sum, otherwise: 0 }).of;
    return { name, is: 'moments', ...counted(raw.on, weigh), perRecord: false, whole, distinct: null };
  }
  if (raw.mean !== undefined && raw.on !== undefined)
    return { name, is: 'mean', ...counted(raw.on, readAmount(moment, 'mean', raw.mean).of) };
  if (raw.points !== undefined) return { name, is: 'points', lines: new Set(words(raw.points)) };
  if (raw.ratio) {
    const [above = '', below = ''] = raw.ratio;
    return { name, is: 'ratio', above, below, times: readDecimal(subject, 'times', raw.times, points(1)) };
  }
  if (raw.rank !== undefined) return { name, is: 'rank', by: raw.rank };
  if (raw.periods !== undefined)
    return { name, is: 'periods', every: raw.periods, when: readTest(subject, raw.when) };
  if (raw.unit !== undefined) return { name, is: 'unit', figure: raw.unit };
  if (raw.links !== undefined) return { name, is: 'links', kind: raw.links === 'all' ? null : raw.links };
  moment.report(moment.pointer, 'unreadable-line', moment.line);
  return { name, is: 'rank', by: moment.line };
}

export function figuresRead(figure: Figure): readonly string[] {
  if (figure.is === 'ratio') return [figure.above, figure.below];
  if (figure.is === 'rank') return [figure.by];
  return figure.is === 'periods' ? figure.when.reads : [];
}

/** Figures may read figures, only known ones and never in a circle; and lines that exist. */
export function checkFigures(
  figures: ReadonlyMap<string, Figure>,
  lines: ReadonlySet<string>,
  report: Place['report'],
): void {
  const walk = (name: string, way: string[]): void => {
    const figure = figures.get(name);
    if (!figure) return;
    const [first = name] = way;
    if (way.includes(name)) {
      // Each circle is told once, at the figure it starts and ends with.
      if (name === first && name === [...way].sort()[0])
        report(`/figures/${name}`, 'figure-circle', [...way, name].join(' → '));
      return;
    }
    for (const next of figuresRead(figure)) walk(next, [...way, name]);
  };
  for (const [name, figure] of figures) {
    walk(name, []);
    if (figure.is === 'ratio' || figure.is === 'rank')
      for (const read of figuresRead(figure))
        if (!figures.has(read))
          report(`/figures/${name}`, 'unknown-figure', read, didYouMean(read, figures.keys()));
    if (figure.is === 'points')
      for (const line of figure.lines)
        if (!lines.has(line))
          report(`/figures/${name}/points`, 'unknown-line', line, didYouMean(line, lines));
  }
}
