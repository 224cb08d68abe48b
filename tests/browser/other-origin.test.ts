import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPortal } from './portal.ts';

/** A portal's own page elsewhere, as the README has it: one script tag and a few tags. */
const page = (server: string) => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<script type="module" src="${server}minqing.js"></script></head><body>
<mq-county id="county" county="huantai" endpoint="${server}"><mq-report-form></mq-report-form></mq-county>
<script defer src="/portal.js"></script></body></html>`;
const script = (server: string) => `document.querySelector('#county').token = async () =>
  (await (await fetch('${server}demo/token', { method: 'POST', body: '{"id":"huantai-author-1"}' })).json()).token;`;

let portal: Awaited<ReturnType<typeof openPortal>>;
let stranger: Awaited<ReturnType<typeof openPortal>>;
let base = '';
const site = createServer((request, response) => {
  const server =
    request.headers.referer?.includes('strange') || request.url?.includes('strange') ? stranger : portal;
  const isScript = request.url === '/portal.js';
  response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(isScript ? script(server.base) : page(server.base));
});
beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
  portal = await openPortal(':memory:', [base]);
  stranger = await openPortal();
});
afterAll(async () => {
  site.close();
  await portal.close();
  await stranger.close();
});

test('a page of another origin that the server names embeds the elements by one script tag', async () => {
  const page = await portal.browser.newPage();
  await page.goto(`${base}/`);
  const form = page.locator('mq-report-form');
  for (const [label, words] of [
    ['标题', '关于路灯的建议'],
    ['情况', '村口路灯不亮'],
    ['分析', '线路老化'],
    ['建议', '更换线路'],
  ] as const)
    await form.getByRole('textbox', { name: label }).fill(words);
  await form.getByRole('button', { name: '提交' }).click();
  await form.getByRole('button', { name: '确认提交' }).click();
  await form.getByText('已提交,编号 report-1').waitFor();
  await page.close();
});

test('a page of an origin that the server does not name gets no answer', async () => {
  const page = await portal.browser.newPage();
  await page.goto(`${base}/strange`);
  await page.locator('mq-county').getByText('连不上服务器').waitFor();
  expect(await page.locator('mq-report-form form').count()).toBe(0);
  await page.close();
});
