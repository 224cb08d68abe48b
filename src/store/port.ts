import type { CivilDate, CivilMinute, Instant } from '../model/date.ts';
import type { Draft, DraftKind } from '../model/draft.ts';
import type { DirectoryOrganisation, DirectoryPerson, ScoreRecord } from '../model/record.ts';
import type { LogEntry, Moment, Thing, ThingKind, ThingRef } from '../model/thing.ts';
import type { DigestCounts } from '../model/notice.ts';
import type { SensitiveAct } from '../model/audit.ts';
import type { ConfigVersion } from '../model/version.ts';
import type { Page } from '../model/view.ts';

/** A free text, name or file name that the log knows only by its salted hash; erasing it leaves the chain whole. */
export interface LogText {
  hash: string;
  salt: string;
  text: string;
}

/** One thing's step: its new state, the log entry that made it, and the texts of that entry. */
export interface Step {
  /** The version the actor saw; 0 for a new thing. */
  expected: number;
  thing: Thing;
  /** For lists and search; kept out of the log. */
  title: string;
  entry: LogEntry;
  texts: LogText[];
  /** The words of every earlier entry go, or those of these hashes alone, and these files: the entries themselves stay, and their chain holds. */
  erases?: { files: string[]; texts?: string[] };
}

/** A record of another kind than the desk's own (a proposal, attendance, points entered by hand) as it was entered. */
export interface EnteredRecord {
  record: ScoreRecord;
  /** 1 at first; each later one of the same id takes the place of the one before, which is kept. */
  sequence: number;
  by: string;
  at: Instant;
}

/** One row of the directory as somebody entered it; a later one of the same id takes its place and both are kept. */
export type DirectoryEntry = { sequence: number; by: string; second?: string | null; at: Instant } & (
  { of: 'people'; row: DirectoryPerson } | { of: 'organisations'; row: DirectoryOrganisation }
);

/** What a point-earning line came to, for one subject; replaced whole whenever its record changes. */
export interface ScoreEntry {
  subject: string;
  line: string;
  clause: string | null;
  /** A decimal string. */
  points: string;
  on: CivilDate;
  moment: Moment['is'];
}
/** A report or lead as it enters the count, and what it came to. */
export interface Counted {
  record: ScoreRecord;
  entries: ScoreEntry[];
}

export interface Timer {
  thing: ThingRef;
  /** The civil date from which it acts. */
  on: CivilDate;
  kind: 'overdue';
}

export interface Message {
  to: string;
  kind: string;
  about: ThingRef;
  at: Instant;
  /** Of a digest: how much waited. */
  counts?: DigestCounts;
}

export interface KeptMessage extends Message {
  key: number;
  read: boolean;
}

/** A word to a system outside that something happened. */
export interface Sending {
  /** The same at each attempt, so that the receiver can drop doubles. */
  id: string;
  receiver: string;
  about: ThingRef;
  body: string;
}
export interface Unsent extends Sending {
  /** In the order in which it happened. */
  key: number;
  attempts: number;
  /** Why the last attempt failed. */
  failure: string | null;
}
/** What is done with something of a queue that a caller takes for itself until an instant. */
export interface Claim {
  now: Instant;
  until: Instant;
}

export interface IdempotencyKey {
  county: string;
  actor: string;
  key: string;
  /** A hash of the request; another body under the same key is refused. */
  request: string;
  result: ThingRef;
  at: Instant;
}

/** All that one act changes; it is kept whole or not at all. */
export interface Commit {
  /** Several of one thing follow each other, each with the version that the one before left. */
  steps: Step[];
  scores: Counted[];
  /** A thing of the steps loses its timer and gets the last of these that is its own. */
  timers: Timer[];
  messages: Message[];
  /** To systems outside; none without it. */
  sends?: Sending[];
  key: IdempotencyKey | null;
}

