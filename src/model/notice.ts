import type { Instant } from './date.ts';
import type { ThingKind } from './thing.ts';

/** What a county's sentence can name of the thing it tells of. */
export const placeholders = ['title', 'action', 'stage', 'due'] as const;
export type Placeholder = (typeof placeholders)[number];
/** The kind under which one is asked to be an author of a report too. */
export const JOINTLY_ASKED = 'joint';
/** The kind under which a post's day is told; it names no thing. */
export const DIGEST = 'digest';
/** What that sentence can name. */
export const digestPlaceholders = ['post', 'todo', 'overdue'] as const;
export interface DigestCounts {
  todo: number;
  overdue: number;
}

/** A word to one person within the county that something happened. */
export interface Notice {
  /** For `before`, and up to which one has read. */
  key: number;
  /** Of a thing; or `digest`, and the id of a post. */
  kind: ThingKind;
  id: string;
  /** In the county's own words. */
  text: string;
  at: Instant;
  read: boolean;
}
export interface Notices {
  rows: Notice[];
  /** For `before`; null at the end. */
  next: number | null;
  unread: number;
}
