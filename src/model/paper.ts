/** A paper to be printed, before it is Word, Excel or a page: parts in their order. */
export interface Paper {
  title: string;
  subtitle: string;
  parts: PaperPart[];
}
export type PaperPart =
  { heading: string; paragraphs: string[] } | { heading: string; head: string[]; rows: string[][] };

/** A rendered paper, ready to be kept or sent. */
export interface PrintedFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** The papers that are printed from a template: of a thing, or of a person and a period. */
export const thingPapers = ['issue', 'sign-off', 'transfer', 'supervision', 'notice'] as const;
export const personPapers = ['yearly', 'employer'] as const;
export const paperIds = [...thingPapers, ...personPapers] as const;
export type ThingPaper = (typeof thingPapers)[number];
export type PersonPaper = (typeof personPapers)[number];
export type PaperId = (typeof paperIds)[number];

export const paperNames: Readonly<Record<PaperId, { zh: string; en: string }>> = {
  issue: { zh: '刊物(本期)', en: 'The issue' },
  'sign-off': { zh: '签批单', en: 'Sign-off sheet' },
  transfer: { zh: '转办函', en: 'Letter of transfer' },
  supervision: { zh: '督办函', en: 'Letter of supervision' },
  notice: { zh: '采用通知', en: 'Notice of adoption' },
  yearly: { zh: '年度个人清单', en: 'Yearly sheet' },
  employer: { zh: '致所在单位函', en: 'Letter to the employer' },
};

/** What fills a template: a word a field, or for a list one such set an item. */
export interface PaperData {
  [field: string]: string | PaperData[];
}
/** A field that a template can name; `list` where it is a list, with what each of its items has. */
export interface PaperField {
  name: string;
  label: { zh: string; en?: string } | string;
  list?: PaperField[];
}

/** A Word paper as it will print, for the screen. Lengths are points. */
export interface PaperPage {
  width: number;
  height: number;
  /** Above, right, below, left. */
  margins: [number, number, number, number];
  blocks: PageBlock[];
}
export type PageBlock = PageParagraph | { rows: { span: number; paragraphs: PageParagraph[] }[][] };
export interface PageParagraph {
  align: 'left' | 'center' | 'right' | 'justify';
  /** Of the first line. */
  indent: number;
  before: number;
  after: number;
  /** How high a line is, in points, or how many times as high as its type. */
  line: { points: number } | { times: number };
  /** The colour of a line under it; null for none. */
  rule: string | null;
  runs: PageRun[];
}
export interface PageRun {
  text: string;
  size: number;
  bold: boolean;
  /** `#c00000`; null for the reader's own. */
  colour: string | null;
}
