import type { CivilDate, Instant } from './date.ts';
import type { Draft, DraftKind } from './draft.ts';
import type { DirectoryPerson, ScoreRecord } from './record.ts';
import type { ThingKind } from './thing.ts';
import type { ThingView } from './view.ts';

/** Stands for the name of whoever had their data erased. */
export const ERASED_NAME = '(已删除)';

/** What stays in the directory of whoever had their data erased: which posts they held when, by an id. */
export function withoutName(row: DirectoryPerson): DirectoryPerson {
  const { leaves: _leaves, standIns: _standIns, relations: _relations, links: _links, ...rest } = row;
  return { ...rest, name: ERASED_NAME };
}

/** All that a county keeps of one person, as they may see it themselves. */
export interface PersonData {
  county: string;
  person: string;
  /** Every entry that the directory ever had of them. */
  directory: { sequence: number; by: string; at: Instant; row: DirectoryPerson }[];
  /** What they wrote, each as they see it. */
  things: ThingView[];
  /** What they did to things that are not their own. */
  acts: { kind: ThingKind; id: string; action: string; on: CivilDate; at: Instant }[];
  /** Records of other kinds that credit them. */
  records: ScoreRecord[];
  points: { record: string; points: string; line: string; on: CivilDate }[];
  messages: { kind: string; about: string; at: Instant }[];
  /** What they wrote and have not sent. */
  drafts: (Draft & { kind: DraftKind })[];
}

/** With the files that their things hold, by a path that names the thing. */
export interface PersonExport {
  data: PersonData;
  files: { path: string; bytes: Uint8Array }[];
}
