import type { Bulletin } from './bulletin.ts';
import type { CivilDate, Instant } from './date.ts';
import type {
  Author,
  Decision,
  Due,
  Fields,
  Link,
  LogEntry,
  Moment,
  OnBehalf,
  ThingKind,
  ThingRef,
  Tie,
  Vote,
} from './thing.ts';
import type { Verb } from './verb.ts';

export const fieldTypes = [
  'text',
  'long-text',
  'number',
  'date',
  'yes-no',
  'choice',
  'choices',
  'file',
  'files',
  'person',
  'people',
  'post',
  'stage',
  'thing',
  'field',
  'comment',
] as const;
export type FieldType = (typeof fieldTypes)[number];

export interface Option {
  value: string;
  label: string;
}

/** One field of a form, in the reader's language, ready to be drawn. */
export interface FieldView {
  name: string;
  label: string;
  hint: string | null;
  type: FieldType;
  required: boolean;
  /** Drawn only once the answer to the form asks for it. */
  onDemand: boolean;
  /** Characters of text, or the largest number; null for none. */
  limit: number | null;
  /** Files that are pictures: a phone offers its camera. */
  pictures: boolean;
  /** Under which headings of a Word file its text stands, besides its label. */
  headings: string[];
  options: Option[];
  /** For one that names another thing: how they are tied, what kinds it can be of, and of what kind the form's own thing is. */
  tie: { link: Tie; kinds: string[]; of: ThingKind } | null;
  /** What it holds now. */
  value: Fields[string];
}

/** What this actor may do next, and the form it takes. */
export interface ActionView {
  action: Verb;
  label: string;
  tone: 'primary' | 'plain' | 'danger';
  /** Offered at every stage, and so not in the way of what belongs to this one. */
  aside: boolean;
  /** A sentence to ask before it is done; null for none. */
  confirm: string | null;
  /** Why the rules propose this one; null when they do not. */
  proposed: ReasonView[] | null;
  /** Other things it takes along (reports into a piece, a lead or a report into a report, pieces into an issue); null for none. */
  takes: 'reports' | 'report' | 'pieces' | null;
  /** For an issue: the ids of its pieces as they were last arranged, this one's among them, in their order. */
  arranged: string[];
  /** Parties it can be entered for by the office; empty for none. */
  behalf: Option[];
  fields: FieldView[];
}

/** "departments involved 3 ≥ 2", in the reader's language. */
export interface ReasonView {
  rule: string;
  clause: string | null;
  because: string[];
}

export interface HistoryItem {
  sequence: number;
  action: LogEntry['action'];
  label: string;
  /** A name where the county shows names, else the post's; null for the clock. */
  by: string | null;
  onBehalf: (OnBehalf & { name: string }) | null;
  /** In whose place or by which post's deputy it was done; null for one's own. */
  standIn: string | null;
  /** Why it was done by itself; null where somebody did it. */
  automatic: string | null;
  on: CivilDate;
  at: Instant;
  stage: string;
  /** The stages that this step left out, and why. */
  skipped: string[];
  /** Where it stood then. */
  stageId: string;
  /** What was written or chosen, label and value. */
  said: { label: string; value: string }[];
  /** The texts that it changed, as they were and as they became; both are empty for one that was not there. */
  changed: { label: string; was: string; now: string }[];
  reasons: ReasonView[];
  /** The thing whose log holds it, where it is read through a link. */
  from: { kind: ThingRef['kind']; id: string; title: string } | null;
}

export interface EarnedPoints {
  subject: string;
  name: string;
  points: string;
  line: string;
  clause: string | null;
  on: CivilDate;
}

/** A comment on a field, and who has seen to it. */
export interface Remark {
  /** Its number in the log. */
  id: string;
  field: string;
  label: string;
  text: string;
  /** Null where names are not shown. */
  by: string | null;
  on: CivilDate;
  /** Not the office's alone: the author reads it too. */
  forAuthor: boolean;
  settled: { by: string; on: CivilDate } | null;
}

