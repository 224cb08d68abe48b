import { addDays, type CivilDate } from '../model/date.ts';
import type { Directory, ScoreLine, ScoreRecord, ScoreTable, Standing } from '../model/record.ts';
import { say } from '../model/text.ts';
import { Books, type Account } from './account.ts';
import { counted, notTwiceName, type Counted } from './counted.ts';
import {
  creditedBy,
  creditOf,
  eachLine,
  onLines,
  payingOf,
  RecordReading,
  type Credit,
  type Crediting,
  type Paying,
} from './credit.ts';
import { AssessmentError } from './error.ts';
import { RecordIds } from './kept.ts';
import { gradeOf, type Grade } from './grade.ts';
import type { Column, Ledger } from './ledger.ts';
import type { Role } from './method.ts';
import type { Outcome } from './outcome.ts';
import { kindOf, parsePeriod, periodBefore, within, type Period, type PeriodCalendar } from './period.ts';
import { decimalText, rounded, zero, type Points } from './points.ts';
import { ranksIn } from './rank.ts';
import type { Line, OnLine } from './read-line.ts';
import { Register } from './subject.ts';
import { summaryLines } from './summary.ts';
import { Counts } from './summary-counts.ts';
import { sumOf } from './total.ts';

export interface ScoreInput {
  ledger: Ledger;
  of: 'people' | 'units';
  directory: Directory;
  period: string;
  /** A window that is not over by then is not yet missed. */
  asOf?: CivilDate;
  /** The methods in force before `ledger`, in their order, each through its last day: a moment is paid by its own. */
  earlier?: readonly { ledger: Ledger; until: CivilDate }[];
}

/**
 * The table of one period: everyone in the directory stands in it, with or without a record, and every total unfolds
 * to its lines. Throws `AssessmentError` for a subject that the directory does not know, and for a record given twice.
 */
export function score(input: ScoreInput & { records: Iterable<ScoreRecord> }): ScoreTable {
  const tally = new Tally(input);
  for (const record of tally.counted(input.records)) tally.add(record);
  return tally.table();
}

/** The same ledger over one choice of moments and days. */
interface Sheet {
  column: Column | null;
  books: Books;
  window: Period;
}
/** One method with the days on which it pays. */
interface Method {
  crediting: Crediting;
  lines: readonly OnLine[];
  paying: Paying;
  from: CivilDate;
  until: CivilDate;
}
interface Reckoned {
  account: Account;
  total: Points;
  rank: number | null;
  grade: Grade | null;
}

/** Takes records one at a time, keeping only what the table will need of each. */
export class Tally {
  private readonly period: Period;
  private readonly crediting: Crediting;
  /** The days of which something is kept. */
  private readonly reach: Period;
  private readonly sheets: Sheet[];
  /** The sheet whose totals rank. */
  private readonly main: Sheet;
  private readonly methods: Method[];
  /** The method's own tree, then those lines of earlier methods that it no longer has. */
  private readonly tree: Line[];
  private readonly roles: (Role | null)[];
  private readonly units: Books | null;
  /** The units' lines whose points some figure of theirs adds up. */
  private readonly unitLines: OnLine[];
  private readonly unitsPaying: Paying;
  private readonly ids = new RecordIds();
  /** What others earn in the place of, so that it is not counted twice. */
  private passedOver: (Credit & { instead: string })[] = [];
  private readonly counts: Counts;
  private readonly honours: NonNullable<ScoreTable['honours']> = [];
  /** Earlier periods that some outcome looks at, and of which no record has come. */
  private readonly unseen: Set<Period>;
  private readonly reckoned = new Map<string, Map<string, Reckoned>>();

