import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { County, Flow, Stage, StageAction } from '../../src/county/county.ts';
import { languages } from '../../src/model/text.ts';
import { urgenciesOf } from '../../src/workflow/map-words.ts';
import { mapOf, type FlowMap } from '../../src/workflow/map.ts';
import { countyOf } from '../county.ts';
import { checkedFlow } from '../flow-story.ts';

interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** Whether the insides of two share a place; to touch is none. */
const meet = (a: Rectangle, b: Rectangle, slack = 0.11) =>
  a.x < b.x + b.width - slack &&
  b.x < a.x + a.width - slack &&
  a.y < b.y + b.height - slack &&
  b.y < a.y + a.height - slack;

/** A line never leaves the rectangles between its points, so these are all that it can touch. */
const reachOf = ({ points }: FlowMap['edges'][number]): Rectangle[] =>
  points.slice(1).map(([x, y], index) => {
    const [beforeX, beforeY] = points[index] ?? [x, y];
    return {
      x: Math.min(x, beforeX),
      y: Math.min(y, beforeY),
      // A straight line has no inside: a hair's breadth makes it one.
      width: Math.max(Math.abs(x - beforeX), 0.3),
      height: Math.max(Math.abs(y - beforeY), 0.3),
    };
  });

function flaws(map: FlowMap): string[] {
  const found: string[] = [];
  const { stages, edges, width, height } = map;
  const labels = edges.map(({ at: [x, y], from, to, lines }) => ({
    x: x - 6,
    y: y - lines.length * 6,
    width: 12,
    height: lines.length * 12,
    from,
    to,
  }));
  stages.forEach((stage, index) => {
    for (const other of stages.slice(index + 1))
      if (meet(stage, other)) found.push(`${stage.id} lies on ${other.id}`);
    for (const edge of edges) {
      const inside = reachOf(edge).some((part) => meet(part, stage));
      if (inside) found.push(`${edge.from} → ${edge.to} goes through ${stage.id}`);
    }
    for (const label of labels)
      if (meet(label, stage)) found.push(`the words of ${label.from} → ${label.to} lie on ${stage.id}`);
    if (stage.x < 0 || stage.y < 0 || stage.x + stage.width > width || stage.y + stage.height > height)
      found.push(`${stage.id} is off the map`);
  });
  return found;
}

const { county } = countyOf('base');
const named = { posts: county.posts, urgencies: urgenciesOf(county) };

const bothWays = (flow: Flow) =>
  languages.flatMap((language) =>
    (['right', 'down'] as const).map((direction) =>
      mapOf(flow, { language, direction, current: null, due: null, visited: new Map(), ...named }),
    ),
  );

const folder = new URL('../../configs/', import.meta.url);
const names = ['', 'schemes/'].flatMap((place) =>
  readdirSync(new URL(place, folder))
    .filter((name) => name.endsWith('.json') && !name.endsWith('.schema.json'))
    .map((name) => `${place}${name.slice(0, -5)}`),
);

describe('in every flow of every config, both ways and in both languages', () => {
  test.each(names)('of %s, no box lies on another and no line or its words on a box', (name) => {
    const { county } = countyOf(name);
    for (const flow of county.flows.values()) expect(bothWays(flow).flatMap(flaws)).toEqual([]);
  });

  test('the ends stand last', () => {
    const { county } = countyOf('base');
    for (const flow of county.flows.values())
      for (const { stages, direction } of bothWays(flow)) {
        const along = (stage: Rectangle) => (direction === 'right' ? stage.x : stage.y);
        const ends = stages.filter(({ kind }) => kind === 'end').map(along);
        const others = stages.filter(({ kind }) => kind !== 'end').map(along);
        expect(Math.min(...ends)).toBeGreaterThan(Math.max(...others));
      }
  });
});

