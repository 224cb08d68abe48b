import type { CivilDate, CivilMinute, Instant } from './date.ts';
import type { Fact } from './fact.ts';
import type { Verb } from './verb.ts';

/** What has stages, a log and a version of its own in every county. */
export const thingKinds = ['lead', 'report', 'piece', 'handling', 'period'] as const;
/** One of those, or a matter (事项) by the id that the county's config gives it: `call`, `meeting` … */
export type ThingKind = (typeof thingKinds)[number] | (string & Record<never, never>);

const paths: Readonly<Record<(typeof thingKinds)[number], string>> = {
  lead: 'leads',
  report: 'reports',
  piece: 'pieces',
  handling: 'handling',
  period: 'periods',
};
/** Of a matter's path, before its id. */
const MATTER = 'matter-';

export function isEveryCountys(kind: ThingKind): kind is (typeof thingKinds)[number] {
  return Object.hasOwn(paths, kind);
}

/** The part of a URL that names the kind. */
export function pathOf(kind: ThingKind): string {
  return isEveryCountys(kind) ? paths[kind] : `${MATTER}${kind}`;
}
export function kindOfPath(path: string): ThingKind | null {
  if (path.startsWith(MATTER)) return path.slice(MATTER.length);
  return thingKinds.find((kind) => paths[kind] === path) ?? null;
}

export interface ThingRef {
  county: string;
  kind: ThingKind;
  /** e.g. `report-12`, unique in its county. */
  id: string;
}

/** Its name among the things of its county. */
export function refName({ kind, id }: Pick<ThingRef, 'kind' | 'id'>): string {
  return `${kind}/${id}`;
}

/** What somebody may be to a thing so that they should not judge it (利害关系). */
export const relations = ['same-organisation', 'sending-unit', 'department-concerned', 'declared'] as const;
export type Relation = (typeof relations)[number];

/** What a form's field holds. Money and points are strings; a file, a person, an organisation is its id. */
export type FieldValue = string | number | boolean | string[] | null;
export type Fields = Record<string, FieldValue>;

export interface Author {
  person: string;
  /** `sole`, `first` or `other`. */
  part: 'sole' | 'first' | 'other';
}

/** What happened to a thing that may earn points, with its own date and facts (level, outlet, form, body …). */
export interface Moment {
  /** `submitted`, `forwarded`, `compiled`, `sent`, `adopted`, `taken-up`, `instructed`, `satisfied` … or a kind's own. */
  is: string;
  on: CivilDate;
  /** When it was entered, where that is later than it happened. */
  entered?: CivilDate;
  [fact: string]: Fact | undefined;
}

/** How a field of a form ties its thing to another, with the same tie as the other end has it. */
export const ties = {
  answers: 'answered-by',
  'derived-from': 'becomes',
  becomes: 'derived-from',
  'attached-to': 'attached',
  lists: 'listed-by',
  decides: 'decided-by',
} as const;
export type Tie = keyof typeof ties;
export function isTie(word: string): word is Tie {
  return Object.hasOwn(ties, word);
}

export type LinkRole =
  | 'source'
  | 'piece'
  | 'handled'
  | 'handling'
  | 'lead'
  | 'report'
  | 'merged'
  | 'from-below'
  | 'above'
  | Tie
  | (typeof ties)[Tie];
/** One thing named by another; each link is kept on both ends, the one with another committee's thing by both committees. */
export interface Link {
  role: LinkRole;
  /** What it names: a thing of this kind, or an entered record (`record`), which has no other end. */
  kind: ThingKind;
  id: string;
}
/** The kind by which a link names an entered record. */
export const RECORD = 'record';

/** One condition of a rule as it was read when the rule was decided. */
export interface Reason {
  fact: string;
  operator: string;
  expected: Fact;
  value: Fact;
  met: boolean;
}
export interface Decision {
  rule: string;
  fired: boolean;
  reasons: Reason[];
}

/** What one of several said. */
export interface Vote {
  /** A post, a person or an organisation, as the stage has it. */
  of: string;
  is: 'for' | 'against' | 'abstain';
  by: string;
}
/** What taking an act back restores. */
export interface LastMove {
  by: string;
  from: string;
  /** The version that it left. */
  at: number;
  moments: number;
  due: Due | null;
  back: string | null;
}
export interface Due {
  on: CivilDate;
  /** True where the working days of that year are not published yet. */
  provisional: boolean;
  /** The day of receipt, and how the date follows from it, so that every due date can say how it was reckoned. */
  from: CivilDate;
  by:
    | 'working-days'
    | 'days'
    | 'months'
    | 'same-day'
    | 'before'
    | 'field'
    | 'working-hours'
    | 'close-of-office';
  /** At what time of those days it came and is due, `HH:MM`, where it is due at a time. */
  time?: { received: string; by: string };
  /** How many days, hours or months; 0 where there is nothing to count. */
  count: number;
}

/** When it is over by the county's clocks: at its time, else with its day. What is due is late once this is the smaller. */
export const lateAfter = ({ on, time }: Pick<Due, 'on' | 'time'>): CivilMinute =>
  `${on}T${time?.by ?? '24:00'}`;

