import { isDeepStrictEqual } from 'node:util';
import type { County, Stage } from '../county/county.ts';
import { civilDate, civilTime, type CivilDate } from '../model/date.ts';
import type { Saying } from '../model/error.ts';
import { say, type Language } from '../model/text.ts';
import type { Decision, Due, Thing } from '../model/thing.ts';
import type { StageMap } from '../model/version.ts';
import { dueBy, stepAt } from '../workflow/due.ts';
import { nextStage } from '../workflow/machine.ts';
import type { Change } from './change.ts';
import { changedDecisions, decisionsOf } from './decisions.ts';
import { isOwnDraft } from './permission.ts';
import { fallbackOf, isHeld, type Posts } from './posts.ts';
import { fieldsOfKind, stageOf } from './view.ts';
import { inTime, offered } from './offering.ts';

/** What moving a thing over would make of it, and what is to be said of that; or why it cannot be, and what to do. */
export type Plan =
  { goal: Stage; change: Change; said: Saying[] } | { goal: null; change: null; said: [Saying] };

export interface PlanParts {
  /** The version whose flow the thing follows, and the one that it would follow. */
  from: County;
  to: County;
  stages: StageMap;
  today: CivilDate;
  kindOf: (person: string) => string | null;
  /** Who can act by the new version's posts; null where no directory is given, and so nobody can be missed in it. */
  posts: Posts | null;
}

const named = (label: (language: Language) => string): Saying => ({ zh: label('zh'), en: label('en') });

/**
 * What the move to another version makes of one thing. Nothing is lost in silence: what the new version cannot carry
 * is refused, what it changes is said. Changes nothing.
 */
export async function planOf(thing: Thing, parts: PlanParts): Promise<Plan> {
  const { from, to, stages } = parts;
  const goalOf = (stage: string): Stage | undefined =>
    to.flows.get(thing.kind)?.stages.get(stages[thing.kind]?.[stage] ?? stage);
  const goal = goalOf(thing.stage);
  const missing = stagesGone(thing, to).find((stage) => !goalOf(stage));
  if (missing !== undefined || !goal)
    return { goal: null, change: null, said: [noStage(thing, missing ?? thing.stage, parts)] };
  const refusal = carriedWhole(thing, goal, parts);
  if (refusal) return { goal: null, change: null, said: [refusal] };

  const decided = await decisionsOf(to, thing, { kindOf: parts.kindOf, today: parts.today, similarTo: null });
  const gone: Decision[] = Object.values(thing.decisions)
    .filter(({ rule, fired }) => fired && !to.rules.has(rule))
    .map(({ rule }) => ({ rule, fired: false, reasons: [] }));
  const decisions = {
    ...changedDecisions(thing, decided),
    ...Object.fromEntries(gone.map((decision) => [decision.rule, decision])),
  };
  const back = thing.back === null ? null : (goalOf(thing.back)?.id ?? null);
  const path = thing.path.flatMap((stage) => goalOf(stage)?.id ?? []);
  const resume = resumes(thing)
    ? { at: goalOf(thing.resume.at)?.id ?? '', to: goalOf(thing.resume.to)?.id ?? '' }
    : null;
  const skipped = thing.skipped.map((one) => ({ ...one, stage: goalOf(one.stage)?.id ?? one.stage }));
  const there: Thing = {
    ...thing,
    stage: goal.id,
    back,
    resume,
    path,
    decisions: { ...thing.decisions, ...decisions },
  };
  const clock = clockOver(thing, goal, parts);
  const due = clock.change.due === undefined ? thing.due : clock.change.due;
  const stuck = leadsOn({ ...there, due }, goal, parts, goal.id !== thing.stage);
  if (stuck) return { goal: null, change: null, said: [stuck] };

  const change: Change = {
    configVersion: to.version,
    stage: goal.id,
    path,
    decisions,
    ...(back === thing.back ? {} : { back }),
    ...(isDeepStrictEqual(resume, thing.resume) ? {} : { resume }),
    ...(isDeepStrictEqual(skipped, thing.skipped) ? {} : { skipped }),
    ...clock.change,
    migration: {
      from: from.version,
      to: to.version,
      stage: { was: thing.stage, now: goal.id },
      due: { was: thing.due?.on ?? null, now: (clock.change.due ?? thing.due)?.on ?? null },
    },
  };
  if (clock.change.due === null && change.migration) change.migration.due.now = null;
  return { goal, change, said: [clock.said, ...losses(thing, parts), ...votesSaid(thing)] };
}

