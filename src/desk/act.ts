import type { Instant } from '../model/date.ts';
import { refName, type Actor, type Decision, type Link, type Thing, type ThingRef } from '../model/thing.ts';
import type { Commit, IdempotencyKey, Step } from '../store/port.ts';
import { nextStage } from '../workflow/machine.ts';
import { arrival } from './arrival.ts';
import { askedOf, type Asked } from './asked.ts';
import { attachedIn } from './attached.ts';
import { automaticAt } from './automatic.ts';
import { apply, blankThing, moveFrom, type Change } from './change.ts';
import { circumstancesOf, newId } from './circumstances.ts';
import type { DeskContext } from './context.ts';
import { changedDecisions, decisionsOf, type Around } from './decisions.ts';
import type { Act, Along, Effect, Opened } from './effect.ts';
import { effects } from './effects.ts';
import { keep } from './keep.ts';
import { leading, voteBy, type Voted } from './leading.ts';
import { lettersOf } from './letters.ts';
import { messagesOf } from './messages.ts';
import { stepsOver } from './migrate.ts';
import { sendingsOf } from './outgoing.ts';
import { isVote, voicesOf } from './participants.ts';
import { conflictsOf, standInFor, type Vacancy } from './permission.ts';
import { vacancy } from './posts.ts';
import { derivedPurged } from './purged.ts';
import { countedBy } from './records.ts';
import type { ActRequest } from './request.ts';
import { GENESIS } from './seal.ts';
import { makeStep, timersOf, type Signed } from './steps.ts';
import { decidedOn, otherEnds, ownEnd, type Tied } from './ties.ts';
import { filesOf, stageOf } from './view.ts';

/**
 * How an act becomes steps: what was asked (`asked.ts`), what it does (`effects.ts`), what the rules say and where it
 * leads (`leading.ts`), the steps; and how steps are kept, all or none.
 */
