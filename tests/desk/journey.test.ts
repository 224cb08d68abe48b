import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unseal } from '../../src/desk/seal.ts';
import { apply, blankThing } from '../../src/desk/change.ts';
import { brokenAt } from '../../src/desk/seal.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { checked, officeOf, text } from './office.ts';

const stores = [
  ['memory', async () => memoryStore()],
  ['sqlite', () => sqliteStore({ file: join(mkdtempSync(join(tmpdir(), 'minqing-')), 'a.db') })],
] as const;

describe.each(stores)('a report of Huantai over the %s store', (_name, open) => {
  test('goes from the form through the gates to a piece, its results flow back, and its log rebuilds it', async () => {
    const office = officeOf('huantai', await open());
    const { as, begin, look } = office;
    let report = await begin('wang', 'report', 'submit', text);
    expect(report.stage.id).toBe('initial-check');
    report = await as('checker', 'pass', report, checked);
    report = await as('director', 'pass', report);
    report = await as('secretary', 'pass', report, { comment: '同意' });
    expect(report.stage.id).toBe('to-compile');
    report = await as('compiler', 'compile', report, { title: '护学', text: '正文' });
    expect(report.stage.id).toBe('compiled');
    const link = report.links.find((one) => one.role === 'piece');
    let piece = await look('compiler', { county: 'huantai', kind: 'piece', id: link?.id ?? '' });
    piece = await as('compiler', 'pass', piece);
    piece = await as('checker', 'proofread', piece);
    piece = await as('secretary', 'issue', piece, {
      journal: 'journal',
      destinations: ['city-cppcc', 'county-party'],
    });
    piece = await as('compiler', 'dispatch', piece, { destination: 'city-cppcc' });
    expect(piece.stage.id).toBe('dispatching');
    piece = await as('compiler', 'dispatch', piece, { destination: 'county-party' });
    expect(piece.stage.id).toBe('sent');
    piece = await as('compiler', 'record', piece, {
      is: 'adopted',
      on: '2026-03-02',
      level: 'city',
      outlet: '《社情民意》',
      form: 'stand-alone',
    });
    piece = await as('compiler', 'archive', piece);
    piece = await as('compiler', 'record', piece, {
      is: 'instructed',
      on: '2026-03-02',
      level: 'city',
      leader: 'main',
      words: '请阅处',
    });
    const mine = await look('wang', report);
    expect(mine.points.map(({ line, points }) => [line, points])).toEqual([
      ['报送', '1'],
      ['审签通过', '2'],
      ['采用', '5'],
      ['批示', '10'],
    ]);
    expect(mine.history.map((item) => item.action)).toEqual([
      'submit',
      'pass',
      'pass',
      'pass',
      'compile',
      'issue',
      'dispatch',
      'dispatch',
      'record',
      'record',
    ]);
    expect(JSON.stringify(mine.history)).not.toContain('请阅处');
    expect(JSON.stringify((await look('secretary', piece)).history)).toContain('请阅处');
    const table = await office.desk.scores(
      '2026-Q1',
      'people',
      office.actor('director'),
      '2026-04-01T01:00:00Z',
    );
    expect(table.subjects.find((subject) => subject.id === 'wang')).toMatchObject({ points: '18', rank: 1 });

    const ref = { county: 'huantai', kind: 'report' as const, id: report.id };
    const log = await office.store.log(ref);
    expect(brokenAt(log.map(({ entry }) => entry))).toBeNull();
    const first = log[0]?.entry;
    const replayed = log.reduce(
      (thing, { entry, texts }) => apply(thing, unseal(entry.change, texts), entry.at),
      blankThing(ref, 'draft', first?.configVersion ?? '', first?.at ?? ''),
    );
    expect(replayed).toEqual((await office.store.read(ref))?.thing);
    expect(JSON.stringify(log.map(({ entry }) => entry))).not.toContain('校门口');
    await office.store.close();
  });
});

