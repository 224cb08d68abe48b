import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { form, historyOf, openMine, pointsOf, report, send, sentId, stands, take } from './acts.ts';
import { openPortal, openThing } from './portal.ts';

let portal: Awaited<ReturnType<typeof openPortal>>;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(async () => {
  expect(portal.complaints).toEqual([]);
  await portal.close();
});

/** Sends a lead, the short form, by keyboard and gives its id. */
async function lead(page: Page, title: string): Promise<string> {
  await form(page).getByRole('radio', { name: '线索' }).check();
  await form(page).getByRole('textbox', { name: '说几句' }).waitFor();
  const first = form(page).getByRole('textbox', { name: /^标题/ });
  await first.fill(title);
  await first.press('Tab');
  await page.keyboard.type('东环路三盏路灯不亮,晚上学生回家不安全。');
  await send(page, '提交线索');
  return sentId(page);
}

test('a lead of a few sentences is written up into a report, which is its author’s and earns the author points', async () => {
  const author = await portal.open('huantai', 'author-1', 'report');
  const id = await lead(author, '东环路路灯不亮');
  const checker = await portal.open('huantai', 'checker', 'desk');
  const thing = await openThing(checker, 'lead', id);
  await take(thing, '整理成信息', async (action) => {
    expect(await action.getByLabel(/^标题/).inputValue()).toBe('东环路路灯不亮');
    await action.getByLabel(/^标题/).fill('关于修复东环路路灯的建议');
    await action.getByLabel('分析').fill('管护责任交接不清。');
    await action.getByLabel('建议', { exact: false }).last().fill('明确管护单位,一周内修复。');
  });
  await stands(thing, 'written-up');
  const link = thing.locator('button[data-link^="report-"]');
  const made = (await link.getAttribute('data-link')) ?? '';
  await link.press('Enter');
  const opened = checker.locator(`mq-review-desk article[data-thing="${made}"]`);
  await stands(opened, 'initial-check');
  expect(await historyOf(opened)).toEqual(['提交']);

  const own = await openMine(portal, ['huantai', 'author-1'], made);
  await own.getByText('东环路三盏路灯不亮').waitFor();
  expect(await pointsOf(own)).toEqual(['1']);
  await stands(await openMine(portal, ['huantai', 'author-1'], id), 'written-up');
});

test('a lead about what is reported already joins that report, and both histories say so', async () => {
  const reporter = await portal.open('huantai', 'author-2', 'report');
  const existing = await report(reporter, '关于学校周边照明的建议');
  const author = await portal.open('huantai', 'author-3', 'report');
  const id = await lead(author, '校门口太暗');
  const checker = await portal.open('huantai', 'checker', 'desk');
  let thing = await openThing(checker, 'lead', id);
  await take(thing, '并入已有信息', async (action) => {
    await action.getByRole('searchbox').fill('学校周边照明');
    await action.getByRole('searchbox').press('Enter');
    await action.getByRole('radio', { name: '关于学校周边照明的建议' }).check();
  });
  await stands(thing, 'joined');
  expect(await historyOf(thing)).toEqual(['提交线索', '并入已有信息']);
  thing = await openThing(checker, 'report', existing);
  expect(await historyOf(thing)).toEqual(['提交', '并入已有信息']);
  await thing.locator(`button[data-link="${id}"]`).waitFor();
  await stands(await openMine(portal, ['huantai', 'author-3'], id), 'joined');
});
