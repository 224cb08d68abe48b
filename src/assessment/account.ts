import type { CivilDate } from '../model/date.ts';
import type { Fact, Facts } from '../model/fact.ts';
import type { Credit, Crediting, RecordReading } from './credit.ts';
import { AssessmentError } from './error.ts';
import { Lists, Kinds, type RecordIds } from './kept.ts';
import { windowsIn, within, type Period } from './period.ts';
import { rounded, zero, type Points } from './points.ts';
import { ranksIn } from './rank.ts';
import { figuresRead, type Figure } from './read-figure.ts';
import type { Subject } from './subject.ts';

/** What a moment that a figure counts has in common with others. */
interface Hit {
  on: CivilDate;
  weight: Points;
  /** The value by which it counts once. */
  value: string | null;
}
/** What a credit has in common with others: all but whose it is and of which record. */
export type Paid = Pick<Credit, 'line' | 'clause' | 'points' | 'moment' | 'why'>;
/** What one subject comes to. */
export interface Account {
  /** Its place among the accounts. */
  number: number;
  subject: Subject;
  /** What each line comes to in the window that was last asked for. */
  sums: { window: Period; of: ReadonlyMap<string, Points> } | null;
  /** Figures reckoned so far, by figure and window. */
  reckoned: Map<string, Points | null>;
}

type MomentFigure = Extract<Figure, { is: 'moments' | 'mean' }>;

/** Mostly the very one; to compare two fractions takes longer. */
const alike = (a: Points, b: Points) => a === b || a.equals(b);

/** A rate as conditions read it: to so many decimals, since one third has none that end. */
const rateDecimals = 12;

interface Found extends Pick<Hit, 'weight'> {
  record: number;
}

/** So many times each, added up. */
function multiplied(times: ReadonlyMap<Points, number>): Points {
  let sum = zero;
  for (const [each, count] of times) {
    const all = count === 1 ? each : each.mul(count);
    sum = sum === zero ? all : sum.add(all);
  }
  return sum;
}

/** Everyone's account, and the figures reckoned from them when one is read. */
export class Books {
  readonly accounts: Account[] = [];
  private readonly byId = new Map<string, number>();
  private asked = '';
  private last: number | undefined;
  /** All that each account has in the days that are looked at: of each record, by its number, what happened. */
  private readonly credits = new Lists();
  /** The same for each figure that counts moments. */
  private readonly hits = new Map<string, Lists>();
  /** Whether some account has its sums, which one more credit makes old. */
  private summed = false;
  /** The figures that count a moment, by its name. */
  private readonly counting = new Map<string, { name: string; figure: MomentFigure; hits: Lists }[]>();
  private readonly others = new Map<string, boolean>();
  private readonly paid = new Kinds<Paid>(
    (a, b) => a.clause === b.clause && a.why === b.why && alike(a.points, b.points),
  );
  private readonly met = new Kinds<Hit>((a, b) => a.value === b.value && alike(a.weight, b.weight));
  private readonly ranked = new Map<string, Map<string, number>>();

  constructor(
    readonly crediting: Crediting,
    subjects: readonly Subject[],
    readonly asOf: CivilDate | null,
    private readonly ids: RecordIds,
    /** Where people's figures read their units'. */
    private readonly units: Books | null,
  ) {
    for (const [name, figure] of this.ledger.figures) {
      if (figure.is !== 'moments' && figure.is !== 'mean') continue;
      const hits = new Lists();
      this.hits.set(name, hits);
      for (const is of figure.on)
        this.counting.set(is, [...(this.counting.get(is) ?? []), { name, figure, hits }]);
    }
    for (const subject of subjects) this.admit(subject);
  }

  private admit(subject: Subject): number {
    const number = this.accounts.length;
    this.accounts.push({ number, subject, sums: null, reckoned: new Map() });
    this.byId.set(subject.id, number);
    [this.asked, this.last] = [subject.id, number];
    return number;
  }

  get ledger() {
    return this.crediting.ledger;
  }

  account(subject: string): Account | undefined {
    const number = this.numberOf(subject);
    return number === undefined ? undefined : this.accounts[number];
  }
  has(subject: string): boolean {
    return this.numberOf(subject) !== undefined;
  }
  private numberOf(subject: string): number | undefined {
    // What one record earns one subject is asked for several times in a row, by the very same text.
    if (this.asked !== subject) {
      this.asked = subject;
      this.last = this.byId.get(subject);
    }
    return this.last;
  }

