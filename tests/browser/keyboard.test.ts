import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { answeredOnPlatform, clientOf, done, form, sentId } from './acts.ts';
import { listen } from './heard.ts';
import { hostPage, htmlPage } from './host-page.ts';
import { usePortal } from './portal.ts';

/* Nobody touches a mouse: each role does its part by Tab, arrows, Enter and the space bar, and hears each thing once. */

const portal = usePortal();

/** What has the keyboard, by its name. */
const named = () => {
  let at: Element | null = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!(at instanceof HTMLElement)) return '';
  const labels = 'labels' in at && at.labels instanceof NodeList ? [...at.labels] : [];
  const own = at.getAttribute('aria-label') ?? labels.map((label) => label.textContent).join(' ');
  return (own || at.textContent || '').replaceAll(/\s+/g, ' ').trim();
};
/** Goes on by Tab until what is looked for has the keyboard. */
async function reach(page: Page, words: string | RegExp): Promise<void> {
  const met: string[] = [];
  for (let step = 0; step < 120; step += 1) {
    const name = await page.evaluate(named);
    if (typeof words === 'string' ? name.startsWith(words) : words.test(name)) return;
    met.push(name.slice(0, 20));
    await page.keyboard.press('Tab');
  }
  throw new Error(`No Tab comes to ${words}: ${met.join(' | ')}`);
}
async function press(page: Page, words: string | RegExp): Promise<void> {
  await reach(page, words);
  await page.keyboard.press('Enter');
}
async function type(page: Page, words: string | RegExp, written: string): Promise<void> {
  await reach(page, words);
  await page.keyboard.type(written);
}
/** Goes down a list to one of its options. */
async function choose(page: Page, words: string | RegExp, option: string): Promise<void> {
  await reach(page, words);
  const chosen = () => {
    let at: Element | null = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at instanceof HTMLSelectElement ? (at.selectedOptions[0]?.label.trim() ?? '') : '';
  };
  for (let step = 0; step < 60; step += 1) {
    if ((await page.evaluate(chosen)) === option) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`No arrow comes to ${option}`);
}
test('a member sends a lead, the checker passes it on, the town signs for it: by keyboard alone, each error and change said once', async () => {
  const member = await portal.open('huantai', 'author-1', 'report');
  await form(member).getByRole('radio').first().waitFor();
  await reach(member, '完整信息');
  await member.keyboard.press('ArrowDown');
  await form(member).getByRole('textbox', { name: '说几句' }).waitFor();
  const heard = await listen(member, 'mq-report-form');
  await press(member, '提交线索');
  await form(member).getByRole('alert').waitFor();
  // The summary has the keyboard and is read; nothing else says the same.
  expect((await heard()).filter((words) => words.includes('请填写“标题”'))).toHaveLength(1);
  await press(member, '请填写“标题”');
  await type(member, /^标题/, '村口涵洞积水');
  await type(member, '说几句', '连下两天雨,涵洞积水过膝。');
  await press(member, '提交线索');
  const id = await sentId(member);
  expect((await heard()).filter((words) => words.includes(id))).toHaveLength(1);

  const checker = await portal.open('huantai', 'checker', 'desk');
  const desk = checker.locator('mq-review-desk');
  await desk.locator('[data-kind="lead"]').waitFor();
  await press(checker, '线索');
  await desk.locator(`.row[data-thing="${id}"]`).waitFor();
  await press(checker, '村口涵洞积水');
  await desk.locator('article [data-action="pass-on"]').waitFor();
  const told = await listen(checker, 'mq-review-desk');
  await press(checker, '转办');
  await choose(checker, '主办单位', '起凤镇');
  await type(checker, '交办事项', '请尽快疏通。');
  await press(checker, /^转办 ✓/);
  await desk.locator('article [data-stage="passed-on"]').first().waitFor();
  expect((await told()).filter((words) => words.includes('转办'))).toHaveLength(1);

  const town = await portal.open('huantai', 'qifeng-town', 'handling');
  const board = town.locator('mq-handling-board');
  await board.locator('button[data-thing^="handling-"]').first().waitFor();
  await press(town, '村口涵洞积水');
  await board.locator('article [data-action="sign-for"]').waitFor();
  await press(town, '签收');
  await press(town, /^签收 ✓/);
  await board.locator('article [data-stage="working"]').first().waitFor();
});

