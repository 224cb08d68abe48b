import { ANY, BACK, type County, type Stage, type StageAction } from '../../src/county/county.ts';
import { authorsOf, isOwnDraft } from '../../src/desk/permission.ts';
import { jumpsTo, returners } from '../../src/workflow/machine.ts';
import { jointlyAsked, type Thing, type ThingKind, type ThingRef } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { Verb } from '../../src/model/verb.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { officeOf, walkIn } from './walking.ts';

/** An action at a stage, as one of the posts that it names takes it. */
export interface Pair {
  kind: ThingKind;
  stage: string;
  verb: Verb;
  post: string;
}
const nameOf = ({ kind, stage, verb, post }: Pair) => `${kind} ${stage} ${verb} ${post}`;

/** One act of the way to a stage; `opens` where it goes on with what the act opens. */
interface Leg {
  who: string;
  verb: Verb;
  pick: number;
  opens: ThingKind | null;
}
interface Place {
  kind: ThingKind;
  stage: string;
  /** From nothing to a thing that stands there. */
  way: Leg[];
  /** What it begins as. */
  begins: ThingKind;
  back: string | null;
}

/** Acts of whoever was named in one before. */
const named: ReadonlySet<string> = new Set(['advise', 'read', 'hand-back']);
/** Acts of whoever is asked to be an author too. */
const asked: ReadonlySet<string> = new Set(['co-sign', 'stay-out']);
/** What is done next by whoever was named. */
const answers: Partial<Record<Verb, Verb[]>> = {
  delegate: ['hand-back'],
  inquire: ['advise', 'read'],
};
/** After it somebody can no longer act there, though it has not moved. */
const spoils: ReadonlySet<string> = new Set(['recuse', 'delegate', 'transfer', 'purge']);
/** A report that another goes into. */
const another: readonly Leg[] = [{ who: 'other', verb: 'submit', pick: 0, opens: null }];
/** How often a form is filled in otherwise before an action is given up. */
const PICKS = 6;

/** What opens another thing, or goes into one, stands. */
const stands: ReadonlySet<string> = new Set([
  'compile',
  'pass-on',
  'assign',
  'write-up',
  'join',
  'merge',
  'purge',
]);

/** Why a pair can never be; null where it must be. The whole list of what the tour leaves out. */
export function whyNever(county: County, { kind, stage: id, verb, post }: Pair): string | null {
  const flow = county.flows.get(kind);
  const stage = flow?.stages.get(id);
  const action = stage?.actions.get(verb);
  if (!flow || !stage || !action) return 'there is no such thing';
  const own = [...stage.actions.values()].filter(({ everywhere }) => !everywhere);
  const tasks = (of: string) => own.some(({ by, to }) => to.length > 0 && by.includes(of));
  if (action.everywhere && isOwnDraft(county, { kind, stage: id }))
    return 'nobody but its author sees a draft';
  if (action.everywhere && id === flow.start && own.every(({ to }) => to.length > 0))
    return 'nothing stands there: what opens a thing moves it on';
  if (verb === 'delegate' && !tasks(post)) return 'nobody of this post has a task there';
  if (verb === 'hand-back' && !stage.actions.get('delegate')?.by.some(tasks))
    return 'nobody who has a task there may have it done';
  const brings = (from: Stage) =>
    [...from.actions.values()].some(
      ({ verb: one, by, to, everywhere }) =>
        by.includes(post) &&
        !stands.has(one) &&
        !(everywhere && isOwnDraft(county, { kind, stage: from.id })) &&
        to.some(({ to: goal }) =>
          goal === BACK
            ? returners(flow, from.id).includes(id)
            : goal === ANY
              ? jumpsTo(flow, from.id).includes(id)
              : goal === id,
        ),
    );
  if (verb === 'take-back' && ![...flow.stages.values()].some((from) => from.id !== id && brings(from)))
    return 'nobody of this post brings anything there';
  return null;
}

/**
 * Leads things along the shortest ways to every stage of every flow, and there has everybody whom the config names
 * take every action that is offered, each on a thing of its own where it moves. The pairs that it came to, of all.
 */
