import type { CountyConfig } from '../county/config.generated.ts';
import { BACK } from '../county/county.ts';
import { say, type Text } from '../model/text.ts';
import type { ThingKind } from '../model/thing.ts';
import type { Report } from './known.ts';
import type { Path } from './source.ts';

type RawFlow = NonNullable<NonNullable<CountyConfig['flows']>['report']>;
type RawStage = RawFlow['stages'][number];
type RawAction = NonNullable<RawStage['actions']>[string];

/** Where a thing stands, and the stage that returned it. */
interface State {
  stage: string;
  back: string | null;
}
interface Edge {
  verb: string;
  label: Text;
  to: State;
}
interface Way {
  edge: Edge;
  before: Way | null;
}

/**
 * Every way that a thing of a flow can go, rules that are still undecided taken both ways; what can be done at every
 * stage is no way of the flow, and a way to where a thing has been before (`before`, `earlier`) comes to nothing new. Reports where a thing can get stuck, what never ends, and what the config itself
 * declares and does not keep, each with the shortest way to it in words.
 */
export function explore(config: CountyConfig, kind: ThingKind, report: Report): void {
  const flow = config.flows?.[kind];
  if (!flow) return;
  const stages = new Map(flow.stages.map((stage) => [stage.id, stage]));
  const at = (stage: string, ...rest: Path): Path => [
    'flows',
    kind,
    'stages',
    flow.stages.findIndex(({ id }) => id === stage),
    ...rest,
  ];
  const first = reach(stages, flow.start, () => true);
  for (const stage of flow.stages) {
    const way = first.get(stage.id);
    if (way === undefined) continue;
    const words = wayInWords(stages, flow.start, way);
    checkStuck(stage, words, at, report);
    checkTogether(stage, at, report);
    if (stage.due && stage.overdue?.length === 0)
      report(at(stage.id, 'overdue'), 'no-escalation', {
        zh: `环节“${stage.id}”有期限,超期后却什么也不做。请删去 overdue(次日督办),或写明步骤。`,
        en: `The stage "${stage.id}" has a due date and nothing happens after it. Remove "overdue" (supervised the next day), or name its steps.`,
      });
  }
  checkClockLoops(stages, at, report);
  (config.never ?? []).forEach((rule, index) => {
    if (rule.on === kind) checkNever(stages, flow, rule, ['never', index], report);
  });
  (config.always ?? []).forEach((rule, index) => {
    if (rule.on === kind) checkAlways(stages, flow, rule, ['always', index], report);
  });
}

/** Whether what comes to a stage goes back from it to where it came from. */
function goesBack(stage: RawStage | undefined): boolean {
  return Object.values(stage?.actions ?? {}).some((action) => goalsOf(action).includes(BACK));
}

function goalsOf(action: RawAction): string[] {
  const { to } = action;
  return to === undefined ? [] : typeof to === 'string' ? [to] : to.map((branch) => branch.to);
}

/** What can be done at a stage, and where each leads. */
function edgesFrom(stages: ReadonlyMap<string, RawStage>, { stage, back }: State): Edge[] {
  return Object.entries(stages.get(stage)?.actions ?? {}).flatMap(([verb, action]) =>
    (goalsOf(action).length === 0 ? [stage] : goalsOf(action)).flatMap((goal): Edge[] => {
      const target = goal === BACK ? back : goal;
      if (target === null || !stages.has(target)) return [];
      const returned = target === back ? null : goesBack(stages.get(target)) ? stage : back;
      return [{ verb, label: action.label, to: { stage: target, back: returned } }];
    }),
  );
}

const keyOf = ({ stage, back }: State) => `${stage} ${back ?? ''}`;

/** The shortest way to each stage along edges that are let through; null for where it begins. */
function reach(
  stages: ReadonlyMap<string, RawStage>,
  start: string,
  through: (edge: Edge, from: State) => boolean,
  begin: { state: State; way: Way | null }[] = [{ state: { stage: start, back: null }, way: null }],
): Map<string, Way | null> {
  const found = new Map<string, Way | null>();
  const seen = new Set<string>();
  for (let waiting = begin; waiting.length > 0;) {
    const next: typeof waiting = [];
    for (const { state, way } of waiting) {
      if (seen.has(keyOf(state))) continue;
      seen.add(keyOf(state));
      if (!found.has(state.stage)) found.set(state.stage, way);
      for (const edge of edgesFrom(stages, state))
        if (through(edge, state)) next.push({ state: edge.to, way: { edge, before: way } });
    }
    waiting = next;
  }
  return found;
}

const stateAt = (stage: string, way: Way | null): State => way?.edge.to ?? { stage, back: null };

