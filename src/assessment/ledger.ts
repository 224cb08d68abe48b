import { isCivilDate, type CivilDate } from '../model/date.ts';
import type { Text } from '../model/text.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import { AssessmentError } from './error.ts';
import {
  factsDeclared,
  momentFacts,
  momentsDeclared,
  oneOf,
  standingFacts,
  standingIn,
  subjectFacts,
} from './facts.ts';
import { readTogether, type Together } from './counted.ts';
import { readGrades, type Grade } from './grade.ts';
import type { RawLedger, RawLine, RawMethod } from './method.ts';
import type { MethodMistake, Report } from './mistake.ts';
import { readHonours, readOutcome, type Honour, type Outcome } from './outcome.ts';
import { calendarOf, type PeriodCalendar } from './period.ts';
import { readTest, type Place, type Reading, type Settings } from './place.ts';
import { pointsWritten, zero } from './points.ts';
import { checkFigures, readFigure, words, type Figure } from './read-figure.ts';
import { checkTotal, readLine, type Line } from './read-line.ts';
import { readSummary, type Summary } from './summary.ts';

export { momentFacts } from './facts.ts';

export interface Column {
  id: string;
  name: Text;
  when: Reading<boolean> | null;
  since: NonNullable<RawLedger['columns']>[number]['since'] | null;
  main: boolean;
}

/** One account of the published method, read: of people or of units. */
export interface Ledger {
  lines: Line[];
  money: { unit: Text; lines: Line[] } | null;
  figures: ReadonlyMap<string, Figure>;
  grades: Grade[];
  outcomes: Outcome[];
  columns: Column[];
  show: { id: string; name: Text }[];
  summary: Summary[];
  honours: Honour[];
  decimals: number;
  kinds: ReadonlySet<string> | null;
  redirect: ReadonlyMap<string, string>;
  redirectKinds: ReadonlySet<string>;
  calendar: PeriodCalendar;
  /** The moments that each kind of record can have. */
  moments: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every fact that a line of this ledger can read of a moment. */
  vocabulary: Vocabulary;
  /** The facts that something in this ledger reads of a moment; those of who earns, which are many, apart. */
  reads: readonly string[];
  readsEarner: boolean;
  /** What is said of records that belong together. */
  together: Together;
  /** The other ledger, where a person reads a figure of the own unit. */
  units: Ledger | null;
}

/** What the checker refuses and a version published before it did can still be counted by. */
const toldAlone = new Set<MethodMistake['code']>([
  'undeclared-fact',
  'unknown-moment',
  'unread-key',
  'no-amount',
  'table-depth',
  'cap-below-amount',
]);

/** Reads one ledger of a method that was checked; throws at the first thing that cannot be read. */
export function readLedger(
  method: RawMethod,
  raw: RawLedger,
  options: { inForceOn?: CivilDate; reached?: (cell: string) => void } = {},
): Ledger {
  return readWith(
    method,
    raw,
    (pointer, code, word) => {
      // Told by the checker; to run, a fact that a table reads and no moment has is a missing cell.
      if (toldAlone.has(code)) return;
      throw new AssessmentError('unreadable-line', {
        zh: `计分办法的 ${pointer} 看不懂:${code} ${word}。请运行 minqing check 查看位置。`,
        en: `The method cannot be read at ${pointer}: ${code} ${word}. Run minqing check to see where.`,
      });
    },
    { inForceOn: options.inForceOn ?? null, reached: options.reached ?? null, kinds: null, words: anyWords },
  );
}

/** The kinds that people and units can be of, where the config says; null where anything may stand there. */
export interface World {
  kinds: Record<'people' | 'units', readonly string[] | null>;
  /** What a result can be entered with, by the fact. */
  words: ReadonlyMap<string, readonly string[]>;
}
interface Options extends Pick<Settings, 'inForceOn' | 'reached'>, Pick<World, 'words'> {
  kinds: readonly string[] | null;
}
const anyWords: World['words'] = new Map();

