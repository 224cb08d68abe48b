import { expect, test } from 'vitest';
import type { Owed } from '../../src/model/obligation.ts';
import { checkedBy, clientOf, form, send, sent, sentId, write } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

const isWide = () => document.documentElement.scrollWidth > window.innerWidth;

test('the office looks at what is owed, at the quotas and at a month, each by its button, and takes the month away', async () => {
  const id = await sent(portal, 'huantai', 'author-1', '关于校门口交通安全的建议');
  await checkedBy(portal, 'huantai', id);
  const page = await portal.open('huantai', 'office-director', 'scores');
  const activity = { id: 'a-1', kind: 'sector-activity', unit: 'sector-women', facts: { title: '三八走访' } };
  const asked = page.waitForRequest(/\/scores/);
  await page.reload();
  const { authorization = '' } = (await asked).headers();
  const entered = await page.request.post(`${portal.base}counties/huantai/records`, {
    headers: { Authorization: authorization, 'Idempotency-Key': 'a-1' },
    data: JSON.stringify({ ...activity, moments: [{ is: 'held', on: '2026-01-05' }] }),
  });
  expect(entered.status(), await entered.text()).toBe(201);

  const board = page.locator('mq-scoreboard');
  const panel = (name: string) => board.locator(`button[data-panel="${name}"]`);
  await panel('obligations').click();
  const owed = board.locator('tr[data-after="a-1"]');
  await owed.waitFor();
  expect(await owed.getAttribute('data-state')).toBe('missed');
  expect(await panel('obligations').getAttribute('aria-pressed')).toBe('true');

  await panel('quotas').press('Enter');
  await board.locator('table[data-quotas]').waitFor();

  await panel('month').click();
  const list = board.locator('[data-month]');
  await list.getByRole('row', { name: /初核专人/ }).waitFor();
  await board.getByLabel('处室(单位)').selectOption({ label: '初核专人' });
  await list.getByRole('heading', { name: '本月办理' }).waitFor();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    board.getByRole('button', { name: '下载 Excel' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
});

test.each(['zh', 'en'])('on 360 px no panel is wider than the page, in %s', async (language) => {
  const page = await portal.open('huantai', 'office-director', 'scores', language);
  await page.setViewportSize({ width: 360, height: 740 });
  for (const panel of ['obligations', 'quotas', 'month']) {
    await page.locator(`mq-scoreboard button[data-panel="${panel}"]`).click();
    await page.locator('mq-scoreboard').locator('table, [data-month]').first().waitFor();
    expect(await page.evaluate(isWide), panel).toBe(false);
  }
});

test('a list that could not be had is asked for again by its own button', async () => {
  const page = await portal.open('huantai', 'office-director', 'scores');
  await page.locator('mq-scoreboard table').first().waitFor();
  await page.route('**/obligations**', (route) => route.abort(), { times: 1 });
  await page.locator('mq-scoreboard button[data-panel="obligations"]').click();
  const failed = page.locator('mq-scoreboard [role="alert"]');
  await failed.waitFor();
  await failed.getByRole('button').click();
  await page.locator('mq-scoreboard table[data-obligations]').waitFor();
});

test('a member chooses in the form the activity that a report comes from, their own sector’s first, and it is no longer owed', async () => {
  const office = clientOf(portal, 'huantai', 'office-director');
  const held = (id: string, unit: string, title: string) => {
    const moments = [{ is: 'held', on: '2026-01-06' }];
    return JSON.stringify({ id, kind: 'sector-activity', unit, facts: { title }, moments });
  };
  const body = [
    held('a-2', 'sector-youth', '青年创业座谈'),
    held('a-3', 'sector-youth', '青年读书会'),
    held('a-4', 'sector-health', '社区义诊'),
  ].join('\n');
  await office.ask('/records', { method: 'POST', body, headers: { 'Idempotency-Key': 'activities' } });
  const page = await portal.open('huantai', 'author-3', 'report');
  await write(page, '关于青年创业场地的建议');
  const choice = form(page).getByLabel('来自界别活动');
  const offered = await choice.locator('option').allTextContents();
  expect(offered.map((words) => words.trim()).slice(0, 4)).toEqual([
    '请选择',
    '青年读书会',
    '青年创业座谈',
    '社区义诊',
  ]);
  await choice.selectOption({ label: '青年创业座谈' });
  await send(page);
  await sentId(page);
  const owed: Owed[] = await (await office.ask('/obligations?of=all')).json();
  expect(owed.find(({ after }) => after === 'a-2')).toMatchObject({ state: 'late' });
  expect(owed.find(({ after }) => after === 'a-3')?.by).toBeNull();
});
