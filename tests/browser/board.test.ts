import { expect, test } from 'vitest';
import { clientOf, confirm, deskAct, report, stands, take, today } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

test('the handling board shows an author no report of theirs that is to be revised; their own list does', async () => {
  const author = await portal.open('huantai', 'author-1', 'report');
  const id = await report(author, '关于盲道被占用的建议');
  await deskAct(portal, ['huantai', 'checker'], ['report', id], '退回修改', 'revision', (action) =>
    action.getByRole('textbox').fill('请补充路段。'),
  );
  const board = (await portal.open('huantai', 'author-1', 'handling')).locator('mq-handling-board');
  await board.getByText('这里还没有内容。').waitFor();
  expect(await board.locator(`[data-thing="${id}"]`).count()).toBe(0);
  const mine = (await portal.open('huantai', 'author-1', 'mine')).locator('mq-my-reports');
  await mine.locator(`button[data-thing="${id}"]`).getByText('需要您办理').waitFor();
});

test('a desk that cannot be reached says so and counts nothing', async () => {
  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = page.locator('mq-review-desk');
  await desk.getByText('共 ').waitFor();
  await page.route('**/counties/huantai/reports?**', (route) => route.abort());
  await desk.locator('button[data-view="mine"]').click();
  await desk.getByRole('alert').getByText('连不上服务器').waitFor();
  expect(await desk.getByText(/^\s*共/).count()).toBe(0);
});

test('what a department has to answer stands by stage or due date, as board or table; it is answered by key from the county’s phrases, and what others do meanwhile is said and takes nothing', async () => {
  const office = clientOf(portal, 'huantai', 'office-director');
  const given = { title: '关于护学岗的办理', lead: 'education-bureau', task: '请设置护学岗。' };
  const item = await office.open('handling', { action: 'assign', input: given }, 'assign');
  const page = await portal.open('huantai', 'education-bureau', 'handling');
  const board = page.locator('mq-handling-board');
  await board.locator('[data-column="assigned"]').getByText(given.title).waitFor();
  await board.locator('[data-choice="due"]').click();
  await board.locator('[data-column="week"]').getByText('待签收').waitFor();
  await board.locator('[data-choice="table"]').click();
  await board.locator('table[data-board] button').getByText(given.title).click();
  const thing = board.locator(`article[data-thing="${item.id}"]`);
  await thing.waitFor();
  const press = async (action: string) => {
    const button = thing.locator(`button[data-action="${action}"]`);
    await page.keyboard.press((await button.getAttribute('aria-keyshortcuts')) ?? '');
    await thing.locator('.action-form').waitFor();
  };
  await press('sign-for');
  await page.keyboard.press('Enter');
  await stands(thing, 'working');
  await board.locator('table[data-board]').getByText('办理中').first().waitFor();
  await press('reply');
  await thing.getByLabel('套用常用语').selectOption({ index: 1 });
  const written = thing.getByRole('textbox', { name: '办复内容' });
  await written.pressSequentially('增设护学岗两处。');
  // The office asks how it goes while the answer is being written.
  await office.act(await office.view('handling', item.id), { action: 'remind', input: {} }, 'remind');
  await thing.getByRole('status').getByText('您填写的内容仍在。').waitFor();
  expect(await written.inputValue()).toMatch(/^您反映的情况属实.*增设护学岗两处。$/);
  await thing.getByLabel('办理结果').selectOption({ label: '已解决' });
  await thing.getByRole('button', { name: '查看最新' }).click();
  await confirm(thing);
  await stands(thing, 'checking');
});

test('a department asks for more time, and says whose it is instead', async () => {
  const office = clientOf(portal, 'huantai', 'office-director');
  const given = { title: '关于停车的办理', lead: 'education-bureau', task: '请增设停车位。' };
  const item = await office.open('handling', { action: 'assign', input: given }, 'assign-2');
  const page = await portal.open('huantai', 'education-bureau', 'handling', 'en');
  const board = page.locator('mq-handling-board');
  await board.locator(`button[data-thing="${item.id}"]`).click();
  const thing = board.locator(`article[data-thing="${item.id}"]`);
  await take(thing, 'Sign for');
  await stands(thing, 'working');
  await take(thing, 'Ask for more time', async (form) => {
    await form.getByLabel('Until').fill(`${Number(today().slice(0, 4)) + 1}-01-08`);
    await form.getByLabel('Why').fill('场地正在协调。');
  });
  await thing.locator('ol.history').getByText('Ask for more time').waitFor();
  await take(thing, 'Wrongly assigned', async (form) => {
    await form.getByLabel('Who should have it').selectOption({ index: 2 });
    await form.getByLabel('Why').fill('停车位由另一单位负责。');
  });
  await stands(thing, 'reassigning');
});
