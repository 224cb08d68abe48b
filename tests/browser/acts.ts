import type { Locator, Page } from 'playwright-core';
import { createClient } from '../../src/client/index.ts';
import type { Fields, ThingKind } from '../../src/model/thing.ts';
import type { Verb } from '../../src/model/verb.ts';
import { checked } from '../desk/office.ts';
import type { openPortal } from './portal.ts';
import { openThing } from './portal.ts';

type Portal = Awaited<ReturnType<typeof openPortal>>;

export const form = (page: Page) => page.locator('mq-report-form');

/** Somebody's way to the server without a page, for what others did meanwhile. */
export function clientOf(portal: Portal, county: string, who: string) {
  const token = async (): Promise<string> => {
    const body = JSON.stringify({ id: `${county}-${who}` });
    const answer = await fetch(`${portal.base}demo/token`, { method: 'POST', body });
    return (await answer.json()).token;
  };
  return createClient({ endpoint: portal.base, county, token, language: () => 'zh' });
}

/** What is not looked at here is done without a page, by whoever would do it. */
export async function done(
  portal: Portal,
  [county, who]: readonly [string, string],
  [kind, id]: readonly [ThingKind, string],
  action: Verb,
  input: Fields = {},
): Promise<void> {
  const client = clientOf(portal, county, who);
  await client.act(await client.view(kind, id), { action, input }, crypto.randomUUID());
}
/** A report that was sent in the same way; its id. */
export async function sent(portal: Portal, county: string, who: string, title: string): Promise<string> {
  const input = {
    title,
    situation: '城区三所小学放学时段校门口拥堵。',
    analysis: '停车位不足。',
    suggestion: '错峰放学。',
  };
  const act = { action: 'submit', input };
  return (await clientOf(portal, county, who).open('report', act, crypto.randomUUID())).id;
}
/** The first gate, or all three, for a matter that no rule holds up. */
export const checkedBy = (portal: Portal, county: string, id: string) =>
  done(portal, [county, 'checker'], ['report', id], 'pass', checked);
export async function throughGates(portal: Portal, county: string, id: string): Promise<void> {
  await checkedBy(portal, county, id);
  await done(portal, [county, 'office-director'], ['report', id], 'pass');
  await done(portal, [county, 'secretary-general'], ['report', id], 'pass');
}

/** A report of Zhenyuan's that a town has answered on the platform: the id of what was handled, its rating awaited. */
export async function answeredOnPlatform(portal: Portal, title: string): Promise<string> {
  const report = await sent(portal, 'zhenyuan', 'author-1', title);
  const given = { lead: 'wuyang-town', task: '请办理。', 'on-platform': true };
  await done(portal, ['zhenyuan', 'checker'], ['report', report], 'pass-on', given);
  const { links } = await clientOf(portal, 'zhenyuan', 'checker').view('report', report);
  const item = ['handling', links.find(({ kind }) => kind === 'handling')?.id ?? ''] as const;
  const town = ['zhenyuan', 'wuyang-town'] as const;
  await done(portal, town, item, 'sign-for');
  await done(portal, town, item, 'progress', { progress: '已到现场看过。' });
  await done(portal, town, item, 'reply', { result: 'solved', reply: '已设护学岗。' });
  await done(portal, ['zhenyuan', 'office-director'], item, 'confirm');
  return item[1];
}

/** Writes a report's fields by keyboard. */
export async function write(page: Page, title: string): Promise<void> {
  const first = form(page).getByRole('textbox', { name: /^标题/ });
  await first.fill(title);
  await first.press('Tab');
  await page.keyboard.type('城区三所小学放学时段校门口拥堵。');
  await page.keyboard.press('Tab');
  await page.keyboard.type('停车位不足。');
  await page.keyboard.press('Tab');
  await page.keyboard.type('错峰放学。');
}
/** Sends what is written; a report is looked over first. */
export async function send(page: Page, label = '提交'): Promise<void> {
  await form(page).getByRole('button', { name: label, exact: true }).press('Enter');
  if (label !== '提交') return;
  await form(page).getByRole('button', { name: '确认提交' }).press('Enter');
}

/** The number that the page gives what was sent. */
export async function sentId(page: Page): Promise<string> {
  const sent = form(page).locator('[data-thing]');
  await sent.waitFor();
  return (await sent.getAttribute('data-thing')) ?? '';
}

