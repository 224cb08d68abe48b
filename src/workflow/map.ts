import type { Flow, Stage } from '../county/county.ts';
import { say, type Language } from '../model/text.ts';
import { layOut, type Direction, type Point } from './layout.ts';
import { dueOf, inWords, partsOf, whenAt, type Wording } from './map-words.ts';
import { movesOf, type Move, type Moves } from './moves.ts';

export interface MapStage {
  id: string;
  label: string;
  /** The label as it fits into the box. */
  lines: string[];
  kind: string;
  /**
   * Under it: its due time, since when or by when a thing is there, what runs side by side, the actions that lead back
   * to this very stage, those that lead here from any.
   */
  notes: string[];
  mark: 'current' | 'visited' | 'skipped' | null;
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface MapEdge {
  from: string;
  to: string;
  /** All of its actions. */
  label: string;
  /** As they are written on the line. */
  lines: string[];
  /** The usual way on, another way on, or a way back. */
  way: 'main' | 'on' | 'back';
  /** There and back again along one line. */
  both: boolean;
  points: Point[];
  at: Point;
}
export interface FlowMap {
  direction: Direction;
  stages: MapStage[];
  edges: MapEdge[];
  width: number;
  height: number;
  /** The same in words. */
  text: string;
}
export interface MapRequest extends Wording {
  language: Language;
  direction: Direction;
}

/** Sizes of the page's type, in which the boxes are reckoned. */
const [BOX_TYPE, LINE_TYPE, BOX_WIDTH, ROW, LINE_ROW, PORT] = [15, 12.5, 132, 20, 16, 9];

/** A flow as it is drawn for everybody, whatever stands where. */
interface Drawing extends Omit<FlowMap, 'stages' | 'text'> {
  stages: Omit<MapStage, 'mark'>[];
  all: Moves;
}
const drawings = new WeakMap<Flow, Map<string, Drawing>>();

/** A flow laid out, with where a thing stands and has been; the page only draws it. */
export function mapOf(flow: Flow, request: MapRequest): FlowMap {
  const { language, direction, current } = request;
  // What stands anywhere has been where all begin.
  const visited =
    current === null ? request.visited : new Map([[flow.start, null] as const, ...request.visited]);
  const where = { ...request, visited };
  const drawn = drawings.get(flow) ?? new Map<string, Drawing>();
  drawings.set(flow, drawn);
  const key = `${language} ${direction} ${current !== null}`;
  const { all, stages, ...drawing } = drawn.get(key) ?? draw(flow, request);
  drawn.set(key, { all, stages, ...drawing });
  const { skipped } = request;
  const markOf = (id: string) =>
    id === current ? 'current' : visited.has(id) ? 'visited' : skipped?.has(id) ? 'skipped' : null;
  return {
    ...drawing,
    stages: stages.map((stage) => {
      const when = whenAt(stage.id, where, language);
      const notes = when === null ? stage.notes : [...stage.notes, ...wrapped(when, LINE_TYPE, BOX_WIDTH)];
      return { ...stage, notes, mark: markOf(stage.id) };
    }),
    text: [...flow.stages.values()].map((stage) => inWords(stage, all, flow, language, where)).join('\n'),
  };
}

const isAgainst = ({ way, both }: Move) => way === 'back' && !both;

function draw(flow: Flow, request: MapRequest): Drawing {
  const { language, direction } = request;
  const all = movesOf(flow, language);
  const { moves } = all;
  const boxes = [...flow.stages.values()].map((stage) => boxOf(stage, all, request));
  const written = moves.map((move) => writtenOn(move, language));
  const layout = layOut(
    boxes.map(({ id, kind, width, height }) => ({ id, width, height, last: kind === 'end' })),
    moves.map((move, index) => ({
      from: move.from,
      to: move.to,
      back: isAgainst(move),
      weight: move.way === 'main' ? 12 : move.way === 'back' ? 1 : 2,
      label: sizeOf(written[index] ?? []),
    })),
    direction,
  );
  return {
    all,
    direction,
    stages: boxes.flatMap((box) => {
      const placed = layout.boxes.get(box.id);
      return placed ? [{ ...box, ...placed }] : [];
    }),
    edges: moves.flatMap((move, index): MapEdge[] => {
      const route = layout.routes[index];
      const { from, to, way, both, there, back } = move;
      const label = [...there, ...back].join(language === 'en' ? ', ' : '、');
      return route ? [{ from, to, label, lines: written[index] ?? [], way, both, ...route }] : [];
    }),
    width: layout.width,
    height: layout.height,
  };
}

/** A stage's box: its words, a row for a date where a thing is on its way, and room for the lines that come and go. */
function boxOf(
  stage: Stage,
  { moves, loops, chosen, anywhere }: Moves,
  { language, direction, posts, current }: MapRequest,
): Omit<MapStage, 'mark' | 'x' | 'y'> {
  const { id, kind } = stage;
  const label = say(stage.label, language);
  const lines = wrapped(label, BOX_TYPE, BOX_WIDTH - 16);
  const [due, parts] = [dueOf(stage, language), partsOf(stage, posts, language)];
  const loop = loops.get(id)?.filter(({ branch }) => branch) ?? [];
  const notes = [
    ...(due === null ? [] : [due]),
    ...(parts === null ? [] : [`∥ ${parts}`]),
    ...(loop.length > 0 ? [`↻ ${loop.map((one) => one.label).join(language === 'en' ? ', ' : '、')}`] : []),
    ...(chosen.get(id) ?? []).map((one) => `↶ ${one.label}`),
    ...[...(anywhere.get(id) ?? [])].map((one) => `⇢ ${one}`),
  ].flatMap((note) => wrapped(note, LINE_TYPE, BOX_WIDTH - 12));
  const before = (move: Move) => (isAgainst(move) ? move.to : move.from);
  const after = (move: Move) => (isAgainst(move) ? move.from : move.to);
  const most = Math.max(...[before, after].map((end) => moves.filter((move) => end(move) === id).length));
  const rows = lines.length + notes.length + (current === null ? 0 : 1);
  const [height, room] = [20 + rows * ROW, PORT * (most + 1)];
  return {
    id,
    label,
    lines,
    kind,
    notes,
    width: direction === 'down' ? Math.max(BOX_WIDTH, room) : BOX_WIDTH,
    height: direction === 'right' ? Math.max(height, room) : height,
  };
}

/** About how wide words are drawn; Chinese characters are square. */
function widthOf(words: string, type: number): number {
  return [...words].reduce((sum, one) => sum + (one > '\u2e7f' ? type : type * 0.56), 0);
}
const sizeOf = (lines: readonly string[]) => ({
  width: Math.max(...lines.map((line) => widthOf(line, LINE_TYPE))) + 8,
  height: lines.length * LINE_ROW + 2,
});

/** Words in lines, broken between words where there are any; a word that is longer than a line goes on in the next. */
function wrapped(words: string, type: number, width: number): string[] {
  const lines = [''];
  for (const part of words.match(/[\u2e80-\uffff]|[^\u2e80-\uffff\s]+\s*/g) ?? []) {
    const line = lines.at(-1) ?? '';
    const pieces = widthOf(part.trimEnd(), type) <= width ? [part] : inPieces(part, type, width);
    pieces.forEach((piece, index) => {
      if (index === 0 && (line === '' || widthOf(line + piece.trimEnd(), type) <= width))
        lines[lines.length - 1] = line + piece;
      else lines.push(piece);
    });
  }
  return lines.map((line) => line.trimEnd());
}
function inPieces(word: string, type: number, width: number): string[] {
  const long = Math.floor(width / (type * 0.56));
  return word.match(new RegExp(`.{1,${long}}`, 'gu')) ?? [];
}

/** Each action of a move on a line of its own, short; of a way there and back which is which. */
function writtenOn({ both, there, back }: Move, language: Language): string[] {
  const between = language === 'en' ? ', ' : '、';
  const lines = both ? [`→ ${there.join(between)}`, `← ${back.join(between)}`] : there;
  return lines.flatMap((line) => wrapped(line, LINE_TYPE, 112));
}
