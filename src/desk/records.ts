import type { ScoreRecord } from '../model/record.ts';
import { isTie, RECORD, type Thing } from '../model/thing.ts';
import type { RecordEntries, Step } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import { recordOf, recordOfLead, recordOfMatter, withHandling } from './scoring.ts';

/** Every report that these steps touch, counted anew. */
export async function scoresOf(
  { county, store, scoring }: DeskContext,
  steps: Step[],
): Promise<RecordEntries[]> {
  const changed = new Map(steps.map(({ thing }) => [`${thing.kind}/${thing.id}`, thing]));
  const current = async (kind: Thing['kind'], id: string) =>
    changed.get(`${kind}/${id}`) ?? (await store.read({ county: county.id, kind, id }))?.thing ?? null;
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
  for (const { thing } of steps) await ownReports(thing);
  const scores: RecordEntries[] = [];
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
        found.push(
          ...(await store.records(county.id)).flatMap(({ record }) => (record.id === id ? [record] : [])),
        );
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
    if (!report) continue;
    const record = await recordOfReport(report);
    scores.push({ record: id, entries: scoring.credit(record, await related(report)) });
  }
  return scores;
}

/** Every report, lead and entered record as it enters the count, or one author's. */
export async function recordsOf({ county, store }: DeskContext, author?: string): Promise<ScoreRecord[]> {
  const theirs = (authors: readonly { person: string }[]) =>
    author === undefined || authors.some(({ person }) => person === author);
  const others = new Map<string, Thing>();
  const handled = new Map<string, Thing[]>();
  for (const kind of ['piece', 'handling'] as const)
    for await (const { thing } of store.all(county.id, kind)) {
      others.set(`${kind}/${thing.id}`, thing);
      const { record } = thing.fields;
      if (kind === 'handling' && typeof record === 'string')
        handled.set(record, [...(handled.get(record) ?? []), thing]);
    }
  const linkedTo = (thing: Thing): Thing[] =>
    thing.links.flatMap(({ role, kind, id }) => {
      const other = role === 'piece' || role === 'handling' ? others.get(`${kind}/${id}`) : undefined;
      return other ? [other, ...linkedTo(other)] : [];
    });
  const records: ScoreRecord[] = [];
  for await (const { thing } of store.all(county.id, 'report'))
    if (theirs(thing.authors)) records.push(recordOf(thing, linkedTo(thing)));
  for await (const { thing } of store.all(county.id, 'lead'))
    if (theirs(thing.authors)) records.push(recordOfLead(thing));
  for (const kind of county.matters.keys())
    for await (const { thing } of store.all(county.id, kind)) {
      const record = theirs(thing.authors) ? recordOfMatter(county, thing) : null;
      if (record) records.push(record);
    }
  for (const { record } of await store.records(county.id))
    if (theirs((record.authors ?? []).map(({ id }) => ({ person: id }))))
      records.push(withHandling(record, handled.get(record.id) ?? []));
  return records;
}

/** What each record is tied to, whichever of the two says so. */
export function tiedTo(records: readonly ScoreRecord[]): (record: ScoreRecord) => ScoreRecord[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const tied = new Map<string, Set<string>>();
  for (const { id, links = [] } of records)
    for (const { to } of links)
      for (const [one, other] of [
        [id, to],
        [to, id],
      ] as const)
        tied.set(one, (tied.get(one) ?? new Set()).add(other));
  return ({ id }) => [...(tied.get(id) ?? [])].flatMap((other) => byId.get(other) ?? []);
}
