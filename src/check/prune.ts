import type { Json } from '../county/extend.ts';
import type { Path } from './source.ts';

/** A value without what stands at a path; an item that goes from a list leaves the others their places. */
export function without(value: Json, path: Path): Json {
  const [part, ...rest] = path;
  if (part === undefined || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return rest.length === 0
      ? value.filter((_item, index) => index !== part)
      : value.map((item, index) => (index === part ? without(item, rest) : item));
  const { [String(part)]: inner, ...others } = value;
  return rest.length === 0 || inner === undefined
    ? others
    : { ...value, [String(part)]: without(inner, rest) };
}

export function at(value: Json, path: Path): Json | undefined {
  let found: Json | undefined = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = Array.isArray(found) ? found[Number(part)] : found[String(part)];
  }
  return found;
}

/** Every id and key in a value: what else names them is no mistake of its own while it is gone. */
export function namesIn(value: Json | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? [value] : [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...namesIn(item)]);
}
