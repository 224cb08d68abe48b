import type { ScoreRecord } from '../model/record.ts';
import type { Saying } from '../model/error.ts';
import { say } from '../model/text.ts';
import type { Moment } from '../model/thing.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { Ledger } from './ledger.ts';
import { kindOf, parsePeriod, within } from './period.ts';
import { pointsWritten } from './points.ts';

/**
 * What is wrong with a record by the method it is counted by; null for nothing. What the method has never heard of
 * would drop out of the table in silence, so it is refused.
 */
export function recordProblem(record: ScoreRecord, ledger: Ledger, period: string): Saying | null {
  return recordCheck(ledger, period)(record);
}

/** The same for many records of one period. */
export function recordCheck(ledger: Ledger, period: string): (record: ScoreRecord) => Saying | null {
  // A day of next year may stand in a life that began in this one; anything further is a slip of the pen.
  const { to } = parsePeriod(period, ledger.calendar);
  const latest = `${Number(to.slice(0, 4)) + 1}${to.slice(4)}`;
  return (record) => problemOf(record, ledger, period, latest);
}

const earliest = '1949-01-01';

function problemOf(record: ScoreRecord, ledger: Ledger, period: string, latest: string): Saying | null {
  const known = ledger.moments.get(record.kind);
  if (!known) {
    const near = hint(didYouMean(record.kind, ledger.moments.keys()));
    return {
      zh: `没有“${record.kind}”这类记录。${near.zh || '请改正,或在配置的 method.records 中写明。'}`,
      en: `There is no kind of record "${record.kind}".${near.en || ' Correct it, or declare it in method.records of the config.'}`,
    };
  }
  for (const moment of record.moments) {
    if (!known.has(moment.is)) {
      const near = hint(didYouMean(moment.is, known));
      return {
        zh: `“${record.kind}”类记录没有“${moment.is}”这个时刻。${near.zh || `请改正,或在配置的 method.records.${record.kind}.moments 中写明。`}`,
        en: `A record of kind "${record.kind}" has no moment "${moment.is}".${near.en || ` Correct it, or declare it in method.records.${record.kind}.moments of the config.`}`,
      };
    }
    const problem =
      factProblem({ ...record.facts, ...moment }, ledger.vocabulary) ??
      farOff(moment, period, latest) ??
      dayProblem(moment, ledger, period);
    if (problem) return problem;
  }
  return null;
}

function factProblem(facts: Moment | Record<string, unknown>, vocabulary: Vocabulary): Saying | null {
  for (const [name, value] of Object.entries(facts)) {
    if (value === null || value === undefined || name === 'is' || name === 'on' || name === 'entered')
      continue;
    const meaning = Object.hasOwn(vocabulary, name) ? vocabulary[name] : undefined;
    if (!meaning) {
      // What no line reads may stand there; what looks like a slip of the pen for what a line reads may not.
      const near = didYouMean(name, Object.keys(vocabulary));
      if (near === null || Object.hasOwn(facts, near) || name.length < 4) continue;
      return {
        zh: `“${name}”是不是“${near}”?请改正。`,
        en: `Is "${name}" meant to be "${near}"? Correct it.`,
      };
    }
    const text = JSON.stringify(value);
    const label = { zh: say(meaning.label, 'zh'), en: say(meaning.label, 'en') };
    if (
      meaning.type === 'number' &&
      !((typeof value === 'string' || typeof value === 'number') && pointsWritten(value))
    )
      return {
        zh: `“${name}”(${label.zh})应为数,现为 ${text}。小数点请用“.”,如 1.5。`,
        en: `"${name}" (${label.en}) must be a number; it is ${text}. Write a decimal such as 1.5.`,
      };
    if (meaning.type === 'yes-no' && typeof value !== 'boolean')
      return {
        zh: `“${name}”(${label.zh})应为 true 或 false,现为 ${text}。`,
        en: `"${name}" (${label.en}) must be true or false; it is ${text}.`,
      };
    const words = meaning.options?.map((option) => option.value);
    if (words && typeof value === 'string' && !words.includes(value))
      return {
        zh: `“${name}”(${label.zh})不能是 ${text},可以是:${words.join('、')}。`,
        en: `"${name}" (${label.en}) cannot be ${text}; it is one of: ${words.join(', ')}.`,
      };
  }
  return null;
}

function farOff({ is, on }: Moment, period: string, latest: string): Saying | null {
  if (earliest <= on && on <= latest) return null;
  return {
    zh: `“${is}”的日期 ${on} 不可能在期间 ${period} 的前后(早于 1949 年,或晚于期末一年以上)。请改正日期。`,
    en: `"${is}" is dated ${on}, which cannot be in or about the period ${period} (before 1949, or more than a year after its end). Correct the date.`,
  };
}

/** Counted by sessions or terms, a day that lies in none of them would never be counted. */
function dayProblem(moment: Moment, { calendar }: Ledger, period: string): Saying | null {
  const kind = kindOf(period);
  if (kind !== 'session' && kind !== 'term') return null;
  const spans = [...(kind === 'session' ? calendar.sessions : calendar.terms).values()];
  if (spans.some((span) => within(span, moment.on))) return null;
  return {
    zh: `日期 ${moment.on} 不在任何已写明的${kind === 'session' ? '届次' : '届'}内。请改正,或在配置的 method.periods 中补上。`,
    en: `The date ${moment.on} lies in no ${kind} that the config names. Correct it, or add the ${kind} to method.periods.`,
  };
}

function hint(near: string | null): Saying {
  return near ? { zh: `是不是“${near}”?`, en: ` Did you mean "${near}"?` } : { zh: '', en: '' };
}
