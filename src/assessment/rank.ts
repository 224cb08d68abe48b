import type { Points } from './points.ts';

/** Places inside each group, the largest first: 1, 2, 3, 3, 5. No group or no value, no place. */
export function ranksIn(
  entries: readonly { id: string; group: string | null; value: Points | null }[],
): Map<string, number> {
  const groups = new Map<string, { id: string; value: Points }[]>();
  for (const { id, group, value } of entries) {
    if (group === null || value === null) continue;
    const members = groups.get(group);
    if (members) members.push({ id, value });
    else groups.set(group, [{ id, value }]);
  }
  const ranks = new Map<string, number>();
  for (const members of groups.values()) {
    members.sort((a, b) => b.value.compare(a.value));
    let place = 1;
    members.forEach(({ id, value }, index) => {
      if (!members[index - 1]?.value.equals(value)) place = index + 1;
      ranks.set(id, place);
    });
  }
  return ranks;
}