/** Both ledgers of a method, or every mistake in it with its JSON pointer from the method. */
export function readMethod(
  source: RawMethod,
  { kinds, words }: World = { kinds: { people: null, units: null }, words: anyWords },
): { method: { people: Ledger | null; units: Ledger | null } } | { mistakes: MethodMistake[] } {
  const mistakes: MethodMistake[] = [];
  const report =
    (at: string): Report =>
    (pointer, code, word, near = null, among) =>
      mistakes.push({
        code,
        pointer: `${at}${pointer}`,
        word,
        didYouMean: near,
        ...(among ? { among } : {}),
      });
  const read = (of: 'people' | 'units'): Ledger | null => {
    const raw = source[of];
    const options = { inForceOn: null, reached: null, kinds: kinds[of], words };
    // What is wrong with the units' ledger is told by itself.
    return raw ? readWith(source, raw, report(`/${of}`), options, () => undefined) : null;
  };
  const method = { people: read('people'), units: read('units') };
  checkShared(source, report(''));
  const seen = new Set<string>();
  // What both ledgers share would be told by each of them.
  const once = mistakes.filter(({ pointer, code, word }) => {
    const shared = /^\/(people|units)(\/honours.*)$/.exec(pointer);
    const key = `${shared?.[2] ?? pointer} ${code} ${word}`;
    return !seen.has(key) && seen.add(key);
  });
  return once.length > 0
    ? {
        mistakes: once.map((one) => ({
          ...one,
          pointer: one.pointer.replace(/^\/(people|units)(\/honours)/, '$2'),
        })),
      }
    : { method };
}

/** Named values are numbers, and a rating's weights add to 100. */
function checkShared(method: RawMethod, report: Report): void {
  for (const [name, value] of Object.entries(method.values ?? {}))
    if (typeof value !== 'object') {
      if (!pointsWritten(value)) report(`/values/${name}`, 'not-a-number', String(value));
    } else
      for (const [from, one] of Object.entries(value.since)) {
        if (!isCivilDate(from)) report(`/values/${name}/since/${from}`, 'not-a-date', from);
        if (!pointsWritten(one)) report(`/values/${name}/since/${from}`, 'not-a-number', String(one));
      }
  (method.ratings ?? []).forEach(({ criteria }, index) => {
    const sum = criteria.reduce((all, { weight }) => all.add(pointsWritten(weight) ?? zero), zero);
    const text = criteria.map(({ weight }) => String(weight)).join(' + ');
    if (!sum.equals(100))
      report(`/ratings/${index}/criteria`, 'weights-do-not-add-up', `${text} = ${sum.toString()} ≠ 100`);
  });
}

