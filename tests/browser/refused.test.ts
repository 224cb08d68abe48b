import type { Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { problemOf } from '../../src/server/problem.ts';
import {
  check,
  checkedBy,
  deskAct,
  form,
  report,
  send,
  sent,
  sentId,
  stands,
  take,
  today,
  write,
} from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

const refusal = '您的职务无权查看或办理此事项。如需办理,请联系县政协办公室。';
const ask = (name: string) => (action: Locator) => action.getByRole('checkbox', { name }).check();

test('a department that is no longer asked is refused the report in words, and led back to its list, which is newer', async () => {
  const id = await sent(portal, 'huantai', 'author-1', '关于校舍维修的建议');
  const at = ['report', id] as const;
  const director = ['huantai', 'office-director'] as const;
  await checkedBy(portal, 'huantai', id);
  await deskAct(portal, director, at, '征求部门意见', 'opinion', ask('县教育和体育局'));
  const department = await portal.open('huantai', 'education-bureau', 'handling');
  // Its list hears nothing of what others do, as where a proxy holds the stream back.
  await department.route('**/changes*', (route) => route.abort());
  await department.reload();
  const board = department.locator('mq-handling-board');
  const row = board.locator(`button[data-thing="${id}"]`);
  await row.waitFor();

  // Meanwhile the office enters the department's answer from paper, and asks another department.
  const page = await portal.open(...director, 'desk');
  let thing = await openThing(page, 'report', id, 'all');
  await take(thing, '提出意见', async (action) => {
    await action.getByRole('textbox', { name: /部门意见/ }).fill('不属我局职责,请征求住建部门意见。');
    await action.getByLabel('代谁录入').selectOption({ label: '县教育和体育局' });
    await action.getByLabel('发生日期').fill(today());
  });
  await stands(thing, 'second-review');
  await thing.getByText('代 县教育和体育局 录入').waitFor();
  thing = await openThing(page, 'report', id);
  await take(thing, '征求部门意见', ask('县住房和城乡建设局'));
  await stands(thing, 'opinion');

  await row.click();
  const alert = board.getByRole('alert');
  await alert.getByText(refusal).waitFor();
  await alert.getByRole('button', { name: '返回列表' }).press('Enter');
  await row.waitFor({ state: 'detached' });
  await board.getByText('这里还没有内容。').waitFor();
  expect(await alert.count()).toBe(0);
});

test('whoever follows a link of the portal to another’s report is refused in words and may ask again', async () => {
  const author = await portal.open('huantai', 'author-2', 'report');
  const id = await report(author, '关于老旧小区改造的建议');
  const other = await portal.open('huantai', 'author-3', 'report');
  await other.locator('mq-report-form form').waitFor();
  // The portal's own page for a link that somebody was sent.
  await other.evaluate((thing) => {
    const timeline = document.createElement('mq-report-timeline');
    timeline.setAttribute('thing', thing);
    document.querySelector('section#report')?.append(timeline);
  }, id);
  const alert = other.locator('mq-report-timeline').getByRole('alert');
  await alert.getByText(refusal).waitFor();
  await alert.getByRole('button', { name: '重试' }).press('Enter');
  await alert.getByText(refusal).waitFor();
  expect(await other.getByText('关于老旧小区改造的建议').count()).toBe(0);
});

test('a thing that cannot be reached says so, and opens when it is tried again', async () => {
  const author = await portal.open('huantai', 'author-4', 'report');
  const id = await report(author, '关于健身步道的建议');
  const checker = await portal.open('huantai', 'checker', 'desk');
  await checker.route(`**/reports/${id}`, (route) => route.abort(), { times: 1 });
  const desk = checker.locator('mq-review-desk');
  await desk.locator(`.row[data-thing="${id}"]`).click();
  await desk.getByRole('alert').getByRole('button', { name: '重试' }).press('Enter');
  await stands(desk.locator(`article[data-thing="${id}"]`), 'initial-check');
});

/** The server answers what is posted there as it does without room on its disk, until there is some. */
async function withoutRoom(page: Page, path: string): Promise<() => Promise<void>> {
  const problem = problemOf(Object.assign(new Error('full'), { code: 'SQLITE_FULL' }), 'zh');
  await page.route(path, (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: problem.status, contentType: 'application/problem+json', json: problem })
      : route.fallback(),
  );
  return () => page.unroute(path);
}

test('a report that the server has no room for stays as written, with why and what to do, and is sent by “try again” once there is room', async () => {
  const page = await portal.open('huantai', 'author-4', 'report');
  const room = await withoutRoom(page, '**/counties/huantai/reports');
  await write(page, '关于校门口护学岗的建议');
  await send(page);
  const alert = form(page).getByRole('alert');
  await alert.getByText('服务器的存储空间已满').waitFor();
  await alert.getByText('请联系系统管理人员腾出空间').waitFor();
  await form(page).getByText('关于校门口护学岗的建议').waitFor();
  await room();
  await alert.getByRole('button', { name: '重试' }).press('Enter');
  const id = await sentId(page);

  // The same of an act at the desk.
  const desk = await portal.open('huantai', 'checker', 'desk');
  const full = await withoutRoom(desk, '**/actions/pass');
  const thing = await openThing(desk, 'report', id);
  await take(thing, '初核通过', check);
  const action = thing.locator('.action-form');
  await action.getByRole('alert').getByText('服务器的存储空间已满').waitFor();
  expect(await action.getByLabel('类别').inputValue()).toBe('education-health');
  await full();
  await action.getByRole('button', { name: '重试' }).press('Enter');
  await stands(thing, 'second-review');
});
