/** Any value that JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function idOf(value: Json): string | null {
  return isObject(value) && typeof value['id'] === 'string' ? value['id'] : null;
}

const isDropped = (item: Json) => isObject(item) && item['drop'] === true;

/**
 * Lays a county's own text over its base: objects merge by key, lists of things with an `id` merge by id (new ones
 * at the end, one with `"drop": true` taken out), other lists replace, null removes.
 */
export function extend(base: Json, own: Json): Json {
  if (isObject(base) && isObject(own)) {
    const merged: { [key: string]: Json } = { ...base };
    for (const [key, value] of Object.entries(own)) {
      if (value === null) delete merged[key];
      else merged[key] = extend(merged[key] ?? null, value);
    }
    return merged;
  }
  if (
    Array.isArray(base) &&
    Array.isArray(own) &&
    own.length > 0 &&
    own.every((item) => idOf(item) !== null)
  ) {
    const merged: (Json | undefined)[] = [...base];
    const places = new Map<string, number>();
    for (const [at, item] of base.entries()) {
      const id = idOf(item);
      if (id !== null && !places.has(id)) places.set(id, at);
    }
    for (const item of own) {
      const id = idOf(item) ?? '';
      const at = places.get(id);
      if (at === undefined) places.set(id, merged.push(item) - 1);
      else if (isDropped(item)) {
        merged[at] = undefined;
        places.delete(id);
      } else merged[at] = extend(merged[at] ?? null, item);
    }
    return merged.filter((item) => item !== undefined);
  }
  return own;
}

/** What a county says itself over its base, things of a list by their id: `quotas/four-a-year/need`. */
export function overrides(own: Json, at = ''): string[] {
  const under = (name: string | number) => (at === '' ? String(name) : `${at}/${name}`);
  // A label in two languages is one thing said.
  if (isObject(own) && 'zh' in own) return [at];
  if (isObject(own)) return Object.entries(own).flatMap(([key, value]) => overrides(value, under(key)));
  if (Array.isArray(own) && own.some((item) => idOf(item) !== null))
    return own.flatMap((item, index) => overrides(withoutId(item), under(idOf(item) ?? index)));
  return [at];
}

/** The id names the thing and says nothing itself. */
function withoutId(item: Json): Json {
  if (!isObject(item)) return item;
  const { id: _, ...rest } = item;
  return rest;
}
