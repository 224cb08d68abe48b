import { expect, test } from 'vitest';
import { checkedBy, clientOf, done, form, send, sent, write } from './acts.ts';
import { listen } from './heard.ts';
import { usePortal, openThing } from './portal.ts';

/* Whoever hears the page instead of seeing it hears each thing that comes up, and hears it once. */

const portal = usePortal();

const others = '他人刚刚办理过';
const count = (heard: readonly string[], words: string) => heard.filter((one) => one.includes(words)).length;

test('in the desk a report that another sends, then another’s act on the one that is open, are each said once', async () => {
  const first = await sent(portal, 'huantai', 'author-1', '关于路灯的建议');
  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = page.locator('mq-review-desk');
  await desk.locator(`.row[data-thing="${first}"]`).waitFor();
  let heard = await listen(page, 'mq-review-desk');
  const second = await sent(portal, 'huantai', 'author-2', '关于站牌的建议');
  await desk.locator(`.row[data-thing="${second}"]`).waitFor();
  await desk.getByText('列表已更新').waitFor();
  expect(await heard()).toEqual(['共 2 件 他人刚刚办理过,列表已更新。']);

  const thing = await openThing(page, 'report', first);
  heard = await listen(page, 'mq-review-desk');
  const client = clientOf(portal, 'huantai', 'office-director');
  const say = async (key: string) => {
    const { version } = await client.view('report', first);
    const act = { action: 'copy', input: { person: 'huantai-chairman' } };
    await client.act({ kind: 'report', id: first, version }, act, key);
    await thing.and(page.locator(`[data-version="${version + 1}"]`)).waitFor();
  };
  await say('one');
  await thing.getByText(others).waitFor();
  expect(count(await heard(), others)).toBe(1);
  // The same once more is said once more.
  await say('two');
  await thing.getByText(others).waitFor();
  await expect.poll(async () => count(await heard(), others)).toBe(2);
});

test('in one’s own list the office’s act on a report is said once, whether it is open or not', async () => {
  const id = await sent(portal, 'huantai', 'author-3', '关于公厕的建议');
  const page = await portal.open('huantai', 'author-3', 'mine');
  const mine = page.locator('mq-my-reports');
  const row = mine.locator(`button[data-thing="${id}"]`);
  await row.locator('[data-stage="initial-check"]').waitFor();
  let heard = await listen(page, 'mq-my-reports');
  await checkedBy(portal, 'huantai', id);
  await row.locator('[data-stage="second-review"]').waitFor();
  await mine.getByText('列表已更新').waitFor();
  expect(await heard()).toEqual(['他人刚刚办理过,列表已更新。']);

  await row.press('Enter');
  const thing = mine.locator(`article[data-thing="${id}"]`);
  await thing.waitFor();
  heard = await listen(page, 'mq-my-reports');
  await done(portal, ['huantai', 'office-director'], ['report', id], 'pass');
  await thing.locator('[data-stage="sign-off"]').first().waitFor();
  await thing.getByText(others).waitFor();
  await row.locator('[data-stage="sign-off"]').waitFor();
  expect(count(await heard(), others)).toBe(1);
});

test('an error is said once, in the form, in the desk and in one’s own list, and once more when it comes again', async () => {
  const author = await portal.open('huantai', 'author-4', 'report');
  await write(author, '关于候车亭的建议');
  await author.route('**/counties/huantai/reports', (route) => route.abort(), { times: 1 });
  const inForm = await listen(author, 'mq-report-form');
  await send(author);
  await form(author).getByRole('alert').getByText('连不上服务器').waitFor();
  expect(count(await inForm(), '连不上服务器')).toBe(1);

  const id = await sent(portal, 'huantai', 'author-5', '关于水井的建议');
  const page = await portal.open('huantai', 'checker', 'desk');
  const thing = await openThing(page, 'report', id);
  await page.route('**/actions/claim', (route) => route.abort(), { times: 2 });
  const inDesk = await listen(page, 'mq-review-desk');
  await thing.locator('button[data-action="claim"]').click();
  const alert = thing.getByRole('alert').getByText('连不上服务器');
  for (const times of [1, 2]) {
    await thing.locator('.action-form button.primary, .action-form button').first().press('Enter');
    await alert.waitFor();
    await expect.poll(async () => count(await inDesk(), '连不上服务器')).toBe(times);
  }

  const own = await portal.open('huantai', 'author-5', 'report');
  await own.route('**/counties/huantai/reports?*', (route) => route.abort());
  await own.evaluate(() => (location.hash = 'mine'));
  await own.locator('mq-my-reports').getByRole('alert').waitFor();
  const inList = await listen(own, 'mq-my-reports');
  await own.unroute('**/counties/huantai/reports?*');
  await own.locator('mq-my-reports').getByRole('button', { name: '重试' }).press('Enter');
  await own.locator(`mq-my-reports button[data-thing="${id}"]`).waitFor();
  expect(count(await inList(), '连不上服务器')).toBe(0);
});
