import { expect, test } from 'vitest';
import { check, clientOf, deskAct, report, stands } from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

test('what others do is in the desk without a reload, and what one is writing stays', async () => {
  const checker = await portal.open('huantai', 'checker', 'desk');
  const desk = checker.locator('mq-review-desk');
  await desk.getByText('共 0 件').waitFor();

  const author = await portal.open('huantai', 'author-1', 'report');
  const first = await report(author, '关于路灯的建议');
  await desk.locator(`.row[data-thing="${first}"]`).waitFor();
  await desk.getByText('共 1 件').waitFor();

  // Nothing is being written: the thing is shown as it is now.
  const thing = await openThing(checker, 'report', first);
  await thing.getByText('关于路灯的建议').first().waitFor();
  const director = await portal.open('huantai', 'office-director', 'desk');
  const seen = await openThing(director, 'report', first, 'all');
  await deskAct(portal, ['huantai', 'checker'], ['report', first], '初核通过', 'second-review', check);
  await stands(thing, 'second-review');
  await thing.getByText('他人刚刚办理过,已显示最新内容。').waitFor();

  // Something is: it is said, and the hand is not taken off the pen.
  await stands(seen, 'second-review');
  await seen.locator('button[data-action="return"]').click();
  await seen.locator('.action-form').getByRole('textbox').first().fill('请补充数据。');
  const client = clientOf(portal, 'huantai', 'office-director');
  const now = await client.view('report', first);
  await client.act(now, { action: 'copy', input: { person: 'huantai-chairman' } }, 'copy');
  await seen.getByText('您填写的内容仍在。').waitFor();
  expect(await seen.locator('.action-form').getByRole('textbox').first().inputValue()).toBe('请补充数据。');
  await seen.getByRole('button', { name: '查看最新' }).click();
  await seen.getByText('您填写的内容仍在。').waitFor({ state: 'detached' });
  expect(await seen.locator('.action-form').getByRole('textbox').first().inputValue()).toBe('请补充数据。');
});