test('the chairman decides, the compiler makes a piece, the secretary-general unfolds a total: by keyboard alone', async () => {
  const author = clientOf(portal, 'huantai', 'author-2');
  const text = { title: '校门口的护学岗', situation: '拥堵。', analysis: '缺位。', suggestion: '设岗。' };
  let thing = await author.open('report', { action: 'submit', input: text }, 'k-1');
  const by = async (who: string, action: string, input = {}) =>
    (thing = await clientOf(portal, 'huantai', who).act(thing, { action, input }, `${who}-${action}`));
  const soundOne = { 'content-sound': true, category: 'education-health', level: 'county' };
  await by('checker', 'pass', { ...soundOne, politics: 'heavy' });
  await by('office-director', 'pass');
  await by('secretary-general', 'refer');

  const chairman = await portal.open('huantai', 'chairman', 'desk');
  await chairman.locator(`mq-review-desk .row[data-thing="${thing.id}"]`).waitFor();
  await press(chairman, '校门口的护学岗');
  await chairman.locator('mq-review-desk article [data-action="decide"]').waitFor();
  await press(chairman, /^(主席)?审定/);
  await choose(chairman, '审定意见', '同意编报');
  await press(chairman, /✓$/);
  await chairman.locator('mq-review-desk article [data-stage="to-compile"]').first().waitFor();

  const compiler = await portal.open('huantai', 'compiler', 'desk');
  await compiler.locator(`mq-review-desk .row[data-thing="${thing.id}"]`).waitFor();
  await press(compiler, '校门口的护学岗');
  await compiler.locator('mq-review-desk article [data-action="compile"]').waitFor();
  await press(compiler, '编报');
  await press(compiler, /^编报 ✓/);
  await compiler.locator('mq-review-desk article button[data-link^="piece-"]').waitFor();

  const leader = await portal.open('huantai', 'secretary-general', 'scores');
  const total = leader.locator('mq-scoreboard button[aria-expanded]').first();
  await total.waitFor();
  await press(leader, /^查看 ?何文斌/);
  await leader.locator('mq-scoreboard button[aria-expanded="true"]').waitFor();
});

test('one of the public rates by a link that works once, then reads what was done, signed in nowhere: by keyboard alone', async () => {
  const item = await answeredOnPlatform(portal, '校门口的护学岗');
  const director = ['zhenyuan', 'office-director'] as const;
  await done(portal, director, ['handling', item], 'invite', { person: 'zhenyuan-author-1' });
  const { invitation } = await clientOf(portal, ...director).view('handling', item);
  const link = new URL(invitation?.path ?? '', portal.base).href;

  const page = await hostPage(portal, {
    'status.html': htmlPage(
      `<mq-county county="zhenyuan"><mq-report-timeline kind="handling" thing="${item}"></mq-report-timeline></mq-county>`,
      ['/minqing.js'],
    ),
  });
  await page.goto(link);
  await page.getByText('已设护学岗。').waitFor();
  await press(page, '非常满意');
  await page.getByText('您的评价已收到').waitFor();
  await press(page, '查看办理情况');
  await page.getByRole('heading', { name: '校门口的护学岗' }).waitFor();
  await page.getByText('非常满意').waitFor();
  await page.goto(link);
  await page.getByText(/已用过或已过期/).waitFor();

  // The portal's own page has the timeline; the line fails once.
  await page.route('**/public/handling/**', (route) => route.abort(), { times: 1 });
  await page.goto(`${portal.base}host/status.html`);
  const timeline = page.locator('mq-report-timeline');
  await timeline.getByRole('alert').getByText('连不上服务器').waitFor();
  await press(page, '重试');
  await timeline.getByText('办复内容:已设护学岗。').waitFor();
  expect(await timeline.locator('ol.history li > strong').allTextContents()).toEqual([
    '交办',
    '签收',
    '报告进展',
    '办复',
    '确认答复',
  ]);
  expect(await timeline.getByText(/author|wuyang|请办理/).count()).toBe(0);
});
