import { expect, test } from 'vitest';
import {
  check,
  checkedBy,
  confirm,
  done,
  form,
  historyOf,
  report,
  send,
  sent,
  sentId,
  stands,
  take,
  write,
} from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

test('of two people acting on one report at once the second is told, keeps what was typed, and can act then', async () => {
  const id = await sent(portal, 'huantai', 'author-1', '关于校车路线的建议');
  const at = ['report', id] as const;
  await checkedBy(portal, 'huantai', id);
  await done(portal, ['huantai', 'office-director'], at, 'ask', { asked: ['education-bureau'] });
  const department = await portal.open('huantai', 'education-bureau', 'handling');
  const board = department.locator('mq-handling-board');
  await board.locator(`button[data-thing="${id}"]`).click();
  const thing = board.locator(`article[data-thing="${id}"]`);
  await thing.locator('button[data-action="opine"]').click();
  await thing.locator('.action-form').getByRole('textbox').fill('拟增开两条校车路线。');

  const director = await portal.open('huantai', 'office-director', 'desk');
  const seen = await openThing(director, 'report', id, 'all');
  await take(seen, '催办', (action) => action.getByRole('textbox').fill('请本周答复。'));
  await seen.locator('li[data-action="remind"]').waitFor();

  await confirm(thing);
  await thing.getByRole('alert').getByText('他人刚刚办理过,已显示最新内容。请核对后再办理。').waitFor();
  await thing.locator('li[data-action="remind"]').waitFor();
  await thing.getByText('请本周答复。').waitFor();
  expect(await thing.locator('.action-form').getByRole('textbox').inputValue()).toBe('拟增开两条校车路线。');
  await confirm(thing);
  await stands(thing, 'second-review');
  await thing.getByText('部门意见:拟增开两条校车路线。').waitFor();
});

test('of two who take the same step at once the second is told, and is offered what can be done now', async () => {
  const author = await portal.open('huantai', 'author-2', 'report');
  const id = await report(author, '关于共享单车停放的建议');
  const [one, other] = [
    await portal.open('huantai', 'checker', 'desk'),
    await portal.open('huantai', 'checker', 'desk'),
  ];
  const first = await openThing(one, 'report', id);
  const second = await openThing(other, 'report', id);
  await second.locator('button[data-action="pass"]').click();
  await check(second.locator('.action-form'));
  await take(first, '留存备用');
  await stands(first, 'reserved');
  await confirm(second);
  await second.getByRole('alert').getByText('他人刚刚办理过').waitFor();
  await stands(second, 'reserved');
  await take(second, '重新启用');
  await stands(second, 'second-review');
  expect(await historyOf(second)).toEqual(['提交', '留存备用', '重新启用']);
});

test('a report whose answer was lost on the way is sent again and exists once', async () => {
  const page = await portal.open('huantai', 'author-3', 'report');
  const title = '关于只报一次的建议';
  await write(page, title);
  const keys: (string | null)[] = [];
  await page.route('**/counties/huantai/reports', async (route) => {
    keys.push(await route.request().headerValue('Idempotency-Key'));
    if (keys.length > 1) return route.continue();
    // The server has it; the page never hears so.
    expect((await route.fetch()).status()).toBe(201);
    await route.abort();
  });
  await send(page);
  await form(page).getByRole('alert').getByText('连不上服务器').waitFor();
  // What was looked over stands there still.
  await form(page).locator('dd').filter({ hasText: title }).waitFor();
  await form(page).getByRole('button', { name: '确认提交' }).press('Enter');
  const id = await sentId(page);
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);

  const checker = await portal.open('huantai', 'checker', 'desk');
  const desk = checker.locator('mq-review-desk');
  await desk.locator('button[data-view="all"]').click();
  await desk.getByRole('searchbox').fill(title);
  await desk.getByRole('searchbox').press('Enter');
  await desk.getByText('共 1 件').waitFor();
  await desk.locator(`.row[data-thing="${id}"]`).click();
  const thing = desk.locator(`article[data-thing="${id}"]`);
  await thing.waitFor();
  expect(await historyOf(thing)).toEqual(['提交']);
});

test('an act whose answer was lost on the way is done once when it is confirmed again', async () => {
  const author = await portal.open('huantai', 'author-4', 'report');
  const id = await report(author, '关于图书馆开放时间的建议');
  const checker = await portal.open('huantai', 'checker', 'desk');
  const thing = await openThing(checker, 'report', id);
  await checker.route(
    `**/reports/${id}/actions/pass`,
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  await take(thing, '初核通过', check);
  await thing.getByRole('alert').getByText('连不上服务器').waitFor();
  await confirm(thing);
  await stands(thing, 'second-review');
  expect(await historyOf(thing)).toEqual(['提交', '初核通过']);
});
