import { expect, test } from 'vitest';
import { report } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

test('an author takes away the year’s sheet, the office a report’s sheet and the register with the columns it ticks', async () => {
  const author = await portal.open('huantai', 'author-1', 'report');
  await report(author, '关于校门口交通安全的建议');
  const mine = await portal.open('huantai', 'author-1', 'mine');
  const [yearly] = await Promise.all([
    mine.waitForEvent('download'),
    mine.locator('mq-my-reports [data-paper="yearly"]').click(),
  ]);
  expect(yearly.suggestedFilename()).toMatch(/^年度个人清单 \d{4}\.docx$/);

  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = page.locator('mq-review-desk');
  await desk.locator('.row').first().click();
  await desk.locator('[data-papers]').press('Enter');
  const [sheet] = await Promise.all([
    page.waitForEvent('download'),
    desk.locator('[data-paper="sign-off"]').click(),
  ]);
  expect(sheet.suggestedFilename()).toMatch(/^签批单 .*\.docx$/);

  await desk.locator('.register summary').press('Enter');
  await desk.getByRole('checkbox', { name: '反映人', exact: true }).uncheck();
  const asked = page.waitForRequest(/register\.xlsx/);
  const [register] = await Promise.all([
    page.waitForEvent('download'),
    desk.getByRole('button', { name: '下载 Excel' }).click(),
  ]);
  expect(register.suggestedFilename()).toBe('登记台账.xlsx');
  const columns = new URL((await asked).url()).searchParams.get('columns')?.split(',') ?? [];
  expect(columns).toContain('title');
  expect(columns).not.toContain('authors');
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
});
