import type { Stage } from '../county/county.ts';
import { civilDate, type Instant } from '../model/date.ts';
import { say } from '../model/text.ts';
import type { Page, ThingRow } from '../model/view.ts';
import type { QueueQuery, Store } from '../store/port.ts';
import { DeskError } from './error.ts';
import { holds, isOwnDraft, isStaff, may, namesShown } from './permission.ts';
import { vacancy } from './posts.ts';
import type { QueueRequest } from './request.ts';
import { answersTo, stageOf, titleOf, type Reader } from './view.ts';

/** A page of what the actor may see; whoever reads only their own or their organisation's sees no other row. */
export async function queueRows(
  reader: Reader,
  store: Store,
  request: QueueRequest,
  now: Instant,
): Promise<Page<ThingRow>> {
  const { county, actor, language } = reader;
  const page = await store.queue(queueQuery(reader, request, now));
  return {
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
      answers: answersTo(reader.county, thing),
    })),
  };
}

/** What the store is asked for a list: only what the actor may see. */
export function queueQuery(reader: Reader, request: QueueRequest, now: Instant): QueueQuery {
  const { county, actor } = reader;
  if (!may(county, actor, 'read', request.kind))
    throw new DeskError('forbidden', {
      zh: '您的职务看不到这个列表。',
      en: 'Your post does not see this list.',
    });
  const query: QueueQuery = {
    county: county.id,
    kind: request.kind,
    order: request.view === 'overdue' || request.view === 'todo' ? 'due' : 'newest',
    after: request.after,
    limit: request.limit,
    ...(request.search ? { search: request.search } : {}),
  };
  // What began under an earlier version may stand at a stage that is no more.
  const stages = reader.counties.flatMap(({ flows }) => [
    ...(flows.get(request.kind)?.stages.values() ?? []),
  ]);
  const organisations = actor.posts.flatMap((post) => post.organisation ?? []);
  const whole = isStaff(county, actor) && staffReads(reader, request.kind);
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
    else if (!limitToOwn(organisations)) query.author = actor.id;
    else query.handlers = organisations;
  } else if (request.view === 'mine') {
    if (whole && request.kind !== 'report' && request.kind !== 'lead') query.claimedBy = actor.id;
    else query.theirs = actor.id;
  } else if ((request.kind === 'period' || reader.county.matters.get(request.kind)?.everyone) && !whole) {
    query.stages = stages.filter((stage) => stage.kind !== 'draft').map((stage) => stage.id);
  } else {
    if (request.view === 'overdue') query.dueBefore = civilDate(now, county.timeZone);
    // What its author has not handed in yet stands in the author's own list alone.
    if (whole)
      query.stages = stages
        .filter(({ id }) => !isOwnDraft(county, { kind: request.kind, stage: id }))
        .map((stage) => stage.id);
    else {
      if (limitToOwn(organisations)) query.handlers = organisations;
      else query.author = actor.id;
    }
    // What is confidential stands with those whose turn it is, and in its author's own list.
    if (query.author === undefined) query.open = true;
  }
  return query;
}

/** Where somebody is to act: not at an end, nor where a thing only stays open for what may still come. */
function waits(stage: Stage): boolean {
  return stage.kind !== 'end' && !(stage.kind === 'follow-up' && stage.due === null);
}

function limitToOwn(organisations: string[]): boolean {
  return organisations.length > 0;
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
