import type { Text } from '../model/text.ts';

/*
 * A ledger of the method as an admin writes it: the document's own tree, one rule a line. Whatever the county's schema
 * admits fits these types; they may say more than a schema lets through.
 */

/** A number, or a decimal in text, which is read as it is written. */
export type Decimal = number | string;

/** A number; a table by one or two facts; a fact; or values in force since a date. */
export type Amount =
  | Decimal
  | {
      by?: string | string[];
      table?: object;
      /** What a key without a cell earns; without it such a key is an error, never a silent 0. */
      otherwise?: Decimal;
      fact?: string;
      /** `{ "2017-01-01": 3, "2018-01-01": 5 }`: the value in force on the day. */
      since?: Record<string, Decimal>;
    };

export const everies = ['month', 'quarter', 'half-year', 'year'] as const;
export type Every = (typeof everies)[number];

/** A named number of one subject in one window. */
export interface RawFigure {
  /** How many of these moments, or with `of: records` how many records that had one. */
  count?: string | string[];
  of?: 'moments' | 'records';
  when?: object;
  /** What one counts for: four briefs are one item. */
  weigh?: Amount;
  /** Only whole items count. */
  whole?: boolean;
  /** The sum of a fact over the moments `on`. */
  sum?: string;
  on?: string | string[];
  /** One figure over another, times something (100 for a rate in per cent); 0 of 0 is no rate. */
  ratio?: [string, string];
  times?: Decimal;
  /** The place inside the group by another figure, the largest first. */
  rank?: string;
  /** The number of windows in which `when`, over figures, holds. */
  periods?: Every;
}

export interface RawLine {
  id: string;
  clause?: string;
  name?: Text;
  /** On an `on` line over the moment; elsewhere over the subject and its figures. */
  when?: object;
  cap?: Decimal;
  /* an `on` line: each time the moment happens */
  on?: string | string[];
  points?: Amount;
  times?: Decimal;
  take?: 'each' | 'once' | 'highest';
  /** Once or highest for each value of these facts, e.g. the leader's level. */
  per?: string | string[];
  /** `{ "first": 60 }`: 60 % to the first, the rest equally. */
  share?: 'full' | 'equal' | 'first' | { first: Decimal };
  /** At most so many authors are credited. */
  limit?: number;
  /* a `for` line: a figure turned into points */
  for?: string | { count: string | string[]; when?: object; of?: 'moments' | 'records'; weigh?: Amount };
  each?: Decimal;
  from?: number;
  quota?: Amount;
  reached?: Decimal;
  missed?: Decimal;
  /** For each above the quota. */
  over?: Decimal;
  /** For each below the quota; negative to deduct. */
  short?: Decimal;
  /* a section */
  section?: Text;
  lines?: RawLine[];
  base?: Amount;
  floor?: Decimal;
  /** Reckoned for each month (quarter …) of the period, with its own base, floor and cap. */
  every?: Every;
}

/** Both ends within, unless `below` says where it stops; without either it reaches up to the next. */
export interface RawGrade {
  id: string;
  name: Text;
  from: Decimal;
  to?: Decimal;
  below?: Decimal;
  /** What else it needs, over the subject's figures. */
  when?: object;
}

export interface RawLedger {
  /** Which kinds of people or units stand in the table; all without it. */
  kinds?: string[];
  figures?: Record<string, RawFigure>;
  lines: RawLine[];
  grades?: RawGrade[];
  /** Whose credit passes to whom: `{ "report-point-3": "county-1" }`. */
  redirect?: Record<string, string>;
}

export interface RawMethod {
  /** The facts that conditions may read beside the usual ones. */
  facts?: Record<string, { type: 'text' | 'number' | 'yes-no' | 'list' | 'date'; label: Text }>;
  /** Decimals of a line, half away from zero; 2 without it. */
  decimals?: number;
  people?: RawLedger;
  units?: RawLedger;
}
