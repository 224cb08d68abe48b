import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/port.ts';
import { checked, officeOf, text } from './office.ts';

const stores: Store[] = [];
async function office(county = 'base', more: Parameters<typeof officeOf>[3] = {}) {
  const file = join(mkdtempSync(join(tmpdir(), 'minqing-matters-')), 'db.sqlite');
  const store = await sqliteStore({ file });
  stores.push(store);
  return officeOf(county, store, undefined, more);
}
afterAll(() => Promise.all(stores.map((store) => store.close())));

const call = { title: '校园周边安全', 'asked-for': '上下学时段有哪些隐患', deadline: '2026-03-20' };

test('a call is published, members answer it by their reports, and everybody sees how many answered', async () => {
  const { begin, look, desk, actor, now } = await office();
  const published = await begin('director', 'call', 'submit', call);
  expect(published).toMatchObject({
    id: 'call-1',
    stage: { id: 'open' },
    answers: 0,
    due: { on: '2026-03-20' },
  });

  // The form of a report offers it to whoever may send one.
  const { actions } = await desk.blank('report', actor('wang'), now(), 'zh');
  const field = actions[1]?.fields.find(({ name }) => name === 'answers');
  expect(field?.options).toEqual([{ value: 'call-1', label: '校园周边安全' }]);

  const report = await begin('wang', 'report', 'submit', { ...text, answers: 'call-1' });
  expect(report.links).toMatchObject([{ role: 'answers', label: '应答', title: '校园周边安全' }]);
  expect(report.fields.find(({ name }) => name === 'answers')?.value).toBe('校园周边安全');
  await begin('li', 'report', 'submit', { ...text, answers: 'call-1' });

  // Another member reads the call and its count, not the reports of others.
  const seen = await look('zhao', published);
  expect([seen.answers, seen.links]).toEqual([2, []]);
  const page = await desk.queue(
    { kind: 'call', view: 'all', stage: null, search: null, after: null, limit: 10 },
    actor('zhao'),
    now(),
    'zh',
  );
  expect(page.rows).toMatchObject([{ id: 'call-1', answers: 2 }]);
  const whole = await look('checker', published);
  expect(whole.links.map(({ id, label }) => [id, label])).toEqual([
    ['report-1', '收到应答'],
    ['report-2', '收到应答'],
  ]);
  expect(whole.history.map(({ label }) => label)).toEqual(['发布约稿', '收到应答', '收到应答']);
  expect(await desk.verifyLog()).toMatchObject({ difference: null });
});

test('after its deadline a call takes no answer, whether or not the clock has closed it, and an answer of before stays one', async () => {
  const { begin, as, look, clock, desk, county, now } = await office();
  const published = await begin('checker', 'call', 'submit', call);
  let report = await begin('wang', 'report', 'submit', { ...text, answers: 'call-1' });
  clock('2026-03-20');
  await begin('li', 'report', 'submit', { ...text, answers: 'call-1' });
  clock('2026-03-21');
  const late = begin('zhao', 'report', 'submit', { ...text, answers: 'call-1' });
  await expect(late).rejects.toMatchObject({
    code: 'invalid-input',
    fields: [{ field: 'answers', saying: { zh: expect.stringContaining('已于 2026-03-20 截止') } }],
  });
  // What was returned and comes back late answered in time.
  report = await as('checker', 'return', report, { comment: '请补充数据' });
  report = await as('wang', 'submit', report, { ...text, answers: 'call-1' });
  expect(report.links).toHaveLength(1);
  expect(await desk.tick(county.id, now())).toBeGreaterThan(0);
  expect((await look('wang', published)).stage.id).toBe('closed');
  expect((await look('wang', published)).answers).toBe(2);
  const closed = begin('zhao', 'report', 'submit', { ...text, answers: 'call-1' });
  await expect(closed).rejects.toMatchObject({ fields: [{ field: 'answers' }] });
});

test('a draft answers nothing yet, a withdrawn report nothing any more, and another choice moves the answer', async () => {
  const { begin, as, look } = await office();
  const first = await begin('director', 'call', 'submit', call);
  const second = await begin('director', 'call', 'submit', { ...call, title: '老旧小区' });
  let report = await begin('wang', 'report', 'save', { ...text, answers: 'call-1' });
  expect((await look('wang', first)).answers).toBe(0);
  report = await as('wang', 'submit', report, { ...text, answers: 'call-1' });
  report = await as('checker', 'return', report, { comment: '请改为应答另一约稿' });
  report = await as('wang', 'submit', report, { ...text, answers: 'call-2' });
  expect([(await look('li', first)).answers, (await look('li', second)).answers]).toEqual([0, 1]);
  await as('wang', 'withdraw', report);
  expect((await look('li', second)).answers).toBe(0);
});

test('many members answer one call at the same moment, and each is counted', async () => {
  const { begin, look, desk } = await office();
  const published = await begin('director', 'call', 'submit', call);
  const members = ['wang', 'li', 'zhao', 'sun'];
  await Promise.all(members.map((who) => begin(who, 'report', 'submit', { ...text, answers: published.id })));
  expect((await look('wang', published)).answers).toBe(4);
  expect(await desk.verifyLog()).toMatchObject({ difference: null });
});