/** The stages that a thing needs, where it stands and where it is to come back to, and the version does not have. */
export function stagesGone(thing: Thing, to: County): string[] {
  const needed = [thing.stage, thing.back, resumes(thing) ? thing.resume.to : null];
  return needed.flatMap((stage) =>
    stage === null || to.flows.get(thing.kind)?.stages.has(stage) ? [] : [stage],
  );
}

/** It stands, or comes back to, where it goes on to where it was sent back from. */
function resumes(thing: Thing): thing is Thing & { resume: NonNullable<Thing['resume']> } {
  return thing.resume !== null && [thing.stage, thing.back].includes(thing.resume.at);
}

function noStage({ id, kind }: Thing, stage: string, { from, to }: PlanParts): Saying {
  const label = (language: Language) => say(stageOf(from, { kind, stage }).label, language);
  return {
    zh: `${id} 要用到环节“${label('zh')}”(${stage}),第 ${to.version} 版没有。请在环节对照中写明它改到哪里:{ "${kind}": { "${stage}": "…" } }。`,
    en: `${id} needs the stage "${label('en')}" (${stage}), which version ${to.version} does not have. Say in the stage map where it goes: { "${kind}": { "${stage}": "…" } }.`,
  };
}

/** What a thing holds that the stage it would come to must be able to carry on with. */
function carriedWhole(thing: Thing, goal: Stage, parts: PlanParts): Saying | null {
  const { from, to } = parts;
  const { id, kind } = thing;
  const at = named((language) => say(goal.label, language));
  const stage = stageOf(from, thing);
  if (goal.kind === 'end')
    return {
      zh: `${id} 还没有办完,“${at.zh}”却是终点;转版本不能替人办结。请在环节对照中改到别的环节,或先按原流程办结。`,
      en: `${id} is under way and "${at.en}" is an end; a move ends nothing for anybody. Map it to another stage, or end it first by its own flow.`,
    };
  if (isOwnDraft(to, { kind, stage: goal.id }) !== isOwnDraft(from, thing))
    return {
      zh: `${id} 现处“${say(stage.label, 'zh')}”,“${at.zh}”的可见范围不同:一个是作者自己的草稿,一个不是。请在环节对照中改到别的环节。`,
      en: `${id} stands at "${say(stage.label, 'en')}"; of it and "${at.en}" one is its author's own draft and the other is not. Map it to another stage.`,
    };
  const voting = thing.votes.length > 0 || thing.signers !== null;
  if (voting && !isDeepStrictEqual(stage.together, goal.together))
    return {
      zh: `${id} 正在“${say(stage.label, 'zh')}”会签,已有 ${thing.votes.length} 人表态,而“${at.zh}”的会签办法不同,已表的态不能照搬。请等会签有了结果再转,或采用“下一环节再转”。`,
      en: `${id} is being decided together at "${say(stage.label, 'en')}": ${thing.votes.length} have spoken, and "${at.en}" decides otherwise, so what they said cannot be taken over. Wait for their outcome, or let things move at their next stage.`,
    };
  const placesOf = (county: County) => fieldsOfKind(county, kind).get('destination')?.options ?? [];
  const waiting = Object.entries(thing.destinations).flatMap(([place, sent]) =>
    sent === null ? [place] : [],
  );
  const lost = waiting.find((place) => !placesOf(to).some((option) => option.id === place));
  if (lost !== undefined) {
    const place = named((language) =>
      say(placesOf(from).find((one) => one.id === lost)?.label ?? lost, language),
    );
    return {
      zh: `${id} 还要报送“${place.zh}”(${lost}),第 ${to.version} 版的报送表里没有这个去向。请先报送,或在新版中保留这个去向。`,
      en: `${id} is still to be sent to "${place.en}" (${lost}), which the form of version ${to.version} does not offer. Send it first, or keep the destination in the new version.`,
    };
  }
  if (goal.kind === 'dispatch' && waiting.length === 0)
    return {
      zh: `${id} 没有待报送的去向,到了“${at.zh}”无事可办。请在环节对照中改到别的环节。`,
      en: `${id} has no destination that waits, so nothing could be done at "${at.en}". Map it to another stage.`,
    };
  const stranger = thing.handlers.find((one) => from.organisations.has(one) && !to.organisations.has(one));
  if (stranger !== undefined) {
    const name = named((language) => say(from.organisations.get(stranger)?.name ?? stranger, language));
    return {
      zh: `${id} 由“${name.zh}”(${stranger})承办,第 ${to.version} 版没有这个组织。请先改派,或在新版中保留这个组织。`,
      en: `${id} is handled by "${name.en}" (${stranger}), an organisation that version ${to.version} does not have. Reassign it first, or keep the organisation in the new version.`,
    };
  }
  return null;
}

