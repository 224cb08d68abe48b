import { BACK, type Flow, type StageAction } from '../county/county.ts';
import { say, type Language } from '../model/text.ts';
import { returners } from './machine.ts';

/** All that leads from one stage to another, drawn as one line. */
export interface Move {
  from: string;
  to: string;
  /** The usual way on, another way on, or a way back. */
  way: 'main' | 'on' | 'back';
  /** A side way that is gone there and back again, one line for the two: `there`, then `back`. */
  both: boolean;
  there: string[];
  back: string[];
}
export interface Loop {
  label: string;
  /** A branch says so; else the action just leads nowhere. */
  branch: boolean;
}

interface Pair {
  from: string;
  to: string;
  labels: string[];
  main: boolean;
}

export interface Moves {
  moves: Move[];
  /** What each stage does without leaving it. */
  loops: Map<string, Loop[]>;
  /** What each stage does that leads to one that is chosen, or that it came from. */
  chosen: Map<string, { label: string; to: string }[]>;
  /** What leads to a stage from all others, be they ends: no line is drawn for it. */
  anywhere: Map<string, Set<string>>;
}

/** The moves of a flow, those of a pair of stages together. */
export function movesOf(flow: Flow, language: Language): Moves {
  const pairs = new Map<string, Pair>();
  const loops = new Map<string, Loop[]>();
  const anywhere = new Map<string, Set<string>>();
  const chosen: Moves['chosen'] = new Map();
  for (const { id: from, actions } of flow.stages.values())
    for (const action of actions.values()) {
      const label = say(action.label, language);
      const all = goalsOf(flow, from, action);
      const goals = all.filter((goal) => flow.stages.has(goal));
      for (const to of all)
        if (!flow.stages.has(to) && !action.everywhere)
          chosen.set(from, [...(chosen.get(from) ?? []), { label, to }]);
      // What can be done everywhere is no way of the flow.
      if (action.everywhere) {
        for (const goal of goals) anywhere.set(goal, (anywhere.get(goal) ?? new Set()).add(label));
        continue;
      }
      if (all.length === 0 || goals.includes(from))
        loops.set(from, [...(loops.get(from) ?? []), { label, branch: goals.length > 0 }]);
      for (const to of new Set(goals)) {
        if (to === from) continue;
        const pair = pairs.get(keyOf(from, to)) ?? { from, to, labels: [], main: false };
        pairs.set(keyOf(from, to), pair);
        if (!pair.labels.includes(label)) pair.labels.push(label);
        // What the county paints as the usual action, where it does not end there.
        pair.main ||= action.tone === 'primary' && flow.stages.get(to)?.kind !== 'end';
      }
    }
  return { moves: joined([...pairs.values()], flow.start), loops, chosen, anywhere };
}

const keyOf = (from: string, to: string) => `${from}\n${to}`;

function goalsOf(flow: Flow, from: string, action: StageAction): string[] {
  return action.to.flatMap((branch) => (branch.to === BACK ? returners(flow, from) : [branch.to]));
}

/** Which of the pairs lead back, seen from the start with the usual ways first; what goes there and back is one move. */
function joined(pairs: readonly Pair[], start: string): Move[] {
  const found = new Map<string, number>();
  const open = new Set<string>();
  const backward = new Set<Pair>();
  const follow = (stage: string): void => {
    found.set(stage, found.size);
    open.add(stage);
    const out = pairs.filter(({ from }) => from === stage);
    for (const pair of [...out.filter(({ main }) => main), ...out.filter(({ main }) => !main)])
      if (open.has(pair.to)) backward.add(pair);
      else if (!found.has(pair.to)) follow(pair.to);
    open.delete(stage);
  };
  follow(start);

  const byKey = new Map(pairs.map((pair) => [keyOf(pair.from, pair.to), pair]));
  return pairs.flatMap((pair): Move[] => {
    const { from, to, labels: there } = pair;
    const other = byKey.get(keyOf(to, from));
    const onward = !backward.has(pair);
    const side = other !== undefined && !(onward ? pair : other).main;
    if (side && onward) return [{ from, to, way: 'back', both: true, there, back: other.labels }];
    if (side) return [];
    return [{ from, to, way: !onward ? 'back' : pair.main ? 'main' : 'on', both: false, there, back: [] }];
  });
}
