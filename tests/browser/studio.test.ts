import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { extend, type Json } from '../../src/county/extend.ts';
import { report, sentId, send, write } from './acts.ts';
import { openPortal, usePortal } from './portal.ts';

const portal = usePortal();

test('an office changes a quota and points, sees what that would do, and publishes it; open pages follow', async () => {
  const author = await portal.open('huantai', 'author-2', 'report');
  await write(author, '关于路灯的建议');
  await send(author);
  await sentId(author);
  const mine = await portal.open('huantai', 'author-2', 'mine');
  await mine.locator('#mine').getByText('年度任务 4 篇,已报 1 篇').waitFor();

  const admin = await portal.open('huantai', 'admin', 'config');
  const studio = admin.locator('mq-config-studio');
  await studio.getByLabel('应报').fill('6');
  await studio.locator('summary', { hasText: '计分' }).click();
  const points = studio.locator('input[data-path="method/people/lines/submitted/points"]');
  await points.fill('很多');
  await studio.getByRole('button', { name: '试算' }).click();
  await studio.locator('.error', { hasText: '不是数' }).waitFor();
  expect(await points.getAttribute('aria-invalid')).toBe('true');
  await points.fill('3');
  await studio.getByRole('button', { name: '试算' }).click();
  await studio.locator('tr[data-subject="huantai-author-2"]', { hasText: '1 → 3' }).waitFor();
  await studio.getByLabel('改了什么(一句话)').fill('任务改为 6 条');
  await studio.getByRole('button', { name: '存为草案' }).click();
  await studio.getByText('已存为第 2 版草案').waitFor();
  await studio.locator('[data-version="2"]').getByText('quotas/four-a-year/need').waitFor();

  const director = await portal.open('huantai', 'office-director', 'config');
  const desk = director.locator('mq-config-studio');
  await desk.getByRole('button', { name: '第 2 版' }).click();
  await desk.getByRole('button', { name: '批准' }).click();
  // The author's report is under way, and would go over as it is.
  await desk.getByRole('button', { name: '在办的会怎样' }).click();
  await desk.getByText('在办 1 件,转新流程的话,其中 0 件不转。').waitFor();
  await desk.getByLabel('施行日期').fill('2026-01-01');
  await desk.getByLabel('在办的事项').selectOption({ label: '下一环节再转新流程' });
  const [published] = await Promise.all([
    director.waitForRequest((request) => request.url().endsWith('/2/actions/publish')),
    desk.getByRole('button', { name: '发布' }).click(),
  ]);
  expect(published.postDataJSON()).toEqual({
    from: '2026-01-01',
    underWay: { how: 'next-stage', stages: {} },
  });
  await desk.locator('[data-version="2"] [data-standing="in-force"]').waitFor();

  // The page that was open all the while, once it asks for anything.
  await mine.locator('mq-my-reports button[data-thing]').first().click();
  await mine.locator('#mine').getByText('年度任务 6 篇,已报 1 篇').waitFor();

  await desk.getByRole('button', { name: '第 1 版' }).click();
  await desk.getByRole('button', { name: '恢复此版' }).click();
  await desk.locator('[data-version="3"] [data-standing="in-force"]').waitFor();
});

test('the whole text can be edited, and its mistakes are told by line', async () => {
  const page = await portal.open('ningshan', 'admin', 'config', 'en');
  const studio = page.locator('mq-config-studio');
  await studio.getByRole('button', { name: 'Whole text (JSON)' }).click();
  const text = studio.locator('textarea');
  await text.fill((await text.inputValue()).replace('"need": 2', '"ned": 2'));
  await studio.getByRole('button', { name: 'Try it' }).click();
  await studio.getByText('"ned" is not known here').waitFor();
  await studio
    .getByText(/Line \d+, column \d+/)
    .first()
    .waitFor();
});

test('a draft that gives a stage another name is asked where what stands there goes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-studio-'));
  const read = (name: string): Json => JSON.parse(readFileSync(`configs/${name}.json`, 'utf8'));
  // In one text, so that the page can change all of it.
  const { extends: _, ...whole } = Object(extend(read('base'), read('huantai')));
  writeFileSync(join(folder, 'huantai.json'), JSON.stringify(whole, null, 2));
  const alone = await openPortal(':memory:', [], folder);
  try {
    await report(await alone.open('huantai', 'author-1', 'report'), '关于路灯的建议');
    const admin = await alone.open('huantai', 'admin', 'config');
    const studio = admin.locator('mq-config-studio');
    await studio.getByRole('button', { name: '全文(JSON)' }).click();
    const words = studio.locator('textarea');
    await words.evaluate((area) => {
      if (!(area instanceof HTMLTextAreaElement)) return;
      // As pasted: to type so much takes a browser seconds.
      area.value = area.value.replaceAll('"initial-check"', '"first-look"');
      area.dispatchEvent(new InputEvent('input'));
    });
    await studio.getByLabel('改了什么(一句话)').fill('初核改名');
    await studio.getByRole('button', { name: '存为草案' }).click();
    await studio.getByText('已存为第 2 版草案').waitFor();

    const director = await alone.open('huantai', 'office-director', 'config');
    const desk = director.locator('mq-config-studio');
    await desk.getByRole('button', { name: '第 2 版' }).click();
    await desk.getByRole('button', { name: '批准' }).click();
    await desk.getByRole('button', { name: '在办的会怎样' }).click();
    await desk.getByText('在办 1 件,转新流程的话,其中 1 件不转。').waitFor();
    await desk.getByLabel('信息:新流程没有“初核”,在此环节的改到').selectOption({ label: '初核' });
    await desk.getByText('在办 1 件,转新流程的话,其中 0 件不转。').waitFor();
    await desk.getByLabel('施行日期').fill('2026-01-01');
    await desk.getByLabel('在办的事项').selectOption({ label: '立即转新流程' });
    const [published] = await Promise.all([
      director.waitForRequest((request) => request.url().endsWith('/2/actions/publish')),
      desk.getByRole('button', { name: '发布' }).click(),
    ]);
    expect(published.postDataJSON()).toMatchObject({
      underWay: { how: 'now', stages: { report: { 'initial-check': 'first-look' } } },
    });
    await desk.locator('[data-version="2"] [data-standing="in-force"]').waitFor();
    expect(alone.complaints).toEqual([]);
  } finally {
    await alone.close();
    rmSync(folder, { recursive: true });
  }
});

test('who may not change the config is not shown the way to it', async () => {
  const page = await portal.open('huantai', 'checker', 'report');
  await page.locator('mq-report-form form').waitFor();
  expect(await page.locator('nav.main a[href="#config"]').isVisible()).toBe(false);
});
