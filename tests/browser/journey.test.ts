import { expect, test } from 'vitest';
import {
  check,
  deskAct,
  form,
  historyOf,
  issuePiece,
  openMine,
  passGates,
  pointsOf,
  report,
  result,
  stands,
  take,
} from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

test('a report goes from the form to the archive as each role in turn, its instruction is handled, and its author sees the points', async () => {
  const author = ['huantai', 'author-1'] as const;
  const office = ['huantai', 'office-director'] as const;
  const id = await report(await portal.open(...author, 'report'), '关于校门口交通安全的建议');
  await passGates(portal, 'huantai', id);
  await deskAct(portal, ['huantai', 'compiler'], ['report', id], '编报', 'compiled');
  await issuePiece(portal, 'huantai', 'piece-1', ['市政协']);
  const compiler = await portal.open('huantai', 'compiler', 'desk');
  let piece = await openThing(compiler, 'piece', 'piece-1');
  await take(piece, '报送', (action) => action.getByLabel('报送单位').selectOption({ index: 1 }));
  await stands(piece, 'sent');
  const recorded = piece.locator('li[data-action="record"]');
  await take(piece, '登记成果', result('采用', '市级'));
  await recorded.nth(0).waitFor();
  // Nothing is to be handled before somebody has written on it.
  const director = await portal.open(...office, 'desk');
  piece = await openThing(director, 'piece', 'piece-1', 'all');
  expect(await piece.locator('button[data-action="assign"]').count()).toBe(0);
  await take(piece, '登记成果', async (action) => {
    await result('批示', '市级', '主要领导')(action);
    await action.getByLabel('批示内容').fill('请教育局会同公安局研究落实。');
  });
  await take(piece, '交办', async (action) => {
    await action.getByLabel('主办单位').selectOption({ label: '县教育和体育局' });
    await action.getByLabel('交办事项').fill('请按批示落实护学岗。');
  });
  const opened = piece.locator('button[data-link^="handling-"]');
  const handling = (await opened.getAttribute('data-link')) ?? '';

  const department = await portal.open('huantai', 'education-bureau', 'handling');
  const board = department.locator('mq-handling-board');
  const item = board.locator(`article[data-thing="${handling}"]`);
  await board.locator(`button[data-thing="${handling}"]`).click();
  await take(item, '签收');
  await stands(item, 'working');
  await deskAct(
    portal,
    ['huantai', 'supervision-office'],
    ['handling', handling],
    '督办',
    'working',
    (action) => action.getByRole('textbox').fill('市领导关注,请于月底前办复。'),
    'all',
  );
  // The department reads the note, and answers.
  await department.reload();
  await board.locator(`button[data-thing="${handling}"]`).click();
  await item.getByText('市领导关注,请于月底前办复。').waitFor();
  await take(item, '办复', async (action) => {
    await action.getByLabel('办理结果').selectOption({ label: '已解决' });
    await action.getByLabel('办复内容').fill('三所小学已设护学岗,错峰放学。');
  });
  await stands(item, 'checking');
  await deskAct(portal, office, ['handling', handling], '确认答复', 'satisfaction');
  const rated = await openMine(portal, author, handling);
  // The words of the instruction have readers of their own.
  expect(await rated.getByText('请教育局会同公安局').count()).toBe(0);
  await take(rated, '评价', (action) => action.getByLabel('满意度').selectOption({ label: '满意' }));
  await stands(rated, 'done');
  expect(await historyOf(rated)).toEqual(['交办', '签收', '督办', '办复', '确认答复', '评价']);

  await deskAct(portal, office, ['handling', handling], '归档', 'archived', undefined, 'all');
  await deskAct(portal, office, ['piece', 'piece-1'], '归档', 'archived', undefined, 'all');
  await deskAct(portal, office, ['report', id], '归档', 'archived', undefined, 'all');
  // A result that comes later is still entered.
  piece = await openThing(compiler, 'piece', 'piece-1', 'all');
  await take(piece, '补登成果', result('采纳', '县级'));
  await recorded.nth(2).waitFor();
  await stands(piece, 'archived');

  const own = await openMine(portal, author, id);
  await stands(own, 'archived');
  // Submitted 1, signed off 2, adopted by the city 5, its main leader's instruction 10, taken up 3.
  expect((await pointsOf(own)).sort()).toEqual(['1', '10', '2', '3', '5']);
  await own.page().goto(`${portal.base}?county=huantai&as=huantai-author-1#scores`);
  const row = own.page().locator('mq-scoreboard tr[data-subject="huantai-author-1"]');
  await row.waitFor();
  expect((await row.locator('td.number').nth(1).textContent())?.trim()).toBe('21');
}, 120_000);

