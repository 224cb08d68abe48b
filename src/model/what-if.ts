import type { CivilDate } from './date.ts';
import type { Text } from './text.ts';
import type { LogEntry, ThingKind } from './thing.ts';

/** Where a thing stands, in the words of the rules it follows. */
export interface Place {
  id: string;
  label: Text;
}

/** A due date that was over before the thing moved on. */
export interface Missed {
  stage: Place;
  due: CivilDate;
  /** When it moved on; null where it still stands there. */
  left: CivilDate | null;
}

/** The act at which the replay of a thing came to something else, or to its end. */
export interface ReplayedAct {
  sequence: number;
  on: CivilDate;
  action: LogEntry['action'];
  label: Text;
}

/**
 * Why a replay goes no further: the new flow has no such action there; its rules or its time do not offer it; it is
 * another's to take; or no branch of it holds.
 */
export type Stop = 'no-action' | 'not-offered' | 'not-theirs' | 'no-branch';

/** One thing under other rules, where anything of it is otherwise. */
export interface ReplayedThing {
  kind: ThingKind;
  id: string;
  began: CivilDate;
  /** The first act after which it would have stood elsewhere. */
  apart: (ReplayedAct & { was: Place; now: Place }) | null;
  /** The act that the new flow has no place for; nothing after it is counted on either side. */
  stopped: (ReplayedAct & { at: Place; why: Stop }) | null;
  /** Where it stood at last, or at the act before the stop. */
  end: { was: Place; now: Place };
  missed: { was: Missed[]; now: Missed[] };
}

/** How often something was so, and how often it would have been. */
export interface Counted {
  kind: ThingKind | null;
  id: string;
  label: Text;
  was: number;
  now: number;
}

/** A period's things under other rules, from their logs. */
export interface WhatIf {
  county: string;
  from: CivilDate;
  to: CivilDate;
  /** How many things began in the period, and how many of them could be replayed to their end. */
  things: number;
  whole: number;
  /** Those that would have gone another way, stopped, or missed other due dates. */
  otherwise: ReplayedThing[];
  /** People's acts by the post they were for, and how often things came to each stage. */
  posts: Counted[];
  stages: Counted[];
  /** By post, the things whose replay stopped where it would be theirs to act. */
  waiting: Counted[];
  /** Due dates missed, by stage. */
  missed: Counted[];
  /** What the new forms ask for and the old ones did not, and how often. */
  asked: { kind: ThingKind; action: Text; field: Text; times: number }[];
}
