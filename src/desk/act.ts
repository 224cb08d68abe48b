import { EARLIER, type County, type Field, type StageAction } from '../county/county.ts';
import { civilDate, type CivilDate, type Instant } from '../model/date.ts';
import { INVITED } from '../model/notice.ts';
import { say, type Language } from '../model/text.ts';
import {
  invitedTo,
  refName,
  type Actor,
  type Decision,
  type Fields,
  type LogEntry,
  type Thing,
  type ThingRef,
  type Vote,
} from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import { becauseOf } from '../rules/sentence.ts';
import { conflict } from '../store/error.ts';
import type { Commit, IdempotencyKey, Step } from '../store/port.ts';
import { nextStage, skippedBy } from '../workflow/machine.ts';
import type { Outcome } from '../workflow/together.ts';
import { arrival } from './arrival.ts';
import { attachedBy, attachedIn } from './attached.ts';
import { automaticAt } from './automatic.ts';
import { behalfOf } from './behalf.ts';
import { apply, blankThing, moveFrom, type Change } from './change.ts';
import { countPeriod, printPeriod } from './closing.ts';
import { forbidden, type DeskContext } from './context.ts';
import { changedDecisions, decisionsOf, type Around } from './decisions.ts';
import { effects, partsOf, type Act, type Along } from './effects.ts';
import { keep } from './keep.ts';
import { DeskError } from './error.ts';
import { readInput } from './input.ts';
import { lettersOf } from './letters.ts';
import { stepsOver } from './migrate.ts';
import { opening } from './opening.ts';
import { sendingsOf } from './outgoing.ts';
import { isVote, participantsOf, settledBy, voicesOf, voteOf } from './participants.ts';
import { conflictsOf, mayTake, standInFor } from './permission.ts';
import { holdersFor, vacancy } from './posts.ts';
import { countedBy, recordsCounted } from './records.ts';
import type { ActRequest } from './request.ts';
import { GENESIS } from './seal.ts';
import { answersOf, otherEnds, ownEnd, tiedBy, type Tied } from './ties.ts';
import { openRemarks, remarksOn } from './remarks.ts';
import { makeStep, timersOf, type Signed } from './steps.ts';
import { canDelegateTo, dynamicOptions, offered, offeredActions, proposalOf, spent } from './offering.ts';
import { filesOf, isOpeningField, stageOf } from './view.ts';

