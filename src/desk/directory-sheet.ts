import type { CivilDate } from '../model/date.ts';
import type { County } from '../county/county.ts';
import type { Saying } from '../model/error.ts';
import type {
  Directory,
  DirectoryOrganisation,
  DirectoryPerson,
  HeldPost,
  OwnContactLink,
} from '../model/record.ts';
import { say, type Text } from '../model/text.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import type { Given } from './directory.ts';
import { beyondHead, dateIn, rowsOf } from './sheet-rows.ts';

/** How a column may be headed; the first name is the one that a problem calls it by. */
const peopleHeads = {
  id: ['编号', '账号', 'id'],
  name: ['姓名', 'name'],
  kind: ['类别', '人员类别', 'kind'],
  group: ['界别', '分组', 'group'],
  organisation: ['所属组织', '所属单位', 'organisation'],
  post: ['职务', 'post'],
  at: ['任职单位', 'post organisation', 'at'],
  postFrom: ['任职起', '任职日期', 'post from'],
  postTo: ['任职止', '免职日期', 'post to'],
  from: ['起', '加入日期', 'from'],
  to: ['止', '退出日期', 'to'],
  links: ['联系对象', 'keeps contact with'],
} as const;
const unitHeads = {
  id: ['编号', 'id'],
  name: ['单位名称', '名称', 'unit'],
  kind: ['类别', '单位类别', 'kind'],
  group: ['分组', '组别', 'group'],
  parent: ['上级单位', '上级', 'parent'],
  headcount: ['人数', 'headcount'],
  from: ['起', 'from'],
  to: ['止', 'to'],
} as const;

type Cells = Map<string, { text: string; column: string }>;
interface SheetRow {
  row: number;
  cells: Cells;
  beyond: { column: string; saying: Saying }[];
}

/**
 * A sheet of people, one post a row, or of organisations. Ids and the county's own words both name a kind, a post, an
 * organisation; an empty cell leaves what is there as it is, and a post that is not named stays.
 */
export function readDirectorySheet(
  sheet: readonly string[][],
  county: County,
  directory: Directory,
): { given: Given[]; unread: { row: number; column: string; saying: Saying }[] } {
  const { head, headRow, rows: body } = rowsOf(sheet);
  const isUnits = head.some((word) => unitHeads.name.some((name) => name === plain(word)));
  const heads: Record<string, readonly string[]> = isUnits ? unitHeads : peopleHeads;
  const keys = head.map(
    (word) => Object.keys(heads).find((key) => heads[key]?.includes(plain(word))) ?? null,
  );
  const unread = head.flatMap((word, at) =>
    keys[at] === null && word !== '' ? [{ row: headRow, column: word, saying: strange(word, heads) }] : [],
  );
  for (const key of ['id', 'name'])
    if (!keys.includes(key))
      unread.push({
        row: headRow,
        column: heads[key]?.[0] ?? key,
        saying: {
          zh: `缺少“${heads[key]?.[0]}”列,请在表头补上。`,
          en: `The column "${heads[key]?.at(-1)}" is missing; add it to the head.`,
        },
      });
  if (unread.length > 0) return { given: [], unread };
  const rows = body.map((written): SheetRow => ({
    row: written.row,
    beyond: beyondHead(head, written),
    cells: new Map(
      keys.flatMap((key, at) => {
        const text = written.cells[at] ?? '';
        return key === null || text === '' ? [] : [[key, { text, column: head[at] ?? key }] as const];
      }),
    ),
  }));
  const words = wordsOf(county, directory);
  const columnOf = (key: string) => {
    const at = keys.indexOf(key === 'posts' ? 'post' : key);
    return head[at] ?? heads[key]?.[0] ?? key;
  };
  const given = isUnits
    ? unitsIn(rows, words, directory, columnOf)
    : peopleIn(rows, words, directory, columnOf);
  for (const one of given)
    for (const key of ['id', 'name'] as const)
      if (one.row[key] === '')
        one.problems.push({
          row: one.place,
          column: one.columnOf(key),
          saying: { zh: '是空的,请填写。', en: 'It is empty; fill it in.' },
        });
  return { given, unread: [] };
}

const plain = (word: string) => word.trim().toLowerCase();