interface Words {
  zh: string;
  en: string;
}
/** "草稿 —提交→ 初核" */
function wayInWords(stages: ReadonlyMap<string, RawStage>, start: string, way: Way | null): Words {
  const edges: Edge[] = [];
  for (let one = way; one; one = one.before) edges.unshift(one.edge);
  const in_ = (language: 'zh' | 'en') =>
    edges.reduce(
      (words, { label, to }) =>
        `${words} —${say(label, language)}→ ${say(stages.get(to.stage)?.label ?? to.stage, language)}`,
      say(stages.get(start)?.label ?? start, language),
    );
  return { zh: in_('zh'), en: in_('en') };
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
  const open = moving.some(([, { if: rule, unless }]) => rule === undefined && unless === undefined);
  const covered = moving.some(([, one]) =>
    moving.some(
      ([, other]) =>
        one.if !== undefined && one.if === other.unless && one.unless === undefined && other.if === undefined,
    ),
  );
  // What stays here and asks for something can make a rule hold that does not yet.
  const changes = Object.values(stage.actions ?? {}).some(
    (action) =>
      goalsOf(action).length === 0 &&
      action.form !== undefined &&
      action.if === undefined &&
      action.unless === undefined,
  );
  if (moving.length > 0 && !open && !covered && !changes)
    report(at(stage.id), 'can-get-stuck', {
      zh: `到了“${stage.id}”,规则不成立时没有一个动作能往下走(${way.zh})。请加一个不带条件的动作。`,
      en: `At "${stage.id}" nothing leads on where the rules do not hold (${way.en}). Add an action without a condition.`,
    });
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

/** Stages that the clock alone leads round and round. */
function checkClockLoops(
  stages: ReadonlyMap<string, RawStage>,
  at: (stage: string, ...rest: Path) => Path,
  report: Report,
): void {
  const next = (id: string): string[] => {
    const stage = stages.get(id);
    return (stage?.overdue ?? []).flatMap(({ do: verb }) => {
      const action = stage?.actions?.[verb];
      return action ? goalsOf(action).filter((goal) => stages.has(goal)) : [];
    });
  };
  /** The way by the clock alone from a stage back to itself. */
  const roundFrom = (start: string, here: string, passed: readonly string[]): string[] | null => {
    for (const goal of next(here)) {
      if (goal === start) return [...passed];
      const round = passed.includes(goal) ? null : roundFrom(start, goal, [...passed, goal]);
      if (round) return round;
    }
    return null;
  };
  const told = new Set<string>();
  for (const id of stages.keys()) {
    const round = told.has(id) ? null : roundFrom(id, id, [id]);
    if (!round) continue;
    for (const one of round) told.add(one);
    const names = (language: 'zh' | 'en') =>
      [...round, id].map((one) => say(stages.get(one)?.label ?? one, language)).join(' → ');
    report(at(id, 'overdue'), 'endless-loop', {
      zh: `没有人办理时,系统会一直转圈:${names('zh')}。请让其中一步停下来等人。`,
      en: `Where nobody acts the clock goes round for ever: ${names('en')}. Let one of them wait for a person.`,
    });
  }
}

type Point = { action?: string; stage?: string; offered?: string };

function passes(stages: ReadonlyMap<string, RawStage>, point: Point, edge: Edge): boolean {
  if (point.action !== undefined) return edge.verb === point.action;
  if (point.stage !== undefined) return edge.to.stage === point.stage;
  return stages.get(edge.to.stage)?.actions?.[point.offered ?? ''] !== undefined;
}

/** "Never dispatched without having been issued": no way does the one that has not come past the other. */
function checkNever(
  stages: ReadonlyMap<string, RawStage>,
  flow: RawFlow,
  rule: NonNullable<CountyConfig['never']>[number],
  path: Path,
  report: Report,
): void {
  if (rule.without.stage === flow.start) return;
  let broken: Way | null = null;
  const ways = reach(stages, flow.start, (edge) => !passes(stages, rule.without, edge));
  const shortest = [...ways].sort(([, a], [, b]) => lengthOf(a) - lengthOf(b));
  for (const [stage, before] of shortest)
    for (const edge of edgesFrom(stages, stateAt(stage, before)))
      if (
        !broken &&
        passes(stages, { action: rule.do, stage: rule.reach }, edge) &&
        !passes(stages, rule.without, edge)
      )
        broken = { edge, before };
  if (!broken) return;
  const words = wayInWords(stages, flow.start, broken);
  report(path, 'never-broken', {
    zh: `“${say(rule.name, 'zh')}”做不到:${words.zh}。请改流程,或改这条声明。`,
    en: `"${say(rule.name, 'en')}" is not kept: ${words.en}. Change the flow, or this declaration.`,
  });
}

/** "After a reply it is checked": no way leads from the one to an end past the other. */
function checkAlways(
  stages: ReadonlyMap<string, RawStage>,
  flow: RawFlow,
  rule: NonNullable<CountyConfig['always']>[number],
  path: Path,
  report: Report,
): void {
  const begin: { state: State; way: Way | null }[] = [];
  for (const [stage, before] of reach(stages, flow.start, () => true))
    for (const edge of edgesFrom(stages, stateAt(stage, before)))
      if (passes(stages, rule.after, edge) && !passes(stages, rule.comes, edge))
        begin.push({ state: edge.to, way: { edge, before } });
  begin.sort((a, b) => lengthOf(a.way) - lengthOf(b.way));
  const ways = reach(stages, flow.start, (edge) => !passes(stages, rule.comes, edge), begin);
  const [ended] = [...ways]
    .filter(([stage]) => stages.get(stage)?.kind === 'end')
    .sort(([, a], [, b]) => lengthOf(a) - lengthOf(b));
  if (!ended) return;
  const words = wayInWords(stages, flow.start, ended[1]);
  report(path, 'always-broken', {
    zh: `“${say(rule.name, 'zh')}”做不到:${words.zh}。请改流程,或改这条声明。`,
    en: `"${say(rule.name, 'en')}" is not kept: ${words.en}. Change the flow, or this declaration.`,
  });
}

function lengthOf(way: Way | null): number {
  let length = 0;
  for (let one = way; one; one = one.before) length += 1;
  return length;
}
