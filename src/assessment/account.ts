import type { CivilDate } from '../model/date.ts';
import type { Fact, Facts } from '../model/fact.ts';
import type { ScoreRecord } from '../model/record.ts';
import { momentFactsOf, type Credit, type Credited } from './credit.ts';
import type { Ledger } from './ledger.ts';
import { windowsIn, within, type Period } from './period.ts';
import { rounded, zero, type Points } from './points.ts';
import { ranksIn } from './rank.ts';
import type { Figure } from './read-figure.ts';
import { postsOn, type Subject } from './subject.ts';

/** One moment that a figure counts. */
interface Hit {
  record: string;
  on: CivilDate;
  weight: Points;
}
/** All that one subject has in the period. */
export interface Account {
  subject: Subject;
  credits: Credit[];
  hits: Map<string, Hit[]>;
}

/** A rate as conditions read it: to so many decimals, since one third has none that end. */
const rateDecimals = 12;

/** Everyone's account, and the figures reckoned from them when one is read. */
export class Books {
  readonly accounts: readonly Account[];
  private readonly byId: ReadonlyMap<string, Account>;
  private readonly reckoned = new Map<string, Points | null>();
  private readonly ranked = new Map<string, Map<string, number>>();

  constructor(
    readonly ledger: Ledger,
    subjects: readonly Subject[],
    readonly asOf: CivilDate | null,
  ) {
    this.accounts = subjects.map((subject) => ({ subject, credits: [], hits: new Map() }));
    this.byId = new Map(this.accounts.map((account) => [account.subject.id, account]));
  }

  account(subject: string): Account | undefined {
    return this.byId.get(subject);
  }

  /** Keeps of a record what some figure will count. */
  note(record: ScoreRecord, credited: readonly Credited[], period: Period): void {
    for (const [name, figure] of this.ledger.figures) {
      if (figure.is !== 'moments') continue;
      for (const moment of record.moments) {
        if (!figure.on.has(moment.is) || !within(period, moment.on)) continue;
        for (const { subject, part } of credited) {
          const account = this.account(subject);
          const facts = momentFactsOf(record, moment, part);
          if (!account || !figure.when(facts)) continue;
          const hits = account.hits.get(name) ?? [];
          hits.push({ record: record.id, on: moment.on, weight: figure.weigh(facts) });
          account.hits.set(name, hits);
        }
      }
    }
  }

  /** A figure of one subject in one window; null where it has no value. */
  figure(account: Account, name: string, window: Period): Points | null {
    const key = `${account.subject.id} ${name} ${window.from} ${window.to}`;
    const known = this.reckoned.get(key);
    if (known !== undefined) return known;
    const figure = this.ledger.figures.get(name);
    const value = figure ? this.reckon(figure, account, name, window) : null;
    this.reckoned.set(key, value);
    return value;
  }

  /** What a condition over the subject reads, figures as exact decimals. */
  facts(account: Account, names: readonly string[], window: Period): Facts {
    const { subject } = account;
    const facts: Record<string, Fact> = { ...this.ownFacts(subject, window) };
    for (const name of names)
      if (this.ledger.figures.has(name)) {
        const value = this.figure(account, name, window);
        facts[name] = value && rounded(value, rateDecimals).toString();
      }
    return facts;
  }

  private ownFacts(subject: Subject, window: Period): Facts {
    const { id, kind, group, organisation } = subject;
    const dates = { 'window.from': window.from, 'window.to': window.to };
    return { id, kind, group, organisation, posts: postsOn(subject, window.to), ...dates };
  }

  private reckon(figure: Figure, account: Account, name: string, window: Period): Points | null {
    if (figure.is === 'ratio') {
      const above = this.figure(account, figure.above, window);
      const below = this.figure(account, figure.below, window);
      return above === null || below === null || below.equals(0) ? null : above.div(below).mul(figure.times);
    }
    if (figure.is === 'rank') {
      const place = this.ranks(figure.by, window).get(account.subject.id);
      return place === undefined ? null : zero.add(place);
    }
    if (figure.is === 'periods')
      return zero.add(
        windowsIn(window, figure.every).filter((part) =>
          figure.when.of(this.facts(account, figure.when.reads, part)),
        ).length,
      );
    const seen = new Set<string>();
    let sum = zero;
    for (const hit of account.hits.get(name) ?? []) {
      if (!within(window, hit.on) || (figure.perRecord && seen.has(hit.record))) continue;
      seen.add(hit.record);
      sum = sum.add(hit.weight);
    }
    return figure.whole ? sum.floor() : sum;
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
