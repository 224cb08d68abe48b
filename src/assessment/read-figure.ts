import type { Facts } from '../model/fact.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { readAmount, readDecimal, readTest, type Place, type Reading } from './amount.ts';
import type { Every, RawFigure } from './method.ts';
import { points, type Points } from './points.ts';

/** A named number of one subject in one window, read. */
export type Figure =
  | {
      is: 'moments';
      on: ReadonlySet<string>;
      when: (facts: Facts) => boolean;
      weigh: (facts: Facts) => Points;
      /** A record counts once, by its first such moment in the window. */
      perRecord: boolean;
      whole: boolean;
    }
  | { is: 'ratio'; above: string; below: string; times: Points }
  | { is: 'rank'; by: string }
  | { is: 'periods'; every: Every; when: Reading<boolean> };

const words = (value: string | string[]) => new Set(Array.isArray(value) ? value : [value]);

/** `moment` reads what a count looks at, `subject` what a condition over figures may. */
export function readFigure(raw: RawFigure, moment: Place, subject: Place): Figure {
  const whole = raw.whole ?? false;
  const when = () => readTest(moment, raw.when).of;
  if (raw.count !== undefined) {
    const weigh = readAmount(moment, 'weigh', raw.weigh ?? 1, 'on').of;
    return {
      is: 'moments',
      on: words(raw.count),
      when: when(),
      weigh,
      perRecord: raw.of === 'records',
      whole,
    };
  }
  if (raw.sum !== undefined && raw.on !== undefined) {
    const weigh = readAmount(moment, 'sum', { fact: raw.sum }, 'on').of;
    return { is: 'moments', on: words(raw.on), when: when(), weigh, perRecord: false, whole };
  }
  if (raw.ratio) {
    const [above, below] = raw.ratio;
    return { is: 'ratio', above, below, times: readDecimal(subject, 'times', raw.times, points(1)) };
  }
  if (raw.rank !== undefined) return { is: 'rank', by: raw.rank };
  if (raw.periods !== undefined)
    return { is: 'periods', every: raw.periods, when: readTest(subject, raw.when) };
  moment.report(moment.pointer, 'unreadable-line', moment.line);
  return { is: 'moments', on: new Set(), when: () => false, weigh: () => points(0), perRecord: false, whole };
}

export function figuresRead(figure: Figure): readonly string[] {
  if (figure.is === 'ratio') return [figure.above, figure.below];
  if (figure.is === 'rank') return [figure.by];
  return figure.is === 'periods' ? figure.when.reads : [];
}

/** Figures may read figures, only known ones and never in a circle. */
export function checkFigures(figures: ReadonlyMap<string, Figure>, report: Place['report']): void {
  const walk = (name: string, way: string[]): void => {
    const figure = figures.get(name);
    if (!figure) return;
    const [first = name] = way;
    if (way.includes(name)) {
      // Each circle is told once, at the figure it starts and ends with.
      if (name === first) report(`/figures/${name}`, 'figure-circle', [...way, name].join(' → '));
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
  }
}
