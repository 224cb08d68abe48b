import { setImmediate as othersTurn } from 'node:timers/promises';
import type { County, Escalation } from '../county/county.ts';
import { civilDate, civilTime, type CivilDate, type Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import { refName, type Thing, type ThingRef } from '../model/thing.ts';
import type { Message, Step } from '../store/port.ts';
import { nextStage } from '../workflow/machine.ts';
import { arrival } from './arrival.ts';
import type { Change } from './change.ts';
import type { DeskContext } from './context.ts';
import { lettersOf } from './letters.ts';
import { stepsOver } from './migrate.ts';
import { sendingsOf } from './outgoing.ts';
import { countedBy } from './records.ts';
import { holdersFor } from './posts.ts';
import { GENESIS } from './seal.ts';
import { makeStep, nextErrand, timersOf } from './steps.ts';
import { CLOCK, stageOf } from './view.ts';
import { offered } from './offering.ts';

/** How long a key keeps an act from being done twice, in milliseconds: 48 hours. */
const KEYS_KEPT = 48 * 3_600_000;
/** How many things go into one commit: a disk is slow to be sure, and whoever asks meanwhile waits for one commit. */
const TOGETHER = 20;
/** How long what one process has taken up is left to it, in milliseconds: longer than it needs for all of them. */
const LEFT_TO_IT = 60_000;

/**
 * Takes the steps that are due near and after due dates, each once; a thing that somebody changes meanwhile waits for
 * the next tick, and so does one that another process has taken up. Between commits others have their turn. Returns how
 * many things it acted on.
 */
export async function tick(context: DeskContext, now: Instant): Promise<number> {
  const { county, store } = context;
  const today = civilDate(now, county.timeZone);
  await store.forgetKeys(new Date(Date.parse(now) - KEYS_KEPT).toISOString());
  const until = new Date(Date.parse(now) + LEFT_TO_IT).toISOString();
  let acted = 0;
  const seen = new Set<string>();
  for (;;) {
    const claimed = await store.claimTimers(county.id, today, TOGETHER, { now, until });
    const due = claimed.flatMap(({ thing }) => (seen.has(refName(thing)) ? [] : [thing]));
    if (due.length === 0) return acted;
    for (const thing of due) seen.add(refName(thing));
    acted += await actOn(context, due, today, now);
    await othersTurn();
  }
}

/** The errands of several things in one commit, or each alone where another's act came between. */
async function actOn(context: DeskContext, due: ThingRef[], today: CivilDate, now: Instant): Promise<number> {
  const steps: Step[] = [];
  const messages: Message[] = [];
  for (const { thing } of await context.store.readMany(due)) {
    const its = await errands(context, thing, today, now);
    if (its.steps.length > 0) steps.push(...its.steps, ...(await stepsOver(context, its.steps, now)));
    messages.push(...its.messages);
  }
  const things = new Map(steps.map(({ thing }) => [refName(thing), thing]));
  if (things.size === 0) return 0;
  try {
    await context.store.commit({
      steps,
      scores: await countedBy(context, [...things.values()]),
      timers: timersOf(steps, context.countyOf),
      messages,
      sends: [...sendingsOf(steps, context.receivers ?? []), ...(await lettersOf(context, steps))],
      key: null,
    });
    return things.size;
  } catch (error) {
    if (!(error instanceof MinqingError && error.code === 'conflict')) throw error;
    if (due.length === 1) return 0;
    let acted = 0;
    for (const one of due) acted += await actOn(context, [one], today, now);
    return acted;
  }
}

/** Every step of a thing whose day has come, in order. */
async function errands(
  context: DeskContext,
  before: Thing,
  today: CivilDate,
  now: Instant,
): Promise<{ steps: Step[]; messages: Message[] }> {
  const { countyOf, store, free, newSalt } = context;
  const its = countyOf(before);
  const steps: Step[] = [];
  const messages: Message[] = [];
  let thing = before;
  let previous = (await store.lastHash(before)) ?? GENESIS;
  const time = civilTime(now, its.timeZone);
  const come = (next: { on: CivilDate; time: string | null }) =>
    next.on < today || (next.on === today && (next.time === null || next.time <= time));
  for (let next = nextErrand(its, thing); next && come(next); next = nextErrand(its, thing)) {
    const { step: errand } = next;
    const { action, change } = takenBy(its, thing, errand, today);
    const signed = { action, actor: CLOCK, onBehalf: null, at: now };
    const step = makeStep(its, thing, change, signed, previous, free, newSalt);
    steps.push(step);
    const told = new Set([
      ...thing.authors.map(({ person }) => person),
      ...errand.to.flatMap((post) => holdersFor(context, post, thing, today)),
    ]);
    const about = { county: thing.county, kind: thing.kind, id: thing.id };
    for (const to of told) messages.push({ to, kind: errand.do, about, at: now });
    thing = step.thing;
    previous = step.entry.hash;
  }
  return { steps, messages };
}

/** What one step of the ladder makes of a thing: it is chased, or an action of its stage is taken by the clock. */
export function takenBy(
  county: County,
  thing: Thing,
  { do: what }: Escalation,
  today: CivilDate,
): { action: Step['entry']['action']; change: Change } {
  const escalated = thing.escalated + 1;
  if (what === 'report' || what === 'criticise' || what === 'remind')
    return { action: 'tick', change: { escalated, escalation: what } };
  if (what === 'supervise')
    return { action: 'tick', change: { escalated, escalation: what, supervised: true } };
  const flow = county.flows.get(thing.kind);
  const stage = stageOf(county, thing);
  const taken = stage.actions.get(what);
  // Where the rules do not offer it the step is spent, and the thing stays.
  if (!flow || !taken || !offered(thing, taken)) return { action: 'tick', change: { escalated } };
  // Where several decide together, the clock decides for them.
  const outcome = what === stage.together?.action ? 'reached' : what === 'oppose' ? 'failed' : null;
  const goal = thing.path.at(-1) ?? null;
  const to = nextStage(flow, thing.stage, what, { ...thing, outcome, goal });
  const change = what === 'return' ? { back: thing.stage, round: thing.round + 1 } : {};
  return {
    action: what,
    change: {
      escalated,
      ...change,
      ...(to === null || to === thing.stage ? {} : arrival(county, thing, to, today, change)),
    },
  };
}