  constructor(private readonly input: ScoreInput) {
    const { ledger, of } = input;
    this.period = parsePeriod(input.period, ledger.calendar);
    const register = new Register(input.directory);
    this.crediting = { ledger, of, register };
    this.counts = new Counts(ledger.summary.filter((item) => item.is === 'count'));
    const asOf = input.asOf ?? null;
    const before = ledger.outcomes.flatMap((outcome) => this.earlier(outcome));
    this.unseen = new Set(new Map(before.map((window) => [window.id, window])).values());
    const windows = [this.period, ...before];
    for (const column of ledger.columns) windows.push(windowOf(column, this.period, ledger.calendar));
    // A week at an edge reaches into the period beside it.
    this.reach = {
      id: 'reach',
      from: addDays(windows.map(({ from }) => from).sort()[0] ?? this.period.from, -6),
      to: addDays(this.period.to, 6),
    };
    this.units = ledger.units
      ? new Books(
          { ledger: ledger.units, of: 'units', register },
          register.subjects('units', this.period),
          asOf,
          this.ids,
          null,
        )
      : null;
    const added = new Set(
      [...(ledger.units?.figures.values() ?? [])].flatMap((figure) =>
        figure.is === 'points' ? [...figure.lines] : [],
      ),
    );
    this.unitLines = onLines(ledger.units?.lines ?? []).filter(({ id }) => added.has(id));
    this.unitsPaying = payingOf(this.unitLines);
    const subjects = register.subjects(of, this.period).filter(({ kind }) => ledger.kinds?.has(kind) ?? true);
    const sheet = (column: Column | null): Sheet => ({
      column,
      books: new Books(this.crediting, subjects, asOf, this.ids, this.units),
      window: column ? windowOf(column, this.period, ledger.calendar) : this.period,
    });
    const whole = sheet(null);
    this.sheets = [whole, ...ledger.columns.map(sheet)];
    this.main = this.sheets.find(({ column }) => column?.main) ?? whole;
    this.methods = methodsOf(input, register, this.crediting);
    const own = new Set([...eachLine(ledger.lines)].map(({ id }) => id));
    this.tree = [...ledger.lines, ...retired(this.methods, own)];
    this.roles = [...new Set(this.methods.flatMap(({ lines }) => lines.map((line) => line.to)))];
    if (this.roles.length === 0) this.roles.push(null);
  }

  /** The records as this method counts those that belong together. */
  counted(records: Iterable<ScoreRecord>): Iterable<Counted> {
    return counted(this.crediting, records);
  }
  /** Whether it must see all records before it can count one. */
  get waits(): boolean {
    const { notTwice, merge } = this.crediting.ledger.together;
    return notTwice.size > 0 || merge !== 'kept';
  }

  add(record: Counted): void {
    const { ledger, of, register } = this.crediting;
    const number = this.ids.admit(record.id);
    if (number === null) throw twice(record);
    for (const window of this.unseen)
      if (record.moments.some((moment) => within(window, moment.on))) this.unseen.delete(window);
    const reading = new RecordReading(this.crediting, record);
    const first = record.moments[0]?.on ?? this.period.to;
    const { books } = this.main;
    for (const role of this.roles)
      for (const { subject } of reading.credited(role, first))
        if (!books.has(subject) && !register.has(of, subject)) throw unknownSubject(record, subject, of);
    for (const { column, books } of this.sheets) {
      const seen = column?.when ? this.onlyThose(reading, column) : reading;
      for (const { crediting, paying, from, until } of this.methods) {
        const own = crediting === this.crediting ? seen : new RecordReading(crediting, seen.record);
        for (const credit of creditOf(crediting, seen.record, paying, own)) {
          const { on } = credit.moment;
          if (from > on || on > until || !within(this.reach, on)) continue;
          if (record.instead === undefined) books.keep(credit, number);
          else if (column === null) this.passedOver.push({ ...credit, instead: record.instead });
        }
      }
      books.note(seen, this.reach, number);
    }
    if (this.units) this.countForUnits(this.units, record, number);
    if (ledger.summary.length > 0 || ledger.honours.length > 0) this.count(record);
  }

  /** What people's figures may read of their units: what is counted there, and what their lines earned. */
  private countForUnits(units: Books, record: Counted, number: number): void {
    const reading = new RecordReading(units.crediting, record);
    for (const credit of record.instead ? [] : creditOf(units.crediting, record, this.unitsPaying, reading))
      if (within(this.reach, credit.moment.on)) units.keep(credit, number);
    units.note(reading, this.reach, number);
  }

  /** The earlier periods that "so many running" asks about though nothing is known of them. */
  unseenBefore(): string[] {
    return [...this.unseen].map(({ id }) => id).sort();
  }

