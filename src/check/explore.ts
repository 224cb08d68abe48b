import type { CountyConfig } from '../county/config.generated.ts';
import { say, type Text } from '../model/text.ts';
import type { ThingKind } from '../model/thing.ts';
import { checkClockLoops } from './clock-loops.ts';
import type { Report } from './known.ts';
import type { Path } from './source.ts';
import {
  goalsOf,
  lengthOf,
  Walk,
  type Edge,
  type RawAction,
  type RawStage,
  type Reached,
  type Way,
  type Ways,
} from './ways.ts';

/**
 * Reports where a thing can get stuck, what never ends, and what the config itself declares and does not keep, each
 * with the shortest way to it in words. What can be done at every stage is no way of the flow.
 */
export function explore(config: CountyConfig, kind: ThingKind, report: Report): void {
  const flow = config.flows?.[kind];
  if (!flow) return;
  const walk = new Walk(flow, config.forms);
  const at = (stage: string, ...rest: Path): Path => [
    'flows',
    kind,
    'stages',
    flow.stages.findIndex(({ id }) => id === stage),
    ...rest,
  ];
  const all = walk.from(() => true);
  const first = new Map([...all.reached].reverse().map(({ state, way }) => [state.stage, way]));
  for (const stage of flow.stages) {
    const way = first.get(stage.id);
    if (way === undefined) continue;
    const words = walk.inWords(way);
    checkStuck(stage, words, at, report);
    checkTogether(stage, at, report);
    const after = (stage.overdue ?? []).some(
      ({ workingDays, days, workingHours }) => (workingDays ?? days ?? workingHours ?? 0) >= 0,
    );
    if (stage.due && stage.overdue && !after)
      report(at(stage.id, 'overdue'), 'no-escalation', {
        zh: `环节“${stage.id}”有期限,到期后却什么也不做。请删去 overdue(次日督办),或写明到期或超期后的步骤(天数不为负)。`,
        en: `The stage "${stage.id}" has a due date and nothing happens after it. Remove "overdue" (supervised the next day), or name a step on or after it (its days not negative).`,
      });
  }
  checkClockLoops(walk.stages, at, report);
  (config.never ?? []).forEach((rule, index) => {
    if (rule.on === kind) checkNever(walk, rule, ['never', index], report);
  });
  (config.always ?? []).forEach((rule, index) => {
    if (rule.on === kind) checkAlways(walk, all, rule, ['always', index], report);
  });
}

interface Words {
  zh: string;
  en: string;
}

/** Whether, however the rules turn out, something leads on from here. */
function checkStuck(
  stage: RawStage,
  way: Words,
  at: (stage: string, ...rest: Path) => Path,
  report: Report,
): void {
  if (stage.kind === 'end') return;
  const moving = Object.entries(stage.actions ?? {}).filter(([, action]) => goalsOf(action).length > 0);
  for (const [verb, action] of moving)
    if (Array.isArray(action.to) && action.to.every((branch) => branch.if !== undefined))
      report(at(stage.id, 'actions', verb, 'to'), 'can-get-stuck', {
        zh: `“${say(action.label, 'zh')}”的去向都有条件,一条也不成立时办不了(${way.zh})。请在最后加一个不带 if 的去向。`,
        en: `Every goal of "${say(action.label, 'en')}" has a condition; where none holds it cannot be taken (${way.en}). Add a last one without "if".`,
      });
  // What is offered for a time alone is no way on after it.
  const lasting = moving.filter(([, action]) => !ends(stage, action));
  const open = lasting.some(([, { if: rule, unless }]) => rule === undefined && unless === undefined);
  const covered = lasting.some(([, one]) =>
    lasting.some(
      ([, other]) =>
        one.if !== undefined && one.if === other.unless && one.unless === undefined && other.if === undefined,
    ),
  );
  // What stays here and asks for something can make a rule hold that does not yet.
  const changes = Object.values(stage.actions ?? {}).some(
    (action) =>
      goalsOf(action).length === 0 &&
      !ends(stage, action) &&
      action.form !== undefined &&
      action.if === undefined &&
      action.unless === undefined,
  );
  if (moving.length === 0 || open || covered || (changes && lasting.length > 0)) return;
  const timed = moving.find(([, action]) => ends(stage, action))?.[1];
  report(
    at(stage.id),
    'can-get-stuck',
    timed
      ? {
          zh: `到了“${stage.id}”,“${say(timed.label, 'zh')}”过了时限就不能办,此后规则不成立时没有动作能往下走(${way.zh})。请加一个不限时也不带条件的动作。`,
          en: `At "${stage.id}" the time for "${say(timed.label, 'en')}" runs out, and nothing leads on after that where no rule holds (${way.en}). Add an action without a time limit or condition.`,
        }
      : {
          zh: `到了“${stage.id}”,规则不成立时没有一个动作能往下走(${way.zh})。请加一个不带条件的动作。`,
          en: `At "${stage.id}" nothing leads on where the rules do not hold (${way.en}). Add an action without a condition.`,
        },
  );
}

