import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { form, report } from './acts.ts';
import { hostPage, htmlPage, tokenOf } from './host-page.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

/** A host's page with one element, and the KiB of script, each file as gzip sends it, that it fetches while it is used. */
async function fetchedFor(tag: string, who: string, use: (page: Page) => Promise<unknown>): Promise<number> {
  const page = await hostPage(portal, {
    'page.html': htmlPage(`<mq-county id="mq" county="huantai"><${tag}></${tag}></mq-county>`, [
      '/minqing.js',
      'page.js',
    ]),
    'page.js': `document.querySelector('#mq').token = ${tokenOf(who)};`,
  });
  const asked = new Set<string>();
  page.on('request', (request) => {
    if (/\/minqing[^?]*\.js$/.test(request.url())) asked.add(request.url());
  });
  await page.goto(`${portal.base}host/page.html`);
  await use(page);
  await page.close();
  const bodies = await Promise.all(
    [...asked].map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())),
  );
  expect(bodies.length).toBeGreaterThan(0);
  return bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1024;
}

test('all that is fetched until a report is sent stays below 20 KiB', async () => {
  expect(
    await fetchedFor('mq-report-form', 'huantai-author-1', (page) => report(page, '关于路灯的建议')),
  ).toBeLessThan(20);
});

test('where something alike is shown meanwhile it stays below 21 KiB', async () => {
  const alike = async (page: Page) => {
    await form(page).getByRole('textbox', { name: /^标题/ }).fill('实验小学门口放学拥堵');
    await form(page).getByRole('textbox', { name: '情况' }).fill('城区三所小学放学时段校门口拥堵。');
    await form(page).locator('[data-similar]').waitFor();
  };
  expect(await fetchedFor('mq-report-form', 'huantai-author-1', alike)).toBeLessThan(21);
});

test('the review desk with a report open stays below 45 KiB', async () => {
  const open = async (page: Page) => {
    await page.locator('mq-review-desk .row').first().click();
    await page.locator('mq-review-desk article .acts').waitFor();
  };
  expect(await fetchedFor('mq-review-desk', 'huantai-checker', open)).toBeLessThan(45);
});

test('the scoreboard with its table stays below 30 KiB', async () => {
  const shown = (page: Page) => page.locator('mq-scoreboard table').first().waitFor();
  expect(await fetchedFor('mq-scoreboard', 'huantai-secretary-general', shown)).toBeLessThan(30);
});
