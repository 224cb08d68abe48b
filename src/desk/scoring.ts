import type { CountyConfig } from '../county/config.generated.ts';
import type { County } from '../county/county.ts';
import type { Bulletin } from '../model/bulletin.ts';
import type { CivilDate } from '../model/date.ts';
import type { Paper } from '../model/paper.ts';
import type { QuotaProgress, ScoreRecord, ScoreTable } from '../model/record.ts';
import type { Text } from '../model/text.ts';
import type { Thing } from '../model/thing.ts';
import type { ScoreEntry } from '../store/port.ts';

/** How the desk counts: the county's method, read once. */
export interface Scoring {
  /** The config whose method is in force. */
  config: CountyConfig;
  /** All that a record ever earned, for every subject it credits. */
  credit(record: ScoreRecord): ScoreEntry[];
  /** A line of the method in its own words. */
  lineName(line: string): Text;
  /** With `asOf`, a window that is not over by then is not yet missed; with `version`, all by that one's method. */
  table(
    records: ScoreRecord[],
    period: string,
    of: 'people' | 'units',
    options?: { asOf?: CivilDate; version?: string },
  ): ScoreTable;
  /** The last day of a period as it is written. */
  lastDay(period: string): CivilDate;
  /** The period of the same kind before one; null where there is none. */
  periodBefore(period: string): string | null;
  /** The bulletin to be printed of what was counted. */
  paper(
    county: County,
    counted: Bulletin,
    before: Pick<Bulletin, 'people' | 'units'> | null,
    records: ScoreRecord[],
  ): Paper;
  /** How everybody who owes stands on a day. */
  quotas(records: ScoreRecord[], on: CivilDate): QuotaProgress[];
}

/** A table with its groups in the county's words. */
export function withGroupNames({ groups }: County, table: ScoreTable): ScoreTable {
  const subjects = table.subjects.map((subject) => {
    const groupName = subject.group === null ? undefined : groups.get(subject.group);
    return groupName === undefined ? subject : { ...subject, groupName };
  });
  return { ...table, subjects };
}

/** A lead as it enters the count. */
export function recordOfLead(lead: Thing): ScoreRecord {
  return {
    id: lead.id,
    kind: 'lead',
    authors: lead.authors.map(({ person, part }) => ({ id: person, part })),
    ...(lead.unit === null ? {} : { unit: lead.unit }),
    moments: lead.moments,
  };
}

/** A report as it enters the count: what happened to it, to the pieces made of it and in their handling. */
export function recordOf(report: Thing, linked: Thing[]): ScoreRecord {
  const facts: NonNullable<ScoreRecord['facts']> = { channel: report.channel };
  for (const name of ['category', 'level', 'urgency']) {
    const value = report.fields[name] ?? null;
    if (value !== null) facts[name] = value;
  }
  return {
    id: report.id,
    kind: 'report',
    authors: report.authors.map(({ person, part }) => ({ id: person, part })),
    ...(report.unit === null ? {} : { unit: report.unit }),
    ...handledBy(linked),
    facts,
    moments: [
      ...report.moments,
      ...linked.flatMap(({ kind, id, moments }) =>
        moments
          // Where it was assigned from says so already.
          .filter((moment) => kind === 'piece' || moment.is !== 'assigned')
          .map((moment) => ({ ...moment, [kind]: id })),
      ),
    ],
  };
}

/** An entered record with what came of its handling, where the desk followed that. */
export function withHandling(record: ScoreRecord, handling: readonly Thing[]): ScoreRecord {
  if (handling.length === 0) return record;
  return {
    ...record,
    ...handledBy(handling),
    moments: [...record.moments, ...handling.flatMap(({ moments }) => moments)],
  };
}

/** Whoever handles it, the lead first. */
function handledBy(linked: readonly Thing[]): Pick<ScoreRecord, 'handlers'> {
  const handlers = new Set(linked.flatMap((thing) => (thing.kind === 'handling' ? thing.handlers : [])));
  return handlers.size === 0 ? {} : { handlers: [...handlers].map((id) => ({ id })) };
}
