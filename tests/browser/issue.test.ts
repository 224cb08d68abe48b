import { expect, test } from 'vitest';
import type { Fields } from '../../src/model/thing.ts';
import { checked, text } from '../desk/office.ts';
import { clientOf, deskAct, stands, take } from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

const as = (who: string) => clientOf(portal, 'huantai', who);
/** What others do meanwhile, without a page. */
async function act(
  who: string,
  { kind, id }: { kind: string; id: string },
  action: string,
  input: Fields = {},
) {
  const client = as(who);
  return client.act(await client.view(kind, id), { action, input }, `${who} ${action} ${id}`);
}

test('three reports become two pieces beside their sources, in one issue ordered by drag and by key, looked at, signed and sent', async () => {
  const ids: string[] = [];
  for (const [who, title] of [
    ['author-5', '关于午托班的建议'],
    ['author-6', '关于路灯的建议'],
    ['author-7', '关于护学岗的建议'],
  ] as const) {
    const sent = await as(who).open('report', { action: 'submit', input: { ...text, title } }, who);
    ids.push(sent.id);
    await act('checker', sent, 'pass', checked);
    await act('office-director', sent, 'pass');
    await act('secretary-general', sent, 'pass');
  }
  const [first = '', second = '', third = ''] = ids;

  const compiler = await portal.open('huantai', 'compiler', 'desk');
  const head = await openThing(compiler, 'report', first);
  await take(head, '编报', async (action) => {
    // What is ticked comes beside the form, and its words go into the text by a key.
    await action.getByRole('checkbox', { name: '关于护学岗的建议' }).check();
    const source = action.locator(`[data-source="${third}"]`);
    await source.getByRole('button', { name: '加到正文' }).first().press('Enter');
    await expect
      .poll(() => action.getByLabel('编发正文').inputValue())
      .toMatch(/错峰放学。\n\n城区三所小学放学时段校门口拥堵,车辆与学生混行。$/);
    const [left, right] = [await source.boundingBox(), await action.getByLabel('编发正文').boundingBox()];
    expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThan(right?.x ?? 0);
    await action.getByLabel('编发标题').fill('校园周边的两条建议');
  });
  await stands(head, 'compiled');
  const other = await openThing(compiler, 'report', second);
  await take(other, '编报', (action) => action.getByLabel('编发标题').fill('路灯该亮起来'));
  await stands(other, 'compiled');
  for (const id of ['piece-1', 'piece-2']) {
    await act('compiler', { kind: 'piece', id }, 'pass');
    await act('checker', { kind: 'piece', id }, 'proofread');
  }

  const piece = await openThing(compiler, 'piece', 'piece-1', 'all');
  await piece.locator('[data-action="arrange"]').click();
  const issue = piece.locator('.issue');
  await issue.locator('[data-join="piece-2"]').press('Enter');
  const order = () =>
    issue.locator('[data-piece]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-piece')));
  await expect.poll(order).toEqual(['piece-1', 'piece-2']);
  await issue.locator('[data-piece="piece-2"]').dragTo(issue.locator('[data-piece="piece-1"]'));
  await expect.poll(order).toEqual(['piece-2', 'piece-1']);
  await issue.locator('[data-piece="piece-1"] .handle').press('ArrowUp');
  await expect.poll(order).toEqual(['piece-1', 'piece-2']);
  await issue.getByRole('status').getByText('现为第 1 件,共 2 件').waitFor();
  // The keyboard stays at what it moved.
  await compiler.keyboard.press('ArrowDown');
  await expect.poll(order).toEqual(['piece-2', 'piece-1']);
  await piece.locator('.action-form').getByLabel('刊物').selectOption({ index: 1 });
  await piece.getByRole('checkbox', { name: '淄博市政协' }).check();
  await issue.locator('[data-preview]').click();
  await expect
    .poll(() => piece.locator('.paper').innerText())
    .toMatch(/第 1 期[\s\S]*路灯该亮起来[\s\S]*校园周边的两条建议[\s\S]*报送:淄博市政协/);
  await piece.locator('.action-form button').filter({ hasText: '✓' }).click();
  await piece.locator('.action-form').waitFor({ state: 'detached' });

  // Whoever signs finds it put together, and signs once.
  await deskAct(
    portal,
    ['huantai', 'secretary-general'],
    ['piece', 'piece-1'],
    '签发',
    'dispatching',
    async (action) => {
      const rows = action.locator('[data-piece]');
      await rows.nth(1).waitFor();
      expect(await rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-piece')))).toEqual([
        'piece-2',
        'piece-1',
      ]);
    },
  );
  for (const id of ['piece-1', 'piece-2']) {
    const { moments } = await as('compiler').view('piece', id);
    expect(moments.find(({ is }) => is === 'issued')?.['number']).toBe(1);
  }
  const issued = await openThing(compiler, 'piece', 'piece-2', 'all');
  await take(issued, '报送', (action) => action.getByLabel('报送单位').selectOption({ label: '淄博市政协' }));
  await stands(issued, 'sent');
}, 120_000);