test('a returned report resumes at the desk that sent it back', async () => {
  const { as, begin } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'return', report, { comment: '请补充数据' });
  expect([report.stage.id, report.due]).toEqual(['revision', null]);
  report = await as('wang', 'submit', report, { ...text, analysis: '补充' });
  expect(report.stage.id).toBe('second-review');
});

test('the rules propose the chairman, and declining needs a reason', async () => {
  const { as, begin, look } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, {
    ...checked,
    departments: ['education-bureau', 'housing-bureau', 'market-bureau'],
  });
  report = await as('director', 'pass', report);
  report = await look('secretary', report);
  const refer = report.actions.find((one) => one.action === 'refer');
  expect(refer?.proposed?.[0]?.because).toEqual(['涉及部门数 3 ≥ 2']);
  await expect(as('secretary', 'pass', report)).rejects.toMatchObject({
    code: 'invalid-input',
    fields: [{ field: 'whyNot' }],
  });
  const declined = await as('secretary', 'pass', report, { whyNot: '情况清楚' });
  expect(declined.stage.id).toBe('to-compile');
});

test('the chairman decides what was referred', async () => {
  const { as, begin } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, { ...checked, politics: 'heavy' });
  report = await as('director', 'pass', report);
  report = await as('secretary', 'refer', report);
  report = await as('chairman', 'decide', report, { outcome: 'reserve' });
  expect(report.stage.id).toBe('reserved');
  report = await as('director', 'retrieve', report);
  expect(report.stage.id).toBe('second-review');
});

test('three reports of four authors become one piece, adopted once and instructed on twice', async () => {
  const { as, begin, look, desk, actor } = officeOf('huantai');
  const ready = async (who: string, authors?: string[]) => {
    let report = await begin(who, 'report', 'submit', { ...text, ...(authors ? { authors } : {}) });
    report = await as('checker', 'pass', report, checked);
    report = await as('director', 'pass', report);
    return as('secretary', 'pass', report);
  };
  const first = await ready('wang');
  const second = await ready('li');
  const third = await ready('checker', ['zhao', 'sun']);
  const compiled = await as(
    'compiler',
    'compile',
    first,
    { title: '三合一', text: '正文' },
    {
      takes: [second, third].map(({ kind, id, version }) => ({ kind, id, version })),
    },
  );
  let piece = await look('compiler', { county: 'huantai', kind: 'piece', id: compiled.links[0]?.id ?? '' });
  expect(piece.links.map((link) => link.id)).toEqual([first.id, second.id, third.id]);
  piece = await as('compiler', 'pass', piece);
  piece = await as('checker', 'proofread', piece);
  piece = await as('secretary', 'issue', piece, { journal: 'journal', destinations: ['city-cppcc'] });
  piece = await as('compiler', 'dispatch', piece, { destination: 'city-cppcc' });
  piece = await as('compiler', 'record', piece, { is: 'adopted', on: '2026-03-02', level: 'city' });
  piece = await as('compiler', 'record', piece, {
    is: 'instructed',
    on: '2026-03-02',
    level: 'city',
    leader: 'main',
  });
  piece = await as('compiler', 'record', piece, {
    is: 'instructed',
    on: '2026-03-02',
    level: 'county',
    leader: 'in-charge',
  });
  const table = await desk.scores('2026', 'people', actor('director'), '2026-04-01T01:00:00Z');
  const points = Object.fromEntries(table.subjects.map((subject) => [subject.id, subject.points]));
  expect(points).toMatchObject({ wang: '21', li: '21', zhao: '12', sun: '12' });
  for (const [who, report] of [
    ['wang', first],
    ['li', second],
    ['zhao', third],
  ] as const)
    expect((await look(who, report)).history.filter((item) => item.action === 'record')).toHaveLength(3);
});

