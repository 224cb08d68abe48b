import type { CountyConfig } from '../county/config.generated.ts';
import { ANY, BACK, BEFORE, EARLIER } from '../county/county.ts';
import { say, type Text } from '../model/text.ts';
import { onward } from '../workflow/machine.ts';

export type RawFlow = NonNullable<NonNullable<CountyConfig['flows']>['report']>;
export type RawStage = RawFlow['stages'][number];
export type RawAction = NonNullable<RawStage['actions']>[string];

/** Where a thing stands, the stage that returned it, and the one it comes on to from here, sent back as it was. */
export interface State {
  stage: string;
  back: string | null;
  resume: string | null;
}
export interface Edge {
  verb: string;
  label: Text;
  to: State;
}
export interface Way {
  edge: Edge;
  before: Way | null;
}
/** A state that a thing can come to, and the shortest way there; null where it begins. */
export interface Reached {
  state: State;
  way: Way | null;
}
/** From which stages a thing can have come to each. */
type CameFrom = ReadonlyMap<string, ReadonlySet<string>>;
/** What can be come to, shortest ways first, and from where. */
export interface Ways {
  reached: Reached[];
  cameFrom: CameFrom;
}

export function goalsOf(action: RawAction): string[] {
  const { to } = action;
  return to === undefined ? [] : typeof to === 'string' ? [to] : to.map((branch) => branch.to);
}

/**
 * Every way that a thing of a flow can go, rules that are still undecided taken both ways. Where it has been is not
 * remembered whole: `before` leads to all it can have come from, `earlier` to all that these can have come from, so
 * that no way is left out.
 */
export class Walk {
  readonly stages: ReadonlyMap<string, RawStage>;
  private readonly chooses: ReadonlySet<string>;
  /** Whether anything leads to where a thing was before. */
  private readonly looksBack: boolean;
  /** The stages from which a thing goes back to where it came from. */
  private readonly goesBack: ReadonlySet<string>;

  constructor(
    readonly flow: RawFlow,
    forms: CountyConfig['forms'],
  ) {
    this.stages = new Map(flow.stages.map((stage) => [stage.id, stage]));
    const goals = flow.stages.map(({ id, actions = {} }) => ({
      id,
      goals: Object.values(actions).flatMap(goalsOf),
    }));
    this.looksBack = goals.some(({ goals: to }) => to.includes(BEFORE) || to.includes(EARLIER));
    this.goesBack = new Set(goals.filter(({ goals: to }) => to.includes(BACK)).map(({ id }) => id));
    this.chooses = new Set(
      Object.entries(forms ?? {}).flatMap(([name, fields]) =>
        fields.some(({ id, type }) => id === 'stage' && type === 'stage') ? [name] : [],
      ),
    );
  }

  /** All that is come to along edges that are let through. */
  from(through: (edge: Edge, from: State) => boolean, begin?: Reached[], known: CameFrom = new Map()): Ways {
    const start: State = { stage: this.flow.start, back: null, resume: null };
    // What is learnt of where a thing can have been leads to more of what it can have been through.
    for (let before = known; ;) {
      const ways = this.once(through, begin ?? [{ state: start, way: null }], before);
      if (!this.looksBack || sizeOf(ways.cameFrom) === sizeOf(before)) return ways;
      before = ways.cameFrom;
    }
  }

  private once(through: (edge: Edge, from: State) => boolean, begin: Reached[], known: CameFrom): Ways {
    const seen = new Map<string, Reached>();
    const cameFrom = new Map([...known].map(([stage, from]) => [stage, new Set(from)]));
    for (let waiting = begin; waiting.length > 0;) {
      const next: Reached[] = [];
      for (const { state, way } of waiting) {
        const key = keyOf(state);
        if (seen.has(key)) continue;
        seen.set(key, { state, way });
        for (const edge of this.edgesFrom(state, known)) {
          if (!through(edge, state)) continue;
          const { stage } = edge.to;
          if (stage !== state.stage) cameFrom.set(stage, (cameFrom.get(stage) ?? new Set()).add(state.stage));
          if (!seen.has(keyOf(edge.to))) next.push({ state: edge.to, way: { edge, before: way } });
        }
      }
      waiting = next;
    }
    return { reached: [...seen.values()], cameFrom };
  }

  /** What can be done at a stage, and where each leads. */
  edgesFrom(state: State, cameFrom: CameFrom): Edge[] {
    return Object.entries(this.stages.get(state.stage)?.actions ?? {}).flatMap(([verb, action]) => {
      const { label } = action;
      if (state.resume !== null && onward(verb))
        return [{ verb, label, to: this.arrive(state, state.resume) }];
      if (goalsOf(action).length === 0) return [{ verb, label, to: state }];
      return goalsOf(action)
        .flatMap((goal) => this.stagesOf(goal, action, state, cameFrom))
        .map((stage): Edge => {
          const to = this.arrive(state, stage);
          return { verb, label, to: action.resumes ? { ...to, resume: state.stage } : to };
        });
    });
  }

  /** What goes back from a stage goes back to where it came from; elsewhere nothing asks for that. */
  private arrive({ stage: from, back }: State, stage: string): State {
    return { stage, back: stage !== back && this.goesBack.has(stage) ? from : null, resume: null };
  }

  /** The stages that a goal can mean. */
  private stagesOf(
    goal: string,
    { form }: RawAction,
    { stage: here, back }: State,
    cameFrom: CameFrom,
  ): string[] {
    const ids = [...this.stages.keys()];
    if (goal === ANY || (goal === BEFORE && this.chooses.has(form ?? '')))
      return ids.filter((id) => id !== here && this.stages.get(id)?.kind !== 'end');
    if (goal === BEFORE) return [...(cameFrom.get(here) ?? [])];
    if (goal === EARLIER) return [...allBefore(here, cameFrom)].filter((id) => id !== here);
    const target = goal === BACK ? back : goal;
    return target !== null && this.stages.has(target) ? [target] : [];
  }

  /** "草稿 —提交→ 初核" */
  inWords(way: Way | null): { zh: string; en: string } {
    const edges: Edge[] = [];
    for (let one = way; one; one = one.before) edges.unshift(one.edge);
    const called = (stage: string, language: 'zh' | 'en') =>
      say(this.stages.get(stage)?.label ?? stage, language);
    const in_ = (language: 'zh' | 'en') =>
      edges.reduce(
        (words, { label, to }) => `${words} —${say(label, language)}→ ${called(to.stage, language)}`,
        called(this.flow.start, language),
      );
    return { zh: in_('zh'), en: in_('en') };
  }
}

const keyOf = ({ stage, back, resume }: State) => `${stage} ${back ?? ''} ${resume ?? ''}`;

function sizeOf(cameFrom: CameFrom): number {
  return [...cameFrom.values()].reduce((sum, { size }) => sum + size, 0);
}

function allBefore(stage: string, cameFrom: CameFrom): Set<string> {
  const found = new Set<string>();
  for (const waiting = [stage]; waiting.length > 0;)
    for (const from of cameFrom.get(waiting.pop() ?? '') ?? [])
      if (!found.has(from)) {
        found.add(from);
        waiting.push(from);
      }
  return found;
}

export function lengthOf(way: Way | null): number {
  let length = 0;
  for (let one = way; one; one = one.before) length += 1;
  return length;
}
