import { isEveryCountys, type ThingKind } from '../../src/model/thing.ts';
import type { CountyContext } from './context.ts';
import type { Say } from './thing.ts';

/** What a kind of thing is called: the county's own by its config. */
export function kindLabel(t: Say, county: CountyContext | null, kind: ThingKind): string {
  if (isEveryCountys(kind)) return t(kind);
  return county?.info.matters.find(({ value }) => value === kind)?.label ?? kind;
}
