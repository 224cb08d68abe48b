import type { CountyConfig } from '../county/config.generated.ts';
import { kindsOf } from '../county/read.ts';
import { always } from '../county/vocabulary.ts';
import { factsIn, type Condition } from '../rules/condition.ts';
import { implies, neverHolds } from '../rules/contradiction.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { Report } from './known.ts';
import type { Path } from './source.ts';
import type { RawAction } from './ways.ts';

/** Actions that are never offered, and goals that are never come to, by what their rules ask together. */
export function checkDeadGoals(
  config: CountyConfig,
  rules: ReadonlyMap<string, Condition>,
  vocabulary: (kind: string) => Vocabulary,
  report: Report,
): void {
  for (const kind of kindsOf(config)) {
    const flow = config.flows?.[kind];
    const facts = vocabulary(kind);
    flow?.stages.forEach(({ actions = {} }, index) => {
      for (const [verb, action] of Object.entries(actions))
        checkAction(config, action, ['flows', kind, 'stages', index, 'actions', verb], rules, facts, report);
    });
  }
}

function checkAction(
  config: CountyConfig,
  action: RawAction,
  path: Path,
  rules: ReadonlyMap<string, Condition>,
  facts: Vocabulary,
  report: Report,
): void {
  const { to, if: rule = '', unless = '' } = action;
  const [when, except] = [rules.get(rule), rules.get(unless)];
  if (when && except && rule !== unless && implies(when, except, facts))
    report([...path, 'unless'], 'never-holds', {
      zh: `规则“${rule}”(if)成立时“${unless}”(unless)也总成立,这个动作永远不会出现。请改其中一条规则,或去掉 unless。`,
      en: `Wherever "${rule}" (if) holds "${unless}" (unless) does too, so the action is never offered. Change one of the rules, or remove "unless".`,
    });
  // What the act itself fills in or counts may make hold what did not before.
  const filled = new Set((config.forms?.[action.form ?? ''] ?? []).flatMap(({ id }) => [id, `${id}.count`]));
  const stays = (condition: Condition) =>
    factsIn(condition).every((fact) => !filled.has(fact) && !Object.hasOwn(always, fact));
  const goals = Array.isArray(to) ? to : [];
  goals.forEach((goal, index) => {
    const condition = rules.get(goal.if ?? '');
    if (!condition) return;
    const before = goals.slice(0, index).find((other) => {
      const earlier = rules.get(other.if ?? '');
      return earlier !== undefined && implies(condition, earlier, facts);
    });
    if (before)
      report([...path, 'to', index, 'if'], 'never-holds', {
        zh: `规则“${goal.if}”成立时前面的“${before.if}”也总成立,永远走不到“${goal.to}”。请调换次序,或改其中一条规则。`,
        en: `Wherever "${goal.if}" holds "${before.if}" before it does too, so "${goal.to}" is never come to. Change their order, or one of the rules.`,
      });
    else if (
      when &&
      stays(when) &&
      stays(condition) &&
      neverHolds({ all: [when, condition] }, facts) !== null
    )
      report([...path, 'to', index, 'if'], 'never-holds', {
        zh: `这个动作只在“${rule}”成立时出现,那时“${goal.if}”不可能成立,永远走不到“${goal.to}”。请改其中一条规则,或删去这个去向。`,
        en: `The action is offered where "${rule}" holds, and there "${goal.if}" cannot, so "${goal.to}" is never come to. Change one of the rules, or remove this goal.`,
      });
  });
}
