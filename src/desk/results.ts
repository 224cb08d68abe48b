import type { Field } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import type { ResultRow } from '../model/import.ts';
import { say, type Language } from '../model/text.ts';
import type { Actor, Fields, FieldValue, Thing } from '../model/thing.ts';
import type { DeskContext } from './context.ts';
import { DeskError } from './error.ts';
import { readInput } from './input.ts';
import { offeredActions } from './offering.ts';
import { beyondHead, dateIn, rowsOf } from './sheet-rows.ts';
import { titleOf, valueText } from './view.ts';

/** How like each other two titles are from which on somebody is asked whether they are one. */
const DOUBT = 0.45;

/** A list of results (an adoptions list of the month, say) against the pieces of the county; nothing is kept. */
export async function tryResults(
  context: DeskContext,
  sheet: string[][],
  actor: Actor,
  today: CivilDate,
  language: Language,
): Promise<ResultRow[]> {
  const { head, rows } = rowsOf(sheet);
  const form = resultForm(context);
  const columns = head.map((word) => columnOf(word, form));
  if (!columns.includes('title'))
    throw new DeskError('invalid-input', {
      zh: `第一行要有“标题”一栏,另可有:${form.map(({ label }) => say(label, 'zh')).join('、')}、期号。现有:${head.join('、')}。`,
      en: `The first row needs a column "Title"; it may also have: ${form.map(({ label }) => say(label, 'en')).join(', ')}, Issue number. It has: ${head.join(', ')}.`,
    });
  const pieces = await openPieces(context, actor, today);
  const reader = context.reader(actor, language);
  return rows.map((written) => {
    const { cells } = written;
    const cell = (name: string) => cells[columns.indexOf(name)] ?? '';
    const title = cell('title');
    const { fields, problems } = readInput(
      form,
      Object.fromEntries(
        form.flatMap((field) => {
          const value = valueOf(field, cell(field.id));
          return value === null ? [] : [[field.id, value]];
        }),
      ),
      true,
    );
    const said = form.flatMap((field) => {
      const value = fields[field.id] ?? null;
      return value === null
        ? []
        : [{ label: say(field.label, language), value: valueText(reader, field, value) }];
    });
    const row = { row: written.row, title, said, input: fields };
    const beyond = beyondHead(head, written);
    const wrong = [...problems, ...beyond];
    if (wrong.length > 0)
      return {
        ...row,
        match: 'wrong' as const,
        candidates: [],
        message: wrong.map(({ saying }) => saying[language]).join(language === 'en' ? ' ' : ''),
      };
    return { ...row, ...matched(pieces, title, cell('number'), fields), message: null };
  });
}

function resultForm({ county }: DeskContext): Field[] {
  const actions = [...(county.flows.get('piece')?.stages.values() ?? [])].flatMap(({ actions: all }) => [
    ...all.values(),
  ]);
  const form = actions.find(({ verb }) => verb === 'record')?.form;
  return (form ? (county.forms.get(form) ?? []) : []).filter(
    ({ type }) => type !== 'file' && type !== 'files',
  );
}

const own: Record<string, string> = {
  标题: 'title',
  题目: 'title',
  信息标题: 'title',
  title: 'title',
  期号: 'number',
  期数: 'number',
  'issue number': 'number',
  issue: 'number',
};

/** The field that a column's head names, by its label in either language or its id. */
function columnOf(word: string, form: readonly Field[]): string | null {
  const plain = word.trim().toLowerCase();
  const field = form.find(({ id, label }) =>
    [id, say(label, 'zh'), say(label, 'en')].some((name) => name.toLowerCase() === plain),
  );
  return field?.id ?? own[plain] ?? null;
}

/** What a cell says to a field: an option by its label, a date however it is written. */
function valueOf(field: Field, cell: string): FieldValue {
  if (cell === '') return null;
  if (field.type === 'date') return dateIn(cell) ?? cell;
  if (field.type === 'number') return Number.isFinite(Number(cell)) ? Number(cell) : cell;
  const option = field.options.find(
    ({ id, label }) =>
      id === cell || say(label, 'zh') === cell || say(label, 'en').toLowerCase() === cell.toLowerCase(),
  );
  return option?.id ?? cell;
}

/** The pieces that a result can be entered for now. */
async function openPieces(
  { county, countyOf, store, reader }: DeskContext,
  actor: Actor,
  today: CivilDate,
): Promise<Thing[]> {
  const pieces: Thing[] = [];
  const who = reader(actor, 'zh');
  for await (const { thing } of store.all(county.id, 'piece'))
    if (
      offeredActions({ ...who, county: countyOf(thing) }, thing, today).some(
        ({ action }) => action.verb === 'record',
      )
    )
      pieces.push(thing);
  return pieces;
}

function matched(
  pieces: readonly Thing[],
  title: string,
  number: string,
  input: Fields,
): Pick<ResultRow, 'match' | 'candidates'> {
  const likely = pieces
    .map((piece) => ({ piece, like: alike(title, titleOf(piece)) }))
    .filter(
      ({ piece, like }) => like >= DOUBT || (number !== '' && String(piece.fields['number']) === number),
    )
    .sort((a, b) => b.like - a.like)
    .slice(0, 5);
  const candidates = likely.map(({ piece }) => ({
    id: piece.id,
    version: piece.version,
    title: titleOf(piece),
  }));
  const same = likely.filter(({ like }) => like === 1);
  const [only] = same;
  if (!only || same.length > 1)
    return { match: candidates.length > 0 ? 'doubtful' : 'unmatched', candidates };
  const known = only.piece.moments.some((moment) =>
    ['is', 'on', 'level', 'outlet', 'body', 'leader'].every(
      (name) => (moment[name] ?? null) === (input[name] ?? null),
    ),
  );
  return { match: known ? 'known' : 'matched', candidates };
}

/** 1 for titles that differ in nothing but signs and spaces; else the share of pairs of characters they have alike. */
function alike(a: string, b: string): number {
  const [one, other] = [plain(a), plain(b)];
  if (one === other) return 1;
  const [pairs, others] = [pairsOf(one), pairsOf(other)];
  if (pairs.size + others.size === 0) return 0;
  const shared = [...pairs].filter((pair) => others.has(pair)).length;
  // Never quite 1: titles that have the same pairs are not yet the same.
  return Math.min(0.99, (2 * shared) / (pairs.size + others.size));
}

const plain = (title: string) => title.toLowerCase().replaceAll(/[\p{P}\p{S}\s]/gu, '');
function pairsOf(text: string): Set<string> {
  const signs = [...text];
  return new Set(signs.slice(1).map((sign, at) => `${signs[at]}${sign}`));
}