/** Whether, as the new version's rules have it, somebody can take an action that leads on from the stage. */
function leadsOn(
  thing: Thing,
  goal: Stage,
  { to, posts: held, today }: PlanParts,
  arrives: boolean,
): Saying | null {
  const flow = to.flows.get(thing.kind);
  const own = [...goal.actions.values()].filter(({ everywhere }) => !everywhere);
  const leads = own.filter((action) => {
    // What is offered for some days only begins anew where it arrives.
    if (!inTime(to, thing, arrives ? { ...action, within: null } : action, today)) return false;
    // What stays here and asks for something can make a rule hold that does not yet.
    if (action.to.length === 0) return action.form !== null && offered(thing, action);
    const outcome = action.verb === goal.together?.action ? 'reached' : 'failed';
    const context = { ...thing, outcome, goal: thing.path.at(-1) ?? null } as const;
    return flow && offered(thing, action) && nextStage(flow, goal.id, action.verb, context) !== null;
  });
  const at = named((language) => say(goal.label, language));
  const posts = leads.flatMap(({ by }) => by);
  const reached = posts.filter(
    (post) => to.posts.get(post)?.scope !== 'organisation' || thing.handlers.length > 0,
  );
  if (leads.length === 0)
    return {
      zh: `${thing.id} 到了“${at.zh}”(${goal.id})没有一个动作能往下走。请在环节对照中改到别的环节。`,
      en: `Nothing leads on for ${thing.id} at "${at.en}" (${goal.id}). Map it to another stage.`,
    };
  if (reached.length === 0 || (goal.together?.each === 'handler' && thing.handlers.length === 0))
    return {
      zh: `${thing.id} 没有承办单位,到了“${at.zh}”(${goal.id})无人可办。请先交办,或在环节对照中改到别的环节。`,
      en: `${thing.id} has no organisation that handles it, so nobody could act at "${at.en}" (${goal.id}). Assign it first, or map it to another stage.`,
    };
  const manned =
    held === null ||
    reached.some((post) => isHeld(to, held, post, thing)) ||
    fallbackOf(to, held, goal, thing) !== null;
  if (!manned) {
    const who = named((language) =>
      reached
        .map((post) => say(to.posts.get(post)?.name ?? post, language))
        .join(language === 'en' ? ', ' : '、'),
    );
    return {
      zh: `${thing.id} 到了“${at.zh}”应由${who.zh}办理,名册中没有人任此职务。请先在名册中写明,或在环节对照中改到别的环节。`,
      en: `At "${at.en}" ${thing.id} would be for ${who.en}, and nobody in the directory holds that post. Name somebody, or map it to another stage.`,
    };
  }
  return null;
}