test('a topic of the year walks its own steps to a lead leader, a department, a person and a due date', async () => {
  const { begin, as, look, county } = await office('ningshan');
  const [department = ''] = county.organisations.keys();
  let topic = await begin('checker', 'topic', 'submit', {
    title: '乡村医疗',
    year: 2026,
    'topic-kind': 'survey',
    why: '群众反映集中',
  });
  topic = await as('secretary', 'pass', topic, { comment: '同意' });
  expect(topic.stage.label).toBe('主席会议审议');
  topic = await as('chairman', 'approve', topic, { comment: '同意' });
  topic = await as('director', 'reassign', topic, {
    'lead-leader': 'chairman',
    lead: department,
    person: 'zhao',
    due: '2026-09-30',
  });
  expect(topic).toMatchObject({ stage: { id: 'working' }, due: { on: '2026-09-30' } });
  const theirs = await look(`at-${department}`, topic);
  expect(theirs.actions.map(({ action }) => action)).toEqual(['progress', 'reply']);
});

test('the meeting with the leaders has a list of reports, each with a decision, and closes when all have one', async () => {
  const { begin, as, look } = await office();
  const reports = [
    await begin('wang', 'report', 'submit', text),
    await begin('li', 'report', 'submit', { ...text, title: '关于供水的建议' }),
  ];
  let meeting = await begin('director', 'meeting', 'save', {
    title: '第一次协调会',
    'held-on': '2026-03-02',
  });
  for (const { id } of reports) meeting = await as('director', 'tie', meeting, { listed: id });
  meeting = await as('director', 'submit', meeting, { title: '第一次协调会', 'held-on': '2026-03-02' });
  expect(meeting.actions.map(({ action }) => action)).not.toContain('close');
  const decision = { 'meeting-outcome': 'assign', minutes: '由教育局牵头' };
  meeting = await as('director', 'decide', meeting, { decided: 'report-1', ...decision });
  expect(meeting.actions.map(({ action }) => action)).not.toContain('close');
  meeting = await as('checker', 'decide', meeting, { decided: 'report-2', ...decision });
  expect((await as('director', 'close', meeting)).stage.id).toBe('closed');

  // The report tells it in its own history, in words.
  const told = await look('director', reports[0]!);
  expect(told.history.slice(1).map(({ label, said }) => [label, said.map(({ value }) => value)])).toEqual([
    ['被列入', []],
    ['会议决定', ['交办', '由教育局牵头']],
  ]);
});

test('what the meeting has assigned is offered to be assigned, and nothing else is', async () => {
  const { begin, as, look } = await office();
  let report = await begin('wang', 'report', 'submit', text);
  const held = { title: '协调会', 'held-on': '2026-03-02' };
  const meeting = await as('director', 'submit', await begin('director', 'meeting', 'save', held), held);
  const decision = { 'meeting-outcome': 'assign', minutes: '由教育局牵头' };
  await as('director', 'decide', meeting, { decided: report.id, ...decision });
  report = await as('checker', 'pass', await look('checker', report), checked);
  report = await as('director', 'pass', report);
  report = await as('secretary', 'pass', report);
  expect(report.stage.id).toBe('to-compile');
  const offered = (await look('director', report)).actions.map(({ action }) => action);
  expect(offered).toContain('assign');
  const untouched = await begin('li', 'report', 'submit', text);
  let other = await as('checker', 'pass', untouched, checked);
  other = await as('secretary', 'pass', await as('director', 'pass', other));
  expect((await look('director', other)).actions.map(({ action }) => action)).not.toContain('assign');
});

test('a micro-consultation has its five fixed things and hangs on its report; a contact is counted on the day it was made', async () => {
  const { begin, look } = await office();
  const report = await begin('wang', 'report', 'submit', text);
  const five = {
    title: '院落停车',
    rules: '一事一议',
    people: '居民 8 人',
    duty: '社区牵头',
    place: '文昌院',
  };
  const without = begin('wang', 'micro-consultation', 'submit', {
    ...five,
    'held-on': '2026-02-28',
    place: '',
  });
  await expect(without).rejects.toMatchObject({ code: 'invalid-input' });
  const held = await begin('wang', 'micro-consultation', 'submit', {
    ...five,
    'held-on': '2026-02-28',
    'attached-to': report.id,
  });
  expect(held.moments).toMatchObject([{ is: 'entered', on: '2026-02-28' }]);
  expect((await look('wang', report)).links).toMatchObject([
    { role: 'attached', label: '附有', title: '院落停车' },
  ]);
  // One records contacts with those whom one keeps contact with, in the directory or not.
  const made = (who: string, on = '2026-03-01') => ({
    title: '走访',
    with: who,
    'held-on': on,
    'contact-way': 'visit',
  });
  const visited = await begin('wang', 'contact', 'submit', made('old-zhou'));
  expect(visited.fields.find(({ name }) => name === 'with')?.value).toBe('周大爷');
  await expect(begin('wang', 'contact', 'submit', made('sun'))).rejects.toMatchObject({
    fields: [{ field: 'with' }],
  });
  const ahead = begin('wang', 'contact', 'submit', {
    title: '走访',
    with: 'li',
    'held-on': '2026-03-09',
    'contact-way': 'visit',
  });
  await expect(ahead).rejects.toMatchObject({ fields: [{ field: 'held-on' }] });
});

