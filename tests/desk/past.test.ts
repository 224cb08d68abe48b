import { expect, test } from 'vitest';
import { checked, officeOf, text } from './office.ts';

test('a report is shown as it stood at any past moment, from its log alone', async () => {
  const { desk, begin, as, actor, now, clock, look } = officeOf('huantai');
  const seen: { at: string; stage: string; due: unknown; history: number; title: string }[] = [];
  const remember = (view: Awaited<ReturnType<typeof look>>, at: string) =>
    seen.push({
      at,
      stage: view.stage.id,
      due: view.due,
      history: view.history.length,
      title: view.title,
    });
  let report = await begin('wang', 'report', 'submit', text);
  remember(await look('checker', report), now());
  clock('2026-03-04');
  report = await as('checker', 'return', report, { comment: '请补充数据' });
  remember(await look('checker', report), now());
  clock('2026-03-09');
  report = await as('wang', 'submit', report, { ...text, title: '改过的标题' });
  clock('2026-03-10');
  report = await as('checker', 'pass', report, checked);
  remember(await look('checker', report), now());
  for (const { at, ...then } of seen) {
    const past = await desk.view(report, actor('checker'), now(), 'zh', at);
    expect({
      stage: past.stage.id,
      due: past.due,
      history: past.history.length,
      title: past.title,
    }).toEqual(then);
    expect(past.actions).toEqual([]);
  }
  await expect(
    desk.view(report, actor('checker'), now(), 'zh', '2026-01-01T00:00:00Z'),
  ).rejects.toMatchObject({ code: 'not-found' });
});

test('whoever may not read it now may not read what it was', async () => {
  const { desk, begin, actor, now } = officeOf('huantai');
  const report = await begin('wang', 'report', 'save', text);
  await expect(desk.view(report, actor('checker'), now(), 'zh', now())).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('a day is the county’s own: what was entered half an hour after its midnight is not of the day before', async () => {
  const { desk, begin, actor, now } = officeOf('huantai');
  // 00:30 on the 3rd in the county, still the 2nd in UTC.
  const report = await begin('wang', 'report', 'submit', text, { now: '2026-03-02T16:30:00.000Z' });
  const on = (day: string) => desk.view(report, actor('checker'), now(), 'zh', day);
  await expect(on('2026-03-02')).rejects.toMatchObject({ code: 'not-found' });
  expect((await on('2026-03-03')).stage.id).toBe('initial-check');
});
