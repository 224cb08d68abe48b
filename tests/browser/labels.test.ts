import { test } from 'vitest';
import { form } from './acts.ts';
import { usePortal, configsWith } from './portal.ts';

const labels = {
  formTitle: { zh: '我要反映', en: 'Tell us' },
  myReports: { zh: '我的台账' },
  quota: '{name}已报 {done},应报 {need}',
};
const portal = usePortal(
  ':memory:',
  [],
  configsWith('huantai', () => ({ labels })),
);

test('a county renames labels in its config: every element says them, in the language that they are given for', async () => {
  const page = await portal.open('huantai', 'author-2', 'report');
  await form(page).getByRole('heading', { name: '我要反映' }).waitFor();
  await form(page)
    .getByText(/^年度任务已报 \d+,应报 4$/)
    .waitFor();
  const mine = await portal.open('huantai', 'author-2', 'mine');
  await mine.locator('mq-my-reports').getByRole('heading', { name: '我的台账' }).waitFor();
  const english = await portal.open('huantai', 'author-2', 'report', 'en');
  await form(english).getByRole('heading', { name: 'Tell us' }).waitFor();
  const theirs = await portal.open('huantai', 'author-2', 'mine', 'en');
  await theirs.locator('mq-my-reports').getByRole('heading', { name: 'My reports' }).waitFor();
});

test('another county on the same server says what the page says', async () => {
  const page = await portal.open('ningshan', 'author-1', 'report');
  await form(page).getByRole('heading', { name: '反映社情民意' }).waitFor();
});
