import { directoryIn, withOwnLinks } from '../desk/directory.ts';
import { FILE } from '../desk/versions.ts';
import { addDays, type CivilDate, type Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import type { Directory } from '../model/record.ts';
import type { DirectoryEntry, Store } from '../store/port.ts';

/**
 * A directory as a file has it, taken over for as long as nobody has changed it in the service: from then on the store
 * alone says who is there. Whoever has left a `whole` file has left the county.
 */
export async function fillDirectory(
  store: Store,
  county: string,
  directory: Directory,
  { today, at, whole }: { today: CivilDate; at: Instant; whole: boolean },
): Promise<void> {
  const before = await store.directory(county);
  if (before.some(({ by }) => by !== FILE)) return;
  const known = directoryIn(before);
  const signed = { by: FILE, at };
  const sequence = (of: DirectoryEntry['of'], id: string) =>
    before.filter((entry) => entry.of === of && entry.row.id === id).length + 1;
  const entries: DirectoryEntry[] = [];
  const given = withOwnLinks(directory, known);
  const ended = { to: addDays(today, -1) };
  for (const of of ['organisations', 'people'] as const) {
    const now = new Map(given[of].map((row) => [row.id, row]));
    const then = new Map(known[of].map((row) => [row.id, row]));
    const put = (row: (typeof known)[typeof of][number]) =>
      entries.push({ ...signed, of, row, sequence: sequence(of, row.id) });
    for (const [id, row] of now) if (JSON.stringify(row) !== JSON.stringify(then.get(id))) put(row);
    for (const [id, row] of then)
      if (whole && !now.has(id) && (row.to === undefined || row.to > ended.to)) put({ ...row, ...ended });
  }
  try {
    if (entries.length > 0) await store.saveDirectory(county, entries);
  } catch (error) {
    // Another process that starts at the same time has done so already.
    if (!(error instanceof MinqingError && error.code === 'conflict')) throw error;
  }
}
