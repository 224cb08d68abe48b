import type {
  Amount,
  CountyConfig,
  Grade,
  Ledger as RawLedger,
  Line as RawLine,
} from '../county/config.generated.ts';
import type { Fact, Facts } from '../model/fact.ts';
import { say, type Text } from '../model/text.ts';
import { compile } from '../rules/compiled.ts';
import { parseCondition } from '../rules/condition.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import { AssessmentError } from './error.ts';
import { points, zero, type Points } from './points.ts';

/** One account of the published method, read: of people or of units. */
export interface Ledger {
  lines: Line[];
  grades: { id: string; name: Text; from: Points }[];
  decimals: number;
}

interface Common {
  id: string;
  clause: string | null;
  when: (facts: Facts) => boolean;
  cap: Points | null;
}
/** Each time a moment happens. */
export interface OnLine extends Common {
  is: 'on';
  on: ReadonlySet<string>;
  amount: (facts: Facts) => Points;
  take: 'each' | 'once' | 'highest';
  share: 'full' | 'equal' | 'first';
}
/** A count in the period turned into points. */
export interface ForLine extends Common {
  is: 'for';
  count: string;
  counts: (facts: Facts) => boolean;
  each: Points;
  /** From the how-manieth item on it earns. */
  from: number;
  quota: number | null;
  reached: Points;
  missed: Points;
}
export interface Section extends Common {
  is: 'section';
  name: Text;
  lines: Line[];
  base: Points;
  times: Points;
  floor: Points | null;
}
export type Line = OnLine | ForLine | Section;

type Method = NonNullable<CountyConfig['method']>;

/** The facts every method can read of a moment and its record, whatever the county declares besides. */
export const momentFacts: Vocabulary = {
  level: { label: { zh: '层级', en: 'level' }, type: 'text', example: 'city' },
  outlet: { label: { zh: '载体', en: 'outlet' }, type: 'text' },
  form: { label: { zh: '采用形式', en: 'form of use' }, type: 'text', example: 'stand-alone' },
  body: { label: { zh: '批示机关', en: 'body' }, type: 'text', example: 'party' },
  leader: { label: { zh: '领导', en: 'leader' }, type: 'text', example: 'main' },
  part: { label: { zh: '作者次序', en: 'part' }, type: 'text', example: 'first' },
  kind: { label: { zh: '记录类别', en: 'kind of record' }, type: 'text', example: 'report' },
  category: { label: { zh: '类别', en: 'category' }, type: 'text' },
  channel: { label: { zh: '来源渠道', en: 'channel' }, type: 'text' },
  points: { label: { zh: '录入分值', en: 'points entered by hand' }, type: 'number', example: '20' },
};

/** Reads one ledger of a method whose shape was checked; throws where a condition or amount cannot be read. */
export function readLedger(method: Method, raw: RawLedger): Ledger {
  const vocabulary: Vocabulary = { ...momentFacts, ...method.facts };
  const decimals = method.decimals ?? 2;
  return {
    decimals,
    lines: raw.lines.map((line) => readLine(line, vocabulary)),
    grades: (raw.grades ?? [])
      .map((grade: Grade) => ({ id: grade.id, name: grade.name, from: points(grade.from) }))
      .sort((a, b) => b.from.compare(a.from)),
  };
}

function readLine(raw: RawLine, vocabulary: Vocabulary): Line {
  const common: Common = {
    id: raw.id,
    clause: raw.clause ?? null,
    when: test(raw.id, raw.when, vocabulary),
    cap: raw.cap === undefined ? null : points(raw.cap),
  };
  if (raw.lines)
    return {
      is: 'section',
      ...common,
      name: raw.section ?? raw.name ?? raw.id,
      lines: raw.lines.map((line) => readLine(line, vocabulary)),
      base: points(raw.base ?? 0),
      times: points(raw.times ?? 1),
      floor: raw.floor === undefined ? null : points(raw.floor),
    };
  if (raw.for)
    return {
      is: 'for',
      ...common,
      count: raw.for.count,
      counts: test(raw.id, raw.for.when, vocabulary),
      each: points(raw.each ?? 0),
      from: raw.from ?? 1,
      quota: raw.quota ?? null,
      reached: points(raw.reached ?? 0),
      missed: points(raw.missed ?? 0),
    };
  if (raw.on === undefined || raw.points === undefined) throw unreadable(raw.id, 'on, points');
  return {
    is: 'on',
    ...common,
    on: new Set(Array.isArray(raw.on) ? raw.on : [raw.on]),
    amount: readAmount(raw.id, raw.points, points(raw.times ?? 1)),
    take: raw.take ?? 'each',
    share: raw.share ?? 'full',
  };
}

function test(line: string, when: object | undefined, vocabulary: Vocabulary): (facts: Facts) => boolean {
  if (when === undefined) return () => true;
  const read = parseCondition(when, vocabulary);
  if ('mistakes' in read)
    throw unreadable(line, read.mistakes.map((mistake) => `${mistake.code} ${mistake.word}`).join(', '));
  return compile(read.condition);
}

function readAmount(line: string, amount: Amount, times: Points): (facts: Facts) => Points {
  if (typeof amount !== 'object') {
    const fixed = points(amount).mul(times);
    return () => fixed;
  }
  const { by, table, otherwise, fact } = amount;
  if (fact !== undefined) return (facts) => number(line, facts[fact] ?? null).mul(times);
  if (by === undefined || table === undefined) throw unreadable(line, 'points');
  const keys = Array.isArray(by) ? by : [by];
  return (facts) => {
    let cell: unknown = table;
    for (const key of keys) {
      const value = String(facts[key] ?? 'null');
      cell = typeof cell === 'object' && cell !== null ? new Map(Object.entries(cell)).get(value) : undefined;
    }
    if (typeof cell === 'number' || typeof cell === 'string') return points(cell).mul(times);
    if (otherwise !== undefined) return points(otherwise).mul(times);
    throw new AssessmentError('no-table-cell', {
      zh: `计分行“${line}”的表中没有 ${keys.map((key) => `${key}=${String(facts[key])}`).join('、')} 这一格。请补上,或用 otherwise 写明其余为多少分。`,
      en: `The table of line "${line}" has no cell for ${keys.map((key) => `${key}=${String(facts[key])}`).join(', ')}. Add it, or say with "otherwise" what the rest earn.`,
    });
  };
}

function number(line: string, value: Fact): Points {
  if (value === null) return zero;
  if ((typeof value === 'number' || typeof value === 'string') && /^-?\d+(\.\d+)?$/.test(String(value)))
    return points(value);
  throw new AssessmentError('not-a-number', {
    zh: `计分行“${line}”读到的分值“${String(value)}”不是数。请写成如 1.5 的小数。`,
    en: `Line "${line}" reads "${String(value)}" as points, which is no number. Write a decimal such as 1.5.`,
  });
}

function unreadable(line: string, what: string): AssessmentError {
  return new AssessmentError('unreadable-line', {
    zh: `计分行“${line}”看不懂:${what}。请运行 minqing check 查看位置。`,
    en: `Line "${line}" cannot be read: ${what}. Run minqing check to see where.`,
  });
}

/** A text of the method for error messages and lines. */
export const nameOf = (text: Text): string => say(text, 'zh');
