import { BACK, EARLIER, type County, type Field, type Stage, type StageAction } from '../county/county.ts';
import { civilDate, type CivilDate, type CivilMinute } from '../model/date.ts';
import { say } from '../model/text.ts';
import {
  lateAfter,
  jointlyAsked,
  JOINT,
  type Actor,
  type Decision,
  type FieldValue,
  type Thing,
} from '../model/thing.ts';
import type { ActionView, FieldView, Option } from '../model/view.ts';
import { workingDaysFrom } from '../workflow/calendar.ts';
import { askedAndSilent } from './facts.ts';
import { jumpsTo } from '../workflow/machine.ts';
import { isOfIssue } from './number.ts';
import { mayVote } from '../workflow/together.ts';
import { isVote, participantsOf, voicesOf } from './participants.ts';
import { authorsOf, entersFor, mayTake, mustNot } from './permission.ts';
import { vacancy } from './posts.ts';
import { fieldsToRemarkOn } from './remarks.ts';
import { type Reader, reasonView, stageOf } from './view.ts';

/** Whether the rules and where it stands let an action be taken at all, whoever takes it. */
export function offered(thing: Thing, action: StageAction): boolean {
  const holds = (rule: string | null) => rule !== null && thing.decisions[rule]?.fired === true;
  if (action.if !== null && !holds(action.if)) return false;
  if (action.unless !== null && holds(action.unless)) return false;
  // What was never returned has nowhere to go back to, unless there is another way.
  return action.to.every((branch) => branch.to === BACK) && action.to.length > 0 ? thing.back !== null : true;
}

/** Some actions are offered only for so long after the thing arrived, or until its due date. */
export function inTime(
  county: County,
  thing: Thing,
  { within, beforeDue }: StageAction,
  clock: CivilDate | CivilMinute,
): boolean {
  if (beforeDue && thing.due && lateAfter(thing.due) < clock) return false;
  if (within === null || thing.version === 0) return true;
  const arrived = civilDate(thing.since, county.timeZone);
  return clock.slice(0, 10) <= workingDaysFrom(arrived, within, county.closures);
}

/** What this actor has done already and cannot again, or cannot yet. */
export function spent(actor: Actor, thing: Thing, { verb }: StageAction): boolean {
  if (verb === 'take-back')
    return thing.lastMove?.by !== actor.id || thing.lastMove.at !== thing.version || thing.path.length === 0;
  if (verb === 'claim') return thing.claimedBy !== null;
  if (verb === 'release') return thing.claimedBy !== actor.id;
  if (verb === 'delegate') return thing.delegated !== null;
  // What one was asked to do is handed back, not answered.
  if (verb === 'advise') return thing.delegated?.to === actor.id;
  if (verb === 'mark')
    return thing.moments.some((moment) => moment.is === 'scored' && moment['rater'] === actor.id);
  // Where it is nobody's there is nobody to ask.
  if (verb === 'invite') return thing.authors.length === 0;
  // What has not been counted cannot be checked.
  if (verb === 'pass' && thing.kind === 'period') return typeof thing.fields['table'] !== 'string';
  if (verb !== 'opine') return false;
  const left = askedAndSilent(thing);
  const own = actor.posts.flatMap(({ organisation }) => organisation ?? []);
  return own.length > 0 && !own.some((organisation) => left.includes(organisation));
}

/** The decision that proposes an action, if its rule fired. */
export function proposalOf(thing: Thing, action: StageAction | undefined): Decision | null {
  if (!action?.proposedBy) return null;
  const decision = thing.decisions[action.proposedBy];
  return decision?.fired ? decision : null;
}

/** What this actor may do next: the same test that judges the act itself. */
export function offeredActions(
  { county, actor, holdersOf, postsOn }: Pick<Reader, 'county' | 'actor' | 'holdersOf' | 'postsOn'>,
  thing: Thing,
  clock: CivilDate | CivilMinute,
): { action: StageAction; how: 'direct' | 'behalf' }[] {
  const stage = stageOf(county, thing);
  const instead = thing.version === 0 ? null : vacancy(county, postsOn(clock.slice(0, 10)), stage, thing);
  return [...stage.actions.values()].flatMap((action) => {
    if (!offered(thing, action) || !inTime(county, thing, action, clock) || spent(actor, thing, action))
      return [];
    const how = jointAnswers.has(action.verb)
      ? answersJointly(county, actor, thing, action)
      : byReaders.has(action.verb)
        ? wasAsked(actor, thing)
          ? 'direct'
          : 'no'
        : takesFor(actor, thing, action)
          ? 'direct'
          : action.verb === 'hand-back'
            ? // What nobody was asked to do cannot be handed back.
              'no'
            : mayTake(county, actor, action, thing.version === 0 ? null : thing, instead);
    // Whoever has it done waits for it; what is at every stage goes on.
    if (waitsFor(actor, thing) && !action.everywhere && (action.to.length > 0 || isVote(stage, action)))
      return [];
    if (action.verb === 'delegate' && !isTask(stage, (one) => mayTake(county, actor, one, thing, instead)))
      return [];
    if (!isVote(stage, action)) return how === 'no' ? [] : [{ action, how }];
    const open = voicesOf(county, actor, stage, thing, holdersOf, { instead });
    // Whoever was added as a signer signs, whatever posts the action names.
    if (open.length > 0) return [{ action, how: 'direct' as const }];
    return how === 'behalf' ? [{ action, how }] : [];
  });
}

