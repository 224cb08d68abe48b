import { applyEdits, modify, type JSONPath } from 'jsonc-parser';
import type { Text } from '../model/text.ts';
import type { ConfigValue, ValueGroup } from '../model/version.ts';
import type { Json } from './extend.ts';

/** What an office changes most, by key; the rest is for the text itself. */
const changeable: Record<string, [zh: string, en: string]> = {
  need: ['应报', 'Needed'],
  points: ['计分', 'Points'],
  each: ['每项', 'For each'],
  from: ['起', 'From'],
  to: ['至', 'To'],
  below: ['低于', 'Below'],
  cap: ['封顶', 'Cap'],
  floor: ['不低于', 'Floor'],
  base: ['基础分', 'Base'],
  times: ['倍数', 'Times'],
  quota: ['任务数', 'Quota'],
  reached: ['完成得', 'When reached'],
  missed: ['未完成', 'When missed'],
  over: ['超出每项', 'For each above'],
  short: ['每缺一项', 'For each missing'],
  limit: ['最多', 'At most'],
  best: ['取前', 'The best'],
  weight: ['权重', 'Weight'],
  otherwise: ['其他', 'Otherwise'],
  value: ['数值', 'Value'],
  decimals: ['小数位数', 'Decimals'],
  workingDays: ['工作日', 'Working days'],
  days: ['天数', 'Days'],
  required: ['必填', 'Required'],
};
const groups: Record<string, ValueGroup> = {
  quotas: 'quotas',
  method: 'method',
  flows: 'flows',
  forms: 'forms',
};
/** The two ledgers of a method. */
const sides: Record<string, Text> = {
  people: { zh: '个人', en: 'People' },
  units: { zh: '单位', en: 'Units' },
};
/** Sections of a method that are numbers throughout, whatever their keys. */
const tables = new Set(['table', 'values']);
/** They hold examples or the words of the method, not its values. */
const left = new Set([
  'stated',
  'cases',
  'periods',
  'records',
  'facts',
  'summary',
  'when',
  'sessions',
  'terms',
]);

type Members = { [key: string]: Json };
const isObject = (value: Json | undefined): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const idOf = (value: Json | undefined): string | null =>
  isObject(value) && typeof value['id'] === 'string' ? value['id'] : null;

function member(value: Json | undefined, name: string): Json | undefined {
  if (isObject(value)) return Object.hasOwn(value, name) ? value[name] : undefined;
  if (Array.isArray(value)) return value.find((item, index) => (idOf(item) ?? String(index)) === name);
  return undefined;
}
function textOf(value: Json | undefined): Text | null {
  if (typeof value === 'string') return value;
  if (!isObject(value) || typeof value['zh'] !== 'string') return null;
  const { zh, en } = value;
  return { zh, ...(typeof en === 'string' ? { en } : {}) };
}

/** The values of a whole config that an office changes, with where each stands and whether the county says it itself. */
export function valuesOf(whole: Json, own: Json): ConfigValue[] {
  const values: ConfigValue[] = [];
  const options = optionLabels(whole);
  const walk = (value: Json, path: string[], names: Text[], mine: Json | undefined, group: ValueGroup) => {
    const last = path.at(-1) ?? '';
    if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') {
      const words = changeable[last];
      const inTable = path.some((part) => tables.has(part));
      const isNumber = typeof value === 'number' || (typeof value === 'string' && /^-?\d/.test(value));
      if (typeof value === 'boolean' ? last !== 'required' : !isNumber || (!words && !inTable)) return;
      const label: Text = words && !inTable ? { zh: words[0], en: words[1] } : (options.get(last) ?? last);
      values.push({ path: path.join('/'), group, names, label, value, own: mine !== undefined });
      return;
    }
    if (value === null || left.has(last)) return;
    const name = isObject(value)
      ? (textOf(value['name']) ??
        textOf(value['label']) ??
        textOf(value['section']) ??
        textOf(value['clause']))
      : null;
    const side = path.length === 2 ? sides[last] : undefined;
    const inside =
      name !== null || side !== undefined
        ? [...names, name ?? side ?? '']
        : tables.has(last)
          ? names
          : inTableNames(path, names, options);
    const members: [string, Json][] = Array.isArray(value)
      ? value.map((item, index) => [idOf(item) ?? String(index), item])
      : Object.entries(value);
    for (const [key, item] of members) walk(item, [...path, key], inside, member(mine, key), group);
  };
  for (const [key, group] of Object.entries(groups)) {
    const value = member(whole, key);
    if (value !== undefined) walk(value, [key], [], member(own, key), group);
  }
  return values;
}

