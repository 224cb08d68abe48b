import { compareTables } from '../assessment/simulate.ts';
import { civilDate } from '../model/date.ts';
import type { Language } from '../model/text.ts';
import type { Actor, ThingRef } from '../model/thing.ts';
import type { RecordEntries } from '../store/port.ts';
import { actingOf } from './act.ts';
import { contextOf, forbidden, type DeskParts } from './context.ts';
import { DeskError, notFound } from './error.ts';
import { methodScoring } from './method-scoring.ts';
import { isStaff, may } from './permission.ts';
import { queueRows } from './queue.ts';
import { recordsOf } from './records.ts';
import type { ActRequest, Desk } from './request.ts';
import { withGroupNames } from './scoring.ts';
import { tick } from './tick.ts';
import { verifyLog } from './verify.ts';
import { filesOf } from './view.ts';
import { blankView, wholeView } from './whole-view.ts';

export type { DeskParts } from './context.ts';

/** The desk of one county: load → facts → decide → step → save, each once. */
export function createDesk(parts: DeskParts): Desk {
  const context = contextOf(parts);
  const { county, directory, store, countyOf, free, reader, load, readable } = context;
  const acting = actingOf(context);

  async function view(ref: ThingRef, actor: Actor, language: Language) {
    const thing = await load(ref);
    readable(actor, thing);
    return wholeView(reader(actor, language), store, thing);
  }

  async function act(request: ActRequest) {
    const { actor, now, language, key } = request;
    if (key) {
      const before = await store.key(county.id, actor.id, key.value);
      if (before && before.request !== key.request) throw keyReused(key.value);
      if (before) return view(before.result, actor, language);
    }
    const [own, ...others] = await acting.prepare(request);
    const { county: of, kind, id } = own.thing;
    const ref: ThingRef = { county: of, kind, id };
    await acting.save([own, ...others], now, key && keyOf(request, key, ref));
    return view(ref, actor, language);
  }

  return {
    act,
    view: (ref, actor, _now, language) => view(ref, actor, language),
    async file(ref, id, actor) {
      const thing = await load(ref);
      readable(actor, thing);
      const entries = (await store.log(thing)).map(({ entry }) => entry);
      const file = filesOf(reader(actor, 'zh'), thing, entries).has(id)
        ? await store.file(county.id, id)
        : null;
      if (!file) throw notFound();
      return file;
    },
    async blank(kind, actor, language) {
      if (!may(county, actor, 'create', kind)) throw forbidden();
      return blankView(reader(actor, language), kind);
    },
    queue: (request, actor, now, language) => queueRows(reader(actor, language), store, request, now),
    async scores(period, of, actor, now, version) {
      if (!may(county, actor, 'see-scores', null)) throw forbidden();
      const asOf = civilDate(now, county.timeZone);
      const table = parts.scoring.table(await recordsOf(context), period, of, {
        asOf,
        ...(version === undefined ? {} : { version }),
      });
      return withGroupNames(county, table);
    },
    async quotas(actor, now, of) {
      if (of !== actor.id && !isStaff(county, actor)) throw forbidden();
      const on = civilDate(now, county.timeZone);
      const records = await recordsOf(context, of ?? undefined);
      const all = parts.scoring.quotas(records, on);
      return of === null ? all : all.filter(({ subject }) => subject === of);
    },
    async simulate(config, period, of, actor, now) {
      if (!may(county, actor, 'see-scores', null)) throw forbidden();
      const records = await recordsOf(context);
      const asOf = civilDate(now, county.timeZone);
      const next = methodScoring(config, directory);
      return compareTables(
        parts.scoring.table(records, period, of, { asOf }),
        next.table(records, period, of, { asOf }),
      );
    },
    async recount() {
      let batch: RecordEntries[] = [];
      for (const record of await recordsOf(context)) {
        if (record.kind !== 'report') continue;
        batch.push({ record: record.id, entries: parts.scoring.credit(record) });
        if (batch.length < 500) continue;
        await store.saveScores(county.id, batch);
        batch = [];
      }
      await store.saveScores(county.id, batch);
    },
    verifyLog: () => verifyLog(county, countyOf, store),
    tick: (_county, now) => tick(county, countyOf, store, now, free, parts.newSalt),
  };
}

/** The same request under the same key is done once. */
function keyOf({ thing, actor, now }: ActRequest, key: NonNullable<ActRequest['key']>, result: ThingRef) {
  return { county: thing.county, actor: actor.id, key: key.value, request: key.request, result, at: now };
}

function keyReused(key: string): DeskError {
  return new DeskError('key-reused', {
    zh: `Idempotency-Key“${key}”已用于另一内容,请换一个。`,
    en: `The Idempotency-Key "${key}" was used for something else; take a new one.`,
  });
}