function readWith(
  method: RawMethod,
  raw: RawLedger,
  report: Report,
  { kinds, words, ...options }: Options,
  reportUnits = report,
): Ledger {
  const moments = momentsDeclared(method);
  const decimals = method.decimals ?? 2;
  const figures = new Map<string, Figure>();
  const named: Vocabulary = Object.fromEntries(
    Object.entries(raw.figures ?? {}).map(([id, figure]) => [
      id,
      { label: figure.name ?? id, type: 'number' },
    ]),
  );
  const settings: Settings = {
    conditions: method.conditions ?? {},
    values: method.values ?? {},
    ratings: method.ratings ?? [],
    ...options,
  };
  const criteria: Vocabulary = Object.fromEntries(
    settings.ratings.flatMap((rating) =>
      rating.criteria.map(({ id, label }) => [id, { label, type: 'number' as const }]),
    ),
  );
  const moment: Place = {
    line: '',
    pointer: '',
    vocabulary: {
      ...momentFacts,
      ...Object.fromEntries([...words].map(([name, values]) => [name, oneOf(momentFacts[name], values)])),
      kind: oneOf(momentFacts['kind'], moments.keys()),
      'earner.kind': oneOf(momentFacts['earner.kind'], kinds),
      ...criteria,
      ...factsDeclared(method),
    },
    day: 'on',
    start: null,
    // Why points entered by hand were given is told with them.
    used: new Set(['reason']),
    settings,
    report,
  };
  const subject: Place = {
    ...moment,
    vocabulary: { ...named, ...subjectFacts, kind: oneOf(subjectFacts['kind'], kinds) },
    day: 'window.to',
    start: 'window.from',
    used: new Set(),
  };
  for (const [name, figure] of Object.entries(raw.figures ?? {})) {
    const at = { line: name, pointer: `/figures/${name}` };
    if (Object.hasOwn(subjectFacts, name) || Object.hasOwn(standingFacts, name))
      report(at.pointer, 'figure-name-taken', name);
    figures.set(name, readFigure(figure, { ...moment, ...at }, { ...subject, ...at }));
  }
  const lineIds = new Set<string>();
  const read = (lines: RawLine[], under: string) => {
    checkNames(lines, under, lineIds, report);
    return lines.map((line, index) => {
      const at = { line: line.id, pointer: `${under}/lines/${index}` };
      return readLine(line, { ...moment, ...at }, { ...subject, ...at }, figures);
    });
  };
  const lines = read(raw.lines, '');
  checkTotal(raw, raw.lines, subject);
  const money = raw.money ? { unit: raw.money.unit ?? '元', lines: read(raw.money.lines, '/money') } : null;
  checkFigures(figures, lineIds, report);
  for (const [name, figure] of figures)
    if (figure.is === 'unit' && !Object.hasOwn(method.units?.figures ?? {}, figure.figure))
      report(
        `/figures/${name}/unit`,
        'unknown-figure',
        figure.figure,
        didYouMean(figure.figure, Object.keys(method.units?.figures ?? {})),
      );
  checkMoments(raw, method, moments, report);
  const standing = standingIn(raw.grades ?? []);
  const summary = (raw.summary ?? []).map((item, index) => {
    const at = { line: item.id, pointer: `/summary/${index}` };
    return readSummary(item, { ...moment, ...at }, { ...subject, ...at }, { figures: named, standing });
  });
  const shown = (id: string, index: number) => {
    const figure = figures.get(id);
    if (!figure) report(`/show/${index}`, 'unknown-figure', id, didYouMean(id, figures.keys()));
    return { id, name: figure?.name ?? id };
  };
  return {
    decimals,
    lines,
    money,
    figures,
    grades: readGrades(raw.grades ?? [], subject, decimals),
    outcomes: (raw.outcomes ?? []).map((outcome, index) =>
      readOutcome(outcome, { ...subject, line: outcome.id, pointer: `/outcomes/${index}` }, standing),
    ),
    columns: (raw.columns ?? []).map((column, index) => ({
      id: column.id,
      name: column.name,
      when: column.when ? readTest({ ...moment, pointer: `/columns/${index}` }, column.when) : null,
      since: column.since ?? null,
      main: column.main ?? false,
    })),
    show: (raw.show ?? []).map(shown),
    summary,
    honours: readHonours(method.honours ?? [], moment),
    kinds: raw.kinds ? new Set(raw.kinds) : null,
    redirect: new Map(Object.entries(raw.redirect ?? {})),
    redirectKinds: new Set(raw.redirectKinds ?? []),
    calendar: calendarOf(method.periods),
    moments,
    vocabulary: moment.vocabulary,
    together: readTogether(method),
    reads: [...moment.used].filter((fact) => !ofEarner(fact)),
    readsEarner: [...moment.used].some(ofEarner),
    units:
      unitsRead(figures) && method.units && method.units !== raw
        ? readWith(method, method.units, reportUnits, { ...options, words, kinds: null })
        : null,
  };
}

const ofEarner = (fact: string) => fact.startsWith('earner.');

function unitsRead(figures: ReadonlyMap<string, Figure>): boolean {
  return [...figures.values()].some((figure) => figure.is === 'unit');
}

/** Credit finds its line by id: two of one name would each be paid both. */
function checkNames(lines: readonly RawLine[], at: string, seen: Set<string>, report: Report): void {
  lines.forEach((line, index) => {
    const pointer = `${at}/lines/${index}`;
    if (seen.has(line.id)) report(`${pointer}/id`, 'duplicate-line', line.id);
    seen.add(line.id);
    if (line.lines) checkNames(line.lines, pointer, seen, report);
  });
}

/** A moment that no kind of record has would be waited for in vain. */
function checkMoments(
  raw: RawLedger,
  method: RawMethod,
  moments: ReadonlyMap<string, ReadonlySet<string>>,
  report: Report,
): void {
  const known = new Set([...moments.values()].flatMap((names) => [...names]));
  const check = (names: string | string[] | undefined, pointer: string) => {
    for (const name of names === undefined ? [] : words(names))
      if (!known.has(name)) report(pointer, 'unknown-moment', name, didYouMean(name, known));
  };
  const walk = (lines: readonly RawLine[], at: string): void =>
    lines.forEach((line, index) => {
      const pointer = `${at}/lines/${index}`;
      check(line.on, `${pointer}/on`);
      if (typeof line.for === 'object') check(line.for.count, `${pointer}/for/count`);
      if (line.lines) walk(line.lines, pointer);
    });
  walk(raw.lines, '');
  if (raw.money) walk(raw.money.lines, '/money');
  for (const [name, figure] of Object.entries(raw.figures ?? {})) {
    check(figure.count, `/figures/${name}/count`);
    check(figure.on, `/figures/${name}/on`);
  }
  (raw.summary ?? []).forEach((item, index) => check(item.count, `/summary/${index}/count`));
  (method.honours ?? []).forEach((honour, index) => check(honour.on, `/honours/${index}/on`));
}
