import type { County } from '../county/county.ts';
import type { Desk } from '../desk/request.ts';
import { civilDate, spans, type CivilDate, type Instant } from '../model/date.ts';
import type { Directory, DirectoryPerson } from '../model/record.ts';
import type { Actor, ActorPost } from '../model/thing.ts';
import type { Store } from '../store/port.ts';

/** One county as the server runs it. */
export interface CountyHost {
  county: County;
  directory: Directory;
  desk: Desk;
  store: Store;
  /** Whoever holds posts of two of the three administrators acts by none of these. */
  separateDuties?: boolean;
}

/** The person a token names, as this county's directory knows them today; null where it does not. */
export function actorIn(host: CountyHost, subject: string, now: Instant): Actor | null {
  const person = host.directory.people.find((one) => one.id === subject);
  if (!person) return null;
  const today = civilDate(now, host.county.timeZone);
  if (!spans(person, today)) return null;
  return {
    id: person.id,
    county: host.county.id,
    name: person.name,
    kind: person.kind ?? null,
    posts: postsOf(host, person, today),
  };
}

/** The posts held on a day: one's own, those of whom one stands in for, and those whose deputy one is. */
function postsOf(host: CountyHost, person: DirectoryPerson, today: CivilDate): ActorPost[] {
  const { county, directory } = host;
  const held = ({ posts = [] }: DirectoryPerson): ActorPost[] =>
    posts
      .filter((one) => spans(one, today))
      .map(({ post, organisation }) => ({ post, organisation: organisation ?? null }));
  const own = held(person);
  const proxied = directory.people.flatMap((other) =>
    (other.standIns ?? []).some((one) => one.person === person.id && spans(one, today))
      ? held(other).map((post) => ({ ...post, proxyFor: other.id }))
      : [],
  );
  const away = ({ leaves = [] }: DirectoryPerson) => leaves.some((leave) => spans(leave, today));
  const deputy = [...county.posts.values()].flatMap(({ id, deputies }): ActorPost[] => {
    if (own.some(({ post }) => post === id) || !own.some(({ post }) => deputies.includes(post))) return [];
    const present = directory.people.filter(
      (other) => spans(other, today) && !away(other) && held(other).some(({ post }) => post === id),
    );
    return [{ post: id, organisation: null, deputyOf: present.map((one) => one.id) }];
  });
  return apart(host, [...own, ...proxied, ...deputy]);
}

function apart({ county, separateDuties }: CountyHost, posts: ActorPost[]): ActorPost[] {
  const administers = ({ post }: ActorPost) => county.posts.get(post)?.administers ?? null;
  const kinds = new Set(posts.map(administers).filter((one) => one !== null));
  return separateDuties && kinds.size > 1 ? posts.filter((post) => administers(post) === null) : posts;
}
