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
  /** All that a record ever earned, for every subject it credits; `related` are those that the method counts with it. */
  credit(record: ScoreRecord, related?: readonly ScoreRecord[]): ScoreEntry[];
  /** A line of the method in its own words. */
  lineName(line: string): Text;
  /** With `asOf`, a window that is not over by then is not yet missed; with `version`, all by that one's method. */
  table(
    records: ScoreRecord[],
    period: string,
    of: 'people' | 'units',
    options?: { asOf?: CivilDate; version?: string },
  ): ScoreTable;
  /** The first and the last day of a period as it is written. */
  daysOf(period: string): { from: CivilDate; to: CivilDate };
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

/** How a thing is tied to others, as it enters the count. */
export function linksOf({ kind, links }: Thing): Pick<ScoreRecord, 'links'> {
  const tied = links.flatMap(({ role, id }): NonNullable<ScoreRecord['links']> =>
    role === 'answers' || role === 'derived-from' || role === 'becomes' || role === 'attached-to'
      ? [{ is: role, to: id }]
      : // A report names one report alone: the one that it was merged into.
        role === 'report' && kind === 'report'
        ? [{ is: 'merged-into', to: id }]
        : [],
  );
  return tied.length === 0 ? {} : { links: tied };
}

/** Whose it is; that a single author is the sole one goes without saying. */
function authorsOf({ authors }: Thing): Pick<ScoreRecord, 'authors'> {
  const [only, another] = authors;
  return only && !another && only.part === 'sole'
    ? { authors: [{ id: only.person }] }
    : { authors: authors.map(({ person, part }) => ({ id: person, part })) };
}

/** A matter as it enters the count, where its kind says as what. */
export function recordOfMatter(county: County, matter: Thing): ScoreRecord | null {
  const kind = county.matters.get(matter.kind)?.record ?? null;
  if (kind === null) return null;
  const coded = (county.forms.get(county.flows.get(matter.kind)?.form ?? '') ?? []).filter(
    ({ type }) => type !== 'text' && type !== 'long-text' && type !== 'file' && type !== 'files',
  );
  return {
    id: matter.id,
    kind,
    ...authorsOf(matter),
    ...(matter.unit === null ? {} : { unit: matter.unit }),
    facts: Object.fromEntries(coded.map(({ id }) => [id, matter.fields[id] ?? null])),
    ...linksOf(matter),
    moments: matter.moments,
  };
}

/** A lead as it enters the count. */
export function recordOfLead(lead: Thing): ScoreRecord {
  return {
    id: lead.id,
    kind: 'lead',
    ...authorsOf(lead),
    ...(lead.unit === null ? {} : { unit: lead.unit }),
    ...linksOf(lead),
    moments: lead.moments,
  };
}

/** What a count may ask of a report's own fields. */
const coded = ['category', 'level', 'urgency'];

/** A report as it enters the count: what happened to it, to the pieces made of it and in their handling. */
export function recordOf(report: Thing, linked: Thing[]): ScoreRecord {
  // Only what there is: a record of a year is read a hundred thousand times.
  const facts: NonNullable<ScoreRecord['facts']> = {};
  if (report.channel !== null) facts['channel'] = report.channel;
  for (const name of coded) {
    const value = report.fields[name] ?? null;
    if (value !== null) facts[name] = value;
  }
  return {
    id: report.id,
    kind: 'report',
    ...authorsOf(report),
    ...(report.unit === null ? {} : { unit: report.unit }),
    ...handledBy(linked),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
    ...linksOf(report),
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
