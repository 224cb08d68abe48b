import type { Flow, Stage } from '../county/county.ts';
import { say, type Language } from '../model/text.ts';
import { layOut, type Direction, type Point } from './layout.ts';
import { movesOf, type Move, type Moves } from './moves.ts';

export interface MapStage {
  id: string;
  label: string;
  /** The label as it fits into the box. */
  lines: string[];
  kind: string;
  /** Under it: its due time, the actions that lead back to this very stage, those that lead here from any. */
  notes: string[];
  mark: 'current' | 'visited' | null;
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
export interface MapRequest {
  language: Language;
  direction: Direction;
  current: string | null;
  visited: ReadonlySet<string>;
}

/** Sizes of the page's type, in which the boxes are reckoned. */
const [BOX_TYPE, LINE_TYPE, BOX_WIDTH, ROW, LINE_ROW, PORT] = [15, 12.5, 132, 20, 16, 9];

/** A flow laid out, with where a thing stands and has been; the page only draws it. */
export function mapOf(flow: Flow, request: MapRequest): FlowMap {
  const { language, direction, current } = request;
  // What stands anywhere has been where all begin.
  const visited = current === null ? request.visited : new Set([flow.start, ...request.visited]);
  const stages = [...flow.stages.values()];
  const all = movesOf(flow, language);
  const { moves, loops, anywhere } = all;
  const against = ({ way, both }: Move) => way === 'back' && !both;
  const first = (move: Move) => (against(move) ? move.to : move.from);
  const second = (move: Move) => (against(move) ? move.from : move.to);
  const ports = (id: string) =>
    Math.max(...[first, second].map((end) => moves.filter((move) => end(move) === id).length));
  const drawn = stages.map((stage) => {
    const label = say(stage.label, language);
    const loop = loops.get(stage.id)?.filter(({ branch }) => branch) ?? [];
    const lines = wrapped(label, BOX_TYPE, BOX_WIDTH - 16);
    const due = dueOf(stage, language);
    const both = language === 'en' ? ', ' : '、';
    const notes = [
      ...(due === null ? [] : [due]),
      ...(loop.length > 0 ? [`↻ ${loop.map((one) => one.label).join(both)}`] : []),
      ...[...(anywhere.get(stage.id) ?? [])].map((one) => `⇢ ${one}`),
    ].flatMap((note) => wrapped(note, LINE_TYPE, BOX_WIDTH - 12));
    const rows = lines.length + notes.length;
    const [width, height] = [BOX_WIDTH, 20 + rows * ROW];
    const room = PORT * (ports(stage.id) + 1);
    return {
      id: stage.id,
      label,
      lines,
      kind: stage.kind,
      notes,
      mark: stage.id === current ? ('current' as const) : visited.has(stage.id) ? ('visited' as const) : null,
      width: direction === 'down' ? Math.max(width, room) : width,
      height: direction === 'right' ? Math.max(height, room) : height,
    };
  });
  const written = moves.map((move) => writtenOn(move, language));
  const layout = layOut(
    drawn.map(({ id, kind, width, height }) => ({ id, width, height, last: kind === 'end' })),
    moves.map((move, index) => ({
      from: move.from,
      to: move.to,
      back: against(move),
      weight: move.way === 'main' ? 12 : move.way === 'back' ? 1 : 2,
      label: sizeOf(written[index] ?? []),
    })),
    direction,
  );
  return {
    direction,
    stages: drawn.flatMap((stage) => {
      const box = layout.boxes.get(stage.id);
      return box ? [{ ...stage, ...box }] : [];
    }),
    edges: moves.flatMap((move, index): MapEdge[] => {
      const route = layout.routes[index];
      const { from, to, way, both, there, back } = move;
      const label = [...there, ...back].join(language === 'en' ? ', ' : '、');
      return route ? [{ from, to, label, lines: written[index] ?? [], way, both, ...route }] : [];
    }),
    width: layout.width,
    height: layout.height,
    text: stages.map((stage) => inWords(stage, all, flow, { ...request, visited })).join('\n'),
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

/** Words in at most three lines, broken between words where there are any; what is too long is cut. */
function wrapped(words: string, type: number, width: number): string[] {
  const lines = [''];
  for (const part of words.match(/[\u2e80-\uffff]|[^\u2e80-\uffff\s]+\s*/g) ?? []) {
    const line = lines.at(-1) ?? '';
    if (line === '' || widthOf(line + part.trimEnd(), type) <= width) lines[lines.length - 1] = line + part;
    else lines.push(part);
  }
  const kept = lines.slice(0, 3).map((line) => line.trimEnd());
  return lines.length > 3 ? [...kept.slice(0, 2), `${kept[2] ?? ''}…`] : kept;
}

/** Each action of a move on a line of its own, short; of a way there and back which is which. */
function writtenOn({ both, there, back }: Move, language: Language): string[] {
  const between = language === 'en' ? ', ' : '、';
  const lines = both ? [`→ ${there.join(between)}`, `← ${back.join(between)}`] : there;
  return lines.flatMap((line) => wrapped(line, LINE_TYPE, 112));
}

function dueOf({ dueDays }: Stage, language: Language): string | null {
  if (dueDays === null) return null;
  if (language === 'zh') return `${dueDays} 个工作日`;
  return dueDays === 1 ? '1 working day' : `${dueDays} working days`;
}

const words = {
  zh: {
    end: '结束',
    due: '时限 ',
    current: '当前环节',
    visited: '已经过',
    back: '(返回)',
    stays: '留在此环节:',
    anywhere: '任何环节都可“{label}”到此',
    open: '(',
    shut: ')',
    comma: ',',
    and: '、',
    colon: ':',
    semicolon: ';',
    stop: '。',
  },
  en: {
    end: 'an end',
    due: 'due in ',
    current: 'current stage',
    visited: 'passed',
    back: ' (back)',
    stays: 'stays here: ',
    anywhere: '"{label}" leads here from any stage',
    open: ' (',
    shut: ')',
    comma: ', ',
    and: ', ',
    colon: ': ',
    semicolon: '; ',
    stop: '.',
  },
} satisfies Record<Language, Record<string, string>>;

/** One stage in words: its due time and mark, where each action leads, and what leads nowhere. */
function inWords(
  stage: Stage,
  { moves, loops, anywhere }: Moves,
  flow: Flow,
  { language, current, visited }: MapRequest,
): string {
  const its = words[language];
  const due = dueOf(stage, language);
  const notes = [
    ...(stage.id === current ? [its.current] : visited.has(stage.id) ? [its.visited] : []),
    ...(due === null ? [] : [its.due + due]),
    ...(stage.kind === 'end' ? [its.end] : []),
  ];
  const nameOf = (id: string) => say(flow.stages.get(id)?.label ?? id, language);
  const ways = moves.flatMap(({ from, to, way, both, there, back }) => {
    const [gone, returned] = [there.join(its.and), back.join(its.and)];
    if (from === stage.id) return [`${gone} → ${nameOf(to)}${way === 'back' && !both ? its.back : ''}`];
    return both && to === stage.id ? [`${returned} → ${nameOf(from)}${its.back}`] : [];
  });
  const here = loops.get(stage.id)?.map(({ label }) => label) ?? [];
  if (here.length > 0) ways.push(its.stays + here.join(its.and));
  for (const label of anywhere.get(stage.id) ?? []) ways.push(its.anywhere.replace('{label}', label));
  const head =
    say(stage.label, language) + (notes.length > 0 ? its.open + notes.join(its.comma) + its.shut : '');
  return head + (ways.length > 0 ? its.colon + ways.join(its.semicolon) : '') + its.stop;
}
