import type { Context } from 'hono';
import type { Verb } from '../model/verb.ts';

/** What answering one request brought to light of it, for the log and the figures: nothing that was written or sent. */
export interface Noted {
  county?: string;
  /** An id of the directory, never a name. */
  actor?: string;
  /** The act that was asked for. */
  verb?: Verb;
  /** Why it was refused. */
  code?: string;
}

const notes = new WeakMap<Context, Noted>();

export const noted = (c: Context): Noted => notes.get(c) ?? {};

export function note(c: Context, more: Noted): void {
  notes.set(c, { ...noted(c), ...more });
}
