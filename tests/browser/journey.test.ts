import { afterAll, beforeAll, expect, test } from 'vitest';
import { check, form, report, stands, take } from './acts.ts';
import { openPortal, openThing } from './portal.ts';

let portal: Awaited<ReturnType<typeof openPortal>>;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(async () => {
  expect(portal.complaints).toEqual([]);
  await portal.close();
});

test('a report goes from the form to the archive as each role in turn, and its author sees the points', async () => {
  const author = await portal.open('huantai', 'author-1', 'report');
  const id = await report(author, '关于校门口交通安全的建议');

  const checker = await portal.open('huantai', 'checker', 'desk');
  let thing = await openThing(checker, 'report', id);
  await take(thing, '初核通过', check);
  await stands(thing, 'second-review');

  const director = await portal.open('huantai', 'office-director', 'desk');
  thing = await openThing(director, 'report', id);
  await take(thing, '复审通过');
  await stands(thing, 'sign-off');

  const secretary = await portal.open('huantai', 'secretary-general', 'desk');
  thing = await openThing(secretary, 'report', id);
  await take(thing, '审签同意');
  await stands(thing, 'to-compile');

  const compiler = await portal.open('huantai', 'compiler', 'desk');
  thing = await openThing(compiler, 'report', id);
  await take(thing, '编报');
  await stands(thing, 'compiled');
  thing = await openThing(compiler, 'piece', 'piece-1');
  await take(thing, '送校对');
  await stands(thing, 'proofreading');

  thing = await openThing(checker, 'piece', 'piece-1');
  await take(thing, '校对无误');
  await stands(thing, 'issuing');
  thing = await openThing(secretary, 'piece', 'piece-1');
  await take(thing, '签发', async (action) => {
    await action.getByLabel('刊物').selectOption({ index: 1 });
    await action.getByRole('checkbox', { name: '市政协' }).check();
  });
  await stands(thing, 'dispatching');
  thing = await openThing(compiler, 'piece', 'piece-1');
  await take(thing, '报送', (action) =>
    action
      .getByLabel('报送单位')
      .selectOption({ index: 1 })
      .then(() => {}),
  );
  await stands(thing, 'sent');
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await take(thing, '登记成果', async (action) => {
    await action.getByLabel('成果').selectOption({ label: '采用' });
    await action.getByLabel('日期').fill(today);
    await action.getByLabel('层级').selectOption({ label: '市级' });
  });
  await thing.locator('li[data-action="record"]').waitFor();
  await take(thing, '归档');
  await stands(thing, 'archived');
  await take(thing, '补登成果', async (action) => {
    await action.getByLabel('成果').selectOption({ label: '批示' });
    await action.getByLabel('日期').fill(today);
    await action.getByLabel('层级').selectOption({ label: '市级' });
    await action.getByLabel('批示领导').selectOption({ label: '主要领导' });
  });
  await thing.locator('li[data-action="record"]').nth(1).waitFor();

  await author.goto(`${portal.base}?county=huantai&as=huantai-author-1#mine`);
  const mine = author.locator('mq-my-reports');
  await mine.locator(`button[data-thing="${id}"]`).click();
  const points = mine.locator('[data-points] tr');
  await points.first().waitFor();
  const earned = await points.locator('td.number').allTextContents();
  expect(earned.map((text) => text.trim())).toEqual(['1', '2', '5', '10']);
  await author.goto(`${portal.base}?county=huantai&as=huantai-author-1#scores`);
  const row = author.locator('mq-scoreboard tr[data-subject="huantai-author-1"]');
  await row.waitFor();
  expect((await row.locator('td.number').nth(1).textContent())?.trim()).toBe('18');
}, 120_000);

test('what is missing is named, the summary takes the focus and leads to the field', async () => {
  const page = await portal.open('huantai', 'author-2', 'report');
  await form(page).getByRole('button', { name: '提交' }).click();
  const summary = form(page).locator('.summary');
  await summary.waitFor();
  expect(await summary.getByRole('link').count()).toBe(4);
  await expect.poll(() => summary.evaluate((node) => node.matches(':focus'))).toBe(true);
  await summary.getByRole('link').nth(1).press('Enter');
  expect(
    await form(page)
      .locator('textarea')
      .first()
      .evaluate((node) => node.matches(':focus')),
  ).toBe(true);
});

test('a returned report is revised and resumes; in English too', async () => {
  const author = await portal.open('huantai', 'author-3', 'report');
  const id = await report(author, '关于农村养老的建议');
  const checker = await portal.open('huantai', 'checker', 'desk', 'en');
  const thing = await openThing(checker, 'report', id);
  await take(thing, 'Return for revision', (action) => action.getByRole('textbox').fill('请补充数据'));
  await stands(thing, 'revision');
  await author.goto(`${portal.base}?county=huantai&as=huantai-author-3&lang=en#mine`);
  const mine = author.locator('mq-my-reports');
  await mine.locator(`button[data-thing="${id}"]`).click();
  const own = mine.locator(`article[data-thing="${id}"]`);
  await take(own, 'Submit again');
  await stands(own, 'initial-check');
});

test('at 360 px nothing is wider than the screen', async () => {
  for (const section of ['report', 'mine', 'desk', 'handling', 'scores', 'map']) {
    const page = await portal.open('huantai', 'checker', section);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.locator(`section#${section}`).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { timeout: 5_000 })
      .toBeLessThanOrEqual(360);
    await page.close();
  }
});

test('what a town can settle is passed on, handled by the town and rated by the author', async () => {
  const author = await portal.open('huantai', 'author-4', 'report');
  const id = await report(author, '关于清理河道垃圾的建议');
  const checker = await portal.open('huantai', 'checker', 'desk');
  const thing = await openThing(checker, 'report', id);
  await take(thing, '填写初核单', async (action) => {
    await check(action);
    await action.getByRole('group', { name: '镇办可自行解决' }).getByRole('radio', { name: '是' }).check();
  });
  await thing.getByText('镇办可自行解决 是').first().waitFor();
  await take(thing, '转办', async (action) => {
    await action.getByLabel('主办单位').selectOption({ label: '起凤镇' });
    await action.getByLabel('交办事项').fill('请于本月清理。');
  });
  await stands(thing, 'passed-on');

  const town = await portal.open('huantai', 'qifeng-town', 'handling');
  const board = town.locator('mq-handling-board');
  await board.locator('button[data-thing^="handling-"]').first().click();
  const item = board.locator('article');
  await take(item, '签收');
  await stands(item, 'working');
  await take(item, '办复', async (action) => {
    await action.getByLabel('办理结果').selectOption({ label: '已解决' });
    await action.getByLabel('办复内容').fill('已清理完毕。');
  });
  await stands(item, 'checking');
  const handling = (await item.getAttribute('data-thing')) ?? '';

  const director = await portal.open('huantai', 'office-director', 'desk');
  await take(await openThing(director, 'handling', handling), '确认答复');
  await stands(director.locator('mq-review-desk article'), 'satisfaction');
  await author.goto(`${portal.base}?county=huantai&as=huantai-author-4#mine`);
  const mine = author.locator('mq-my-reports');
  await mine.locator(`button[data-thing="${handling}"]`).click();
  const own = mine.locator(`article[data-thing="${handling}"]`);
  await take(own, '评价', (action) =>
    action
      .getByLabel('满意度')
      .selectOption({ label: '非常满意' })
      .then(() => {}),
  );
  await stands(own, 'done');
}, 60_000);
