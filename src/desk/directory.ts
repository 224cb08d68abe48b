import { checkDirectory } from '../check/directory.ts';
import type { Mistake } from '../check/mistake.ts';
import { readSource } from '../check/source.ts';
import type { County } from '../county/county.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import { addDays, civilDate, spans, type CivilDate } from '../model/date.ts';
import type { Saying } from '../model/error.ts';
import type { DirectoryRow } from '../model/import.ts';
import type {
  Directory,
  DirectoryOrganisation,
  DirectoryPerson,
  HeldPost,
  OwnContactLink,
} from '../model/record.ts';
import type { Language } from '../model/text.ts';
import type { DirectoryEntry, Store } from '../store/port.ts';
import { readDirectorySheet } from './directory-sheet.ts';
import { DeskError } from './error.ts';
import type { By } from './versions.ts';

/** The directory as its entries leave it, in the order in which each was first entered. */
export function directoryIn(entries: readonly DirectoryEntry[]): Directory {
  const people = new Map<string, DirectoryPerson>();
  const organisations = new Map<string, DirectoryOrganisation>();
  for (const entry of entries)
    if (entry.of === 'people') people.set(entry.row.id, entry.row);
    else organisations.set(entry.row.id, entry.row);
  return { people: [...people.values()], organisations: [...organisations.values()] };
}

/**
 * What a file lists as links, each put to whom it begins at: with the rows that come in, or else with the row that is
 * there, whose other links stay.
 */
export function withOwnLinks(given: Directory, known: Directory): Omit<Directory, 'links'> {
  const { links = [] } = given;
  const put = <Row extends DirectoryPerson | DirectoryOrganisation>(rows: Row[], before: Row[]): Row[] => {
    const here = new Set(rows.map(({ id }) => id));
    return [...rows, ...before.filter(({ id }) => !here.has(id))].flatMap((row) => {
      const its = links.flatMap(({ from, ...link }) => (from === row.id ? [link] : []));
      if (its.length === 0) return here.has(row.id) ? [row] : [];
      const same = (a: OwnContactLink) => its.some(({ to, kind }) => to === a.to && kind === a.kind);
      return [{ ...row, links: [...(row.links ?? []).filter((link) => !same(link)), ...its] }];
    });
  };
  return {
    organisations: put(given.organisations, known.organisations),
    people: put(given.people, known.people),
  };
}

/** Who and what was there on a day, each with the posts held that day. */
export function directoryOn({ people, organisations }: Directory, on: CivilDate): Directory {
  return {
    organisations: organisations.filter((unit) => spans(unit, on)),
    people: people
      .filter((person) => spans(person, on))
      .map((person) =>
        person.posts ? { ...person, posts: person.posts.filter((held) => spans(held, on)) } : person,
      ),
  };
}

/** What comes in: a sheet's cells, or JSON in the shape of a published directory. */
export type DirectoryText = { sheet: string[][] } | { json: string };

/** Whose directory, and where it is kept. */
interface Place {
  county: County;
  store: Store;
}
interface Problem {
  row: number;
  column: string;
  saying: Saying;
}
/** One person or organisation as it shall be, with where it was written. */
export type Given = {
  place: number;
  problems: Problem[];
  columnOf: (key: string) => string;
  /** Of a sheet with a post a row: where each of a person's posts, by its index, was written. */
  postRows?: Map<number, number>;
} & ({ of: 'people'; row: DirectoryPerson } | { of: 'organisations'; row: DirectoryOrganisation });

interface Judged {
  given: Given;
  before: DirectoryEntry | null;
}

/** Every row against the county's config and the rest of the directory; nothing is kept. */
async function judge(
  { county, store }: Place,
  config: CountyConfig,
  text: DirectoryText,
  today: CivilDate,
  separate: boolean,
): Promise<{ rows: Judged[]; unread: Problem[] }> {
  const entries = await store.directory(county.id);
  const directory = directoryIn(entries);
  const { given, unread } =
    'sheet' in text ? readDirectorySheet(text.sheet, county, directory) : readJson(text.json, directory);
  const rows = given.map((one): Judged => {
    const before = entries.findLast(({ of, row }) => of === one.of && row.id === one.row.id) ?? null;
    if (one.of !== 'people' || before?.of !== 'people') return { given: one, before };
    return { given: { ...one, row: keepingPast(before.row, one.row, today) }, before };
  });
  // What is wrong in itself does not hide what else is; what is left is then held against the rest of the directory.
  let left = rows.filter(({ given }) => given.row.id !== '' && given.row.name !== '');
  for (let wrong = foundWrong(directory, left, config); wrong.size > 0;) {
    left = left.filter((one) => !wrong.has(one));
    wrong = foundWrong(directory, left, config);
  }
  if (separate) for (const { given } of rows) mustBeApart(county, given, today);
  return { rows, unread };
}

