import type { Facts } from '../model/fact.ts';
import type { SummaryLine } from '../model/record.ts';
import type { Text } from '../model/text.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { CountOf } from './summary-counts.ts';
import { readDecimal } from './decimal.ts';
import type { RawSummary } from './method.ts';
import { readTest, type Place, type Reading } from './place.ts';
import { decimalText, points, rounded, splitBy, zero, type Points } from './points.ts';
import { words } from './read-figure.ts';

/** One number of the whole table, read. */
export type Summary = { id: string; name: Text; decimals: number; stated: ReadonlyMap<string, Points> } & (
  | ({ is: 'count' } & CountOf)
  | { is: 'sum'; of: string; when: Reading<boolean> }
  | { is: 'ratio'; above: string; below: string }
  | {
      is: 'parts';
      parts: { id: string; name: Text; when: Reading<boolean> }[];
      round: 'half-up' | 'down' | 'up' | null;
    }
);

export function readSummary(
  raw: RawSummary,
  moment: Place,
  subject: Place,
  { figures, standing: place }: { figures: Vocabulary; standing: Vocabulary },
): Summary {
  const stated = new Map(
    Object.entries(raw.stated ?? {}).map(([period, value]) => [
      period,
      readDecimal(subject, `stated/${period}`, value, zero),
    ]),
  );
  const common = { id: raw.id, name: raw.name, decimals: raw.decimals ?? 1, stated };
  const standing = { ...subject, vocabulary: { ...subject.vocabulary, ...place } };
  if (raw.count !== undefined)
    return {
      ...common,
      is: 'count',
      on: new Set(words(raw.count)),
      of: raw.of ?? 'records',
      when: readTest(moment, raw.when).of,
    };
  if (raw.sum !== undefined) {
    if (raw.sum !== 'total' && !Object.hasOwn(figures, raw.sum))
      subject.report(
        `${subject.pointer}/sum`,
        'unknown-figure',
        raw.sum,
        didYouMean(raw.sum, ['total', ...Object.keys(figures)]),
      );
    return { ...common, is: 'sum', of: raw.sum, when: readTest(standing, raw.when) };
  }
  if (raw.ratio) {
    const [above = '', below = ''] = raw.ratio;
    return { ...common, is: 'ratio', above, below };
  }
  if (raw.parts)
    return {
      ...common,
      is: 'parts',
      parts: raw.parts.map((part, index) => ({
        ...part,
        when: readTest({ ...standing, pointer: `${standing.pointer}/parts/${index}` }, part.when),
      })),
      round: raw.round ?? null,
    };
  subject.report(subject.pointer, 'unreadable-line', raw.id);
  return { ...common, is: 'sum', of: 'total', when: { reads: [], of: () => false } };
}

/** What a summary asks of the table that was reckoned. */
export interface Summed {
  period: string;
  /** How many moments or records the count found. */
  counted: (id: string) => number;
  subjects: { facts: (names: readonly string[]) => Facts; value: (of: string) => Points | null }[];
}

export function summaryLines(summary: readonly Summary[], table: Summed): SummaryLine[] {
  const values = new Map<string, Points | null>();
  return summary.flatMap((item) => {
    if (item.is === 'parts') return partLines(item, table);
    const value = valueOf(item, table, values);
    values.set(item.id, value);
    const text = value === null ? null : decimalText(rounded(value, item.is === 'ratio' ? item.decimals : 6));
    const { id, name } = item;
    const stated = item.stated.get(table.period);
    const differs = stated && (text === null || !stated.equals(points(text)));
    return [{ id, name, value: text, ...(differs ? { stated: decimalText(stated) } : {}) }];
  });
}

function valueOf(
  item: Exclude<Summary, { is: 'parts' }>,
  table: Summed,
  values: ReadonlyMap<string, Points | null>,
): Points | null {
  if (item.is === 'count') return points(table.counted(item.id));
  if (item.is === 'ratio') {
    const [above, below] = [values.get(item.above) ?? null, values.get(item.below) ?? null];
    return above === null || below === null || below.equals(0) ? null : above.div(below).mul(100);
  }
  return table.subjects
    .filter((subject) => item.when.of(subject.facts(item.when.reads)))
    .reduce((sum, subject) => sum.add(subject.value(item.of) ?? zero), zero);
}

function partLines(item: Extract<Summary, { is: 'parts' }>, table: Summed): SummaryLine[] {
  const counts = item.parts.map(() => 0);
  for (const subject of table.subjects) {
    const at = item.parts.findIndex(({ when }) => when.of(subject.facts(when.reads)));
    if (at >= 0) counts[at] = (counts[at] ?? 0) + 1;
  }
  const shares = sharesOf(counts, item.decimals, item.round);
  return item.parts.map(({ id, name }, index) => ({
    id: `${item.id}.${id}`,
    name,
    value: String(counts[index] ?? 0),
    ...(shares ? { share: decimalText(shares[index] ?? zero) } : {}),
  }));
}

/** Per cent that add to 100: by largest remainder, or each by a rounding of its own and the last what is left. */
function sharesOf(
  counts: number[],
  decimals: number,
  round: 'half-up' | 'down' | 'up' | null,
): Points[] | null {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return null;
  if (round === null) return splitBy(points(100), counts.map(points), decimals);
  const scale = points(10).pow(decimals) ?? points(1);
  const shares = counts.slice(0, -1).map((count) => {
    const exact = points(count).mul(100).div(all);
    if (round === 'half-up') return rounded(exact, decimals);
    const scaled = exact.mul(scale);
    return (round === 'down' ? scaled.floor() : scaled.ceil()).div(scale);
  });
  return [...shares, shares.reduce((rest, share) => rest.sub(share), points(100))];
}