export async function tourOf(name: string) {
  const store = memoryStore();
  // Nothing falls due on the way.
  const office = { ...(await officeOf(name, [store])), tick: () => undefined };
  const walk = walkIn(office);
  const { county } = office;
  const visited = new Set<string>();
  const all = [...county.flows.values()].flatMap((flow) =>
    [...flow.stages.values()].flatMap(({ id: stage, actions }) =>
      [...actions.values()].flatMap(({ verb, by }) =>
        by.map((post): Pair => ({ kind: flow.kind, stage, verb, post })),
      ),
    ),
  );
  const due = all.filter((pair) => whyNever(county, pair) === null);
  const left = (kind: ThingKind, stage: string) =>
    due.filter((pair) => pair.kind === kind && pair.stage === stage && !visited.has(nameOf(pair)));

  const actionOf = ({ kind, stage, verb }: Omit<Pair, 'post'>): StageAction | undefined =>
    county.flows.get(kind)?.stages.get(stage)?.actions.get(verb);
  const thingOf = async (ref: ThingRef): Promise<Thing> => {
    const found = await store.read(ref);
    if (!found) throw new Error(ref.id);
    return found.thing;
  };

  /** Who would take it: those of the post, for this thing. */
  async function takers({ verb, post }: Pair, ref: ThingRef | null): Promise<string[]> {
    const thing = ref && (await thingOf(ref));
    if (asked.has(verb)) return thing ? jointlyAsked(thing) : [];
    if (named.has(verb)) return thing?.readers.slice(-1) ?? [];
    const scope = county.posts.get(post)?.scope;
    if (scope === 'own') return thing ? authorsOf(thing) : ['member'];
    if (scope === 'organisation')
      return office.directory.people.flatMap(({ id, posts = [] }) =>
        posts.some((held) => held.post === post && thing?.handlers.includes(held.organisation ?? ''))
          ? [id]
          : [],
      );
    return [post];
  }

  /** Has one person take an action, its form filled in otherwise until it is taken; what came of it. */
  async function take(kind: ThingKind, ref: ThingRef | null, who: string, verb: Verb, first = 0) {
    const on = ref === null ? null : walk.things.findLastIndex(({ id }) => id === ref.id);
    const offer = await walk.offer(who, on, kind);
    const action = offer.actions.find((one) => one.action === verb);
    if (!action) return null;
    const along = action.takes === 'report' ? await begun('report', another) : null;
    // Each period has one bulletin: another is looked for among many.
    const tries = action.fields.length === 0 ? 1 : verb === 'count' ? 12 * PICKS : PICKS;
    for (let pick = first; pick < first + tries; pick += 1) {
      const view = await walk.attempt(offer, action, pick, along);
      if (view) return { view, pick };
    }
    return null;
  }

  const refOf = ({ county: of, kind, id }: ThingRef): ThingRef => ({ county: of, kind, id });
  const openedBy = (view: ThingView, kind: ThingKind): ThingRef | null => {
    const link = view.links.findLast((one) => one.kind === kind);
    return link ? { county: county.id, kind, id: link.id } : null;
  };

  /** A new thing led along a way; `turn` fills in its forms otherwise. Null where it does not come so far. */
  async function begun(begins: ThingKind, way: readonly Leg[], turn = 0): Promise<ThingRef | null> {
    let ref: ThingRef | null = null;
    for (const { who, verb, pick, opens } of way) {
      const kind: ThingKind = ref?.kind ?? begins;
      const done = await take(kind, ref, who, verb, pick + turn);
      if (!done) return null;
      ref = opens === null ? refOf(done.view) : openedBy(done.view, opens);
      if (ref === null) return null;
    }
    return ref;
  }

  const places = new Map<string, Place>();
  /** Whose it is, by what it was decided on the way, and where it goes back to: that is what some actions ask for. */
  const found = (place: Omit<Place, 'back'>, thing: Thing | null) => {
    const decided = Object.values(thing?.decisions ?? {}).flatMap(({ rule, fired }) => (fired ? [rule] : []));
    const back = thing?.back ?? null;
    const whose = thing ? (thing.authors.length === 0 ? 'nobody' : '') : 'new';
    const key = [place.kind, place.stage, whose, back, ...decided.sort()].join(' ');
    if (!places.has(key)) places.set(key, { ...place, back });
  };
  for (const kind of walk.opening)
    found({ kind, stage: county.flows.get(kind)?.start ?? '', way: [], begins: kind }, null);

  /** Keeps what an act came to: where the thing stands now, what it opened, and that it can be taken back. */
  async function came(place: Place, before: Thing | null, leg: Omit<Leg, 'opens'>, view: ThingView) {
    const { begins, way } = place;
    found(
      { kind: view.kind, stage: view.stage.id, begins, way: [...way, { ...leg, opens: null }] },
      await thingOf(view),
    );
    for (const link of view.links) {
      if (before?.links.some(({ id }) => id === link.id)) continue;
      const opened = await thingOf({ county: county.id, kind: link.kind, id: link.id });
      found(
        { kind: link.kind, stage: opened.stage, begins, way: [...way, { ...leg, opens: link.kind }] },
        opened,
      );
    }
    for (const verb of answers[leg.verb] ?? []) {
      const [who] = await takers(
        { kind: view.kind, stage: view.stage.id, verb, post: 'author' },
        refOf(view),
      );
      const answer: Pair = { kind: view.kind, stage: view.stage.id, verb, post: 'author' };
      if (
        who !== undefined &&
        !visited.has(nameOf(answer)) &&
        (await take(view.kind, refOf(view), who, verb))
      )
        visited.add(nameOf(answer));
    }
    if (view.stage.id === (before?.stage ?? place.stage)) return;
    const stage = view.stage.id;
    const post = office.directory.people.find(({ id }) => id === leg.who)?.posts?.[0]?.post ?? 'author';
    const pair: Pair = { kind: view.kind, stage, verb: 'take-back', post };
    if (visited.has(nameOf(pair)) || !actionOf(pair)?.by.includes(post)) return;
    if (await take(view.kind, refOf(view), leg.who, 'take-back')) visited.add(nameOf(pair));
  }

  /** Has everything taken at a place that was not yet, and what may lead to where something is left. */
  async function visit(place: Place): Promise<void> {
    const { kind, stage, way, begins } = place;
    let ref: ThingRef | null = null;
    let fresh = false;
    const renew = async (): Promise<boolean> => {
      if (fresh) return true;
      ref = way.length === 0 ? null : await begun(begins, way);
      return (fresh = way.length === 0 || (ref !== null && (await thingOf(ref)).stage === stage));
    };
    const goalsOf = (pair: Pair) => actionOf(pair)?.to.map(({ to }) => to) ?? [];
    const goes = (pair: Pair) => goalsOf(pair).length > 0 || spoils.has(pair.verb);
    const here = due.filter(
      (pair) => pair.kind === kind && pair.stage === stage && pair.verb !== 'take-back',
    );
    const worth = (pair: Pair): boolean =>
      !visited.has(nameOf(pair)) ||
      goalsOf(pair).some((to) =>
        left(kind, to === BACK ? (place.back ?? '') : to).some(
          ({ verb, post }) => verb !== 'take-back' || post === pair.post,
        ),
      );
    for (const pair of [...here.filter((one) => !goes(one)), ...here.filter(goes)]) {
      if (!worth(pair)) continue;
      const goals = goalsOf(pair);
      // Where the form decides where it leads, every answer.
      const turns = goals.length > 1 || (goals.includes(ANY) && !jumped.has(pair.post)) ? PICKS * 2 : 1;
      if (goals.includes(ANY)) jumped.add(pair.post);
      for (let turn = 0; turn < turns; turn += 1) {
        if (!(await renew())) return;
        const before: Thing | null = ref && (await thingOf(ref));
        for (const who of await takers(pair, ref)) {
          const done = await take(kind, ref, who, pair.verb, turn);
          if (!done) continue;
          visited.add(nameOf(pair));
          await came(place, before, { who, verb: pair.verb, pick: done.pick }, done.view);
          if (ref === null || spoils.has(pair.verb) || (await thingOf(ref)).stage !== stage) fresh = false;
          break;
        }
      }
    }
    // What is said there may be what makes another offered.
    const own = [...(county.flows.get(kind)?.stages.get(stage)?.actions.values() ?? [])].filter(
      ({ to, form, verb }) => to.length === 0 && form !== null && !spoils.has(verb),
    );
    for (const pair of here)
      for (const { verb, by } of actionOf(pair)?.if == null ? [] : own)
        for (let turn = 0; turn < 3 && !visited.has(nameOf(pair)); turn += 1) {
          fresh = false;
          if (!(await renew()) || ref === null || by[0] === undefined) return;
          const [who] = await takers({ kind, stage, verb, post: by[0] }, ref);
          if (who === undefined || !(await take(kind, ref, who, verb, turn))) continue;
          for (const one of await takers(pair, ref))
            if (await take(kind, ref, one, pair.verb)) visited.add(nameOf(pair));
        }
  }
  const jumped = new Set<string>();

  const done = new Set<string>();
  for (let more = true; more;) {
    more = false;
    for (const [key, place] of [...places])
      if (!done.has(key)) {
        done.add(key);
        more = true;
        await visit(place);
      }
  }
  return { missed: due.filter((pair) => !visited.has(nameOf(pair))).map(nameOf), due, all };
}
