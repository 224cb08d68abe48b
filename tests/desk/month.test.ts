import { expect, test } from 'vitest';
import type { Paper } from '../../src/model/paper.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/port.ts';
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

/** A store that says which kinds were gone through from end to end. */
function watched(store: Store = memoryStore()) {
  const whole: string[] = [];
  const { all, counted, records } = store;
  store.all = (county, kind, author) => {
    if (author === undefined) whole.push(kind);
    return all(county, kind, author);
  };
  store.counted = (county, author) => {
    if (author === undefined) whole.push('counted');
    return counted(county, author);
  };
  store.records = (county, of) => {
    if (of === undefined) whole.push('records');
    return records(county, of);
  };
  return { store, whole };
}

test('a month, the anthology and a member’s year go through nothing that they do not show', async () => {
  const { store, whole } = watched();
  const { desk, actor, begin, as, now, clock } = officeOf('huantai', store, '2026-01-05', {
    obligations: [],
  });
  const before = await begin('wang', 'report', 'submit', { ...text, title: '关于元旦集市的建议' });
  await as('checker', 'not-use', before, { reason: 'already-known', comment: '已有反映。' });
  clock('2026-03-02');
  const sent = await begin('wang', 'report', 'submit', text);
  const record = { id: 'prop-1', kind: 'proposal', authors: [{ id: 'wang', part: 'first' }] };
  const line = JSON.stringify({ ...record, moments: [{ is: 'filed', on: '2026-02-01' }] });
  await desk.enterRecords(line, actor('director'), now());
  whole.length = 0;
  const list = await desk.month('2026-03', 'checker', actor('director'), now(), 'zh');
  expect(rowsOf(list, '本月收到').map(([id]) => id)).toEqual([sent.id]);
  const january = await desk.month('2026-01', 'checker', actor('director'), now(), 'zh');
  expect(rowsOf(january, '本月办理').map(([id]) => id)).toEqual([before.id]);
  await expect(desk.anthology('2026', actor('director'), 'zh')).rejects.toMatchObject({ code: 'not-found' });
  await desk.quotas(actor('wang'), now(), 'wang');
  expect(whole).toEqual([]);
});