/** Whether a stage's own step, one that moves it or is a vote, is the actor's to take. */
function isTask(stage: Stage, how: (action: StageAction) => 'direct' | 'behalf' | 'no'): boolean {
  return [...stage.actions.values()].some(
    (action) =>
      !action.everywhere && (action.to.length > 0 || isVote(stage, action)) && how(action) === 'direct',
  );
}

const waitsFor = ({ id }: Actor, { delegated }: Thing): boolean => delegated?.by === id;

/** What whoever does it for another may do: fill in its forms where it stands, and hand it back. */
function takesFor({ id }: Actor, { delegated }: Thing, { verb }: StageAction): boolean {
  if (verb === 'hand-back') return delegated?.to === id || delegated?.by === id;
  return delegated?.to === id && ['check', 'edit', 'comment', 'progress'].includes(verb);
}

/** Somebody else, who would be let judge it. */
export function canDelegateTo(county: County, person: string, actor: Actor, thing: Thing): boolean {
  return person !== actor.id && !mustNot(county, person, thing);
}

/** Acts by which others are asked to be its authors too. */
const asksJointly: ReadonlySet<string> = new Set(['save', 'submit']);

/** Acts of those who were asked to be its authors too. */
const jointAnswers: ReadonlySet<string> = new Set(['co-sign', 'stay-out']);

/** Whoever was asked says so; the office may enter what they said. */
function answersJointly(
  county: County,
  actor: Actor,
  thing: Thing,
  { by }: StageAction,
): 'direct' | 'behalf' | 'no' {
  const open = jointlyAsked(thing);
  if (open.length === 0) return 'no';
  if (open.includes(actor.id)) return 'direct';
  return entersFor(county, actor, by, thing).length > 0 ? 'behalf' : 'no';
}

/** Whether somebody reads it because they were copied in or asked, and not as its author to be. */
function wasAsked({ id }: Actor, { readers, fields }: Thing): boolean {
  const joint = fields[JOINT];
  return readers.includes(id) && !(Array.isArray(joint) && joint.includes(id));
}

/** Acts of those who were copied in or asked. */
export const byReaders: ReadonlySet<string> = new Set(['advise', 'read']);

export function actionView(
  reader: Reader,
  thing: Thing,
  action: StageAction,
  how: 'direct' | 'behalf',
  /** The pieces of its issue as they were last arranged. */
  arranged: readonly string[] = [],
): ActionView {
  const { county, language } = reader;
  const proposal = proposalOf(thing, action);
  const against =
    action.instead === null ? null : proposalOf(thing, stageOf(county, thing).actions.get(action.instead));
  const fields = (action.form ? (county.forms.get(action.form) ?? []) : [])
    .map((field) => fieldView(reader, thing, action, field))
    // Where there is nothing to name, nothing is asked.
    .filter(
      ({ tie, type, required, options, value }) =>
        !(tie || type === 'comment' || type === 'people') || required || options.length > 0 || value !== null,
    );
  if (action.instead !== null)
    fields.push({
      name: 'whyNot',
      label: language === 'en' ? 'Why not as the rules propose' : '不按规则建议办理的理由',
      hint: against
        ? reasonView(reader, thing.kind, against).because.join(language === 'en' ? '; ' : ';')
        : null,
      type: 'long-text',
      required: against !== null,
      // What this very form says may make the rules propose otherwise: then the answer asks for it.
      onDemand: against === null,
      limit: 300,
      pictures: false,
      headings: [],
      options: [],
      tie: null,
      value: null,
    });
  const together = isOfIssue(thing.kind, action.verb);
  return {
    action: action.verb,
    label: say(action.label, language),
    tone: action.tone,
    // Whoever is asked to sign has nothing else to do.
    aside: action.everywhere && !(jointAnswers.has(action.verb) && how === 'direct'),
    confirm: action.confirm === null ? null : say(action.confirm, language),
    proposed: proposal ? [reasonView(reader, thing.kind, proposal)] : null,
    takes:
      action.verb === 'compile'
        ? 'reports'
        : action.verb === 'join' || action.verb === 'merge'
          ? 'report'
          : together
            ? 'pieces'
            : null,
    arranged: together ? [...arranged] : [],
    behalf:
      how === 'behalf'
        ? partiesOf(reader, action, thing).map((id) => ({ value: id, label: reader.nameOf(id) }))
        : [],
    fields,
  };
}

