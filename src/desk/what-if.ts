import type { County } from '../county/county.ts';
import { civilDate, type CivilDate, type Instant } from '../model/date.ts';
import type { Text } from '../model/text.ts';
import type { Actor, ThingKind } from '../model/thing.ts';
import type { Counted, ReplayedThing, WhatIf } from '../model/what-if.ts';
import type { DeskContext } from './context.ts';
import { postsOn, type Posts } from './posts.ts';
import { withPeople } from './relations.ts';
import { replayUnder, type Replayed } from './replay-under.ts';
import { rulesOf, type ReplayParts } from './taken-anew.ts';

export interface WhatIfRequest {
  /** The rules to replay by. */
  next: County;
  /** Things that began in these days. */
  from: CivilDate;
  to: CivilDate;
  now: Instant;
  /** A person as a county's posts had them at an instant; null where the directory does not know them. */
  actorAt: (county: County, id: string, at: Instant) => Actor | null;
}

/**
 * The things that began in a period, each with its log replayed under other rules: one after the other, so that a
 * year of any size fits. Reads alone.
 */
export async function whatIf(context: DeskContext, request: WhatIfRequest): Promise<WhatIf> {
  const { county, countyOf, directory, people, store, reader } = context;
  const { from, to, now, actorAt } = request;
  const next = withPeople(request.next, directory, () => true);
  const kindOf = (id: string) => people.get(id)?.kind ?? null;
  const nobody: Actor = { id: '', county: county.id, name: '', kind: null, posts: [] };
  const parts: ReplayParts = {
    next,
    countyOf,
    actorAt,
    holders: reader(nobody, 'zh'),
    postsOn: onceADay((day) => postsOn(next, directory, day)),
    kindOf,
    today: civilDate(now, county.timeZone),
  };
  const found: WhatIf = {
    county: county.id,
    from,
    to,
    things: 0,
    whole: 0,
    otherwise: [],
    posts: [],
    stages: [],
    waiting: [],
    missed: [],
    asked: [],
  };
  const sums = sumsOf(next, county);
  for (const kind of context.kinds) {
    const rules = rulesOf(next, kind, kindOf);
    for await (const { thing } of store.all(county.id, kind)) {
      const log = await store.log(thing);
      const began = civilDate(log[0]?.entry.at ?? thing.since, county.timeZone);
      const replayed = began < from || began > to ? null : replayUnder(log, parts, rules);
      if (!replayed) continue;
      found.things += 1;
      if (!replayed.stopped) found.whole += 1;
      sums.add(replayed);
      if (isOtherwise(replayed)) {
        const { posts: _posts, came: _came, asked: _asked, state: _state, ...told } = replayed;
        found.otherwise.push(told);
      }
    }
  }
  return { ...found, ...sums.all() };
}

/** Reckoned once for each day: a year's logs have few. */
function onceADay(reckon: (day: CivilDate) => Posts): (day: CivilDate) => Posts {
  const days = new Map<CivilDate, Posts>();
  return (day) => {
    const posts = days.get(day) ?? reckon(day);
    days.set(day, posts);
    return posts;
  };
}

function isOtherwise({ apart, stopped, end, missed }: ReplayedThing): boolean {
  const dates = (side: 'was' | 'now') => missed[side].map(({ stage, due }) => `${stage.id} ${due}`).join();
  return apart !== null || stopped !== null || end.was.id !== end.now.id || dates('was') !== dates('now');
}

/** Counts by name, on both sides. */
function sumsOf(next: County, county: County) {
  const counties = [next, county];
  const posts = new Map<string, Counted>();
  const stages = new Map<string, Counted>();
  const waiting = new Map<string, Counted>();
  const missed = new Map<string, Counted>();
  const asked = new Map<string, WhatIf['asked'][number]>();
  const postName = (id: string): Text => counties.find((one) => one.posts.has(id))?.posts.get(id)?.name ?? id;
  const stageName = (kind: ThingKind, id: string): Text =>
    counties.flatMap((one) => one.flows.get(kind)?.stages.get(id) ?? [])[0]?.label ?? id;
  const count = (
    in_: Map<string, Counted>,
    side: 'was' | 'now',
    { kind, id, label }: Pick<Counted, 'kind' | 'id' | 'label'>,
  ) => {
    const key = `${kind ?? ''} ${id}`;
    const counted = in_.get(key) ?? { kind, id, label, was: 0, now: 0 };
    counted[side] += 1;
    in_.set(key, counted);
  };
  const sides = ['was', 'now'] as const;
  return {
    add({ kind, stopped, posts: acting, came, missed: over, asked: forms }: Replayed): void {
      const by = (stopped && next.flows.get(kind)?.stages.get(stopped.at.id)?.by) ?? [];
      for (const post of by) count(waiting, 'now', { kind: null, id: post, label: postName(post) });
      for (const side of sides) {
        for (const post of acting[side]) count(posts, side, { kind: null, id: post, label: postName(post) });
        for (const stage of came[side])
          count(stages, side, { kind, id: stage, label: stageName(kind, stage) });
        for (const { stage } of over[side]) count(missed, side, { kind, ...stage });
      }
      for (const { action, field } of forms) {
        const key = `${kind} ${action.verb} ${field.id}`;
        const known = asked.get(key) ?? { kind, action: action.label, field: field.label, times: 0 };
        known.times += 1;
        asked.set(key, known);
      }
    },
    all: () => ({
      posts: [...posts.values()],
      stages: [...stages.values()],
      waiting: [...waiting.values()],
      missed: [...missed.values()],
      asked: [...asked.values()],
    }),
  };
}
