import { expect, test } from 'vitest';
import { usePortal } from './portal.ts';

const portal = usePortal();

test('a page speaks traditional Chinese by a catalogue alone, and a portal renames a label', async () => {
  const page = await portal.open('huantai', 'author-1', 'report');
  const title = page.locator('mq-report-form h2');
  await title.getByText('反映社情民意').waitFor();
  const spoken = () => page.locator('mq-county').getAttribute('lang');
  expect(await spoken()).toBe('zh-CN');
  // As a module of the portal's would: written as text, so that the page itself imports it.
  await page.evaluate(`import('/minqing.js').then(({ teach }) => {
    teach('zh-TW', { formTitle: '反映社情民意(繁體)', secrecy: '非涉密系統,嚴禁填報涉密資訊' });
    teach('en', { formTitle: 'Tell the committee' });
    document.querySelector('mq-county').setAttribute('language', 'zh-TW');
  })`);
  await title.getByText('反映社情民意(繁體)').waitFor();
  expect(await spoken()).toBe('zh-TW');
  await page.getByText('非涉密系統,嚴禁填報涉密資訊').first().waitFor();
  await page.evaluate(() => document.querySelector('mq-county')?.setAttribute('language', 'en'));
  await title.getByText('Tell the committee').waitFor();
  expect(await spoken()).toBe('en');
});
