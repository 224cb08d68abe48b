import { expect, test } from 'vitest';
import { form, sentId, write } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

test('a report is looked over before it is sent: each answer can be changed, by keyboard alone, and the focus follows', async () => {
  const page = await portal.open('huantai', 'author-1', 'report');
  const one = form(page);
  await write(page, '核对一遍');
  await one.getByRole('button', { name: '提交', exact: true }).press('Enter');
  const head = one.getByRole('heading', { name: '提交前请核对' });
  await head.waitFor();
  expect(await head.evaluate((node) => node.matches(':focus'))).toBe(true);
  for (const words of ['核对一遍', '停车位不足。', '(未填)']) await one.getByText(words).first().waitFor();
  // Nothing is sent yet.
  expect(await one.locator('[data-thing]').count()).toBe(0);
  await one.getByRole('button', { name: '修改“分析”' }).press('Enter');
  const analysis = one.getByRole('textbox', { name: /^分析/ });
  await analysis.waitFor();
  await expect.poll(() => analysis.evaluate((node) => node.matches(':focus'))).toBe(true);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('停车位少。');
  await one.getByRole('button', { name: '提交', exact: true }).press('Enter');
  await one.locator('dd').filter({ hasText: '停车位少。' }).waitFor();
  await one.getByRole('button', { name: '确认提交' }).press('Enter');
  await sentId(page);
});

test('what is missing is said before anything is looked over', async () => {
  const page = await portal.open('huantai', 'author-2', 'report');
  await form(page).getByRole('textbox', { name: /^标题/ }).fill('只有标题');
  await form(page).getByRole('button', { name: '提交', exact: true }).press('Enter');
  await form(page).getByRole('alert').getByText('请填写“情况”。').waitFor();
  expect(await form(page).getByRole('button', { name: '确认提交' }).count()).toBe(0);
});