export function actingOf(
  context: DeskContext,
  { follow, similarTo }: { follow: (steps: readonly Step[]) => void; similarTo: Around['similarTo'] },
) {
  const { county, store, newSalt, countyOf, people, free } = context;
  const kindOf = (id: string) => people.get(id)?.kind ?? null;

  /**
   * The steps of one act, the acted-on thing's first. `prepared` are steps of acts before it that are to be kept
   * together with it.
   */
  async function prepare(
    request: ActRequest,
    prepared: ReadonlyMap<string, Step> = new Map(),
  ): Promise<[Step, ...Step[]]> {
    const asked = await askedOf(context, request, prepared);
    const act = await circumstancesOf(context, request, asked);
    const instead = asked.opened
      ? null
      : vacancy(asked.its, asked.eyes.postsOn(asked.today), stageOf(asked.its, act.thing), act.thing);
    const vote = votedBy(asked, act.thing, request.actor, instead);
    const effect = await effectOf(asked, act, vote);
    const around: Around = { kindOf, today: asked.today, similarTo };
    await leading(asked, act, effect, { vote, around, now: request.now });
    return stepsOf(request, asked, act, effect, { instead, around, prepared });
  }

  function votedBy(
    { its, action, eyes, onBehalf }: Asked,
    thing: Thing,
    actor: Actor,
    instead: Vacancy | null,
  ): Voted | null {
    const stage = stageOf(its, thing);
    if (!isVote(stage, action)) return null;
    const voices = voicesOf(its, actor, stage, thing, eyes, { onBehalf, instead });
    return voteBy(its, action, thing, actor, voices, eyes);
  }

  /** What the verb does, with what comes with every act; a vote that settles nothing keeps its form and no more. */
  async function effectOf(
    { opened, action, files, whyNot, tied }: Asked,
    act: Act,
    vote: Voted | null,
  ): Promise<Effect> {
    const effect: Effect =
      vote?.outcome === 'open'
        ? { change: keep(act) }
        : ((await effects[action.verb]?.(act)) ?? { change: keep(act) });
    const change: Change = {
      ...opened?.change,
      ...effect.change,
      ...(action.verb === 'claim' ? { claimedBy: act.actor } : {}),
      ...(action.verb === 'release' ? { claimedBy: null } : {}),
    };
    if (vote) change.votes = vote.votes;
    if (files.length > 0) change.files = files;
    if (whyNot !== null) change.said = { ...change.said, whyNot };
    // What the form ties belongs to the thing that it fills: the one that is opened, else this one.
    tieUp(effect.opened?.change ?? change, tied);
    return { ...effect, change };
  }

  async function stepsOf(
    request: ActRequest,
    { its, action, eyes, opened, onBehalf, form, fields, tied }: Asked,
    act: Act,
    effect: Effect,
    {
      instead,
      around,
      prepared,
    }: { instead: Vacancy | null; around: Around; prepared: ReadonlyMap<string, Step> },
  ): Promise<[Step, ...Step[]]> {
    const { thing } = act;
    const { change, along = [] } = effect;
    const { actor, now } = request;
    const standIn = opened || onBehalf ? undefined : standInFor(its, actor, action, thing, instead);
    if (standIn && standIn.post !== null) {
      const aside = eyes.holdersOf(standIn.post).flatMap((person) => conflictsOf(its, person, thing));
      if (aside.length > 0) standIn.aside = [...new Set(aside)];
    }
    const signed: Signed = {
      action: action.verb,
      actor: actor.id,
      onBehalf,
      ...(standIn ? { standIn } : {}),
      ...(effect.erases ? { second: request.second ?? null } : {}),
      at: now,
    };
    const step = async (one: Thing, its: Change, by: Signed['action']) =>
      makeStep(
        countyOf(one),
        one,
        its,
        { ...signed, action: by },
        prepared.get(refName(one))?.entry.hash ?? (await lastHash(one)),
        free,
        newSalt,
      );
    const steps: Step[] = [];
    let filled: ThingRef = thing;
    if (effect.opened) {
      const { fresh, back } = await freshOf(effect.opened, now);
      filled = fresh;
      for (const one of [change, ...along.map((other) => other.change)])
        one.links = [...(one.links ?? []), back];
      const begun = { ...effect.opened.change, enteredBy: actor.id };
      const decisions = await decisionsOf(county, apply(fresh, begun, now), around);
      steps.push(await step(fresh, { ...begun, decisions: fired(decisions) }, effect.opened.action));
    }
    const told = form.flatMap(({ id, ties }) => (ties || !fields[id] ? [] : [[id, fields[id]] as const]));
    for (const other of alongOnce([...along, ...otherEnds(tied, filled, Object.fromEntries(told))])) {
      if (other.action === 'tie') {
        if (other.change.said)
          other.change.fields = decidedOn(countyOf(other.thing), other.thing, form, fields);
        const after = apply(other.thing, other.change, now);
        const decisions = await decisionsOf(countyOf(other.thing), after, around);
        other.change.decisions = changedDecisions(other.thing, decisions);
      }
      steps.push(await step(other.thing, other.change, other.action));
    }

    const own = await step(thing, change, action.verb);
    const moved = own.thing.stage !== thing.stage;
    const byItself =
      !onBehalf && !standIn && !action.everywhere && moved ? await automatically(own, actor, act, now) : [];
    const log = effect.erases ? await store.log(thing) : null;
    const entries = log?.map(({ entry }) => entry) ?? [];
    const kept = log && [...filesOf(eyes, thing, entries).keys(), ...attachedIn(log)];
    const derived = log
      ? await derivedPurged(
          { context, actor, signed: { by: actor.id, at: now, second: request.second ?? null }, step },
          thing,
          log,
        )
      : [];
    return [kept ? { ...own, erases: { files: kept } } : own, ...byItself, ...steps, ...derived];
  }

  /** What an act opens, and how the thing that it was opened from points to it. */
  async function freshOf({ kind }: Opened, now: Instant) {
    const id = await newId(context, kind);
    const start = county.flows.get(kind)?.start ?? '';
    const fresh = blankThing({ county: county.id, kind, id }, start, county.version, now);
    const role = kind === 'piece' ? 'piece' : kind === 'handling' ? 'handling' : 'report';
    const back: Link = { role, kind, id };
    return { fresh, back };
  }

  async function lastHash(thing: Thing): Promise<string> {
    return thing.version === 0 ? GENESIS : ((await store.lastHash(thing)) ?? GENESIS);
  }

  /** What a thing does by itself after an act, stage by stage, until somebody must decide. */
  async function automatically(
    before: Step,
    actor: Actor,
    circumstances: Act,
    now: Instant,
  ): Promise<Step[]> {
    const { thing } = before;
    const its = countyOf(thing);
    const action = automaticAt(its, actor, thing);
    const flow = its.flows.get(thing.kind);
    if (!action || !flow) return [];
    const act: Act = { ...circumstances, thing, fields: {} };
    const { change } = (await effects[action.verb]?.(act)) ?? { change: keep(act) };
    const around: Around = { kindOf, today: circumstances.today, similarTo };
    change.decisions = changedDecisions(thing, await decisionsOf(its, apply(thing, change, now), around));
    const decided = { ...thing, decisions: { ...thing.decisions, ...change.decisions } };
    const stage = nextStage(flow, thing.stage, action.verb, decided);
    if (stage === null || stage === thing.stage) return [];
    Object.assign(change, arrival(its, thing, stage, act.on, change), {
      lastMove: moveFrom(thing, actor.id),
    });
    const signed: Signed = { action: action.verb, actor: actor.id, onBehalf: null, automatic: true, at: now };
    const step = makeStep(its, thing, change, signed, before.entry.hash, free, newSalt);
    return [step, ...(await automatically(step, actor, circumstances, now))];
  }

  /** Keeps the steps and all that follows from them in one transaction. */
  async function save(steps: Step[], now: Instant, key: IdempotencyKey | null): Promise<void> {
    const all = [...steps, ...(await stepsOver(context, steps, now))];
    const commit: Commit = {
      steps: all,
      scores: await countedBy(
        context,
        all.map(({ thing }) => thing),
      ),
      timers: timersOf(all, countyOf),
      messages: messagesOf(context, steps, now),
      sends: [...sendingsOf(steps, context.receivers ?? []), ...(await lettersOf(context, steps))],
      key,
    };
    await store.commit(commit);
    follow(all);
  }

  return { prepare, save };
}

function tieUp(owner: Change, tied: Tied): void {
  const { links, untied } = ownEnd(tied);
  if (links.length > 0) owner.links = [...(owner.links ?? []), ...links];
  if (untied.length > 0) owner.untied = untied;
}

/** What is changed along in two ways is one step. */
function alongOnce(along: Along[]): Along[] {
  const once = new Map<string, Along>();
  for (const one of along) {
    const known = once.get(refName(one.thing));
    if (!known) once.set(refName(one.thing), one);
    else {
      known.change.links = [...(known.change.links ?? []), ...(one.change.links ?? [])];
      known.change.untied = [...(known.change.untied ?? []), ...(one.change.untied ?? [])];
    }
  }
  return [...once.values()];
}

function fired(decisions: Record<string, Decision>): Record<string, Decision> {
  return Object.fromEntries(Object.entries(decisions).filter(([, decision]) => decision.fired));
}