export interface QueueQuery {
  county: string;
  kind: ThingKind;
  stages?: string[];
  claimedBy?: string;
  /** Only things of this author, or of which they are asked to be one. */
  author?: string;
  /** Only things of this author, and those that stand under their name. */
  theirs?: string;
  /** Only things these organisations handle. */
  handlers?: string[];
  /** Due on that day, or at that minute, or later. */
  dueFrom?: CivilDate | CivilMinute;
  dueBefore?: CivilDate | CivilMinute;
  search?: string;
  /** Without what is confidential. */
  open?: true;
  /** Only things of which one of these is an author, or from which somebody is excluded. */
  barring?: string[];
  /** These ids besides, whatever else is asked but the search. */
  also?: string[];
  /** Without these ids. */
  without?: string[];
  order: 'newest' | 'due';
  after: string | null;
  limit: number;
}
export interface StoredRow {
  thing: Thing;
  title: string;
}

/** A month, `2026-03`, or the id of an entered record. */
export type FoundBy = { month: string } | { record: string };

export type RecordsOf = { author: string } | { kind: string } | { id: string };

export interface FileInfo {
  id: string;
  name: string;
  type: string;
  uploader: string;
}
export interface StoredFile extends FileInfo {
  county: string;
  bytes: Uint8Array;
}

/** What has just been kept, by this process or another on the same database: enough to know what to read anew. */
export interface News {
  county: string;
  /** Null where a step of the county's config or its directory was. */
  thing: { kind: ThingKind; id: string; version: number } | null;
}
/** How far a thing's chain had come: [county, kind, id, sequence, hash]. */
export type Head = [county: string, kind: string, id: string, sequence: number, hash: string];

export interface NewsFollower {
  heard(news: News): void;
  /** The line was cut for a while: something may have been kept that was not heard of. */
  missed(): void;
}

/**
 * Where things, their logs and what follows from them are kept. Every look-up carries the county.
 * `commit` throws `StoreError` with code `conflict` when a version is not the expected one, and `key-taken` when the
 * idempotency key exists; nothing of the commit is then kept.
 */