/** Sends a report by keyboard and gives its id. */
export async function report(page: Page, title: string): Promise<string> {
  await write(page, title);
  await send(page);
  return sentId(page);
}

type Fill = (form: Locator) => Promise<unknown>;

export async function take(thing: Locator, label: string, fill: Fill = async () => {}): Promise<void> {
  await thing.locator('button[data-action]', { hasText: label }).click();
  const action = thing.locator('.action-form');
  await action.waitFor();
  await fill(action);
  await confirm(thing);
}
/** Sends the form that is open once more. */
export const confirm = (thing: Locator) =>
  thing.locator('.action-form button').filter({ hasText: '✓' }).click();

export const stands = (thing: Locator, stage: string) =>
  thing.locator(`[data-stage="${stage}"]`).first().waitFor();

/** The initial check's own form, as for a plain matter of the county. */
export async function check(action: Locator): Promise<void> {
  await action.getByRole('radio', { name: '是' }).first().check();
  await action.getByLabel('类别').selectOption({ label: '教育卫生' });
  await action.getByLabel(/适合.*层级/).selectOption({ label: '县级' });
}

/** One person opens one thing at the desk, takes one action, sees where it stands then, and leaves. */
export async function deskAct(
  portal: Portal,
  [county, who]: readonly [string, string],
  [kind, id]: readonly ['report' | 'lead' | 'piece' | 'handling', string],
  label: string,
  stage: string,
  fill?: Fill,
  view = 'todo',
): Promise<void> {
  const page = await portal.open(county, who, 'desk');
  const thing = await openThing(page, kind, id, view);
  await take(thing, label, fill);
  // Some acts leave it where it stands: that it is done shows by the form being gone.
  await thing.locator('.action-form').waitFor({ state: 'detached' });
  await stands(thing, stage);
  await page.close();
}

/** The three gates, for a matter that no rule holds up. */
export async function passGates(portal: Portal, county: string, id: string): Promise<void> {
  const at = ['report', id] as const;
  await deskAct(portal, [county, 'checker'], at, '初核通过', 'second-review', check);
  await deskAct(portal, [county, 'office-director'], at, '复审通过', 'sign-off');
  await deskAct(portal, [county, 'secretary-general'], at, '审签同意', 'to-compile');
}

/** A piece from its draft to where it is to be sent. */
export async function issuePiece(
  portal: Portal,
  county: string,
  id: string,
  destinations: string[],
): Promise<void> {
  const at = ['piece', id] as const;
  await deskAct(portal, [county, 'compiler'], at, '送校对', 'proofreading');
  await deskAct(portal, [county, 'checker'], at, '校对无误', 'issuing');
  await deskAct(portal, [county, 'secretary-general'], at, '签发', 'dispatching', async (action) => {
    await action.getByLabel('刊物').selectOption({ index: 1 });
    for (const name of destinations) await action.getByRole('checkbox', { name }).check();
  });
}

/** Today where the counties are. */
export const today = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

/** Fills the form of a result, by the labels of its options. */
export const result = (is: string, level: string, leader?: string) => async (action: Locator) => {
  await action.getByLabel('成果').selectOption({ label: is });
  await action.getByLabel('日期').fill(today());
  await action.getByLabel('层级').selectOption({ label: level });
  if (leader) await action.getByLabel('批示领导').selectOption({ label: leader });
};

/** One's own list, with one thing of it open. */
export async function openMine(portal: Portal, [county, who]: readonly [string, string], id: string) {
  const page = await portal.open(county, who, 'mine');
  const mine = page.locator('mq-my-reports');
  await mine.locator(`button[data-thing="${id}"]`).click();
  const thing = mine.locator(`article[data-thing="${id}"]`);
  await thing.waitFor();
  return thing;
}

/** The words of a history, in order. */
export const historyOf = async (thing: Locator) =>
  (await thing.locator('ol.history li > strong').allTextContents()).map((words) => words.trim());

/** The points that a thing shows to its reader, in order. */
export const pointsOf = async (thing: Locator) => {
  const cells = thing.locator('[data-points] td.number');
  await cells.first().waitFor();
  return (await cells.allTextContents()).map((words) => words.trim());
};
