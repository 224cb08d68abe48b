/*
 * The method as an admin writes it: the document's own tree, one rule a line. The types come from the county's schema,
 * whose descriptions say what each key means.
 */
import type {
  CountyConfig,
  Figure,
  Grade,
  Ledger,
  Line,
  Outcome,
  Quota,
  Summary,
} from '../county/config.generated.ts';

export type RawMethod = NonNullable<CountyConfig['method']>;
export type RawLedger = Ledger;
export type RawLine = Line;
export type RawFigure = Figure;
export type RawGrade = Grade;
export type RawOutcome = Outcome;
export type RawSummary = Summary;
export type RawQuota = Quota;
export type RawFacts = NonNullable<RawMethod['facts']>;
export type RawPeriods = NonNullable<RawMethod['periods']>;
export type RawRating = NonNullable<RawMethod['ratings']>[number];
export type RawHonour = NonNullable<RawMethod['honours']>[number];
export type RawValues = NonNullable<RawMethod['values']>;
export type { Amount } from '../county/config.generated.ts';

/** A number, or a decimal or a fraction in text, which is read as it is written: 0.05, "3.125", "1/3". */
export type Decimal = number | string;
/** Whom of a record a line credits. In the units' ledger `authors` means the authors' units, each once. */
export type Role = NonNullable<Line['to']>;
export type Every = NonNullable<Line['every']>;
