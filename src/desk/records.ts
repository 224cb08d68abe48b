import { monthsOf, type CivilDate } from '../model/date.ts';
import type { Owed } from '../model/obligation.ts';
import type { ScoreRecord } from '../model/record.ts';
import { refName, isTie, RECORD, type Thing } from '../model/thing.ts';
import type { Counted, Store } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import { owedBy, recordsOfOwed } from './obligations.ts';
import { recordOf, recordOfLead, recordOfMatter, withHandling } from './scoring.ts';

/** Every report and lead that these changed things touch, counted anew. */
export async function countedBy(
  { county, store, scoring }: DeskContext,
  things: readonly Thing[],
): Promise<Counted[]> {
  const changed = new Map(things.map((thing) => [refName(thing), thing]));
  const current = async (kind: Thing['kind'], id: string) =>
    changed.get(refName({ kind, id })) ?? (await store.read({ county: county.id, kind, id }))?.thing ?? null;
  const reports = new Set<string>();
  const ownReports = async (thing: Thing): Promise<void> => {
    if (thing.kind === 'report') reports.add(thing.id);
    for (const link of thing.links) {
      if (thing.kind === 'piece' && link.role === 'source') reports.add(link.id);
      const handled =
        thing.kind === 'handling' && link.role === 'handled' ? await current(link.kind, link.id) : null;
      if (handled) await ownReports(handled);
    }
  };
  const counted: Counted[] = [];
  const count = (record: ScoreRecord, related: ScoreRecord[] = []): void =>
    void counted.push({ record, entries: scoring.credit(record, related) });
  for (const thing of changed.values()) {
    await ownReports(thing);
    if (thing.kind === 'lead') count(recordOfLead(thing));
  }
  const recordOfReport = async (report: Thing): Promise<ScoreRecord> => {
    const linked: Thing[] = [];
    for (const link of report.links) {
      if (link.role !== 'piece' && link.role !== 'handling') continue;
      const other = await current(link.kind, link.id);
      if (other) linked.push(other);
      for (const further of other?.links ?? [])
        if (further.role === 'handling')
          linked.push(...[await current('handling', further.id)].filter((one) => one !== null));
    }
    return recordOf(report, linked);
  };
  /** Those that the method may count together with it: what it is tied to, and what was merged. */
  const related = async (report: Thing): Promise<ScoreRecord[]> => {
    const found: ScoreRecord[] = [];
    for (const { role, kind, id } of report.links) {
      if (role !== 'merged' && role !== 'report' && !isTie(role)) continue;
      if (kind === RECORD)
        found.push(...(await store.records(county.id, { id })).map(({ record }) => record));
      const other = kind === RECORD ? null : await current(kind, id);
      if (!other) continue;
      const record = kind === 'report' ? await recordOfReport(other) : recordOfMatter(county, other);
      if (record) found.push(record);
      if (kind === 'report') reports.add(id);
    }
    return found;
  };
  // What is added while they are gone through is gone through as well.
  for (const id of reports) {
    const report = await current('report', id);
    if (report) count(await recordOfReport(report), await related(report));
  }
  return counted;
}

/** Every report and lead counted anew: by another method, or for the first time. */
export async function recount(context: DeskContext): Promise<void> {
  const { county, store } = context;
  let batch: Thing[] = [];
  const keep = async () => {
    await store.saveScores(county.id, await countedBy(context, batch));
    batch = [];
  };
  for (const kind of ['report', 'lead'] as const)
    for await (const { thing } of store.all(county.id, kind)) {
      batch.push(thing);
      if (batch.length === 500) await keep();
    }
  await keep();
}

/** The reports and leads that something happened to within these days, as they enter the count. */
export async function recordsBetween(
  { county, store }: DeskContext,
  from: CivilDate,
  to: CivilDate,
): Promise<ScoreRecord[]> {
  const found = new Set<string>();
  const of = async (thing: Thing): Promise<void> => {
    if (thing.kind === 'report' || thing.kind === 'lead') found.add(thing.id);
    // What becomes of a piece is its reports', and of a report what was merged into it or is handled for it.
    const roles = ['source', 'handled', 'merged', 'report'];
    const refs = thing.links.flatMap(({ role, kind, id }) =>
      roles.includes(role) && kind !== RECORD && !found.has(id) ? [{ county: county.id, kind, id }] : [],
    );
    for (const { thing: other } of await store.readMany(refs)) await of(other);
  };
  for (const month of monthsOf(from, to))
    for await (const { thing } of store.foundBy(county.id, { month })) await of(thing);
  return store.countedOf(county.id, [...found]);
}

/** What everybody owes by a day. */
export function owedOn(context: DeskContext, on: CivilDate, records: readonly ScoreRecord[]): Owed[] {
  const { county, directory, scoring } = context;
  const obligations = scoring.config.obligations ?? [];
  return owedBy(obligations, records, { directory, closures: county.closures, on });
}

/** The same of all that was ever counted, which may meet it; where nothing is owed none of it is read. */
export async function allOwed(context: DeskContext, on: CivilDate): Promise<Owed[]> {
  if ((context.scoring.config.obligations ?? []).length === 0) return [];
  return owedOn(context, on, await recordsOf(context));
}

/** All that a table counts on a day: the records, and what is owed after them. */
export async function recordsCounted(context: DeskContext, on: CivilDate): Promise<ScoreRecord[]> {
  const records = await recordsOf(context);
  const obligations = context.scoring.config.obligations ?? [];
  if (obligations.length === 0) return records;
  return [...records, ...recordsOfOwed(obligations, owedOn(context, on, records))];
}

/** Every report, lead and entered record as it enters the count, or one author's. */
export async function recordsOf({ county, store }: DeskContext, author?: string): Promise<ScoreRecord[]> {
  const records: ScoreRecord[] = [];
  for await (const page of store.counted(county.id, author)) for (const record of page) records.push(record);
  for (const { id, record: counts } of county.matters.values()) {
    if (counts === null) continue;
    for await (const { thing } of store.all(county.id, id, author)) {
      const record = recordOfMatter(county, thing);
      const theirs = author === undefined || thing.authors.some(({ person }) => person === author);
      if (record && theirs) records.push(record);
    }
  }
  const theirs = await store.records(county.id, author === undefined ? undefined : { author });
  const ids = theirs.map(({ record }) => record.id);
  const handled = await handlingOf(store, county.id, author === undefined ? null : ids);
  for (const { record } of theirs) records.push(withHandling(record, handled.get(record.id) ?? []));
  return records;
}

/** What is handled of entered records: of these, each found by itself, or of all of them. */
async function handlingOf(
  store: Store,
  county: string,
  records: readonly string[] | null,
): Promise<Map<string, Thing[]>> {
  const handled = new Map<string, Thing[]>();
  const pages = records?.map((record) => store.foundBy(county, { record })) ?? [
    store.all(county, 'handling'),
  ];
  for (const page of pages)
    for await (const { thing } of page) {
      const { record } = thing.fields;
      if (typeof record === 'string') handled.set(record, [...(handled.get(record) ?? []), thing]);
    }
  return handled;
}