/** A flow that nobody would write: three lanes of stages, with jumps, returns and six ends. */
function longFlow(): Flow {
  const ids = Array.from({ length: 54 }, (_, index) => `stage-${index}`);
  const ends = Array.from({ length: 6 }, (_, index) => `end-${index}`);
  // All that the map does not read is as in any flow.
  const [anyStage] = [...report(countyOf('base').county).stages.values()];
  const anyAction = anyStage?.actions.get('submit');
  if (!anyStage || !anyAction) throw new Error('no stage to begin with');
  const action = (verb: StageAction['verb'], to: string): StageAction => ({
    ...anyAction,
    verb,
    label: { zh: `办理动作${to}`, en: `Take it to ${to}` },
    to: [{ if: null, to, skips: [] }],
    tone: verb === 'pass' ? 'primary' : 'plain',
  });
  const stage = (id: string, index: number): Stage => ({
    ...anyStage,
    id,
    label: { zh: `第${index + 1}个环节的名称`, en: `The stage number ${index + 1}` },
    kind: id.startsWith('end') ? 'end' : 'review',
    due: id.startsWith('end') ? null : (anyStage.due ?? null),
    overdue: [],
    actions: new Map(
      (id.startsWith('end')
        ? []
        : [
            action('pass', ids[index + 3] ?? `end-${index % 6}`),
            action('refer', index % 3 < 2 ? (ids[index + 1] ?? 'end-0') : (ids[index + 7] ?? 'end-1')),
            ...(index % 5 === 4 ? [action('return', ids[index - 4] ?? 'end-2')] : []),
            ...(index % 9 === 8 ? [action('not-use', `end-${index % 6}`)] : []),
          ]
      ).map((one) => [one.verb, one]),
    ),
  });
  return {
    kind: 'report',
    form: 'report',
    start: 'stage-0',
    stages: new Map([...ids, ...ends].map((id, index) => [id, stage(id, index)])),
  };
}

test('sixty stages are laid out as well, soon', () => {
  const flow = longFlow();
  expect(flow.stages.size).toBe(60);
  const started = performance.now();
  const maps = bothWays(flow);
  expect(performance.now() - started).toBeLessThan(8_000);
  expect(maps.flatMap(flaws)).toEqual([]);
});

const report = (county: County) => {
  const flow = county.flows.get('report');
  if (!flow) throw new Error('no flow of reports');
  return flow;
};

test('the current stage and those passed are marked, and the words tell them with due times, ways back and what stays', () => {
  const flow = report(countyOf('base').county);
  const ask = (language: 'zh' | 'en') =>
    mapOf(flow, {
      language,
      direction: 'right',
      current: 'second-review',
      due: '2026-03-10',
      visited: new Map([
        ['draft', null],
        ['initial-check', '2026-03-02'],
      ]),
      ...named,
    });
  const marks = ask('zh').stages.flatMap(({ id, mark }) => (mark ? [[id, mark]] : []));
  expect(marks).toEqual([
    ['draft', 'visited'],
    ['initial-check', 'visited'],
    ['second-review', 'current'],
  ]);
  const line = (language: 'zh' | 'en', head: string) =>
    ask(language)
      .text.split('\n')
      .find((words) => words.startsWith(head));
  expect(line('zh', '复审')).toContain(
    '复审(当前环节,时限 3 个工作日,急件 1 个工作日,特急 1 个工作日,2026-03-10 到期):复审通过 → 审签',
  );
  expect(line('zh', '初核')).toContain(
    '初核(已经过,时限 3 个工作日,急件 1 个工作日,特急 1 个工作日,2026-03-02 起)',
  );
  expect(line('zh', '初核')).toMatch(/留在此环节:认领、.*填写初核单、.*。$/);
  expect(line('zh', '退回修改')).toContain('修改后再提交 → 初核(返回)');
  expect(line('zh', '不予采用')).toBe('不予采用(结束):唤醒 → 来的环节。');
  expect(line('en', 'Second review')).toMatch(
    /^Second review \(current stage, due in 3 working days, Urgent 1 working day, .* 1 working day, by 2026-03-10\): /,
  );
});

test('what leads to one end from anywhere is told there, and drawn by no line', () => {
  const flow = report(countyOf('base').county);
  const { edges, stages, text } = mapOf(flow, {
    language: 'en',
    direction: 'right',
    current: null,
    due: null,
    visited: new Map(),
    ...named,
  });
  expect(stages.find(({ id }) => id === 'purged')).toMatchObject({ notes: ['⇢ Purge'] });
  expect(edges.filter(({ to }) => to === 'purged')).toEqual([]);
  expect(text).toContain('Purged (an end): "Purge" leads here from any stage.');
});

