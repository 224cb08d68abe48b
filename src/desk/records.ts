import type { ScoreRecord } from '../model/record.ts';
import type { Thing } from '../model/thing.ts';
import type { RecordEntries, Step } from '../store/port.ts';
import type { DeskContext } from './context.ts';
import { recordOf, recordOfLead, withHandling } from './scoring.ts';

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
  for (const id of reports) {
    const report = await current('report', id);
    if (!report) continue;
    const linked: Thing[] = [];
    for (const link of report.links) {
      if (link.role !== 'piece' && link.role !== 'handling') continue;
      const other = await current(link.kind, link.id);
      if (other) linked.push(other);
      for (const further of other?.links ?? [])
        if (further.role === 'handling')
          linked.push(...[await current('handling', further.id)].filter((one) => one !== null));
    }
    scores.push({ record: id, entries: scoring.credit(recordOf(report, linked)) });
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
  for (const { record } of await store.records(county.id))
    if (theirs((record.authors ?? []).map(({ id }) => ({ person: id }))))
      records.push(withHandling(record, handled.get(record.id) ?? []));
  return records;
}
