import type { County } from '../county/county.ts';
import type { Decision, Thing } from '../model/thing.ts';
import { factsIn } from '../rules/condition.ts';
import { decide } from '../rules/decide.ts';
import { factsOf, type Beside } from './facts.ts';

/** What is known around a thing; reports are compared only where a rule asks how many are alike. */
export interface Around extends Omit<Beside, 'similar'> {
  similarTo: ((thing: Thing) => Promise<number>) | null;
}

/** What a county's rules make of a thing as it is, by rule. */
export async function decisionsOf(
  county: County,
  thing: Thing,
  { similarTo, ...beside }: Around,
): Promise<Record<string, Decision>> {
  const rules = [...county.rules.values()].filter((rule) => rule.on === thing.kind);
  if (rules.length === 0) return {};
  const compares =
    similarTo !== null && rules.some(({ condition }) => factsIn(condition).includes('similar'));
  const similar = compares ? await similarTo(thing) : null;
  const decided = await decide(rules, factsOf(county, thing, { ...beside, similar }));
  return Object.fromEntries(decided.map((decision) => [decision.rule, decision]));
}

/** Only decisions that are new or turned out otherwise than before enter the log. */
export function changedDecisions(thing: Thing, now: Record<string, Decision>): Record<string, Decision> {
  return Object.fromEntries(
    Object.entries(now).filter(
      ([rule, decision]) => (thing.decisions[rule]?.fired ?? false) !== decision.fired,
    ),
  );
}
