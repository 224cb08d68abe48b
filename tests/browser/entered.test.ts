import { expect, test } from 'vitest';
import { form, openMine, send, sentId, write } from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

test('the office enters what came on paper for its author, with the unit that sent it and the channel it came by', async () => {
  const office = await portal.open('huantai', 'checker', 'report');
  await form(office).getByLabel('反映人', { exact: true }).selectOption('huantai-author-1');
  await form(office).getByLabel('报送单位').selectOption({ label: '教育界' });
  await form(office).getByLabel('来源渠道').selectOption({ label: '纸质' });
  await write(office, '关于乡村学校取暖的建议');
  await send(office);
  const id = await sentId(office);
  const thing = await openThing(await portal.open('huantai', 'compiler', 'desk'), 'report', id, 'all');
  for (const words of ['报送单位:教育界', '来源渠道:纸质', '录入人:']) await thing.getByText(words).waitFor();
  const own = await openMine(portal, ['huantai', 'author-1'], id);
  await own.getByText('报送单位:教育界').waitFor();
  await own.page().goto(`${portal.base}?county=huantai&as=huantai-author-1#scores`);
  const board = own.page().locator('mq-scoreboard');
  await board.getByRole('button', { name: '单位' }).click();
  const row = board.locator('tr[data-subject="sector-education"]');
  await row.waitFor();
  expect((await row.locator('td.number').nth(1).textContent())?.trim()).toBe('1');
  await board.getByRole('button', { name: '个人' }).click();
  await board.getByRole('rowheader', { name: '特邀信息员' }).waitFor();
});

test('whoever sends their own report is asked for no unit and no author', async () => {
  const page = await portal.open('huantai', 'author-2', 'report');
  await form(page).locator('form').waitFor();
  for (const label of ['反映人', '报送单位', '来源渠道'])
    expect(await form(page).getByLabel(label, { exact: true }).count()).toBe(0);
});
