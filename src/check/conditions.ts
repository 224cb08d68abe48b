import type { CountyConfig } from '../county/config.generated.ts';
import { readCounty } from '../county/read.ts';
import type { Saying } from '../model/error.ts';
import { parseCondition, type Condition, type ConditionMistake } from '../rules/condition.ts';
import { neverHolds } from '../rules/contradiction.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import { checkDeadGoals } from './dead-goals.ts';
import type { Report } from './known.ts';
import type { Path } from './source.ts';

/** The conditions of flow rules, over the facts that each of them can read. */
export function checkConditions(config: CountyConfig, report: Report): void {
  // Rules are left out here: reading them is what this check is about.
  const { vocabulary } = readCounty({ ...config, rules: [] });
  const sound = new Map<string, Condition>();
  config.rules?.forEach((rule, index) => {
    const path: Path = ['rules', index, 'when'];
    const facts = vocabulary(rule.on);
    const read = parseCondition(rule.when, facts);
    if ('mistakes' in read)
      for (const mistake of read.mistakes) {
        const key = ['unknown-fact', 'hostile-path', 'unknown-operator'].includes(mistake.code);
        report([...path, ...pathOf(mistake.pointer)], mistake.code, sayCondition(mistake, facts), key);
      }
    else {
      const never = neverHolds(read.condition, facts);
      if (never !== null) report(path, 'never-holds', sayNever(never));
      else sound.set(rule.id, read.condition);
    }
  });
  checkDeadGoals(config, sound, vocabulary, report);
}

/** A JSON pointer's parts, list places as numbers. */
export function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

export function sayNever(fact: string): Saying {
  return {
    zh: `条件中对“${fact}”的要求不可能成立,永远不会用到。请改正其中一个,或删去这一条。`,
    en: `What this asks of "${fact}" can never hold, so it would never apply. Change one of the tests, or remove this.`,
  };
}

function someOf(among: readonly string[]): Saying {
  if (among.length === 0) return { zh: '这里还没有任何选项。', en: 'It has no options yet.' };
  const [some, more] = [among.slice(0, 12), among.length > 12];
  return {
    zh: `可以是:${some.join('、')}${more ? '……' : '。'}`,
    en: `It may be one of: ${some.join(', ')}${more ? ' …' : '.'}`,
  };
}

export function sayCondition(
  { code, word, didYouMean, among = [] }: Pick<ConditionMistake, 'code' | 'word' | 'didYouMean' | 'among'>,
  facts: Vocabulary | null,
): Saying {
  const near = didYouMean
    ? { zh: `是不是“${didYouMean}”?`, en: `Did you mean "${didYouMean}"?` }
    : { zh: '', en: '' };
  switch (code) {
    case 'unknown-fact': {
      const some = Object.keys(facts ?? {}).slice(0, 10);
      const list = {
        zh: some.length > 0 ? `可以用:${some.join('、')} 等。` : '请运行 minqing facts 查看可用的事实。',
        en: some.length > 0 ? `It may be: ${some.join(', ')} …` : 'Run minqing facts to see which there are.',
      };
      return {
        zh: `没有“${word}”这个事实。${near.zh || list.zh}`,
        en: `There is no fact "${word}". ${near.en || list.en}`,
      };
    }
    case 'unknown-operator':
      return {
        zh: `没有“${word}”这种比较。${near.zh || '可以用 equal、not、in、notIn、below、atMost、above、atLeast、contains、overlaps。'}`,
        en: `There is no comparison "${word}". ${near.en || 'Use equal, not, in, notIn, below, atMost, above, atLeast, contains or overlaps.'}`,
      };
    case 'unknown-option':
      return {
        zh: `选项里没有“${word}”。${near.zh || someOf(among).zh}`,
        en: `"${word}" is none of its options. ${near.en || someOf(among).en}`.trim(),
      };
    case 'unknown-condition':
      return {
        zh: `没有名为“${word}”的条件。${near.zh}`,
        en: `There is no condition named "${word}". ${near.en}`.trim(),
      };
    case 'wrong-operand':
      return {
        zh: `这里不能写 ${word}:请检查是文字、数还是列表。`,
        en: `${word} cannot stand here: see whether it should be text, a number or a list.`,
      };
    case 'empty-condition':
      return {
        zh: `条件是空的(${word}),会永远成立或永远不成立。请写明条件或删去。`,
        en: `The condition is empty (${word}) and would hold always or never. Say what it is, or remove it.`,
      };
    case 'hostile-path':
      return {
        zh: `条件里不能用“${word}”。请只写事实的名称。`,
        en: `"${word}" cannot be used in a condition. Write the name of a fact only.`,
      };
    case 'too-deep':
      return {
        zh: `条件套了超过 ${word} 层,请拆成几条规则。`,
        en: `The condition is more than ${word} deep; make several rules of it.`,
      };
  }
}
