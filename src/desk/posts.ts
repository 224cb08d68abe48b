import type { County, Stage } from '../county/county.ts';
import { spans, type CivilDate } from '../model/date.ts';
import type { Directory, DirectoryPerson } from '../model/record.ts';
import type { ActorPost, Thing } from '../model/thing.ts';
import type { DeskContext } from './context.ts';
import { isBarred, mustNot, type Vacancy } from './permission.ts';

/** One who can act by a post. */
export interface Acting extends Pick<ActorPost, 'organisation' | 'deputyOf' | 'proxyFor'> {
  person: string;
}
/** Who holds which posts on a day, as the directory has it. */
export interface Posts {
  /** One's own, those of whom one stands in for, and those whose deputy one is. */
  of: (person: DirectoryPerson) => ActorPost[];
  /** Those who can act by a post: who holds it and is not on leave, who stands in for one of them, who is a deputy. */
  acting: (post: string) => Acting[];
}

export function postsOn(county: County, directory: Directory, today: CivilDate): Posts {
  const held = ({ posts = [] }: DirectoryPerson): ActorPost[] =>
    posts
      .filter((one) => spans(one, today))
      .map(({ post, organisation }) => ({ post, organisation: organisation ?? null }));
  const away = ({ leaves = [] }: DirectoryPerson) => leaves.some((leave) => spans(leave, today));
  const holders = directory.people.filter(({ posts = [] }) => posts.length > 0);
  const absent = holders.filter(({ standIns = [] }) => standIns.some((one) => spans(one, today)));
  const there = holders.filter((person) => spans(person, today) && !away(person));
  const present = new Map<string, { person: string; organisation: string | null }[]>();
  for (const person of there)
    for (const { post, organisation } of held(person))
      present.set(post, [...(present.get(post) ?? []), { person: person.id, organisation }]);

  function of(person: DirectoryPerson): ActorPost[] {
    const own = held(person);
    const proxied = absent.flatMap((other) =>
      (other.standIns ?? []).some((one) => one.person === person.id && spans(one, today))
        ? held(other).map((post) => ({ ...post, proxyFor: other.id }))
        : [],
    );
    const deputy = [...county.posts.values()].flatMap(({ id, scope, deputies }): ActorPost[] => {
      const by = own.filter(({ post }) => deputies.includes(post));
      // A post of the whole county has its deputies for all of it, one of an organisation within it.
      const units = scope === 'organisation' ? by.flatMap((one) => one.organisation ?? []) : [null];
      return by.length === 0
        ? []
        : [...new Set(units)].flatMap((organisation) => {
            const inIt = (one: { organisation: string | null }) =>
              organisation === null || one.organisation === organisation;
            if (own.some((one) => one.post === id && inIt(one))) return [];
            const holders = (present.get(id) ?? []).filter(inIt).map(({ person }) => person);
            return [{ post: id, organisation, deputyOf: [...new Set(holders)] }];
          });
    });
    return [...own, ...proxied, ...deputy];
  }

  const standing = new Set(
    absent.flatMap(({ standIns = [] }) => standIns.flatMap((one) => (spans(one, today) ? [one.person] : []))),
  );
  let byPost: Map<string, Acting[]> | null = null;
  function everybody(): Map<string, Acting[]> {
    const all = new Map<string, Acting[]>();
    for (const person of directory.people) {
      const awayOwn = away(person);
      if (!spans(person, today) || (awayOwn && !standing.has(person.id))) continue;
      for (const { post, organisation, deputyOf, proxyFor } of of(person))
        if (!awayOwn || proxyFor !== undefined)
          all.set(post, [
            ...(all.get(post) ?? []),
            {
              person: person.id,
              organisation,
              ...(deputyOf ? { deputyOf } : {}),
              ...(proxyFor === undefined ? {} : { proxyFor }),
            },
          ]);
    }
    return all;
  }
  return { of, acting: (post) => (byPost ??= everybody()).get(post) ?? [] };
}

/** Whether anybody can act by a post on a thing; with null, on any. */
export function isHeld(
  county: County,
  posts: Posts,
  id: string,
  thing: Thing | null,
  bars: typeof isBarred = isBarred,
): boolean {
  const post = county.posts.get(id);
  if (!post) return false;
  if (post.everyone || post.scope === 'own') return true;
  const barred = (person: string) => thing !== null && bars(county, person, thing);
  const handles = (organisation: string | null) =>
    post.scope === 'county' ||
    thing === null ||
    (organisation !== null && thing.handlers.includes(organisation));
  return (
    posts
      .acting(id)
      .some(
        ({ person, organisation, deputyOf = [] }) =>
          handles(organisation) && !barred(person) && deputyOf.every(barred),
      ) ||
    // A department without an account answers on paper.
    (post.scope === 'organisation' && post.enteredBy.some((other) => isHeld(county, posts, other, null)))
  );
}

/** Who acts where nobody can by a post of the stage: its own fallback, then the county's; null where nobody can either. */
export function fallbackOf(county: County, posts: Posts, stage: Stage, thing: Thing | null): string | null {
  return (
    [stage.fallback, county.fallback].find((post) => post !== null && isHeld(county, posts, post, thing)) ??
    null
  );
}

/**
 * The posts that are needed where a thing stands and by which nobody can act that day, and who acts instead; null where
 * none is: all those of the stage, all of an action of its own that leads on, and each of those who sign together.
 */
export function vacancy(county: County, posts: Posts, stage: Stage, thing: Thing | null): Vacancy | null {
  if (stage.kind === 'end') return null;
  const { together } = stage;
  const vacant = (all: readonly string[], bars?: typeof isBarred) =>
    all.filter((post) => !isHeld(county, posts, post, thing, bars));
  const whole = (all: readonly string[]) => {
    const none = vacant(all);
    return none.length === all.length ? none : [];
  };
  const leadsOn = [...stage.actions.values()].filter(({ everywhere, to }) => !everywhere && to.length > 0);
  // Nobody signs their own, whatever is done at the stage.
  const signing = together?.each === 'post' ? (thing?.signers ?? together.of) : (together?.of ?? []);
  const of = [
    ...whole(stage.by),
    ...leadsOn.flatMap(({ by }) => whole(by)),
    ...(together?.each === 'handler' ? [] : vacant(signing, mustNot)),
  ];
  return of.length === 0 ? null : { of: [...new Set(of)], fallback: fallbackOf(county, posts, stage, thing) };
}

/** Who holds a post that day, for this thing: a unit's contact is told of what that unit handles. */
export function holdersFor(
  { county, directory }: DeskContext,
  post: string,
  thing: Thing,
  today: CivilDate,
): string[] {
  const units = county.posts.get(post)?.scope === 'organisation';
  return directory.people
    .filter((person) => spans(person, today))
    .filter(({ posts = [] }) =>
      posts.some(
        (held) =>
          held.post === post &&
          spans(held, today) &&
          (!units || (held.organisation !== undefined && thing.handlers.includes(held.organisation))),
      ),
    )
    .map(({ id }) => id);
}