function foundWrong(directory: Directory, rows: readonly Judged[], config: CountyConfig): Set<Judged> {
  const next = merged(directory, rows);
  const { mistakes } = checkDirectory('', JSON.stringify(next), config);
  const wrong = new Set<Judged>();
  for (const mistake of mistakes) {
    const found = /^#\/(people|organisations)\/(\d+)(?:\/(\w+)(?:\/(\d+)\/(\w+))?)?/.exec(mistake.pointer);
    if (!found) continue;
    const [, list, index, key = 'id', nth, deep] = found;
    const id = (list === 'people' ? next.people : next.organisations)[Number(index)]?.id;
    const one = rows.findLast(({ given }) => given.of === list && given.row.id === id);
    if (!one) continue;
    const row = key === 'posts' ? one.given.postRows?.get(Number(nth)) : undefined;
    const problem = problemOf(one.given, mistake, key, deep);
    one.given.problems.push(row === undefined ? problem : { ...problem, row });
    wrong.add(one);
  }
  return wrong;
}

function problemOf(given: Given, { saying }: Mistake, key: string, deep: string | undefined): Problem {
  const sheetKey = { organisation: 'at', from: 'postFrom', to: 'postTo' }[deep ?? ''] ?? deep;
  const column = key === 'posts' && sheetKey !== undefined ? given.columnOf(sheetKey) : given.columnOf(key);
  return { row: given.place, column, saying };
}

function merged(directory: Directory, rows: readonly Judged[]): Directory {
  const at: DirectoryEntry[] = [
    ...directory.organisations.map((row) => ({ of: 'organisations' as const, row, ...none })),
    ...directory.people.map((row) => ({ of: 'people' as const, row, ...none })),
    ...rows.map(({ given }) => entryOf(given, none)),
  ];
  return directoryIn(at);
}
const none = { sequence: 0, by: '', at: '' };

function entryOf(given: Given, signed: { sequence: number; by: string; at: string }): DirectoryEntry {
  return given.of === 'people'
    ? { ...signed, of: given.of, row: given.row }
    : { ...signed, of: given.of, row: given.row };
}

/** Of the three administrators nobody is two: who changes, who permits and who looks on are three people. */
function mustBeApart(county: County, given: Given, today: CivilDate): void {
  if (given.of !== 'people') return;
  const held = (given.row.posts ?? []).filter(({ to }) => to === undefined || to >= today);
  const two = new Set(held.flatMap(({ post }) => county.posts.get(post)?.administers ?? []));
  if (two.size < 2) return;
  given.problems.push({
    row: given.place,
    column: given.columnOf('posts'),
    saying: {
      zh: '系统、安全、审计管理员须由不同的人担任,请只留一种。',
      en: 'The system, the security and the audit administrator must be different people; leave one of these posts.',
    },
  });
}

/** A post that is no longer named ended the day before; that it was held is not forgotten. */
function keepingPast(before: DirectoryPerson, now: DirectoryPerson, today: CivilDate): DirectoryPerson {
  const yesterday = addDays(today, -1);
  const ended = ({ to }: HeldPost) => to !== undefined && to <= yesterday;
  const named = (held: HeldPost) =>
    (now.posts ?? []).some(
      (one) =>
        one.post === held.post &&
        one.organisation === held.organisation &&
        (!ended(held) || one.from === held.from),
    );
  const past = (before.posts ?? []).flatMap((held) => {
    if (named(held) || (held.from !== undefined && held.from > yesterday)) return [];
    return [ended(held) ? held : { ...held, to: yesterday }];
  });
  return {
    ...now,
    ...(past.length === 0 ? {} : { posts: [...(now.posts ?? []), ...past] }),
    ...pastLinks(before, now, yesterday),
  };
}

