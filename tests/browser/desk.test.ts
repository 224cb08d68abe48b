import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { check, clientOf, confirm } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();
const words = {
  situation: '城区三所小学放学时段校门口拥堵。',
  analysis: '停车位不足。',
  suggestion: '错峰放学。',
};
const titles = ['关于路灯的建议', '关于盲道的建议', '关于校车的建议'];
let ids: string[] = [];

beforeAll(async () => {
  const author = clientOf(portal, 'huantai', 'author-1');
  ids = [];
  for (const title of titles) {
    const act = { action: 'submit', input: { title, ...words } };
    ids.push((await author.open('report', act, `k-${ids.length}`)).id);
  }
});

const deskOf = (page: Page) => page.locator('mq-review-desk');

test('what a list is narrowed to stands in the address, is kept under a name, and the browser goes back from an opened report', async () => {
  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = deskOf(page);
  await desk.getByText('共 3 件').waitFor();
  await desk.getByLabel('环节').selectOption({ label: '初核' });
  await desk.getByLabel('搜索标题').fill('盲道');
  await desk.getByLabel('搜索标题').press('Enter');
  await desk.getByText('共 1 件').waitFor();
  await desk.locator('details.saved summary').click();
  await desk.getByLabel('把当前列表存为').fill('无障碍');
  await desk.getByRole('button', { name: '保存', exact: true }).click();

  await page.reload();
  await desk.getByText('共 1 件').waitFor();
  expect(await desk.getByLabel('搜索标题').inputValue()).toBe('盲道');
  await desk.locator('.row').click();
  await desk.locator('article .title').getByText('关于盲道的建议').waitFor();
  expect(new URL(page.url()).searchParams.get('desk.open')).toBe(`report/${ids[1]}`);
  await page.reload();
  await desk.locator('article .title').getByText('关于盲道的建议').waitFor();
  await page.goBack();
  await desk.getByText('请从列表中选择一件事项。').waitFor();
  expect(new URL(page.url()).searchParams.get('desk.open')).toBeNull();

  await desk.locator('button[data-view="soon"]').click();
  await desk.getByLabel('搜索标题').fill('');
  await desk.getByLabel('搜索标题').press('Enter');
  await desk.getByText('共 3 件').waitFor();
  await desk.locator('details.saved summary').click();
  await desk.locator('button[data-saved="无障碍"]').click();
  await desk.getByText('共 1 件').waitFor();
  expect(new URL(page.url()).searchParams.get('desk.search')).toBe('盲道');
});

test('a key takes each action, none does while one types, and what was done is taken back where it is said', async () => {
  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = deskOf(page);
  await desk.locator(`.row[data-thing="${ids[0]}"]`).press('Enter');
  const thing = desk.locator('article');
  const buttons = thing.locator('button[data-action]');
  await buttons.first().waitFor();
  const keys = await buttons.evaluateAll((all) => all.map((one) => one.getAttribute('aria-keyshortcuts')));
  expect(keys.every((key) => key !== null && key.length === 1)).toBe(true);
  expect(new Set(keys).size).toBe(keys.length);

  const keyOf = async (action: string) =>
    (await thing.locator(`button[data-action="${action}"]`).getAttribute('aria-keyshortcuts')) ?? '';
  await page.keyboard.press(await keyOf('return'));
  const written = thing.locator('.action-form').getByRole('textbox');
  await page.keyboard.type('请于 1 日补充 jx 数据?');
  expect(await written.inputValue()).toBe('请于 1 日补充 jx 数据?');
  await page.keyboard.press('Control+Enter');
  await thing.locator('[data-stage="revision"]').first().waitFor();
  await thing.locator('button.undo').click();
  await thing.locator('.action-form button').filter({ hasText: '✓' }).click();
  await thing.locator('[data-stage="initial-check"]').first().waitFor();

  await page.keyboard.press('?');
  await desk.locator('details.keys[open]').getByText('他人尚未办理').waitFor();
});

test('the text is tidied with the difference in sight, and a comment stands beside its field until it is seen to', async () => {
  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = deskOf(page);
  await desk.locator(`.row[data-thing="${ids[1]}"]`).click();
  const thing = desk.locator('article');
  await thing.locator('button[data-action="edit"]').click();
  await thing.getByRole('textbox', { name: /^建议/ }).fill('错峰放学,增设护学岗。');
  await thing.locator('.action-form [data-changed] ins').getByText('增设护学岗').waitFor();
  await confirm(thing);
  await thing.locator('ol.history details[data-changed] summary').click();
  await thing.locator('ol.history ins').getByText('增设护学岗').waitFor();

  await thing.locator('button[data-remark-on="analysis"]').click();
  await page.keyboard.type('请核实数字');
  await confirm(thing);
  const remark = thing.locator('[data-remark]');
  await remark.getByText('请核实数字').waitFor();
  await remark.getByRole('button', { name: /标为已处理/ }).click();
  await page.keyboard.press('Control+Enter');
  await thing.locator('.remark.settled').getByText('请核实数字').waitFor();
});

test('several at once: each row says that it is done or why not, and one that fails stops none', async () => {
  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = deskOf(page);
  await desk.locator('.row').nth(2).waitFor();
  await desk.locator('[data-bulk-mode]').click();
  await desk.locator('[data-choose-all]').click();
  await desk.locator('[data-act-on]').click();
  const several = desk.locator('[data-bulk="pass"]');
  await several.getByText('3/3').waitFor();
  // Meanwhile one is no longer what was looked at.
  const author = clientOf(portal, 'huantai', 'author-1');
  await author.act(await author.view('report', ids[2] ?? ''), { action: 'withdraw', input: {} }, 'gone');
  await several.click();
  await check(desk.locator('.bulk .action-form'));
  await desk.locator('.bulk .action-form button').filter({ hasText: '✓' }).click();
  await desk.getByText('已办 2 件,未办 1 件,待办 0 件。').waitFor();
  await desk.locator(`[data-of="${ids[0]}"][data-result="done"]`).getByText('复审').waitFor();
  expect(await desk.locator(`[data-of="${ids[2]}"][data-result="not"] .error`).textContent()).toMatch(
    /未办:.+/,
  );
  await desk.getByText('共 0 件').waitFor();
});
