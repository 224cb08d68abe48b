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
