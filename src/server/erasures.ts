import type { Instant } from '../model/date.ts';
import { ERASED_NAME } from '../model/personal.ts';
import type { CountyHost } from './host.ts';
import type { Erasure } from './person-routes.ts';

/** Who signs what is erased again; not the directory's file, which would bring the name back. */
const REGISTER = 'erasures';

/** As it is written down, one a line, by ids alone. */
export const erasureLine = ({ county, person }: Erasure): string => `${JSON.stringify([county, person])}\n`;

function erasuresIn(text: string): Erasure[] {
  return text.split('\n').flatMap((line) => {
    try {
      const [county, person]: unknown[] = JSON.parse(line);
      return typeof county === 'string' && typeof person === 'string' ? [{ county, person }] : [];
    } catch {
      // The last line of a file may have been broken off; what it would have said was then not done either.
      return [];
    }
  });
}

/** Erases again whoever was erased and is there by name: an erasure broke off, or a backup was brought back. */
export async function eraseAgain(
  text: string,
  hosts: ReadonlyMap<string, CountyHost>,
  at: Instant,
  heard: (words: string) => void,
): Promise<void> {
  for (const { county, person } of erasuresIn(text)) {
    const host = hosts.get(county);
    const known = (await host?.store.directory(county))?.findLast(
      ({ of, row }) => of === 'people' && row.id === person,
    );
    if (!host || !known || known.row.name === ERASED_NAME) continue;
    const { things } = await host.desk.erasePerson(person, { by: REGISTER, at, second: null });
    heard(
      `${county}:已再次删除 ${person} 的个人信息(${things} 件) / the data of ${person} was erased again (${things} thing(s))`,
    );
  }
}
