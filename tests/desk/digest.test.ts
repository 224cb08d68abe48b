import { expect, test } from 'vitest';
import { memoryStore } from '../../src/store/memory.ts';
import { checked, officeOf, text } from './office.ts';

const at = (day: string, hour: number) =>
  new Date(Date.parse(`${day}T00:00:00+08:00`) + hour * 3_600_000).toISOString();

test('each post is told once on the morning of a working day how much waits for it and how much is late, not of each change', async () => {
  const { begin, as, desk, actor } = officeOf('huantai');
  const reports = [];
  for (const title of ['一', '二', '三'])
    reports.push(await begin('wang', 'report', 'submit', { ...text, title }));
  const [first] = reports;
  if (!first) throw new Error('none');
  await as('checker', 'pass', first, checked);
  const texts = async (who: string, language: 'zh' | 'en' = 'zh') =>
    (await desk.notices(actor(who), language, null, 9)).rows.map(({ kind, text: said }) => `${kind} ${said}`);
  // The day that it begins at midnight in the county, and on a Sunday.
  expect(await desk.digest(at('2026-03-03', 7.9))).toBe(0);
  expect(await desk.digest(at('2026-03-08', 9))).toBe(0);
  expect(await desk.digest(at('2026-03-09', 8))).toBe(2);
  expect(await desk.digest(at('2026-03-09', 8.1))).toBe(0);
  expect(await texts('checker')).toEqual(['digest 初核专人:今天有 2 件待办,其中超期 2 件。']);
  expect(await texts('director', 'en')).toEqual(['digest Office director: 1 waiting today, 1 of them late.']);
  expect(await texts('secretary')).toEqual([]);
  expect(await desk.unread(actor('checker'))).toBe(1);
  expect(await desk.digest(at('2026-03-10', 15))).toBe(2);
  expect(await texts('checker')).toHaveLength(2);
});

test('a department is told of what it handles alone, and a system outside hears for whom, in numbers', async () => {
  const store = memoryStore();
  const { begin, as, desk, actor } = officeOf('huantai', store, '2026-03-02', {}, ['portal']);
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, { lead: 'education-bureau', task: '请设护学岗。' });
  for (const { key } of await store.claimSends('portal', 99, {
    now: at('2026-03-02', 9),
    until: at('2026-03-02', 9),
  }))
    await store.settleSend(key, at('2026-03-02', 9), null);
  await desk.digest(at('2026-03-03', 9));
  const told = async (who: string) =>
    (await desk.notices(actor(who), 'zh', null, 9)).rows.filter(({ kind }) => kind === 'digest').length;
  expect([await told('at-education-bureau'), await told('at-health-bureau')]).toEqual([1, 0]);
  const claim = { now: at('2026-03-03', 9), until: at('2026-03-03', 10) };
  const bodies = (await store.claimSends('portal', 99, claim)).map(({ body }): unknown => JSON.parse(body));
  expect(bodies).toContainEqual({
    id: 'huantai.digest.2026-03-03.department-contact.education-bureau',
    county: 'huantai',
    kind: 'digest',
    post: 'department-contact',
    organisation: 'education-bureau',
    todo: 1,
    overdue: 0,
    to: ['at-education-bureau'],
    at: at('2026-03-03', 9),
  });
  expect(JSON.stringify(bodies)).not.toContain('护学岗');
});

test('a county without the sentence is told nothing, and two processes tell once between them', async () => {
  const quiet = officeOf('huantai', memoryStore(), '2026-03-02', { messages: { digest: null } });
  await quiet.begin('wang', 'report', 'submit', text);
  expect(await quiet.desk.digest(at('2026-03-03', 9))).toBe(0);
  const store = memoryStore();
  const one = officeOf('huantai', store);
  const other = officeOf('huantai', store);
  await one.begin('wang', 'report', 'submit', text);
  const told = await Promise.all([
    one.desk.digest(at('2026-03-03', 9)),
    other.desk.digest(at('2026-03-03', 9)),
  ]);
  expect(told.sort()).toEqual([0, 1]);
});
