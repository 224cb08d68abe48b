import type { County, StageAction } from '../county/county.ts';
import { civilMinute, civilTime, type CivilDate, type Instant } from '../model/date.ts';
import {
  isTie,
  type Actor,
  type Decision,
  type LogEntry,
  type Moment,
  type Thing,
  type ThingKind,
} from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import type { Stop } from '../model/what-if.ts';
import { compile } from '../rules/compiled.ts';
import { nextStage, skippedBy } from '../workflow/machine.ts';
import { arrival } from './arrival.ts';
import { automaticAt } from './automatic.ts';
import { apply, moveFrom, type Change } from './change.ts';
import { changedDecisions } from './decisions.ts';
import { factsOf } from './facts.ts';
import { isVote, settledBy, voicesOf, voteOf } from './participants.ts';
import { mayTake } from './permission.ts';
import { vacancy, type Posts } from './posts.ts';
import { withClock } from './steps.ts';
import { byReaders, inTime, offered } from './offering.ts';
import { stageOf } from './view.ts';

export interface ReplayParts {
  /** The rules to replay by, and those that each entry was really made under. */
  next: County;
  countyOf: (entry: Pick<LogEntry, 'configVersion'>) => County;
  /** A person as a county's posts had them at an instant; null where the directory does not know them. */
  actorAt: (county: County, id: string, at: Instant) => Actor | null;
  holdersOf: (post: string) => string[];
  /** Who can act by the posts of the rules to replay by, on a day. */
  postsOn: (day: CivilDate) => Posts;
  kindOf: (person: string) => string | null;
  /** Up to which day the clock runs on where nobody acted any more. */
  today: CivilDate;
}

export type Rules = (thing: Thing, today: CivilDate) => Record<string, Decision>;

/** A county's rules for bulk work: what fires, without why. */
export function rulesOf(county: County, kind: ThingKind, kindOf: (person: string) => string | null): Rules {
  const rules = [...county.rules.values()].filter((rule) => rule.on === kind);
  const holds = rules.map(({ id, condition }) => [id, compile(condition)] as const);
  return (thing, today) => {
    // A replay compares nothing: what was alike then it does not know.
    const facts = factsOf(county, thing, { kindOf, today, similar: null });
    return Object.fromEntries(
      holds.map(([rule, fires]) => [rule, { rule, fired: fires(facts), reasons: [] }]),
    );
  };
}

export interface Anew {
  entry: LogEntry;
  verb: Verb;
  recorded: Change;
  now: Thing;
  on: CivilDate;
  rules: Rules;
  /** It stands where it stood when the act was recorded. */
  same: boolean;
}

/** One recorded act by the new rules: the thing after it, or why it cannot be taken. */
export function takeAnew(
  { entry, verb, recorded, now, on, rules, same }: Anew,
  { next, actorAt, holdersOf, postsOn }: ReplayParts,
): { thing: Thing; action: StageAction | null } | { why: Stop } {
  const flow = next.flows.get(now.kind);
  if (!flow) return { why: 'no-action' };
  // What a form ties it to opens nothing and takes nothing along.
  const roles = (recorded.links ?? []).flatMap(({ role }) => (isTie(role) ? [] : [role]));
  const change = givenIn(recorded, verb, now, entry.actor);
  const after = (whole: Change) =>
    apply(now, withClock(next, now, whole, on, civilTime(entry.at, next.timeZone)), entry.at);
  // Opened by an act on another thing, or changed along by one: it takes no action of its own.
  if (now.version === 0 && roles.some((role) => role === 'source' || role === 'handled' || role === 'lead')) {
    const stage = nextStage(flow, now.stage, verb, { decisions: {}, back: null }) ?? now.stage;
    const opened = after({ ...change, stage });
    return { thing: { ...opened, decisions: rules(opened, on) }, action: null };
  }
  if (roles.includes('merged') || (verb === 'join' && roles.includes('lead')))
    return { thing: after(change), action: null };

  const stage = stageOf(next, now);
  const action = stage.actions.get(verb);
  if (!action) return { why: 'no-action' };
  if (!offered(now, action) || !inTime(next, now, action, civilMinute(entry.at, next.timeZone)))
    return { why: 'not-offered' };
  const actor = actorAt(next, entry.actor, entry.at);
  const votes = isVote(stage, action);
  // At the same stage it is the same work, whoever's it is by the new rules; elsewhere it is another's act.
  const asked = now.delegated?.to === entry.actor || byReaders.has(verb);
  const judged = actor !== null && !same && !votes && !asked;
  const instead = now.version === 0 ? null : vacancy(next, postsOn(on), stage, now);
  if (judged && !theirs(mayTake(next, actor, action, now.version === 0 ? null : now, instead), entry))
    return { why: 'not-theirs' };
  const said = recorded.votes?.at(-1)?.of;
  const voices =
    actor && votes ? voicesOf(next, actor, stage, now, holdersOf, { onBehalf: entry.onBehalf, instead }) : [];
  const voice = said !== undefined && (!actor || voices.includes(said)) ? said : voices[0];
  if (votes && voice === undefined) return { why: 'not-theirs' };

  if (stage.together && votes && voice !== undefined) {
    change.votes = [...now.votes, { of: voice, is: voteOf(stage, action), by: entry.actor }];
  }
  // A voice more or a signer fewer may be all that it waited for.
  const counts = votes || verb === 'remove-signer';
  const counted = { ...now, votes: change.votes ?? now.votes, signers: change.signers ?? now.signers };
  const settled = counts ? settledBy(next, counted, verb, holdersOf) : null;
  const { outcome, deciding } = settled ?? { outcome: null, deciding: verb };
  const preview = apply(now, change, entry.at);
  change.decisions = changedDecisions(now, rules(preview, on));
  const decisions = { ...now.decisions, ...change.decisions };
  const chosen = recorded.fields?.['stage'];
  const goal = typeof chosen === 'string' ? chosen : (now.path.at(-1) ?? null);
  const to = nextStage(flow, now.stage, deciding, {
    ...preview,
    decisions,
    ...(settled ? { outcome } : { goal }),
  });
  if (to === null && !settled) return { why: 'no-branch' };
  if (to !== null && to !== now.stage) {
    Object.assign(change, arrival(next, now, to, entry.on, change));
    const skips = skippedBy(stage.actions.get(deciding), to, { decisions });
    if (action.resumes) change.resume = { at: to, to: now.stage };
    if (skips.length > 0) change.skipped = [...now.skipped, ...skips];
    if (roles.length === 0 && verb !== 'take-back' && verb !== 'purge')
      change.lastMove = moveFrom(now, entry.actor);
  }
  return { thing: after(change), action };
}

