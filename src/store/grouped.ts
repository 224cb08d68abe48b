import { sql, type Transaction } from 'kysely';
import type { Commit } from './port.ts';
import { keep } from './sql-commit.ts';
import type { SqlParts } from './sql.ts';
import type { Tables } from './tables.ts';

/** So many at most share what it costs to be sure of the disk; the last of them waits for all. */
const TOGETHER = 32;

interface Waiting {
  commit: Commit;
  kept: () => void;
  refused: (error: unknown) => void;
}

/**
 * Where only one can write at a time, the commits that wait meanwhile are kept in one transaction, each in a savepoint of
 * its own: one that is refused takes nothing of the others along, and each is answered when all of it is on the disk.
 * Whoever is alone waits for nobody.
 */
export function grouped(transact: SqlParts['transact']): (commit: Commit) => Promise<void> {
  const waiting: Waiting[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
    for (let group = waiting.splice(0, TOGETHER); group.length > 0; group = waiting.splice(0, TOGETHER))
      try {
        const outcomes = await transact(async (tx) => {
          const settled: (() => void)[] = [];
          const [first] = group;
          if (first && group.length === 1) {
            await keep(tx, first.commit);
            return [first.kept];
          }
          for (const one of group) settled.push(await within(tx, one));
          return settled;
        });
        for (const settle of outcomes) settle();
      } catch (error) {
        for (const { refused } of group) refused(error);
      }
    writing = false;
  }

  return (commit) =>
    new Promise((kept, refused) => {
      waiting.push({ commit, kept, refused });
      if (!writing) void write();
    });
}

/** Keeps one of a group; what is to be answered once the group is on the disk. */
async function within(tx: Transaction<Tables>, { commit, kept, refused }: Waiting): Promise<() => void> {
  await sql`savepoint one`.execute(tx);
  try {
    await keep(tx, commit);
    await sql`release one`.execute(tx);
    return kept;
  } catch (error) {
    // Where the database gave up the whole transaction this fails too, and nobody of the group is kept: that they hear why.
    try {
      await sql`rollback to one`.execute(tx);
      await sql`release one`.execute(tx);
    } catch {
      throw error;
    }
    return () => refused(error);
  }
}