  /**
   * One record changed: only the subjects it touches are reckoned anew. `before` null for a new one, `after` null for
   * one taken away.
   */
  change(before: ScoreRecord | null, after: ScoreRecord | null): void {
    const id = before?.id ?? after?.id ?? '';
    const touched = new Set([before, after].flatMap((record) => (record ? this.touchedBy(record) : [])));
    const number = this.ids.forget(id);
    for (const { books } of this.sheets) books.forget(number, touched);
    this.passedOver = this.passedOver.filter(({ record }) => record !== id);
    if (this.units) this.units.forget(number, this.unitsTouchedBy(this.units, [before, after]));
    this.reckoned.clear();
    const { ledger } = this.crediting;
    if (before && (ledger.summary.length > 0 || ledger.honours.length > 0)) this.count(before, -1);
    if (after) this.add(after);
  }

  private touchedBy(record: ScoreRecord): string[] {
    const { figures } = this.crediting.ledger;
    const counted = [...figures.values()].flatMap((figure) => ('to' in figure ? [figure.to] : []));
    const roles = new Set([...this.roles, ...counted, null]);
    const days = new Set(record.moments.map(({ on }) => on));
    return [...roles].flatMap((role) =>
      [...days].flatMap((on) => creditedBy(this.crediting, record, role, on).map(({ subject }) => subject)),
    );
  }

  private unitsTouchedBy({ crediting }: Books, records: (ScoreRecord | null)[]): Set<string> {
    const roles = new Set<Role | null>([null]);
    for (const figure of crediting.ledger.figures.values()) if ('to' in figure) roles.add(figure.to);
    for (const { to } of this.unitLines) roles.add(to);
    const touched = new Set<string>();
    for (const record of records)
      for (const { on } of record?.moments ?? [])
        for (const role of roles)
          if (record) for (const { subject } of creditedBy(crediting, record, role, on)) touched.add(subject);
    return touched;
  }

  /** What one subject comes to, without the rest of the table. */
  totalOf(id: string): string | null {
    const main = this.main;
    const account = main.books.account(id);
    if (!account) return null;
    return decimalText(sumOf(this.tree, { books: main.books, account, window: main.window }, null));
  }

  private onlyThose(reading: RecordReading, { when }: Column): RecordReading {
    const { record } = reading;
    const nobody = { subject: '', part: 'sole' as const };
    const moments = record.moments.filter((moment) => when?.of(reading.facts(moment, nobody)) ?? true);
    return new RecordReading(this.crediting, { ...record, moments });
  }

  private count(record: ScoreRecord, sign: 1 | -1 = 1): void {
    const { ledger } = this.crediting;
    const reading = new RecordReading(this.crediting, record);
    const nobody = { subject: '', part: 'sole' as const };
    const happened = record.moments
      .filter((moment) => within(this.period, moment.on))
      .map((moment) => ({ moment, facts: reading.facts(moment, nobody) }));
    this.counts.add(happened, sign);
    for (const honour of ledger.honours) {
      const made = happened.find(({ moment, facts }) => honour.on.has(moment.is) && honour.when(facts));
      if (made && sign < 0)
        this.honours.splice(
          this.honours.findIndex((one) => one.record === record.id && one.id === honour.id),
          1,
        );
      else if (made)
        this.honours.push({ record: record.id, id: honour.id, name: honour.name, on: made.moment.on });
    }
  }

  /** Without `lines` the totals alone: of a million records the lines are more than all the rest. */
  table({ lines = true }: { lines?: boolean } = {}): ScoreTable {
    const { ledger } = this.crediting;
    const main = this.main;
    const standings = [...this.reckon(main, main.window).values()].map((one) => {
      const standing = this.standing(main, one);
      return lines ? this.unfolded(standing) : standing;
    });
    return {
      period: this.input.period,
      subjects: standings,
      ...this.heads(),
      ...(ledger.summary.length > 0 ? { summary: this.summary(main) } : {}),
      ...(ledger.honours.length > 0 ? { honours: this.honours } : {}),
    };
  }

  /** A standing with the lines that its total and its money unfold to. */
  unfolded(standing: Standing): Standing {
    const { books, window } = this.main;
    const account = books.account(standing.id);
    if (!account) return standing;
    const view = { books, account, window };
    const [lines, yuan]: [ScoreLine[], ScoreLine[]] = [[], []];
    sumOf(this.tree, view, lines);
    lines.push(...this.notTwice(standing.id, window));
    const { money } = standing;
    if (money) sumOf(this.crediting.ledger.money?.lines ?? [], view, yuan);
    return { ...standing, lines, ...(money ? { money: { ...money, lines: yuan } } : {}) };
  }

