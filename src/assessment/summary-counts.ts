import type { Facts } from '../model/fact.ts';
import type { Moment } from '../model/thing.ts';

/** What one number of the whole table counts. */
export interface CountOf {
  on: ReadonlySet<string>;
  /** `last`: a record by its last such moment alone; `pieces`: a piece once, however many reports it was made of. */
  of: 'records' | 'last' | 'moments' | 'pieces';
  when: (facts: Facts) => boolean;
}
export interface Happened {
  moment: Moment;
  facts: Facts;
}

/**
 * What happened once, to a piece or in a handling item, is read in each of the reports behind it: the names by which it
 * is one all the same (two of a kind on one day are two), or null for what is the record's own.
 */
export function sharedNames(moments: readonly Moment[]): (string | null)[] {
  const seen = new Map<string, number>();
  return moments.map((moment) => {
    if (moment['piece'] === undefined && moment['handling'] === undefined) return null;
    const name = JSON.stringify(moment);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return `${times} ${name}`;
  });
}

/** The counts of a whole table, taken record by record; a record can be taken out again. */
export class Counts {
  private readonly plain = new Map<string, number>();
  /** How many records each shared thing was found in. */
  private readonly shared = new Map<string, Map<string, number>>();

  constructor(private readonly items: readonly ({ id: string } & CountOf)[]) {}

  add(happened: readonly Happened[], sign: 1 | -1): void {
    for (const item of this.items) {
      const named = happened.filter(({ moment }) => item.on.has(moment.is));
      const asked = item.of === 'last' ? lastOf(named) : named;
      const found = asked.filter(({ facts }) => item.when(facts)).map(({ moment }) => moment);
      if (item.of === 'moments') for (const name of sharedNames(found)) this.raise(item.id, name, sign);
      else if (item.of === 'pieces')
        for (const piece of new Set(found.map(pieceOf))) this.raise(item.id, piece, sign);
      else if (found.length > 0) this.raise(item.id, null, sign);
    }
  }

  value(id: string): number {
    return (this.plain.get(id) ?? 0) + (this.shared.get(id)?.size ?? 0);
  }

  private raise(id: string, name: string | null, sign: 1 | -1): void {
    if (name === null) {
      this.plain.set(id, (this.plain.get(id) ?? 0) + sign);
      return;
    }
    const names = this.shared.get(id) ?? new Map<string, number>();
    this.shared.set(id, names);
    const left = (names.get(name) ?? 0) + sign;
    if (left > 0) names.set(name, left);
    else names.delete(name);
  }
}

/** The moment that holds: the latest, and of one day the one that came last. */
function lastOf(happened: readonly Happened[]): Happened[] {
  const [first, ...rest] = happened;
  if (!first) return [];
  return [rest.reduce((last, one) => (one.moment.on >= last.moment.on ? one : last), first)];
}

/** A record that no piece is known of stands for one itself. */
function pieceOf({ piece }: Moment): string | null {
  return typeof piece === 'string' ? piece : null;
}
