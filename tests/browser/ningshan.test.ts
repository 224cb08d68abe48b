import { expect, test } from 'vitest';
import {
  check,
  confirm,
  deskAct,
  historyOf,
  issuePiece,
  openMine,
  pointsOf,
  report,
  result,
  stands,
  take,
} from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

test('in Ningshan a report goes from the form to the archive by way of its department, the chairman, three destinations and its handling', async () => {
  const author = ['ningshan', 'author-1'] as const;
  const id = await report(await portal.open(...author, 'report'), '关于农村公路养护的建议');
  const at = ['report', id] as const;
  await deskAct(portal, ['ningshan', 'checker'], at, '初核通过', 'second-review', async (action) => {
    await check(action);
    await action.getByLabel('政策性').selectOption({ label: '强' });
    await action.getByRole('checkbox', { name: '县交通运输局' }).check();
    await action.getByRole('checkbox', { name: '县农业农村局' }).check();
  });

  // Heavy policy: it cannot be passed before its department was heard.
  const director = await portal.open('ningshan', 'office-director', 'desk');
  let thing = await openThing(director, 'report', id);
  await thing.getByText(/规则建议:征求部门意见/).waitFor();
  expect(await thing.locator('button[data-action="pass"]').count()).toBe(0);
  await take(thing, '征求部门意见', (action) =>
    action.getByRole('checkbox', { name: '县交通运输局' }).check(),
  );
  await stands(thing, 'opinion');
  const department = await portal.open('ningshan', 'transport-bureau', 'handling');
  const board = department.locator('mq-handling-board');
  await board.locator(`button[data-thing="${id}"]`).click();
  await take(board.locator(`article[data-thing="${id}"]`), '提出意见', (action) =>
    action.getByRole('textbox').fill('已列入今年养护计划。'),
  );
  thing = await openThing(director, 'report', id);
  await thing.getByText('部门意见:已列入今年养护计划。').waitFor();
  await take(thing, '复审通过');
  await stands(thing, 'sign-off');

  // Two departments: the rules propose the chairman, and the secretary-general follows them.
  const secretary = await portal.open('ningshan', 'secretary-general', 'desk');
  thing = await openThing(secretary, 'report', id);
  await thing.getByText(/规则建议:报主席审定。因为:.*涉及部门数 2 ≥ 2/).waitFor();
  await take(thing, '审签同意');
  await thing.locator('.summary').waitFor();
  await thing.locator('.action-form').getByRole('button', { name: '取消' }).click();
  await take(thing, '报主席审定');
  await stands(thing, 'chairman');
  await deskAct(portal, ['ningshan', 'chairman'], at, '审定', 'to-compile', (action) =>
    action.getByLabel('审定意见').selectOption({ label: '同意编报' }),
  );
  // Ningshan judges at compiling whether something can be done.
  await deskAct(portal, ['ningshan', 'compiler'], at, '编报', 'compiled', (action) =>
    action.getByRole('radio', { name: '是' }).last().check(),
  );

  // Each destination apart; the piece is sent once the last one has it.
  const places = ['安康市政协', '县委', '县政府'];
  await issuePiece(portal, 'ningshan', 'piece-1', places);
  const compiler = await portal.open('ningshan', 'compiler', 'desk');
  let piece = await openThing(compiler, 'piece', 'piece-1');
  const sent = piece.locator('li[data-action="dispatch"]');
  const to = (label: string) =>
    take(piece, '报送', (action) => action.getByLabel('报送单位').selectOption({ label }));
  await to('安康市政协');
  await sent.nth(0).waitFor();
  await stands(piece, 'dispatching');
  await to('安康市政协');
  await piece.locator('.summary').getByText('已报送过').waitFor();
  await piece.locator('.action-form').getByLabel('报送单位').selectOption({ label: '县委' });
  await confirm(piece);
  await sent.nth(1).waitFor();
  await stands(piece, 'dispatching');
  await to('县政府');
  await stands(piece, 'sent');
  for (const place of places) await piece.getByText(`报送单位:${place}`).waitFor();
  const recorded = piece.locator('li[data-action="record"]');
  await take(piece, '登记成果', result('采用', '市级'));
  await recorded.nth(0).waitFor();
  await take(piece, '登记成果', result('批示', '县级', '主要领导'));
  await recorded.nth(1).waitFor();

  // The instruction opens handling; a dissatisfied author sends the answer back once.
  piece = await openThing(director, 'piece', 'piece-1', 'all');
  await take(piece, '交办', async (action) => {
    await action.getByLabel('主办单位').selectOption({ label: '县交通运输局' });
    await action.getByLabel('交办事项').fill('请落实批示,修复水毁路段。');
  });
  const opened = piece.locator('button[data-link^="handling-"]');
  const handling = (await opened.getAttribute('data-link')) ?? '';
  await department.reload();
  const item = board.locator(`article[data-thing="${handling}"]`);
  await board.locator(`button[data-thing="${handling}"]`).click();
  await take(item, '签收');
  await stands(item, 'working');
  const reply = async (label: string, words: string) => {
    await take(item, '办复', async (action) => {
      await action.getByLabel('办理结果').selectOption({ label });
      await action.getByLabel('办复内容').fill(words);
    });
    await stands(item, 'checking');
    await deskAct(
      portal,
      ['ningshan', 'office-director'],
      ['handling', handling],
      '确认答复',
      'satisfaction',
    );
  };
  const rate = async (label: string, stage: string) => {
    const own = await openMine(portal, author, handling);
    await take(own, '评价', (action) => action.getByLabel('满意度').selectOption({ label }));
    await stands(own, stage);
    return own;
  };
  await reply('正在解决', '已列入计划。');
  await rate('不满意', 'working');
  await department.reload();
  await board.locator(`button[data-thing="${handling}"]`).click();
  await reply('已解决', '水毁路段已修复通车。');
  await rate('非常满意', 'visit');

  // Then the people of the road are asked; whoever checked the report visits them.
  await deskAct(
    portal,
    ['ningshan', 'checker'],
    ['handling', handling],
    '登记回访',
    'done',
    async (action) => {
      await action.getByLabel('走访户数').fill('14');
      await action.getByLabel('群众满意度').selectOption({ label: '满意' });
      await action.getByLabel('回访情况').fill('逐户问过,都说路通了。');
    },
  );
  const rated = await openMine(portal, author, handling);
  await rated.getByText('走访户数:14').first().waitFor();
  expect(await historyOf(rated)).toEqual([
    '交办',
    '签收',
    '办复',
    '确认答复',
    '评价',
    '办复',
    '确认答复',
    '评价',
    '登记回访',
  ]);

  const office = ['ningshan', 'office-director'] as const;
  await deskAct(portal, office, ['handling', handling], '归档', 'archived', undefined, 'all');
  await deskAct(portal, office, ['piece', 'piece-1'], '归档', 'archived', undefined, 'all');
  await deskAct(portal, office, at, '归档', 'archived', undefined, 'all');

  const own = await openMine(portal, author, id);
  await stands(own, 'archived');
  // Submitted 1, signed off 2, adopted by the city 4, instructed on in the county 3.
  expect((await pointsOf(own)).sort()).toEqual(['1', '2', '3', '4']);
  const told = await historyOf(own);
  expect(told.slice(0, 8)).toEqual([
    '提交',
    '初核通过',
    '征求部门意见',
    '提出意见',
    '复审通过',
    '报主席审定',
    '审定',
    '编报',
  ]);
  expect([...told].sort().filter((words) => words === '报送')).toHaveLength(3);
  expect(told.at(-1)).toBe('归档');
  await own.page().goto(`${portal.base}?county=ningshan&as=ningshan-author-1#scores`);
  const row = own.page().locator('mq-scoreboard tr[data-subject="ningshan-author-1"]');
  await row.waitFor();
  expect((await row.locator('td.number').nth(1).textContent())?.trim()).toBe('10');
}, 120_000);
