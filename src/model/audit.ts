import type { Instant } from './date.ts';

/** What no one should do alone: delete a thing's words, say who holds which post, erase a person's data. */
export const sensitiveActs = ['purge', 'directory', 'erase'] as const;
export type SensitiveActKind = (typeof sensitiveActs)[number];

/** One such act; it waits for a second person while `second` is null. */
export interface SensitiveAct {
  county: string;
  /** From 1 in each county. */
  number: number;
  is: SensitiveActKind;
  /** The thing, the person or the file that it is about. */
  about: string;
  by: string;
  at: Instant;
  /** What is done once a second person agrees; null once that is settled. */
  request: unknown;
  /** `alone`: the deployment asks for no second person. */
  second: { by: string; at: Instant; is: 'agreed' | 'refused' | 'alone' } | null;
}

/** A line of the audit list, a config's approval among them. */
export interface AuditRow {
  /** Null for a config, which is approved on its own page. */
  number: number | null;
  is: SensitiveActKind | 'config';
  about: string;
  by: { id: string; name: string };
  at: Instant;
  second: { id: string; name: string; at: Instant } | null;
  standing: 'waiting' | 'agreed' | 'refused' | 'alone';
}
