import type { AccessRow, County, StageAction } from '../county/county.ts';
import type { Actor, Thing, ThingKind } from '../model/thing.ts';

/** Whether the actor holds a post for this thing: its scope says how far the post reaches. */
export function holds(county: County, actor: Actor, postId: string, thing: Thing | null): boolean {
  const post = county.posts.get(postId);
  if (!post) return false;
  const held = actor.posts.filter((mine) => mine.post === postId);
  if (!post.everyone && held.length === 0) return false;
  if (post.scope === 'county' || thing === null) return true;
  // A period is about everybody, once those who count it have let it out.
  if (thing.kind === 'period') return county.flows.get('period')?.stages.get(thing.stage)?.kind !== 'draft';
  if (post.scope === 'own')
    return thing.authors.some((author) => author.person === actor.id) || thing.enteredBy === actor.id;
  return held.some((mine) => mine.organisation !== null && thing.handlers.includes(mine.organisation));
}

/** A row of the access table that lets the actor do this; deny by default. */
export function may(
  county: County,
  actor: Actor,
  what: AccessRow['may'],
  kind: ThingKind | null,
  thing: Thing | null = null,
): boolean {
  return county.access.some(
    (row) =>
      row.may === what &&
      (row.on === null || row.on === kind) &&
      row.posts.some((post) => holds(county, actor, post, thing)),
  );
}

/** Whether one of the actor's posts reaches the whole county: the office, as against an author or a department. */
export function isStaff(county: County, actor: Actor): boolean {
  return actor.posts.some((mine) => county.posts.get(mine.post)?.scope === 'county');
}

/** `direct`: the actor's own; `behalf`: the office may enter it for the party; `no`. */
export function mayTake(
  county: County,
  actor: Actor,
  action: StageAction,
  thing: Thing | null,
): 'direct' | 'behalf' | 'no' {
  const direct = action.by.some((post) => {
    // One who merely entered an outside author's report acts on their behalf, and the log says so.
    const mine = thing?.authors.some((author) => author.person === actor.id) ?? true;
    if (county.posts.get(post)?.scope === 'own' && !mine && thing?.kind !== 'period') return false;
    return holds(county, actor, post, thing);
  });
  if (direct) return 'direct';
  const behalf = action.by.some((post) =>
    county.posts.get(post)?.enteredBy.some((entering) => holds(county, actor, entering, thing)),
  );
  return behalf ? 'behalf' : 'no';
}
