import type { Facts } from '../model/fact.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { dated } from './dated.ts';
import { fixed, mostOf, noCell, readDecimal, type Read } from './decimal.ts';
import type { Decimal } from './method.ts';
import type { Place } from './place.ts';
import { zero, type Points } from './points.ts';

type Cell = { read: Read } | { cells: ReadonlyMap<string, Cell> };

/** A table by one fact, or by several, each a level deeper. */
export function readTable(
  place: Place,
  key: string,
  table: object,
  keys: readonly string[],
  rest: Points | null,
  several: 'highest' | 'sum',
): Read {
  const at = `${place.pointer}/${key}/table`;
  const all: Read[] = [];
  const read = readCells(place, `${key}/table`, table, keys, all);
  const { reached: told } = place.settings;
  const reached = told && ((cell: string) => told(`${at}${cell}`));
  const found = (facts: Facts) => cellFor(read, keys, facts, several, reached);
  const most = mostOf([...all.map((cell) => cell.most), ...(rest ? [rest] : [])]);
  return {
    reads: [...keys, ...all.flatMap((cell) => cell.reads)],
    of: (facts) => found(facts)?.points ?? rest ?? noCell(place, [...keys], facts),
    clause: all.some((cell) => cell.reads.length > 0)
      ? (facts) => found(facts)?.cell?.clause(facts) ?? null
      : () => null,
    // A sum of several cells has no bound that is known before who holds how many.
    most: several === 'sum' ? null : most,
  };
}

/** Every cell is a number, or one that changes on a date, as deep as the facts it goes by; and for values there are. */
function readCells(place: Place, key: string, table: object, keys: readonly string[], all: Read[]): Cell {
  const [fact = '', ...deeper] = keys;
  const values = valuesOf(place, fact);
  const cells = new Map<string, Cell>();
  for (const [name, cell] of Object.entries(table)) {
    const here = `${key}/${name}`;
    if (values && !values.includes(name))
      place.report(`${place.pointer}/${here}`, 'unknown-option', name, didYouMean(name, values), values);
    const inner = typeof cell === 'object' && cell !== null && !Array.isArray(cell) ? { ...cell } : null;
    if (deeper.length > 0) {
      if (inner) cells.set(name, readCells(place, here, inner, deeper, all));
      else place.report(`${place.pointer}/${here}`, 'table-depth', name);
      continue;
    }
    const read = inner ? datedCell(place, here, name, inner) : plainCell(place, here, cell);
    if (read) all.push(read);
    if (read) cells.set(name, { read });
  }
  return { cells };
}

function plainCell(place: Place, key: string, cell: unknown): Read | null {
  if (typeof cell !== 'number' && typeof cell !== 'string') {
    place.report(`${place.pointer}/${key}`, 'not-a-number', String(cell));
    return null;
  }
  return fixed(readDecimal(place, key, cell, zero));
}

function datedCell(place: Place, key: string, name: string, cell: { since?: unknown }): Read | null {
  const { since, ...more } = cell;
  if (typeof since !== 'object' || since === null || Object.keys(more).length > 0) {
    place.report(`${place.pointer}/${key}`, 'table-depth', name);
    return null;
  }
  const values: Record<string, Decimal> = {};
  for (const [from, value] of Object.entries(since))
    if (typeof value === 'number' || typeof value === 'string') values[from] = value;
    else place.report(`${place.pointer}/${key}/since/${from}`, 'not-a-number', JSON.stringify(value));
  return dated(place, key, values, (at, value) => fixed(readDecimal(place, at, value, zero)));
}

/** The values that a fact can have, where they are a closed list. */
function valuesOf({ vocabulary }: Place, fact: string): string[] | null {
  const meaning = Object.hasOwn(vocabulary, fact) ? vocabulary[fact] : undefined;
  if (meaning?.type === 'yes-no') return ['true', 'false', 'null'];
  return meaning?.options ? [...meaning.options.map(({ value }) => value), 'null'] : null;
}

interface Found {
  points: Points;
  /** The one cell it is; null for several added up. */
  cell: Read | null;
}

function cellFor(
  table: Cell,
  keys: readonly string[],
  facts: Facts,
  several: 'highest' | 'sum',
  reached: ((cell: string) => void) | null,
  way = '',
): Found | null {
  if ('read' in table) {
    reached?.(way);
    return { points: table.read.of(facts), cell: table.read };
  }
  const [key = '', ...rest] = keys;
  const value = facts[key] ?? null;
  const cell = (word: string) => {
    const found = table.cells.get(word);
    return found === undefined ? null : cellFor(found, rest, facts, several, reached, `${way}/${word}`);
  };
  if (!Array.isArray(value)) return cell(String(value));
  const found = value.flatMap((item) => cell(String(item)) ?? []);
  if (found.length < 2) return found[0] ?? null;
  return several === 'sum'
    ? { points: found.reduce((sum, one) => sum.add(one.points), zero), cell: null }
    : found.reduce((best, one) => (one.points.compare(best.points) > 0 ? one : best));
}
