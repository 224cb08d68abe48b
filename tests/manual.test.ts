import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkConfig } from '../src/check/check.ts';
import { mistakeCodes, mistakeLine, type Mistake } from '../src/check/mistake.ts';
import { textTable } from '../src/cli/print.ts';
import { rowsOf } from '../src/cli/score.ts';
import { countFile, readConfig } from '../src/cli/tally.ts';
import type { CivilDate } from '../src/model/date.ts';
import type { Language } from '../src/model/text.ts';
import type { Fields } from '../src/model/thing.ts';
import { verbs } from '../src/model/verb.ts';
import { dueBy } from '../src/workflow/due.ts';
import { checkedFlow, play } from './flow-story.ts';

/** Every block of the manual that is more than an illustration, in its order: ```json lines, ```json case … */
function blocksOf(file: string) {
  const text = readFileSync(new URL(`../configs/${file}`, import.meta.url), 'utf8');
  return [...text.matchAll(/^```(?:json|text) (\w+)\n([\s\S]*?)\n```$/gm)].map(
    ([, kind = '', body = '']) => ({
      kind,
      body,
    }),
  );
}
const manuals: [string, Language][] = [
  ['README.md', 'en'],
  ['README.zh-CN.md', 'zh'],
];

const linesOf = (mistakes: readonly Mistake[], language: Language) =>
  mistakes.map((mistake) => mistakeLine(mistake, language).replace(/^example.json:\d+:\d+ /, ''));

/** The directory that the manual names before its examples. */
const directory = {
  organisations: [
    { id: 't-1', name: '城关镇', kind: 'town' },
    { id: 't-2', name: '四亩地镇', kind: 'town' },
    { id: 'p-1', name: '企业信息点', kind: 'report-point', parent: 't-1' },
  ],
  people: [
    { id: 'wang', name: '王建国', kind: 'member', organisation: 't-1' },
    { id: 'li', name: '李敏', kind: 'standing-member', organisation: 't-1' },
    { id: 'zhao', name: '赵强', kind: 'cadre', organisation: 't-2' },
  ],
};
const late = { report: { moments: { late: '迟报' } } };
const complaints = (config: object, language: Language = 'zh') =>
  linesOf(
    checkConfig(
      'example.json',
      JSON.stringify({ id: 'example', name: '某县', directory, ...config }),
      () => null,
    ).mistakes,
    language,
  );
const methodOf = (kind: string, body: string) => {
  const read = JSON.parse(body);
  const method = kind === 'lines' ? { people: { lines: read } } : read;
  return { ...method, records: { ...late, ...method.records } };
};

const owing = (body: string) => ({
  authorKinds: ['member', 'standing-member', 'cadre'].map((id) => ({ id, label: id })),
  posts: ['chairman', 'office-head'].map((id) => ({ id, name: id, scope: 'county' })),
  quotas: JSON.parse(body),
});

