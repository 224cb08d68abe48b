import type { CivilDate } from './date.ts';
import type { Paper } from './paper.ts';
import type { ScoreTable } from './record.ts';

/** What a subject came to in an earlier, issued period by what was entered after it. */
export interface Correction {
  period: string;
  of: 'people' | 'units';
  subject: string;
  name: string;
  /** Decimal strings. */
  was: string;
  now: string;
}

/** A period's count as it was taken: once issued, these bytes stay. */
export interface Bulletin {
  period: string;
  countedOn: CivilDate;
  people: ScoreTable;
  units: ScoreTable;
  corrections: Correction[];
}

/** With what is printed of it. */
export interface FrozenBulletin extends Bulletin {
  paper: Paper;
}
