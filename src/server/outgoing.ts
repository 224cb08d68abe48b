import type { Instant } from '../model/date.ts';
import type { Store, Unsent } from '../store/port.ts';
import type { Scan } from './clamd.ts';
import type { Post } from './post.ts';
import type { Receiver } from './receivers.ts';
import { signedHeaders } from './webhook.ts';

export interface Outgoing {
  store: Store;
  now: () => Instant;
  post: Post;
  /** From 0 to 1, so that those who failed together do not all come again together. */
  chance: () => number;
  /** Looks files over that go from one committee to another on this service. */
  scan?: Scan;
  /** Hears how each attempt ended. */
  told?: (receiver: string, result: 'sent' | 'failed' | 'dead') => void;
}

const AT_ONCE = 20;
/** A claim outlasts the attempt it is for; whoever breaks off in between is followed by another after this. */
const CLAIM = 60_000;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 6 * 3_600_000;
/** Two days and a half or so after the first. */
const MOST_ATTEMPTS = 20;

/** Twice as long each time, give or take a half. */
export function waitAfter(attempts: number, chance: number): number {
  const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempts - 1));
  return Math.round(wait * (0.5 + chance));
}

/** Brings one message to its receiver; null once that has taken it, else in a word why it has not. */
export type Deliver = (unsent: Pick<Unsent, 'id' | 'body'>) => Promise<string | null>;

/** By a signed request. */
export const signedTo =
  (receiver: Receiver, { now, post }: Pick<Outgoing, 'now' | 'post'>): Deliver =>
  ({ id, body }) =>
    post(receiver, signedHeaders({ id, body, at: now() }, receiver.secrets), body);

/** Sends what is due to one receiver, each thing's oldest first; returns how many were tried. */
export async function sendDue(
  receiver: string,
  deliver: Deliver,
  outgoing: Omit<Outgoing, 'post'>,
): Promise<number> {
  const { store, now } = outgoing;
  const at = now();
  const claim = { now: at, until: later(at, CLAIM) };
  const claimed = await store.claimSends(receiver, AT_ONCE, claim);
  await Promise.all(claimed.map((unsent) => sendOne(receiver, deliver, unsent, claim.until, outgoing)));
  return claimed.length;
}

async function sendOne(
  receiver: string,
  deliver: Deliver,
  unsent: Unsent,
  claim: Instant,
  { store, now, chance, told }: Omit<Outgoing, 'post'>,
): Promise<void> {
  const { key, attempts: before } = unsent;
  const failure = await deliver(unsent);
  const attempts = before + 1;
  if (failure === null) await store.settleSend(key, claim, null);
  else
    await store.settleSend(key, claim, {
      attempts,
      failure,
      due: attempts >= MOST_ATTEMPTS ? null : later(now(), waitAfter(attempts, chance())),
    });
  told?.(receiver, failure === null ? 'sent' : attempts >= MOST_ATTEMPTS ? 'dead' : 'failed');
}

const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();
