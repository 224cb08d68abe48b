import type { County } from '../county/county.ts';
import { civilMinute, type CivilDate, type CivilMinute } from '../model/date.ts';
import { lateAfter, type Thing } from '../model/thing.ts';
import { conflict } from '../store/error.ts';
import { lastDay } from '../workflow/due.ts';
import type { Asked } from './asked.ts';
import { countPeriod, onlyHere, printPeriod } from './closing.ts';
import type { DeskContext } from './context.ts';
import type { Act } from './effect.ts';
import { partsOf } from './making.ts';
import { participantsOf } from './participants.ts';
import { recordsCounted } from './records.ts';
import { openRemarks, remarksOn } from './remarks.ts';
import type { ActRequest } from './request.ts';

/** All that the effect of an act may want to know or use; from here on what is opened has its number. */
export async function circumstancesOf(
  context: DeskContext,
  request: ActRequest,
  { found, opened, its, eyes, today, how, onBehalf, fields, mainForm }: Asked,
): Promise<Act> {
  const { county, countyOf, store, scoring, longTexts, fileFields, newSalt } = context;
  const { actor } = request;
  const taken = await takenAlong(context, request);
  const id = opened ? await newId(context, found.kind) : found.id;
  const thing = opened ? { ...found, id } : found;
  const on = onBehalf?.on ?? today;
  return {
    thing,
    fields,
    on,
    today,
    late: lateOn(thing, on, civilMinute(request.now, its.timeZone)),
    lastDue: lastDueOf(its, thing),
    actor: actor.id,
    whose: onBehalf?.of ?? actor.id,
    organisation:
      (how === 'behalf' ? onBehalf?.of : actor.posts.find((post) => post.organisation)?.organisation) ?? null,
    signers: participantsOf(its, thing, eyes).map(({ of }) => of),
    taken,
    byLink: request.byLink ?? false,
    newToken: newSalt,
    together: request.together ?? [thing.id],
    flows: county.flows,
    flowOf: (one) => countyOf(one).flows.get(one.kind),
    mainForm,
    dayField: its.matters.get(thing.kind)?.on ?? null,
    longTexts,
    fileFields,
    nextNumber: (series) => store.next(county.id, series),
    reachNumber: (series, number) => store.reach(county.id, series, number),
    authorsOfRecord: async (record) => {
      const [known] = await store.records(county.id, { id: record });
      return partsOf((known?.record.authors ?? []).map((author) => author.id));
    },
    count: async (period) => {
      await onlyHere(county, store, thing, period);
      return countPeriod(county, store, scoring, await recordsCounted(context, today), {
        period,
        on: today,
        by: actor.id,
      });
    },
    print: (issued) => printPeriod(store, thing, actor.id, issued),
    remarksOpen: async () =>
      openRemarks(remarksOn(eyes, thing, await store.log(thing))).map(({ value }) => value),
    over: (period) => scoring.daysOf(period).to < today,
  };
}

/** Whether an act of that day comes after the due date; null where nothing is due. Of today's the minute counts. */
function lateOn({ due }: Thing, on: CivilDate, now: CivilMinute): boolean | null {
  if (!due) return null;
  return now.startsWith(on) ? lateAfter(due) < now : due.on < on;
}

/** The last day to which more time can be given; null where the stage names none. */
function lastDueOf(its: County, thing: Thing): CivilDate | null {
  const rule = its.flows.get(thing.kind)?.stages.get(thing.stage)?.due;
  return rule && thing.due ? (lastDay(rule, thing.due.from, its.closures)?.on ?? null) : null;
}

/** A number once given is given: nothing that is refused has used one up. */
export const newId = async ({ county, store }: DeskContext, kind: Thing['kind']): Promise<string> =>
  `${kind}-${await store.next(county.id, kind)}`;

async function takenAlong({ county, load, readable }: DeskContext, request: ActRequest): Promise<Thing[]> {
  return Promise.all(
    request.takes.map(async ({ kind, id, version }) => {
      const thing = await load({ county: county.id, kind, id });
      readable(request.actor, thing);
      if (thing.version !== version) throw conflict(thing);
      return thing;
    }),
  );
}
