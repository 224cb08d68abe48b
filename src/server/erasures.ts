import type { Instant } from '../model/date.ts';
import { ERASED_NAME } from '../model/personal.ts';
import type { CountyHost } from './host.ts';
import type { Erasure } from './person-routes.ts';

/** Who signs what is erased again; not the directory's file, which would bring the name back. */
const REGISTER = 'erasures';

/** As it is written down, one a line, by ids alone. */
export const erasureLine = ({ county, person, at }: Erasure): string =>
  `${JSON.stringify([county, person, at])}\n`;

/** Of what was written down before the instant was, it is not known. */
type Read = Omit<Erasure, 'at'> & { decided: Instant | null };

function erasuresIn(text: string): Read[] {
  return text.split('\n').flatMap((line) => {
    try {
      const [county, person, at]: unknown[] = JSON.parse(line);
      return typeof county === 'string' && typeof person === 'string'
        ? [{ county, person, decided: typeof at === 'string' ? at : null }]
        : [];
    } catch {
      // The last line of a file may have been broken off; what it would have said was then not done either.
      return [];
    }
  });
}

/**
 * Erases again whoever was erased and is still there by the name of then: an erasure broke off, or a backup was brought
 * back. Whoever was entered again since keeps what they have given since.
 */
export async function eraseAgain(
  text: string,
  hosts: ReadonlyMap<string, CountyHost>,
  at: Instant,
  heard: (words: string) => void,
): Promise<void> {
  const erased = new Map<string, { people: number; things: number }>();
  for (const { county, person, decided } of erasuresIn(text)) {
    const host = hosts.get(county);
    if (!host) continue;
    const known = (await host.store.directory(county)).filter(
      ({ of, row }) => of === 'people' && row.id === person,
    );
    const named = known.filter(({ row }) => row.name !== ERASED_NAME);
    const owed =
      decided === null ? named.length === known.length : named.some((entry) => entry.at <= decided);
    if (named.length === 0 || !owed) continue;
    const again = decided !== null && named.some((entry) => entry.at > decided);
    const { things } = await host.desk.erasePerson(person, {
      by: REGISTER,
      at,
      second: null,
      ...(again ? { upTo: decided } : {}),
    });
    const done = erased.get(county) ?? { people: 0, things: 0 };
    erased.set(county, { people: done.people + 1, things: done.things + things });
  }
  // How many, and not who: a log is read by more than the register of erasures is.
  for (const [county, { people, things }] of erased)
    heard(
      `${county}:已再次删除 ${people} 人的个人信息(${things} 件) / the data of ${people} person(s) was erased again (${things} thing(s))`,
    );
}
