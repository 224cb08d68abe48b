import type { PaperId } from './paper.ts';
import type { Simulation } from './simulation.ts';
import type { Text } from './text.ts';
import type { CivilDate, Instant } from './date.ts';
import type { ThingKind } from './thing.ts';

/** Who did something to a config, and when. */
export interface Signature {
  by: string;
  at: Instant;
}

/**
 * A county's config as it was once written. Its texts never change; what happens to it is added: it is approved, then
 * published from a day on, and superseded once another one is in force.
 */
export interface ConfigVersion {
  county: string;
  /** 1, 2, 3 …, in the order in which they were drafted. */
  number: number;
  /**
   * The county's own text, and the text of each base it extends, by name: what it says does not change with the files.
   * Beside them the Word templates that were uploaded for it, by the name that its text has for them, as base64.
   */
  text: string;
  bases: Record<string, string>;
  /** What is different, in a sentence. */
  note: string;
  /** The version whose text it takes up again. */
  backTo: number | null;
  drafted: Signature;
  approved: Signature | null;
  published: (Signature & { from: CivilDate; underWay?: UnderWay }) | null;
}

/** By kind, which stage of an earlier version becomes which of the new one; one of the same name needs no word. */
export type StageMap = Partial<Record<ThingKind, Record<string, string>>>;

/**
 * What becomes of the things under way when a version comes into force: they move over when they next change stage, or
 * at once. Where nothing is said, each finishes under the version that it began with.
 */
export interface UnderWay {
  how: 'next-stage' | 'now';
  stages: StageMap;
}

/** What the move to another version of the config makes of one thing under way. */
export interface MigrationRow {
  kind: ThingKind;
  id: string;
  /** The version whose flow it follows, and the stage where it stands. */
  from: string;
  stage: { id: string; label: string };
  /** Where it would stand; null where it is refused. */
  goal: { id: string; label: string } | null;
  /** `would-move` in a dry run; `changed` where somebody acted meanwhile: it waits for the next run. */
  is: 'would-move' | 'moved' | 'refused' | 'changed';
  /** What else becomes of it; or why it is refused, and what to do. */
  said: string[];
}
/** A stage that something under way needs and the version does not have. */
export interface StageGone {
  kind: ThingKind;
  stage: { id: string; label: string };
  /** Where it could go, and where the stage map says it goes. */
  goals: { id: string; label: string }[];
  goal: string | null;
}
export interface Migration {
  county: string;
  /** The version that is moved to. */
  to: string;
  dry: boolean;
  rows: MigrationRow[];
  gone: StageGone[];
  /** Things that have ended, which stay as they are; and those that follow this version already. */
  ended: number;
  already: number;
}

export type Standing = 'draft' | 'approved' | 'waiting' | 'in-force' | 'superseded';

/** How many steps a version has taken: drafted 1, approved 2, published 3. */
export function stepsOf({ approved, published }: ConfigVersion): 1 | 2 | 3 {
  return published ? 3 : approved ? 2 : 1;
}

/** Published versions, the earliest in force first; of two from one day the later one is in force. */
export function publishedIn(versions: readonly ConfigVersion[]): (ConfigVersion & { from: CivilDate })[] {
  return versions
    .flatMap((version) => (version.published ? [{ ...version, from: version.published.from }] : []))
    .sort((a, b) => a.from.localeCompare(b.from) || a.number - b.number);
}

/** The version in force on a day; null before the first. */
export function inForceOn(versions: readonly ConfigVersion[], on: CivilDate): ConfigVersion | null {
  return publishedIn(versions).findLast(({ from }) => from <= on) ?? null;
}

export function standingOf(
  version: ConfigVersion,
  versions: readonly ConfigVersion[],
  on: CivilDate,
): Standing {
  if (!version.published) return version.approved ? 'approved' : 'draft';
  if (version.published.from > on) return 'waiting';
  return inForceOn(versions, on)?.number === version.number ? 'in-force' : 'superseded';
}

export type ValueGroup = 'quotas' | 'method' | 'flows' | 'forms';

/** One value of a config that an office changes: a quota, points, a cap, a due time, a limit. */
export interface ConfigValue {
  /** Things of a list by their id: `quotas/four-a-year/need`. */
  path: string;
  group: ValueGroup;
  /** What it belongs to, the outermost first. */
  names: Text[];
  label: Text;
  value: number | string | boolean;
  /** Whether the county says it itself, or its base does. */
  own: boolean;
}

/** A version as the config page lists it. */
export interface VersionRow {
  number: number;
  standing: Standing;
  note: string;
  backTo: number | null;
  drafted: Signature;
  approved: Signature | null;
  published: ConfigVersion['published'];
  /** Nobody but the one who drafted it looked at it before it was approved. */
  alone: boolean;
}
/** One thing that two versions say otherwise; null where one of them does not say it. */
export interface ConfigDifference {
  /** Things of a list by their id: `quotas/four-a-year/need`. */
  path: string;
  was: unknown;
  now: unknown;
}
/** A mistake in a changed config, at the value it is about. */
export interface ConfigMistake {
  code: string;
  line: number;
  column: number;
  path: string;
  message: string;
}
/** What a changed config says, what is wrong with it, and what it would do to a table. */
export interface ConfigTrial {
  text: string;
  mistakes: ConfigMistake[];
  simulation: Simulation | null;
}
export interface ConfigPage {
  id: string;
  version: string;
  overrides: string[];
  versions: VersionRow[];
}
export interface VersionPage extends VersionRow {
  text: string;
  values: ConfigValue[];
  differences: ConfigDifference[];
  /** What is printed from a template, and whether the county has one of its own. */
  papers: { paper: PaperId; label: string; own: boolean }[];
}
