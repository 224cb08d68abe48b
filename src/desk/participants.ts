import type { County, Stage, StageAction, Together } from '../county/county.ts';
import type { Actor, OnBehalf, Thing, Vote } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import { mayVote, outcomeOf, type Outcome, type Signer } from '../workflow/together.ts';
import { conflictsOf, fallsTo, holds, mustNot, type Vacancy } from './permission.ts';
import { stageOf, type Reader } from './view.ts';

/** Who holds which posts, and to which organisations they belong. */
export type Holders = Pick<Reader, 'holdersOf' | 'unitsOf'>;
/** A voice, and the people whose it is. */
export interface Participant extends Signer {
  people: readonly string[];
  /** Whether it is the post's, whoever acts by it. */
  byPost: boolean;
}

/** Whether an action is one by which several decide together at its stage. */
export function isVote({ together }: Stage, { verb }: StageAction): boolean {
  return together !== null && [together.action, 'oppose', 'abstain'].includes(verb);
}

export const voteOf = ({ together }: Stage, { verb }: StageAction): Vote['is'] =>
  verb === together?.action ? 'for' : verb === 'oppose' ? 'against' : 'abstain';

/**
 * Those who sign at a stage, in their order: posts, persons or organisations. A post that nobody who may sign holds
 * signs as the post, whatever there is one voice for, so that whoever acts in its place has it.
 */
export function participantsOf(county: County, thing: Thing, holders: Holders): Participant[] {
  const { together } = stageOf(county, thing);
  if (!together) return [];
  const may = (post: string) => mayHold(county, thing, post, holders);
  const behind = (of: string): Participant => {
    const whole = { of, posts: [of], people: may(of), byPost: together.each !== 'handler' };
    if (together.each === 'post' || together.each === 'handler') return whole;
    const people = [...new Set(together.of.flatMap(may))].filter(
      (person) => voiceOf(together, person, holders) === of,
    );
    const posts = together.of.filter((post) => may(post).some((person) => people.includes(person)));
    return posts.length > 0 ? { of, posts, people, byPost: false } : whole;
  };
  if (thing.signers) return thing.signers.map(behind);
  if (together.each === 'handler') return thing.handlers.map(behind);
  if (together.each === 'post') return together.of.map(behind);
  const voices = together.of.flatMap((post) => {
    const found = may(post).map((person) => voiceOf(together, person, holders));
    // What was said in a post's place stands, whoever comes to hold it afterwards.
    const said = thing.votes.some(({ of }) => of === post) && !found.includes(post);
    return found.length === 0 || said ? [post] : found;
  });
  return [...new Set(voices)].map(behind);
}

/** Who holds a post and may sign this thing by it. */
function mayHold(county: County, thing: Thing, post: string, { holdersOf, unitsOf }: Holders): string[] {
  const units = county.posts.get(post)?.scope === 'organisation';
  return holdersOf(post).filter(
    (person) =>
      !mustNot(county, person, thing) &&
      (!units || unitsOf(person).some((unit) => thing.handlers.includes(unit))),
  );
}

/** Who belongs to no organisation has a voice of their own. */
function voiceOf({ each }: Together, person: string, { unitsOf }: Holders): string {
  return each === 'organisation' ? (unitsOf(person)[0] ?? person) : person;
}

/** What several who decide together have come to, and the action that this makes: where it is open, the act's own. */
export function settledBy(
  county: County,
  thing: Thing,
  verb: Verb,
  holders: Holders,
): { outcome: Outcome; deciding: Verb } | null {
  const { together } = stageOf(county, thing);
  if (!together) return null;
  const outcome = outcomeOf(together, participantsOf(county, thing, holders), thing.votes);
  return {
    outcome,
    deciding: outcome === 'reached' ? together.action : outcome === 'failed' ? 'oppose' : verb,
  };
}

/** Whose voices the actor has at a stage and may raise now, their own first. */
export function voicesOf(
  county: County,
  actor: Actor,
  stage: Stage,
  thing: Thing,
  holders: Holders,
  { onBehalf = null, instead }: { onBehalf?: OnBehalf | null; instead: Vacancy | null },
): string[] {
  const { together } = stage;
  if (!together) return [];
  const open = mayVote(together, participantsOf(county, thing, holders), thing.votes);
  const ids = (all: readonly Participant[]) => all.map(({ of }) => of);
  if (onBehalf)
    return ids(open.filter(({ of, people }) => of === onBehalf.of || people.includes(onBehalf.of)));
  if (conflictsOf(county, actor.id, thing).length > 0) return [];
  if (together.each === 'handler')
    return ids(open.filter(({ of }) => actor.posts.some(({ organisation }) => organisation === of)));
  if (mustNot(county, actor.id, thing)) return [];
  const inPlace = { ...actor, posts: actor.posts.filter(({ deputyOf }) => deputyOf) };
  const acts = (post: string, by: Actor) =>
    holds(county, by, post, thing) || fallsTo(county, actor, post, thing, instead);
  const stands = (people: readonly string[], posts: readonly string[]) =>
    actor.posts.some(
      ({ post, proxyFor }) => proxyFor !== undefined && people.includes(proxyFor) && posts.includes(post),
    );
  const speaks = ({ byPost, people, posts }: Participant) =>
    byPost
      ? posts.some((post) => acts(post, actor))
      : people.includes(actor.id) || stands(people, posts) || posts.some((post) => acts(post, inPlace));
  const mine = open.filter(speaks);
  const own = mine.filter(({ people }) => people.includes(actor.id));
  return ids([...own, ...mine.filter((one) => !own.includes(one))]);
}