/** For whom this actor may enter an act: the authors, the organisations that act on it, the holders of a post. */
export function partiesOf(
  { county, actor, holdersOf }: Pick<Reader, 'county' | 'actor' | 'holdersOf'>,
  action: StageAction,
  thing: Thing,
): string[] {
  const parties = entersFor(county, actor, action.by, thing).flatMap((post) => {
    const scope = county.posts.get(post)?.scope;
    if (scope === 'own') return jointAnswers.has(action.verb) ? jointlyAsked(thing) : authorsOf(thing);
    if (scope === 'county') return holdersOf(post);
    const stage = stageOf(county, thing);
    if (isVote(stage, action)) return mayVoteAt(county, thing, holdersOf);
    const acting = action.verb === 'opine' ? askedAndSilent(thing) : thing.handlers;
    return action.leadOnly ? acting.slice(0, 1) : acting;
  });
  return [...new Set(parties)];
}

function mayVoteAt(county: County, thing: Thing, holdersOf: Reader['holdersOf']): string[] {
  const stage = stageOf(county, thing);
  return stage.together ? mayVote(stage.together, participantsOf(county, thing, holdersOf), thing.votes) : [];
}

function prefilled(thing: Thing, action: StageAction, field: Field): FieldValue {
  if (action.verb === 'compile' && field.id === 'text')
    return ['situation', 'analysis', 'suggestion']
      .map((part) => thing.fields[part])
      .filter((part) => typeof part === 'string')
      .join('\n\n');
  const kept = thing.fields[field.id];
  const own = ['save', 'submit', 'check', 'pass', 'edit', 'compile', 'write-up', 'arrange', 'issue'].includes(
    action.verb,
  );
  return own && kept !== undefined ? kept : null;
}

function fieldView(reader: Reader, thing: Thing, action: StageAction, field: Field): FieldView {
  const choices = dynamicOptions(reader, thing, action, field);
  return {
    name: field.id,
    label: say(field.label, reader.language),
    hint: field.hint === null ? null : say(field.hint, reader.language),
    type: field.type,
    required: field.required,
    onDemand: false,
    limit: field.limit,
    pictures: field.pictures,
    headings: [...field.headings],
    options:
      choices ??
      field.options.map((option) => ({ value: option.id, label: say(option.label, reader.language) })),
    tie: field.ties && { link: field.ties.link, kinds: field.ties.kinds, of: thing.kind },
    value: prefilled(thing, action, field),
  };
}

/** Options that depend on who there is and where the thing has been; null for a field that names its own. */
export function dynamicOptions(
  reader: Reader,
  thing: Thing,
  action: StageAction,
  field: Field,
): Option[] | null {
  const { county, actor, colleagues, linksOf, peopleOf, holdersOf, language, choices, nameOf } = reader;
  if (field.fromLinks) return linksOf(thing.authors[0]?.person ?? actor.id);
  if (field.type === 'person')
    switch (action.verb) {
      case 'transfer':
        return colleagues().filter(ableAt(county, thing, holdersOf));
      case 'invite':
        return thing.authors.map(({ person }) => ({ value: person, label: reader.nameOf(person) }));
      case 'delegate':
        return colleagues().filter(({ value }) => canDelegateTo(county, value, actor, thing));
      default:
        return colleagues();
    }
  // Whose it is asks others; who writes up a lead or tidies a text asks nobody.
  if (field.type === 'people') {
    const [first] = thing.authors;
    const own = first?.person ?? actor.id;
    return asksJointly.has(action.verb) ? peopleOf(field.ofKind).filter(({ value }) => value !== own) : [];
  }
  if (field.type === 'post')
    return [...county.posts.values()]
      .filter(({ scope }) => scope === 'county')
      .map(({ id, name }) => ({ value: id, label: say(name, language) }));
  if (field.type === 'field') return fieldsToRemarkOn(reader, thing);
  if (field.type === 'comment') return choices.get(field) ?? [];
  if (field.type === 'thing') {
    const options = choices.get(field) ?? [];
    // What was chosen stays a choice, however many are newer.
    const chosen = thing.fields[field.id];
    if (typeof chosen !== 'string' || options.some(({ value }) => value === chosen)) return options;
    return [{ value: chosen, label: nameOf(chosen) }, ...options];
  }
  if (field.type !== 'stage') return null;
  const earlier = action.to.some(({ to }) => to === EARLIER);
  const flow = county.flows.get(thing.kind);
  const ids = earlier ? [...new Set(thing.path)] : flow ? jumpsTo(flow, thing.stage) : [];
  return ids
    .filter((id) => id !== thing.stage)
    .map((id) => ({
      value: id,
      label: say(stageOf(county, { kind: thing.kind, stage: id }).label, language),
    }));
}

/** A task goes to somebody who may do it, if only as a deputy. */
function ableAt(county: County, thing: Thing, holdersOf: Reader['holdersOf']) {
  const posts = [...stageOf(county, thing).actions.values()].flatMap(({ by, everywhere }) =>
    everywhere ? [] : by,
  );
  const able = new Set(
    posts.flatMap((post) => [post, ...(county.posts.get(post)?.deputies ?? [])]).flatMap(holdersOf),
  );
  return ({ value }: Option): boolean => able.has(value);
}