describe.each(manuals)('the manual %s', (file, language) => {
  const blocks = blocksOf(file);
  const shapes = blocks.flatMap(({ kind, body }, index) => {
    const next = blocks[index + 1];
    return next?.kind === 'case' ? [{ kind, body, numbers: next.body }] : [];
  });

  test.each(shapes)('comes to the numbers it gives: $body', ({ kind, body, numbers }) => {
    const one = { name: 'manual', ...JSON.parse(numbers) };
    const said = kind === 'quotas' ? owing(body) : { method: methodOf(kind, body) };
    expect(complaints({ ...said, cases: [one] })).toEqual([]);
  });

  test('has quotas that the check takes', () => {
    const quotas = blocks.filter(({ kind }) => kind === 'quotas');
    expect(quotas.length).toBeGreaterThan(1);
    for (const { body } of quotas) expect(complaints(owing(body))).toEqual([]);
  });

  test('works one document from its text to its table', async () => {
    const body = (kind: string) => blocks.find((block) => block.kind === kind)?.body ?? '';
    const folder = mkdtempSync(join(tmpdir(), 'minqing-manual-'));
    const at = (name: string) => join(folder, name);
    writeFileSync(at('example.json'), body('config'));
    writeFileSync(at('records.ndjson'), body('records'));
    const { table } = await countFile(await readConfig(at('example.json')), at('records.ndjson'), {
      period: '2018',
    });
    expect(`2018\n${textTable(rowsOf(table, language))}`.trimEnd()).toBe(body('table'));
  });

  test('shows the errors that a wrong method really gets', () => {
    const body = (kind: string) => blocks.find((block) => block.kind === kind)?.body ?? '';
    expect(complaints({ method: JSON.parse(body('wrong')) }, language).join('\n')).toBe(body('errors'));
  });

  const flows = blocks.filter(({ kind }) => kind === 'flow');
  test.each(flows)('has a flow that the check takes: $body', ({ body }) => {
    expect(linesOf(checkedFlow(JSON.parse(body)).mistakes, language)).toEqual([]);
  });

  const stories = blocks.flatMap(({ kind, body }, index) => {
    const flow = blocks.slice(0, index).findLast((block) => block.kind === 'flow');
    return kind === 'steps' && flow ? [{ flow: flow.body, body }] : [];
  });
  test.each(stories)('goes as the flow before it says: $body', async ({ flow, body }) => {
    const read = JSON.parse(body);
    await play(JSON.parse(flow), Array.isArray(read) ? { steps: read } : read);
  });

  const dues = blocks.flatMap(({ kind, body }, index) => {
    const next = blocks[index + 1];
    return kind === 'due' && next?.kind === 'dates' ? [{ due: body, dates: next.body }] : [];
  });
  test.each(dues)('is due when it says: $due', ({ due, dates }) => {
    const stages = [{ id: 'compiled', due: JSON.parse(due) }];
    const { county, mistakes } = checkedFlow({ flows: { report: { stages } } });
    expect(linesOf(mistakes, language)).toEqual([]);
    const rule = county?.flows.get('report')?.stages.get('compiled')?.due;
    if (!rule) throw new Error(due);
    const lines: { received: CivilDate; at?: string; fields?: Fields; due: CivilDate; by?: string }[] =
      JSON.parse(dates);
    const hours = county?.officeHours ?? [];
    for (const { received, at: time = '09:00', fields = {}, due: on, by } of lines) {
      const found = dueBy(rule, received, fields, new Set(), { time, hours });
      expect([found?.on, found?.time?.by]).toEqual([on, by]);
    }
  });

  const flaws = blocks.flatMap(({ kind, body }, index) => {
    const next = blocks[index + 1];
    return kind === 'flaw' && next?.kind === 'says' ? [{ body, says: next.body }] : [];
  });
  test.each(flaws)('says what the check says of $body', ({ body, says }) => {
    expect(linesOf(checkedFlow(JSON.parse(body)).mistakes, language).join('\n')).toBe(says);
  });

  test('names every verb, every property of the flow language and every mistake of a flow', () => {
    const text = readFileSync(new URL(`../configs/${file}`, import.meta.url), 'utf8');
    const schema = JSON.parse(
      readFileSync(new URL('../configs/county.schema.json', import.meta.url), 'utf8'),
    ).$defs;
    const { due, overdue, together } = schema.stage.properties;
    const parts = [schema.flow, schema.stage, schema.action, schema.branch, schema.field, schema.post];
    const words = [...parts, due, overdue.items, together, schema.access, schema.rule].flatMap(
      ({ properties }) => Object.keys(properties),
    );
    const flow = mistakeCodes.slice(
      mistakeCodes.indexOf('unreachable-stage'),
      mistakeCodes.indexOf('always-broken') + 1,
    );
    const named = (word: string) => text.includes(`\`${word}\``) || text.includes(`"${word}"`);
    expect([...verbs, ...words, ...flow, 'never-holds'].filter((word) => !named(word))).toEqual([]);
  });

  test('shows the properties of the flow language in examples that are run', () => {
    const schema = JSON.parse(
      readFileSync(new URL('../configs/county.schema.json', import.meta.url), 'utf8'),
    ).$defs;
    const parts = [schema.flow, schema.stage, schema.action, schema.branch, schema.field, schema.post];
    const run = [...flows, ...dues.map(({ due }) => ({ body: due }))].map(({ body }) => body).join();
    const words = parts.flatMap(({ properties }) => Object.keys(properties));
    const untried = new Set(words.filter((word) => !run.includes(`"${word}"`)));
    // Shown in the text alone so far.
    expect([...untried].sort()).toEqual(['administers', 'everyone', 'kinds', 'link', 'untilDue']);
  });

  test('leaves none of its examples untried', () => {
    const count = (name: string) => blocks.filter(({ kind }) => kind === name).length;
    const tried = [flows.length, stories.length, dues.length, dues.length, flaws.length, flaws.length];
    expect(tried).toEqual(['flow', 'steps', 'due', 'dates', 'flaw', 'says'].map(count));
    expect(Math.min(...tried)).toBeGreaterThan(0);
  });
});

test('both manuals have the same examples', () => {
  const [english = [], chinese = []] = manuals.map(([file]) =>
    blocksOf(file).filter(({ kind }) => !['table', 'errors', 'says'].includes(kind)),
  );
  expect(chinese).toEqual(english);
});
