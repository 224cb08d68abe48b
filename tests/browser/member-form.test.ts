import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { form, report, send, sentId, take, write } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

/** A picture of one dot. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
const photo = (name: string) => ({ name, mimeType: 'image/png', buffer: dot });
const chosen = (page: Page) => form(page).locator('[data-file]').allTextContents();
const names = async (page: Page) => (await chosen(page)).map((words) => words.replace('×', '').trim());

test('photos are added one after another, each can be taken out, and they are looked over by their names', async () => {
  const page = await portal.open('huantai', 'author-1', 'report');
  await write(page, '带照片的信息');
  const field = form(page).getByLabel('选照片');
  expect(await field.getAttribute('accept')).toBe('image/*');
  await field.setInputFiles(photo('一.png'));
  await form(page).getByRole('status').filter({ hasText: '已选 1 个' }).waitFor();
  await field.setInputFiles([photo('二.png'), photo('三.png')]);
  await form(page).getByRole('status').filter({ hasText: '已选 3 个' }).waitFor();
  await expect.poll(() => names(page)).toEqual(['一.png', '二.png', '三.png']);
  expect(await form(page).locator('[data-file] img').count()).toBe(3);
  await form(page).getByRole('button', { name: '移除“二.png”' }).press('Enter');
  await expect.poll(() => names(page)).toEqual(['一.png', '三.png']);
  // The keyboard is where it can go on.
  expect(await field.evaluate((node) => node.matches(':focus'))).toBe(true);
  await form(page).getByRole('button', { name: '提交', exact: true }).press('Enter');
  await form(page).locator('dd').filter({ hasText: '一.png、三.png' }).waitFor();
  await form(page).getByRole('button', { name: '确认提交' }).press('Enter');
  await sentId(page);
});

test('what is no picture is refused by its name, and the pictures beside it stay', async () => {
  const page = await portal.open('huantai', 'author-2', 'report');
  await write(page, '夹了一份文件');
  const pdf = { name: '方案.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') };
  await form(page)
    .getByLabel('选照片')
    .setInputFiles([photo('一.png'), pdf]);
  await expect.poll(() => names(page)).toEqual(['一.png', '方案.pdf']);
  await send(page);
  await form(page).getByRole('alert').getByText('“方案.pdf”不是照片').waitFor();
  await form(page).getByRole('button', { name: '移除“方案.pdf”' }).press('Enter');
  await send(page);
  await sentId(page);
});

test('a phone offers its camera, a desk does not', async () => {
  const page = await portal.open('huantai', 'author-3', 'report');
  const camera = form(page).getByText('拍照', { exact: true });
  await form(page).getByText('选照片').waitFor();
  expect(await camera.isVisible()).toBe(false);
  const phone = await portal.browser.newPage({
    isMobile: true,
    hasTouch: true,
    viewport: { width: 360, height: 740 },
  });
  await phone.goto(`${portal.base}?county=huantai&as=huantai-author-3#report`);
  const taking = form(phone).getByLabel('拍照');
  await form(phone).getByText('拍照', { exact: true }).waitFor({ state: 'visible' });
  expect(await taking.getAttribute('capture')).toBe('environment');
  await taking.setInputFiles(photo('现场.png'));
  await expect.poll(() => names(phone)).toEqual(['现场.png']);
  await phone.close();
});

test('the quota stands in the form, and counts what was just sent', async () => {
  // A standing member owes four.
  const page = await portal.open('huantai', 'author-2', 'report');
  const quota = form(page).locator('[data-quota]');
  await quota.waitFor();
  const done = async () =>
    Number(/^年度任务 4 篇,已报 (\d+) 篇$/.exec((await quota.innerText()).trim())?.[1]);
  const before = await done();
  await report(page, '又一条信息');
  await expect.poll(done).toBe(before + 1);
});

test('a text over the limit is marked where it goes over, said once, and what is too much can be selected', async () => {
  const page = await portal.open('huantai', 'author-1', 'report');
  const title = form(page).getByRole('textbox', { name: /^标题/ });
  await title.fill('关'.repeat(60));
  expect(await form(page).locator('[data-over]').count()).toBe(0);
  // Two of a surrogate pair each are two characters, as the server counts.
  await title.fill(`${'关'.repeat(60)}𠮷𠮷`);
  const over = form(page).locator('[data-over="title"]');
  await over.waitFor();
  expect(await over.locator('mark').innerText()).toBe('𠮷𠮷');
  expect(await over.getByRole('status').count()).toBe(1);
  await over.getByRole('button', { name: '选中超出的部分' }).press('Enter');
  expect(await title.evaluate((node: HTMLInputElement) => [node.selectionStart, node.selectionEnd])).toEqual([
    60, 64,
  ]);
  await page.keyboard.press('Delete');
  await over.waitFor({ state: 'detached' });
  expect(await title.inputValue()).toBe('关'.repeat(60));
});

test('a joint author is asked in the form, finds it in their own list, and confirms', async () => {
  const page = await portal.open('huantai', 'author-1', 'report');
  await write(page, '请人联名的信息');
  const joint = form(page).getByLabel('联名人');
  const name = '何文斌';
  await joint.selectOption({ label: name });
  await form(page)
    .getByRole('button', { name: `移除“${name}”` })
    .press('Enter');
  await joint.selectOption({ label: name });
  await form(page)
    .getByRole('button', { name: `移除“${name}”` })
    .waitFor();
  await form(page).getByRole('button', { name: '提交', exact: true }).press('Enter');
  await form(page).locator('dd').filter({ hasText: name }).waitFor();
  await form(page).getByRole('button', { name: '确认提交' }).press('Enter');
  const id = await sentId(page);
  const theirs = await portal.open('huantai', 'author-2', 'mine');
  const row = theirs.locator(`mq-my-reports button[data-thing="${id}"]`);
  await row.getByText('请您联名').waitFor();
  await row.press('Enter');
  const thing = theirs.locator('mq-my-reports article');
  await thing.getByText(`${name}(待确认)`).waitFor();
  await take(thing, '确认联名');
  await thing.getByText(`${name}(已确认)`).waitFor();
  await row.getByText('请您联名').waitFor({ state: 'detached' });
});
