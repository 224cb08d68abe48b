import {
  AlignmentType,
  BorderStyle,
  Document,
  LineRuleType,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { PaperId } from '../model/paper.ts';
import type { Language } from '../model/text.ts';

/** One block of a template, in the order in which it is read. */
type Block =
  | { red: string }
  | { rule: true }
  | { title: string }
  | { middle: string }
  | { line: string }
  | { text: string }
  | { right: string }
  | { rows: [label: string, value: string][] }
  | { list: string; head: string[]; cells: string[] };

/** As official papers have it: 28 points. */
const LINE = { line: 560, lineRule: LineRuleType.EXACT };

const serif = { ascii: 'Times New Roman', eastAsia: '仿宋', hAnsi: 'Times New Roman' };
const heads = { ascii: 'Times New Roman', eastAsia: '方正小标宋简体', hAnsi: 'Times New Roman' };

/**
 * The template that a paper has while the county has none of its own; also the one to begin from in Word. Each is what
 * the blocks below say, and nothing that a clerk could not change.
 */
export async function defaultTemplate(paper: PaperId, language: Language): Promise<Uint8Array> {
  const document = new Document({
    styles: { default: { document: { run: { font: serif, size: 32 } } } },
    sections: [
      {
        properties: { page: { margin: { top: 2098, bottom: 1984, left: 1588, right: 1474 } } },
        children: blocks[paper](language === 'zh').map(blockOf),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

const blocks: Record<PaperId, (zh: boolean) => Block[]> = {
  issue: (zh) => [
    { red: '{journal}' },
    { middle: zh ? '{year} 年第 {number} 期' : '{year}, no. {number}' },
    { line: zh ? '{county}办公室          {issued}' : '{county}, office          {issued}' },
    { rule: true },
    { line: '{#pieces}' },
    { title: '{title}' },
    { text: '{text}' },
    { right: zh ? '({unit} {authors})' : '({unit} {authors})' },
    { line: '{/pieces}' },
    { rule: true },
    { line: zh ? '报送:{destinations}' : 'To: {destinations}' },
  ],
  'sign-off': (zh) => [
    { title: zh ? '{county}社情民意信息签批单' : '{county}: sign-off sheet' },
    {
      rows: zh
        ? [
            ['编号', '{id}'],
            ['标题', '{title}'],
            ['反映人', '{authors}'],
            ['报送单位', '{unit}'],
            ['来源渠道', '{channel}'],
            ['现处环节', '{stage}'],
            ['办理期限', '{due}'],
          ]
        : [
            ['Number', '{id}'],
            ['Title', '{title}'],
            ['Author', '{authors}'],
            ['Sending unit', '{unit}'],
            ['Channel', '{channel}'],
            ['Stage', '{stage}'],
            ['Due', '{due}'],
          ],
    },
    {
      list: 'steps',
      head: zh ? ['日期', '办理', '办理人', '意见'] : ['Day', 'Act', 'By', 'Opinion'],
      cells: ['{on}', '{act}', '{by}', '{said}'],
    },
    { line: zh ? '领导签批:' : 'Signature:' },
    { line: '' },
    { right: '{today}' },
  ],
  transfer: (zh) =>
    letter(zh, zh ? '转办函' : 'Letter of transfer', '{lead}', [
      zh
        ? '现将社情民意信息《{title}》({id})转去,请研究办理:'
        : 'The report "{title}" ({id}) is passed on to you to be dealt with:',
      '{task}',
      zh ? '会办单位:{co-handlers}' : 'With: {co-handlers}',
      zh ? '请于 {due} 前将办理情况书面答复我们。' : 'Please reply in writing by {due}.',
    ]),
  supervision: (zh) =>
    letter(zh, zh ? '督办函' : 'Letter of supervision', '{lead}', [
      zh
        ? '你单位承办的《{title}》({id})应于 {due} 前办复,现处“{stage}”。'
        : 'Your reply on "{title}" ({id}) is due on {due}; it is at "{stage}".',
      '{task}',
      zh ? '请抓紧办理,并将进展报我们。' : 'Please go on with it without delay and tell us how it stands.',
    ]),
  notice: (zh) => [
    ...letter(zh, zh ? '社情民意信息采用通知' : 'Notice of adoption', '{authors}', [
      zh ? '您反映的《{title}》已被采用,情况如下:' : 'Your report "{title}" was adopted:',
    ]).slice(0, -2),
    {
      list: 'results',
      head: zh ? ['日期', '成果', '层级', '载体'] : ['Day', 'Result', 'Level', 'Outlet'],
      cells: ['{on}', '{result}', '{level}', '{outlet}'],
    },
    { text: zh ? '感谢您的关心和支持。' : 'Thank you.' },
    { right: '{county}' },
    { right: '{today}' },
  ],
  yearly: (zh) => [
    { title: zh ? '{person}同志 {period} 年度社情民意工作清单' : '{person}: {period}' },
    {
      rows: zh
        ? [
            ['身份', '{kind}'],
            ['所属组织', '{organisation}'],
            ['得分', '{points}'],
            ['名次', '{rank}'],
            ['等次', '{grade}'],
          ]
        : [
            ['Kind', '{kind}'],
            ['Organisation', '{organisation}'],
            ['Points', '{points}'],
            ['Rank', '{rank}'],
            ['Grade', '{grade}'],
          ],
    },
    {
      list: 'quotas',
      head: zh ? ['任务', '应报', '已报', '尚差'] : ['Task', 'Needed', 'Done', 'Short'],
      cells: ['{task}', '{need}', '{done}', '{short}'],
    },
    {
      list: 'reports',
      head: zh ? ['编号', '标题', '现处环节', '成果'] : ['Number', 'Title', 'Stage', 'Results'],
      cells: ['{id}', '{title}', '{stage}', '{results}'],
    },
    {
      list: 'lines',
      head: zh ? ['计分项', '依据', '日期', '得分'] : ['Line', 'Clause', 'Day', 'Points'],
      cells: ['{line}', '{clause}', '{on}', '{points}'],
    },
    { right: zh ? '{county} {today}' : '{county}, {today}' },
  ],
  employer: (zh) =>
    letter(zh, zh ? '履职情况函' : 'Letter to the employer', zh ? '{organisation}' : '{organisation}', [
      zh
        ? '{person}同志({kind}){period} 年度共报送社情民意信息 {sent} 条,其中被采用 {adopted} 条,得 {points} 分,名次 {rank}。'
        : 'In {period} {person} ({kind}) sent {sent} reports, of which {adopted} were adopted: {points} points, rank {rank}.',
      zh ? '感谢贵单位对政协工作的支持。' : 'We thank you for your support.',
    ]),
};

function letter(zh: boolean, title: string, to: string, paragraphs: string[]): Block[] {
  return [
    { red: '{county}' },
    { rule: true },
    { title },
    { line: zh ? `${to}:` : `${to}:` },
    ...paragraphs.map((text): Block => ({ text })),
    { right: '{county}' },
    { right: '{today}' },
  ];
}

function blockOf(block: Block): Paragraph | Table {
  if ('red' in block) return centred(block.red, { size: 64, color: 'C00000', bold: true, font: heads });
  if ('rule' in block)
    return new Paragraph({
      border: { bottom: { style: BorderStyle.SINGLE, size: 18, color: 'C00000', space: 1 } },
      spacing: { after: 200 },
    });
  if ('title' in block) return centred(block.title, { size: 44, font: heads });
  if ('middle' in block) return centred(block.middle, {});
  if ('line' in block) return new Paragraph({ spacing: LINE, children: [new TextRun(block.line)] });
  if ('text' in block)
    return new Paragraph({
      indent: { firstLine: 640, firstLineChars: 200 },
      spacing: LINE,
      children: [new TextRun(block.text)],
    });
  if ('right' in block)
    return new Paragraph({
      alignment: AlignmentType.RIGHT,
      spacing: LINE,
      children: [new TextRun(block.right)],
    });
  if ('rows' in block) return tableOf(block.rows.map((cells) => row(cells, [25, 75])));
  const { list, head, cells } = block;
  const last = cells.length - 1;
  const filled = cells.map(
    (cell, at) => `${at === 0 ? `{#${list}}` : ''}${cell}${at === last ? `{/${list}}` : ''}`,
  );
  return tableOf([row(head, [], true), row(filled)]);
}

function centred(
  text: string,
  run: { size?: number; color?: string; bold?: boolean; font?: typeof heads },
): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 120, after: 240 },
    children: [new TextRun({ text, ...run })],
  });
}
function tableOf(rows: TableRow[]): Table {
  return new Table({ width: { size: 100, type: WidthType.PERCENTAGE }, rows });
}
function row(cells: readonly string[], widths: readonly number[] = [], head = false): TableRow {
  return new TableRow({
    tableHeader: head,
    cantSplit: true,
    children: cells.map(
      (text, at) =>
        new TableCell({
          margins: { top: 60, bottom: 60, left: 100, right: 100 },
          width: { size: widths[at] ?? 100 / cells.length, type: WidthType.PERCENTAGE },
          children: [new Paragraph({ children: [new TextRun({ text, bold: head, size: 24 })] })],
        }),
    ),
  });
}
