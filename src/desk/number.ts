import type { Fields, Thing, ThingKind } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';

/** The field of a piece with the ids of all pieces of its issue, in the order in which they are printed. */
export const TOGETHER = 'together';

/** What is done to several pieces at once, in their order. */
export function isOfIssue(kind: ThingKind, verb: Verb): boolean {
  return kind === 'piece' && (verb === 'arrange' || verb === 'issue');
}

export function togetherIn({ fields }: { fields: Fields }): string[] {
  const ids = fields[TOGETHER];
  return Array.isArray(ids) ? ids : [];
}

/** Of these pieces those that were arranged with this one and have not been arranged otherwise since, in their order. */
export function arrangedWith(piece: Thing, near: readonly Thing[]): Thing[] {
  const ids = togetherIn(piece);
  const key = ids.join();
  const found = new Map([...near, piece].map((one) => [one.id, one]));
  return ids.flatMap((id) => {
    const one = found.get(id);
    return one && one.stage === piece.stage && togetherIn(one).join() === key ? [one] : [];
  });
}

/** The pieces of one number in the order in which they are printed: each where the first of those it was issued with stands. */
export function inOrder(pieces: readonly Thing[]): Thing[] {
  const left = new Map(pieces.map((one) => [one.id, one]));
  return pieces.flatMap((piece) =>
    [...togetherIn(piece), piece.id].flatMap((id) => {
      const one = left.get(id);
      return one && left.delete(id) ? [one] : [];
    }),
  );
}
