import type { Text } from './text.ts';

/** What one rule does to a subject under the new config against the old. */
export interface LineMove {
  line: string;
  name: Text;
  /** Decimal strings. */
  was: string;
  now: string;
}
/** How one subject moves. */
export interface Move {
  id: string;
  name: string;
  group: string | null;
  /** The group in the county's words. */
  groupName?: Text;
  was: { points: string | null; rank: number | null; grade: string | null };
  now: { points: string | null; rank: number | null; grade: string | null };
  /** New less old; null where the subject stands in one table alone. */
  difference: string | null;
  lines: LineMove[];
  /** What changes beside the points: money, outcomes, columns, figures. */
  others: OtherMove[];
}
export interface OtherMove {
  what: 'money' | 'outcomes' | `columns.${string}` | `figures.${string}`;
  name: Text;
  /** Decimal strings, or what follows in the method's words; null where there is none. */
  was: Text | null;
  now: Text | null;
}
export interface Simulation {
  period: string;
  /** Those who move, the largest move first. */
  moves: Move[];
  /** How many stay as they were. */
  unmoved: number;
}