const method = {
  people: {
    lines: [
      { id: 'sent', name: '提交', on: 'submitted', when: { kind: 'report' }, points: 1 },
      { id: 'forwarded', name: '通过审签', on: 'forwarded', points: 10 },
      { id: 'made', name: '发言', on: 'made', points: 5 },
    ],
  },
};

test('a report that others were merged into earns for those whom the config names, at once and in the table', async () => {
  const { begin, as, look, desk, actor, now } = await office('base', {
    method: { ...method, merge: { credit: 'all' } },
  });
  const gone = await begin('li', 'report', 'submit', text);
  let kept = await begin('wang', 'report', 'submit', text);
  const merged = await as(
    'checker',
    'merge',
    gone,
    {},
    {
      takes: [{ kind: 'report', id: kept.id, version: kept.version }],
    },
  );
  kept = await look('checker', kept);
  kept = await as('checker', 'pass', kept, checked);
  kept = await as('director', 'pass', kept, { comment: '同意' });
  kept = await as('secretary', 'pass', kept, { comment: '同意' });
  const earned = async (on: typeof kept) =>
    (await look('director', on)).points.map(({ subject, points }) => [subject, points]);
  expect(await earned(kept)).toEqual([
    ['wang', '1'],
    ['wang', '10'],
  ]);
  expect(await earned(merged)).toEqual([
    ['li', '1'],
    ['li', '10'],
  ]);
  const table = await desk.scores('2026', 'people', actor('director'), now());
  expect(table.subjects.filter(({ points }) => points !== '0').map(({ id, points }) => [id, points])).toEqual(
    [
      ['wang', '11'],
      ['li', '11'],
    ],
  );
  // The originals, their authors and their logs are as they were.
  expect((await look('li', merged)).authors.map(({ person }) => person)).toEqual(['li']);
  expect(await desk.verifyLog()).toMatchObject({ difference: null });
});

test('a matter that counts shows what it earned and by which line, as the table has it, to its author and the office', async () => {
  const line = {
    id: 'visit',
    name: '联系群众',
    clause: '第五条',
    on: 'entered',
    points: 0.5,
  };
  const { begin, look, desk, actor, now } = await office('base', { method: { people: { lines: [line] } } });
  const contact = { title: '走访', with: 'old-zhou', 'held-on': '2026-03-01', 'contact-way': 'visit' };
  const made = await begin('wang', 'contact', 'submit', contact);
  const earned = { subject: 'wang', points: '0.5', line: '联系群众', clause: '第五条', on: '2026-03-01' };
  expect(made.points).toMatchObject([earned]);
  expect((await look('director', made)).points).toMatchObject([earned]);
  const table = await desk.scores('2026', 'people', actor('director'), now());
  expect(table.subjects.find(({ id }) => id === 'wang')?.points).toBe('0.5');
  // It is no report: what pays for one sent does not pay for it, and nobody's quota is met by it.
  const paying = { id: 'sent', name: '报送', on: 'submitted', points: 1 };
  const other = await office('base', { method: { people: { lines: [paying] } } });
  expect((await other.begin('wang', 'contact', 'submit', contact)).points).toEqual([]);
  expect((await other.begin('wang', 'report', 'submit', text)).points).toMatchObject([{ points: '1' }]);
  // A matter that is no record earns nothing.
  expect((await begin('director', 'call', 'submit', call)).points).toEqual([]);
});

test('a report tied to the speech it came from is not paid beside it, where the config says so', async () => {
  const { begin, as, desk, actor, now, look } = await office('base', {
    method: { ...method, notTwice: { 'derived-from': 'to' } },
  });
  const speech = { id: 's-1', kind: 'speech', authors: [{ id: 'wang' }], facts: { title: '大会发言' } };
  await desk.enterRecords(
    JSON.stringify({ ...speech, moments: [{ is: 'made', on: '2026-02-01' }] }),
    actor('director'),
    now(),
  );
  let report = await begin('wang', 'report', 'submit', text);
  expect(report.points).toMatchObject([{ points: '1' }]);
  report = await as('checker', 'tie', await look('checker', report), { 'derived-from': 's-1' });
  expect(report.links).toMatchObject([{ role: 'derived-from', kind: 'record', id: 's-1', label: '来源于' }]);
  expect(report.points).toEqual([]);
  const table = await desk.scores('2026', 'people', actor('director'), now());
  const wang = table.subjects.find(({ id }) => id === 'wang');
  expect([wang?.points, wang?.lines.at(-1)?.name]).toMatchObject(['5', { zh: '提交(不重复计分,已计 s-1)' }]);
});
