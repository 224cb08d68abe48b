import type { County, Stage } from '../county/county.ts';
import { civilDate, type Instant } from '../model/date.ts';
import { MinqingError, type Saying } from '../model/error.ts';
import { say, type Language } from '../model/text.ts';
import { refName, type Thing } from '../model/thing.ts';
import type { Migration, MigrationRow, StageGone, StageMap } from '../model/version.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import type { Step } from '../store/port.ts';
import type { Change } from './change.ts';
import type { DeskContext } from './context.ts';
import { planOf, stagesGone, type PlanParts } from './migration-plan.ts';
import { postsOn } from './posts.ts';
import { GENESIS } from './seal.ts';
import { makeStep, timersOf } from './steps.ts';
import { stageOf } from './view.ts';

export interface MigrationRequest {
  /** The version to move to: the one in force, or in a dry run any that could be. */
  to: County;
  stages: StageMap;
  by: string;
  now: Instant;
  language: Language;
  dry: boolean;
}

/** A stage map that names what is not there; nothing was moved. */
export class MigrationError extends MinqingError {}

/** Every kind and stage of a map is one of the flows it speaks of. */
export function checkStageMap(stages: StageMap, to: County, earlier: readonly County[]): void {
  const kinds = [to, ...earlier].flatMap((county) => county.kinds);
  for (const [kind, pairs = {}] of Object.entries(stages)) {
    if (!kinds.includes(kind)) throw unknown(kind, kinds, { zh: '这类事项', en: 'kind of thing' });
    const old = earlier.flatMap(({ flows }) => [...(flows.get(kind)?.stages.keys() ?? [])]);
    const next = [...(to.flows.get(kind)?.stages.keys() ?? [])];
    for (const [was, now] of Object.entries(pairs)) {
      if (!old.includes(was)) throw unknown(was, old, { zh: `${kind} 的旧环节`, en: `old stage of ${kind}` });
      if (!next.includes(now))
        throw unknown(now, next, { zh: `${kind} 的新环节`, en: `new stage of ${kind}` });
    }
  }
}

function unknown(word: string, known: readonly string[], what: Saying): MigrationError {
  const meant = didYouMean(word, known);
  const all = [...new Set(known)];
  return new MigrationError('bad-stage-map', {
    zh: `环节对照有误:没有“${word}”${what.zh}${meant === null ? '' : `,是否为“${meant}”`}。可用:${all.join('、')}。`,
    en: `The stage map is wrong: there is no ${what.en} "${word}"${meant === null ? '' : `; did you mean "${meant}"`}. There are: ${all.join(', ')}.`,
  });
}

/** The step by which one thing is moved over. */
function stepOver(
  { county, free, newSalt }: DeskContext,
  thing: Thing,
  change: Change,
  previous: string,
  { by, now }: Pick<MigrationRequest, 'by' | 'now'>,
): Step {
  const signed = { action: 'migrate' as const, actor: by, onBehalf: null, at: now };
  return makeStep(county, thing, change, signed, previous, free, newSalt);
}

/**
 * Moves every thing under way to another version of the config, each in a commit of its own: broken off anywhere it
 * goes on from there, and what was moved is not moved again. What would be stranded stays as it is and says why.
 */
export async function migrate(context: DeskContext, request: MigrationRequest): Promise<Migration> {
  const { county, counties, countyOf, store } = context;
  const { to, stages, now, language, dry } = request;
  checkStageMap(
    stages,
    to,
    counties.filter(({ version }) => version !== to.version),
  );
  const found: Migration = {
    county: county.id,
    to: to.version,
    dry,
    rows: [],
    gone: [],
    ended: 0,
    already: 0,
  };
  const gone = new Map<string, StageGone>();
  for (const kind of context.kinds)
    for await (const { thing } of store.all(county.id, kind)) {
      const stage = stageOf(countyOf(thing), thing);
      if (thing.configVersion === to.version) found.already += 1;
      else if (stage.kind === 'end') found.ended += 1;
      else {
        const plan = await planOf(thing, partsOf(context, thing, { to, stages, now }));
        const row: MigrationRow = {
          kind,
          id: thing.id,
          from: thing.configVersion,
          stage: { id: stage.id, label: say(stage.label, language) },
          goal: plan.goal && { id: plan.goal.id, label: say(plan.goal.label, language) },
          is: plan.goal === null ? 'refused' : dry ? 'would-move' : 'moved',
          said: plan.said.map((saying) => saying[language]),
        };
        for (const id of stagesGone(thing, to))
          if (!gone.has(refName({ kind, id })))
            gone.set(refName({ kind, id }), goneOf(id, thing, request, countyOf(thing)));
        if (plan.change && !dry && !(await moved(context, thing, plan.change, request))) row.is = 'changed';
        found.rows.push(row);
      }
    }
  return { ...found, gone: [...gone.values()] };
}

/** Where what needs a stage that is no more could go: no move ends a thing. */
function goneOf(
  id: string,
  { kind }: Thing,
  { to, stages, language }: MigrationRequest,
  from: County,
): StageGone {
  const named = (stage: Stage) => ({ id: stage.id, label: say(stage.label, language) });
  return {
    kind,
    stage: named(stageOf(from, { kind, stage: id })),
    goals: [...(to.flows.get(kind)?.stages.values() ?? [])]
      .filter((stage) => stage.kind !== 'end')
      .map(named),
    goal: stages[kind]?.[id] ?? null,
  };
}

/** Whether it was moved: somebody who acts meanwhile goes first. */
async function moved(
  context: DeskContext,
  thing: Thing,
  change: Change,
  request: MigrationRequest,
): Promise<boolean> {
  const { store, countyOf } = context;
  const step = stepOver(context, thing, change, (await store.lastHash(thing)) ?? GENESIS, request);
  try {
    const timers = timersOf([step], countyOf);
    await store.commit({ steps: [step], scores: [], timers, messages: [], key: null });
    return true;
  } catch (error) {
    if (error instanceof MinqingError && error.code === 'conflict') return false;
    throw error;
  }
}

/** Things that a commit moved to another stage follow the version in force from there on, where its publishing said so. */
export async function stepsOver(context: DeskContext, steps: readonly Step[], now: Instant): Promise<Step[]> {
  const { county, countyOf, underWay } = context;
  if (underWay?.how !== 'next-stage') return [];
  const last = new Map(steps.map((step) => [refName(step.thing), step]));
  const over: Step[] = [];
  for (const { thing, entry } of last.values()) {
    const arrived = thing.since === now && thing.version > 1;
    if (!arrived || thing.configVersion === county.version) continue;
    if (stageOf(countyOf(thing), thing).kind === 'end') continue;
    const { change } = await planOf(thing, partsOf(context, thing, { ...underWay, to: county, now }));
    if (change) over.push(stepOver(context, thing, change, entry.hash, { ...underWay, now }));
  }
  return over;
}

function partsOf(
  { county, countyOf, directory, people }: DeskContext,
  thing: Thing,
  { to, stages, now }: Pick<MigrationRequest, 'to' | 'stages' | 'now'>,
): PlanParts {
  const today = civilDate(now, county.timeZone);
  return {
    from: countyOf(thing),
    to,
    stages,
    today,
    kindOf: (id) => people.get(id)?.kind ?? null,
    posts: directory.people.some(({ posts = [] }) => posts.length > 0) ? postsOn(to, directory, today) : null,
  };
}
