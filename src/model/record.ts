import type { CivilDate } from './date.ts';
import type { Facts } from './fact.ts';
import type { Text } from './text.ts';
import type { Moment } from './thing.ts';

/** One thing that earns points, as it enters the count; one JSON a line in a records file. */
export interface ScoreRecord {
  id: string;
  kind: string;
  authors?: { id: string; part?: 'sole' | 'first' | 'other' }[];
  /** The sending unit. */
  unit?: string;
  facts?: Facts;
  moments: Moment[];
}

export interface DirectoryOrganisation {
  id: string;
  name: string;
  kind?: string;
  group?: string;
  from?: CivilDate;
  to?: CivilDate;
}
export interface HeldPost {
  post: string;
  organisation?: string;
  from?: CivilDate;
  to?: CivilDate;
}
export interface DirectoryPerson {
  id: string;
  name: string;
  kind?: string;
  group?: string;
  organisation?: string;
  posts?: HeldPost[];
  from?: CivilDate;
  to?: CivilDate;
}

/** Everyone in it is in the table; anyone not in it stops the count. */
export interface Directory {
  organisations: DirectoryOrganisation[];
  people: DirectoryPerson[];
}

/** One line of a total: what earned or cut how much, by which rule and clause. */
export interface ScoreLine {
  id: string;
  /** The line in the method's own words. */
  name: Text;
  clause: string | null;
  /** A decimal string, negative where something is cut. */
  points: string;
  record: string | null;
  /** The moment's name and date, where a moment earned it. */
  moment: { is: string; on: CivilDate } | null;
  /** In words of the method: the table cell, the share, the cap that cut. */
  why: string | null;
}
export interface Standing {
  id: string;
  name: string;
  kind: string;
  group: string | null;
  /** A decimal string. */
  points: string;
  /** 1, 2, 3, 3, 5; null without a group. */
  rank: number | null;
  grade: string | null;
  lines: ScoreLine[];
}
export interface ScoreTable {
  period: string;
  subjects: Standing[];
}

export interface QuotaProgress {
  subject: string;
  quota: string;
  need: number;
  done: number;
}
