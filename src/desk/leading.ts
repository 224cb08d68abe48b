import { EARLIER, type County, type StageAction } from '../county/county.ts';
import { say, type Language } from '../model/text.ts';
import type { Actor, Thing, Vote } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import { becauseOf } from '../rules/sentence.ts';
import { nextStage, skippedBy } from '../workflow/machine.ts';
import type { Outcome } from '../workflow/together.ts';
import { arrival } from './arrival.ts';
import { notOffered, type Asked } from './asked.ts';
import { apply, moveFrom } from './change.ts';
import { changedDecisions, decisionsOf, type Around } from './decisions.ts';
import type { Act, Effect } from './effect.ts';
import { DeskError } from './error.ts';
import { settledBy, voteOf, type Holders } from './participants.ts';
import { proposalOf } from './offering.ts';
import { stageOf } from './view.ts';

/** A voice where several decide together, what they come to by it, and the action that this makes. */
export interface Voted {
  votes: Vote[];
  outcome: Outcome;
  deciding: Verb;
}

/** One more voice, where several decide together. */
export function voteBy(
  county: County,
  action: StageAction,
  thing: Thing,
  actor: Actor,
  voices: readonly string[],
  holders: Holders,
): Voted | null {
  const stage = stageOf(county, thing);
  const [of] = voices;
  if (!stage.together || of === undefined) return null;
  const votes: Vote[] = [...thing.votes, { of, is: voteOf(stage, action), by: actor.id }];
  const settled = settledBy(county, { ...thing, votes }, action.verb, holders);
  return settled && { votes, ...settled };
}

/** What the rules say of the thing as the act leaves it, and where its flow leads it then: the change is completed by both. */
export async function leading(
  { its, action, eyes, whyNot }: Asked,
  { thing, actor, fields, on }: Act,
  { change, opened, along, erases }: Effect,
  { vote, around, now }: { vote: Voted | null; around: Around; now: string },
): Promise<void> {
  const preview = apply(thing, change, now);
  change.decisions = changedDecisions(thing, await decisionsOf(its, preview, around));
  const decided = { ...preview, decisions: { ...thing.decisions, ...change.decisions } };
  heed(its, decided, action, whyNot);
  const flow = its.flows.get(thing.kind);
  const chosen = fields['stage'];
  const earlier = action.to.some(({ to }) => to === EARLIER);
  const goal = typeof chosen === 'string' ? chosen : (thing.path.at(-1) ?? null);
  if (earlier && (goal === null || !thing.path.includes(goal))) throw notOffered(action.verb, thing);
  const { decisions, back, resume } = decided;
  const fewer = action.verb === 'remove-signer' ? { ...thing, signers: change.signers ?? null } : null;
  const settled = vote ?? (fewer && settledBy(its, fewer, action.verb, eyes));
  const moving = { decisions, back, resume, ...(settled ? { outcome: settled.outcome } : { goal }) };
  const deciding = settled?.deciding ?? action.verb;
  const stage = flow
    ? (nextStage(flow, thing.stage, deciding, moving) ?? (settled ? thing.stage : null))
    : null;
  if (stage === null) throw notOffered(action.verb, thing);
  if (stage === thing.stage) return;
  Object.assign(change, arrival(its, thing, stage, on, change));
  const skips = skippedBy(stageOf(its, thing).actions.get(deciding), stage, decided);
  if (action.resumes) change.resume = { at: stage, to: thing.stage };
  if (skips.length > 0) change.skipped = [...thing.skipped, ...skips];
  // What made or took along something else is not taken back by its way alone.
  if (!opened && !along && !erases && action.verb !== 'take-back') change.lastMove = moveFrom(thing, actor);
}

/** The proposed action was not taken: why not must be said. */
function heed(its: County, thing: Thing, action: StageAction, whyNot: string | null): void {
  if (action.instead === null || whyNot !== null) return;
  const proposed = stageOf(its, thing).actions.get(action.instead);
  const decision = proposalOf(thing, proposed);
  if (!decision || !proposed) return;
  const because = (language: Language) =>
    decision.reasons
      .filter((reason) => reason.met)
      .map((reason) => becauseOf(reason, its.vocabulary(thing.kind), language))
      .join(language === 'en' ? '; ' : ';');
  throw new DeskError('invalid-input', { zh: '规则另有建议。', en: 'The rules propose otherwise.' }, [
    {
      field: 'whyNot',
      saying: {
        zh: `规则建议“${say(proposed.label, 'zh')}”(${because('zh')})。不采纳请写明理由。`,
        en: `The rules propose "${say(proposed.label, 'en')}" (${because('en')}). Say why not.`,
      },
    },
  ]);
}
