import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { blankThing } from '../../src/desk/change.ts';
import { GENESIS } from '../../src/desk/seal.ts';
import { makeStep } from '../../src/desk/steps.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { countyOf } from '../county.ts';
import { openPortal } from './portal.ts';

const ROWS = 10_000;
let portal: Awaited<ReturnType<typeof openPortal>>;

/** A file with as many reports waiting for the initial check, each as its author handed it in. */
async function fill(file: string): Promise<void> {
  const { county } = countyOf('huantai');
  const store = await sqliteStore({ file });
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const signed = { action: 'submit', actor: 'huantai-author-1', onBehalf: null, at } as const;
  const steps = [];
  for (let index = 1; index <= ROWS; index += 1) {
    const ref = { county: county.id, kind: 'report', id: `report-${index}` } as const;
    const thing = blankThing(ref, 'draft', county.version, at);
    const change = {
      stage: 'initial-check',
      fields: { title: `第 ${index} 条` },
      authors: [{ person: 'huantai-author-1', part: 'sole' as const }],
      enteredBy: 'huantai-author-1',
    };
    steps.push(makeStep(county, thing, change, signed, GENESIS, new Set(), () => 'salt'));
  }
  await store.commit({ steps, scores: [], timers: [], messages: [], key: null });
  await store.close();
}

beforeAll(async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'minqing-')), 'long.db');
  await fill(file);
  portal = await openPortal(file);
});
afterAll(async () => {
  expect(portal.complaints).toEqual([]);
  await portal.close();
});

test('of ten thousand reports that wait never more than sixty rows are in the page, however far one goes', async () => {
  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = page.locator('mq-review-desk');
  await desk.getByText('共 1,000+ 件').waitFor();
  const rows = desk.locator('.row');
  await rows.first().waitFor();
  // Every change of the list is counted, not only those that a look from outside happens to meet.
  const list = desk.locator('.list');
  await list.evaluate((node) => {
    const count = () =>
      Math.max(Number(node.getAttribute('data-most') ?? 0), node.querySelectorAll('.row').length);
    const tell = () => node.setAttribute('data-most', String(count()));
    tell();
    new MutationObserver(tell).observe(node, { childList: true, subtree: true });
  });
  await list.hover();
  const lastIndex = async () => Number(await rows.last().getAttribute('data-index'));
  // The wheel to what is loaded, again and again: each time the next hundred comes.
  const goOn = async () => {
    await page.mouse.wheel(0, 1_000_000);
    return lastIndex();
  };
  await expect.poll(goOn, { timeout: 20_000 }).toBeGreaterThan(1_500);
  const before = await lastIndex();
  // What the wheel still asked for may come meanwhile: the keys go on until they are past it.
  const goBack = async () => {
    await rows.first().focus();
    for (let step = 0; step < 40; step += 1) await page.keyboard.press('ArrowUp');
    return lastIndex();
  };
  await expect.poll(goBack, { timeout: 20_000 }).toBeLessThan(before);
  await page.mouse.wheel(0, -1_000_000);
  await desk.locator('.row[data-index="0"]').waitFor();
  const most = Number(await list.getAttribute('data-most'));
  expect(most).toBeGreaterThan(5);
  expect(most).toBeLessThanOrEqual(60);
  expect(await desk.evaluate((node) => node.shadowRoot?.querySelectorAll('*').length ?? 0)).toBeLessThan(600);

  const title = (await rows.first().locator('strong').textContent()) ?? '';
  await rows.first().press('Enter');
  await desk.locator('article .title').getByText(title, { exact: true }).waitFor();
}, 60_000);

test('of ten thousand one is found by words of its title as one types, and chosen by the keyboard alone', async () => {
  const page = await portal.open('huantai', 'checker', 'desk');
  const desk = page.locator('mq-review-desk');
  await desk.locator('[data-kind="micro-consultation"]').click();
  await desk.locator('[data-new="micro-consultation"] summary').click();
  const fresh = desk.locator('[data-new="micro-consultation"] form');
  const choice = fresh.locator('select[data-field="attached-to"]');
  const titles = async () => (await choice.locator('option').allTextContents()).map((title) => title.trim());
  // Among the newest that are offered at once it is not.
  expect(await titles()).not.toContain('第 4321 条');
  const box = fresh.locator('[data-find="attached-to"]');
  await box.focus();
  await page.keyboard.type('4321');
  await fresh.getByText('找到 1 项').waitFor();
  expect((await titles()).slice(1)).toEqual(['第 4321 条']);
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  expect(await choice.inputValue()).toBe('report-4321');
  // Another search does not lose what was chosen; without one the newest are there again.
  await box.fill('没有这个标题');
  await fresh.getByText('找到 0 项').waitFor();
  expect(await choice.inputValue()).toBe('report-4321');
  await box.fill('');
  await expect.poll(async () => (await titles()).length).toBeGreaterThan(100);
  expect(await choice.inputValue()).toBe('report-4321');
  await page.close();
}, 30_000);
