import { momentFacts } from '../assessment/ledger.ts';
import type { CountyConfig, Line } from '../county/config.generated.ts';
import { readCounty } from '../county/read.ts';
import type { ThingKind } from '../model/thing.ts';
import { parseCondition, type ConditionMistake } from '../rules/condition.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { Path } from './source.ts';
import type { Report } from './references.ts';

/** The conditions of flow rules and of the method's lines, over the facts each of them can read. */
export function checkConditions(config: CountyConfig, report: Report): void {
  // Rules are left out here: reading them is what this check is about.
  const { vocabulary } = readCounty({ ...config, rules: [] });
  config.rules?.forEach((rule, index) =>
    condition(['rules', index, 'when'], rule.when, vocabulary(rule.on as ThingKind), report),
  );
  const facts: Vocabulary = { ...momentFacts, ...config.method?.facts };
  for (const of of ['people', 'units'] as const)
    config.method?.[of]?.lines.forEach((line, index) =>
      methodLine(['method', of, 'lines', index], line, facts, report),
    );
}

function methodLine(path: Path, line: Line, facts: Vocabulary, report: Report): void {
  if (line.when !== undefined) condition([...path, 'when'], line.when, facts, report);
  if (line.for?.when !== undefined) condition([...path, 'for', 'when'], line.for.when, facts, report);
  if (line.cap !== undefined && line.base !== undefined && Number(line.cap) < Number(line.base))
    report([...path, 'cap'], 'cap-below-base', {
      zh: `封顶 ${line.cap} 低于基础分 ${line.base},基础分永远得不到。请改其中一个。`,
      en: `The cap ${line.cap} is below the base ${line.base}, which could never be had. Change one of them.`,
    });
  line.lines?.forEach((inner, index) => methodLine([...path, 'lines', index], inner, facts, report));
}

function condition(path: Path, source: unknown, facts: Vocabulary, report: Report): void {
  const read = parseCondition(source, facts);
  if (!('mistakes' in read)) return;
  for (const mistake of read.mistakes) {
    const at = mistake.pointer
      .split('/')
      .slice(1)
      .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    const key =
      mistake.code === 'unknown-fact' ||
      mistake.code === 'hostile-path' ||
      mistake.code === 'unknown-operator';
    report([...path, ...at], mistake.code, sayMistake(mistake, facts), key);
  }
}

function sayMistake(
  { code, word, didYouMean }: ConditionMistake,
  facts: Vocabulary,
): { zh: string; en: string } {
  const near = didYouMean
    ? { zh: `是不是“${didYouMean}”?`, en: `Did you mean "${didYouMean}"?` }
    : { zh: '', en: '' };
  switch (code) {
    case 'unknown-fact': {
      const some = Object.keys(facts).slice(0, 10);
      return {
        zh: `没有“${word}”这个事实。${near.zh || `可以用:${some.join('、')} 等。`}`,
        en: `There is no fact "${word}". ${near.en || `It may be: ${some.join(', ')} …`}`,
      };
    }
    case 'unknown-operator':
      return {
        zh: `没有“${word}”这种比较。${near.zh || '可以用 equal、not、in、notIn、below、atMost、above、atLeast、contains、overlaps。'}`,
        en: `There is no comparison "${word}". ${near.en || 'Use equal, not, in, notIn, below, atMost, above, atLeast, contains or overlaps.'}`,
      };
    case 'unknown-option':
      return {
        zh: `选项里没有“${word}”。${near.zh}`,
        en: `"${word}" is none of its options. ${near.en}`.trim(),
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
