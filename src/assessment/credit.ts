import type { CivilDate } from '../model/date.ts';
import type { Fact, Facts } from '../model/fact.ts';
import type { CreditedParty, ScoreRecord } from '../model/record.ts';
import type { Moment } from '../model/thing.ts';
import type { Ledger } from './ledger.ts';
import type { Role } from './method.ts';
import { isNothing, points, rounded, split, splitBy, zero, type Points } from './points.ts';
import type { Line, OnLine } from './read-line.ts';
import type { Register } from './subject.ts';

/** What one moment earned one subject by one line. */
export interface Credit {
  subject: string;
  line: string;
  clause: string | null;
  points: Points;
  record: string;
  moment: { is: string; on: CivilDate };
  why: string | null;
}

export interface Credited {
  subject: string;
  part: 'sole' | 'first' | 'other';
}

/** What crediting a record takes. */
export interface Crediting {
  ledger: Ledger;
  of: 'people' | 'units';
  register: Register;
}

/** Who is first and who is another of them: as the record says, else by its order; whoever is first comes first. */
export function partsOf(parties: readonly CreditedParty[]): Credited[] {
  const [only, another] = parties;
  if (only && !another) return [{ subject: only.id, part: only.part ?? 'sole' }];
  const told = parties.some(({ part }) => part === 'first' || part === 'sole');
  const credited = parties.map(({ id, part }, index): Credited => ({
    subject: id,
    part: part ?? (index === 0 && !told ? 'first' : 'other'),
  }));
  const others = credited.filter(({ part }) => part === 'other');
  return others.length === 0 ? credited : [...credited.filter(({ part }) => part !== 'other'), ...others];
}

/** Whom a record credits in a role on a day, after credit was passed on to where the method sends it. */
export function creditedBy(
  { ledger, of, register }: Crediting,
  record: ScoreRecord,
  role: Role | null,
  on: CivilDate,
): Credited[] {
  const to = role ?? (of === 'units' ? 'units' : 'authors');
  let parties: readonly CreditedParty[] = [];
  if (to === 'authors') parties = record.authors ?? [];
  else if (to === 'units') parties = record.units ?? (record.unit === undefined ? [] : [{ id: record.unit }]);
  else parties = record[to] ?? [];
  const credited = partsOf(parties);
  if (of === 'people') return to === 'units' ? [] : passedOn(credited, ledger, register);
  if (to !== 'authors') return passedOn(credited, ledger, register);
  // Two authors of one unit are twice for people and once for the unit.
  const homes = [...new Set(credited.flatMap(({ subject }) => register.home(subject, on) ?? []))];
  return passedOn(
    homes.map((subject, index) => ({
      subject,
      part: homes.length === 1 ? 'sole' : index === 0 ? 'first' : 'other',
    })),
    ledger,
    register,
  );
}

function passedOn(credited: Credited[], ledger: Ledger, register: Register): Credited[] {
  if (ledger.redirect.size === 0 && ledger.redirectKinds.size === 0) return credited;
  return credited.map(({ subject, part }) => {
    const unit = register.unit(subject);
    const above = unit && ledger.redirectKinds.has(unit.kind ?? '') ? unit.parent : undefined;
    return { subject: ledger.redirect.get(subject) ?? above ?? subject, part };
  });
}

export function inTime({ moments }: ScoreRecord): Moment[] {
  let before = '';
  for (const { on } of moments) {
    if (on < before) return [...moments].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    before = on;
  }
  return moments;
}

/**
 * All that a record earns over its whole life: "once" and "highest" look back to its beginning, and pay an increase
 * when it comes. A period only filters what this returns.
 */
export function creditOf(
  crediting: Crediting,
  record: ScoreRecord,
  paying: Paying,
  reading = new RecordReading(crediting, record),
): Credit[] {
  const credits: Credit[] = [];
  const had: Had[] = [];
  for (const moment of inTime(record))
    for (const line of paying.get(moment.is) ?? [])
      creditMoment(reading, line, crediting, moment, had, credits);
  return credits;
}

/** The lines that pay for a moment, by its name. */
export type Paying = ReadonlyMap<string, readonly OnLine[]>;

export function payingOf(lines: readonly OnLine[]): Paying {
  const paying = new Map<string, OnLine[]>();
  for (const line of lines) for (const is of line.on) paying.set(is, [...(paying.get(is) ?? []), line]);
  return paying;
}

export function* eachLine(lines: readonly Line[]): Generator<Line> {
  for (const line of lines) {
    yield line;
    if (line.is === 'section') yield* eachLine(line.lines);
  }
}
export function onLines(lines: readonly Line[]): OnLine[] {
  return [...eachLine(lines)].filter((line) => line.is === 'on');
}

/** One record as lines and figures ask it: whom it credits, and what can be read of a moment; each found once. */
export class RecordReading {
  private readonly roles: { role: Role | null; credited: Credited[] }[] = [];
  private readonly known: { moment: Moment; who: string; facts: Facts }[] = [];

  constructor(
    private readonly crediting: Crediting,
    readonly record: ScoreRecord,
  ) {}

  credited(role: Role | null, on: CivilDate): Credited[] {
    // The authors' units depend on the day.
    if (this.crediting.of === 'units' && role === 'authors')
      return creditedBy(this.crediting, this.record, role, on);
    const known = this.roles.find((one) => one.role === role);
    if (known) return known.credited;
    const credited = creditedBy(this.crediting, this.record, role, on);
    this.roles.push({ role, credited });
    return credited;
  }

