import { beforeAll, expect, test } from 'vitest';
import { checkedBy, sent } from './acts.ts';
import { openThing, usePortal } from './portal.ts';

const portal = usePortal();
let id = '';
beforeAll(async () => {
  id = await sent(portal, 'huantai', 'author-1', '关于夜市油烟的建议');
  await checkedBy(portal, 'huantai', id);
});

test('a line of the history shows the report as it stood then, marked, with nothing to do and a way back, by keyboard', async () => {
  const page = await portal.open('huantai', 'office-director', 'desk');
  const thing = await openThing(page, 'report', id);
  const line = thing.getByRole('button', { name: /“提交”之后$/ });
  // The last line is how it stands now.
  expect(await thing.locator('[data-then]').count()).toBe(1);
  await line.press('Enter');
  const past = page.locator(`mq-review-desk article[data-past="${id}"]`);
  await past.getByText(/^这是 .* 时的样子,只供查看/).waitFor();
  expect(await past.locator('.stage').first().getAttribute('data-stage')).toBe('initial-check');
  expect(await past.locator('ol.history li').count()).toBe(1);
  expect(await past.locator('button[data-action], form, [data-then]').count()).toBe(0);
  // What is said of it has the focus, and the way back comes next.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await thing.waitFor();
  expect(await thing.locator('.stage').first().getAttribute('data-stage')).toBe('second-review');
  expect(await line.evaluate((node) => node.matches(':focus'))).toBe(true);
  await page.close();
});

test('any day can be picked; before it began it says that it was not there yet', async () => {
  const page = await portal.open('huantai', 'office-director', 'desk', 'en');
  const thing = await openThing(page, 'report', id);
  await thing.getByLabel('As it stood on a day').fill('2020-01-01');
  await thing.page().keyboard.press('Enter');
  const past = page.locator('mq-review-desk article[data-past]');
  await past.getByText('At 2020-01-01 it was not there yet.').waitFor();
  await past.getByRole('button', { name: 'Back to now' }).click();
  await thing.waitFor();
  await page.close();
});

test('on 360 px the past is no wider than the screen, in both languages', async () => {
  for (const language of ['zh', 'en']) {
    const page = await portal.open('huantai', 'office-director', 'desk', language);
    await page.setViewportSize({ width: 360, height: 740 });
    const thing = await openThing(page, 'report', id);
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await wide()).toBeLessThanOrEqual(360);
    await thing.locator('[data-then]').first().click();
    await page.locator('article[data-past] .past').waitFor();
    expect(await wide()).toBeLessThanOrEqual(360);
    await page.close();
  }
});
