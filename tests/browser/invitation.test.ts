import { expect, test } from 'vitest';
import { answeredOnPlatform, take } from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

test('the office makes a link for rating, copies it, and whoever has it rates once; the link is gone from the desk then', async () => {
  const id = await answeredOnPlatform(portal, '校门口的护学岗');
  const page = await portal.open('zhenyuan', 'office-director', 'desk');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: portal.base });
  const thing = await openThing(page, 'handling', id, 'all');
  await take(thing, '生成评价链接', (action) =>
    action.getByLabel('请谁评价').selectOption({ value: 'zhenyuan-author-1' }),
  );
  const box = thing.locator('[data-invitation]');
  const link = await box.getByRole('textbox').inputValue();
  expect(link.startsWith(`${portal.base}counties/zhenyuan/rate/${id}/`)).toBe(true);
  await box.getByRole('button', { name: '复制' }).press('Enter');
  await box.getByRole('button', { name: '已复制' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  // Without https a page has no clipboard, and the older way may be closed too: then nothing is said to be copied.
  const copying = (works: boolean) =>
    page.evaluate((works) => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true });
      document.execCommand = () => works;
    }, works);
  await copying(false);
  await box.locator('button').press('Enter');
  await box.getByRole('button', { name: '已选中,请按 Ctrl+C' }).waitFor();
  expect(
    await box.getByRole('textbox').evaluate((one) => one instanceof HTMLInputElement && one.selectionEnd),
  ).toBe(link.length);
  await copying(true);
  await box.locator('button').press('Enter');
  await box.getByRole('button', { name: '已复制' }).waitFor();

  // On a phone, in English, the box is no wider than the page, and can be reached and read.
  const phone = await portal.open('zhenyuan', 'office-director', 'desk', 'en');
  await phone.setViewportSize({ width: 360, height: 740 });
  const again = (await openThing(phone, 'handling', id, 'all')).locator('[data-invitation]');
  await again.getByRole('button', { name: 'Copy' }).waitFor();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(await again.getByRole('textbox').inputValue()).toBe(link);

  const rater = await portal.browser.newPage();
  await rater.goto(link);
  await rater.getByRole('button', { name: '非常满意' }).press('Enter');
  await rater.getByText('您的评价已收到').waitFor();
  await thing.locator('[data-stage="done"]').first().waitFor();
  expect(await box.count()).toBe(0);
});
