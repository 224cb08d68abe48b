import type { Json } from '../../src/county/extend.ts';

/** `pick(n)` is one of 0 … n − 1. */
export type Pick = (count: number) => number;

/** What stands where something else is expected. */
const odd: Json[] = [
  null,
  true,
  false,
  0,
  -1,
  0.1,
  1e308,
  9007199254740993,
  '',
  ' ',
  '0',
  '-0.00000000000000000001',
  '1e400',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  'base',
  '../base',
  '$[?(@.a)]',
  '{{title}}',
  '\u0000',
  '\ud800',
  '字'.repeat(3000),
  '((a+)+)+$',
  '2026-02-30',
  '25:61',
  [],
  {},
  [[]],
  [null],
  { id: 'a' },
  { drop: true },
  { id: '__proto__' },
  { fact: 'level', operator: 'equal', value: 1, path: '$' },
  { all: [] },
  { not: { not: {} } },
  Array.from({ length: 400 }, (_, at) => ({ id: `i${at}`, name: 'x' })),
];

type Holder = Json[] | { [key: string]: Json };
const isHolder = (value: Json): value is Holder => typeof value === 'object' && value !== null;
const keysOf = (holder: Holder) => Object.keys(holder);
const get = (holder: Holder, key: string): Json =>
  (Array.isArray(holder) ? holder[Number(key)] : holder[key]) ?? null;
function set(holder: Holder, key: string, value: Json): void {
  if (Array.isArray(holder)) holder[Number(key)] = value;
  // Defined, not assigned: a key such as __proto__ stays a plain key.
  else Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });
}
function remove(holder: Holder, key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

function holdersIn(value: Json, found: Holder[] = []): Holder[] {
  if (!isHolder(value)) return found;
  if (keysOf(value).length > 0) found.push(value);
  for (const key of keysOf(value)) holdersIn(get(value, key), found);
  return found;
}
const copy = (value: Json): Json => structuredClone(value);

/** One edit of the tree, in place. */
function edit(tree: Json, pick: Pick): void {
  const holders = holdersIn(tree);
  const somewhere = () => {
    const holder = holders[pick(holders.length)] ?? [];
    const keys = keysOf(holder);
    return { holder, keys, key: keys[pick(keys.length)] ?? '0' };
  };
  const { holder, keys, key } = somewhere();
  const value = get(holder, key);
  const other = somewhere();
  const edits = [
    () => remove(holder, key),
    () => set(holder, key, odd[pick(odd.length)] ?? null),
    () => set(holder, key, copy(get(other.holder, other.key))),
    () => set(holder, key, [copy(value)]),
    () => set(holder, key, { [keys[pick(keys.length)] ?? 'a']: copy(value) }),
    () => {
      remove(holder, key);
      set(holder, ['__proto__', 'constructor', 'x', `${key}s`, ''][pick(5)] ?? '', value);
    },
    () => (Array.isArray(holder) ? holder.push(copy(value)) : set(holder, `${key}-2`, copy(value))),
    () => (Array.isArray(holder) ? holder.reverse() : set(holder, key, copy(value))),
    () =>
      set(holder, key, typeof value === 'string' ? `${value.slice(1)}${value.slice(0, 1)}` : String(value)),
    () => set(holder, key, typeof value === 'number' ? -value * 1000 - 0.5 : pick(2) === 0),
  ];
  edits[pick(edits.length)]?.();
}

/** One edit of the text, as a hand that slips. */
function slip(text: string, pick: Pick): string {
  const at = pick(text.length);
  const end = at + 1 + pick(40);
  const slips = [
    () => text.slice(0, at),
    () => text.slice(0, at) + text.slice(end),
    () => text.slice(0, end) + text.slice(at),
    () => `${text.slice(0, at)}${'{}[]",:\\\u0000/-0e\ufeff'[pick(15)]}${text.slice(at)}`,
    () => text.slice(0, at) + [...text.slice(at, end)].reverse().join('') + text.slice(end),
  ];
  return slips[pick(slips.length)]?.() ?? text;
}

/** A config with one to five mistakes in it, one in four of them of its text alone. */
export function mutate(text: string, pick: Pick): string {
  const times = 1 + pick(5);
  if (pick(4) === 0) {
    let slipped = text;
    for (let time = 0; time < times && slipped.length > 0; time += 1) slipped = slip(slipped, pick);
    return slipped;
  }
  const tree: Json = JSON.parse(text);
  for (let time = 0; time < times; time += 1) edit(tree, pick);
  return JSON.stringify(tree);
}
