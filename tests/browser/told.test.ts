import { expect, test } from 'vitest';
import { deskAct, report } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

test('an author sees how much is new, reads what became of a report, opens it from there, and it is not new again', async () => {
  const author = await portal.open('huantai', 'author-1', 'report');
  const id = await report(author, '关于路灯、垃圾和停车的建议');
  await deskAct(portal, ['huantai', 'checker'], ['report', id], '不予采用', 'not-used', async (action) => {
    await action.getByLabel('原因').selectOption({ label: '一事多议' });
    await action.getByLabel('给反映人的话').fill('三件事请分开各报一条。');
  });
  const page = await portal.open('huantai', 'author-1', 'mine');
  await page.setViewportSize({ width: 360, height: 740 });
  const told = page.locator('mq-my-reports details.told');
  await told.getByText('1 条未读').waitFor();
  await told.locator('summary').press('Enter');
  const notice = told.getByRole('button', { name: '“关于路灯、垃圾和停车的建议”未予采用' });
  await notice.waitFor();
  await told.getByText('1 条未读').waitFor({ state: 'detached' });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  await notice.press('Enter');
  await page.locator('mq-my-reports').getByText('给反映人的话:三件事请分开各报一条。').waitFor();

  const later = await portal.open('huantai', 'author-1', 'mine', 'en');
  const again = later.locator('mq-my-reports details.told');
  await again.getByText('Messages').waitFor();
  expect(await again.getByText('unread').count()).toBe(0);
});
