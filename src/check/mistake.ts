import type { Saying } from '../model/error.ts';
import type { Language } from '../model/text.ts';

/** Every kind of mistake the check can name; each has its fixtures. */
export const mistakeCodes = [
  'json-syntax',
  'duplicate-key',
  'unknown-key',
  'missing-key',
  'wrong-type',
  'not-allowed',
  'duplicate-id',
  'unknown-base',
  'unknown-post',
  'unknown-person',
  'unknown-stage',
  'unknown-form',
  'unknown-list',
  'unknown-rule',
  'unknown-action',
  'unknown-field',
  'unknown-kind',
  'unknown-fact',
  'unknown-operator',
  'unknown-option',
  'unknown-condition',
  'unknown-placeholder',
  'unknown-label',
  'wrong-operand',
  'empty-condition',
  'hostile-path',
  'too-deep',
  'unreachable-stage',
  'no-way-out',
  'can-get-stuck',
  'endless-loop',
  'never-together',
  'nobody-acts',
  'excludes-everyone',
  'fallback-unread',
  'not-automatic',
  'no-escalation',
  'overdue-order',
  'never-broken',
  'always-broken',
  'cap-below-base',
  'cap-below-amount',
  'unread-key',
  'no-amount',
  'table-depth',
  'nobody-owes',
  'unknown-organisation',
  'undeclared-fact',
  'unknown-moment',
  'unknown-value',
  'unknown-rating',
  'unknown-line',
  'unknown-figure',
  'unreadable-line',
  'not-a-number',
  'not-a-date',
  'duplicate-line',
  'bands-overlap',
  'bands-gap',
  'figure-circle',
  'figure-name-taken',
  'weights-do-not-add-up',
  'share-above-whole',
  'never-holds',
  'no-flow',
  'case-fails',
] as const;
export type MistakeCode = (typeof mistakeCodes)[number];

/** A mistake in a config, at its place. */
export interface Mistake {
  code: MistakeCode;
  file: string;
  line: number;
  column: number;
  /** A JSON pointer into the file, `#/rules/0/when`. */
  pointer: string;
  saying: Saying;
}

/** `FILE:LINE:COL #/json/pointer message` */
export function mistakeLine(mistake: Mistake, language: Language): string {
  const { file, line, column, pointer, saying } = mistake;
  return `${file}:${line}:${column} ${pointer} ${saying[language]}`;
}
