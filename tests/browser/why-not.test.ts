import { expect, test } from 'vitest';
import { check, confirm, deskAct, historyOf, report, stands } from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

const label = '不按规则建议办理的理由';

test('the form asks why not only once what it says makes the rules propose otherwise, and keeps what was filled in', async () => {
  const author = await portal.open('huantai', 'author-1', 'report');
  const id = await report(author, '关于河道清理的建议');
  const checker = await portal.open('huantai', 'checker', 'desk');
  const thing = await openThing(checker, 'report', id);
  await thing.locator('button[data-action="pass"]').click();
  const action = thing.locator('.action-form');
  await check(action);
  expect(await action.getByLabel(label).count()).toBe(0);
  await action.getByRole('group', { name: '镇办可自行解决' }).getByRole('radio', { name: '是' }).check();
  await confirm(thing);
  const summary = thing.locator('.summary');
  await summary.getByText(/规则建议“转办”.*不采纳请写明理由/).waitFor();
  await summary.getByRole('link').press('Enter');
  await checker.keyboard.type('涉及全县,不宜只转一镇。');
  expect(await action.getByLabel(label).inputValue()).toBe('涉及全县,不宜只转一镇。');
  expect(await action.getByLabel('类别').inputValue()).toBe('education-health');
  await confirm(thing);
  await stands(thing, 'second-review');
  await thing.getByText('未采纳建议的理由:涉及全县,不宜只转一镇。').waitFor();
});

test('the chairman is proposed by the rules and declined with a reason, which the history keeps', async () => {
  const author = await portal.open('ningshan', 'author-1', 'report');
  const id = await report(author, '关于村级卫生室的建议');
  const at = ['report', id] as const;
  await deskAct(portal, ['ningshan', 'checker'], at, '初核通过', 'second-review', async (action) => {
    await check(action);
    await action.getByLabel('政治性').selectOption({ label: '强' });
  });
  await deskAct(portal, ['ningshan', 'office-director'], at, '复审通过', 'sign-off');
  const secretary = await portal.open('ningshan', 'secretary-general', 'desk');
  const thing = await openThing(secretary, 'report', id);
  await thing.getByText('规则建议:报主席审定。因为:政治性 强').waitFor();
  await thing.locator('button[data-action="pass"]').click();
  const action = thing.locator('.action-form');
  await action.getByLabel(label).waitFor();
  await confirm(thing);
  await thing.locator('.summary').getByRole('link').press('Enter');
  await secretary.keyboard.type('上次会议已定同类事项,不再上报。');
  await confirm(thing);
  await stands(thing, 'to-compile');
  await thing.getByText('未采纳建议的理由:上次会议已定同类事项,不再上报。').waitFor();
  expect(await historyOf(thing)).toEqual(['提交', '初核通过', '复审通过', '审签同意']);
});
