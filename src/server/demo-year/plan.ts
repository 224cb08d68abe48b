import { diceOf, type Dice } from './dice.ts';
import type { DemoPlace, DemoStory, DemoSubject } from './story.ts';

/** Most reports end quietly; this says at which gate. */
export type Fate = 'usual' | 'not-used' | 'merged' | 'withdrawn' | 'reserved' | 'declined';

export interface Plan {
  subject: DemoSubject;
  place: DemoPlace;
  /** The first writes it. */
  authors: string[];
  /** Other than the platform: the office enters it for its author. */
  channel: string;
  fate: Fate;
  /** Comes back to its author once. */
  returned: boolean;
  /** The stage that it, its piece or its handling stands at today; null for what has run its course. */
  until: string | null;
  dice: Dice;
}

/**
 * What waits for each role today, and how many working days ago it was sent in. What is older than its stage's due time
 * is overdue: one or two of each, as in any office.
 */
export const underWay: readonly (readonly [until: string, ago: number])[] = [
  ...[0, 0, 1, 1, 2, 2, 7].map((ago) => ['initial-check', ago] as const),
  ...[4, 9].map((ago) => ['revision', ago] as const),
  ...[1, 2, 3, 3, 8].map((ago) => ['second-review', ago] as const),
  ...[4, 5, 13].map((ago) => ['opinion', ago] as const),
  ...[2, 3, 3].map((ago) => ['sign-off', ago] as const),
  ...[4, 5].map((ago) => ['chairman', ago] as const),
  ...[4, 5, 6, 7, 15].map((ago) => ['to-compile', ago] as const),
  ['drafting', 5],
  ['proofreading', 5],
  ['issuing', 6],
  ['dispatching', 6],
  ...[2, 9].map((ago) => ['assigned', ago] as const),
  ...[8, 12, 34].map((ago) => ['working', ago] as const),
  ['checking', 12],
  ['satisfaction', 16],
  ['done', 24],
];
const townStages = new Set(['assigned', 'working', 'checking', 'satisfaction', 'done']);

/** Nobody writes nothing; some write often, some hardly ever: the square makes the first of the list the busier ones. */
export function authorOf(authors: readonly string[], number: number, of: number): string {
  const turn = Math.max(1, Math.floor(of / Math.max(1, authors.length)));
  const place =
    number % turn === 0
      ? ((number / turn) * 7) % authors.length
      : Math.floor((((number * 37) % 100) ** 2 / 10_000) * authors.length);
  return authors[place] ?? '';
}

export function planOf(
  story: DemoStory,
  authors: readonly string[],
  number: number,
  until: string | null,
  told: Set<string>,
): Plan | null {
  const dice = diceOf(number);
  const first = authorOf(authors, number, story.reports);
  const { subject, place } = matterOf(story, number, until, told);
  if (!subject || !place) return null;
  const joint = number % 19 === 5 ? [1, 2].slice(0, 1 + dice(2)) : [];
  const others = joint.map((step) => authors[(authors.indexOf(first) + step * 15) % authors.length] ?? first);
  const channels: Record<number, string> = { 3: 'paper', 7: 'telephone', 11: 'wechat', 14: 'visit' };
  return {
    subject,
    place,
    authors: [...new Set([first, ...others])],
    channel: channels[number % 17] ?? 'platform',
    fate: until === null ? fateOf(dice(100)) : 'usual',
    returned: until === 'revision' || (until === null && dice(10) === 0),
    until,
    dice,
  };
}

/**
 * Every subject in turn, each time of another place: nothing is told twice while there is something left. What is to
 * stand somewhere today is of a kind that gets there.
 */
function matterOf({ subjects, places }: DemoStory, number: number, until: string | null, told: Set<string>) {
  const weighs = weightFor(until);
  const fitting = until === null ? subjects : subjects.filter((subject) => subject.weighs === weighs);
  const near = weighs === 'town' ? places.filter(({ town }) => town !== undefined) : places;
  const all = fitting.length * near.length;
  for (let tried = 0; tried < all; tried += 1) {
    const at = (number * 7 + tried) % fitting.length;
    const round = Math.floor(number / fitting.length) * 3 + Math.floor(tried / fitting.length);
    const [subject, place] = [fitting[at], near[(at + round) % near.length]];
    if (!subject || !place || (told.has(subject.matter + place.name) && tried < all - 1)) continue;
    told.add(subject.matter + place.name);
    return { subject, place };
  }
  return { subject: undefined, place: undefined };
}

/** What a report must be about to get to a stage. */
function weightFor(until: string | null): DemoSubject['weighs'] {
  if (until === 'opinion') return 'policy';
  if (until === 'chairman') return 'politics';
  return until !== null && townStages.has(until) ? 'town' : undefined;
}

function fateOf(thrown: number): Fate {
  if (thrown < 15) return 'not-used';
  if (thrown < 20) return 'merged';
  if (thrown < 22) return 'withdrawn';
  if (thrown < 37) return 'reserved';
  return thrown < 46 ? 'declined' : 'usual';
}

/** The working days until the next hand takes it up: as it comes, and the next day for what must stand somewhere today. */
export function pace({ until, dice }: Pick<Plan, 'until' | 'dice'>, most: number): number {
  return until === null ? 1 + dice(most) : 1;
}
