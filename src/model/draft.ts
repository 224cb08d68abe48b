import type { Instant } from './date.ts';
import type { FieldValue } from './thing.ts';
import type { FieldType } from './view.ts';

/** What somebody wrote into one field, with its label of then: the form may have another one when they come back. */
export interface DraftField {
  name: string;
  label: string;
  type: FieldType;
  value: FieldValue;
  /** Names of the files that it holds, in their order, a line each. */
  files: string;
}
/** What somebody has written of a form and not sent yet. It is theirs alone and enters no log. */
export interface Draft {
  fields: DraftField[];
  /** By the clock of the page where it was written. */
  at: Instant;
}
/** The forms that are kept as one writes. */
export const draftKinds = ['report', 'lead'] as const;
export type DraftKind = (typeof draftKinds)[number];
