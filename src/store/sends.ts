import { sql, type Kysely, type Selectable } from 'kysely';
import type { Instant } from '../model/date.ts';
import type { Claim, Unsent } from './port.ts';
import type { Tables } from './tables.ts';

export async function claimSends(
  db: Kysely<Tables>,
  skipsLocked: boolean,
  receiver: string,
  limit: number,
  { now, until }: Claim,
): Promise<Unsent[]> {
  const due = db
    .selectFrom('sends')
    .select('sends.key')
    .where('sends.receiver', '=', receiver)
    .where('sends.dead', '=', 0)
    .where('sends.due', '<=', now)
    // A claim that reaches further than one made now is of a clock that has since been set back.
    .where((of) => of.or([of('sends.claimed_until', '<=', now), of('sends.claimed_until', '>', until)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('sends as before')
            .select('before.key')
            .whereRef('before.receiver', '=', 'sends.receiver')
            .whereRef('before.county', '=', 'sends.county')
            .whereRef('before.kind', '=', 'sends.kind')
            .whereRef('before.thing', '=', 'sends.thing')
            .whereRef('before.key', '<', 'sends.key')
            .where('before.dead', '=', 0),
        ),
      ),
    )
    .orderBy('sends.due')
    .orderBy('sends.key')
    .limit(limit);
  const rows = await db
    .with('due', () => (skipsLocked ? due.forUpdate().skipLocked() : due))
    .updateTable('sends')
    .set({ claimed_until: until })
    .where('key', 'in', (of) => of.selectFrom('due').select('due.key'))
    .returningAll()
    .execute();
  return rows.sort((a, b) => a.key - b.key).map(unsentOf);
}

export async function settleSend(
  db: Kysely<Tables>,
  key: number,
  until: Instant,
  failed: { attempts: number; failure: string; due: Instant | null } | null,
): Promise<void> {
  if (failed === null) {
    // It has arrived, whoever holds the claim by now.
    await db.deleteFrom('sends').where('key', '=', key).execute();
    return;
  }
  const { attempts, failure, due } = failed;
  await db
    .updateTable('sends')
    .set({
      attempts,
      failure,
      claimed_until: '',
      due: due ?? sql<string>`due`,
      dead: due === null ? 1 : 0,
    })
    .where('key', '=', key)
    .where('claimed_until', '=', until)
    .execute();
}

export function unsentOf(row: Selectable<Tables['sends']>): Unsent {
  const { key, id, receiver, county, kind, thing, body, attempts, failure } = row;
  return {
    key: Number(key),
    id,
    receiver,
    about: { county, kind, id: thing },
    body,
    attempts: Number(attempts),
    failure,
  };
}
