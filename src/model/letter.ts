import type { CivilDate } from './date.ts';
import type { Text } from './text.ts';

/** By which a link names a thing of another committee, `its-id/piece-3`; it has no other end here. */
export const COMMITTEE = 'committee';

/** How another committee is called where a log says who acted, and where letters to it wait. */
export function committeeActor(committee: string): string {
  return `${COMMITTEE}:${committee}`;
}
export function isCommittee(actor: string): boolean {
  return actor.startsWith(`${COMMITTEE}:`);
}

interface Head {
  /** The same however often it is sent, so that it is taken once. */
  id: string;
  /** Committees by the ids of their configs. */
  from: string;
  to: string;
  /** The lower committee's piece that it is about. */
  piece: string;
}
/** A piece that was dispatched to the committee above. */
export interface Submission extends Head {
  is: 'submission';
  on: CivilDate;
  title: string;
  text: string;
  confidential: boolean;
  /** Names of the files that follow, each in a letter of its own; none without it. */
  files?: string[];
}
/** A file of what was sent there; its bytes come beside it. */
export interface Attachment extends Head {
  is: 'attachment';
  /** The submission's id. */
  of: string;
  /** As the lower committee knows it. */
  file: string;
  name: string;
  /** Of its bytes as they go; null where it has been deleted below meanwhile. */
  sha256?: string | null;
}
/** What became of it there, in words: `report` is its number above. */
export interface Word extends Head {
  is: 'word';
  report: string;
  what: Text;
  /** What was said to whoever sent it. */
  said: { zh: string; en: string } | null;
}
/** What it came to: adopted, instructed on, taken up. The words of an instruction stay where they were written. */
export interface Result extends Head {
  is: 'result';
  moment: { is: string; on: CivilDate } & Partial<Record<ResultFact, string>>;
}
/** What one committee tells another of what it sent up, or of what became of that. */
export type Letter = Submission | Attachment | Word | Result;

export const resultFacts = ['level', 'outlet', 'form', 'body', 'leader'] as const;
export type ResultFact = (typeof resultFacts)[number];
