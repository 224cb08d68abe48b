import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packageRoot } from '../../src/server/main.ts';
import { form, send, sentId, write } from './acts.ts';
import { openPortal } from './portal.ts';

let folder = '';
let portal: Awaited<ReturnType<typeof openPortal>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minqing-drafts-'));
  portal = await openPortal(join(folder, 'drafts.db'));
});
afterAll(async () => {
  expect(portal.complaints).toEqual([]);
  await portal.close();
  await rm(folder, { recursive: true });
});

const draftIs = (page: Page, state: string) => form(page).locator(`[data-draft="${state}"]`).waitFor();
const field = (page: Page, name: RegExp) => form(page).getByRole('textbox', { name });
const open = (who: string) => portal.open('huantai', who, 'report');

test('what is written is there again when the page is loaded anew, and on another device; once sent it is nowhere', async () => {
  const page = await open('author-1');
  await write(page, '写到一半');
  await page.reload();
  await field(page, /^标题/).waitFor();
  expect(await field(page, /^标题/).inputValue()).toBe('写到一半');
  await draftIs(page, 'kept');
  // Another browser has nothing of its own.
  const elsewhere = await (await portal.browser.newContext()).newPage();
  await elsewhere.goto(page.url());
  await field(elsewhere, /^标题/).waitFor();
  expect(await field(elsewhere, /^建议/).inputValue()).toBe('错峰放学。');
  await send(elsewhere);
  await sentId(elsewhere);
  await page.reload();
  await field(page, /^标题/).waitFor();
  expect(await field(page, /^标题/).inputValue()).toBe('');
});

test('the server that is stopped while one types and started again has it, and what was typed meanwhile', async () => {
  const page = await open('author-3');
  await field(page, /^标题/).fill('服务器停下之前');
  await draftIs(page, 'kept');
  const port = Number(new URL(portal.base).port);
  await portal.stop();
  await field(page, /^情况/).fill('服务器停着的时候写的');
  await draftIs(page, 'offline');
  expect(await form(page).getByRole('status').filter({ hasText: '已存在本机' }).count()).toBe(1);
  await portal.start(port);
  await draftIs(page, 'kept');
  await page.reload();
  await field(page, /^标题/).waitFor();
  expect(await field(page, /^情况/).inputValue()).toBe('服务器停着的时候写的');
});

test('where the form has changed meanwhile, what was written stays: under the same label, or offered where its field is gone', async () => {
  const page = await open('author-4');
  await write(page, '表单要改');
  await draftIs(page, 'kept');
  const config = JSON.parse(await readFile(`${packageRoot}configs/huantai.json`, 'utf8'));
  const long = { type: 'long-text', required: true, limit: 600 };
  config.forms = {
    ...config.forms,
    // One field is gone, another is known by another id.
    report: [
      { id: 'analysis', drop: true },
      { id: 'suggestion', drop: true },
      { id: 'advice', label: { zh: '建议', en: 'Suggestion' }, ...long },
    ],
  };
  await publish(JSON.stringify(config));
  // The page that stands open hears of it with whatever it next asks.
  await field(page, /^标题/).fill('表单改了');
  const left = form(page).locator('[data-left="analysis"]');
  await left.getByText('停车位不足。').waitFor();
  expect(await field(page, /^标题/).inputValue()).toBe('表单改了');
  expect(await field(page, /^建议/).inputValue()).toBe('错峰放学。');
  // And whoever comes back later finds it so as well.
  await draftIs(page, 'kept');
  await page.reload();
  await left.getByRole('button', { name: '加到“情况”' }).press('Enter');
  expect(await field(page, /^情况/).inputValue()).toBe('城区三所小学放学时段校门口拥堵。\n停车位不足。');
  await left.waitFor({ state: 'detached' });
});

/** A config in force from today, by whoever keeps it and whoever approves. */
async function publish(text: string): Promise<void> {
  const call = async (id: string, path: string, body: object) => {
    const login = await fetch(`${portal.base}demo/token`, {
      method: 'POST',
      body: JSON.stringify({ county: 'huantai', id: `huantai-${id}` }),
    });
    const { token } = await login.json();
    const answer = await fetch(`${portal.base}counties/huantai/config/versions${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(answer.ok, await answer.clone().text()).toBe(true);
  };
  await call('admin', '', { text, note: '表单改了' });
  await call('office-director', '/2/actions/approve', {});
  await call('office-director', '/2/actions/publish', { from: '2026-01-01' });
}
