import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { form, historyOf, report, sentId, send, stands, write } from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

const alike = (page: Page) => form(page).locator('[data-similar]');

test('whoever writes what was reported already is told so, of others’ reports the number alone, and can send it all the same', async () => {
  const first = await portal.open('huantai', 'author-1', 'report');
  await write(first, '关于实验小学门口错峰放学的建议');
  expect(await alike(first).count()).toBe(0);
  await send(first);
  const id = await sentId(first);

  const second = await portal.open('huantai', 'author-2', 'report');
  await write(second, '实验小学门口放学拥堵');
  await alike(second).getByText('另有 1 条').waitFor();
  expect(await alike(second).locator('[data-alike]').count()).toBe(0);
  expect(await alike(second).textContent()).not.toContain(id);
  await send(second);
  await sentId(second);

  // One's own is shown with what both say.
  await first.getByRole('button', { name: '再报一条' }).click();
  await write(first, '实验小学门口放学拥堵');
  const own = alike(first).locator(`[data-alike="${id}"]`);
  await own.locator('mark').getByText('城区三所小学放学时段校门口拥堵', { exact: true }).first().waitFor();
});

test('at the initial check the reports alike are shown with their shared phrases marked, opened, and merged at a click and a confirmation', async () => {
  const author = await portal.open('ningshan', 'author-1', 'report');
  const kept = await report(author, '关于实验小学门口错峰放学的建议');
  const other = await portal.open('ningshan', 'author-2', 'report');
  const id = await report(other, '实验小学门口放学拥堵');

  const checker = await portal.open('ningshan', 'checker', 'desk');
  let thing = await openThing(checker, 'report', id);
  const row = thing.locator(`[data-similar] [data-alike="${kept}"]`);
  await row.waitFor();
  // What can be done stands above them, within reach.
  const top = (part: string) => thing.locator(part).evaluate((one) => one.getBoundingClientRect().top);
  expect(await top('.acts')).toBeLessThan(await top('[data-similar]'));
  await row.waitFor();
  const marked = await row.locator('dd').first().locator('mark').allTextContents();
  expect(marked).toContain('实验小学门口');
  await row.getByRole('button', { name: '关于实验小学门口错峰放学的建议' }).first().click();
  await checker.locator(`mq-review-desk article[data-thing="${kept}"]`).waitFor();

  thing = await openThing(checker, 'report', id);
  await thing.locator(`[data-choose="${kept}"]`).click();
  const action = thing.locator('.action-form');
  expect(await action.getByRole('radio', { name: '关于实验小学门口错峰放学的建议' }).isChecked()).toBe(true);
  // Nothing has happened by itself.
  expect(await historyOf(thing)).toEqual(['提交']);
  await action.locator('button').filter({ hasText: '✓' }).click();
  await stands(thing, 'merged');
  expect(await thing.locator('[data-similar]').count()).toBe(0);
  thing = await openThing(checker, 'report', kept);
  expect(await historyOf(thing)).toEqual(['提交', '并入另一条']);
});