/** Nor with whom somebody kept contact: a link that is no longer named ended the day before. */
function pastLinks(
  before: DirectoryPerson,
  now: DirectoryPerson,
  yesterday: CivilDate,
): Pick<DirectoryPerson, 'links'> {
  const named = (link: OwnContactLink) =>
    (now.links ?? []).some(({ to, kind }) => to === link.to && kind === link.kind);
  const past = (before.links ?? []).flatMap((link) => {
    if (named(link) || (link.since !== undefined && link.since > yesterday)) return [];
    return [link.until !== undefined && link.until <= yesterday ? link : { ...link, until: yesterday }];
  });
  return past.length === 0 ? {} : { links: [...(now.links ?? []), ...past] };
}

function readJson(json: string, known: Directory): { given: Given[]; unread: Problem[] } {
  const { mistakes, directory } = checkDirectory('', json);
  const columnOf = (key: string) => key;
  if (directory) {
    const rows = withOwnLinks(directory, known);
    return {
      unread: [],
      given: [
        ...rows.organisations.map((row, at): Given => {
          return { of: 'organisations', row, place: at + 1, problems: [], columnOf };
        }),
        ...rows.people.map((row, at): Given => {
          return { of: 'people', row, place: at + 1, problems: [], columnOf };
        }),
      ],
    };
  }
  const root = readSource('', json).mistakes.length > 0;
  return {
    given: [],
    unread: mistakes.map(({ pointer, saying }) => {
      const [, list = '', index = '', ...rest] = pointer.split('/');
      return { row: root ? 0 : Number(index) + 1, column: [list, ...rest].join('/'), saying };
    }),
  };
}

const changed = ({ given, before }: Judged) =>
  before !== null && canonical(before.row) !== canonical(given.row);
/** Whatever the order of its keys. */
const canonical = (row: object) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What would become of each row. */
export async function tryDirectory(
  place: Place,
  config: CountyConfig,
  text: DirectoryText,
  today: CivilDate,
  language: Language,
  separate = false,
): Promise<DirectoryRow[]> {
  const { rows, unread } = await judge(place, config, text, today, separate);
  const said = (problems: Problem[]) =>
    problems.map(({ column, saying }) => ({ column, message: saying[language] }));
  return [
    ...unread.map((problem): DirectoryRow => {
      const { row } = problem;
      return { row, of: 'people', id: null, name: null, match: 'wrong', problems: said([problem]) };
    }),
    ...rows.flatMap((one): DirectoryRow[] => {
      const { place, of, row, problems } = one.given;
      const shown = { of, id: row.id || null, name: row.name || null };
      const wrong = [...new Set(problems.map((problem) => problem.row))].map((at): DirectoryRow => {
        const its = problems.filter((problem) => problem.row === at);
        return { ...shown, row: at, match: 'wrong', problems: said(its) };
      });
      const match = one.before === null ? 'new' : changed(one) ? 'changed' : 'unchanged';
      return wrong.length > 0 ? wrong : [{ ...shown, row: place, match, problems: [] }];
    }),
  ];
}

/** Enters every row, or none where one is wrong. `file` is what a problem calls what came in. */
export async function enterDirectory(
  place: Place,
  config: CountyConfig,
  text: DirectoryText,
  by: By & { second?: string | null },
  { file = '', separate = false }: { file?: string; separate?: boolean } = {},
): Promise<{ entered: number; changed: number }> {
  const { county, store } = place;
  const { rows, unread } = await judge(place, config, text, civilDate(by.at, county.timeZone), separate);
  const problems = [...unread, ...rows.flatMap(({ given }) => given.problems)];
  if (problems.length > 0 || rows.length === 0)
    throw new DeskError(
      'invalid-input',
      {
        zh: `${rows.length === 0 && problems.length === 0 ? '没有一行' : `有 ${problems.length} 处有误`},名册没有改动。`,
        en: `${rows.length === 0 && problems.length === 0 ? 'There is no row' : `${problems.length} thing(s) are wrong`}; the directory was not changed.`,
      },
      problems.map(({ row, column, saying }) => ({
        field: [file, row, column].filter(Boolean).join(':'),
        saying,
      })),
    );
  const fresh = rows.filter((one) => one.before === null || changed(one));
  await store.saveDirectory(
    county.id,
    fresh.map(({ given, before }) => entryOf(given, { sequence: (before?.sequence ?? 0) + 1, ...by })),
  );
  return {
    entered: fresh.filter(({ before }) => before === null).length,
    changed: fresh.filter(({ before }) => before !== null).length,
  };
}
