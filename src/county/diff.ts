import type { Json } from './extend.ts';

/** One thing that two texts say otherwise; null where one of them does not say it. */
export interface Difference {
  /** Things of a list by their id: `quotas/four-a-year/need`. */
  path: string;
  was: Json;
  now: Json;
}

type Members = Map<string, Json>;

/** What a later config says otherwise than an earlier one, in the order of the later one. */
export function differences(was: Json, now: Json, at = ''): Difference[] {
  const [before, after] = [membersOf(was), membersOf(now)];
  if (!before || !after) return JSON.stringify(was) === JSON.stringify(now) ? [] : [{ path: at, was, now }];
  const under = (name: string) => (at === '' ? name : `${at}/${name}`);
  const names = [...after.keys(), ...[...before.keys()].filter((name) => !after.has(name))];
  return names.flatMap((name) => differences(before.get(name) ?? null, after.get(name) ?? null, under(name)));
}

/** The members of an object, or of a list of things with an id; null for what is one value. */
function membersOf(value: Json): Members | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) {
    // A label in two languages is one thing said.
    return 'zh' in value ? null : new Map(Object.entries(value));
  }
  const members: Members = new Map();
  for (const item of value) {
    const id = typeof item === 'object' && item !== null && !Array.isArray(item) ? item['id'] : undefined;
    if (typeof id !== 'string' || members.has(id)) return null;
    members.set(id, item);
  }
  return members;
}
