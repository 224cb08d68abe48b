import type { Fact } from '../model/fact.ts';
import type { Text } from '../model/text.ts';

/** What one fact means: how it is called, what it holds, when it is null. */
export interface FactMeaning {
  label: Text;
  type: 'text' | 'number' | 'yes-no' | 'list' | 'date';
  unit?: Text;
  /** Of a number: without fractions, and never less than this. */
  whole?: boolean;
  least?: number;
  options?: { value: string; label: Text }[];
  nullWhen?: Text;
  example?: Fact;
}

/** The closed list of facts that the rules of one step can read. */
export type Vocabulary = Record<string, FactMeaning>;
