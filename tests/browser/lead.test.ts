import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  confirm,
  deskAct,
  form,
  historyOf,
  openMine,
  pointsOf,
  report,
  send,
  sentId,
  stands,
  take,
} from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

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

test('a lead that a town can settle is passed on to it, and its author follows what the town does', async () => {
  const id = await lead(await portal.open('huantai', 'author-4', 'report'), '村口涵洞积水');
  await deskAct(portal, ['huantai', 'checker'], ['lead', id], '转办', 'passed-on', async (action) => {
    await action.getByLabel('主办单位').selectOption({ label: '起凤镇' });
    await action.getByLabel('交办事项').fill('请尽快疏通涵洞。');
  });
  const own = await openMine(portal, ['huantai', 'author-4'], id);
  await stands(own, 'passed-on');
  expect(await historyOf(own)).toEqual(['提交线索', '转办']);

  const town = await portal.open('huantai', 'qifeng-town', 'handling');
  const board = town.locator('mq-handling-board');
  await board.locator('button[data-thing^="handling-"]', { hasText: '村口涵洞积水' }).click();
  const item = board.locator('article');
  await item.getByText('请尽快疏通涵洞。').first().waitFor();
  // The town reads what the lead says, by the link to it.
  await item.locator(`button[data-link="${id}"]`).waitFor();
  await take(item, '签收');
  await stands(item, 'working');
  const handling = (await item.getAttribute('data-thing')) ?? '';
  await stands(await openMine(portal, ['huantai', 'author-4'], handling), 'working');
});

test('a lead is closed with a reason: its author reads the reason and a sentence in plain words', async () => {
  const id = await lead(await portal.open('huantai', 'author-5', 'report'), '邻居占用楼道');
  const checker = await portal.open('huantai', 'checker', 'desk');
  const thing = await openThing(checker, 'lead', id);
  await thing.locator('button[data-action="close"]').click();
  await confirm(thing);
  // Not without a reason.
  await thing.locator('.summary').getByText('原因').waitFor();
  await thing.locator('.action-form').getByLabel('原因').selectOption({ label: '属信访或涉法涉诉个案' });
  await thing.locator('.action-form').getByLabel('给反映人的话').fill('请向社区调解室反映,已代为联系。');
  await confirm(thing);
  await stands(thing, 'closed');
  const own = await openMine(portal, ['huantai', 'author-5'], id);
  await stands(own, 'closed');
  await own.getByText('原因:属信访或涉法涉诉个案').first().waitFor();
  await own.getByText('给反映人的话:请向社区调解室反映,已代为联系。').first().waitFor();
  expect(await historyOf(own)).toEqual(['提交线索', '办结(说明原因)']);
  expect(await own.locator('button[data-action]').count()).toBe(0);
});
