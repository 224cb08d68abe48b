import { expect, test } from 'vitest';
import type { Paper } from '../../src/model/paper.ts';
import { checked, officeOf, text } from './office.ts';

const rowsOf = ({ parts }: Paper, heading: string) => {
  const part = parts.find((one) => one.heading === heading);
  return part && 'rows' in part ? part.rows : [];
};

test('an office’s month tells what came in, what was done, what is due and overdue', async () => {
  const { desk, actor, begin, as, now, clock } = officeOf('huantai');
  const first = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass', first, checked);
  const left = await begin('li', 'report', 'submit', { ...text, title: '关于村道照明的建议' });
  const month = (of: string | null) => desk.month('2026-03', of, actor('director'), now(), 'zh');
  const list = await month('checker');
  expect(rowsOf(list, '本月收到').map(([id]) => id)).toEqual([first.id, left.id]);
  expect(rowsOf(list, '本月办理')).toEqual([[first.id, text.title, '2026-03-02', '初核通过']]);
  expect(rowsOf(list, '本月到期、尚未办理').map(([id]) => id)).toEqual([left.id]);
  clock('2026-03-20');
  expect(rowsOf(await month('checker'), '逾期').map(([id]) => id)).toEqual([left.id]);
  // Of everybody, how much each had.
  const [all] = (await month(null)).parts;
  expect(all && 'rows' in all ? all.rows.map(([name]) => name) : []).toContain('初核专人');
});

test('what is confidential is on no list of those who may not read it, and a month is written as 2026-03', async () => {
  const { desk, actor, begin, as, now } = officeOf('huantai');
  const sent = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass', sent, { ...checked, confidential: true });
  const read = async (who: string) =>
    rowsOf(await desk.month('2026-03', 'checker', actor(who), now(), 'zh'), '本月收到').length;
  expect(await read('director')).toBe(1);
  expect(await read('compiler')).toBe(0);
  await expect(desk.month('3月', null, actor('director'), now(), 'zh')).rejects.toMatchObject({
    code: 'not-found',
  });
});