  private notTwice(subject: string, window: Period): ScoreLine[] {
    const names = new Map([...eachLine(this.tree)].map(({ id, name }) => [id, name]));
    return this.passedOver
      .filter((one) => one.subject === subject && within(window, one.moment.on))
      .map(({ line, clause, record, moment, instead }) => ({
        id: line,
        name: notTwiceName(names.get(line) ?? line, instead),
        clause,
        points: '0',
        record,
        moment,
        why: null,
      }));
  }

  private heads(): Pick<ScoreTable, 'heads'> {
    const { columns, show, money } = this.crediting.ledger;
    if (columns.length === 0 && show.length === 0 && !money) return {};
    return {
      heads: {
        columns: columns.map(({ id, name }) => ({ id, name })),
        figures: show,
        money: money?.unit ?? null,
      },
    };
  }

  private summary({ books, window }: Sheet) {
    const reckoned = [
      ...this.reckon(this.sheets[0] ?? { column: null, books, window }, this.period).values(),
    ];
    return summaryLines(this.crediting.ledger.summary, {
      period: this.input.period,
      counted: (id) => this.counts.value(id),
      subjects: reckoned.map((one) => ({
        facts: (names) => this.standingFacts(books, one, names, window),
        value: (of) => (of === 'total' ? one.total : books.figure(one.account, of, window)),
      })),
    });
  }

  private standing(main: Sheet, one: Reckoned): Standing {
    const { ledger } = this.crediting;
    const { id, name, kind, group } = one.account.subject;
    const { books, window } = main;
    return {
      id,
      name,
      kind,
      group,
      points: decimalText(one.total),
      rank: one.rank,
      grade: one.grade ? say(one.grade.name, 'zh') : null,
      lines: [],
      ...(ledger.columns.length > 0 ? { columns: this.columns(id) } : {}),
      ...(ledger.show.length > 0
        ? {
            figures: Object.fromEntries(
              ledger.show.map((figure) => {
                const value = books.figure(one.account, figure.id, window);
                return [figure.id, value && decimalText(rounded(value, ledger.decimals))];
              }),
            ),
          }
        : {}),
      ...(ledger.money ? { money: this.money(ledger.money.lines, main, one.account) } : {}),
      ...(ledger.outcomes.length > 0 ? { outcomes: this.outcomes(main, one) } : {}),
    };
  }

  private columns(id: string): Record<string, string> {
    return Object.fromEntries(
      this.sheets.flatMap((sheet) =>
        sheet.column
          ? [[sheet.column.id, decimalText(this.reckon(sheet, sheet.window).get(id)?.total ?? zero)]]
          : [],
      ),
    );
  }

  private money(lines: Ledger['lines'], { books, window }: Sheet, account: Account): Standing['money'] {
    return { total: decimalText(sumOf(lines, { books, account, window }, null)), lines: [] };
  }

  /** Everyone's total, rank and grade on one sheet in one window. */
  private reckon(sheet: Sheet, window: Period): Map<string, Reckoned> {
    const key = `${sheet.column?.id ?? ''} ${window.from} ${window.to}`;
    const known = this.reckoned.get(key);
    if (known) return known;
    const { books } = sheet;
    const { ledger } = this.crediting;
    const totals = books.accounts.map((account) => ({
      account,
      total: sumOf(this.tree, { books, account, window }, null),
    }));
    const ranks = ranksIn(
      totals.map(({ account: { subject }, total }) => ({
        id: subject.id,
        group: subject.group,
        value: total,
      })),
    );
    const all = new Map(
      totals.map(({ account, total }) => [
        account.subject.id,
        {
          account,
          total,
          rank: ranks.get(account.subject.id) ?? null,
          grade: gradeOf(ledger.grades, total, (names) => books.facts(account, names, window)),
        },
      ]),
    );
    this.reckoned.set(key, all);
    return all;
  }

  private standingFacts(books: Books, one: Reckoned, names: readonly string[], window: Period) {
    return {
      ...books.facts(one.account, names, window),
      total: decimalText(one.total),
      rank: one.rank,
      grade: one.grade?.id ?? null,
    };
  }

  private earlier(outcome: Outcome): Period[] {
    if (outcome.running === 1 || !applies(outcome, this.period)) return [];
    const before: Period[] = [];
    for (let last = this.period; before.length < outcome.running - 1; before.push(last))
      last = periodBefore(last, this.crediting.ledger.calendar);
    return before;
  }