test('a lead is written up, and its author is the report’s', async () => {
  const { as, begin, look } = officeOf('huantai');
  const lead = await begin('li', 'lead', 'submit', { title: '路灯不亮', situation: '镇东路路灯坏了' });
  const done = await as('checker', 'write-up', lead, text);
  expect(done.stage.id).toBe('written-up');
  const report = await look('li', { county: 'huantai', kind: 'report', id: done.links[0]?.id ?? '' });
  expect([report.stage.id, report.authors[0]?.person]).toEqual(['initial-check', 'li']);
});

test('what a town can settle is passed on, handled, rated dissatisfied once and archived', async () => {
  const { as, begin, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  await expect(as('checker', 'pass', report, { ...checked, 'town-can-settle': true })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  const passed = await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请整治' });
  expect(passed.stage.id).toBe('passed-on');
  let item = await look('at-qifeng-town', {
    county: 'huantai',
    kind: 'handling',
    id: passed.links[0]?.id ?? '',
  });
  item = await as('at-qifeng-town', 'sign-for', item);
  item = await as('at-qifeng-town', 'reply', item, { result: 'solved', reply: '已整治' });
  item = await as('director', 'confirm', item);
  item = await as('wang', 'rate', item, { satisfaction: 'dissatisfied' });
  expect(item.stage.id).toBe('working');
  item = await as('at-qifeng-town', 'reply', item, { result: 'solved', reply: '再次整治' });
  item = await as('director', 'confirm', item);
  item = await as(
    'director',
    'rate',
    item,
    { satisfaction: 'dissatisfied' },
    { onBehalf: { of: 'wang', on: '2026-03-02' } },
  );
  expect(item.stage.id).toBe('done');
  expect((await as('director', 'archive', item)).stage.id).toBe('archived');
});

test('the wrong post is refused, an action not offered is refused, and a stranger’s report is not found', async () => {
  const { as, begin, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  await expect(as('secretary', 'pass', report, checked)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(as('checker', 'archive', report)).rejects.toMatchObject({ code: 'not-offered' });
  await expect(look('li', report)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(look('checker', { ...report, id: 'report-99' })).rejects.toMatchObject({ code: 'not-found' });
});

test('two at once: one wins and the other is told', async () => {
  const { as, begin } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  const both = await Promise.allSettled([
    as('checker', 'pass', report, checked),
    as('checker', 'not-use', report, { reason: 'plagiarism' }),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('the same key does it once; another body under it is refused', async () => {
  const { begin, desk, actor, now } = officeOf('huantai');
  const key = { key: { value: 'k1', request: 'a' } };
  const first = await begin('wang', 'report', 'submit', text, key);
  expect((await begin('wang', 'report', 'submit', text, key)).id).toBe(first.id);
  await expect(
    begin('wang', 'report', 'submit', text, { key: { value: 'k1', request: 'b' } }),
  ).rejects.toMatchObject({ code: 'key-reused' });
  const page = await desk.queue(
    { kind: 'report', view: 'all', stage: null, search: null, after: null, limit: 9 },
    actor('checker'),
    now(),
    'zh',
  );
  expect(page.total).toBe(1);
});

test('the clock supervises what is overdue, once', async () => {
  const { begin, desk, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  expect(report.due).toMatchObject({ on: '2026-03-05', provisional: false });
  expect(await desk.tick('huantai', '2026-03-05T10:00:00Z')).toBe(0);
  expect(await desk.tick('huantai', '2026-03-06T01:00:00Z')).toBe(1);
  expect(await desk.tick('huantai', '2026-03-07T01:00:00Z')).toBe(0);
  expect((await look('checker', report)).supervised).toBe(true);
});

test('a standing member owes four a year and has sent one', async () => {
  const { begin, desk, actor, now } = officeOf('huantai');
  await begin('standing', 'report', 'submit', text);
  expect(await desk.quotas(actor('standing'), now(), 'standing')).toMatchObject([{ need: '4', done: '1' }]);
  expect(await desk.quotas(actor('wang'), now(), 'wang')).toEqual([]);
});
