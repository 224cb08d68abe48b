import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScoreTable } from '../../src/model/record.ts';
import { openStories, tell } from './gallery.ts';

let gallery: Awaited<ReturnType<typeof openStories>>;
beforeAll(async () => {
  gallery = await openStories();
});
afterAll(async () => {
  expect(gallery.complaints).toEqual([]);
  await gallery.close();
});

/** The page with the printer's part played: what it would print stays until it is `printed`. */
async function withPrinter(width = 1280): Promise<Page> {
  const page = await gallery.open(width);
  await page.evaluate(() => (window.print = () => document.body.setAttribute('data-printing', '')));
  return page;
}
async function toPrint(page: Page): Promise<void> {
  await page.locator('body[data-printing]').waitFor();
  await page.emulateMedia({ media: 'print' });
}
async function printed(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => {
    document.body.removeAttribute('data-printing');
    window.dispatchEvent(new Event('afterprint'));
  });
}

test('a place on the board tells its change since the quarter before, and the table is printed alone and downloaded', async () => {
  const page = await withPrinter();
  const answers: ScoreTable[] = [];
  page.on('response', async (answer) => {
    if (/\/scores\?period=/.test(answer.url())) answers.push(await answer.json());
  });
  await tell(page, { story: 'scoreboard.quarter', state: 'filled' });
  const board = page.locator('mq-scoreboard');
  await board.locator('[data-moved]').first().waitFor();
  const now = answers.find(({ before }) => answers.some(({ period }) => period === before));
  const last = answers.find(({ period }) => period === now?.before);
  expect(last?.subjects.length).toBeGreaterThan(0);
  const ranked = (now?.subjects ?? []).filter(({ rank }) => rank !== null);
  const moves = ranked.map(({ id, rank, group }) => {
    const was = last?.subjects.find((one) => one.id === id);
    return [id, was?.rank == null || was.group !== group ? 'new' : String(was.rank - (rank ?? 0))];
  });
  const shown = await board.locator('tr[data-subject]').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const moved = row.querySelector('[data-moved]')?.getAttribute('data-moved');
      return moved ? [[row.getAttribute('data-subject'), moved]] : [];
    }),
  );
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(moves));
  expect(new Set(moves.map(([, move]) => move)).size).toBeGreaterThan(2);

  await board.locator('[data-print]').click();
  await toPrint(page);
  expect(await board.locator('.standings table').first().isVisible()).toBe(true);
  for (const left of ['h2', '[data-print]', 'input.period', 'td button'])
    expect(await board.locator(left).first().isVisible()).toBe(false);
  await printed(page);
  expect(await board.locator('input.period').isVisible()).toBe(true);

  const [file] = await Promise.all([page.waitForEvent('download'), board.locator('[data-download]').click()]);
  expect(file.suggestedFilename()).toMatch(/^成绩榜 \d{4}-Q\d\.xlsx$/);
  // The office prints anybody's sheet of the year and the letter to their employer.
  await board.locator('tr[data-subject] button').first().click();
  await board.locator('[data-preview="employer"]').click();
  expect(await board.locator('.paper').innerText()).toMatch(/共报送社情民意信息 \d+ 条/);
  await page.close();
});

test('of the desk one report is printed, or a paper as it will look, with the margins of its own', async () => {
  const page = await withPrinter();
  await tell(page, { story: 'review-desk.open', state: 'filled' });
  const desk = page.locator('mq-review-desk');
  await desk.locator('[data-papers]').press('Enter');
  await desk.locator('[data-print-thing]').click();
  await toPrint(page);
  expect(await desk.locator('article .title').isVisible()).toBe(true);
  expect(await desk.locator('ol.history').isVisible()).toBe(true);
  for (const left of ['.list', '.acts', '[data-print-thing]'])
    expect(await desk.locator(left).first().isVisible()).toBe(false);
  await printed(page);
  expect(await desk.locator('.list').isVisible()).toBe(true);

  await desk.locator('[data-preview="sign-off"]').click();
  await desk.locator('[data-print]').click();
  await toPrint(page);
  const paper = desk.locator('.paper');
  expect(await paper.isVisible()).toBe(true);
  expect(await desk.locator('article .title').isVisible()).toBe(false);
  const rules = await page.evaluate(() =>
    document.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)),
  );
  expect(rules.join()).toMatch(/@page \{[^}]*margin: 104\.9pt 73\.7pt 99\.2pt 79\.4pt/);
  await printed(page);
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  await page.close();
});

test('an author looks at the sheet of the year as it will print', async () => {
  const page = await withPrinter(360);
  await tell(page, { story: 'my-reports', state: 'filled' });
  const mine = page.locator('mq-my-reports');
  await mine.locator('[data-preview="yearly"]').click();
  expect(await mine.locator('.paper').innerText()).toContain('年度');
  expect(await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)).toBe(false);
  await page.close();
});
