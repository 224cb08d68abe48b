import { civilDate, type Instant } from '../model/date.ts';
import { JOINTLY_ASKED } from '../model/notice.ts';
import { jointlyAsked, type LogEntry, type Thing } from '../model/thing.ts';
import type { Commit, Step } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import { holdersFor } from './posts.ts';
import { stageOf } from './view.ts';

/** What the organisations that act on a thing are told of as well as its authors. */
const toldToHandlers = new Set<LogEntry['action']>([
  'ask',
  'assign',
  'pass-on',
  'remind',
  'supervise',
  'send-back',
  'tick',
]);

/** What whoever has the task is told of. */
const chases: ReadonlySet<LogEntry['action']> = new Set(['remind', 'supervise']);

/** What the one under whose name it then stands is told of. */
const toldWhoHasIt: ReadonlySet<LogEntry['action']> = new Set(['transfer', 'delegate', 'hand-back']);

/** What the colleague who was named last is told of. */
const asked: ReadonlySet<LogEntry['action']> = new Set(['inquire', 'copy']);

/** Who is told of steps: one message a person and a step. */
export function messagesOf(context: DeskContext, steps: readonly Step[], at: Instant): Commit['messages'] {
  const { county, countyOf, directory } = context;
  const membersOf = (organisation: string) =>
    directory.people.flatMap(({ id, posts }) =>
      posts?.some((held) => held.organisation === organisation) ? [id] : [],
    );
  /** The one who claimed it, else all whose task it could be. */
  const whoHas = (thing: Thing): string[] =>
    thing.claimedBy !== null
      ? [thing.claimedBy]
      : stageOf(countyOf(thing), thing).by.flatMap((post) =>
          holdersFor(context, post, thing, civilDate(at, county.timeZone)),
        );
  return steps.flatMap(({ thing, entry }) => {
    // Whose data is erased is told of nothing, and nobody else hears of it.
    if (entry.action === 'erase') return [];
    const handlers = toldToHandlers.has(entry.action) ? thing.handlers.flatMap(membersOf) : [];
    const told = toldWhoHasIt.has(entry.action)
      ? thing.claimedBy
      : asked.has(entry.action)
        ? thing.readers.at(-1)
        : null;
    const people = new Set([
      ...thing.authors.map(({ person }) => person),
      ...handlers,
      ...(chases.has(entry.action) ? whoHas(thing) : []),
      ...(told ? [told] : []),
    ]);
    people.delete(entry.actor);
    const joint = entry.action === 'submit' ? jointlyAsked(thing) : [];
    return [...new Set([...people, ...joint])].map((to) => ({
      to,
      kind: joint.includes(to) ? JOINTLY_ASKED : entry.action,
      about: { county: thing.county, kind: thing.kind, id: thing.id },
      at,
    }));
  });
}