  /** A credit of the record that has this number. */
  keep(credit: Credit, record: number): void {
    const { register, of, ledger } = this.crediting;
    let account = this.numberOf(credit.subject);
    if (account === undefined) {
      // Somebody who has left still earns by what they left behind: nothing drops out of a table in silence.
      const subject = register.subject(of, credit.subject);
      if (!subject || !(ledger.kinds?.has(subject.kind) ?? true)) return;
      account = this.admit(subject);
    }
    this.credits.push(account, record, this.paid.place(credit, credit.line, credit.moment));
    if (this.summed) this.unsum(account);
  }
  private unsum(number: number): void {
    const account = this.accounts[number];
    if (account) account.sums = null;
  }

  /** Everything that a line paid somebody in a window, in the order it came. */
  eachCredit(
    account: Account,
    line: string,
    window: Period,
    take: (paid: Paid, record: string) => void,
  ): void {
    this.credits.each(account.number, (record, place) => {
      const paid = this.paid.at(place);
      if (paid?.line === line && within(window, paid.moment.on)) take(paid, this.ids.name(record));
    });
  }

  /** What a line paid somebody in a window, added up. */
  sum(account: Account, line: string, window: Period): Points {
    // The lines of a total are asked for one after another, in one window.
    if (account.sums?.window !== window) account.sums = { window, of: this.sums(account, window) };
    return account.sums.of.get(line) ?? zero;
  }

  /** What each line paid: what is paid many times is multiplied. */
  private sums({ number }: Account, window: Period): Map<string, Points> {
    this.summed = true;
    const times = new Map<string, Map<Points, number>>();
    this.credits.each(number, (_, place) => {
      const paid = this.paid.at(place);
      if (!paid || !within(window, paid.moment.on)) return;
      let counts = times.get(paid.line);
      if (!counts) times.set(paid.line, (counts = new Map()));
      counts.set(paid.points, (counts.get(paid.points) ?? 0) + 1);
    });
    const sums = new Map<string, Points>();
    for (const [line, counts] of times) sums.set(line, multiplied(counts));
    return sums;
  }

  /** Takes back all that a record gave these subjects, and what was reckoned of them; null where it is new. */
  forget(record: number | null, subjects: Iterable<string>): void {
    for (const subject of subjects) {
      const account = this.account(subject);
      if (!account) continue;
      if (record !== null) {
        this.credits.without(account.number, record);
        for (const hits of this.hits.values()) hits.without(account.number, record);
        account.sums = null;
      }
      account.reckoned.clear();
    }
    this.ranked.clear();
  }

  /** Keeps of a record what some figure will count. */
  note(reading: RecordReading, reach: Period, number: number): void {
    for (const moment of reading.record.moments) {
      if (!within(reach, moment.on)) continue;
      for (const { name, figure, hits } of this.counting.get(moment.is) ?? []) {
        for (const one of reading.credited(figure.to, moment.on)) {
          const account = this.numberOf(one.subject);
          const facts = reading.facts(moment, one);
          if (account === undefined || !figure.when(facts)) continue;
          const { on } = this.crediting.register.told(moment.is, moment.on);
          const value = figure.is === 'moments' && figure.distinct ? (facts[figure.distinct] ?? null) : null;
          const text = value === null ? null : JSON.stringify(value);
          const hit = { on, weight: figure.weigh(facts), value: text };
          hits.push(account, number, this.met.place(hit, name, on));
        }
      }
    }
  }

  /** A figure of one subject in one window; null where it has no value. */
  figure(account: Account, name: string, window: Period): Points | null {
    const key = `${name} ${window.from} ${window.to}`;
    const known = account.reckoned.get(key);
    if (known !== undefined) return known;
    const figure = this.ledger.figures.get(name);
    const value = figure ? this.reckon(figure, account, name, window) : null;
    // A place depends on everybody and a unit's figure on its members, so that neither is kept with one subject.
    if (!this.ofOthers(name)) account.reckoned.set(key, value);
    return value;
  }

  /** What a condition over the subject reads, figures as exact decimals. */
  facts(account: Account, names: readonly string[], window: Period): Facts {
    const facts: Record<string, Fact> = { ...this.ownFacts(account.subject, names, window) };
    for (const name of names)
      if (this.ledger.figures.has(name)) {
        const value = this.figure(account, name, window);
        facts[name] = value && rounded(value, rateDecimals).toString();
      }
    return facts;
  }