test('the page keeps its promised policy, and what the policy stops would be heard here', async () => {
  const policy = (await fetch(portal.base)).headers.get('Content-Security-Policy') ?? '';
  for (const promised of [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "require-trusted-types-for 'script'",
  ])
    expect(policy.split('; ')).toContain(promised);
  const page = await portal.open('huantai', 'author-1', 'report');
  await form(page).getByRole('textbox').first().waitFor();
  expect(portal.complaints).toEqual([]);
  const tried = await page.evaluate(() => {
    try {
      document.body.insertAdjacentHTML('beforeend', '<p>');
      return 'done';
    } catch (error) {
      return error instanceof TypeError ? 'stopped' : 'failed';
    }
  });
  expect(tried).toBe('stopped');
  await expect.poll(() => portal.complaints.join('\n')).toContain('require-trusted-types-for');
  portal.complaints.length = 0;
  await page.close();
});

test('what is missing is named, the summary takes the focus and leads to the field', async () => {
  const page = await portal.open('huantai', 'author-2', 'report');
  await form(page).getByRole('button', { name: '提交' }).click();
  const summary = form(page).locator('.summary');
  await summary.waitFor();
  expect(await summary.getByRole('link').count()).toBe(4);
  await expect.poll(() => summary.evaluate((node) => node.matches(':focus'))).toBe(true);
  await summary.getByRole('link').nth(1).press('Enter');
  expect(
    await form(page)
      .locator('textarea')
      .first()
      .evaluate((node) => node.matches(':focus')),
  ).toBe(true);
});

test('a returned report is revised and resumes; in English too', async () => {
  const author = await portal.open('huantai', 'author-3', 'report');
  const id = await report(author, '关于农村养老的建议');
  const checker = await portal.open('huantai', 'checker', 'desk', 'en');
  const thing = await openThing(checker, 'report', id);
  await take(thing, 'Return for revision', (action) => action.getByRole('textbox').fill('请补充数据'));
  await stands(thing, 'revision');
  await author.goto(`${portal.base}?county=huantai&as=huantai-author-3&lang=en#mine`);
  const mine = author.locator('mq-my-reports');
  await mine.locator(`button[data-thing="${id}"]`).click();
  const own = mine.locator(`article[data-thing="${id}"]`);
  await take(own, 'Submit again');
  await stands(own, 'initial-check');
});

test('at 360 px nothing is wider than the screen', async () => {
  for (const section of ['report', 'mine', 'desk', 'handling', 'scores', 'map']) {
    const page = await portal.open('huantai', 'checker', section);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.locator(`section#${section}`).waitFor();
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), { timeout: 5_000 })
      .toBeLessThanOrEqual(360);
    await page.close();
  }
});

test('what a town can settle is passed on, handled by the town and rated by the author', async () => {
  const author = await portal.open('huantai', 'author-4', 'report');
  const id = await report(author, '关于清理河道垃圾的建议');
  const checker = await portal.open('huantai', 'checker', 'desk');
  const thing = await openThing(checker, 'report', id);
  await take(thing, '填写初核单', async (action) => {
    await check(action);
    await action.getByRole('group', { name: '镇办可自行解决' }).getByRole('radio', { name: '是' }).check();
  });
  await thing.getByText('镇办可自行解决 是').first().waitFor();
  await take(thing, '转办', async (action) => {
    await action.getByLabel('主办单位').selectOption({ label: '起凤镇' });
    await action.getByLabel('交办事项').fill('请于本月清理。');
  });
  await stands(thing, 'passed-on');

  const town = await portal.open('huantai', 'qifeng-town', 'handling');
  const board = town.locator('mq-handling-board');
  await board.locator('button[data-thing^="handling-"]').first().click();
  const item = board.locator('article');
  await take(item, '签收');
  await stands(item, 'working');
  await take(item, '办复', async (action) => {
    await action.getByLabel('办理结果').selectOption({ label: '已解决' });
    await action.getByLabel('办复内容').fill('已清理完毕。');
  });
  await stands(item, 'checking');
  const handling = (await item.getAttribute('data-thing')) ?? '';

  const director = await portal.open('huantai', 'office-director', 'desk');
  await take(await openThing(director, 'handling', handling), '确认答复');
  await stands(director.locator('mq-review-desk article'), 'satisfaction');
  await author.goto(`${portal.base}?county=huantai&as=huantai-author-4#mine`);
  const mine = author.locator('mq-my-reports');
  await mine.locator(`button[data-thing="${handling}"]`).click();
  const own = mine.locator(`article[data-thing="${handling}"]`);
  await take(own, '评价', (action) =>
    action
      .getByLabel('满意度')
      .selectOption({ label: '非常满意' })
      .then(() => {}),
  );
  await stands(own, 'done');
}, 60_000);
