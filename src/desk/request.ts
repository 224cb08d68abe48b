import type { Arrived } from './from-below.ts';
import type { PublicStatus } from '../model/published.ts';
import type { Exportable, Exported } from './export.ts';
import type { Notices } from '../model/notice.ts';
import type { Simulation } from '../model/simulation.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import type { MigrationRequest } from './migrate.ts';
import type { Verified } from './verify.ts';
import type { WhatIfRequest } from './what-if.ts';
import type { WhatIf } from '../model/what-if.ts';
import type { StoredFile } from '../store/port.ts';
import type { CivilDate, Instant } from '../model/date.ts';
import type { DirectoryRow, RecordRow, ResultRow } from '../model/import.ts';
import type { Letter } from '../model/letter.ts';
import type { Language } from '../model/text.ts';
import type { Paper, PersonPaper, PrintedFile, ThingPaper } from '../model/paper.ts';
import type { RegisterView } from '../model/register.ts';
import type { Migration } from '../model/version.ts';
import type { PersonExport } from '../model/personal.ts';
import type { Actor, Fields, OnBehalf, ThingKind, ThingRef } from '../model/thing.ts';
import type { SimilarReports } from '../model/similar.ts';
import type { Option, QueuePage, QueueView, ThingView } from '../model/view.ts';
import type { Verb } from '../model/verb.ts';
import type { Owed } from '../model/obligation.ts';
import type { Directory, ScoreTable, QuotaProgress } from '../model/record.ts';
import type { DirectoryText } from './directory.ts';
import type { ProposedIssue } from './papers.ts';
import type { DirectoryEntry, News } from '../store/port.ts';

/** A thing the act takes along, with the version its actor saw. */
export interface Taken {
  kind: ThingKind;
  id: string;
  version: number;
}

export interface ActRequest {
  /** `id` null opens a new thing of that kind with this action. */
  thing: { county: string; kind: ThingKind; id: string | null };
  action: Verb;
  /** What the form holds, by field; `authors` (ids, first first), `unit` and `channel` besides for a new one. */
  input: Fields;
  /** The version the actor saw; null for a new thing. */
  expected: number | null;
  /** Reports compiled together, the report a lead joins, the pieces that follow this one in its issue. */
  takes: Taken[];
  /** It came by a link that works once. */
  byLink?: true;
  /** All pieces of the issue, where several are one act each. */
  together?: readonly string[];
  onBehalf: OnBehalf | null;
  actor: Actor;
  now: Instant;
  language: Language;
  /** Who agreed, to what two answer for; null or left out where nobody did. */
  second?: string | null;
  /** Does the same once, however often it is sent. */
  key: { value: string; request: string } | null;
}

/** Results to be entered together, each for the piece as its version was seen. */
export interface ResultsRequest extends Pick<ActRequest, 'actor' | 'now' | 'language' | 'key'> {
  rows: { piece: string; version: number; input: Fields }[];
}

export interface QueueRequest {
  kind: ThingKind;
  /** `todo`: what this actor's posts can act on now; `mine`: claimed or written by them; `soon` due; `overdue`; `all`. */
  view: QueueView;
  /** Of it what stands at this stage; null for all. */
  stage: string | null;
  search: string | null;
  after: string | null;
  limit: number;
}

/** A list as it is on the page, but whole. */
export type RegisterRequest = Pick<QueueRequest, 'kind' | 'view' | 'stage' | 'search'>;

/**
 * The application. Every method throws `DeskError` with code `not-found` (404), `forbidden` (403), `not-linked` (403), `not-offered`
 * (409), `invalid-input` (422, with `fields`), `conflict` (409, from the store) or `key-reused` (422).
 */
