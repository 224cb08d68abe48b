import { Engine, type ConditionProperties, type TopLevelCondition } from 'json-rules-engine';
import type { Fact, Facts } from '../model/fact.ts';
import { MinqingError } from '../model/error.ts';
import type { Decision, Reason } from '../model/thing.ts';
import type { Condition } from './condition.ts';
import { operators, type OperatorName } from './operators.ts';

export interface Rule {
  id: string;
  condition: Condition;
  /** Higher first; then the order in the config. */
  priority?: number;
}

export class RuleError extends MinqingError {}

type EngineCondition = TopLevelCondition | ConditionProperties;

function forEngine(condition: Condition, named: Readonly<Record<string, Condition>>): EngineCondition {
  if ('all' in condition) return { all: condition.all.map((part) => forEngine(part, named)) };
  if ('any' in condition) return { any: condition.any.map((part) => forEngine(part, named)) };
  if ('not' in condition) return { not: forEngine(condition.not, named) };
  if ('named' in condition) return { condition: condition.named };
  return { fact: condition.fact, operator: condition.operator, value: condition.value };
}

function topLevel(condition: Condition, named: Readonly<Record<string, Condition>>): TopLevelCondition {
  const made = forEngine(condition, named);
  return 'fact' in made ? { all: [made] } : made;
}

/**
 * Decides every rule over the facts of one step, in json-rules-engine, and keeps why. Facts are complete; an absent
 * one is null. A fresh engine a call: one shared by overlapping runs loses rules.
 */
export async function decide(
  rules: readonly Rule[],
  facts: Facts,
  named: Readonly<Record<string, Condition>> = {},
): Promise<Decision[]> {
  const engine = new Engine([], { allowUndefinedFacts: true, replaceFactsInEventParams: false });
  for (const name of standardOperators) engine.removeOperator(name);
  for (const [name, operator] of Object.entries(operators)) {
    engine.addOperator<Fact, Fact>(name, (value, expected) => operator.holds(value ?? null, expected));
  }
  for (const [name, condition] of Object.entries(named))
    engine.setCondition(name, topLevel(condition, named));
  for (const rule of rules)
    engine.addRule({ name: rule.id, conditions: topLevel(rule.condition, named), event: { type: rule.id } });
  for (const [name, value] of Object.entries(facts)) engine.addFact(name, () => value, { cache: false });

  const { results, failureResults } = await engine.run();
  const byRule = new Map([...results, ...failureResults].map((result) => [result.name, result]));
  if (byRule.size !== rules.length)
    throw new RuleError('rules-lost', {
      zh: `规则引擎应判断 ${rules.length} 条规则,只得到 ${byRule.size} 条。未作任何改动,请重试。`,
      en: `The rules engine decided ${byRule.size} of ${rules.length} rules. Nothing was changed; try again.`,
    });
  return rules
    .map((rule, position) => ({ rule, position }))
    .sort((a, b) => (b.rule.priority ?? 0) - (a.rule.priority ?? 0) || a.position - b.position)
    .map(({ rule }) => {
      const result = byRule.get(rule.id);
      const fired = result?.result === true;
      return { rule: rule.id, fired, reasons: result ? reasonsOf(result.conditions, facts, fired) : [] };
    });
}

const standardOperators = [
  'equal',
  'notEqual',
  'in',
  'notIn',
  'contains',
  'doesNotContain',
  'lessThan',
  'lessThanInclusive',
  'greaterThan',
  'greaterThanInclusive',
];

/**
 * The leaves that were read; of a rule that fired, those that made it fire. Under a `not` that is what does not hold,
 * told the other way round where that says the same: "level city ≠ county".
 */
function reasonsOf(tree: unknown, facts: Facts, fired: boolean): Reason[] {
  const reasons: Reason[] = [];
  const walk = (node: unknown, negated: boolean): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('all' in node && Array.isArray(node.all)) node.all.forEach((part) => walk(part, negated));
    else if ('any' in node && Array.isArray(node.any)) node.any.forEach((part) => walk(part, negated));
    else if ('not' in node) walk(node.not, !negated);
    else if (isLeaf(node) && node.result !== undefined) {
      const met = node.result === true;
      const value = facts[node.fact] ?? null;
      const reason = { fact: node.fact, operator: node.operator, expected: node.value, value, met };
      if (!fired) reasons.push(reason);
      else if (met !== negated) reasons.push(negated ? otherWay(reason) : reason);
    }
  };
  walk(tree, false);
  return reasons;
}

const opposites: Partial<Record<string, OperatorName>> = {
  equal: 'not',
  not: 'equal',
  in: 'notIn',
  notIn: 'in',
  below: 'atLeast',
  atLeast: 'below',
  above: 'atMost',
  atMost: 'above',
};

/** A missing value is neither below nor at least: then, and where there is no opposite, it stays as it was read. */
function otherWay(reason: Reason): Reason {
  const operator = opposites[reason.operator];
  if (operator === undefined || !operators[operator].holds(reason.value, reason.expected)) return reason;
  return { ...reason, operator, met: true };
}

function isLeaf(node: object): node is { fact: string; operator: string; value: Fact; result?: boolean } {
  return 'fact' in node && 'operator' in node;
}
