import { expect, test } from 'vitest';
import { officeOf, text } from './office.ts';

test('due soon is what has three working days left or fewer, a weekend between or not; overdue is no longer soon', async () => {
  // Handed in on a Monday, to be checked within the county's working days.
  const { begin, desk, actor, clock, now } = officeOf('huantai', undefined, '2026-03-02');
  const report = await begin('wang', 'report', 'submit', text);
  const due = report.due?.on ?? '';
  const shown = async (day: string, view: 'soon' | 'overdue') => {
    clock(day);
    const asked = { kind: 'report', view, stage: null, search: null, after: null, limit: 9 } as const;
    return (await desk.queue(asked, actor('checker'), now(), 'zh')).rows.length;
  };
  expect(due).toBe('2026-03-05');
  expect(await shown('2026-02-27', 'soon')).toBe(0);
  expect(await shown('2026-03-02', 'soon')).toBe(1);
  expect(await shown(due, 'soon')).toBe(1);
  expect([await shown('2026-03-06', 'soon'), await shown('2026-03-06', 'overdue')]).toEqual([0, 1]);
});

test('a list says at which stages its things can stand, and one stage of it is a list that shows no more than the whole', async () => {
  const { begin, as, desk, actor, now } = officeOf('huantai');
  const first = await begin('wang', 'report', 'submit', text);
  await begin('wang', 'report', 'submit', { ...text, title: '另一条' });
  await as('checker', 'reserve', first);
  await begin('wang', 'report', 'save', { ...text, title: '还没写完' });
  const page = (view: 'todo' | 'all', stage: string | null) =>
    desk.queue(
      { kind: 'report', view, stage, search: null, after: null, limit: 9 },
      actor('checker'),
      now(),
      'zh',
    );
  const { stages, total } = await page('all', null);
  expect(total).toBe(2);
  expect(stages).toContainEqual({ value: 'reserved', label: '留存备用' });
  expect(new Set(stages.map(({ value }) => value)).size).toBe(stages.length);
  expect((await page('all', 'reserved')).rows.map(({ id }) => id)).toEqual([first.id]);
  // Another's draft is in no list, however one asks for it.
  expect(stages.map(({ value }) => value)).not.toContain('draft');
  expect((await page('all', 'draft')).total).toBe(0);
  expect((await page('todo', 'sign-off')).total).toBe(0);
});
