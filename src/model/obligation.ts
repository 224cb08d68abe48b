import type { CivilDate } from './date.ts';
import type { Text } from './text.ts';

/** What somebody owes after something, such as a report after a sector's activity. */
export interface Owed {
  obligation: string;
  /** How the obligation is called. */
  label: Text;
  clause: string | null;
  /** Who owes: a person or an organisation. */
  subject: string;
  name: string;
  /** The record after which it is owed, and the day of that. */
  after: string;
  title: string;
  on: CivilDate;
  due: CivilDate;
  /** What met it, and when. */
  by: { record: string; on: CivilDate } | null;
  /** `late` is met after its due date, `missed` not met and past it. */
  state: 'open' | 'met' | 'late' | 'missed';
}