  private outcomes(main: Sheet, one: Reckoned): Standing['outcomes'] {
    return this.crediting.ledger.outcomes.flatMap((outcome) => {
      const { id, name, clause } = outcome;
      return applies(outcome, this.period) && this.comesTo(outcome, main, one) ? [{ id, name, clause }] : [];
    });
  }

  private comesTo(outcome: Outcome, main: Sheet, one: Reckoned): boolean {
    if (!this.held(outcome, main, one)) return false;
    if (outcome.best === null) return true;
    const { books, window } = main;
    const candidates = [...this.reckon(main, window).values()].filter((other) =>
      this.held(outcome, main, other),
    );
    const places = ranksIn(
      candidates.map(({ account, total }) => ({
        id: account.subject.id,
        group: account.subject.group ?? '',
        value: outcome.by === null ? total : books.figure(account, outcome.by, window),
      })),
    );
    return (places.get(one.account.subject.id) ?? Infinity) <= outcome.best;
  }

  /** Whether the condition held in this period and in as many before it as it must. */
  private held(outcome: Outcome, main: Sheet, one: Reckoned): boolean {
    const { subject } = one.account;
    const { reads } = outcome.when;
    return [main.window, ...this.earlier(outcome)].every((window) => {
      // Nobody is held to a year in which they were not there.
      if (subject.from !== null && subject.from > window.to) return false;
      const then = this.reckon(main, window).get(subject.id);
      return then !== undefined && outcome.when.of(this.standingFacts(main.books, then, reads, window));
    });
  }
}

function methodsOf({ of, earlier = [] }: ScoreInput, register: Register, main: Crediting): Method[] {
  let from = '';
  const methods = earlier.map((one): Method => {
    const began = from;
    from = addDays(one.until, 1);
    return methodOf({ ledger: one.ledger, of, register }, began, one.until);
  });
  return [...methods, methodOf(main, from, '9999-12-31')];
}

function methodOf(crediting: Crediting, from: CivilDate, until: CivilDate): Method {
  const { lines: all, money } = crediting.ledger;
  const lines = onLines([...all, ...(money?.lines ?? [])]);
  return { crediting, lines, paying: payingOf(lines), from, until };
}

/** What an earlier method paid stays in the total, though the method in force has no such line. */
function retired(methods: readonly Method[], own: ReadonlySet<string>): OnLine[] {
  const lines = new Map<string, OnLine>();
  for (const { crediting } of methods)
    for (const line of onLines(crediting.ledger.lines))
      if (!own.has(line.id)) lines.set(line.id, { ...line, cap: null, best: null });
  return [...lines.values()];
}

function applies(outcome: Outcome, period: Period): boolean {
  return outcome.every === null || outcome.every === kindOf(period.id);
}

/** A running column begins with the year (session …) that the period's last day is in. */
function windowOf(column: Column, period: Period, calendar: PeriodCalendar): Period {
  if (column.since === null) return period;
  if (column.since === 'session' || column.since === 'term') {
    const spans = column.since === 'session' ? calendar.sessions : calendar.terms;
    const span = [...spans.values()].find((one) => within(one, period.to));
    return { id: `${column.since}-so-far`, from: span?.from ?? period.from, to: period.to };
  }
  const number = Number(period.to.slice(0, 4));
  const years = [number, number + 1].map((year) => parsePeriod(`${column.since}:${year}`, calendar));
  const own = years.find((year) => within(year, period.to)) ?? period;
  return { id: `${column.since}-so-far`, from: own.from, to: period.to };
}

export function twice(record: ScoreRecord): AssessmentError {
  return new AssessmentError('duplicate-record', {
    zh: `记录“${record.id}”出现了两次,会重复计分。请删去一条,或改用不同的 id;未作统计。`,
    en: `Record "${record.id}" is given twice and would be paid twice. Remove one, or give it another id; nothing was counted.`,
  });
}

export function unknownSubject(
  record: ScoreRecord,
  subject: string,
  of: 'people' | 'units',
): AssessmentError {
  const [zh, en] = of === 'units' ? ['单位', 'unit'] : ['人员', 'person'];
  return new AssessmentError('not-in-directory', {
    zh: `记录“${record.id}”中的${zh}“${subject}”不在名册中。请先补进名册,或改正记录;未作统计。`,
    en: `Record "${record.id}" names the ${en} "${subject}", who is not in the directory. Add them there or correct the record; nothing was counted.`,
  });
}
