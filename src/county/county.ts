import type { AttachmentType } from '../model/attachment.ts';
import type { Condition } from '../rules/condition.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import type { Text } from '../model/text.ts';
import type { FieldType } from '../model/view.ts';
import type { Relation, Thing, ThingKind, Tie } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import type { CivilDate } from '../model/date.ts';

/** One county as the program runs it: every reference of its config found, every rule read. */
export interface County {
  id: string;
  name: Text;
  version: string;
  timeZone: string;
  closures: ReadonlySet<CivilDate>;
  /** In their order; none where the config names none. */
  officeHours: { from: string; to: string }[];
  showsNames: boolean;
  posts: ReadonlyMap<string, Post>;
  organisations: ReadonlyMap<string, Organisation>;
  authorKinds: ReadonlyMap<string, Text>;
  /** What a table is divided into: kinds of author, groups and kinds of organisations. */
  groups: ReadonlyMap<string, Text>;
  channels: ReadonlyMap<string, Text>;
  forms: ReadonlyMap<string, Field[]>;
  /** Phrases that two reports share without being alike, and from which likeness on one is suggested. */
  /** By kind, the yes-no field that lets anybody read where a thing stands; without one nothing of its kind is public. */
  publishedBy: ReadonlyMap<ThingKind, string>;
  /** The acts whose happening is told of what is public. */
  publicActs: ReadonlySet<string>;
  /** By what is told: an action, a step of the clock, or `otherwise`. */
  messages: ReadonlyMap<string, Text>;
  /** Labels of the page in the county's own words. */
  labels: ReadonlyMap<string, Text>;
  /** The columns that a kind's register has without being asked. */
  registers: ReadonlyMap<ThingKind, readonly string[]>;
  /** The Word templates of its own, by the paper: files beside the config. */
  papers: ReadonlyMap<string, string>;
  /** What may be uploaded, and how large. */
  attachments: { types: AttachmentType[]; megabytes: number };
  similar: { stopWords: string[]; atLeast: number };
  flows: ReadonlyMap<ThingKind, Flow>;
  /** The county's own kinds of thing beside those that every county has. */
  matters: ReadonlyMap<ThingKind, Matter>;
  /** All kinds that have a flow here. */
  kinds: readonly ThingKind[];
  rules: ReadonlyMap<string, FlowRule>;
  /** The post that acts, as the last resort, where nobody can by those of a stage. */
  fallback: string | null;
  /** What a rule about this kind of thing can read. */
  vocabulary: (kind: ThingKind) => Vocabulary;
  /** The relations that somebody has to a thing. A config alone knows of none; a desk knows its people. */
  relationsTo: (person: string, thing: Thing) => Relation[];
  access: AccessRow[];
  /** The level that it is of; null where nothing hangs on it. */
  level: string | null;
  /** The committees to which what is dispatched goes by itself, by their ids. */
  above: ReadonlyMap<string, Above>;
  /** The committees whose dispatches arrive here, by their ids. */
  below: ReadonlyMap<string, Below>;
  bulletin: { every: 'month' | 'quarter' | 'half-year' | 'year'; title: Text };
}

export interface Above {
  id: string;
  /** The destination by which it is reached, and how that is called. */
  destination: string;
  name: Text;
}
export interface Below {
  id: string;
  /** Its organisation here, whose submissions they are. */
  unit: string;
  name: Text;
}
export interface Matter {
  id: ThingKind;
  name: Text;
  /** Once out of its draft, whoever may read this kind reads each of them. */
  everyone: boolean;
  /** The kind of record that it counts as. */
  record: string | null;
  /** The field with the day that it happened. */
  on: string | null;
}
export interface Post {
  id: string;
  name: Text;
  /** How far it reaches: things of one's own, of one's organisation, of the county. */
  scope: 'own' | 'organisation' | 'county';
  everyone: boolean;
  /** The posts that may enter this party's acts on its behalf. */
  enteredBy: string[];
  /** The posts that act where nobody who holds it can. */
  deputies: string[];
  /** Where duties are separate nobody holds posts of two of these. */
  administers: 'system' | 'security' | 'audit' | null;
}
export interface Organisation {
  id: string;
  name: Text;
  kind: string;
  group: string | null;
}
export interface Field {
  id: string;
  label: Text;
  hint: Text | null;
  type: FieldType;
  required: boolean;
  limit: number | null;
  /** Under which headings of a Word file its text stands, besides its label. */
  headings: readonly string[];
  min: number | null;
  whole: boolean;
  /** Files that are pictures, and nothing else. */
  pictures: boolean;
  /** Whose eyes what is filled in is for. */
  seenBy: 'everyone' | 'office' | 'instruction-readers';
  options: { id: string; label: Text }[];
  /** For people: only those of these kinds of author. */
  ofKind: string[] | null;
  /** A person of those whom the one who fills it in keeps contact with. */
  fromLinks: boolean;
  /** For a field that names another thing: how they are tied, and which can be named. */
  ties: { link: Tie; kinds: string[]; stages: string[] | null; untilDue: boolean } | null;
}
export interface FlowRule {
  id: string;
  on: ThingKind;
  name: Text;
  condition: Condition;
  priority?: number;
  clause?: string;
}

