import { Graph, layout as rank, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';

/** Which way a flow runs on the page. */
export type Direction = 'right' | 'down';
export type Point = [x: number, y: number];
export interface Size {
  width: number;
  height: number;
}
export interface Node extends Size {
  id: string;
  /** Stands in the last rank. */
  last: boolean;
}
export interface Line {
  from: string;
  to: string;
  /** Against the current: it is laid out as if it ran the other way. */
  back: boolean;
  /** How much it wants to be short and straight. */
  weight: number;
  label: Size;
}
export interface Placed extends Size {
  x: number;
  y: number;
}
export interface Route {
  /** Between two of them straight, or in a bow that stays within their rectangle. */
  points: Point[];
  /** The middle of the label. */
  at: Point;
}
export interface Layout extends Size {
  boxes: Map<string, Placed>;
  /** In the order of the lines. */
  routes: Route[];
}

const MARGIN = 16;
/** An id that no stage can have. */
const SINK = ' last';

type Plan = Graph<GraphLabel, NodeLabel, EdgeLabel>;

/** Boxes by rank and lines that go round them; reckoned downwards, and turned for a flow that runs to the right. */
export function layOut(nodes: readonly Node[], lines: readonly Line[], direction: Direction): Layout {
  const turned = direction === 'right';
  const turn = ({ width, height }: Size): Size =>
    turned ? { width: height, height: width } : { width, height };
  const plan: Plan = new Graph({ multigraph: true });
  plan.setGraph({
    rankdir: 'TB',
    nodesep: 18,
    edgesep: 14,
    ranksep: turned ? 36 : 44,
    ranker: 'network-simplex',
  });
  for (const { id, ...size } of nodes) plan.setNode(id, { ...turn(size) });
  lines.forEach(({ from, to, back, weight, label }, index) => {
    const [v, w] = back ? [to, from] : [from, to];
    plan.setEdge(v, w, { ...turn(label), weight, minlen: 1, labelpos: 'c' }, String(index));
  });
  const ends = nodes.filter(({ last }) => last);
  if (ends.length > 0) plan.setNode(SINK, { width: 0, height: 0 });
  for (const { id } of ends) plan.setEdge(id, SINK, { width: 0, height: 0, weight: 100, minlen: 1 }, SINK);
  rank(plan);

  const bands = bandsOf(plan);
  const boxes = new Map(nodes.map(({ id }) => [id, plan.node(id)]));
  const ways = lines.map(({ back }, index) => wayOf(plan, lines, index, back, bands));
  spreadPorts(ways, boxes);

  const every = [
    ...plan
      .nodes()
      .filter((id) => id !== SINK)
      .map((id) => plan.node(id)),
    ...ways.map((way) => way.label),
  ];
  const acrossAll = [
    ...every.flatMap(({ x = 0, width }) => [x - width / 2, x + width / 2]),
    ...ways.flatMap((way) => way.points.map(([x]) => x)),
  ];
  const alongAll = every.flatMap(({ y = 0, height }) => [y - height / 2, y + height / 2]);
  const [left, right] = [Math.min(...acrossAll), Math.max(...acrossAll)];
  const [top, bottom] = [Math.min(...alongAll), Math.max(...alongAll)];
  const place = ([x, y]: Point): Point => {
    const [across, along] = [round(x - left + MARGIN), round(y - top + MARGIN)];
    return turned ? [along, across] : [across, along];
  };
  return {
    boxes: new Map(
      [...boxes].map(([id, { x = 0, y = 0, width, height }]) => {
        const [boxX, boxY] = place([x - width / 2, y - height / 2]);
        return [id, { x: boxX, y: boxY, ...turn({ width, height }) }];
      }),
    ),
    routes: ways.map(({ points, label, back }) => {
      // A step of no length would turn the arrow's head anywhere.
      const placed = points
        .map(place)
        .filter(
          ([x, y], index, all) => index === 0 || x !== all[index - 1]?.[0] || y !== all[index - 1]?.[1],
        );
      return { points: back ? placed.reverse() : placed, at: place([label.x, label.y]) };
    }),
    ...turn({ width: round(right - left + 2 * MARGIN), height: round(bottom - top + 2 * MARGIN) }),
  };
}

const round = (n: number) => Math.round(n * 10) / 10;

interface Way {
  v: string;
  w: string;
  back: boolean;
  points: Point[];
  label: { x: number; y: number; width: number; height: number };
}

/** How far each rank reaches to both sides of its middle: its highest box or label. */
function bandsOf(plan: Plan): Map<number, number> {
  const bands = new Map<number, number>();
  const reach = (y: number, height: number) =>
    bands.set(round(y), Math.max(bands.get(round(y)) ?? 0, height / 2));
  for (const id of plan.nodes()) reach(plan.node(id).y ?? 0, plan.node(id).height);
  for (const edge of plan.edges()) {
    const { x, y, height = 0 } = plan.edge(edge);
    if (x !== undefined && y !== undefined) reach(y, height);
  }
  return bands;
}

/** Down through each rank it straight, where a place is kept for the line; between two ranks, where no box is, in a bow. */
function wayOf(
  plan: Plan,
  lines: readonly Line[],
  index: number,
  back: boolean,
  bands: ReadonlyMap<number, number>,
): Way {
  const { from = '', to = '' } = lines[index] ?? {};
  const [v, w] = back ? [to, from] : [from, to];
  const { points = [], x = 0, y = 0, width = 0, height = 0 } = plan.edge({ v, w, name: String(index) });
  const [start, end] = [plan.node(v), plan.node(w)];
  const band = (at: number) => bands.get(round(at)) ?? 0;
  const through = points.slice(1, -1).flatMap((point): Point[] => {
    const half = band(point.y);
    return half === 0
      ? [[point.x, point.y]]
      : [
          [point.x, point.y - half],
          [point.x, point.y + half],
        ];
  });
  const [startX, startY, endX, endY] = [start.x ?? 0, start.y ?? 0, end.x ?? 0, end.y ?? 0];
  return {
    v,
    w,
    back,
    points: [
      [startX, startY + start.height / 2],
      [startX, startY + band(startY)],
      ...through,
      [endX, endY - band(endY)],
      [endX, endY - end.height / 2],
    ],
    label: { x, y, width, height },
  };
}

/** Lines that share a side of a box share it evenly, in the order in which they go on. */
function spreadPorts(ways: Way[], boxes: ReadonlyMap<string, NodeLabel>): void {
  for (const [id, { x = 0, width }] of boxes)
    for (const side of ['out', 'in'] as const) {
      const here = ways.filter((way) => (side === 'out' ? way.v : way.w) === id);
      const next = ({ points }: Way) => points.at(side === 'out' ? 2 : -3)?.[0] ?? 0;
      here
        .sort((a, b) => next(a) - next(b))
        .forEach(({ points }, index) => {
          const port = x - width / 2 + (width * (index + 1)) / (here.length + 1);
          for (const at of side === 'out' ? [0, 1] : [-1, -2]) {
            const point = points.at(at);
            if (point) point[0] = port;
          }
        });
    }
}