  private ownFacts(subject: Subject, names: readonly string[], window: Period): Facts {
    const { register, of } = this.crediting;
    const { id, kind, group } = subject;
    const facts: Record<string, Fact> = {
      id,
      kind,
      group,
      'window.from': window.from,
      'window.to': window.to,
    };
    if (names.includes('organisation'))
      facts['organisation'] = of === 'units' ? id : register.home(id, window.to);
    if (names.includes('posts')) facts['posts'] = of === 'units' ? [] : register.posts(id, window.to);
    if (names.includes('headcount'))
      facts['headcount'] = of === 'units' ? register.headcount(id, window.to) : 1;
    return facts;
  }

  private reckon(figure: Figure, account: Account, name: string, window: Period): Points | null {
    switch (figure.is) {
      case 'ratio': {
        const above = this.figure(account, figure.above, window);
        const below = this.figure(account, figure.below, window);
        return above === null || below === null || below.equals(0)
          ? null
          : above.div(below).mul(figure.times);
      }
      case 'rank': {
        const place = this.ranks(figure.by, window).get(account.subject.id);
        return place === undefined ? null : zero.add(place);
      }
      case 'periods': {
        // What is not over yet neither holds nor fails.
        const parts = windowsIn(window, figure.every, this.ledger.calendar).filter(
          ({ to }) => this.asOf === null || to < this.asOf,
        );
        return zero.add(
          parts.filter((part) => figure.when.of(this.facts(account, figure.when.reads, part))).length,
        );
      }
      case 'points':
        return [...figure.lines].reduce((sum, line) => sum.add(this.sum(account, line, window)), zero);
      case 'unit':
        return this.ofUnit(figure.figure, account, window);
      case 'links':
        return zero.add(this.crediting.register.linksOf(account.subject.id, window.to, figure.kind).length);
      case 'mean': {
        const all: Found[] = [];
        this.eachHit(account, name, window, (record, { weight }) => all.push({ record, weight }));
        return meanOf(all);
      }
      case 'moments': {
        const seen = new Set<number | string>();
        const times = new Map<Points, number>();
        this.eachHit(account, name, window, (record, { weight, value }) => {
          const once = value ?? (figure.perRecord ? record : null);
          if (once !== null && seen.has(once)) return;
          if (once !== null) seen.add(once);
          times.set(weight, (times.get(weight) ?? 0) + 1);
        });
        const sum = multiplied(times);
        return figure.whole ? sum.floor() : sum;
      }
    }
  }

  private eachHit(
    { number }: Account,
    figure: string,
    window: Period,
    take: (record: number, hit: Hit) => void,
  ): void {
    this.hits.get(figure)?.each(number, (record, place) => {
      const hit = this.met.at(place);
      if (hit && within(window, hit.on)) take(record, hit);
    });
  }

  /** A person reads what the own unit came to; who has no unit reads nothing. */
  private ofUnit(figure: string, account: Account, window: Period): Points | null {
    const home = this.crediting.register.home(account.subject.id, window.to);
    const unit = home === null ? undefined : this.units?.account(home);
    if (!this.units?.ledger.figures.has(figure))
      throw new AssessmentError('unknown-figure', {
        zh: `个人账读取单位的“${figure}”,单位账里没有这个数。请在 units 的 figures 中写明。`,
        en: `People read their unit's "${figure}", which the units' ledger does not have. Add it to the figures of "units".`,
      });
    return unit ? this.units.figure(unit, figure, window) : null;
  }

  private ofOthers(name: string): boolean {
    const known = this.others.get(name);
    if (known !== undefined) return known;
    const figure = this.ledger.figures.get(name);
    const others =
      figure?.is === 'rank' ||
      figure?.is === 'unit' ||
      (figure ? figuresRead(figure).some((read) => this.ofOthers(read)) : false);
    this.others.set(name, others);
    return others;
  }

  private ranks(by: string, window: Period): Map<string, number> {
    const key = `${by} ${window.from} ${window.to}`;
    const known = this.ranked.get(key);
    if (known) return known;
    const ranks = ranksIn(
      this.accounts.map((account) => ({
        id: account.subject.id,
        group: account.subject.group,
        value: this.figure(account, by, window),
      })),
    );
    this.ranked.set(key, ranks);
    return ranks;
  }
}

/** The mean over records, each by the mean of its own raters; null of nothing. */
function meanOf(hits: readonly Found[]): Points | null {
  const records = new Map<number, Points[]>();
  for (const hit of hits) records.set(hit.record, [...(records.get(hit.record) ?? []), hit.weight]);
  const mean = (values: readonly Points[]) =>
    values.reduce((sum, value) => sum.add(value), zero).div(values.length);
  return records.size === 0 ? null : mean([...records.values()].map(mean));
}
