import type { County } from '../county/county.ts';
import { postsOn } from '../desk/posts.ts';
import type { Desk } from '../desk/request.ts';
import { civilDate, spans, type Instant } from '../model/date.ts';
import type { Directory } from '../model/record.ts';
import type { Actor, ActorPost } from '../model/thing.ts';
import type { Store } from '../store/port.ts';

/** One county as the server runs it. */
export interface CountyHost {
  county: County;
  directory: Directory;
  desk: Desk;
  store: Store;
  /** A Word template of its own, by the name that its config has for it. */
  template?: (file: string) => Promise<Uint8Array>;
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
    posts: apart(host, postsOn(host.county, host.directory, today).of(person)),
  };
}

function apart({ county, separateDuties }: CountyHost, posts: ActorPost[]): ActorPost[] {
  const administers = ({ post }: ActorPost) => county.posts.get(post)?.administers ?? null;
  const kinds = new Set(posts.map(administers).filter((one) => one !== null));
  return separateDuties && kinds.size > 1 ? posts.filter((post) => administers(post) === null) : posts;
}
