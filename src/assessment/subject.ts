import type { CivilDate } from '../model/date.ts';
import type { Directory, HeldPost } from '../model/record.ts';

/** One row of the table to be. */
export interface Subject {
  id: string;
  name: string;
  kind: string;
  group: string | null;
  organisation: string | null;
  posts: readonly HeldPost[];
}

export function subjectsOf(directory: Directory, of: 'people' | 'units'): Subject[] {
  return of === 'units'
    ? directory.organisations.map(({ id, name, kind, group }) => ({
        id,
        name,
        kind: kind ?? 'unit',
        group: group ?? kind ?? null,
        organisation: id,
        posts: [],
      }))
    : directory.people.map(({ id, name, kind, group, organisation, posts }) => ({
        id,
        name,
        kind: kind ?? 'person',
        group: group ?? kind ?? null,
        organisation: organisation ?? null,
        posts: posts ?? [],
      }));
}

export function postsOn({ posts }: Subject, day: CivilDate): string[] {
  return posts.filter(({ from, to }) => (!from || from <= day) && (!to || day <= to)).map(({ post }) => post);
}