/** What could only have been entered for somebody else was not the actor's own to do. */
function theirs(how: ReturnType<typeof mayTake>, { onBehalf }: LogEntry): boolean {
  return how === 'direct' || (how === 'behalf' && onBehalf !== null);
}

/** Which of a recorded change came from the flow, and is reckoned anew. */
const reckoned: ReadonlySet<string> = new Set([
  'stage',
  'back',
  'resume',
  'delegated',
  'skipped',
  'round',
  'due',
  'supervised',
  'escalated',
  'left',
  'lastMove',
  'decisions',
  'claimedBy',
  'votes',
  'signers',
  'escalation',
  'configVersion',
  'migration',
  'path',
  'momentsKept',
]);

/** What was said and done in an act, without what the old flow made of it; what its verb does by itself is done anew. */
function givenIn(recorded: Change, verb: Verb, now: Thing, actor: string): Change {
  const given: Change = Object.fromEntries(Object.entries(recorded).filter(([name]) => !reckoned.has(name)));
  // Passing a stage makes this moment, and the new flow makes its own.
  const own = (moment: Moment) => moment.is !== 'forwarded';
  if (given.moments) given.moments = given.moments.filter(own);
  switch (verb) {
    case 'return':
      return { ...given, back: now.stage, round: now.round + 1 };
    case 'send-back':
      return { ...given, round: now.round + 1 };
    case 'supervise':
      return { ...given, supervised: true };
    case 'claim':
      return { ...given, claimedBy: actor };
    case 'release':
      return { ...given, claimedBy: null };
    case 'transfer':
      return { ...given, claimedBy: recorded.claimedBy ?? null };
    case 'delegate':
      return { ...given, claimedBy: recorded.claimedBy ?? null, delegated: recorded.delegated ?? null };
    case 'hand-back':
      return { ...given, claimedBy: now.delegated?.by ?? null, delegated: null };
    case 'add-signer':
    case 'remove-signer':
      return { ...given, signers: recorded.signers ?? null };
    case 'purge':
      return { ...given, claimedBy: null, due: null };
    case 'grant': {
      const until = now.fields['until'];
      if (typeof until !== 'string' || !now.due) return given;
      const due = { ...now.due, on: until, by: 'field' as const, count: 0, provisional: false };
      return { ...given, due, escalated: 0, supervised: false };
    }
    case 'take-back': {
      const { moments = 0, due = null, back = null } = now.lastMove ?? {};
      return { momentsKept: moments, due, back };
    }
    default:
      return given;
  }
}

/** What a thing does by itself where it has just come to by the new rules; null where somebody must decide. */
export function byItself(
  entry: LogEntry,
  now: Thing,
  on: CivilDate,
  rules: Rules,
  { next, actorAt }: ReplayParts,
): Thing | null {
  const actor = actorAt(next, entry.actor, entry.at);
  const arrived = now.since === entry.at && now.version > 0;
  const action = actor && arrived ? automaticAt(next, actor, now) : null;
  const flow = next.flows.get(now.kind);
  if (!action || !flow) return null;
  const decisions = { ...now.decisions, ...changedDecisions(now, rules(apply(now, {}, entry.at), on)) };
  const stage = nextStage(flow, now.stage, action.verb, { ...now, decisions });
  if (stage === null || stage === now.stage) return null;
  const change = { decisions, ...arrival(next, now, stage, on, {}), lastMove: moveFrom(now, entry.actor) };
  return apply(now, withClock(next, now, change, on, civilTime(entry.at, next.timeZone)), entry.at);
}
