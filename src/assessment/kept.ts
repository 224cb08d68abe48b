/*
 * What is kept of a million records: not an object for each of their moments, but two numbers, the record's and that of
 * what happened, since few different things happen.
 */

/**
 * Records by their ids, each with a number. Most ids are a few letters and a running number: those stand in a list at
 * their running number, where a map would be asked for each of a million texts.
 */
export class RecordIds {
  private readonly names: string[] = [];
  private readonly running = new Map<string, (number | undefined)[]>();
  private readonly others = new Map<string, number>();
  /** Records of one kind come one after another. */
  private last: { letters: string; numbers: (number | undefined)[] } | undefined;

  /** The number of a record that is new; null for one that is there. */
  admit(id: string): number | null {
    const number = this.names.length;
    const at = runningFrom(id);
    if (at === id.length) {
      if (this.others.has(id)) return null;
      this.others.set(id, number);
    } else {
      const numbers = this.numbers(id, at);
      const place = valueOf(id, at);
      if (numbers[place] !== undefined) return null;
      numbers[place] = number;
    }
    this.names.push(id);
    return number;
  }
  /** Its number stays its own: a record that comes again is another one. */
  forget(id: string): number | null {
    const at = runningFrom(id);
    if (at === id.length) {
      const number = this.others.get(id) ?? null;
      this.others.delete(id);
      return number;
    }
    const [numbers, place] = [this.numbers(id, at), valueOf(id, at)];
    const number = numbers[place] ?? null;
    numbers[place] = undefined;
    return number;
  }
  name(place: number): string {
    return this.names[place] ?? '';
  }

  private numbers(id: string, at: number): (number | undefined)[] {
    const { last } = this;
    if (last?.letters.length === at && id.startsWith(last.letters)) return last.numbers;
    const letters = id.slice(0, at);
    let numbers = this.running.get(letters);
    if (!numbers) this.running.set(letters, (numbers = []));
    this.last = { letters, numbers };
    return numbers;
  }
}

/** Beyond this many digits a number is no running number. */
const digits = 7;

/** Where the running number at the end of an id begins, without leading zeros; its length where there is none. */
function runningFrom(id: string): number {
  let at = id.length;
  while (at > 0 && isDigit(id.charCodeAt(at - 1))) at -= 1;
  while (at < id.length && id.charCodeAt(at) === zeroSign) at += 1;
  return id.length - at > digits ? id.length : at;
}
const zeroSign = 48;
const isDigit = (sign: number) => sign >= zeroSign && sign < zeroSign + 10;
function valueOf(id: string, from: number): number {
  let value = 0;
  for (let at = from; at < id.length; at += 1) value = value * 10 + id.charCodeAt(at) - zeroSign;
  return value;
}

/**
 * Lists of pairs of numbers, a list an owner. A year is written first and read then: what is written comes one after
 * another, and is put in order of its owners when the first list is read. Ten thousand lists of their own would each be
 * fetched from far away for every pair. What comes later is little, and kept beside.
 */
export class Lists {
  private readonly owners: number[] = [];
  private readonly records: number[] = [];
  private readonly places: number[] = [];
  private ordered: Ordered | null = null;
  private readonly later = new Map<number, [record: number, place: number][]>();

  push(owner: number, record: number, place: number): void {
    if (this.ordered !== null) {
      this.later.set(owner, [...(this.later.get(owner) ?? []), [record, place]]);
      return;
    }
    this.owners.push(owner);
    this.records.push(record);
    this.places.push(place);
  }

  each(owner: number, take: (record: number, place: number) => void): void {
    const { begins, records, places } = this.inOrder();
    const end = begins[owner + 1] ?? 0;
    for (let at = begins[owner] ?? 0; at < end; at += 1) {
      const record = records[at] ?? gone;
      if (record !== gone) take(record, places[at] ?? 0);
    }
    for (const [record, place] of this.later.get(owner) ?? []) take(record, place);
  }

  without(owner: number, record: number): void {
    const { begins, records } = this.inOrder();
    const end = begins[owner + 1] ?? 0;
    for (let at = begins[owner] ?? 0; at < end; at += 1) if (records[at] === record) records[at] = gone;
    const list = this.later.get(owner);
    if (list)
      this.later.set(
        owner,
        list.filter(([one]) => one !== record),
      );
  }

  private inOrder(): Ordered {
    this.ordered ??= ordered(this.owners, this.records, this.places);
    return this.ordered;
  }
}

/** The pairs of each owner side by side, in the order they came; whoever comes later has none of them. */
interface Ordered {
  begins: Int32Array;
  records: Int32Array;
  places: Int32Array;
}
/** In the place of a record that was taken away. */
const gone = -1;

function ordered(owners: number[], records: readonly number[], places: readonly number[]): Ordered {
  const many = owners.reduce((most, owner) => Math.max(most, owner + 1), 0);
  // Each owner's pairs are counted two places on, so that what is next begins where the last was put.
  const begins = new Int32Array(many + 2);
  for (const owner of owners) begins[owner + 2] = (begins[owner + 2] ?? 0) + 1;
  for (let at = 2; at < begins.length; at += 1) begins[at] = (begins[at] ?? 0) + (begins[at - 1] ?? 0);
  const sorted = { records: new Int32Array(owners.length), places: new Int32Array(owners.length) };
  for (const [pair, owner] of owners.entries()) {
    const at = begins[owner + 1] ?? 0;
    begins[owner + 1] = at + 1;
    sorted.records[at] = records[pair] ?? 0;
    sorted.places[at] = places[pair] ?? 0;
  }
  owners.length = 0;
  return { begins, ...sorted };
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
