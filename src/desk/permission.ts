import type { AccessRow, County, StageAction } from '../county/county.ts';
import {
  HIDE_NAME,
  jointlyAsked,
  isConfidential,
  type Actor,
  type LogEntry,
  type Relation,
  type Thing,
  type ThingKind,
} from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';

/** Where nobody can act by posts of a stage: those posts, and the one that acts instead; null where nobody can. */
export interface Vacancy {
  of: string[];
  fallback: string | null;
}

/** Whether a thing stands where somebody judges it. */
export function isJudged(county: County, { kind, stage }: Pick<Thing, 'kind' | 'stage'>): boolean {
  const at = county.flows.get(kind)?.stages.get(stage)?.kind;
  return at === 'review' || at === 'decision';
}

/** Whether the actor acts, by the fallback, for a post that nobody can act by. */
export function fallsTo(
  county: County,
  actor: Actor,
  post: string,
  thing: Thing,
  instead: Vacancy | null,
): boolean {
  if (!instead?.fallback || !instead.of.includes(post)) return false;
  if (isBarred(county, actor.id, thing)) return false;
  return holds(county, actor, instead.fallback, thing);
}

/** Whether the actor holds a post for this thing: its scope says how far the post reaches. */
export function holds(county: County, actor: Actor, postId: string, thing: Thing | null): boolean {
  const post = county.posts.get(postId);
  if (!post) return false;
  // A deputy holds the post only where none of those who hold it may act.
  const held = actor.posts.filter(
    ({ post: mine, deputyOf }) =>
      mine === postId &&
      (deputyOf === undefined ||
        deputyOf.every((person) => thing !== null && mustNot(county, person, thing))),
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

/** Nobody decides on their own report, or on one that they are asked to sign too, nor on one from which they are excluded, by themselves or by the stage. */
export function mustNot(county: County, person: string, thing: Thing): boolean {
  return (
    thing.authors.some((author) => author.person === person) ||
    jointlyAsked(thing).includes(person) ||
    thing.excluded.includes(person) ||
    conflictsOf(county, person, thing).length > 0
  );
}

/** The relations for which the stage where a thing stands excludes somebody. */
export function conflictsOf(county: County, person: string, thing: Thing): Relation[] {
  const excludes = county.flows.get(thing.kind)?.stages.get(thing.stage)?.excludes ?? [];
  return excludes.length === 0
    ? []
    : county.relationsTo(person, thing).filter((relation) => excludes.includes(relation));
}

/** Whether somebody does nothing where a thing stands: it is judged there and they must not, or the stage excludes them. */
export function isBarred(county: County, person: string, thing: Thing): boolean {
  return isJudged(county, thing)
    ? mustNot(county, person, thing)
    : conflictsOf(county, person, thing).length > 0;
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

function isForEveryone(county: County, { kind, stage }: Thing): boolean {
  const everyone = county.matters.get(kind)?.everyone ?? false;
  return everyone && county.flows.get(kind)?.stages.get(stage)?.kind !== 'draft';
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
  if (what === 'read' && thing && isConfidential(thing) && !actsOn(county, actor, thing)) return false;
  // What is for everyone is so once it is out of its draft.
  const whole = what === 'read' && thing !== null && isForEveryone(county, thing);
  return county.access.some(
    (row) =>
      row.may === what &&
      (row.on === null || row.on === kind) &&
      row.posts.some((post) => holds(county, actor, post, whole ? null : thing)),
  );
}

/** Whether it is theirs, or they act at the stage where it stands; at an end, at the one that it came from. */
function actsOn(county: County, actor: Actor, thing: Thing): boolean {
  if (isOwn(actor, thing) || thing.delegated?.to === actor.id) return true;
  const flow = county.flows.get(thing.kind);
  const here = flow?.stages.get(thing.stage);
  const stage = here?.kind === 'end' ? flow?.stages.get(thing.path.at(-1) ?? '') : here;
  const acting = [...(stage?.actions.values() ?? [])].flatMap(({ by, everywhere }) => (everywhere ? [] : by));
  return [...(stage?.by ?? []), ...acting].some((post) => holds(county, actor, post, thing));
}

/** Whether the actor is told who wrote a thing, by name. */
export function namesShown(
  county: County,
  actor: Actor,
  thing: Pick<Thing, 'authors' | 'enteredBy' | 'fields' | 'readers'>,
): boolean {
  const own =
    thing.authors.some(({ person }) => person === actor.id) ||
    thing.enteredBy === actor.id ||
    jointlyAsked(thing).includes(actor.id);
  return isStaff(county, actor) || own || (county.showsNames && thing.fields[HIDE_NAME] !== true);
}

/** Whether one of the actor's posts reaches the whole county: the office, as against an author or a department. */
export function isStaff(county: County, actor: Actor): boolean {
  return actor.posts.some((mine) => county.posts.get(mine.post)?.scope === 'county');
}

/** What nobody does to their own report, wherever it stands: out of order, or a judgement of it. */
const neverOwn: ReadonlySet<Verb> = new Set([
  'jump',
  'terminate',
  'reopen',
  'retrieve',
  'reserve',
  'not-use',
  'mark',
]);

/** `direct`: the actor's own; `behalf`: the office may enter it for the party; `no`. */
export function mayTake(
  county: County,
  actor: Actor,
  action: StageAction,
  thing: Thing | null,
  instead: Vacancy | null = null,
): 'direct' | 'behalf' | 'no' {
  const barred =
    thing !== null &&
    (isBarred(county, actor.id, thing) || (neverOwn.has(action.verb) && mustNot(county, actor.id, thing)));
  const direct = action.by.some((id) => {
    const scope = county.posts.get(id)?.scope;
    if (scope === 'county' && barred) return false;
    if (scope === 'organisation' && thing && conflictsOf(county, actor.id, thing).length > 0) return false;
    // One who merely entered an outside author's report acts on their behalf, and the log says so.
    const mine = thing === null || authorsOf(thing).includes(actor.id);
    if (scope === 'own' && !mine && thing?.kind !== 'period') return false;
    if (scope === 'organisation' && action.leadOnly && thing && !leads(actor, id, thing)) return false;
    return holds(county, actor, id, thing);
  });
  if (direct) return 'direct';
  // What is done at every stage is nobody's task.
  if (thing && !action.everywhere && action.by.some((post) => fallsTo(county, actor, post, thing, instead)))
    return 'direct';
  return entersFor(county, actor, action.by, thing).length > 0 ? 'behalf' : 'no';
}

/** The post by which the actor takes an action in another's place; undefined where it is their own. */
export function standInFor(
  county: County,
  actor: Actor,
  action: StageAction,
  thing: Thing,
  instead: Vacancy | null,
): LogEntry['standIn'] {
  const posts = actor.posts.filter(({ proxyFor, deputyOf }) => !proxyFor && !deputyOf);
  const own = { ...actor, posts };
  if (mayTake(county, own, action, thing) === 'direct') return undefined;
  const { delegated } = thing;
  if (delegated?.to === actor.id && mayTake(county, actor, action, thing) !== 'direct')
    return { post: null, of: delegated.by };
  const used = actor.posts.find(
    (mine) => action.by.includes(mine.post) && holds(county, { ...actor, posts: [mine] }, mine.post, thing),
  );
  if (used) return { post: used.post, of: used.proxyFor ?? null };
  const post = action.by.find((one) => fallsTo(county, actor, one, thing, instead));
  return post !== undefined && instead?.fallback ? { post, of: null, by: instead.fallback } : undefined;
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
