import { isOwnDraft, isStaff, may, namesShown } from './permission.ts';
import { say } from '../model/text.ts';
import type { FieldValue, Thing } from '../model/thing.ts';
import type { ScoreRecord, ScoreTable } from '../model/record.ts';
import type { Store } from '../store/port.ts';
import { fieldsOfKind, sees, stageOf, titleOf, type Reader } from './view.ts';

export const exportable = ['reports', 'pieces', 'records', 'scores'] as const;
export type Exportable = (typeof exportable)[number];
export type ExportRow = Record<string, FieldValue>;
/** Rows one by one, and their columns, which are known before the first. */
export interface Exported {
  columns: string[];
  rows: AsyncIterable<ExportRow>;
}

const ofThings = [
  'id',
  'title',
  'stage',
  'stageName',
  'version',
  'since',
  'due',
  'unit',
  'channel',
  'authors',
];

/**
 * Reports or pieces that the reader may read, with the fields that were chosen or counted. Texts stay where they are
 * read with their history, and nothing of instructions is in these.
 */
export function exportThings(
  reader: Reader,
  store: Store,
  kind: 'report' | 'piece',
  /** Ids of fields that hold somebody's own words, or files. */
  left: ReadonlySet<string>,
): Exported {
  const { counties, county } = reader;
  const shown = counties.flatMap((one) => [...fieldsOfKind(one, kind).values()]);
  const fields = new Set(
    shown
      .filter((field) => field.seenBy !== 'instruction-readers' && sees(reader, field))
      .map(({ id }) => id)
      .filter((id) => !left.has(id) && !ofThings.includes(id)),
  );
  return { columns: [...ofThings, ...fields], rows: rowsOf() };

  async function* rowsOf(): AsyncGenerator<ExportRow> {
    for await (const { thing } of store.all(county.id, kind))
      if (may(county, reader.actor, 'read', kind, thing) && !isOwnDraft(county, thing))
        yield { ...common(reader, thing), ...picked(thing, fields) };
  }
}

function common(reader: Reader, thing: Thing): ExportRow {
  const { county, actor } = reader;
  const stage = stageOf(reader.countyOf(thing), thing);
  return {
    id: thing.id,
    title: titleOf(thing),
    stage: stage.id,
    stageName: say(stage.label, reader.language),
    version: thing.version,
    since: thing.since,
    due: thing.due?.on ?? null,
    unit: thing.unit,
    channel: thing.channel,
    // Who does not see names in the view does not see whose it is here.
    authors: namesShown(county, actor, thing) ? thing.authors.map(({ person }) => person) : [],
  };
}
const picked = (thing: Thing, fields: ReadonlySet<string>): ExportRow =>
  Object.fromEntries([...fields].map((id) => [id, thing.fields[id] ?? null]));

/** What enters the count, a row for each moment of it. */
export function exportRecords({ county, actor }: Reader, store: Store): Exported {
  // Not everybody who works with data is told who wrote what.
  const shown = isStaff(county, actor);
  const columns = ['id', 'kind', 'unit', 'authors', 'moment', 'on', 'level', 'form', 'outlet'];
  return { columns, rows: rowsOf() };

  async function* rowsOf(): AsyncGenerator<ExportRow> {
    for await (const page of store.counted(county.id))
      for (const record of page) yield* momentsOf(record, shown);
    for (const { record } of await store.records(county.id)) yield* momentsOf(record, shown);
  }
}

function momentsOf({ id, kind, unit, authors = [], moments = [] }: ScoreRecord, shown: boolean): ExportRow[] {
  const whose = { id, kind, unit: unit ?? null, authors: shown ? authors.map((author) => author.id) : [] };
  const word = (value: unknown) => (typeof value === 'string' ? value : null);
  return moments.map((moment) => ({
    ...whose,
    moment: moment.is,
    on: moment.on,
    level: word(moment['level']),
    form: word(moment['form']),
    outlet: word(moment['outlet']),
  }));
}

/** A period's table, a row for each line that earned something. */
export function exportScores({ period, subjects }: ScoreTable): Exported {
  const columns = [
    'period',
    'subject',
    'name',
    'group',
    'total',
    'rank',
    'grade',
    'line',
    'clause',
    'points',
  ];
  const rows = subjects.flatMap(({ id, name, group, points: total, rank, grade, lines }): ExportRow[] => {
    const whose = { period, subject: id, name, group, total, rank, grade };
    const none = { line: null, clause: null, points: null };
    return lines.length === 0
      ? [{ ...whose, ...none }]
      : lines.map(({ id: line, clause, points }) => ({ ...whose, line, clause: clause ?? null, points }));
  });
  return {
    columns,
    rows: (async function* () {
      yield* rows;
    })(),
  };
}
