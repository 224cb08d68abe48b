import { afterAll, beforeAll, expect, test } from 'vitest';
import { deskAct, report } from './acts.ts';
import { openPortal } from './portal.ts';

let portal: Awaited<ReturnType<typeof openPortal>>;
beforeAll(async () => {
  portal = await openPortal();
});
afterAll(async () => {
  expect(portal.complaints).toEqual([]);
  await portal.close();
});

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
