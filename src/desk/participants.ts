import type { County, Stage, StageAction } from '../county/county.ts';
import type { Actor, OnBehalf, Thing, Vote } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import { mayVote, outcomeOf, type Outcome } from '../workflow/together.ts';
import { conflictsOf, fallsTo, holds, mustNot, type Vacancy } from './permission.ts';
import { stageOf } from './view.ts';

/** Whether an action is one by which several decide together at its stage. */
export function isVote({ together }: Stage, { verb }: StageAction): boolean {
  return together !== null && [together.action, 'oppose', 'abstain'].includes(verb);
}

export const voteOf = ({ together }: Stage, { verb }: StageAction): Vote['is'] =>
  verb === together?.action ? 'for' : verb === 'oppose' ? 'against' : 'abstain';

/** Those who sign at a stage, in their order: posts, persons or organisations. */
export function participantsOf(
  county: County,
  thing: Thing,
  holdersOf: (post: string) => string[],
): string[] {
  const { together } = stageOf(county, thing);
  if (!together) return [];
  if (thing.signers) return thing.signers;
  if (together.each === 'handler') return thing.handlers;
  if (together.each === 'post') return together.of;
  return [...new Set(together.of.flatMap(holdersOf))].filter((person) => !mustNot(county, person, thing));
}

/** What several who decide together have come to, and the action that this makes: where it is open, the act's own. */
export function settledBy(
  county: County,
  thing: Thing,
  verb: Verb,
  holdersOf: (post: string) => string[],
): { outcome: Outcome; deciding: Verb } | null {
  const { together } = stageOf(county, thing);
  if (!together) return null;
  const outcome = outcomeOf(together, participantsOf(county, thing, holdersOf), thing.votes);
  return {
    outcome,
    deciding: outcome === 'reached' ? together.action : outcome === 'failed' ? 'oppose' : verb,
  };
}

/** Whose voices the actor has at a stage and may raise now. */
export function voicesOf(
  county: County,
  actor: Actor,
  stage: Stage,
  thing: Thing,
  holdersOf: (post: string) => string[],
  { onBehalf = null, instead }: { onBehalf?: OnBehalf | null; instead: Vacancy | null },
): string[] {
  const { together } = stage;
  if (!together) return [];
  const open = mayVote(together, participantsOf(county, thing, holdersOf), thing.votes);
  if (onBehalf) return open.filter((one) => one === onBehalf.of || holdersOf(one).includes(onBehalf.of));
  if (conflictsOf(county, actor.id, thing).length > 0) return [];
  if (together.each === 'person') return open.filter((one) => one === actor.id);
  if (together.each === 'handler')
    return open.filter((one) => actor.posts.some(({ organisation }) => organisation === one));
  return mustNot(county, actor.id, thing)
    ? []
    : open.filter((one) => holds(county, actor, one, thing) || fallsTo(county, actor, one, thing, instead));
}