test('what goes back is drawn as such, and a side way there and back is one line', () => {
  const flow = report(countyOf('base').county);
  const { edges, stages } = mapOf(flow, {
    language: 'zh',
    direction: 'right',
    current: null,
    due: null,
    visited: new Map(),
    ...named,
  });
  const edge = (from: string, to: string) => edges.find((one) => one.from === from && one.to === to);
  expect(edge('second-review', 'revision')).toMatchObject({
    way: 'back',
    both: true,
    lines: ['→ 退回修改', '← 修改后再提交'],
  });
  expect(edge('revision', 'second-review')).toBeUndefined();
  expect(edge('second-review', 'sign-off')).toMatchObject({ way: 'main', both: false });
  expect(edge('initial-check', 'not-used')).toMatchObject({ way: 'on' });
  expect(stages.find(({ id }) => id === 'compiled')).toMatchObject({ notes: ['↻ 再编一件'] });
  const piece = countyOf('base').county.flows.get('piece');
  const back =
    piece &&
    mapOf(piece, {
      language: 'zh',
      direction: 'right',
      current: null,
      due: null,
      visited: new Map(),
      ...named,
    }).edges.find(({ from, to }) => from === 'issuing' && to === 'drafting');
  expect(back).toMatchObject({ way: 'back', both: false });
});

test('hours, the close of office, the last day and what the clock does by itself stand in the words and on the boxes', () => {
  const stages = [
    {
      id: 'initial-check',
      due: { workingDays: null, urgent: null, workingHours: 4 },
      overdue: [
        { workingHours: 0, do: 'remind' },
        { days: 1, do: 'return' },
      ],
    },
    {
      id: 'second-review',
      due: { workingDays: null, urgent: null, closeOfOffice: true },
      overdue: [
        { workingDays: -1, do: 'remind' },
        { days: 1, do: 'report' },
        { workingDays: 5, after: 'step', do: 'criticise' },
      ],
    },
    { id: 'sign-off', due: { workingDays: 5, field: 'until', atMost: { workingDays: 60 } } },
    { id: 'chairman', due: { workingDays: null, days: 3, before: 'until' } },
  ];
  const forms = { sign: [{ id: 'until', label: '至', type: 'date' }] };
  const { county: own } = checkedFlow({ forms, flows: { report: { stages } } });
  if (!own) throw new Error('the example has a mistake');
  const flow = report(own);
  const ask = (language: 'zh' | 'en') =>
    mapOf(flow, { language, direction: 'right', current: null, due: null, visited: new Map(), ...named });
  const line = (language: 'zh' | 'en', head: string) =>
    ask(language)
      .text.split('\n')
      .find((words) => words.startsWith(head)) ?? '';
  expect(line('zh', '初核')).toContain('初核(时限 4 个工作小时)');
  expect(line('zh', '初核')).toContain('自动:期限到时催办、期限后 1 日退回修改');
  expect(line('en', 'Initial check')).toContain('(due in 4 working hours)');
  expect(line('zh', '复审')).toContain('复审(时限 当日下班前)');
  expect(line('zh', '复审')).toContain(
    '自动:期限前 1 个工作日催办、期限后 1 日报告、上一步后 5 个工作日书面批评',
  );
  expect(line('en', 'Second review')).toContain('(due by the close of office)');
  expect(line('en', 'Second review')).toContain(
    'by itself: a reminder 1 working day before the due time, a report 1 day after the due time, ' +
      'criticism in writing 5 working days after the step before',
  );
  expect(line('zh', '审签')).toContain('审签(时限 5 个工作日,或按设定日期,最长 60 个工作日)');
  expect(line('en', 'Sign-off')).toContain('(due in 5 working days, or as set, at most 60 working days)');
  expect(line('zh', '主席审定')).toContain('(时限 此前 3 日');
  const box = (language: 'zh' | 'en', id: string) =>
    ask(language)
      .stages.find((stage) => stage.id === id)
      ?.notes.join('');
  expect(box('zh', 'initial-check')).toContain('4 个工作小时');
  expect(box('zh', 'second-review')).toContain('当日下班前');
});
