import { BACK, type Flow } from '../county/county.ts';
import { say, type Language } from '../model/text.ts';
import { returners } from './machine.ts';

export interface MapStage {
  id: string;
  label: string;
  kind: string;
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface MapEdge {
  from: string;
  to: string;
  label: string;
  points: [number, number][];
}
export interface FlowMap {
  stages: MapStage[];
  edges: MapEdge[];
  width: number;
  height: number;
  /** The same in words. */
  text: string;
}

const [WIDTH, HEIGHT, ACROSS, DOWN, MARGIN] = [172, 44, 226, 76, 24];

/** A flow laid out: columns by the distance from the start, ends at the right; the page only draws it. */
export function mapOf(flow: Flow, language: Language): FlowMap {
  const stages = [...flow.stages.values()];
  const moves = stages.flatMap((stage) =>
    [...stage.actions.values()].flatMap((action) =>
      action.to
        .flatMap((branch) => (branch.to === BACK ? returners(flow, stage.id) : [branch.to]))
        .filter((to) => to !== stage.id)
        .map((to) => ({ from: stage.id, to, label: say(action.label, language) })),
    ),
  );
  const column = new Map<string, number>([[flow.start, 0]]);
  for (let waiting = [flow.start]; waiting.length > 0;) {
    const next: string[] = [];
    for (const from of waiting)
      for (const move of moves)
        if (move.from === from && !column.has(move.to)) {
          column.set(move.to, (column.get(from) ?? 0) + 1);
          next.push(move.to);
        }
    waiting = next;
  }
  const last = Math.max(...column.values()) + 1;
  const rows = new Map<number, number>();
  const placed = stages.map((stage): MapStage => {
    const across = stage.kind === 'end' ? last : (column.get(stage.id) ?? 0);
    const down = rows.get(across) ?? 0;
    rows.set(across, down + 1);
    return {
      id: stage.id,
      label: say(stage.label, language),
      kind: stage.kind,
      x: MARGIN + across * ACROSS,
      y: MARGIN + down * DOWN,
      width: WIDTH,
      height: HEIGHT,
    };
  });
  const at = new Map(placed.map((stage) => [stage.id, stage]));
  const edges = moves.flatMap((move): MapEdge[] => {
    const [from, to] = [at.get(move.from), at.get(move.to)];
    if (!from || !to) return [];
    const forward = to.x > from.x;
    const start: [number, number] = [
      forward ? from.x + WIDTH : from.x + WIDTH / 2,
      forward ? from.y + HEIGHT / 2 : from.y + HEIGHT,
    ];
    const end: [number, number] = [
      forward ? to.x : to.x + WIDTH / 2,
      forward ? to.y + HEIGHT / 2 : to.y + HEIGHT,
    ];
    return [{ ...move, points: [start, end] }];
  });
  const words = stages.map((stage) => {
    const out = moves.filter((move) => move.from === stage.id);
    const label = say(stage.label, language);
    if (out.length === 0) return language === 'en' ? `${label}: an end.` : `${label}:结束。`;
    const ways = out.map((move) => `${move.label} → ${at.get(move.to)?.label ?? move.to}`);
    return `${label}${language === 'en' ? ': ' : ':'}${ways.join(language === 'en' ? '; ' : ';')}${language === 'en' ? '.' : '。'}`;
  });
  return {
    stages: placed,
    edges,
    width: MARGIN * 2 + last * ACROSS + WIDTH,
    height: MARGIN * 2 + (Math.max(...rows.values()) - 1) * DOWN + HEIGHT,
    text: words.join('\n'),
  };
}