/** Inside a table of tables the outer key names what the inner ones belong to. */
function inTableNames(path: readonly string[], names: Text[], options: ReadonlyMap<string, Text>): Text[] {
  const last = path.at(-1) ?? '';
  const label = path.slice(0, -1).some((part) => tables.has(part)) ? options.get(last) : undefined;
  return label === undefined ? names : [...names, label];
}

/** What the county's lists call their options: a table's keys are those. */
function optionLabels(whole: Json): Map<string, Text> {
  const labels = new Map<string, Text>();
  const lists = member(whole, 'lists');
  const all: Json[] = isObject(lists) ? Object.values(lists) : [];
  for (const list of [...all, member(whole, 'authorKinds'), member(whole, 'posts')])
    for (const option of Array.isArray(list) ? list : []) {
      const label = textOf(member(option, 'label') ?? member(option, 'name'));
      const id = idOf(option);
      if (id !== null && label !== null && !labels.has(id)) labels.set(id, label);
    }
  return labels;
}

/**
 * A county's own text with other values, its other words and spaces as they were. What only the base says so far is
 * said by the county itself from then on, under the same ids.
 */
export function withValues(
  text: string,
  own: Json,
  whole: Json,
  changes: readonly { path: string; value: Json }[],
): string {
  let [written, said] = [text, own];
  for (const { path, value } of changes) {
    const { at, put, append } = place(path.split('/'), said, whole, value);
    written = applyEdits(
      written,
      modify(written, at, put, {
        formattingOptions: { insertSpaces: true, tabSize: 2 },
        ...(append ? { isArrayInsertion: true } : {}),
      }),
    );
    const read: Json = JSON.parse(written);
    said = read;
  }
  return written;
}

/** The text without what stands at a path of it. */
export function withoutValue(text: string, path: JSONPath): string {
  return applyEdits(text, modify(text, path, undefined, {}));
}

/** Where in the county's own text a value goes, and what to write there where its surroundings are missing. */
function place(
  path: readonly string[],
  own: Json,
  whole: Json,
  value: Json,
): { at: JSONPath; put: Json; append: boolean } {
  const at: JSONPath = [];
  let [mine, all]: [Json | undefined, Json | undefined] = [own, whole];
  for (const [index, part] of path.entries()) {
    const rest = path.slice(index + 1);
    if (Array.isArray(mine)) {
      const found = mine.findIndex((item, where) => (idOf(item) ?? String(where)) === part);
      if (found < 0)
        return {
          at: [...at, mine.length],
          put: built(rest, member(all, part), value, part),
          append: true,
        };
      at.push(found);
      mine = mine[found];
    } else {
      at.push(part);
      const next = member(mine, part);
      if (next === undefined) return { at, put: built(rest, member(all, part), value, null), append: false };
      mine = next;
    }
    all = member(all, part);
  }
  return { at, put: value, append: false };
}

function built(path: readonly string[], whole: Json | undefined, value: Json, id: string | null): Json {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const inner = member(whole, first);
  // A list of things with ids merges by id; any other list replaces and is said whole.
  if (Array.isArray(whole) && idOf(inner) !== null) return [built(rest, inner, value, first)];
  if (Array.isArray(whole))
    return whole.map((item, index) => (String(index) === first ? built(rest, item, value, null) : item));
  return { ...(id === null ? {} : { id }), [first]: built(rest, inner, value, null) };
}

/** A JSON pointer into a text, as a path by ids. */
export function pathByIds(pointer: string, value: Json): string {
  let at: Json | undefined = value;
  const parts = pointer.split('/').slice(1);
  return parts
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const list: Json[] | null = Array.isArray(at) ? at : null;
      const item: Json | undefined = list ? list[Number(name)] : member(at, name);
      at = item;
      return list ? (idOf(item) ?? name) : name;
    })
    .join('/');
}