export interface Invitation {
  name: string;
  until: CivilDate;
  /** From the service's own place. */
  path: string;
}

/** A thing as one actor sees it; the screen holds no workflow of its own. */
export interface ThingView extends ThingRef {
  version: number;
  /** The config whose flow it follows. */
  configVersion: string;
  title: string;
  stage: { id: string; label: string; kind: string };
  since: Instant;
  due: Due | null;
  dueBecause: string | null;
  /** Its reckoning, day by day: the how-manieth day, null for one that does not count; which hours, where hours count. */
  reckoned: { on: CivilDate; counts: number | null; hours?: string[] }[];
  supervised: boolean;
  /** What is out of the ordinary where it stands now, in plain words. */
  notices: string[];
  /** Ids of the stages that were left out on its way. */
  skipped: string[];
  /** Who has signed where several act together, and who has not yet. */
  signed: { name: string; is: Vote['is'] | null }[];
  urgency: string | null;
  authors: (Author & { name: string })[];
  unit: string | null;
  /** Null where the county does not show names to this reader. */
  enteredBy: string | null;
  channel: string | null;
  fields: { name: string; label: string; value: string }[];
  /** Photos, documents and scans, to be fetched from the thing by their id. */
  files: { id: string; name: string; type: string; label: string }[];
  moments: (Moment & { label: string; from: string })[];
  /** `label`: how the two are tied, or what the other one is. */
  links: (Link & { label: string; title: string; stage: string })[];
  /** How many answers it has, of whoever; null where nothing of its kind is answered. */
  answers: number | null;
  remarks: Remark[];
  history: HistoryItem[];
  decisions: (Decision & ReasonView)[];
  points: EarnedPoints[];
  /** A period's count, as far as this reader sees it; null for other things and before the first count. */
  bulletin: Bulletin | null;
  /** The link by which an author may answer once without signing in, for the office to hand over; null for none. */
  invitation: Invitation | null;
  /** What its reader may print of it. */
  papers: Option[];
  actions: ActionView[];
}

/** A row of a queue. */
export interface ThingRow extends ThingRef {
  version: number;
  title: string;
  stage: { id: string; label: string };
  since: Instant;
  due: Due | null;
  supervised: boolean;
  claimedBy: string | null;
  authors: string;
  /** The reader is asked to be one of its authors, and has not said. */
  askedJointly: boolean;
  /** How many answers it has; null where nothing of its kind is answered. */
  answers: number | null;
}
/** What a system outside was told in vain. */
export interface Undelivered {
  /** For `keys`, and `after`. */
  key: number;
  id: string;
  receiver: string;
  kind: ThingKind;
  thing: string;
  attempts: number;
  /** In a word: HTTP 500, timeout, ECONNREFUSED. */
  failure: string | null;
}

/** A list is counted so far; one more stands for all beyond. */
export const COUNTED_TO = 1_000;
/** How many, in the words of a page. */
export const manyText = (total: number): string =>
  total > COUNTED_TO ? `${COUNTED_TO.toLocaleString('en')}+` : String(total);

export interface Page<Row> {
  rows: Row[];
  /** Hand it back for the next page; null at the end. */
  next: string | null;
  /** How many there are; 1,001 where there are more than a thousand. */
  total: number;
}

/** What a list shows: what I can act on, what is mine, what is due within a few days, what is late, or all. */
export const queueViews = ['todo', 'soon', 'overdue', 'mine', 'all'] as const;
export type QueueView = (typeof queueViews)[number];

/** A page of a list, and the stages that it can be narrowed to. */
export interface QueuePage extends Page<ThingRow> {
  stages: Option[];
}

/** That a thing has changed, and the version it then had: told as it happens to whoever may read it. */
export interface Changed {
  kind: ThingKind;
  id: string;
  version: number;
}
