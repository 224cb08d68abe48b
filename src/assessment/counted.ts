import type { CreditedParty, ScoreRecord } from '../model/record.ts';
import type { Text } from '../model/text.ts';
import { creditOf, onLines, payingOf, type Crediting } from './credit.ts';
import type { RawMethod } from './method.ts';
import { zero, type Points } from './points.ts';

/** Which of two records that are tied earns: the one that says the tie, the one it names, or the one with more points. */
export type Earns = 'from' | 'to' | 'higher';
/** What a method says of records that belong together. */
export interface Together {
  notTwice: ReadonlyMap<string, Earns>;
  merge: 'kept' | 'first' | 'shared' | 'all';
}
export function readTogether(method: Pick<RawMethod, 'notTwice' | 'merge'>): Together {
  return {
    notTwice: new Map(Object.entries(method.notTwice ?? {})),
    merge: method.merge?.credit ?? 'kept',
  };
}

/** A record as it is counted. */
export interface Counted extends ScoreRecord {
  /** The record that earns in its place. */
  instead?: string;
}

/** How the line of the table says that something was not counted twice. */
export const notTwiceName = (line: Text, instead: string): Text => {
  const { zh, en = zh } = typeof line === 'string' ? { zh: line, en: line } : line;
  return { zh: `${zh}(不重复计分,已计 ${instead})`, en: `${en} (not counted twice: ${instead} earns)` };
};

/** The records as the method counts those that belong together; the very same where it says nothing of that. */
export function counted(crediting: Crediting, records: Iterable<ScoreRecord>): Iterable<Counted> {
  const { notTwice, merge } = crediting.ledger.together;
  if (notTwice.size === 0 && merge === 'kept') return records;
  return silenced(crediting, merged([...records], merge));
}

/** What each of them earned by itself, before anything was made of it. */
const own: ReadonlySet<string> = new Set(['submitted', 'checked', 'scored']);

/** What comes of a report that others were merged into, credited as the method says; each keeps its own beginnings. */
function merged(records: ScoreRecord[], credit: Together['merge']): ScoreRecord[] {
  if (credit === 'kept') return records;
  const byId = new Map(records.map((record) => [record.id, record]));
  const into = (record: ScoreRecord, seen = new Set<string>()): ScoreRecord => {
    const to = byId.get(record.links?.find(({ is }) => is === 'merged-into')?.to ?? '');
    return !to || seen.has(record.id) ? record : into(to, seen.add(record.id));
  };
  const groups = new Map<ScoreRecord, ScoreRecord[]>();
  for (const record of records) {
    const kept = into(record);
    if (kept !== record) groups.set(kept, [...(groups.get(kept) ?? [kept]), record]);
  }
  const changed = new Map<string, ScoreRecord[]>();
  for (const [kept, group] of groups) {
    const later = kept.moments.filter(({ is }) => !own.has(is));
    const early = { ...kept, moments: kept.moments.filter(({ is }) => own.has(is)) };
    if (credit === 'all')
      for (const record of group)
        if (record !== kept) changed.set(record.id, [{ ...record, moments: [...record.moments, ...later] }]);
    if (credit === 'first') {
      const [first = kept] = [...group].sort((a, b) => begun(a).localeCompare(begun(b)));
      if (first === kept) continue;
      changed.set(kept.id, [early]);
      changed.set(first.id, [{ ...first, moments: [...first.moments, ...later] }]);
    }
    if (credit === 'shared') {
      const { unit: _, ...rest } = kept;
      const units = group.flatMap((one) => one.units ?? (one.unit === undefined ? [] : [{ id: one.unit }]));
      const joint = {
        ...rest,
        id: jointId(group),
        authors: once(group.flatMap(({ authors = [] }) => authors)),
        ...(units.length > 0 ? { units: once(units) } : {}),
        moments: later,
      };
      changed.set(kept.id, [early, joint]);
    }
  }
  return records.flatMap((record) => changed.get(record.id) ?? [record]);
}

/** `report-2+report-1`: what is credited to the authors of both. */
export const jointId = (group: readonly ScoreRecord[]): string => group.map(({ id }) => id).join('+');
const begun = ({ moments }: ScoreRecord): string => moments.find(({ is }) => own.has(is))?.on ?? '9999';

/** Each party once, the first of them first. */
function once(parties: readonly CreditedParty[]): CreditedParty[] {
  const ids = [...new Set(parties.map(({ id }) => id))];
  return ids.map((id, index) => ({ id, part: ids.length === 1 ? 'sole' : index === 0 ? 'first' : 'other' }));
}

/** Of two that are tied and both counted, one earns. */
function silenced(crediting: Crediting, records: ScoreRecord[]): Counted[] {
  const { notTwice } = crediting.ledger.together;
  const byId = new Map(records.map((record) => [record.id, record]));
  const instead = new Map<string, string>();
  const lines = payingOf(onLines(crediting.ledger.lines));
  const worth = (record: ScoreRecord): Points =>
    creditOf(crediting, record, lines).reduce((sum, { points }) => sum.add(points), zero);
  const paired = new Set<string>();
  for (const record of records)
    for (const { is, to } of record.links ?? []) {
      const earns = notTwice.get(is);
      const other = byId.get(to);
      const pair = [record.id, to].sort().join(' ');
      // Both ends may say it, each in its own words.
      if (earns === undefined || !other || other === record || paired.has(pair)) continue;
      paired.add(pair);
      const first =
        earns === 'from' || (earns === 'higher' && worth(record).compare(worth(other)) >= 0) ? record : other;
      const loser = first === record ? other : record;
      if (!instead.has(first.id)) instead.set(loser.id, first.id);
    }
  return records.map((record) => {
    const other = instead.get(record.id);
    return other === undefined ? record : { ...record, instead: other };
  });
}
