import type { County, StageAction } from '../county/county.ts';
import { civilDate, type CivilDate } from '../model/date.ts';
import { isCommittee } from '../model/letter.ts';
import type { Text } from '../model/text.ts';
import type { Actor, LogEntry, Thing } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import type { Place, ReplayedThing } from '../model/what-if.ts';
import { apply, blankThing, isTiedByAnother, type Change } from './change.ts';
import type { Log } from './replay.ts';
import { unseal } from './seal.ts';
import { nextErrand, withClock } from './steps.ts';
import { takenBy } from './tick.ts';
import { CLOCK, stageOf } from './view.ts';

import { byItself, takeAnew, type ReplayParts, type Rules } from './taken-anew.ts';

/** On both sides: the posts that people acted by, and the stages that the thing came to. */
export interface Replayed extends ReplayedThing {
  posts: { was: string[]; now: string[] };
  came: { was: string[]; now: string[] };
  /** The thing as it stood, and as it would have. */
  state: { was: Thing; now: Thing };
  asked: { action: StageAction; field: { id: string; label: Text } }[];
}

/**
 * The acts of one thing's log, as they were entered, taken anew by the flow, rules and due dates of another config.
 * Pure: nothing is kept. Goes as far as the new flow has a place for the acts; both sides are counted so far.
 */
export function replayUnder(log: Log, parts: ReplayParts, rules: Rules): Replayed | null {
  const { next, countyOf, actorAt, today } = parts;
  const [first] = log;
  if (!first) return null;
  const { county, kind, id, at, configVersion } = first.entry;
  const flow = next.flows.get(kind);
  const oldStart = countyOf(first.entry).flows.get(kind)?.start ?? '';
  let was = blankThing({ county, kind, id }, oldStart, configVersion, at);
  let now = blankThing({ county, kind, id }, flow?.start ?? '', next.version, at);
  let words = countyOf(first.entry);
  const placeIn = (where: County, stage: string): Place => ({
    id: stage,
    label: stageOf(where, { kind, stage }).label,
  });
  const found: Replayed = {
    kind,
    id,
    began: civilDate(at, next.timeZone),
    apart: null,
    stopped: null,
    end: { was: placeIn(words, oldStart), now: placeIn(next, now.stage) },
    missed: { was: [], now: [] },
    posts: { was: [], now: [] },
    came: { was: [], now: [] },
    state: { was, now },
    asked: [],
  };
  /** Where it stood too long, if it did; with no day, where it still stands. */
  const left = (side: 'was' | 'now', { due, stage: id }: Thing, on: CivilDate | null) => {
    const stage = placeIn(side === 'was' ? words : next, id);
    if (due && due.on < (on ?? today)) found.missed[side].push({ stage, due: due.on, left: on });
  };
  const moved = (side: 'was' | 'now', before: Thing, after: Thing, on: CivilDate) => {
    if (after.stage === before.stage) return;
    left(side, before, on);
    found.came[side].push(after.stage);
  };
  /** What the new clock does up to a day. */
  const clockTo = (day: CivilDate) => {
    for (let errand = nextErrand(next, now); errand && errand.on <= day; errand = nextErrand(next, now)) {
      const { change } = takenBy(next, now, errand.step, errand.on);
      const after = apply(
        now,
        withClock(next, now, change, errand.on, errand.time ?? '00:00'),
        `${errand.on}T12:00:00.000Z`,
      );
      moved('now', now, after, errand.on);
      now = after;
    }
  };

  let last: ReturnType<typeof toldOf> | null = null;
  for (const [index, { entry, texts }] of log.entries()) {
    const recorded = unseal(entry.change, texts);
    const on = civilDate(entry.at, next.timeZone);
    const before = was;
    words = countyOf(entry);
    const after = apply(before, recorded, entry.at);
    const verb = entry.action === 'tie' && isTiedByAnother(recorded) ? null : verbOf(entry);
    const action = verb ? stageOf(words, before).actions.get(verb) : undefined;
    if (verb) {
      clockTo(on);
      const same = before.stage === now.stage;
      const taken = takeAnew({ entry, verb, recorded, now, on, rules, same }, parts);
      if ('why' in taken) {
        found.stopped = {
          ...toldOf(entry, on, action),
          at: placeIn(next, now.stage),
          why: taken.why,
        };
        break;
      }
      moved('now', now, taken.thing, on);
      if (action && taken.action) {
        const then = actorAt(words, entry.actor, entry.at);
        found.posts.was.push(postOf(words, then, action));
        const actor = actorAt(next, entry.actor, entry.at);
        found.posts.now.push(postOf(next, actor, taken.action));
        found.asked.push(...newlyAsked(words, action, next, taken.action, recorded, now));
      }
      now = taken.thing;
      last = toldOf(entry, on, action);
      const itself = taken.action && !taken.action.everywhere && !entry.onBehalf && !entry.standIn;
      for (let one = itself ? byItself(entry, now, on, rules, parts) : null; one;) {
        moved('now', now, one, on);
        now = one;
        one = byItself(entry, now, on, rules, parts);
      }
    }
    // Words that were erased are gone by whatever rules.
    // What another thing tied to it, or took away, is so by whatever rules too.
    // And what another committee sent or said.
    if (
      entry.action === 'erase' ||
      isCommittee(entry.actor) ||
      (entry.action === 'tie' && isTiedByAnother(recorded))
    )
      now = apply(now, recorded, entry.at);
    if (entry.action !== 'migrate') moved('was', before, after, on);
    was = after;
    // What follows by itself belongs to its act.
    const whole = log[index + 1]?.entry.automatic !== true;
    if (!found.apart && last && whole && (verb || entry.automatic) && was.stage !== now.stage)
      found.apart = {
        ...last,
        was: placeIn(words, was.stage),
        now: placeIn(next, now.stage),
      };
  }
  if (!found.stopped) {
    clockTo(today);
    left('was', was, null);
    left('now', now, null);
  }
  found.state = { was, now };
  found.end = { was: placeIn(words, was.stage), now: placeIn(next, now.stage) };
  return found;
}

