import type { County } from '../county/county.ts';
import { civilDate, type Instant } from '../model/date.ts';
import {
  isRegisterColumn,
  registerColumns,
  type RegisterColumn,
  type RegisterView,
} from '../model/register.ts';
import { say } from '../model/text.ts';
import type { Thing, ThingKind } from '../model/thing.ts';
import type { Store } from '../store/port.ts';
import { DeskError } from './error.ts';
import { momentLabel } from './history.ts';
import { may, namesShown } from './permission.ts';
import { queueQuery } from './queue.ts';
import type { RegisterRequest } from './request.ts';
import { fieldsOfKind, sees, stageOf, titleOf, valueText, type Reader } from './view.ts';

const PAGE = 200;

/** What the register of a kind can show its reader: nothing that the thing itself would not. */
export function registerView(reader: Reader, kind: ThingKind): RegisterView {
  const { county, language } = reader;
  const own = [...fieldsOfKind(county, kind).values()].filter(
    (field) =>
      !isRegisterColumn(field.id) && field.type !== 'file' && field.type !== 'files' && sees(reader, field),
  );
  const columns = [
    ...Object.entries(registerColumns).map(([value, label]) => ({ value, label: label[language] })),
    ...own.map(({ id, label }) => ({ value: id, label: say(label, language) })),
  ];
  const known = new Set(columns.map(({ value }) => value));
  const shown = county.registers.get(kind) ?? Object.keys(registerColumns);
  return { columns, shown: shown.filter((column) => known.has(column)) };
}

/** A list as its reader has it on the page, whole, with the columns that they chose; read a page at a time. */
export async function registerOf(
  reader: Reader,
  store: Store,
  request: RegisterRequest,
  chosen: readonly string[] | null,
  now: Instant,
): Promise<{ head: string[]; rows: AsyncIterable<string[]> }> {
  const { columns, shown } = registerView(reader, request.kind);
  const labels = new Map(columns.map(({ value, label }) => [value, label]));
  const wrong = chosen?.find((column) => !labels.has(column));
  if (wrong !== undefined)
    throw new DeskError('invalid-input', {
      zh: `没有“${wrong}”这一列。可以是:${[...labels.keys()].join('、')}。`,
      en: `There is no column "${wrong}". It may be: ${[...labels.keys()].join(', ')}.`,
    });
  const picked = chosen && chosen.length > 0 ? chosen : shown;
  const { query } = await queueQuery(reader, store, { ...request, after: null, limit: PAGE }, now);
  return { head: picked.map((column) => labels.get(column) ?? column), rows: rowsOf() };

  async function* rowsOf(): AsyncGenerator<string[]> {
    let number = 0;
    for (let after: string | null = null; ;) {
      const page = await store.queue({ ...query, after });
      const things = page.rows
        .map(({ thing }) => thing)
        .filter((thing) => may(reader.county, reader.actor, 'read', thing.kind, thing));
      const pieces = await piecesOf(reader.county, store, things);
      for (const thing of things) {
        number += 1;
        yield picked.map((column) => cellOf(reader, thing, pieces.get(thing.id) ?? [], column, number));
      }
      after = page.next;
      if (after === null) return;
    }
  }
}

/** The pieces that each report went into, read together: what came of them is the report's too. */
async function piecesOf(
  county: County,
  store: Store,
  things: readonly Thing[],
): Promise<Map<string, Thing[]>> {
  const linked = things.flatMap((thing) =>
    thing.links.flatMap(({ role, kind, id }) => (role === 'piece' ? [{ of: thing.id, kind, id }] : [])),
  );
  const rows = await store.readMany(linked.map(({ kind, id }) => ({ county: county.id, kind, id })));
  const byId = new Map(rows.map(({ thing }) => [thing.id, thing]));
  const pieces = new Map<string, Thing[]>();
  for (const { of, id } of linked) {
    const piece = byId.get(id);
    if (piece) pieces.set(of, [...(pieces.get(of) ?? []), piece]);
  }
  return pieces;
}

function cellOf(
  asked: Reader,
  thing: Thing,
  pieces: readonly Thing[],
  column: string,
  number: number,
): string {
  const reader = { ...asked, county: asked.countyOf(thing) };
  const { county, actor, language } = reader;
  if (!isRegisterColumn(column))
    return valueText(reader, fieldsOfKind(county, thing.kind).get(column), thing.fields[column] ?? null);
  const names = (ids: string[]) => ids.map((id) => reader.nameOf(id)).join(language === 'en' ? ', ' : '、');
  const cells: Record<RegisterColumn, () => string> = {
    row: () => String(number),
    id: () => thing.id,
    title: () => titleOf(thing),
    authors: () =>
      namesShown(asked.county, actor, thing) ? names(thing.authors.map(({ person }) => person)) : '',
    unit: () => (thing.unit === null ? '' : reader.nameOf(thing.unit)),
    channel: () =>
      thing.channel === null ? '' : say(county.channels.get(thing.channel) ?? thing.channel, language),
    submitted: () => thing.moments.find(({ is }) => is === 'submitted')?.on ?? '',
    stage: () => say(stageOf(county, thing).label, language),
    since: () => civilDate(thing.since, county.timeZone),
    due: () => thing.due?.on ?? '',
    handlers: () => names(thing.handlers),
    results: () =>
      [thing, ...pieces]
        .flatMap(({ moments }) => moments)
        .filter(({ is }) => is !== 'submitted' && is !== 'checked')
        .map((moment) => `${momentLabel(reader, moment)} ${moment.on}`)
        .join('\n'),
  };
  return cells[column]();
}
