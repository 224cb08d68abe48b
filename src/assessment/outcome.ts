import type { Facts } from '../model/fact.ts';
import type { Text } from '../model/text.ts';
import type { RawHonour, RawOutcome } from './method.ts';
import { readTest, type Place, type Reading } from './place.ts';
import { words } from './read-figure.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';

/** What follows for a subject, read. */
export interface Outcome {
  id: string;
  name: Text;
  clause: string | null;
  when: Reading<boolean>;
  running: number;
  best: number | null;
  /** The figure that the best are the best by; null for the total. */
  by: string | null;
  every: RawOutcome['every'] | null;
}

export function readOutcome(raw: RawOutcome, subject: Place, standing: Vocabulary): Outcome {
  const place = { ...subject, vocabulary: { ...subject.vocabulary, ...standing } };
  if (raw.by !== undefined && !Object.hasOwn(subject.vocabulary, raw.by))
    subject.report(
      `${subject.pointer}/by`,
      'unknown-figure',
      raw.by,
      didYouMean(raw.by, Object.keys(subject.vocabulary)),
    );
  return {
    id: raw.id,
    name: raw.name,
    clause: raw.clause ?? null,
    when: readTest(place, raw.when),
    running: raw.running ?? 1,
    best: raw.best ?? null,
    by: raw.by ?? null,
    // "Two running" without more means two years: a month's table says nothing of them.
    every: raw.every ?? ((raw.running ?? 1) > 1 ? 'year' : null),
  };
}

/** What a moment makes of its record. */
export interface Honour {
  id: string;
  name: Text;
  clause: string | null;
  on: ReadonlySet<string>;
  when: (facts: Facts) => boolean;
}

export function readHonours(raw: readonly RawHonour[], moment: Place): Honour[] {
  return raw.map((honour, index) => ({
    id: honour.id,
    name: honour.name,
    clause: honour.clause ?? null,
    on: new Set(words(honour.on)),
    when: readTest({ ...moment, line: honour.id, pointer: `/honours/${index}` }, honour.when).of,
  }));
}
