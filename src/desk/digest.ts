import type { County, Post, Stage } from '../county/county.ts';
import { civilDate, civilMinute, localHour, type CivilMinute, type Instant } from '../model/date.ts';
import { DIGEST } from '../model/notice.ts';
import { MinqingError } from '../model/error.ts';
import type { Message, QueueQuery, Sending } from '../store/port.ts';
import { isWorkingDay } from '../workflow/calendar.ts';
import type { DeskContext } from './context.ts';
import { CLOCK } from './view.ts';

/** By the county's own clock; nobody is to be woken by it. */
const MORNING = 8;

/** What a system outside is told of a post's day, so that it can tell those who hold it. */
export interface ToldDigest {
  id: string;
  county: string;
  kind: typeof DIGEST;
  post: string;
  organisation: string | null;
  todo: number;
  overdue: number;
  /** By the ids of the directory. */
  to: string[];
  at: Instant;
}

/**
 * On the morning of each working day whoever acts by a post is told once how much waits for it, rather than of each
 * change; nobody where nothing waits. Once for all processes. Returns how many were told.
 */
export async function digest(context: DeskContext, now: Instant): Promise<number> {
  const { county, directory, reader, store, receivers = [] } = context;
  const today = civilDate(now, county.timeZone);
  if (!county.messages.has(DIGEST) || localHour(now, county.timeZone) < MORNING) return 0;
  if (directory.people.length === 0 || !isWorkingDay(today, county.closures)) return 0;
  const key = `${DIGEST}-${today}`;
  if (await store.key(county.id, CLOCK, key)) return 0;
  const clock = { id: CLOCK, county: county.id, name: '', kind: null, posts: [] };
  const posts = reader(clock, 'zh').postsOn(today);
  const messages: Message[] = [];
  const sends: Sending[] = [];
  for (const post of county.posts.values()) {
    if (post.scope === 'own') continue;
    const acting = posts.acting(post.id).filter(({ deputyOf }) => deputyOf === undefined);
    for (const organisation of new Set(acting.map((one) => one.organisation))) {
      const counts = await waitingFor(context, post, organisation, civilMinute(now, county.timeZone));
      if (counts.todo === 0) continue;
      const of = acting.filter((one) => one.organisation === organisation);
      const to = [...new Set(of.map(({ person }) => person))];
      const about = { county: county.id, kind: DIGEST, id: post.id };
      messages.push(...to.map((person) => ({ to: person, kind: DIGEST, about, at: now, counts })));
      const id = [county.id, DIGEST, today, post.id, ...(organisation === null ? [] : [organisation])].join(
        '.',
      );
      const told: ToldDigest = {
        id,
        county: county.id,
        kind: DIGEST,
        post: post.id,
        organisation,
        ...counts,
        to,
        at: now,
      };
      sends.push(...receivers.map((receiver) => ({ id, receiver, about, body: JSON.stringify(told) })));
    }
  }
  const result = { county: county.id, kind: DIGEST, id: today };
  try {
    await store.commit({
      steps: [],
      scores: [],
      timers: [],
      messages,
      sends,
      key: { county: county.id, actor: CLOCK, key, request: today, result, at: now },
    });
  } catch (error) {
    // Another process was faster.
    if (error instanceof MinqingError && error.code === 'key-taken') return 0;
    throw error;
  }
  return messages.length;
}

/** How much stands where a post acts, and how much of it is late. */
async function waitingFor(
  { counties, county, kinds, store }: DeskContext,
  { id, scope }: Post,
  organisation: string | null,
  clock: CivilMinute,
): Promise<{ todo: number; overdue: number }> {
  const counts = { todo: 0, overdue: 0 };
  if (scope === 'organisation' && organisation === null) return counts;
  for (const kind of kinds) {
    const stages = counties.flatMap((one) =>
      stagesOf(one, kind).filter((stage) => waits(stage) && stage.by.includes(id)),
    );
    if (stages.length === 0) continue;
    const waiting: QueueQuery = {
      county: county.id,
      kind,
      stages: [...new Set(stages.map((stage) => stage.id))],
      ...(scope === 'organisation' && organisation !== null ? { handlers: [organisation] } : {}),
      order: 'due',
      after: null,
      limit: 1,
    };
    counts.todo += (await store.queue(waiting)).total;
    counts.overdue += (await store.queue({ ...waiting, dueBefore: clock })).total;
  }
  return counts;
}

const stagesOf = ({ flows }: County, kind: string): Stage[] => [...(flows.get(kind)?.stages.values() ?? [])];

/** Where somebody is to act: not at an end, nor where a thing only stays open for what may still come. */
export function waits(stage: Stage): boolean {
  return stage.kind !== 'end' && !(stage.kind === 'follow-up' && stage.due === null);
}