/** How an act becomes steps: load → facts → decide → step; and how steps are kept, all or none. */
export function actingOf(
  context: DeskContext,
  { follow, similarTo }: { follow: (steps: readonly Step[]) => void; similarTo: Around['similarTo'] },
) {
  const { county, directory, store, scoring, newSalt } = context;
  const { countyOf, people, free, longTexts, fileFields, reader, load, readable } = context;
  const kindOf = (id: string) => people.get(id)?.kind ?? null;
  /** Whoever has what is chased: the one who claimed it, else all whose task it could be. */
  const chased = (thing: Thing, now: Instant): string[] =>
    thing.claimedBy !== null
      ? [thing.claimedBy]
      : stageOf(countyOf(thing), thing).by.flatMap((post) =>
          holdersFor(context, post, thing, civilDate(now, county.timeZone)),
        );
  const membersOf = (organisation: string) =>
    directory.people.flatMap(({ id, posts }) =>
      posts?.some((held) => held.organisation === organisation) ? [id] : [],
    );

  /** The action if this actor may take it here, and how; the same test that offers it. */
  function allowed(
    { actor, action: verb, language }: ActRequest,
    thing: Thing,
    today: CivilDate,
  ): { action: StageAction; how: 'direct' | 'behalf' } {
    const its = countyOf(thing);
    const action = stageOf(its, thing).actions.get(verb);
    if (!action) throw notOffered(verb, thing);
    const opens = thing.version === 0;
    const how = mayTake(its, actor, action, opens ? null : thing);
    // What can be done to any thing is not how one begins.
    const begins = opens && !action.everywhere && offered(thing, action) && !spent(actor, thing, action);
    if (begins && how !== 'no') return { action, how };
    const who = { ...reader(actor, language), county: its };
    const found = opens ? undefined : offeredActions(who, thing, today).find((one) => one.action === action);
    if (found) return found;
    throw how === 'no' ? forbidden() : notOffered(verb, thing);
  }

  function fill(
    request: ActRequest,
    action: StageAction,
    its: County,
    thing: Thing,
  ): { fields: Fields; whyNot: string | null } {
    const form = action.form ? (its.forms.get(action.form) ?? []) : [];
    const given = Object.fromEntries(
      Object.entries(request.input).filter(
        ([name]) => name !== 'whyNot' && !(isOpeningField(name) && request.thing.id === null),
      ),
    );
    const { fields, problems } = readInput(form, given, request.action !== 'save');
    const eyes = { ...reader(request.actor, request.language), county: its };
    // Whoever has no post may be asked or sent a copy all the same.
    const isChoice = (field: Field, value: string): boolean =>
      // What it ties to is judged by itself, whether or not it was among the newest that were offered.
      field.type === 'thing' ||
      field.type === 'comment' ||
      (field.type === 'person' && !field.fromLinks && action.verb !== 'transfer'
        ? people.has(value) && (action.verb !== 'delegate' || canDelegateTo(its, value, request.actor, thing))
        : (dynamicOptions(eyes, thing, action, field)?.some((choice) => choice.value === value) ?? true));
    for (const field of form) {
      const value = fields[field.id];
      const named = field.type === 'people' && Array.isArray(value) ? value : [value];
      if (named.some((one) => typeof one === 'string' && !isChoice(field, one)))
        problems.push({
          field: field.id,
          saying: {
            zh: '没有这一项,请从选项中选择。',
            en: 'There is no such choice; take one of those offered.',
          },
        });
    }
    if (problems.length > 0)
      throw new DeskError(
        'invalid-input',
        {
          zh: `有 ${problems.length} 处需要改正,未保存。`,
          en: `${problems.length} thing(s) to put right; nothing was kept.`,
        },
        problems,
      );
    const whyNot = request.input['whyNot'];
    return { fields, whyNot: typeof whyNot === 'string' && whyNot.trim() !== '' ? whyNot : null };
  }

  /** The proposed action was not taken: why not must be said. */
  function heed(thing: Thing, action: StageAction, whyNot: string | null): void {
    if (action.instead === null || whyNot !== null) return;
    const its = countyOf(thing);
    const proposed = stageOf(its, thing).actions.get(action.instead);
    const decision = proposalOf(thing, proposed);
    if (!decision || !proposed) return;
    const because = (language: Language) =>
      decision.reasons
        .filter((reason) => reason.met)
        .map((reason) => becauseOf(reason, its.vocabulary(thing.kind), language))
        .join(language === 'en' ? '; ' : ';');
    throw new DeskError('invalid-input', { zh: '规则另有建议。', en: 'The rules propose otherwise.' }, [
      {
        field: 'whyNot',
        saying: {
          zh: `规则建议“${say(proposed.label, 'zh')}”(${because('zh')})。不采纳请写明理由。`,
          en: `The rules propose "${say(proposed.label, 'en')}" (${because('en')}). Say why not.`,
        },
      },
    ]);
  }

  async function takenAlong(request: ActRequest): Promise<Thing[]> {
    return Promise.all(
      request.takes.map(async ({ kind, id, version }) => {
        const thing = await load({ county: county.id, kind, id });
        readable(request.actor, thing);
        if (thing.version !== version) throw conflict(thing);
        return thing;
      }),
    );
  }

  async function newId(kind: Thing['kind']): Promise<string> {
    return `${kind}-${await store.next(county.id, kind)}`;
  }

  /** Whether all that came since is word from another committee, by itself: what was seen is still as it was. */
  async function onlyHeardSince(thing: Thing, version: number | null): Promise<boolean> {
    if (version === null || version > thing.version) return false;
    return (await store.log(thing)).slice(version).every(({ entry }) => entry.action === 'heard');
  }

  async function lastHash(thing: Thing): Promise<string> {
    return thing.version === 0 ? GENESIS : ((await store.lastHash(thing)) ?? GENESIS);
  }

  /**
   * The steps of one act, the acted-on thing's first. `prepared` are steps of acts before it that are to be kept
   * together with it.
   */
  async function prepare(
    request: ActRequest,
    prepared: ReadonlyMap<string, Step> = new Map(),
  ): Promise<[Step, ...Step[]]> {
    const { actor, now, language } = request;
    const opens = request.thing.id === null;
    const eyes = reader(actor, language);
    const today = civilDate(now, county.timeZone);
    const opened = opens ? opening(context, request, today) : null;
    const asked = { ...request.thing, id: request.thing.id ?? '' };
    const found = opened?.thing ?? prepared.get(refName(asked))?.thing ?? (await load(asked));
    if (!opens) readable(actor, found);
    // The version first: what another's act took off the table is a conflict, not a refusal.
    if (!opens && request.expected === null) throw versionNeeded();
    if (!opens && request.expected !== found.version && !(await onlyHeardSince(found, request.expected)))
      throw conflict(found);
    const { action, how } = allowed(request, found, today);
    const its = countyOf(found);
    const onBehalf = opened
      ? opened.onBehalf
      : behalfOf(request.onBehalf, how, eyes, {
          county: its,
          actor,
          action,
          thing: found,
          today,
        });

    const { fields, whyNot } = fill(request, action, its, found);
    const files = await attachedBy(context, actor.id, action, found, fields, onBehalf);
    const mainForm = new Set(
      (its.forms.get(its.flows.get(found.kind)?.form ?? '') ?? []).map((field) => field.id),
    );
    const form = action.form ? (its.forms.get(action.form) ?? []) : [];
    const tied =
      action.verb === 'withdraw' || action.verb === 'purge'
        ? await answersOf(context, found)
        : action.verb === 'save'
          ? { made: [], gone: [] }
          : await tiedBy(context, actor, form, fields, found, mainForm, today);
    // Nothing refused so far has used up a number.
    const thing = opened ? { ...found, id: await newId(found.kind) } : found;
    const on = onBehalf?.on ?? today;
    const circumstances: Act = {
      thing,
      fields,
      on,
      today,
      actor: actor.id,
      whose: onBehalf?.of ?? actor.id,
      organisation:
        (how === 'behalf' ? onBehalf?.of : actor.posts.find((post) => post.organisation)?.organisation) ??
        null,
      signers: participantsOf(its, thing, eyes.holdersOf),
      taken: await takenAlong(request),
      byLink: request.byLink ?? false,
      newToken: newSalt,
      together: request.together ?? [thing.id],
      flows: county.flows,
      flowOf: (one) => countyOf(one).flows.get(one.kind),
      mainForm,
      dayField: its.matters.get(thing.kind)?.on ?? null,
      longTexts,
      fileFields,
      nextNumber: (series) => store.next(county.id, series),
      reachNumber: (series, number) => store.reach(county.id, series, number),
      authorsOfRecord: async (id) => {
        const known = (await store.records(county.id)).find(({ record }) => record.id === id);
        return partsOf((known?.record.authors ?? []).map((author) => author.id));
      },
      count: async (period) =>
        countPeriod(county, store, scoring, await recordsCounted(context, today), {
          period,
          on: today,
          by: actor.id,
        }),
      print: () => printPeriod(store, thing, actor.id),
      remarksOpen: async () =>
        openRemarks(remarksOn(eyes, thing, await store.log(thing))).map(({ value }) => value),
      over: (period) => scoring.lastDay(period) < today,
    };
    const stageNow = stageOf(its, thing);
    const { holdersOf, postsOn } = eyes;
    const instead = opens ? null : vacancy(its, postsOn(today), stageNow, thing);
    const vote = isVote(stageNow, action)
      ? voteBy(
          its,
          action,
          thing,
          actor,
          voicesOf(its, actor, stageNow, thing, holdersOf, { onBehalf, instead }),
          holdersOf,
        )
      : null;
    const effect =
      vote?.outcome === 'open'
        ? { change: keep(circumstances) }
        : ((await effects[action.verb]?.(circumstances)) ?? { change: keep(circumstances) });
    const change: Change = {
      ...opened?.change,
      ...effect.change,
      ...(action.verb === 'claim' ? { claimedBy: actor.id } : {}),
      ...(action.verb === 'release' ? { claimedBy: null } : {}),
    };
    if (vote) change.votes = vote.votes;
    if (files.length > 0) change.files = files;
    if (whyNot !== null) change.said = { ...change.said, whyNot };

    // What the form ties belongs to the thing that it fills: the one that is opened, else this one.
    tieUp(effect.opened?.change ?? change, tied);
    const preview = apply(thing, change, now);
    const around: Around = { kindOf, today, similarTo };
    change.decisions = changedDecisions(thing, await decisionsOf(its, preview, around));
    const decided = { ...preview, decisions: { ...thing.decisions, ...change.decisions } };
    heed(decided, action, whyNot);
    const flow = its.flows.get(thing.kind);
    const chosen = fields['stage'];
    const earlier = action.to.some(({ to }) => to === EARLIER);
    const goal = typeof chosen === 'string' ? chosen : (thing.path.at(-1) ?? null);
    if (earlier && (goal === null || !thing.path.includes(goal))) throw notOffered(action.verb, thing);
    const { decisions, back, resume } = decided;
    const fewer = action.verb === 'remove-signer' ? { ...thing, signers: change.signers ?? null } : null;
    const settled = vote ?? (fewer && settledBy(its, fewer, action.verb, holdersOf));
    const moving = { decisions, back, resume, ...(settled ? { outcome: settled.outcome } : { goal }) };
    const stage = flow
      ? (nextStage(flow, thing.stage, settled?.deciding ?? action.verb, moving) ??
        (settled ? thing.stage : null))
      : null;
    if (!flow || stage === null) throw notOffered(action.verb, thing);
    if (stage !== thing.stage) {
      Object.assign(change, arrival(its, thing, stage, on, change));
      const skips = skippedBy(stageNow.actions.get(settled?.deciding ?? action.verb), stage, decided);
      if (action.resumes) change.resume = { at: stage, to: thing.stage };
      if (skips.length > 0) change.skipped = [...thing.skipped, ...skips];
      if (!effect.opened && !effect.along && !effect.erases && action.verb !== 'take-back')
        change.lastMove = moveFrom(thing, actor.id);
    }

    const standIn = opened || onBehalf ? undefined : standInFor(its, actor, action, thing, instead);
    if (standIn && standIn.post !== null) {
      const aside = holdersOf(standIn.post).flatMap((person) => conflictsOf(its, person, thing));
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
      const { kind } = effect.opened;
      const start = county.flows.get(kind)?.start ?? '';
      const id = await newId(kind);
      const fresh = blankThing({ county: county.id, kind, id }, start, county.version, now);
      const role = { piece: 'piece', handling: 'handling', report: 'report' } as const;
      const name = kind in role ? role[kind as keyof typeof role] : 'report';
      filled = fresh;
      const back = { role: name, kind, id };
      change.links = [...(change.links ?? []), back];
      const begun = { ...effect.opened.change, enteredBy: actor.id };
      const decisions = await decisionsOf(county, apply(fresh, begun, now), around);
      steps.push(await step(fresh, { ...begun, decisions: fired(decisions) }, effect.opened.action));
      for (const along of effect.along ?? []) along.change.links = [...(along.change.links ?? []), back];
    }
    const own = await step(thing, change, action.verb);
    const log = effect.erases ? await store.log(thing) : null;
    const entries = log?.map(({ entry }) => entry) ?? [];
    const kept = log && [...filesOf(eyes, thing, entries).keys(), ...attachedIn(log)];
    steps.unshift(kept ? { ...own, erases: { files: kept } } : own);
    if (!onBehalf && !standIn && !action.everywhere && own.thing.stage !== thing.stage)
      steps.splice(1, 0, ...(await automatically(own, actor, circumstances, now)));
    const told = form.flatMap(({ id, ties }) => (ties || !fields[id] ? [] : [[id, fields[id]] as const]));
    const ends = otherEnds(tied, filled, Object.fromEntries(told));
    for (const along of alongOnce([...(effect.along ?? []), ...ends])) {
      if (along.action === 'tie') {
        const decisions = await decisionsOf(
          countyOf(along.thing),
          apply(along.thing, along.change, now),
          around,
        );
        along.change.decisions = changedDecisions(along.thing, decisions);
      }
      steps.push(await step(along.thing, along.change, along.action));
    }

    const [first, ...rest] = steps;
    if (!first) throw notOffered(action.verb, thing);
    return [first, ...rest];
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
      messages: messagesOf(steps, now, membersOf, chased),
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

/** One more voice where several decide together, what they come to by it, and the action that this makes. */
function voteBy(
  county: County,
  action: StageAction,
  thing: Thing,
  actor: Actor,
  voices: readonly string[],
  holdersOf: (post: string) => string[],
): { votes: Vote[]; outcome: Outcome; deciding: Verb } | null {
  const stage = stageOf(county, thing);
  const [of] = voices;
  if (!stage.together || of === undefined) return null;
  const votes: Vote[] = [...thing.votes, { of, is: voteOf(stage, action), by: actor.id }];
  const settled = settledBy(county, { ...thing, votes }, action.verb, holdersOf);
  return settled && { votes, ...settled };
}

function fired(decisions: Record<string, Decision>): Record<string, Decision> {
  return Object.fromEntries(Object.entries(decisions).filter(([, decision]) => decision.fired));
}

/** What the organisations that act on a thing are told of as well as its authors. */
const toldToHandlers = new Set<LogEntry['action']>([
  'ask',
  'assign',
  'pass-on',
  'remind',
  'supervise',
  'send-back',
  'tick',
]);

/** What whoever has the task is told of. */
const chases: ReadonlySet<LogEntry['action']> = new Set(['remind', 'supervise']);

/** What the one under whose name it then stands is told of. */
const toldWhoHasIt: ReadonlySet<LogEntry['action']> = new Set(['transfer', 'delegate', 'hand-back']);

/** What the colleague who was named last is told of. */
const asked: ReadonlySet<LogEntry['action']> = new Set(['inquire', 'copy']);

function messagesOf(
  steps: Step[],
  at: Instant,
  membersOf: (organisation: string) => string[],
  chased: (thing: Thing, now: Instant) => string[],
): Commit['messages'] {
  return steps.flatMap(({ thing, entry }) => {
    // Whose data is erased is told of nothing, and nobody else hears of it.
    if (entry.action === 'erase') return [];
    const handlers = toldToHandlers.has(entry.action) ? thing.handlers.flatMap(membersOf) : [];
    const told = toldWhoHasIt.has(entry.action)
      ? thing.claimedBy
      : asked.has(entry.action)
        ? thing.readers.at(-1)
        : null;
    const people = new Set([
      ...thing.authors.map(({ person }) => person),
      ...handlers,
      ...(chases.has(entry.action) ? chased(thing, at) : []),
      ...(told ? [told] : []),
    ]);
    people.delete(entry.actor);
    const invited = entry.action === 'submit' ? invitedTo(thing) : [];
    return [...new Set([...people, ...invited])].map((to) => ({
      to,
      kind: invited.includes(to) ? INVITED : entry.action,
      about: { county: thing.county, kind: thing.kind, id: thing.id },
      at,
    }));
  });
}

function notOffered(verb: Verb, thing: Thing): DeskError {
  return new DeskError('not-offered', {
    zh: `${thing.id || '此事项'} 现处环节没有“${verb}”这个动作。请刷新后按所列动作办理。`,
    en: `${thing.id || 'This thing'} offers no "${verb}" at its stage. Reload it and choose among what is offered.`,
  });
}
function versionNeeded(): DeskError {
  return new DeskError('version-needed', {
    zh: '请带上所见的版本(If-Match),以免覆盖他人的办理。',
    en: 'Send the version you saw (If-Match), so that nobody else’s act is overwritten.',
  });
}