/** What a person did; null for what the clock, a new version or the thing itself did, which is reckoned anew. */
function verbOf({ action, actor, automatic }: LogEntry): Verb | null {
  if (action === 'tick' || action === 'migrate' || action === 'erase' || action === 'heard') return null;
  return actor === CLOCK || isCommittee(actor) || automatic ? null : action;
}

function toldOf(entry: LogEntry, on: CivilDate, action: StageAction | undefined) {
  const { sequence, action: verb } = entry;
  return { sequence, on, action: verb, label: action?.label ?? verb };
}

/** The post that an act is for: the actor's own of those that may, else the first that may. */
function postOf({ posts }: County, actor: Actor | null, { by }: StageAction): string {
  const held = actor?.posts.find(({ post }) => by.includes(post))?.post;
  return held ?? by.find((post) => posts.get(post)?.everyone) ?? by[0] ?? '';
}

/** What the new form must have and the old one did not ask, where nothing of the kind was said. */
function newlyAsked(
  old: County,
  was: StageAction | undefined,
  next: County,
  action: StageAction,
  { fields = {}, said = {} }: Change,
  thing: Thing,
): Replayed['asked'] {
  if (action.verb === 'save') return [];
  const required = (county: County, form: string | null | undefined) =>
    (form ? (county.forms.get(form) ?? []) : []).filter((field) => field.required);
  const before = new Set(required(old, was?.form).map(({ id }) => id));
  const known = { ...thing.fields, ...fields, ...said };
  return required(next, action.form)
    .filter(({ id }) => !before.has(id) && (known[id] ?? null) === null)
    .map(({ id, label }) => ({ action, field: { id, label } }));
}
