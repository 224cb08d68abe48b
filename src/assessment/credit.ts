import type { CivilDate } from '../model/date.ts';
import type { Facts } from '../model/fact.ts';
import type { CreditedParty, ScoreRecord } from '../model/record.ts';
import type { Moment } from '../model/thing.ts';
import type { Ledger } from './ledger.ts';
import type { Role } from './method.ts';
import { points, rounded, split, splitBy, zero, type Points } from './points.ts';
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
  const told = parties.some(({ part }) => part === 'first' || part === 'sole');
  const credited = parties.map(({ id, part }, index): Credited => ({
    subject: id,
    part: part ?? (parties.length === 1 ? 'sole' : index === 0 && !told ? 'first' : 'other'),
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

export function inTime(record: ScoreRecord): Moment[] {
  const ordered = record.moments.every(
    (moment, at) => at === 0 || (record.moments[at - 1]?.on ?? '') <= moment.on,
  );
  return ordered
    ? record.moments
    : [...record.moments].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/**
 * All that a record earns over its whole life: "once" and "highest" look back to its beginning, and pay an increase
 * when it comes. A period only filters what this returns.
 */
export function creditOf(
  crediting: Crediting,
  record: ScoreRecord,
  lines: readonly OnLine[],
  reading = new RecordReading(crediting, record),
): Credit[] {
  const moments = inTime(record);
  const told = moments.map(({ is, on }) => crediting.register.told(is, on));
  const credits: Credit[] = [];
  for (const line of lines)
    if (moments.some((moment) => line.on.has(moment.is)))
      creditLine(reading, line, crediting.ledger.decimals, moments, told, credits);
  return credits;
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
  private readonly base: Facts;
  private readonly roles = new Map<Role | null, Credited[]>();
  private readonly known = new Map<Moment, { part: string; facts: Facts }[]>();

  constructor(
    private readonly crediting: Crediting,
    readonly record: ScoreRecord,
  ) {
    this.base = { ...record.facts, kind: record.kind, 'authors.count': record.authors?.length ?? 0 };
  }

  credited(role: Role | null, on: CivilDate): Credited[] {
    // The authors' units depend on the day.
    if (this.crediting.of === 'units' && role === 'authors')
      return creditedBy(this.crediting, this.record, role, on);
    const known = this.roles.get(role);
    if (known) return known;
    const credited = creditedBy(this.crediting, this.record, role, on);
    this.roles.set(role, credited);
    return credited;
  }

  /** What a line can read of a moment: the record's facts, then the moment's own. */
  facts(moment: Moment, { subject, part }: Credited): Facts {
    const { ledger, of, register } = this.crediting;
    const key = ledger.readsEarner ? `${part} ${subject}` : part;
    const all = this.known.get(moment) ?? [];
    const found = all.find((one) => one.part === key);
    if (found) return found.facts;
    const facts: Facts = Object.assign({}, this.base, moment, { part });
    if (ledger.readsEarner) {
      const linked = register.linksOf(subject, moment.on).some((one) => one === facts['with']);
      Object.assign(facts, register.earner(of, subject, moment.on), { 'earner.linked': linked });
    }
    all.push({ part: key, facts });
    this.known.set(moment, all);
    return facts;
  }
}

interface Had {
  paid: Points;
  sum: Points;
  times: number;
}

function creditLine(
  reading: RecordReading,
  line: OnLine,
  decimals: number,
  moments: readonly Moment[],
  /** The moments as lines tell them, one for all lines. */
  told: readonly Credit['moment'][],
  credits: Credit[],
): void {
  const { record } = reading;
  /** What each subject (and each value of `per`) has had by this line so far, for once, highest and the item's cap. */
  const had = new Map<string, Had>();
  for (const [at, moment] of moments.entries()) {
    if (!line.on.has(moment.is)) continue;
    const everyone = reading.credited(line.to, moment.on);
    const credited = line.limit === null ? everyone : everyone.slice(0, line.limit);
    const facts = credited.map((one) => reading.facts(moment, one));
    const worth = facts.map((known) => (line.when(known) ? line.amount(known) : null));
    const first = worth.find((value) => value !== null);
    if (first === undefined || first === null) continue;
    const shares = sharesOf(line, first, credited.length, decimals);
    credited.forEach(({ subject, part }, index) => {
      const [full, known] = [worth[index] ?? null, facts[index]];
      if (full === null || !known || (line.share === 'first' && part === 'other')) return;
      const earned = rounded(shares?.[index] ?? full, decimals);
      const key = line.per.length === 0 ? subject : keyOf(line, subject, known);
      const before = had.get(key) ?? { paid: zero, sum: zero, times: 0 };
      const paid = capped(line, known, before, increase(line, before, earned, decimals));
      // What is worth nothing has not been paid, so that it does not use up the once.
      const counted = line.take === 'once' && earned.equals(0) ? 0 : 1;
      had.set(key, {
        paid: before.paid.add(paid),
        sum: before.sum.add(earned),
        times: before.times + counted,
      });
      if (paid.equals(0)) return;
      const reason = known['reason'];
      credits.push({
        subject,
        line: line.id,
        clause: line.clauseOf(known) ?? line.clause,
        points: paid,
        record: record.id,
        moment: told[at] ?? { is: moment.is, on: moment.on },
        why:
          shares !== null && credited.length > 1
            ? whyShared(line, part, credited.length)
            : typeof reason === 'string'
              ? reason
              : null,
      });
    });
  }
}

const keyOf = (line: OnLine, subject: string, facts: Facts) =>
  JSON.stringify([subject, ...line.per.map((fact) => facts[fact] ?? null)]);

/** What each of the authors has of the whole; null where each has all of it. */
function sharesOf({ share }: OnLine, whole: Points, authors: number, decimals: number): Points[] | null {
  if (share === 'full' || share === 'first') return null;
  if (share === 'equal' || authors === 1) return split(whole, authors, decimals);
  const rest = points(100)
    .sub(share)
    .div(authors - 1);
  const weights = Array.from({ length: authors }, (_, at) => (at === 0 ? share : rest));
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
