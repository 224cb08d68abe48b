import type { AccessRow, County, StageAction } from '../county/county.ts';
import type { Actor, Thing, ThingKind } from '../model/thing.ts';

/** Whether the actor holds a post for this thing: its scope says how far the post reaches. */
export function holds(county: County, actor: Actor, postId: string, thing: Thing | null): boolean {
  const post = county.posts.get(postId);
  if (!post) return false;
  // A deputy holds the post only where none of those who hold it may act.
  const held = actor.posts.filter(
    ({ post: mine, deputyOf }) =>
      mine === postId &&
      (deputyOf === undefined || deputyOf.every((person) => thing !== null && mustNot(person, thing))),
  );
  if (!post.everyone && held.length === 0) return false;
  if (thing === null) return true;
  if (isOwnDraft(county, thing)) return post.scope === 'own' && isOwn(actor, thing);
  if (post.scope === 'county') return true;
  // A period is about everybody, once those who count it have let it out.
  if (thing.kind === 'period') return county.flows.get('period')?.stages.get(thing.stage)?.kind !== 'draft';
  if (post.scope === 'own') return isOwn(actor, thing);
  return held.some((mine) => mine.organisation !== null && thing.handlers.includes(mine.organisation));
}

/** Nobody decides on their own report, nor on one from which they are excluded. */
export function mustNot(person: string, thing: Thing): boolean {
  return thing.authors.some((author) => author.person === person) || thing.excluded.includes(person);
}

/** Whoever registered a thing of no author speaks for it. */
export function authorsOf({ authors, enteredBy }: Pick<Thing, 'authors' | 'enteredBy'>): string[] {
  return authors.length > 0 ? authors.map(({ person }) => person) : [enteredBy];
}

function isOwn(actor: Actor, thing: Thing): boolean {
  return thing.authors.some((author) => author.person === actor.id) || thing.enteredBy === actor.id;
}

/** What its author has not handed in yet is nobody else's to see. */
export function isOwnDraft(county: County, { kind, stage }: Pick<Thing, 'kind' | 'stage'>): boolean {
  const flow = county.flows.get(kind);
  const at = flow?.stages.get(stage);
  return (
    flow?.start === stage &&
    at?.kind === 'draft' &&
    at.by.some((post) => county.posts.get(post)?.scope === 'own')
  );
}

/** A row of the access table that lets the actor do this; deny by default. */
export function may(
  county: County,
  actor: Actor,
  what: AccessRow['may'],
  kind: ThingKind | null,
  thing: Thing | null = null,
): boolean {
  // Whoever was copied in or asked reads it.
  if (what === 'read' && thing?.readers.includes(actor.id)) return true;
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
  const kind = thing && county.flows.get(thing.kind)?.stages.get(thing.stage)?.kind;
  const judged = kind === 'review' || kind === 'decision';
  const direct = action.by.some((id) => {
    const scope = county.posts.get(id)?.scope;
    if (scope === 'county' && judged && thing && mustNot(actor.id, thing)) return false;
    // One who merely entered an outside author's report acts on their behalf, and the log says so.
    const mine = thing === null || authorsOf(thing).includes(actor.id);
    if (scope === 'own' && !mine && thing?.kind !== 'period') return false;
    if (scope === 'organisation' && action.leadOnly && thing && !leads(actor, id, thing)) return false;
    return holds(county, actor, id, thing);
  });
  if (direct) return 'direct';
  return entersFor(county, actor, action.by, thing).length > 0 ? 'behalf' : 'no';
}

/** The post by which the actor takes an action in another's place; undefined where it is their own. */
export function standInFor(
  county: County,
  actor: Actor,
  action: StageAction,
  thing: Thing,
): { post: string; of: string | null } | undefined {
  const posts = actor.posts.filter(({ proxyFor, deputyOf }) => !proxyFor && !deputyOf);
  if (posts.length === actor.posts.length) return undefined;
  const own = { ...actor, posts };
  if (mayTake(county, own, action, thing) === 'direct') return undefined;
  const used = actor.posts.find(
    (mine) => action.by.includes(mine.post) && holds(county, { ...actor, posts: [mine] }, mine.post, thing),
  );
  return used && { post: used.post, of: used.proxyFor ?? null };
}

/** The posts among these whose acts the actor may enter on the party's behalf. */
export function entersFor(
  county: County,
  actor: Actor,
  posts: readonly string[],
  thing: Thing | null,
): string[] {
  return posts.filter((id) =>
    county.posts.get(id)?.enteredBy.some((entering) => enters(county, actor, entering, thing)),
  );
}

/** Whoever entered a draft for its author may go on with it. */
function enters(county: County, actor: Actor, post: string, thing: Thing | null): boolean {
  const own = thing !== null && isOwnDraft(county, thing) && thing.enteredBy === actor.id;
  return holds(county, actor, post, own ? null : thing);
}

function leads(actor: Actor, post: string, thing: Thing): boolean {
  return actor.posts.some(
    (mine) => mine.post === post && mine.organisation !== null && mine.organisation === thing.handlers[0],
  );
}
