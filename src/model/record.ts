import type { CivilDate } from './date.ts';
import type { Facts } from './fact.ts';
import type { Text } from './text.ts';
import type { Moment } from './thing.ts';

export interface CreditedParty {
  id: string;
  part?: 'sole' | 'first' | 'other';
}

/** One thing that earns points, as it enters the count; one JSON a line in a records file. */
export interface ScoreRecord {
  id: string;
  kind: string;
  authors?: CreditedParty[];
  /** The sending unit. */
  unit?: string;
  /** Where several units made it together, instead of `unit`. */
  units?: CreditedParty[];
  /** Who handled it: units in the units' ledger, people in the other. */
  handlers?: CreditedParty[];
  organisers?: CreditedParty[];
  facts?: Facts;
  /** How it is tied to other records. */
  links?: { is: 'answers' | 'derived-from' | 'becomes' | 'attached-to' | 'merged-into'; to: string }[];
  moments: Moment[];
}

export interface DirectoryOrganisation {
  id: string;
  name: string;
  kind?: string;
  group?: string;
  /** The unit above it. */
  parent?: string;
  /** Its head-count, where its people are not listed one by one. */
  headcount?: number;
  links?: OwnContactLink[];
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
  /** Approved leave. */
  leaves?: { from: CivilDate; to: CivilDate }[];
  /** Who acts in their place, and when. */
  standIns?: { person: string; from?: CivilDate; to?: CivilDate }[];
  /** Declared relations to persons or organisations, whose reports they do not judge. */
  relations?: { to: string; kind?: string }[];
  links?: OwnContactLink[];
  from?: CivilDate;
  to?: CivilDate;
}

/** Whom somebody keeps contact with. */
export interface OwnContactLink {
  to: string;
  kind?: string;
  /** Of somebody who is not in the directory. */
  name?: string;
  since?: CivilDate;
  until?: CivilDate;
}

/** Who keeps contact with whom. */
export interface ContactLink extends OwnContactLink {
  from: string;
}

/** Everyone in it is in the table; anyone not in it stops the count. */
export interface Directory {
  organisations: DirectoryOrganisation[];
  people: DirectoryPerson[];
  /** As a file lists them together; kept with whom they begin at. */
  links?: ContactLink[];
}
/** Every contact link of a directory, wherever it stands. */
export function contactLinks({ organisations, people, links = [] }: Directory): ContactLink[] {
  const own = [...organisations, ...people].flatMap(({ id, links: its = [] }) =>
    its.map((link) => ({ from: id, ...link })),
  );
  return [...own, ...links];
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
  /** The group in the county's words, where it has any. */
  groupName?: Text;
  /** A decimal string. */
  points: string;
  /** 1, 2, 3, 3, 5; null without a group. */
  rank: number | null;
  grade: string | null;
  lines: ScoreLine[];
  /** Beside the points, where the method has them: other columns, figures shown, money, what follows. */
  columns?: Record<string, string>;
  figures?: Record<string, string | null>;
  money?: { total: string; lines: ScoreLine[] };
  outcomes?: { id: string; name: Text; clause: string | null }[];
}
/** One number of the whole table. */
export interface SummaryLine {
  id: string;
  name: Text;
  /** A decimal string; null where it has no value (0 of 0). */
  value: string | null;
  /** In per cent. */
  share?: string;
  /** What the published text says, where that is another number. */
  stated?: string;
}
export interface ScoreTable {
  period: string;
  /** The period of the same kind before it, where it is asked for to be compared; null where there is none. */
  before?: string | null;
  subjects: Standing[];
  /** How the columns, figures and money are headed. */
  heads?: { columns: Head[]; figures: Head[]; money: Text | null };
  summary?: SummaryLine[];
  /** Records that something made excellent. */
  honours?: { record: string; id: string; name: Text; on: CivilDate }[];
}
export interface Head {
  id: string;
  name: Text;
}

export interface QuotaProgress {
  subject: string;
  name: string;
  group: string | null;
  quota: string;
  /** How the quota is called. */
  label: Text;
  /** The days it is owed in. */
  window: { from: CivilDate; to: CivilDate };
  /** Decimal strings: shared work counts in parts, and a quota may be reduced to one. */
  need: string;
  done: string;
  short: string;
  /** Days left in its window, today included; 0 when it is over. */
  daysLeft: number;
  /** Has sent nothing at all. */
  silent: boolean;
  clause: string | null;
}