function strange(word: string, heads: Record<string, readonly string[]>): Saying {
  const near = didYouMean(word, Object.values(heads).flat());
  const all = (at: number) => Object.values(heads).map((names) => names.at(at) ?? '');
  return {
    zh: `不认识“${word}”这一列。${near ? `是不是“${near}”?` : ''}可用的列:${all(0).join('、')}。`,
    en: `There is no column "${word}". ${near ? `Did you mean "${near}"? ` : ''}Columns: ${all(-1).join(', ')}.`,
  };
}

/** The county's words for what a cell may name, each to its id. */
interface Words {
  kinds: Map<string, string>;
  posts: Map<string, string>;
  units: Map<string, string>;
  /** And organisations: whoever somebody may keep contact with. */
  people: Map<string, string>;
}
function wordsOf(county: County, { organisations, people }: Directory): Words {
  const named = (pairs: Iterable<readonly [id: string, name: Text]>) =>
    new Map(
      [...pairs].flatMap(([id, name]) => [
        [say(name, 'zh'), id] as const,
        [say(name, 'en'), id] as const,
        [id, id] as const,
      ]),
    );
  const units = named([
    ...[...county.organisations.values()].map(({ id, name }) => [id, name] as const),
    ...organisations.map(({ id, name }) => [id, name] as const),
  ]);
  return {
    kinds: named(county.authorKinds),
    posts: named([...county.posts.values()].map(({ id, name }) => [id, name] as const)),
    units,
    people: new Map([...units, ...named(people.map(({ id, name }) => [id, name] as const))]),
  };
}

/** A date as offices write it. */
function dated<Key extends string>(
  key: Key,
  cell: { text: string; column: string } | undefined,
  row: number,
  given: Given,
): { [key in Key]?: CivilDate } {
  if (!cell) return {};
  const read: { [key in Key]?: CivilDate } = {};
  const date = dateIn(cell.text);
  if (date !== null) read[key] = date;
  else
    given.problems.push({
      row,
      column: cell.column,
      saying: {
        zh: `“${cell.text}”不是日期,请写成 2026-03-01。`,
        en: `"${cell.text}" is no date; write it as 2026-03-01.`,
      },
    });
  return read;
}

function peopleIn(
  rows: SheetRow[],
  words: Words,
  { people }: Directory,
  columnOf: Given['columnOf'],
): Given[] {
  const before = new Map(people.map((person) => [person.id, person]));
  const now = new Map<string, Given & { of: 'people' }>();
  const nameless: Given[] = [];
  for (const { row, cells, beyond } of rows) {
    const text = (key: string) => cells.get(key)?.text;
    const id = text('id') ?? '';
    const known = now.get(id);
    const given: Given & { of: 'people' } = known ?? {
      of: 'people',
      place: row,
      // What is there already stays where the sheet says nothing of it.
      row: { ...(before.get(id) ?? { id, name: text('name') ?? '' }) },
      problems: [],
      columnOf,
      postRows: new Map(),
    };
    given.problems.push(...beyond.map((problem) => ({ row, ...problem })));
    const name = text('name');
    if (known && name !== undefined && name !== known.row.name)
      given.problems.push({
        row,
        column: columnOf('name'),
        saying: {
          zh: `编号“${id}”在第 ${known.place} 行是“${known.row.name}”,这里是“${name}”。请改正其中一个。`,
          en: `"${id}" is "${known.row.name}" in row ${known.place} and "${name}" here. Correct one of them.`,
        },
      });
    const look = (key: string, list: Map<string, string>) => {
      const cell = cells.get(key);
      return cell && lookUp(cell, list, row, given);
    };
    const kind = look('kind', words.kinds);
    const organisation = look('organisation', words.units);
    const post = look('post', words.posts);
    const at = look('at', words.units);
    const dates = (from: string, to: string) => ({
      ...dated('from', cells.get(from), row, given),
      ...dated('to', cells.get(to), row, given),
    });
    const person: DirectoryPerson = {
      ...given.row,
      ...(name === undefined ? {} : { name }),
      ...(kind === undefined ? {} : { kind }),
      ...(text('group') === undefined ? {} : { group: text('group') ?? '' }),
      ...(organisation === undefined ? {} : { organisation }),
      ...dates('from', 'to'),
    };
    if (post !== undefined) {
      const { posts, index } = withPost(person.posts ?? [], {
        post,
        ...(at === undefined ? {} : { organisation: at }),
        ...dates('postFrom', 'postTo'),
      });
      person.posts = posts;
      given.postRows?.set(index, row);
    }
    const linked = text('links');
    if (linked !== undefined) person.links = withLinks(person.links ?? [], linked, words.people);
    given.row = person;
    if (id === '') nameless.push(given);
    else now.set(id, given);
  }
  return [...now.values(), ...nameless];
}

