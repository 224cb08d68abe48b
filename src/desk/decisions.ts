import type { County } from '../county/county.ts';
import type { Decision, Thing } from '../model/thing.ts';
import { decide } from '../rules/decide.ts';
import { factsOf } from './facts.ts';

/** What a county's rules make of a thing as it is, by rule. */
export async function decisionsOf(
  county: County,
  thing: Thing,
  kindOf: (person: string) => string | null,
): Promise<Record<string, Decision>> {
  const rules = [...county.rules.values()].filter((rule) => rule.on === thing.kind);
  if (rules.length === 0) return {};
  const decided = await decide(rules, factsOf(county, thing, kindOf));
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