export interface Desk {
  /** The only way to change a thing. */
  act(request: ActRequest): Promise<ThingView>;
  /** Takes over what another process has kept; null where that is not known. */
  heard(news: News['thing']): Promise<void>;
  /** Takes a letter of another committee, once, with the file that it brings; `not-linked` where the config does not name that one. */
  receive(letter: Letter, now: Instant, arrived?: Arrived): Promise<void>;
  /** As it stands; with `at`, as it stood then, from its log: `not-found` where it did not exist yet. */
  view(
    ref: ThingRef,
    actor: Actor,
    now: Instant,
    language: Language,
    at?: Instant | CivilDate,
  ): Promise<ThingView>;
  /** A file that a thing holds, for whoever may read the thing. */
  file(ref: ThingRef, id: string, actor: Actor): Promise<StoredFile>;
  /** A whole list for data work, row by row. */
  export(
    what: Exportable,
    actor: Actor,
    now: Instant,
    language: Language,
    scores: { period: string; of: 'people' | 'units' },
  ): Promise<Exported>;
  /** Where a report stands that the county publishes, for anybody; `not-found` for every other. */
  published(kind: ThingKind, id: string, language: Language): Promise<PublicStatus>;
  /** Whose answer a link of a handling item asks for; `link-over` once it was given, or the link has run out. */
  invited(id: string, token: string, now: Instant): Promise<string>;
  /** What one was told; `before` a key, a page further back. */
  notices(actor: Actor, language: Language, before: number | null, limit: number): Promise<Notices>;
  /** How many of them are not read yet. */
  unread(actor: Actor): Promise<number>;
  /** One has read everything up to a key. */
  readNotices(actor: Actor, upTo: number): Promise<void>;
  /** What a form's field can name, by words of its title. */
  choices(
    asked: { kind: ThingKind; field: string; search: string },
    actor: Actor,
    now: Instant,
    language: Language,
  ): Promise<Option[]>;
  /** The empty form and actions for a new thing of this kind. */
  blank(kind: ThingKind, actor: Actor, now: Instant, language: Language): Promise<Pick<ThingView, 'actions'>>;
  /** Reports that say much the same as this thing, of those that the actor may read. */
  similarTo(ref: ThingRef, actor: Actor, language: Language): Promise<SimilarReports>;
  /** The same of what is being written in a new thing's form. Nothing is kept. */
  similarText(kind: ThingKind, input: Fields, actor: Actor, language: Language): Promise<SimilarReports>;
  queue(request: QueueRequest, actor: Actor, now: Instant, language: Language): Promise<QueuePage>;
  /** What the register of a kind can show this reader, and what it shows without being asked. */
  register(kind: ThingKind, actor: Actor, language: Language): RegisterView;
  /** A list as its reader has it, whole, with the columns they chose or the county's own; row by row. */
  registerRows(
    request: RegisterRequest,
    columns: readonly string[] | null,
    actor: Actor,
    now: Instant,
    language: Language,
  ): Promise<{ head: string[]; rows: AsyncIterable<string[]> }>;
  /** A sheet of results against the pieces: what each row would be entered to. Nothing is kept. */
  tryResults(sheet: string[][], actor: Actor, now: Instant, language: Language): Promise<ResultRow[]>;
  /** Enters results of several pieces, all or none; how many. */
  enterResults(request: ResultsRequest): Promise<{ entered: number }>;
  /** Records of other kinds, one JSON a line: what each would become. Nothing is kept. */
  tryRecords(text: string, actor: Actor, now: Instant, language: Language): Promise<RecordRow[]>;
  /** Enters them all or none. */
  enterRecords(text: string, actor: Actor, now: Instant): Promise<{ entered: number; changed: number }>;
  /** The directory as it was entered, or those who were there on a day with the posts held that day. */
  directory(on: CivilDate | null, actor: Actor): Promise<Directory>;
  /** Every entry that one of its rows ever had, the first one first. */
  directoryHistory(of: DirectoryEntry['of'], id: string, actor: Actor): Promise<DirectoryEntry[]>;
  /** Rows of a directory: what each would become. Nothing is kept. */
  tryDirectory(text: DirectoryText, actor: Actor, now: Instant, language: Language): Promise<DirectoryRow[]>;
  /** Enters them all or none; `file` is what a problem calls them, `second` who agreed. */
  enterDirectory(
    text: DirectoryText,
    actor: Actor,
    now: Instant,
    how?: { file?: string; second?: string | null },
  ): Promise<{ entered: number; changed: number }>;
  /** All that is kept of one person: for themselves, or for whoever answers for personal data. */
  personExport(person: string, actor: Actor, now: Instant, language: Language): Promise<PersonExport>;
  /** Erases what one person gave, all or up to an instant, as the county decided; how many things it was about. */
  erasePerson(
    person: string,
    signed: { by: string; at: Instant; second: string | null; upTo?: Instant },
  ): Promise<{ things: number }>;
  /** The table as it stands; with `version`, as that version of the config counts it. */
  scores(
    period: string,
    of: 'people' | 'units',
    actor: Actor,
    now: Instant,
    version?: string,
  ): Promise<ScoreTable>;
  /** The reports of a period that were rated excellent, each whole, as one Word file. */
  anthology(period: string, actor: Actor, language: Language): Promise<PrintedFile>;
  /** A paper of a thing, or of a person and a period, from its Word template; `not-found` where it is not offered. */
  thingPaper(
    paper: ThingPaper,
    ref: ThingRef,
    actor: Actor,
    now: Instant,
    language: Language,
    /** Of an issue that is being put together: its pieces in their order, and what it is called. */
    proposed?: ProposedIssue | null,
  ): Promise<PrintedFile>;
  personPaper(
    paper: PersonPaper,
    person: string,
    period: string,
    actor: Actor,
    now: Instant,
    language: Language,
  ): Promise<PrintedFile>;
  /** How one subject stands, or with null everybody who owes: for the office. */
  quotas(actor: Actor, now: Instant, subject: string | null): Promise<QuotaProgress[]>;
  /** What an office (a post, an organisation) had to do in a month, or with null how much everybody had. */
  month(month: string, of: string | null, actor: Actor, now: Instant, language: Language): Promise<Paper>;
  /** What one person and their units owe after something, or with null what everybody owes: for the office. */
  obligations(actor: Actor, now: Instant, subject: string | null): Promise<Owed[]>;
  /** A table as it is counted against how another config would count it: who moves, by which rule. */
  simulate(
    config: CountyConfig,
    period: string,
    of: 'people' | 'units',
    actor: Actor,
    now: Instant,
  ): Promise<Simulation>;
  /** Counts every report's points anew, after another method has come into force; fills what was not counted yet. */
  recount(): Promise<void>;
  /** All that any version of the county's config had a flow for. */
  kinds: ReadonlySet<ThingKind>;
  /** Whether every chain, text, state, due date and point of the county is as its log says. */
  verifyLog(): Promise<Verified>;
  /**
   * Moves the things under way to the version in force, each by itself; in a dry run, to any version, and nothing is
   * kept. Throws `MigrationError` with code `bad-stage-map` or `not-in-force`.
   */
  migrate(request: MigrationRequest): Promise<Migration>;
  /** A period's logs replayed under other rules. Nothing is kept. */
  whatIf(request: WhatIfRequest): Promise<WhatIf>;
  /** Supervises what is overdue at `now`; each timer once. Returns how many acted. */
  tick(county: string, now: Instant): Promise<number>;
  /** Tells each post once a working day how much waits for it. Returns how many people were told. */
  digest(now: Instant): Promise<number>;
}
