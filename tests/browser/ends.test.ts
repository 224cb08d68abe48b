import { expect, test } from 'vitest';
import { deskAct, historyOf, openMine, report, stands } from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

test('a report is not used: its author reads the reason and a sentence in plain words', async () => {
  const author = await portal.open('huantai', 'author-1', 'report');
  const id = await report(author, '关于路灯、垃圾和停车的建议');
  await deskAct(portal, ['huantai', 'checker'], ['report', id], '不予采用', 'not-used', async (action) => {
    await action.getByLabel('原因').selectOption({ label: '一事多议' });
    await action.getByLabel('给反映人的话').fill('三件事请分开各报一条,都会认真看。');
  });
  const own = await openMine(portal, ['huantai', 'author-1'], id);
  await stands(own, 'not-used');
  await own.getByText('给反映人的话:三件事请分开各报一条,都会认真看。').waitFor();
  await own.getByText('原因:一事多议').waitFor();
  expect(await historyOf(own)).toEqual(['提交', '不予采用']);
  expect(await own.locator('button[data-action]').count()).toBe(0);
});

test('a report without a proper reason is not ended: what is missing is named at its field', async () => {
  const author = await portal.open('huantai', 'author-2', 'report');
  const id = await report(author, '关于公园座椅的建议');
  const checker = await portal.open('huantai', 'checker', 'desk');
  const thing = await openThing(checker, 'report', id);
  await thing.locator('button[data-action="not-use"]').click();
  await thing.locator('.action-form button').filter({ hasText: '✓' }).click();
  await thing.locator('.summary').getByRole('link').press('Enter');
  await checker.keyboard.press('ArrowDown');
  await thing.locator('.action-form button').filter({ hasText: '✓' }).press('Enter');
  await stands(thing, 'not-used');
  await thing.getByText('原因:一事多议').waitFor();
});

test('a report is kept in reserve, leaves the list of what waits, and is taken up again', async () => {
  const author = await portal.open('huantai', 'author-3', 'report');
  const id = await report(author, '关于冬季供暖的建议');
  const checker = ['huantai', 'checker'] as const;
  await deskAct(portal, checker, ['report', id], '留存备用', 'reserved', (action) =>
    action.getByLabel('给反映人的话').fill('入冬前再看。'),
  );
  const own = await openMine(portal, ['huantai', 'author-3'], id);
  await stands(own, 'reserved');
  await own.getByText('给反映人的话:入冬前再看。').waitFor();

  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = page.locator('mq-review-desk');
  await desk.locator('p[role=status]', { hasText: '共' }).first().waitFor();
  expect(await desk.locator(`.row[data-thing="${id}"]`).count()).toBe(0);

  await deskAct(portal, checker, ['report', id], '重新启用', 'second-review', undefined, 'all');
  const director = await portal.open('huantai', 'office-director', 'desk');
  const thing = await openThing(director, 'report', id);
  expect(await historyOf(thing)).toEqual(['提交', '留存备用', '重新启用']);
});
