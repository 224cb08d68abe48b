import { expect, test } from 'vitest';
import { countyOf } from '../county.ts';
import { checked, officeOf, text } from './office.ts';

const about = (title: string) => ({ ...text, title });

test('an author reads in the county’s words what became of a report, in either language, until it is marked as read', async () => {
  const { begin, as, desk, actor } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', about('路灯不亮'));
  expect(await desk.unread(actor('wang'))).toBe(0);
  await as('checker', 'return', report, { comment: '请补充地点' });
  const told = (language: 'zh' | 'en') => desk.notices(actor('wang'), language, null, 9);
  const { rows, unread, next } = await told('zh');
  expect(rows).toEqual([
    {
      key: expect.any(Number),
      kind: 'report',
      id: report.id,
      text: '“路灯不亮”退回修改,请按意见修改后再报。',
      at: expect.any(String),
      read: false,
    },
  ]);
  expect([unread, next]).toEqual([1, null]);
  expect((await told('en')).rows[0]?.text).toBe(
    '“路灯不亮” was returned: please revise it and send it again.',
  );
  expect(await desk.notices(actor('li'), 'zh', null, 9)).toEqual({ rows: [], next: null, unread: 0 });
  await desk.readNotices(actor('li'), rows[0]?.key ?? 0);
  expect(await desk.unread(actor('wang'))).toBe(1);
  await desk.readNotices(actor('wang'), rows[0]?.key ?? 0);
  expect(await desk.unread(actor('wang'))).toBe(0);
  expect((await told('zh')).rows[0]?.read).toBe(true);
});

test('what has no sentence of its own is told by the one for the rest, and a title is never taken for a placeholder', async () => {
  const { begin, as, desk, actor } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', about('{stage} 与 {due}'));
  await as('checker', 'return', report, { comment: '请改' });
  expect((await desk.notices(actor('wang'), 'zh', null, 9)).rows[0]?.text).toBe(
    '“{stage} 与 {due}”退回修改,请按意见修改后再报。',
  );
  const { messages } = countyOf('huantai').county;
  expect([...messages.keys()]).toContain('otherwise');
});

test('a page further back begins where the one before ended', async () => {
  const { begin, as, desk, actor } = officeOf('huantai');
  for (const title of ['一', '二', '三']) {
    const report = await begin('wang', 'report', 'submit', about(title));
    await as('checker', 'return', report, { comment: '请改' });
  }
  const first = await desk.notices(actor('wang'), 'zh', null, 2);
  const second = await desk.notices(actor('wang'), 'zh', first.next, 2);
  const titles = [...first.rows, ...second.rows].map(({ text }) => /“(.)”/.exec(text)?.[1]);
  expect([titles, second.next, first.unread]).toEqual([['三', '二', '一'], null, 3]);
});

test('what another thing’s act changed along is told in the words of its flow, never by a verb', async () => {
  const { begin, as, desk, actor } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', about('护学'));
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass', report);
  report = await as('secretary', 'pass', report);
  await as('compiler', 'compile', report, { title: '护学', text: '正文' });
  const other = await begin('zhao', 'report', 'submit', about('路灯'));
  const lead = await begin('li', 'lead', 'submit', { title: '路灯不亮', situation: '三盏路灯不亮。' });
  await as('checker', 'join', lead, {}, { takes: [{ kind: 'report', id: other.id, version: 1 }] });
  const told = async (who: string) =>
    (await desk.notices(actor(who), 'zh', null, 99)).rows.map((row) => row.text).join();
  const all = await Promise.all(['wang', 'zhao', 'li'].map(told));
  expect(all.join()).toContain('编报');
  expect(all.join()).toContain('并入已有信息');
  expect(all.join()).not.toMatch(/[a-z]/);
});
