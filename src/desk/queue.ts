import type { Stage } from '../county/county.ts';
import { addDays, civilDate, civilMinute, type Instant } from '../model/date.ts';
import { say } from '../model/text.ts';
import { jointlyAsked, type Thing } from '../model/thing.ts';
import type { Option, Page, QueuePage, QueueView } from '../model/view.ts';
import type { QueueQuery, Store, StoredRow } from '../store/port.ts';
import { workingDaysFrom } from '../workflow/calendar.ts';
import { waits } from './digest.ts';
import { DeskError } from './error.ts';
import { fallsTo, holds, isBarred, isOwnDraft, isStaff, may, namesShown } from './permission.ts';
import { vacancy, type Posts } from './posts.ts';
import type { QueueRequest } from './request.ts';
import { answersTo, stageOf, titleOf, type Reader } from './view.ts';

/** So many working days ahead is soon. */
const SOON = 3;
const byDue: readonly QueueView[] = ['todo', 'soon', 'overdue'];

/** A page of what the actor may see; whoever reads only their own or their organisation's sees no other row. */
export async function queueRows(
  reader: Reader,
  store: Store,
  request: QueueRequest,
  now: Instant,
): Promise<QueuePage> {
  const { county, actor, language } = reader;
  const { query, stages } = await queueQuery(reader, store, request, now);
  const page = await store.queue(query);
  return {
    stages,
    next: page.next,
    total: page.total,
    rows: page.rows.map(({ thing }) => ({
      county: thing.county,
      kind: thing.kind,
      id: thing.id,
      version: thing.version,
      title: titleOf(thing),
      stage: { id: thing.stage, label: say(stageOf(reader.countyOf(thing), thing).label, language) },
      since: thing.since,
      due: thing.due,
      supervised: thing.supervised,
      claimedBy: thing.claimedBy === null ? null : reader.nameOf(thing.claimedBy),
      authors: thing.authors
        .filter((author) => namesShown(county, actor, thing) || author.person === actor.id)
        .map((author) => reader.nameOf(author.person))
        .join('、'),
      askedJointly: jointlyAsked(thing).includes(actor.id),
      answers: answersTo(reader.county, thing),
    })),
  };
}

/** What the store is asked for a list, only what the actor may see; and the stages that the list can hold. */
export async function queueQuery(
  reader: Reader,
  store: Store,
  request: QueueRequest,
  now: Instant,
): Promise<{ query: QueueQuery; stages: Option[] }> {
  const { county, actor, language } = reader;
  if (!may(county, actor, 'read', request.kind))
    throw new DeskError('forbidden', {
      zh: '您的职务看不到这个列表。',
      en: 'Your post does not see this list.',
    });
  const query: QueueQuery = {
    county: county.id,
    kind: request.kind,
    order: byDue.includes(request.view) ? 'due' : 'newest',
    after: request.after,
    limit: request.limit,
    ...(request.search ? { search: request.search } : {}),
  };
  // What began under an earlier version may stand at a stage that is no more.
  const options = (of: readonly Stage[]): Option[] => [
    ...new Map(of.map(({ id, label }) => [id, { value: id, label: say(label, language) }])).values(),
  ];
  const stages = reader.counties.flatMap(({ flows }) => [
    ...(flows.get(request.kind)?.stages.values() ?? []),
  ]);
  const organisations = actor.posts.flatMap((post) => post.organisation ?? []);
  const whole = isStaff(county, actor) && staffReads(reader, request.kind);
  const { stage: only } = request;
  if (request.view === 'todo') {
    const posts = reader.postsOn(civilDate(now, county.timeZone));
    const falls = (stage: Stage) => {
      const instead = vacancy(county, posts, stage, null);
      return instead?.fallback ? holds(county, actor, instead.fallback, null) : false;
    };
    const mine = stages.filter(
      (stage) => waits(stage) && (stage.by.some((post) => holds(county, actor, post, null)) || falls(stage)),
    );
    query.stages = mine.map((stage) => stage.id);
    const reaches = mine.some(
      (stage) =>
        stage.by.some(
          (post) => county.posts.get(post)?.scope === 'county' && holds(county, actor, post, null),
        ) || falls(stage),
    );
    if (reaches)
      query.stages = mine
        .filter(
          (stage) => stage.by.some((post) => county.posts.get(post)?.scope === 'county') || falls(stage),
        )
        .map((stage) => stage.id);
    else if (organisations.length > 0) query.handlers = organisations;
    else query.author = actor.id;
    const { also, without } = await exceptions(
      reader,
      store,
      query,
      only === null ? stages : stages.filter(({ id }) => id === only),
      posts,
    );
    if (also.length > 0) query.also = also;
    if (without.length > 0) query.without = without;
  } else if (request.view === 'mine') {
    if (whole && request.kind !== 'report' && request.kind !== 'lead') query.claimedBy = actor.id;
    else query.theirs = actor.id;
  } else if ((request.kind === 'period' || reader.county.matters.get(request.kind)?.everyone) && !whole) {
    query.stages = stages.filter((stage) => stage.kind !== 'draft').map((stage) => stage.id);
  } else {
    const today = civilDate(now, county.timeZone);
    const clock = civilMinute(now, county.timeZone);
    if (request.view === 'overdue') query.dueBefore = clock;
    if (request.view === 'soon') {
      query.dueFrom = clock;
      query.dueBefore = addDays(workingDaysFrom(today, SOON, county.closures), 1);
    }
    // What its author has not handed in yet stands in the author's own list alone.
    if (whole)
      query.stages = stages
        .filter(({ id }) => !isOwnDraft(county, { kind: request.kind, stage: id }))
        .map((stage) => stage.id);
    else {
      if (organisations.length > 0) query.handlers = organisations;
      else query.author = actor.id;
    }
    // What is confidential stands with those whose turn it is, and in its author's own list.
    if (query.author === undefined) query.open = true;
  }
  const spanned = query.stages;
  if (only !== null) query.stages = spanned === undefined || spanned.includes(only) ? [only] : [];
  return { query, stages: options(stages.filter(({ id }) => spanned?.includes(id) ?? true)) };
}

