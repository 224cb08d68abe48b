import type { ConditionMistake } from '../rules/condition.ts';

/** What is wrong in a method, with a JSON pointer from the method. */
export interface MethodMistake {
  code:
    | ConditionMistake['code']
    /** A table reads a fact that the method does not declare: it runs, but a slip of the pen would too. */
    | 'undeclared-fact'
    | 'unknown-moment'
    | 'unknown-value'
    | 'unknown-rating'
    | 'unknown-line'
    | 'unreadable-line'
    | 'not-a-number'
    | 'not-a-date'
    | 'duplicate-line'
    | 'unread-key'
    | 'no-amount'
    | 'table-depth'
    | 'cap-below-base'
    | 'cap-below-amount'
    | 'bands-overlap'
    | 'bands-gap'
    | 'unknown-figure'
    | 'figure-circle'
    | 'figure-name-taken'
    | 'weights-do-not-add-up'
    | 'share-above-whole'
    | 'never-holds';
  pointer: string;
  /** The word it is about. */
  word: string;
  didYouMean: string | null;
  /** What may stand there instead. */
  among?: readonly string[];
}

/** Readers report and go on, so that every mistake is found at once. */
export type Report = (
  pointer: string,
  code: MethodMistake['code'],
  word: string,
  didYouMean?: string | null,
  among?: readonly string[],
) => void;
