import type { Fields } from './thing.ts';

/** A piece that a row of a list may be about. */
export interface Candidate {
  id: string;
  version: number;
  title: string;
}

/**
 * A row of a list of results, as it would be entered: `matched` to one piece; `doubtful` where somebody must choose;
 * `unmatched`; `wrong` where a cell cannot be read; `known` where the same result stands there already.
 */
export interface ResultRow {
  /** As the sheet counts, its head being 1. */
  row: number;
  title: string;
  match: 'matched' | 'doubtful' | 'unmatched' | 'wrong' | 'known';
  /** The likeliest first. */
  candidates: Candidate[];
  /** What the row says, in the words of the form for a result. */
  said: { label: string; value: string }[];
  input: Fields;
  message: string | null;
}

/** A line of records, as it would be entered. */
export interface RecordRow {
  line: number;
  id: string | null;
  match: 'new' | 'changed' | 'unchanged' | 'wrong';
  message: string | null;
}

/** A row of a directory, as it would be entered: a person or an organisation. */
export interface DirectoryRow {
  /** As the sheet counts, its head being 1; in JSON, its place in its list from 1. */
  row: number;
  of: 'people' | 'organisations';
  id: string | null;
  name: string | null;
  match: 'new' | 'changed' | 'unchanged' | 'wrong';
  /** In which column, and what to do about it. */
  problems: { column: string; message: string }[];
}
