import { lateAfter, isConfidential, peopleOf, type Thing } from '../model/thing.ts';
import type { QueueQuery, StoredRow } from './port.ts';

/** Where a row stands in a queue; ties end with the id, so that no row is seen twice or missed. */
export type Position = [first: string, second: string, id: string];

/** Sorts after every date: what has no due date comes last. */
export const NEVER = '9999-12-31';

/** What lists that go by what is due are sorted by. */
export const dueByOf = ({ due }: Pick<Thing, 'due'>): string => (due ? lateAfter(due) : NEVER);

export function positionOf(order: QueueQuery['order'], thing: Thing): Position {
  return order === 'due' ? [dueByOf(thing), thing.since, thing.id] : [thing.since, '', thing.id];
}

export function cursorOf(order: QueueQuery['order'], thing: Thing): string {
  return btoa(JSON.stringify(positionOf(order, thing)));
}

/** Reads a cursor that we handed out; anything else starts from the beginning. */
export function positionIn(cursor: string): Position | null {
  try {
    const read: unknown = JSON.parse(atob(cursor));
    if (!Array.isArray(read)) return null;
    const [first, second, id] = read;
    return typeof first === 'string' && typeof second === 'string' && typeof id === 'string'
      ? [first, second, id]
      : null;
  } catch {
    return null;
  }
}

function compare(a: Position, b: Position): number {
  for (let i = 0; i < 3; i++) {
    const [x, y] = [a[i] ?? '', b[i] ?? ''];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

export function inOrder(order: QueueQuery['order']): (a: StoredRow, b: StoredRow) => number {
  const sign = order === 'due' ? 1 : -1;
  return (a, b) => sign * compare(positionOf(order, a.thing), positionOf(order, b.thing));
}

export function afterCursor(order: QueueQuery['order'], cursor: string): (row: StoredRow) => boolean {
  const position = positionIn(cursor);
  const sign = order === 'due' ? 1 : -1;
  return (row) => position === null || sign * compare(positionOf(order, row.thing), position) > 0;
}

/** A search takes large and small Latin letters for the same, as SQL's lower() does where no language is set. */
export function latinSmall(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const isWith = (id: string, thing: Thing): boolean => peopleOf(thing).includes(id);

export function matches(query: QueueQuery, { thing, title }: StoredRow): boolean {
  const sought = query.search === undefined || latinSmall(title).includes(latinSmall(query.search));
  if (thing.county !== query.county || thing.kind !== query.kind || !sought) return false;
  if (query.without?.includes(thing.id)) return false;
  if (query.also?.includes(thing.id)) return true;
  return (
    (!query.stages || query.stages.includes(thing.stage)) &&
    (query.claimedBy === undefined || thing.claimedBy === query.claimedBy) &&
    (query.author === undefined || isWith(query.author, thing)) &&
    (query.theirs === undefined || thing.claimedBy === query.theirs || isWith(query.theirs, thing)) &&
    (!query.handlers || thing.handlers.some((handler) => query.handlers?.includes(handler))) &&
    (!query.open || !isConfidential(thing)) &&
    (!query.barring || thing.excluded.length > 0 || query.barring.some((person) => isWith(person, thing))) &&
    (query.dueBefore === undefined || (thing.due !== null && lateAfter(thing.due) < query.dueBefore)) &&
    (query.dueFrom === undefined || (thing.due !== null && lateAfter(thing.due) >= query.dueFrom))
  );
}
