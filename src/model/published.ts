import type { CivilDate, Instant } from './date.ts';

/** What is public of a report or of its handling: no name of a person, no text of the report, no instruction. */
export interface PublicStatus {
  county: string;
  title: string;
  stage: string;
  since: Instant;
  /** What happened to it, of the acts that the county tells; empty for what is being handled, which tells it below. */
  told: PublicTold[];
  /** What is done about it, where the county publishes that too. */
  handling: PublicHandling[];
}
export interface PublicTold {
  on: CivilDate;
  what: string;
  words: { label: string; value: string }[];
}
export interface PublicHandling {
  title: string;
  stage: string;
  since: Instant;
  /** The lead first. */
  by: string[];
  due: CivilDate | null;
  /** The progress that was reported, the reply once it was let out, and the acts that the county tells. */
  told: PublicTold[];
  satisfaction: string | null;
}