/** All whom a cell names; whoever is in no directory is known by the name that stands there. */
function withLinks(
  links: readonly OwnContactLink[],
  cell: string,
  people: Words['people'],
): OwnContactLink[] {
  const named = cell
    .split(/[、,,;;\n]/)
    .map((word) => word.trim())
    .filter(Boolean);
  return named.flatMap((word) => {
    const id = people.get(word);
    const to = id ?? word;
    const before = links.filter((link) => link.to === to);
    return before.length > 0 ? before : [id === undefined ? { to, name: word } : { to }];
  });
}

/** A post that is held gets the dates of the row; another one is added. */
function withPost(posts: readonly HeldPost[], given: HeldPost): { posts: HeldPost[]; index: number } {
  const same = posts.findIndex(
    ({ post, organisation, from, to }) =>
      post === given.post &&
      organisation === given.organisation &&
      (given.from === undefined || from === undefined || from === given.from) &&
      (to === undefined || from === given.from || to === given.to),
  );
  return same < 0
    ? { posts: [...posts, given], index: posts.length }
    : { posts: posts.map((one, at) => (at === same ? { ...one, ...given } : one)), index: same };
}

function unitsIn(
  rows: SheetRow[],
  words: Words,
  { organisations }: Directory,
  columnOf: Given['columnOf'],
): Given[] {
  const before = new Map(organisations.map((one) => [one.id, one]));
  const own = new Map(
    rows.flatMap(({ cells }) => {
      const [id, name] = [cells.get('id')?.text, cells.get('name')?.text];
      return id === undefined ? [] : [[id, id] as const, [name ?? id, id] as const];
    }),
  );
  return rows.map(({ row, cells, beyond }): Given => {
    const text = (key: string) => cells.get(key)?.text;
    const id = text('id') ?? '';
    const given: Given & { of: 'organisations' } = {
      of: 'organisations',
      place: row,
      row: before.get(id) ?? { id, name: text('name') ?? '' },
      problems: beyond.map((problem) => ({ row, ...problem })),
      columnOf,
    };
    const twice = rows.find((other) => other.row < row && other.cells.get('id')?.text === id);
    if (twice && id !== '')
      given.problems.push({
        row,
        column: given.columnOf('id'),
        saying: {
          zh: `编号“${id}”在第 ${twice.row} 行已出现,请删去一行。`,
          en: `"${id}" stands in row ${twice.row} already; delete one of them.`,
        },
      });
    const parent = cells.get('parent');
    const above = parent && lookUp(parent, new Map([...words.units, ...own]), row, given);
    const headcount = Number(text('headcount'));
    const unit: DirectoryOrganisation = { ...given.row, id };
    for (const key of ['name', 'kind', 'group'] as const) {
      const said = text(key);
      if (said !== undefined) unit[key] = said;
    }
    for (const key of ['from', 'to'] as const) Object.assign(unit, dated(key, cells.get(key), row, given));
    if (above !== undefined) unit.parent = above;
    if (text('headcount') !== undefined) unit.headcount = Number.isNaN(headcount) ? -1 : headcount;
    return { ...given, row: unit };
  });
}

function lookUp(
  { text, column }: { text: string; column: string },
  list: Map<string, string>,
  row: number,
  given: Given,
): string | undefined {
  const id = list.get(text);
  if (id !== undefined) return id;
  const near = didYouMean(text, [...list.keys()]);
  const some = [...new Set(list.values())];
  given.problems.push({
    row,
    column,
    saying: {
      zh: `没有“${text}”。${near ? `是不是“${near}”?` : some.length > 0 && some.length <= 20 ? `可以是:${some.join('、')}。` : '请先录入,或改正。'}`,
      en: `There is no "${text}". ${near ? `Did you mean "${near}"?` : some.length > 0 && some.length <= 20 ? `It may be: ${some.join(', ')}.` : 'Enter it first, or correct it.'}`,
    },
  });
  return undefined;
}