export const stageKinds = [
  'draft',
  'review',
  'decision',
  'compile',
  'dispatch',
  'handling',
  'follow-up',
  'end',
] as const;
export type StageKind = (typeof stageKinds)[number];

export interface Flow {
  kind: ThingKind;
  form: string;
  start: string;
  stages: ReadonlyMap<string, Stage>;
}
export interface Stage {
  id: string;
  label: Text;
  kind: StageKind;
  by: string[];
  /** The post that acts where nobody can by those in `by`. */
  fallback: string | null;
  /** Whoever is one of these to the thing does not act here. */
  excludes: Relation[];
  due: DueRule | null;
  /** What the clock does near and after the due date, in its order. */
  overdue: Escalation[];
  /** The action that is taken by itself where whoever brought it here would take it; null where somebody always decides. */
  sameActor: Verb | null;
  /** Several act together; null where any one does. */
  together: Together | null;
  actions: ReadonlyMap<Verb, StageAction>;
}
/** How a due date is reckoned; one of the ways, `field` going before it where that is filled in. */
export interface DueRule {
  /** From the day after receipt; before the date of `before` where that is named. */
  workingDays: number | null;
  days: number | null;
  months: number | null;
  sameDay: boolean;
  /** From receipt, in office hours. */
  workingHours: number | null;
  closeOfOffice: boolean;
  before: string | null;
  field: string | null;
  /** Working days by urgency. */
  urgent: ReadonlyMap<string, number>;
}
/** How several decide together. */
export interface Together {
  of: string[];
  each: 'post' | 'person' | 'handler';
  /** How many, or which share of the weights, written as it is: 2/3. */
  need: 'all' | 'any' | 'in-order' | number | { above: number; below: number };
  weights: ReadonlyMap<string, number>;
  veto: string[];
  /** The action that agrees. */
  action: Verb;
}
export const escalations = ['remind', 'supervise', 'report', 'criticise'] as const;
export interface Escalation {
  /** After the due date; before it where negative. */
  days: number | null;
  workingDays: number | null;
  /** After the due time, or the close of office on the due date. */
  workingHours: number | null;
  /** One of `escalations`, or a verb of the stage that is then taken. */
  do: (typeof escalations)[number] | Verb;
  to: string[];
}
export interface Branch {
  if: string | null;
  to: string;
  /** The stages that are left out this way, so that it shows. */
  skips: string[];
}
export interface StageAction {
  verb: Verb;
  label: Text;
  /** The posts that may take it. */
  by: string[];
  form: string | null;
  /** The first branch that holds; empty where the thing stays. */
  to: Branch[];
  if: string | null;
  unless: string | null;
  proposedBy: string | null;
  /** The proposed action that this one is taken instead of. */
  instead: Verb | null;
  /** What is sent back by it comes on to where it was, without the stages between. */
  resumes: boolean;
  /** For the first of several handlers alone. */
  leadOnly: boolean;
  /** Working days after arrival within which it is offered; null for always. */
  within: number | null;
  /** Only until the due date. */
  beforeDue: boolean;
  /** Offered at every stage; it belongs to none. */
  everywhere: boolean;
  tone: 'primary' | 'plain' | 'danger';
  confirm: Text | null;
}
export interface AccessRow {
  may:
    | 'create'
    | 'read'
    | 'see-scores'
    | 'see-config'
    | 'draft-config'
    | 'approve-config'
    | 'attach'
    | 'import'
    | 'export'
    | 'read-instructions'
    | 'manage-directory'
    | 'agree'
    | 'see-audit'
    | 'personal-data';
  on: ThingKind | null;
  posts: string[];
}
/** Words for stages in an action's `to`: the one that returned it, the one before, an earlier one or any, as chosen. */
export const BACK = 'back';
export const BEFORE = 'before';
export const EARLIER = 'earlier';
export const ANY = 'any';
export const stageWords: readonly string[] = [BACK, BEFORE, EARLIER, ANY];
