import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { paragraphsOf, partsOf } from '../../components/report-form/word-file.ts';
import type { FieldView } from '../../src/model/view.ts';

const field = (name: string, label: string, type: FieldView['type'], headings: string[] = []): FieldView => ({
  name,
  label,
  type,
  headings,
  hint: null,
  required: true,
  onDemand: false,
  limit: type === 'text' ? 60 : 800,
  pictures: false,
  options: [],
  tie: null,
  value: null,
});
const fields = [
  field('title', '标题', 'text', ['题目']),
  field('situation', '情况', 'long-text', ['基本情况', '现状']),
  field('analysis', '分析', 'long-text', ['问题分析', '原因分析']),
  field('suggestion', '建议', 'long-text', ['对策建议']),
];
const parts = (...lines: string[]) => Object.fromEntries(partsOf(lines, fields));

test('a Word file’s paragraphs are read with runs joined, tables in order and nothing of their look', async () => {
  const document = new Document({
    sections: [
      {
        children: [
          new Paragraph({ text: '关于<路灯>&照明的建议', heading: HeadingLevel.TITLE }),
          new Paragraph({
            children: [new TextRun('村口'), new TextRun({ text: '路灯', bold: true }), new TextRun('不亮')],
          }),
          new Paragraph(''),
          new Table({
            rows: [new TableRow({ children: [new TableCell({ children: [new Paragraph('三盏')] })] })],
          }),
          new Paragraph({ children: [new TextRun('上'), new TextRun({ text: '下', break: 1 })] }),
        ],
      },
    ],
  });
  const bytes = new Uint8Array(await Packer.toBuffer(document));
  expect(paragraphsOf(bytes)).toEqual(['关于<路灯>&照明的建议', '村口路灯不亮', '三盏', '上', '下']);
});

test('as WPS writes it, with a text box twice and a revision’s deleted words, it is read once and as it now is', () => {
  const xml = `<w:document xmlns:w="w" xmlns:mc="m"><w:body>
    <w:p w:rsidR="1"><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">题目:路灯 </w:t></w:r></w:p>
    <w:p><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>框内</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>框内</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:p>
    <w:p><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:r><w:tab/><w:t>留下&#x4e00;</w:t></w:r></w:p>
  </w:body></w:document>`;
  expect(paragraphsOf(zipSync({ 'word/document.xml': strToU8(xml) }))).toEqual([
    '题目:路灯',
    '框内',
    '留下一',
  ]);
});

test('what is no Word file is said to be none', () => {
  expect(paragraphsOf(strToU8('%PDF-1.7'))).toBeNull();
  expect(paragraphsOf(zipSync({ 'other.xml': strToU8('<a/>') }))).toBeNull();
  expect(paragraphsOf(new Uint8Array())).toBeNull();
});

test.each([
  ['一、基本情况', '二、问题分析', '三、对策建议'],
  ['(一)情况:', '(二)原因分析', '(三)建议如下:'],
  ['1.现状', '2.分析', '3.建议'],
  ['情况', '分析', '建议'],
])('under %s, %s and %s each part is found', (situation, analysis, suggestion) => {
  expect(
    parts('关于路灯的建议', situation, '不亮。', '三盏。', analysis, '老化。', suggestion, '更换。'),
  ).toEqual({
    title: '关于路灯的建议',
    situation: '不亮。\n三盏。',
    analysis: '老化。',
    suggestion: '更换。',
  });
});

test('a heading and its text may share a line, the title may be named, and a sentence that begins like a heading is none', () => {
  expect(parts('社情民意信息', '题目:路灯', '情况:不亮。', '建议有人管。', '建议:更换。')).toEqual({
    title: '路灯',
    situation: '社情民意信息\n不亮。\n建议有人管。',
    suggestion: '更换。',
  });
});

test('what stands under no heading goes into the first long text, and nothing is lost', () => {
  expect(parts('村口路灯不亮,已有三个月。', '请更换。')).toEqual({
    situation: '村口路灯不亮,已有三个月。\n请更换。',
  });
});
