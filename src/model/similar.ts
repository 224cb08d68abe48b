import type { CivilDate } from './date.ts';
import type { ThingRef } from './thing.ts';
import type { ThingRow } from './view.ts';

/** Where a phrase stands in each of two texts: from, and up to but without, in UTF-16 units as a page counts. */
export interface SharedPhrase {
  here: [number, number];
  there: [number, number];
}

/** A report that says much the same, as far as this reader may read it. */
export interface SimilarReport extends ThingRef, Pick<ThingRow, 'version' | 'title' | 'stage' | 'authors'> {
  /** When it was submitted. */
  on: CivilDate;
  /** 0 to 100. */
  score: number;
  /** At an end: nothing is merged into it any more. */
  ended: boolean;
  /** Its title and text, a field a line: what `there` counts in. */
  text: string;
  phrases: SharedPhrase[];
}

export interface SimilarReports {
  /** What was compared, in the same way: what `here` counts in. */
  text: string;
  /** The most alike first, five at most. */
  rows: SimilarReport[];
  /** How many there are besides that this reader may not read; nothing else of them is told. */
  others: number;
}
