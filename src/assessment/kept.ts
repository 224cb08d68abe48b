/*
 * What is kept of a million records: not an object for each of their moments, but two numbers, the record's and that of
 * what happened, since few different things happen.
 */

/** Records by their ids, each with a number. */
export class RecordIds {
  private readonly names: string[] = [];
  private readonly places = new Map<string, number>();

  /** The number of a record that is new; null for one that is there. */
  admit(id: string): number | null {
    const [number, known] = [this.names.length, this.places.size];
    // To set and see whether there is one more asks the map once, to look first would ask it twice.
    this.places.set(id, number);
    if (this.places.size === known) {
      this.places.set(id, this.names.lastIndexOf(id));
      return null;
    }
    this.names.push(id);
    return number;
  }
  /** Its number stays its own: a record that comes again is another one. */
  forget(id: string): number | null {
    const number = this.places.get(id) ?? null;
    this.places.delete(id);
    return number;
  }
  name(place: number): string {
    return this.names[place] ?? '';
  }
}

/** A growing list of pairs of numbers. */
export class Pairs {
  private readonly data: number[] = [];

  push(first: number, second: number): void {
    this.data.push(first, second);
  }

  each(take: (first: number, second: number) => void): void {
    for (let at = 0; at < this.data.length; at += 2) take(this.data[at] ?? 0, this.data[at + 1] ?? 0);
  }

  without(first: number): void {
    let kept = 0;
    for (let at = 0; at < this.data.length; at += 2) {
      if (this.data[at] === first) continue;
      this.data[kept] = this.data[at] ?? 0;
      this.data[kept + 1] = this.data[at + 1] ?? 0;
      kept += 2;
    }
    this.data.length = kept;
  }
}

/** How far back a thing is looked for that may have been met before: twice kept does no harm. */
const far = 16;

/** Things that are met again and again, each kept once and known by its number. */
export class Kinds<Kind> {
  private readonly kinds: Kind[] = [];
  private readonly groups = new Map<unknown, Map<unknown, number[]>>();

  constructor(private readonly same: (a: Kind, b: Kind) => boolean) {}

  /** The number of what is the same as this, among those that share two keys with it. */
  place(kind: Kind, first: unknown, second: unknown): number {
    let group = this.groups.get(first);
    if (!group) this.groups.set(first, (group = new Map<unknown, number[]>()));
    let met = group.get(second);
    if (!met) group.set(second, (met = []));
    for (let at = met.length - 1; at >= Math.max(0, met.length - far); at -= 1) {
      const place = met[at];
      const known = place === undefined ? undefined : this.kinds[place];
      if (place !== undefined && known !== undefined && this.same(known, kind)) return place;
    }
    const place = this.kinds.push(kind) - 1;
    met.push(place);
    return place;
  }
  at(place: number): Kind | undefined {
    return this.kinds[place];
  }
}
