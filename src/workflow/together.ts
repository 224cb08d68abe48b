import type { Together } from '../county/county.ts';
import type { Vote } from '../model/thing.ts';

export type Outcome = 'open' | 'reached' | 'failed';

/** What several have come to so far. `participants` in their order. Pure. */
export function outcomeOf(rule: Together, participants: readonly string[], votes: readonly Vote[]): Outcome {
  const weight = (one: string) => rule.weights.get(one) ?? 1;
  const said = (is: Vote['is']) => votes.filter((vote) => vote.is === is && participants.includes(vote.of));
  const sum = (all: readonly { of: string }[]) => all.reduce((total, { of }) => total + weight(of), 0);
  const [yes, no] = [said('for'), said('against')];
  if (no.some(({ of }) => rule.veto.includes(of))) return 'failed';
  const silent = participants.filter((one) => !votes.some(({ of }) => of === one)).map((of) => ({ of }));
  const { need } = rule;
  if (need === 'any') return yes.length > 0 ? 'reached' : silent.length === 0 ? 'failed' : 'open';
  if (need === 'all' || need === 'in-order') {
    if (no.length > 0) return 'failed';
    return silent.length > 0 ? 'open' : yes.length > 0 ? 'reached' : 'failed';
  }
  if (typeof need === 'number')
    return yes.length >= need ? 'reached' : yes.length + silent.length < need ? 'failed' : 'open';
  // Who abstains is not counted; whole numbers, so that two thirds are two thirds.
  const counted = sum(participants.map((of) => ({ of }))) - sum(said('abstain'));
  const enough = (weights: number) => counted > 0 && weights * need.below >= counted * need.above;
  if (enough(sum(yes))) return 'reached';
  return enough(sum(yes) + sum(silent)) ? 'open' : 'failed';
}

/** Who may speak now: everybody who has not, or the next in order. */
export function mayVote(rule: Together, participants: readonly string[], votes: readonly Vote[]): string[] {
  const left = participants.filter((one) => !votes.some(({ of }) => of === one));
  return rule.need === 'in-order' ? left.slice(0, 1) : left;
}
