import type { County } from '../county/county.ts';
import { postsOn } from '../desk/posts.ts';
import type { Desk } from '../desk/request.ts';
import { civilDate, spans, type Instant } from '../model/date.ts';
import type { Directory } from '../model/record.ts';
import type { Actor } from '../model/thing.ts';
import type { Store } from '../store/port.ts';

/** One county as the server runs it. */
export interface CountyHost {
  county: County;
  directory: Directory;
  desk: Desk;
  store: Store;
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
    posts: postsOn(host.county, host.directory, today).of(person),
  };
}