/**
 * Things that are somebody's to do though their stage is not, and the other way round: where those who hold its posts
 * must not act, because it is their own or they are excluded, it falls to a deputy or to the fallback.
 */
async function exceptions(
  { county, countyOf, actor }: Reader,
  store: Store,
  { county: id, kind }: QueueQuery,
  all: readonly Stage[],
  posts: Posts,
): Promise<{ also: string[]; without: string[] }> {
  const scope = (post: string) => county.posts.get(post)?.scope;
  const mine = (post: string | null) => actor.posts.some((held) => held.post === post);
  const stages = all.filter(
    (stage) =>
      waits(stage) &&
      stage.by.some((post) => scope(post) !== 'own') &&
      [...stage.by, stage.fallback, county.fallback].some(mine),
  );
  if (stages.length === 0) return { also: [], without: [] };
  const holders = stages.flatMap(({ by }) => by.flatMap(posts.acting)).map(({ person }) => person);
  const asked = { county: id, kind, order: 'due', limit: 200 } as const;
  const things = new Map<string, Thing>();
  const look = async (query: Pick<QueueQuery, 'stages' | 'barring'>) => {
    let after: string | null = null;
    do {
      const page: Page<StoredRow> = await store.queue({ ...asked, ...query, after });
      for (const { thing } of page.rows) things.set(thing.id, thing);
      after = page.next;
    } while (after !== null);
  };
  await look({ stages: stages.map((stage) => stage.id), barring: [...new Set(holders)] });
  // Relations are the directory's; no column knows them.
  const excluding = stages.filter(({ excludes }) => excludes.length > 0).map((stage) => stage.id);
  if (excluding.length > 0) await look({ stages: excluding });
  const acts = (thing: Thing) => {
    const its = countyOf(thing);
    const stage = stageOf(its, thing);
    const instead = vacancy(its, posts, stage, thing);
    return stage.by.some(
      (post) =>
        (holds(its, actor, post, thing) && (scope(post) === 'own' || !isBarred(its, actor.id, thing))) ||
        fallsTo(its, actor, post, thing, instead),
    );
  };
  const found = [...things.values()];
  return {
    also: found.filter(acts).map((thing) => thing.id),
    without: found.filter((thing) => !acts(thing)).map((thing) => thing.id),
  };
}

/** Whether a county-wide post of the actor's is among the readers of this kind. */
function staffReads({ county, actor }: Reader, kind: QueueRequest['kind']): boolean {
  return county.access.some(
    (row) =>
      row.may === 'read' &&
      row.on === kind &&
      row.posts.some(
        (post) => county.posts.get(post)?.scope === 'county' && holds(county, actor, post, null),
      ),
  );
}
