import type { Together } from '../county/county.ts';
import type { Vote } from '../model/thing.ts';

export type Outcome = 'open' | 'reached' | 'failed';

/** One voice, and the posts that it is for: what it weighs, and whether its no decides, goes by them. */
export interface Signer {
  /** A post, a person or an organisation. */
  of: string;
  posts: readonly string[];
}

/** What several have come to so far. `signers` in their order. Pure. */
export function outcomeOf(rule: Together, signers: readonly Signer[], votes: readonly Vote[]): Outcome {
  const has = (is: Vote['is'] | null) =>
    signers.filter(({ of }) => (votes.find((vote) => vote.of === of)?.is ?? null) === is);
  const decides = ({ posts }: Signer) => posts.some((post) => rule.veto.includes(post));
  const [yes, no, silent] = [has('for'), has('against'), has(null)];
  if (no.some(decides)) return 'failed';
  const come = counted(rule, { yes, no, silent, abstained: has('abstain') });
  // Whose no decides is heard before anything goes on.
  return come === 'reached' && silent.some(decides) ? 'open' : come;
}

function counted(
  { need, weights }: Together,
  { yes, no, silent, abstained }: Record<'yes' | 'no' | 'silent' | 'abstained', readonly Signer[]>,
): Outcome {
  if (need === 'any') return yes.length > 0 ? 'reached' : silent.length === 0 ? 'failed' : 'open';
  if (need === 'all' || need === 'in-order') {
    if (no.length > 0) return 'failed';
    return silent.length > 0 ? 'open' : yes.length > 0 ? 'reached' : 'failed';
  }
  if (typeof need === 'number') {
    // More than there are cannot agree: then all of them do.
    const enough = Math.min(need, yes.length + no.length + silent.length + abstained.length);
    if (yes.length > 0 && yes.length >= enough) return 'reached';
    return yes.length + silent.length < Math.max(enough, 1) ? 'failed' : 'open';
  }
  const weight = ({ posts }: Signer) => Math.max(...posts.map((post) => weights.get(post) ?? 1), 1);
  const sum = (all: readonly Signer[]) => all.reduce((total, one) => total + weight(one), 0);
  // Who abstains is not counted; whole numbers, so that two thirds are two thirds.
  const all = sum(yes) + sum(no) + sum(silent);
  const enough = (weights: number) => all > 0 && weights * need.below >= all * need.above;
  if (enough(sum(yes))) return 'reached';
  return enough(sum(yes) + sum(silent)) ? 'open' : 'failed';
}

/** Who may speak now: everybody who has not, or the next in order. */
export function mayVote<One extends Pick<Signer, 'of'>>(
  rule: Together,
  signers: readonly One[],
  votes: readonly Vote[],
): One[] {
  const left = signers.filter((one) => !votes.some(({ of }) => of === one.of));
  return rule.need === 'in-order' ? left.slice(0, 1) : left;
}
