import type { Language } from './text.ts';

/** What a refusal says in each language: what, where, why and what to do. */
export type Saying = Record<Language, string>;

/** The base of every module's own error: a stable code and a sentence a person can act on. */
export class MinqingError extends Error {
  constructor(
    readonly code: string,
    readonly saying: Saying,
    options?: ErrorOptions,
  ) {
    super(saying.en, options);
    this.name = new.target.name;
  }
}