  /** What the ledger reads of a moment: the moment's own facts, else the record's. */
  facts(moment: Moment, { subject, part }: Credited): Facts {
    const { ledger, of, register } = this.crediting;
    if (ledger.reads.length === 0 && !ledger.readsEarner) return nothingRead;
    const who = ledger.readsEarner ? `${part} ${subject}` : part;
    const found = this.known.find((one) => one.moment === moment && one.who === who);
    if (found) return found.facts;
    const facts: Facts = {};
    for (const name of ledger.reads) facts[name] = name === 'part' ? part : this.fact(name, moment);
    if (ledger.readsEarner) {
      const linked = register.linksOf(subject, moment.on).includes(String(this.fact('with', moment)));
      Object.assign(facts, register.earner(of, subject, moment.on), { 'earner.linked': linked });
    }
    this.known.push({ moment, who, facts });
    return facts;
  }

  private fact(name: string, moment: Moment): Fact {
    const value = moment[name];
    // What every object has besides, such as `toString`, is neither words nor a number.
    if (typeof value === 'string' || typeof value === 'number') return value;
    if (value !== undefined && Object.hasOwn(moment, name)) return value;
    const { kind, authors, facts } = this.record;
    if (name === 'kind') return kind;
    if (name === 'authors.count') return authors?.length ?? 0;
    return (facts && Object.hasOwn(facts, name) ? facts[name] : null) ?? null;
  }
}

const nothingRead: Facts = Object.freeze({});

/** What a subject (with a value of `per`) has had by a line so far, for once, highest and the item's cap. */
interface Had {
  line: OnLine;
  key: string;
  paid: Points;
  sum: Points;
  times: number;
}

function creditMoment(
  reading: RecordReading,
  line: OnLine,
  { ledger: { decimals }, register }: Crediting,
  moment: Moment,
  /** Of the whole record, by every line. */
  all: Had[],
  credits: Credit[],
): void {
  const everyone = reading.credited(line.to, moment.on);
  const credited = line.limit === null ? everyone : everyone.slice(0, line.limit);
  const shares = sharesOf(reading, line, moment, credited, decimals);
  for (const [index, one] of credited.entries()) {
    const { subject, part } = one;
    if (line.share === 'first' && part === 'other') continue;
    const known = reading.facts(moment, one);
    if (!line.when(known)) continue;
    const earned = rounded(shares?.[index] ?? line.amount(known), decimals);
    const paid = looksBack(line)
      ? paidOf(line, known, hadOf(all, line, subject, known), earned, decimals)
      : earned;
    if (isNothing(paid)) continue;
    const reason = typeof known['reason'] === 'string' ? known['reason'] : null;
    credits.push({
      subject,
      line: line.id,
      clause: line.clauseOf(known) ?? line.clause,
      points: paid,
      record: reading.record.id,
      moment: register.told(moment.is, moment.on),
      why: shares === null ? reason : whyShared(line, part, credited.length),
    });
  }
}

/** Whether what a line pays depends on what it has paid of the record before. */
const looksBack = ({ take, cap }: OnLine) => take !== 'each' || cap !== null;

function hadOf(all: Had[], line: OnLine, subject: string, facts: Facts): Had {
  const key = line.per.length === 0 ? subject : keyOf(line, subject, facts);
  for (const before of all) if (before.line === line && before.key === key) return before;
  const had = { line, key, paid: zero, sum: zero, times: 0 };
  all.push(had);
  return had;
}

/** What is paid of what was earned, after what has been paid so far. */
function paidOf(line: OnLine, facts: Facts, had: Had, earned: Points, decimals: number): Points {
  const paid = capped(line, facts, had, increase(line, had, earned, decimals));
  had.paid = sum(had.paid, paid);
  had.sum = sum(had.sum, earned);
  // What is worth nothing has not been paid, so that it does not use up the once.
  if (line.take !== 'once' || !isNothing(earned)) had.times += 1;
  return paid;
}

/** The very one where nothing is added to it: what is shared by a million lines is kept once. */
const sum = (a: Points, b: Points) => (a === zero ? b : b === zero ? a : a.add(b));

const keyOf = (line: OnLine, subject: string, facts: Facts) =>
  JSON.stringify([subject, ...line.per.map((fact) => facts[fact] ?? null)]);

/** What each of the authors has of the whole, which is what the first of them earns; null where each has all of it. */
function sharesOf(
  reading: RecordReading,
  { share, when, amount }: OnLine,
  moment: Moment,
  credited: readonly Credited[],
  decimals: number,
): Points[] | null {
  if (share === 'full' || share === 'first' || credited.length < 2) return null;
  const earning = credited.find((one) => when(reading.facts(moment, one)));
  if (!earning) return null;
  const whole = amount(reading.facts(moment, earning));
  if (share === 'equal') return split(whole, credited.length, decimals);
  const rest = points(100)
    .sub(share)
    .div(credited.length - 1);
  const weights = credited.map((_, at) => (at === 0 ? share : rest));
  return splitBy(whole, weights, decimals);
}

function whyShared({ share }: OnLine, part: Credited['part'], authors: number): string {
  if (typeof share !== 'object') return `1/${authors}`;
  return part === 'other'
    ? `${points(100).sub(share).toString()} % / ${authors - 1}`
    : `${share.toString()} %`;
}

function increase(line: OnLine, had: Had, earned: Points, decimals: number): Points {
  if (line.take === 'once' && had.times > 0) return zero;
  if (line.take === 'mean') return rounded(had.sum.add(earned).div(had.times + 1), decimals).sub(had.paid);
  if (line.take === 'highest') {
    const more = earned.sub(had.paid);
    return had.times === 0 || more.compare(0) > 0 ? more : zero;
  }
  return earned;
}

/** No more of one record than its cap. */
function capped({ cap }: OnLine, facts: Facts, had: Had, more: Points): Points {
  if (cap === null) return more;
  const room = cap(facts).sub(had.paid);
  return more.compare(room) > 0 ? room : more;
}