/**
 * The due date by the new version's rule, from the same day of receipt. Where rule and calendar are the same it stays;
 * so does a date that somebody set. Nobody is made late by a change of rules: what would be over already is counted
 * from today. Steps of the clock whose day is over are not taken again.
 */
function clockOver(
  thing: Thing,
  goal: Stage,
  { from, to, today }: PlanParts,
): { change: Pick<Change, 'due' | 'escalated'>; said: Saying } {
  const stage = stageOf(from, thing);
  const { due } = thing;
  const sameRule =
    isDeepStrictEqual(stage.due, goal.due) &&
    isDeepStrictEqual([from.closures, from.officeHours], [to.closures, to.officeHours]);
  const received = due?.from ?? civilDate(thing.since, to.timeZone);
  const late = due !== null && due.on < today;
  const time = due?.time?.received ?? civilTime(thing.since, to.timeZone);
  const clock = { time, hours: to.officeHours };
  let next: Due | null = due;
  let again = false;
  if (goal.due === null) next = null;
  else if (!sameRule && due?.by !== 'field') {
    next = dueBy(goal.due, received, thing.fields, to.closures, clock);
    again = next !== null && next.on < today && !late;
    if (again) next = dueBy(goal.due, today, thing.fields, to.closures, clock);
  }
  const sameClock = isDeepStrictEqual(next, due) && isDeepStrictEqual(stage.overdue, goal.overdue);
  const ladder = goal.overdue.findIndex(
    (_, index) =>
      next !== null && (stepAt(goal.overdue, index, next, to.closures, to.officeHours)?.on ?? '') >= today,
  );
  const change = sameClock ? {} : { due: next, escalated: ladder < 0 ? goal.overdue.length : ladder };
  return { change, said: dueSaid(due, next, again) };
}

function dueSaid(was: Due | null, now: Due | null, again: boolean): Saying {
  if (!was && !now) return { zh: '没有期限。', en: 'No due date.' };
  if (!now) return { zh: `原期限 ${was?.on ?? ''} 取消。`, en: `The due date ${was?.on ?? ''} is dropped.` };
  if (was?.on === now.on) return { zh: `期限 ${now.on} 不变。`, en: `Due ${now.on}, as before.` };
  const before = { zh: was ? `由 ${was.on} ` : '', en: was ? ` instead of ${was.on}` : '' };
  return {
    zh: `期限${before.zh}重新计算为 ${now.on},自 ${now.from} 起算${again ? '(按原收到日已过期,改自今天起算)' : ''}。`,
    en: `Due ${now.on}${before.en}, reckoned again from ${now.from}${again ? ' (from its receipt it would be over already)' : ''}.`,
  };
}

/** What the new version has no place for, though the log keeps it. */
function losses(thing: Thing, { from, to }: PlanParts): Saying[] {
  const [old, next] = [fieldsOfKind(from, thing.kind), fieldsOfKind(to, thing.kind)];
  const unseen = Object.entries(thing.fields).flatMap(([name, value]) => {
    const field = value === null || value === '' || next.has(name) ? undefined : old.get(name);
    return field ? [field.label] : [];
  });
  const said: Saying[] = [];
  if (unseen.length > 0)
    said.push({
      zh: `新版的表里没有:${unseen.map((label) => say(label, 'zh')).join('、')};所填内容留在日志中,不再显示。`,
      en: `No form of the new version has: ${unseen.map((label) => say(label, 'en')).join(', ')}; what was filled in stays in the log and is shown no more.`,
    });
  if (thing.lastMove?.at === thing.version && stageOf(from, thing).actions.has('take-back'))
    said.push({ zh: '上一步不能再拿回。', en: 'The last act can no longer be taken back.' });
  return said;
}

function votesSaid({ votes }: Thing): Saying[] {
  if (votes.length === 0) return [];
  return [{ zh: `已有的 ${votes.length} 票照旧有效。`, en: `The ${votes.length} vote(s) so far stand.` }];
}
