import {
  AlignmentType,
  Document,
  HeadingLevel,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Paper, PaperPart } from '../model/paper.ts';

const isNumber = (cell: string) => /^-?\d+(\.\d+)?%?$/.test(cell);
/** As official papers are set: a Chinese serif face, titles centred, lines well apart. */
const serif = { ascii: 'Times New Roman', eastAsia: '仿宋', hAnsi: 'Times New Roman' };
const heads = { ascii: 'Times New Roman', eastAsia: '黑体', hAnsi: 'Times New Roman' };

/** The paper as Word opens it, and WPS. */
export async function docxOf(paper: Paper): Promise<Uint8Array> {
  const document = new Document({
    title: paper.title,
    styles: { default: { document: { run: { font: serif, size: 28 } } } },
    sections: [
      {
        properties: { page: { margin: { top: 1440, bottom: 1440, left: 1300, right: 1300 } } },
        children: [
          new Paragraph({
            heading: HeadingLevel.TITLE,
            alignment: AlignmentType.CENTER,
            spacing: { after: 200 },
            children: [
              new TextRun({ text: paper.title, bold: true, size: 40, font: heads, color: '000000' }),
            ],
          }),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 300 },
            children: [new TextRun({ text: paper.subtitle, size: 24 })],
          }),
          ...paper.parts.flatMap(partOf),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function partOf(part: PaperPart): (Paragraph | Table)[] {
  const heading =
    part.heading === ''
      ? []
      : [
          new Paragraph({
            heading: HeadingLevel.HEADING_1,
            spacing: { before: 300, after: 150 },
            children: [new TextRun({ text: part.heading, size: 30, font: heads, color: '000000' })],
          }),
        ];
  if ('paragraphs' in part)
    return [
      ...heading,
      ...part.paragraphs.flatMap((text) =>
        text.split('\n').map(
          (line) =>
            new Paragraph({
              indent: { firstLine: 560, firstLineChars: 200 },
              spacing: { line: 440 },
              children: [new TextRun(line)],
            }),
        ),
      ),
    ];
  return [
    ...heading,
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: [rowOf(part.head, true), ...part.rows.map((row) => rowOf(row, false))],
    }),
  ];
}

function rowOf(cells: readonly string[], head: boolean): TableRow {
  return new TableRow({
    tableHeader: head,
    cantSplit: true,
    children: cells.map(
      (text) =>
        new TableCell({
          margins: { top: 40, bottom: 40, left: 80, right: 80 },
          children: [
            new Paragraph({
              alignment: isNumber(text) ? AlignmentType.RIGHT : AlignmentType.LEFT,
              children: [new TextRun({ text, bold: head, size: 21 })],
            }),
          ],
        }),
    ),
  });
}
