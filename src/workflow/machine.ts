import { createMachine, type AnyStateMachine } from 'xstate';
import { ANY, BACK, BEFORE, EARLIER, type Flow, type Stage, type StageAction } from '../county/county.ts';
import type { Decision } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import type { Outcome } from './together.ts';

/** What the machine's guards read: decisions taken before the step, and the stage that returned the thing. */
export interface MachineContext {
  decisions: Record<string, Decision>;
  back: string | null;
  /** What several came to, where they decide together. */
  outcome?: Outcome | null;
  /** The stage that was chosen, or that came before. */
  goal?: string | null;
  /** Where a stage leads on to at once, what was sent back there. */
  resume?: { at: string; to: string } | null;
}
interface MachineEvent {
  type: Verb;
}

const machines = new WeakMap<Flow, AnyStateMachine>();

/** The county's flow as an XState machine, made once a flow. */
export function machineOf(flow: Flow): AnyStateMachine {
  const known = machines.get(flow);
  if (known) return known;
  const machine = build(flow);
  machines.set(flow, machine);
  return machine;
}

/** The stages that a return can come from, hence the ones that submitting again can resume at. */
export function returners(flow: Flow, to: string): string[] {
  return [...flow.stages.values()]
    .filter((stage) => stage.actions.get('return')?.to.some((branch) => branch.to === to))
    .map((stage) => stage.id);
}

interface Edge {
  target: string;
  guard?: (args: { context: MachineContext }) => boolean;
  reenter: boolean;
}

/** Words for a stage that somebody chose, or that came before. */
const chosen: ReadonlySet<string> = new Set([BEFORE, EARLIER, ANY]);

/** Where a jump may lead: never to an end, which has effects of its own, nor to what its author alone sees. */
export function jumpsTo(flow: Flow, from: string): string[] {
  return [...flow.stages.values()]
    .filter(({ id, kind }) => id !== from && kind !== 'end' && !(id === flow.start && kind === 'draft'))
    .map(({ id }) => id);
}

/** What takes a thing on, and so back to where it was sent back from. */
const takesOn: ReadonlySet<string> = new Set(['submit', 'pass', 'proofread', 'confirm']);
export const onward = (verb: string): boolean => takesOn.has(verb);

function goalsOf(flow: Flow, stage: Stage, to: string): string[] {
  if (to === ANY) return jumpsTo(flow, stage.id);
  return to === BACK || chosen.has(to) ? [...flow.stages.keys()].filter((id) => id !== stage.id) : [to];
}

/** Whether what comes to a stage goes back from it to where it came from. */
export function goesBack(stage: Stage | undefined): boolean {
  return [...(stage?.actions.values() ?? [])].some(({ to }) => to.some((branch) => branch.to === BACK));
}

/** Where several decide together, the action that agrees moves when enough agree, and the one against when it failed. */
function decides({ together }: Stage, verb: Verb, outcome: Outcome | null): boolean {
  if (!together || (verb !== together.action && verb !== 'oppose')) return true;
  return outcome === (verb === together.action ? 'reached' : 'failed');
}

function build(flow: Flow): AnyStateMachine {
  const resumes = [...flow.stages.values()].some(({ actions }) =>
    [...actions.values()].some((action) => action.resumes),
  );
  const states: Record<string, { on: Partial<Record<Verb, Edge[]>> }> = {};
  for (const stage of flow.stages.values()) {
    const on: Partial<Record<Verb, Edge[]>> = {};
    for (const action of stage.actions.values()) {
      const branches = action.to.length > 0 ? action.to : [{ if: null, to: stage.id, skips: [] }];
      const decided = (context: MachineContext) => decides(stage, action.verb, context.outcome ?? null);
      const edges = branches.flatMap(({ if: rule, to }): Edge[] => {
        const holds = (context: MachineContext) => rule === null || context.decisions[rule]?.fired === true;
        return goalsOf(flow, stage, to).map((target) => ({
          target,
          reenter: true,
          guard: ({ context }) =>
            holds(context) &&
            decided(context) &&
            (to !== BACK || context.back === target) &&
            (!chosen.has(to) || context.goal === target),
        }));
      });
      // While several have not come to anything the thing stays where it is.
      const waits: Edge = {
        target: stage.id,
        reenter: true,
        guard: ({ context }) => context.outcome === 'open',
      };
      const straight =
        resumes && onward(action.verb)
          ? [...flow.stages.keys()].map((target): Edge => ({
              target,
              reenter: true,
              guard: ({ context }) =>
                context.resume?.at === stage.id && context.resume.to === target && decided(context),
            }))
          : [];
      on[action.verb] = [...straight, ...edges, ...(stage.together ? [waits] : [])];
    }
    states[stage.id] = { on };
  }
  return createMachine({
    id: flow.kind,
    initial: flow.start,
    types: { context: {} as MachineContext, events: {} as MachineEvent },
    context: { decisions: {}, back: null },
    states,
  });
}

/** What a thing leaves out by an action that leads there: the way that holds says so. */
export function skippedBy(
  action: StageAction | undefined,
  to: string,
  { decisions }: Pick<MachineContext, 'decisions'>,
): { stage: string; rule: string | null }[] {
  const way = action?.to.find(({ if: rule }) => rule === null || decisions[rule]?.fired === true);
  return way?.to === to ? way.skips.map((stage) => ({ stage, rule: way.if })) : [];
}

/**
 * Where an action leads from a stage; null when no branch holds. Pure: it reads what was decided and runs no rule. The
 * machine's own transitions are looked up, in its order: a whole snapshot made and left for one step is most of the cost.
 */
export function nextStage(flow: Flow, from: string, action: Verb, context: MachineContext): string | null {
  const event = { type: action };
  for (const { guard, target } of machineOf(flow).states[from]?.transitions.get(action) ?? [])
    if (typeof guard !== 'function' || guard({ context, event }, undefined)) return target?.[0]?.key ?? null;
  return null;
}
