import { Document, Packer, Paragraph } from 'docx';
import { expect, test } from 'vitest';
import { form, sentId, write } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();

const lines = [
  '关于修复东环路路灯的建议',
  '一、基本情况',
  '三盏路灯不亮。',
  '二、原因分析',
  '线路老化。',
  '三、对策建议',
  '更换线路。',
];
const word = async (...paragraphs: string[]) =>
  Packer.toBuffer(new Document({ sections: [{ children: paragraphs.map((text) => new Paragraph(text)) }] }));

test('a Word file chosen, or dropped on the form, fills the fields to be checked and sent; another file is refused in words', async () => {
  const page = await portal.open('huantai', 'author-1', 'report');
  const one = form(page);
  const chosen = one.getByLabel('用 Word/WPS 文件填写');
  const value = (name: RegExp) => one.getByRole('textbox', { name }).inputValue();
  await chosen.setInputFiles({
    name: '旧文件.doc',
    mimeType: 'application/msword',
    buffer: Buffer.from('old'),
  });
  await one.getByRole('status').getByText('读不出“旧文件.doc”').waitFor();
  await chosen.setInputFiles({
    name: '路灯.docx',
    mimeType: 'application/zip',
    buffer: await word(...lines),
  });
  await one.getByRole('status').getByText('已从“路灯.docx”填入:标题、情况、分析、建议').waitFor();
  expect(await value(/^标题/)).toBe('关于修复东环路路灯的建议');
  expect(await value(/^情况/)).toBe('三盏路灯不亮。');
  expect(await value(/^分析/)).toBe('线路老化。');
  expect(await value(/^建议/)).toBe('更换线路。');

  // Dropped: what is written already stays before it.
  const bytes = [...(await word('建议:', '明确管护单位。'))];
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(content)], '补充.docx'));
    return data;
  }, bytes);
  await one.locator('form').dispatchEvent('drop', { dataTransfer: transfer });
  await one.getByRole('status').getByText('已从“补充.docx”填入:建议').waitFor();
  expect(await value(/^建议/)).toBe('更换线路。\n明确管护单位。');
  await one.getByRole('button', { name: '提交', exact: true }).press('Enter');
  await one.getByRole('button', { name: '确认提交' }).press('Enter');
  await sentId(page);
});

test('a file dropped on a lead or on answers that are looked over leaves the page where it is; a picture becomes a photo', async () => {
  const page = await portal.open('huantai', 'author-2', 'report');
  const one = form(page);
  /** Whether the browser may still open the file. */
  const drop = (name: string, type: string) =>
    one.locator('form').evaluate(
      (target, [name, type]) => {
        const dataTransfer = new DataTransfer();
        const dot =
          'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
        const bytes = Uint8Array.from(atob(dot), (letter) => letter.charCodeAt(0));
        dataTransfer.items.add(new File([bytes], String(name), { type: String(type) }));
        return target.dispatchEvent(
          new DragEvent('drop', { dataTransfer, cancelable: true, bubbles: true, composed: true }),
        );
      },
      [name, type],
    );
  await one.getByRole('textbox', { name: /^标题/ }).waitFor();
  await write(page, '路灯');
  await one.getByRole('button', { name: '提交', exact: true }).press('Enter');
  await one.getByRole('button', { name: '确认提交' }).waitFor();
  expect(await drop('a.docx', '')).toBe(false);
  await page.reload();
  await one.getByRole('radio', { name: '线索' }).check();
  await one.getByRole('textbox', { name: '说几句' }).waitFor();
  expect(await drop('a.pdf', 'application/pdf')).toBe(false);
  expect(await drop('a.png', 'image/png')).toBe(false);
  await one.getByText('a.png').first().waitFor();
});
