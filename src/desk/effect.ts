import type { Flow } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import type { Author, Fields, Link, Thing, ThingKind } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import type { Change } from './change.ts';
import { wrong } from './error.ts';

/** What an act does beside moving its own thing: another thing opened, or one that exists changed along. */
export interface Opened {
  kind: ThingKind;
  /** How it begins: the action its log starts with. */
  action: Verb;
  change: Change;
}
export interface Along {
  thing: Thing;
  action: Verb;
  change: Change;
}
export interface Effect {
  change: Change;
  opened?: Opened;
  along?: Along[];
  /** The words that its earlier entries hold go, and its files. */
  erases?: boolean;
}

export interface Act {
  thing: Thing;
  fields: Fields;
  on: CivilDate;
  today: CivilDate;
  /** Whether it comes after the due date; null where nothing is due. */
  late: boolean | null;
  /** The last day to which more time can be given; null for any. */
  lastDue: CivilDate | null;
  /** Who acts. */
  actor: string;
  /** Whose act it is: theirs for whom it is entered, else who acts. */
  whose: string;
  /** The acting person's own organisation, where one of their posts names it. */
  organisation: string | null;
  /** Those who sign at this stage, where several act together. */
  signers: readonly string[];
  /** Things taken along, read and checked. */
  taken: Thing[];
  /** It came by a link that works once. */
  byLink: boolean;
  newToken: () => string;
  /** The ids of all pieces of its issue, in their order. */
  together: readonly string[];
  /** As they are in force, for what is opened. */
  flows: ReadonlyMap<ThingKind, Flow>;
  /** The flow that a thing began with. */
  flowOf: (thing: Pick<Thing, 'kind' | 'configVersion'>) => Flow | undefined;
  mainForm: ReadonlySet<string>;
  /** The field with the day that the thing happened, where its kind has one. */
  dayField: string | null;
  longTexts: ReadonlySet<string>;
  fileFields: ReadonlySet<string>;
  nextNumber: (series: string) => Promise<number>;
  /** A number given by hand: the series goes on after it. */
  reachNumber: (series: string, number: number) => Promise<void>;
  /** Whoever made an entered record (a proposal, say). */
  authorsOfRecord: (record: string) => Promise<Author[]>;
  /** Counts a period; the ids of the table and of the records that it leaves. */
  count: (period: string) => Promise<{ table: string; records: string }>;
  /** Prints the period's bulletin; the ids of the files. */
  print: (issued: { number: number; on: CivilDate }) => Promise<string[]>;
  /** The comments on its fields that nobody has seen to. */
  remarksOpen: () => Promise<string[]>;
  /** Whether a period is over by the day of the act. */
  over: (period: string) => boolean;
}

export function listed(value: Fields[string] | undefined): string[] {
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}

export function link(role: Link['role'], thing: Thing): Link {
  return { role, kind: thing.kind, id: thing.id };
}

/** What is said to have happened cannot be still to come. */
export function happened({ fields, today }: Act, field: string): void {
  const on = fields[field];
  if (typeof on !== 'string' || on <= today) return;
  throw wrong({ field, saying: { zh: '日期不能晚于今天。', en: 'It cannot have happened after today.' } });
}
