import { expect, test } from 'vitest';
import { done, sent, throughGates } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();
const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

test('records of other kinds are checked line by line, refused whole where one is wrong, and entered', async () => {
  const page = await portal.open('zhenyuan', 'office-director', 'import');
  const imports = page.locator('mq-import-page');
  await imports.getByRole('button', { name: '提案、会议等记录' }).click();
  const line = (id: string, author: string) =>
    JSON.stringify({
      id,
      kind: 'proposal',
      authors: [{ id: author }],
      moments: [{ is: 'filed', on: '2026-03-01' }],
    });
  const choose = (text: string) => imports.getByLabel('选择文件').setInputFiles(file('records.ndjson', text));
  await choose(`${line('p-1', 'zhenyuan-author-1')}\n${line('p-2', 'nobody')}\n`);
  await imports.locator('[data-row="2"] [data-match="wrong"]').waitFor();
  await imports.getByText('“nobody”不在名册中').waitFor();
  expect(await imports.getByRole('button', { name: '确认录入' }).isDisabled()).toBe(true);
  await choose(`${line('p-1', 'zhenyuan-author-1')}\n${line('p-2', 'zhenyuan-author-2')}\n`);
  await imports.getByText('新记录:2').waitFor();
  await imports.getByRole('button', { name: '确认录入' }).click();
  await imports.getByText('已录入 2 条记录').waitFor();
});

test('a list of adoptions is matched to the pieces, what is doubtful is chosen, and the author sees the points', async () => {
  const id = await sent(portal, 'huantai', 'author-1', '关于校门口交通安全的建议');
  await throughGates(portal, 'huantai', id);
  const as = (post: string) => ['huantai', post] as const;
  const piece = ['piece', 'piece-1'] as const;
  const title = '校门口交通安全亟待规范';
  await done(portal, as('compiler'), ['report', id], 'compile', { title, text: '正文' });
  await done(portal, as('compiler'), piece, 'pass');
  await done(portal, as('checker'), piece, 'proofread');
  const issue = { journal: 'journal', destinations: ['city-cppcc'] };
  await done(portal, as('secretary-general'), piece, 'issue', issue);
  await done(portal, as('compiler'), piece, 'dispatch', { destination: 'city-cppcc' });

  const page = await portal.open('huantai', 'compiler', 'import');
  const imports = page.locator('mq-import-page');
  const list =
    '标题,成果,日期,层级\n校门口交通安全需要规范,采用,2026/3/2,省级\n关于夜空的思考,采用,2026/3/2,市级\n';
  await imports.getByLabel('选择文件').setInputFiles(file('list.csv', list));
  await imports.locator('[data-row="3"] [data-match="unmatched"]').waitFor();
  const confirm = imports.getByRole('button', { name: '确认录入' });
  expect(await confirm.isDisabled()).toBe(true);
  await imports
    .getByLabel('“校门口交通安全需要规范”对应哪一件')
    .selectOption({ label: '校门口交通安全亟待规范' });
  await confirm.click();
  await imports.getByText('已录入 1 条成果').waitFor();
  const mine = await portal.open('huantai', 'author-1', 'mine');
  await mine.locator(`button[data-thing="${id}"]`).click();
  await mine.locator('article').getByText('第八条(三)').first().waitFor();
});

test('the directory is tried row by row and entered, by the administrator too, in English and at 360 px', async () => {
  const page = await portal.open('zhenyuan', 'admin', 'import', 'en');
  await page.setViewportSize({ width: 360, height: 740 });
  const imports = page.locator('mq-import-page');
  // Whoever may enter the directory alone is shown no other list.
  expect(await imports.getByRole('button', { name: 'Proposals, meetings …' }).count()).toBe(0);
  const choose = (text: string) =>
    imports.getByLabel('Choose a file').setInputFiles(file('people.csv', text));
  await choose('编号,姓名,类别,职务\nxin,陈新,委员,\nlao,老周,委员,初核专员\n');
  await imports.locator('[data-row="3"] [data-match="wrong"]').waitFor();
  await imports.getByText('Did you mean "初核专人"').waitFor();
  expect(await imports.getByRole('button', { name: 'Enter them' }).isDisabled()).toBe(true);
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(await wide()).toBe(false);
  await choose('编号,姓名,类别,职务\nxin,陈新,委员,\nlao,老周,委员,初核专人\n');
  await imports.getByText('new: 2').waitFor();
  await imports.getByRole('button', { name: 'Enter them' }).click();
  await imports.getByText('2 rows entered in the directory').waitFor();
});

test('what one person did alone stands on the audit page, and fits a phone in both languages', async () => {
  // The directory was changed by the administrator in the test before.
  for (const [language, alone] of [
    ['en', 'alone'],
    ['zh', '一人办理'],
  ] as const) {
    const page = await portal.open('zhenyuan', 'audit-admin', 'audit', language);
    await page.setViewportSize({ width: 360, height: 740 });
    const audit = page.locator('mq-audit-page');
    await audit.locator('[data-standing="alone"]').first().getByText(alone).waitFor();
    await audit.getByText('people.csv').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
  }
  const other = await portal.open('zhenyuan', 'checker', 'audit');
  await other.locator('mq-audit-page').getByText('无权').waitFor({ state: 'attached' });
});

test('where the server is out of reach the audit page says so and asks again when told to', async () => {
  const page = await portal.open('zhenyuan', 'audit-admin', 'audit');
  const audit = page.locator('mq-audit-page');
  await audit.locator('h2').waitFor();
  await audit.getByText('正在加载').waitFor({ state: 'hidden' });
  await page.route('**/audit', (route) => route.abort());
  await page.evaluate(() => dispatchEvent(new CustomEvent('mq-done')));
  const again = audit.getByRole('button', { name: '重试' });
  await again.waitFor();
  expect(await audit.getByText('正在加载').count()).toBe(0);
  await page.unroute('**/audit');
  await again.press('Enter');
  await audit.getByText('people.csv').or(audit.locator('table')).first().waitFor();
  await page.close();
});
