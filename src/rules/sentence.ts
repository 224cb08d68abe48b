import type { Fact } from '../model/fact.ts';
import { say, type Language } from '../model/text.ts';
import type { Reason } from '../model/thing.ts';
import { isOperator, operators } from './operators.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A reason as people read it: "departments involved 3 ≥ 2", "层级 市级". */
export function becauseOf(reason: Reason, vocabulary: Vocabulary, language: Language): string {
  const meaning = vocabulary[reason.fact];
  const label = meaning ? say(meaning.label, language) : reason.fact;
  const yes = { zh: ['是', '否'], en: ['yes', 'no'] }[language];
  const one = (value: Fact): string => {
    if (value === null) return language === 'en' ? 'none' : '无';
    if (typeof value === 'boolean') return yes[value ? 0 : 1] ?? '';
    if (Array.isArray(value)) return value.map(one).join(language === 'en' ? ', ' : '、');
    const option = meaning?.options?.find((candidate) => candidate.value === value);
    return option ? say(option.label, language) : String(value);
  };
  const symbol = isOperator(reason.operator) ? operators[reason.operator].symbol : reason.operator;
  // A plain equality that holds says the same thing twice; once is enough.
  if ((reason.operator === 'equal' || reason.operator === 'in') && reason.met)
    return `${label} ${one(reason.value)}`;
  return `${label} ${one(reason.value)} ${symbol} ${one(reason.expected)}`;
}
