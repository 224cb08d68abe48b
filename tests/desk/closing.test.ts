import { expect, test } from 'vitest';
import type { ThingView } from '../../src/model/view.ts';
import { officeOf } from './office.ts';

const text = {
  title: '老旧小区加装电梯难',
  situation: '缺口大',
  analysis: '出资不一',
  suggestion: '分类补助',
};

async function issued(office: ReturnType<typeof officeOf>, period: string): Promise<ThingView> {
  const { begin, as } = office;
  let view = await begin('director', 'period', 'count', { period });
  view = await as('director', 'pass', view);
  view = await as('director', 'pass', view);
  view = await as('secretary', 'approve', view);
  return as('secretary', 'issue', view);
}

test('a period is counted, checked by those it is about, approved, and issued with a number; then it stays', async () => {
  const office = officeOf('huantai', undefined, '2026-04-02');
  const { begin, as, look } = office;
  await begin('wang', 'report', 'submit', text);
  await expect(begin('director', 'period', 'pass', {})).rejects.toMatchObject({ code: 'not-offered' });
  let view = await begin('director', 'period', 'count', { period: '2026-04' });
  expect(view.bulletin?.people.subjects.find(({ id }) => id === 'wang')?.points).toBe('1');
  await expect(look('wang', view)).rejects.toMatchObject({ code: 'forbidden' });
  view = await as('director', 'pass', view);
  const mine = await look('wang', view);
  expect(mine.bulletin?.people.subjects.map(({ id }) => id)).toEqual(['wang']);
  // A unit's lines are its people's to check.
  expect(mine.due?.on).toBe('2026-04-10');
  view = await as('wang', 'object', mine, { objection: '还有一条未计' });
  await expect(as('director', 'pass', view)).rejects.toMatchObject({ code: 'not-offered' });
  expect(JSON.stringify(await look('li', view))).not.toContain('还有一条未计');
  view = await as('director', 'answer', view, { answer: '下期补记' });
  view = await as('director', 'pass', view);
  await expect(as('secretary', 'approve', view)).rejects.toMatchObject({ code: 'invalid-input' });
});

test('what is entered after a period was issued is a correction in the next one, once, and its own table stays', async () => {
  const office = officeOf('huantai', undefined, '2026-04-02');
  const { begin, as, look, clock } = office;
  const behalf = { of: 'wang', on: '2026-03-20' };
  await begin('checker', 'report', 'submit', { ...text, authors: ['wang'] }, { onBehalf: behalf });
  const first = await issued(office, '2026-Q1');
  expect(first.bulletin?.people.subjects.find(({ id }) => id === 'wang')?.points).toBe('1');
  expect(first.stage.kind).toBe('end');
  await expect(as('director', 'count', first, { period: '2026-Q1' })).rejects.toMatchObject({
    code: 'not-offered',
  });

  await begin('checker', 'report', 'submit', { ...text, authors: ['wang'] }, { onBehalf: behalf });
  clock('2026-07-02');
  const second = await issued(office, '2026-Q2');
  expect(second.bulletin?.corrections).toMatchObject([
    {
      period: '2026-Q1',
      of: 'people',
      subject: 'wang',
      was: '1',
      now: '2',
      causes: [
        { line: 'submitted', record: 'report-2', moment: { is: 'submitted', on: '2026-03-20' }, points: '1' },
      ],
    },
  ]);
  // What it was counted from is kept with it, for the office.
  // One bulletin a period: what changed since goes into the next.
  await expect(begin('director', 'period', 'count', { period: '2026-Q1' })).rejects.toMatchObject({
    fields: [{ field: 'period', saying: { en: expect.stringContaining('corrected in the next bulletin') } }],
  });
  const records = first.files.find(({ name }) => name === '2026-Q1.ndjson');
  const kept = await office.desk.file(first, records?.id ?? '', office.actor('director'));
  expect(new TextDecoder().decode(kept.bytes)).toContain('"report-1"');
  expect(first.bulletin?.configVersion).toBe('2026-1');
  await expect(office.desk.file(first, records?.id ?? '', office.actor('wang'))).rejects.toMatchObject({
    code: 'not-found',
  });
  expect((await look('director', first)).bulletin).toEqual(first.bulletin);
  clock('2026-10-08');
  expect((await issued(office, '2026-Q3')).bulletin?.corrections).toEqual([]);
  const year = await office.desk.scores('2026', 'people', office.actor('director'), office.now());
  expect(year.subjects.find(({ id }) => id === 'wang')?.points).toBe('2');
});

test('an issued bulletin is kept as it was printed: Word, Excel and a page, for whoever may read it', async () => {
  const office = officeOf('huantai', undefined, '2026-04-02');
  const behalf = { of: 'wang', on: '2026-03-20' };
  await office.begin('checker', 'report', 'submit', { ...text, authors: ['wang'] }, { onBehalf: behalf });
  const period = await issued(office, '2026-Q1');
  expect((await office.look('wang', period)).files.map(({ name }) => name)).toEqual([
    '桓台县政协社情民意信息工作通报 2026-Q1.docx',
    '桓台县政协社情民意信息工作通报 2026-Q1.xlsx',
    '桓台县政协社情民意信息工作通报 2026-Q1.html',
  ]);
  const bytes = async (index: number) =>
    (await office.desk.file(period, period.files[index]?.id ?? '', office.actor('wang'))).bytes;
  // Both are zip archives, as Word and Excel write them.
  for (const index of [0, 1]) expect([...(await bytes(index)).slice(0, 2)]).toEqual([0x50, 0x4b]);
  const page = new TextDecoder().decode(await bytes(2));
  expect(page).toContain('共收到信息 1 条');
  expect(page).toContain('2026 年第 1 期 · 2026 年 4 月 2 日印发');
  expect(page).toContain('<td>wang</td>');
  expect(page).not.toContain('<script');
});
