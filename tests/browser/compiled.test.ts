import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  form,
  historyOf,
  issuePiece,
  openMine,
  throughGates,
  pointsOf,
  report,
  result,
  send,
  sentId,
  stands,
  take,
  write,
} from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

const joint = ['huantai-author-5', 'huantai-author-6'] as const;

/** The office types in a report that two people brought on paper. */
async function onPaper(page: Page, title: string): Promise<string> {
  await form(page).getByLabel('反映人', { exact: true }).selectOption(joint[0]);
  await form(page).getByLabel('联名反映人').selectOption(joint[1]);
  await form(page).getByLabel('来源渠道').selectOption({ label: '纸质' });
  await write(page, title);
  await send(page);
  return sentId(page);
}

test('three reports of four authors become one piece, adopted once and instructed on twice, and each sees their points', async () => {
  const office = await portal.open('huantai', 'checker', 'report');
  const first = await onPaper(office, '关于午托班安全的建议');
  const second = await report(await portal.open('huantai', 'author-7', 'report'), '关于放学拥堵的建议');
  const third = await report(await portal.open('huantai', 'author-8', 'report'), '关于护学岗的建议');
  for (const id of [first, second, third]) await throughGates(portal, 'huantai', id);

  const compiler = await portal.open('huantai', 'compiler', 'desk');
  const head = await openThing(compiler, 'report', first);
  await take(head, '编报', async (action) => {
    await action.getByLabel('编发标题').fill('校园周边安全的三条建议');
    await action.getByRole('checkbox', { name: '关于放学拥堵的建议' }).check();
    await action.getByRole('checkbox', { name: '关于护学岗的建议' }).check();
  });
  await stands(head, 'compiled');
  await issuePiece(portal, 'huantai', 'piece-1', ['淄博市政协']);
  const piece = await openThing(compiler, 'piece', 'piece-1');
  for (const id of [first, second, third]) await piece.locator(`button[data-link="${id}"]`).waitFor();
  await take(piece, '报送', (action) => action.getByLabel('报送单位').selectOption({ label: '淄博市政协' }));
  await stands(piece, 'sent');
  const recorded = piece.locator('li[data-action="record"]');
  await take(piece, '登记成果', result('采用', '市级'));
  await recorded.nth(0).waitFor();
  await take(piece, '登记成果', result('批示', '市级', '主要领导'));
  await recorded.nth(1).waitFor();
  await take(piece, '登记成果', result('批示', '县级', '分管领导'));
  await recorded.nth(2).waitFor();

  // Submitted and signed off are each author's whole; adoption (5) and the instructions (10 and 3) are shared.
  const alone = ['1', '2', '5', '10', '3'];
  const shared = ['1', '2', '2.5', '5', '1.5'];
  const flow = [
    '初核通过',
    '复审通过',
    '审签同意',
    '编报',
    '签发',
    '报送',
    '登记成果',
    '登记成果',
    '登记成果',
  ];
  const expected = [
    ['author-5', first, shared],
    ['author-6', first, shared],
    ['author-7', second, alone],
    ['author-8', third, alone],
  ] as const;
  for (const [who, id, points] of expected) {
    const own = await openMine(portal, ['huantai', who], id);
    expect((await pointsOf(own)).sort()).toEqual([...points].sort());
    expect(await historyOf(own)).toEqual(['提交', ...flow]);
    const fromPiece = own.getByText('来自 校园周边安全的三条建议');
    await fromPiece.nth(4).waitFor();
    expect(await fromPiece.count()).toBe(5);
    await stands(own, 'compiled');
    await own.page().goto(`${portal.base}?county=huantai&as=huantai-${who}#scores`);
    const row = own.page().locator(`mq-scoreboard tr[data-subject="huantai-${who}"]`);
    await row.waitFor();
    const total = points.reduce((sum, one) => sum + Number(one), 0);
    expect((await row.locator('td.number').nth(1).textContent())?.trim()).toBe(String(total));
    await own.page().close();
  }
}, 120_000);
