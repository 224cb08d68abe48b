import type { CivilDate } from '../model/date.ts';
import type { Facts } from '../model/fact.ts';
import {
  contactLinks,
  type ContactLink,
  type Directory,
  type DirectoryOrganisation,
  type DirectoryPerson,
  type HeldPost,
} from '../model/record.ts';
import type { Period } from './period.ts';

/** One row of the table to be. */
export interface Subject {
  id: string;
  name: string;
  kind: string;
  group: string | null;
  from: CivilDate | null;
  to: CivilDate | null;
}

interface Span {
  from?: CivilDate;
  to?: CivilDate;
}
const inForce = ({ from, to }: Span, on: CivilDate) => (!from || from <= on) && (!to || on <= to);

function subjectOf(row: DirectoryOrganisation | DirectoryPerson, of: 'people' | 'units'): Subject {
  const { id, name, kind, group, from = null, to = null } = row;
  return {
    id,
    name,
    kind: kind ?? (of === 'units' ? 'unit' : 'person'),
    group: group ?? kind ?? null,
    from,
    to,
  };
}

/** The directory as the count asks it: who is there, and what of them was true on a day. */
export class Register {
  private readonly people: ReadonlyMap<string, DirectoryPerson>;
  private readonly organisations: ReadonlyMap<string, DirectoryOrganisation>;
  private readonly members = new Map<string, DirectoryPerson[]>();
  private readonly links = new Map<string, ContactLink[]>();
  private readonly moments = new Map<string, Map<CivilDate, { is: string; on: CivilDate }>>();

  constructor(directory: Directory) {
    this.people = new Map(directory.people.map((person) => [person.id, person]));
    this.organisations = new Map(directory.organisations.map((unit) => [unit.id, unit]));
    for (const link of contactLinks(directory))
      this.links.set(link.from, [...(this.links.get(link.from) ?? []), link]);
    for (const person of directory.people) {
      const homes = new Set([person.organisation, ...(person.posts ?? []).map((held) => held.organisation)]);
      for (const home of homes)
        if (home !== undefined) this.members.set(home, [...(this.members.get(home) ?? []), person]);
    }
  }

  /** Whoever was there on some day of the period. */
  subjects(of: 'people' | 'units', period: Period): Subject[] {
    const rows = of === 'units' ? [...this.organisations.values()] : [...this.people.values()];
    return rows
      .filter(({ from, to }) => (!from || from <= period.to) && (!to || period.from <= to))
      .map((row) => subjectOf(row, of));
  }

  subject(of: 'people' | 'units', id: string): Subject | null {
    const row = of === 'units' ? this.organisations.get(id) : this.people.get(id);
    return row ? subjectOf(row, of) : null;
  }

  /** A moment's name and date, one for all that are alike: a million lines hold few different ones. */
  told(is: string, on: CivilDate): { is: string; on: CivilDate } {
    let days = this.moments.get(is);
    if (!days) this.moments.set(is, (days = new Map()));
    let told = days.get(on);
    if (!told) days.set(on, (told = { is, on }));
    return told;
  }

  has(of: 'people' | 'units', id: string): boolean {
    return (of === 'units' ? this.organisations : this.people).has(id);
  }

  unit(id: string): DirectoryOrganisation | undefined {
    return this.organisations.get(id);
  }
  person(id: string): DirectoryPerson | undefined {
    return this.people.get(id);
  }

  posts(id: string, on: CivilDate): string[] {
    return this.held(id, on).map(({ post }) => post);
  }
  private held(id: string, on: CivilDate): HeldPost[] {
    return (this.people.get(id)?.posts ?? []).filter((held) => inForce(held, on));
  }

  /** The unit a person belonged to that day: by the post held, else as the directory says. */
  home(id: string, on: CivilDate): string | null {
    const post = this.held(id, on).find((held) => held.organisation !== undefined);
    return post?.organisation ?? this.people.get(id)?.organisation ?? null;
  }

  /** Those whom somebody keeps contact with on a day. */
  linksOf(id: string, on: CivilDate, kind: string | null = null): string[] {
    return (this.links.get(id) ?? []).flatMap((link) =>
      (!link.since || link.since <= on) &&
      (!link.until || on <= link.until) &&
      (kind === null || link.kind === kind)
        ? [link.to]
        : [],
    );
  }

  headcount(unit: string, on: CivilDate): number {
    const stated = this.organisations.get(unit)?.headcount;
    const there = (this.members.get(unit) ?? []).filter(
      (person) => inForce(person, on) && this.home(person.id, on) === unit,
    );
    return stated ?? there.length;
  }

  /** What a line can ask about who earns, on the day. */
  earner(of: 'people' | 'units', id: string, on: CivilDate): Facts {
    const row = of === 'units' ? this.organisations.get(id) : this.people.get(id);
    return {
      'earner.kind': row?.kind ?? null,
      'earner.group': row?.group ?? row?.kind ?? null,
      'earner.organisation': of === 'units' ? id : this.home(id, on),
      'earner.posts': of === 'units' ? [] : this.posts(id, on),
    };
  }
}
