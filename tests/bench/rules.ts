import { LogicEngine } from 'json-logic-engine';
import { compile } from '../../src/rules/compiled.ts';
import { parseCondition, type Condition } from '../../src/rules/condition.ts';
import { decide } from '../../src/rules/decide.ts';
import type { Vocabulary } from '../../src/rules/vocabulary.ts';
import type { Facts } from '../../src/model/fact.ts';
import { best, bestOf, counter, perSecond, ratio } from './measure.ts';

const text = { label: 'x', type: 'text' as const };
const number = { label: 'x', type: 'number' as const };
const vocabulary: Vocabulary = {
  level: text,
  form: text,
  outlet: text,
  rate: number,
  words: number,
  leaders: number,
};
const written: object[] = [
  { level: 'city', form: '单篇' },
  { level: ['province', 'nation'] },
  { rate: { below: 30 } },
  { words: { atMost: 1500 }, level: 'county' },
  { any: [{ outlet: '专报' }, { form: '综合' }] },
  { not: { level: 'county' } },
  { leaders: { atLeast: 2 } },
  { all: [{ level: 'city' }, { any: [{ form: '单篇' }, { form: '综合' }] }] },
  { rate: { atLeast: 60 }, words: { above: 300 } },
  { outlet: ['专报', '要情'], leaders: { above: 0 } },
  { not: { any: [{ level: 'nation' }, { rate: { below: 10 } }] } },
  { form: { not: '简讯' }, words: { below: 3000 } },
];

/** The same condition as json-logic-engine writes it. */
function asLogic(condition: Condition): unknown {
  if ('all' in condition) return { and: condition.all.map(asLogic) };
  if ('any' in condition) return { or: condition.any.map(asLogic) };
  if ('not' in condition) return { '!': asLogic(condition.not) };
  if ('named' in condition) throw new Error('no names here');
  const { fact, operator, value } = condition;
  const read = { var: fact };
  switch (operator) {
    case 'equal':
      return { '==': [read, value] };
    case 'not':
      return { '!=': [read, value] };
    case 'in':
      return { in: [read, value] };
    case 'below':
      return { '<': [read, value] };
    case 'atMost':
      return { '<=': [read, value] };
    case 'above':
      return { '>': [read, value] };
    default:
      return { '>=': [read, value] };
  }
}

/** Twelve rules three ways: compiled closures, json-rules-engine, json-logic-engine's run(). */
export async function benchRules(): Promise<void> {
  const conditions = written.map((source): Condition => {
    const read = parseCondition(source, vocabulary);
    if ('mistakes' in read) throw new Error(JSON.stringify(read.mistakes));
    return read.condition;
  });
  const next = counter();
  const pick = (words: readonly string[]) => words[next(words.length)] ?? '';
  const facts = Array.from({ length: 20_000 }, (): Facts => ({
    level: pick(['county', 'city', 'province', 'nation']),
    form: pick(['单篇', '综合', '简讯']),
    outlet: pick(['专报', '要情', '快讯']),
    rate: next(100),
    words: next(4000),
    leaders: next(4),
  }));
  const closures = conditions.map((condition) => compile(condition));
  let fired = 0;
  const ours = best(facts.length, () => {
    fired = 0;
    for (const one of facts) for (const closure of closures) if (closure(one)) fired += 1;
  });
  const logic = new LogicEngine();
  const rules = conditions.map(asLogic);
  let firedThere = 0;
  const logicTime = best(facts.length, () => {
    firedThere = 0;
    for (const one of facts) for (const rule of rules) if (logic.run(rule, one)) firedThere += 1;
  });
  const live = conditions.map((condition, index) => ({ id: `rule-${index}`, condition }));
  const few = facts.slice(0, 400);
  let decided = 0;
  const engineTime = await bestOf(few.length, async () => {
    decided = 0;
    for (const one of few) decided += (await decide(live, one)).filter((decision) => decision.fired).length;
  });
  const oursOfFew = few.reduce((sum, one) => sum + closures.filter((closure) => closure(one)).length, 0);
  if (fired !== firedThere || decided !== oursOfFew)
    throw new Error(`not the same rules fired: ${fired} ${firedThere}, ${oursOfFew} ${decided}`);
  console.log('12 rules, sets of facts decided a second');
  console.log(
    `  compiled ${perSecond(ours)}, json-logic-engine run() ${perSecond(logicTime)}, json-rules-engine ${perSecond(engineTime)}`,
  );
  ratio('compiled against json-rules-engine', engineTime / ours, 300);
  ratio('compiled against json-logic-engine run()', logicTime / ours, 1.5);
}