/** Whether an action is offered for so long only; until the due date is always, where there is none. */
function ends({ due }: RawStage, { within, beforeDue }: RawAction): boolean {
  return (
    (within !== undefined && within !== null) || (beforeDue === true && due !== undefined && due !== null)
  );
}

/** Several who decide together must be able to come to something. */
function checkTogether(stage: RawStage, at: (stage: string, ...rest: Path) => Path, report: Report): void {
  const { together } = stage;
  if (!together || together.each === 'handler') return;
  const of = together.of ?? stage.by ?? [];
  const weight = (post: string) => together.weights?.[post] ?? 1;
  const all = of.reduce((sum, post) => sum + weight(post), 0);
  const [above = 0, below = 1] =
    typeof together.need === 'string' ? together.need.split('/').map(Number) : [];
  const needed = typeof together.need === 'number' ? together.need : Math.ceil((above * all) / below);
  const short =
    typeof together.need === 'number'
      ? (together.each ?? 'post') === 'post' && needed > of.length
      : above > below;
  if (of.length > 0 && !short) return;
  report(at(stage.id, 'together', 'need'), 'never-together', {
    zh: `这里只有 ${of.length} 个职务会签,永远凑不够 ${String(together.need)}。请改少,或增加职务。`,
    en: `Only ${of.length} post(s) sign here, which never come to ${String(together.need)}. Ask for fewer, or name more posts.`,
  });
}

type Point = { action?: string; stage?: string; offered?: string };

function passes({ stages }: Walk, point: Point, edge: Edge): boolean {
  if (point.action !== undefined) return edge.verb === point.action;
  if (point.stage !== undefined) return edge.to.stage === point.stage;
  return stages.get(edge.to.stage)?.actions?.[point.offered ?? ''] !== undefined;
}

/** "Never dispatched without having been issued": no way does the one that has not come past the other. */
function checkNever(
  walk: Walk,
  rule: NonNullable<CountyConfig['never']>[number],
  path: Path,
  report: Report,
): void {
  if (rule.without.stage === walk.flow.start) return;
  const without = (edge: Edge) => !passes(walk, rule.without, edge);
  const { reached, cameFrom } = walk.from(without);
  const does = (edge: Edge) => passes(walk, { action: rule.do, stage: rule.reach }, edge) && without(edge);
  for (const { state, way: before } of reached) {
    const edge = walk.edgesFrom(state, cameFrom).find(does);
    if (edge) return broken(walk, rule.name, 'never-broken', { edge, before }, path, report);
  }
}

/** "After a reply it is checked": no way leads from the one to an end past the other. */
function checkAlways(
  walk: Walk,
  { reached, cameFrom }: Ways,
  rule: NonNullable<CountyConfig['always']>[number],
  path: Path,
  report: Report,
): void {
  const begin = reached.flatMap(({ state, way: before }): Reached[] =>
    walk
      .edgesFrom(state, cameFrom)
      .filter((edge) => passes(walk, rule.after, edge) && !passes(walk, rule.comes, edge))
      .map((edge) => ({ state: edge.to, way: { edge, before } })),
  );
  const [ended] = walk
    .from((edge) => !passes(walk, rule.comes, edge), begin, cameFrom)
    .reached.filter(({ state }) => walk.stages.get(state.stage)?.kind === 'end')
    .map(({ way }) => ({ way, length: lengthOf(way) }))
    .sort((a, b) => a.length - b.length);
  if (ended) broken(walk, rule.name, 'always-broken', ended.way, path, report);
}

function broken(
  walk: Walk,
  name: Text,
  code: 'never-broken' | 'always-broken',
  way: Way | null,
  path: Path,
  report: Report,
): void {
  const words = walk.inWords(way);
  report(path, code, {
    zh: `“${say(name, 'zh')}”做不到:${words.zh}。请改流程,或改这条声明。`,
    en: `"${say(name, 'en')}" is not kept: ${words.en}. Change the flow, or this declaration.`,
  });
}
