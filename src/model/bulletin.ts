import type { CivilDate } from './date.ts';
import type { Paper } from './paper.ts';
import type { ScoreTable } from './record.ts';
import type { Text } from './text.ts';

/** What a subject came to in an earlier, issued period by what was entered after it. */
export interface Correction {
  period: string;
  of: 'people' | 'units';
  subject: string;
  name: string;
  /** Decimal strings. */
  was: string;
  now: string;
  /** What made the difference: a line that is new in it, or no longer there. */
  causes: {
    line: string;
    name: Text;
    record: string | null;
    moment: { is: string; on: CivilDate } | null;
    /** Negative where it is taken away. */
    points: string;
  }[];
}

/** A period's count as it was taken: once issued, these bytes stay. */
export interface Bulletin {
  period: string;
  countedOn: CivilDate;
  /** The versions of the config in force in the period, in their order: each moment is paid by its day's. */
  configVersion: string;
  people: ScoreTable;
  units: ScoreTable;
  corrections: Correction[];
}

/** With what is printed of it. */
export interface FrozenBulletin extends Bulletin {
  paper: Paper;
}