/** A field by which a thing is for those alone who act on it, and for whom they ask or send a copy. */
export const CONFIDENTIAL = 'confidential';
export function isConfidential({ fields }: Pick<Thing, 'fields'>): boolean {
  return fields[CONFIDENTIAL] === true;
}
/** A field by which its authors are not named to whom the office hands it. */
export const HIDE_NAME = 'hide-name';

/** A field that names those who are asked to be its authors too (联名); each confirms, or does not. */
export const JOINT = 'joint';
/** Those who were asked and have not said yet. They read it, and nothing of it is theirs before they confirm. */
export function jointlyAsked({
  fields,
  readers,
  authors,
}: Pick<Thing, 'fields' | 'readers' | 'authors'>): string[] {
  const asked = fields[JOINT];
  if (!Array.isArray(asked)) return [];
  return asked.filter((id) => readers.includes(id) && !authors.some(({ person }) => person === id));
}

/** In whose own list it stands: its authors, and those who are asked to be. */
export function peopleOf(thing: Pick<Thing, 'fields' | 'readers' | 'authors'>): string[] {
  return [...new Set([...thing.authors.map(({ person }) => person), ...jointlyAsked(thing)])];
}

/** The state of one thing: the fold of its log, rebuilt and compared at will. */
export interface Thing extends ThingRef {
  /** The sequence number of its last log entry; 1 after the first. */
  version: number;
  /** The config whose flow it follows: the one that it began with, unless it was moved over. */
  configVersion: string;
  stage: string;
  since: Instant;
  /** The stage that a return came from; submitting again resumes there. */
  back: string | null;
  /** Sent back to a stage from which it goes on to where it was; null where it walks the whole way again. */
  resume: { at: string; to: string } | null;
  /** How many times it was returned. */
  round: number;
  due: Due | null;
  supervised: boolean;
  /** How many steps the clock has taken for this due date. */
  escalated: number;
  /** Working days that were left when it was returned, or minutes of office hours; the clock stands still till it is back. */
  left: number | { minutes: number } | null;
  claimedBy: string | null;
  /** Who was asked to do it for whom; null where nobody was, or it came back. */
  delegated: { by: string; to: string } | null;
  /** Where several act together: what each has said so far at this stage. */
  votes: Vote[];
  /** Who signs here instead of those that the config names; null for those. */
  signers: string[] | null;
  /** Persons who may read it besides: copied in, or asked. */
  readers: string[];
  /** Persons who must not act on it. */
  excluded: string[];
  /** The stages it came through, the last one last. */
  path: string[];
  /** The stages that were left out on its way, and the rule by which. */
  skipped: { stage: string; rule: string | null }[];
  /** The act that brought it here, while nobody has acted since: it can be taken back. */
  lastMove: LastMove | null;
  fields: Fields;
  authors: Author[];
  /** The sending unit's organisation. */
  unit: string | null;
  enteredBy: string;
  channel: string | null;
  decisions: Record<string, Decision>;
  links: Link[];
  moments: Moment[];
  /** Destinations of a piece with the date each was sent to; null while it waits. */
  destinations: Record<string, CivilDate | null>;
  /** Organisations that act on it: an opinion asked for, lead and co-handlers. The first leads. */
  handlers: string[];
}

/** The one who acts, as the county's directory knows them. */
export interface Actor {
  id: string;
  county: string;
  name: string;
  kind: string | null;
  /** Posts held now, each perhaps for one organisation. Never read from a token. */
  posts: ActorPost[];
}
export interface ActorPost {
  post: string;
  organisation: string | null;
  /** Held for this person, who is away. */
  proxyFor?: string;
  /** Held as a deputy: only for things that none of these, who hold the post itself, may act on. */
  deputyOf?: string[];
}

/** An outside party's act, entered by the office. */
export interface OnBehalf {
  /** A person's or an organisation's id. */
  of: string;
  /** When it really happened. */
  on: CivilDate;
  /** The scan's file id. */
  scan?: string;
}

/** One line of the append-only log. Its hash covers all but the texts, which lie beside it by their salted hashes. */
export interface LogEntry extends ThingRef {
  sequence: number;
  /**
   * An act; a step of the clock; the erasing of one person's data; the move to another version of the config; what the
   * committee above said of it.
   */
  action: Verb | 'tick' | 'erase' | 'migrate' | 'heard';
  actor: string;
  onBehalf: OnBehalf | null;
  /**
   * The post that was acted by in another's place: a person's, as its deputy, or, by another post, because nobody
   * could, `aside` why those who hold it were excluded; without a post, what one person was asked to do for another.
   */
  standIn?: { post: string; of: string | null; by?: string; aside?: Relation[] } | { post: null; of: string };
  /** Taken by itself, because whoever would take it had just acted. */
  automatic?: true;
  /** Who agreed to what two answer for; null where it was done single-handed. */
  second?: string | null;
  /** The date it happened. */
  on: CivilDate;
  /** The instant it was entered. */
  at: Instant;
  configVersion: string;
  /** All that changed, merged into the thing; free text as `{ "#": hash }`. */
  change: unknown;
  previous: string;
  hash: string;
}
