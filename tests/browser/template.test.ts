import { Document, Packer, Paragraph } from 'docx';
import { expect, test } from 'vitest';
import { usePortal } from './portal.ts';

const portal = usePortal();

const word = async (words: string) => ({
  name: '红头.docx',
  mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  buffer: await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph(words)] }] })),
});

test('a clerk takes a template, gives one with a wrong field, then a right one, sees its sample, and goes back to the built-in one', async () => {
  const page = await portal.open('huantai', 'admin', 'config');
  const studio = page.locator('mq-config-studio');
  await studio.getByText('打印模板(Word)').press('Enter');
  const row = studio.locator('[data-paper="sign-off"]');
  await row.getByText('内置模板').waitFor();
  const saved = async (what: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      row.getByRole('button', { name: what }).click(),
    ]);
    return file.suggestedFilename();
  };
  expect(await saved('下载模板')).toBe('签批单.docx');

  const upload = row.getByLabel('上传模板:签批单');
  await upload.setInputFiles(await word('签批单 {titel}'));
  await studio.getByRole('alert').getByText('{titel}:没有这个字段').waitFor();
  await upload.setInputFiles(await word('签批单 {title}'));
  await studio.getByText('已存为第 2 版草案').waitFor();
  await studio.locator('[data-version="2"] .differences').getByText('papers').waitFor();
  await row.getByText('本县模板').waitFor();
  expect(await saved('看样张')).toBe('签批单.docx');
  // One more is drafted over the draft that is open, and loses nothing of it.
  await studio.getByLabel('上传模板:采用通知').setInputFiles(await word('通知 {title}'));
  await studio.getByText('已存为第 3 版草案').waitFor();
  await row.getByRole('button', { name: '恢复内置' }).click();
  await studio.getByText('已存为第 4 版草案').waitFor();
  await row.getByText('内置模板').waitFor();
  await studio.locator('[data-paper="notice"]').getByText('本县模板').waitFor();

  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