export interface Store {
  read(ref: ThingRef): Promise<StoredRow | null>;
  readMany(refs: ThingRef[]): Promise<StoredRow[]>;
  /** In the order of the log. */
  log(ref: ThingRef): Promise<{ entry: LogEntry; texts: LogText[] }[]>;
  /** The hash of its last log entry, which the next one names; null where there is none. */
  lastHash(ref: ThingRef): Promise<string | null>;
  queue(query: QueueQuery): Promise<Page<StoredRow>>;
  /** The next number of a named series of a county, from 1; a number once given is not given again. */
  next(county: string, series: string): Promise<number>;
  /** The series goes on after this number, if it has not passed it already. */
  reach(county: string, series: string, number: number): Promise<void>;
  commit(commit: Commit): Promise<void>;
  /** What records came to, counted anew by another method; one that has changed meanwhile keeps what it came to then. */
  saveScores(county: string, scores: Counted[]): Promise<void>;
  /** Everything that enters the count, or one author's, a page at a time, in the order in which it first did. */
  counted(county: string, author?: string): AsyncIterable<ScoreRecord[]>;
  /** Whether some report or lead was kept before what enters the count was kept beside it. */
  uncounted(county: string): Promise<boolean>;
  /** Keys from before an instant are let go. */
  forgetKeys(before: Instant): Promise<void>;
  key(county: string, actor: string, key: string): Promise<IdempotencyKey | null>;
  /** These reports and leads as they enter the count; what is not counted is left out. */
  countedOf(county: string, ids: string[]): Promise<ScoreRecord[]>;
  /** Every thing of a kind, or one author's, oldest first. */
  all(county: string, kind: ThingKind, author?: string): AsyncIterable<StoredRow>;
  /** Every thing of any kind that something happened to in a month, or that handles an entered record, oldest first. */
  foundBy(county: string, by: FoundBy): AsyncIterable<StoredRow>;
  entries(county: string, from: CivilDate, to: CivilDate): Promise<(ScoreEntry & { record: string })[]>;
  entriesOf(county: string, record: string): Promise<ScoreEntry[]>;
  /**
   * Timers that have come due, by date, the oldest thing's first. They are the caller's until that instant, or until
   * their thing changes; whoever else asks meanwhile gets others.
   */
  claimTimers(county: string, on: CivilDate, limit: number, claim: Claim): Promise<Timer[]>;
  /** The timer of one thing; null where it waits for no day. */
  timer(ref: ThingRef): Promise<Timer | null>;
  /** What waits to be done, of all counties: due dates that have come by a day, what is to be sent, what was given up. */
  waiting(on: CivilDate): Promise<{ timers: number; sends: number; dead: number }>;
  /**
   * What is due to be sent to a receiver, claimed as timers are. Of one thing only the oldest that is still on its way:
   * the next follows when that one has arrived, or is given up.
   */
  claimSends(receiver: string, limit: number, claim: Claim): Promise<Unsent[]>;
  /** What came of an attempt under a claim that still holds: arrived (null), tried again when due, or given up. */
  settleSend(
    key: number,
    until: Instant,
    failed: { attempts: number; failure: string; due: Instant | null } | null,
  ): Promise<void>;
  /** What was given up, oldest first. */
  deadSends(county: string, after: number, limit: number): Promise<Unsent[]>;
  /** Sends again what was given up: all of a county, or these. Returns how many. */
  replaySends(county: string, keys: number[] | null, due: Instant): Promise<number>;
  /** Newest first; with `before`, those that came before that key. */
  messages(county: string, to: string, limit: number, before: number | null): Promise<KeptMessage[]>;
  /** How many one has not read yet. */
  unread(county: string, to: string): Promise<number>;
  /** One has read everything up to a key. */
  markRead(county: string, to: string, upTo: number): Promise<void>;
  /** What a person has written of a form and not sent. */
  draft(county: string, person: string, kind: DraftKind): Promise<Draft | null>;
  /** In the place of the one before; null lets it go. */
  saveDraft(county: string, person: string, kind: DraftKind, draft: Draft | null): Promise<void>;
  /** The first under an id stays. */
  saveFile(file: StoredFile): Promise<void>;
  file(county: string, id: string): Promise<StoredFile | null>;
  /** What one person uploaded, attached or not. */
  uploads(county: string, uploader: string): Promise<string[]>;
  removeFiles(county: string, ids: string[]): Promise<void>;
  /** Names without their bytes, in the order asked; what is not there is left out. */
  fileInfos(county: string, ids: string[]): Promise<FileInfo[]>;
  /** Every record entered, or those of an author, a kind or an id, as they stand now, in the order of their first entry. */
  records(county: string, of?: RecordsOf): Promise<EnteredRecord[]>;
  /** All of them or none. Throws `conflict` when one has a sequence that is not the next of its id. */
  saveRecords(county: string, records: EnteredRecord[]): Promise<void>;
  /** Every entry of a county's directory, in the order in which they were made. */
  directory(county: string): Promise<DirectoryEntry[]>;
  /** All of them or none. Throws `conflict` when one has a sequence that is not the next of its id. */
  saveDirectory(county: string, entries: DirectoryEntry[]): Promise<void>;
  /**
   * A person's name, leaves and stand-ins go from every entry of the directory, and so do messages to them and their
   * drafts. With an instant, only the entries and drafts up to it: whoever they name since has come again.
   */
  erasePerson(county: string, person: string, upTo?: Instant | null): Promise<void>;
  /** By number. */
  sensitiveActs(county: string): Promise<SensitiveAct[]>;
  /** A new one, or one that waits with what its second person said. Throws `conflict` where that is settled already. */
  saveSensitiveAct(act: SensitiveAct): Promise<void>;
  /** Every version of a county's config, by number. */
  configs(county: string): Promise<ConfigVersion[]>;
  /**
   * A new version, or one that has taken its next step (approved, published); its texts stay as they were drafted.
   * Throws `StoreError` with code `version-taken` when somebody else has drafted that number or taken that step.
   */
  saveConfig(version: ConfigVersion): Promise<void>;
  /**
   * By county, what grows with every step of its config, every entry of its directory and every erasure of it, so that a
   * running process sees that there is news; a county of which there is none is missing.
   */
  marks(): Promise<ReadonlyMap<string, number>>;
  /** How far the chain of every thing has come, a page at a time. */
  heads(): AsyncIterable<Head[]>;
  /** Hears of everything kept from now on; the answer ends it. */
  follow(follower: NewsFollower): () => void;
  close(): Promise<void>;
}
