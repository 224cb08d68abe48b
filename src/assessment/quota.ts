import { addDays, daysBetween, type CivilDate } from '../model/date.ts';
import type { Fact } from '../model/fact.ts';
import type { Directory, QuotaProgress, ScoreRecord } from '../model/record.ts';
import type { Text } from '../model/text.ts';
import { readAmount } from './amount.ts';
import { partsOf } from './credit.ts';
import { AssessmentError } from './error.ts';
import { subjectFacts } from './facts.ts';
import type { RawMethod, RawQuota } from './method.ts';
import type { Report } from './mistake.ts';
import { calendarOf, windowsIn, within, type Period } from './period.ts';
import type { Place, Reading } from './place.ts';
import { decimalText, points, rounded, zero, type Points } from './points.ts';
import { Register, type Subject } from './subject.ts';

export interface Quota extends Omit<RawQuota, 'need' | 'name'> {
  name: Text;
  of: 'people' | 'units';
  need: Reading<Points>;
}

/** Reads a quota; what cannot be read is reported with its pointer from the quota. */
export function readQuota(raw: RawQuota, method: RawMethod = {}, report: Report = refused): Quota {
  const place: Place = {
    line: raw.id,
    pointer: '',
    vocabulary: subjectFacts,
    day: 'window.to',
    start: 'window.from',
    used: new Set(),
    settings: { conditions: {}, values: method.values ?? {}, ratings: [], inForceOn: null, reached: null },
    report,
  };
  const of = (raw.who.organisationKinds ?? []).length > 0 ? 'units' : 'people';
  return { ...raw, of, need: readAmount(place, 'need', raw.need) };
}

function refused(pointer: string, code: string, word: string): never {
  throw new AssessmentError('unreadable-quota', {
    zh: `任务数的 ${pointer} 看不懂:${code} ${word}。请运行 minqing check 查看位置。`,
    en: `A quota cannot be read at ${pointer}: ${code} ${word}. Run minqing check to see where.`,
  });
}

/**
 * How everybody who owes stands in the quota's window that holds `on`: who is behind, by how much, with how many days
 * left, and who has sent nothing.
 */
export function quotaProgress(input: Asked): QuotaProgress[] {
  const { quota, directory, on } = input;
  const register = new Register(directory);
  const window = windowOf(quota, on, input.method);
  return progressIn(input, register, window, { ...window, to: on < window.to ? on : window.to });
}

/**
 * How they stand in each of the quota's windows that end in a period, or where none does in the one that holds its
 * last day. Silent is who sent nothing in the whole of the period.
 */
export function quotaProgressIn(
  input: Omit<Asked, 'on'> & { period: Period; records: readonly ScoreRecord[] },
): QuotaProgress[] {
  const { quota, period, records } = input;
  const register = new Register(input.directory);
  const windows: Period[] = [];
  for (let day = period.from; day <= period.to;) {
    const window = windowOf(quota, day, input.method);
    if (window.to <= period.to) windows.push(window);
    day = addDays(window.to, 1);
  }
  if (windows.length === 0) windows.push(windowOf(quota, period.to, input.method));
  const sent = new Set(
    records.flatMap((record) => creditsOf(quota, record, register, period).map(({ id }) => id)),
  );
  return windows.flatMap((window) => {
    const counted = { ...window, to: period.to < window.to ? period.to : window.to };
    return progressIn({ ...input, on: counted.to }, register, window, counted).map((row) => ({
      ...row,
      silent: !sent.has(row.subject),
    }));
  });
}

interface Asked {
  quota: Quota;
  method?: RawMethod;
  directory: Directory;
  records: Iterable<ScoreRecord>;
  on: CivilDate;
}

/** What was done in the days that are counted, against what is owed in the whole window. */
function progressIn(
  { quota, records, on }: Asked,
  register: Register,
  window: Period,
  counted: Period,
): QuotaProgress[] {
  const done = new Map<string, Points>();
  const sent = new Set<string>();
  for (const record of records)
    for (const { id, weight } of creditsOf(quota, record, register, counted)) {
      sent.add(id);
      done.set(id, (done.get(id) ?? zero).add(weight));
    }
  return register
    .subjects(quota.of, window)
    .filter((subject) => owes(quota, subject, register, window))
    .map((subject) => {
      const need = dueOf(quota, subject, register, window);
      const has = done.get(subject.id) ?? zero;
      const short = need.sub(has);
      return {
        subject: subject.id,
        name: subject.name,
        group: subject.group,
        quota: quota.id,
        label: quota.name,
        window: { from: window.from, to: window.to },
        need: decimalText(need),
        done: decimalText(rounded(has, 4)),
        short: decimalText(short.compare(0) > 0 ? rounded(short, 4) : zero),
        daysLeft: Math.max(0, daysBetween(on, window.to) + 1),
        silent: !sent.has(subject.id),
        clause: quota.clause ?? null,
      };
    });
}

/** The window that holds a day, by the county's own year. */
export function windowOf(quota: Pick<Quota, 'every'>, on: CivilDate, method: RawMethod = {}): Period {
  const calendar = calendarOf(method.periods);
  const year = Number(on.slice(0, 4));
  const start = String(calendar.yearStarts).padStart(2, '0');
  // Two of the county's own years surely hold the day, whichever month they begin with.
  const span = { id: 'years', from: `${year - 1}-${start}-01`, to: addDays(`${year + 1}-${start}-01`, -1) };
  const found = windowsIn(span, quota.every, calendar).find((window) => within(window, on));
  return found ?? { id: on, from: on, to: on };
}

function owes({ who }: Quota, subject: Subject, register: Register, window: Period): boolean {
  const posts = (who.posts ?? []).length > 0 ? heldIn(subject, register, window) : [];
  return (
    (who.kinds ?? []).includes(subject.kind) ||
    (who.organisationKinds ?? []).includes(subject.kind) ||
    (who.posts ?? []).some((post) => posts.includes(post))
  );
}

/** The posts held on some day of a window; without `joined` (`left`) one that begins (ends) in it counts from its start. */
function heldIn(
  subject: Subject,
  register: Register,
  window: Period,
  { joined, left } = { joined: window, left: window },
): string[] {
  return (register.person(subject.id)?.posts ?? [])
    .filter(({ from, to }) => (!from || from <= joined.to) && (!to || left.from <= to))
    .map(({ post }) => post);
}

function needOf(
  quota: Quota,
  subject: Subject,
  register: Register,
  window: Period,
  posts = heldIn(subject, register, window),
): Points {
  const { id, kind, group } = subject;
  const facts: Record<string, Fact> = {
    id,
    kind,
    group,
    posts,
    organisation: quota.of === 'units' ? id : register.home(id, window.to),
    headcount: quota.of === 'units' ? register.headcount(id, window.to) : 1,
    'window.from': window.from,
    'window.to': window.to,
  };
  return quota.need.of(facts);
}

/**
 * What is due for the share of the window that somebody was there: month by month (or day), those begun counting as
 * served; where posts are what owes, for the posts held in each.
 */
function dueOf(quota: Quota, subject: Subject, register: Register, window: Period): Points {
  const { reduce, who } = quota;
  if (!reduce) return needOf(quota, subject, register, window);
  const [joining, leaving] = [reduce.for.includes('joining'), reduce.for.includes('leaving')];
  const from = joining && subject.from !== null ? subject.from : window.from;
  const to = leaving && subject.to !== null ? subject.to : window.to;
  const leaves = reduce.for.includes('leave') ? (register.person(subject.id)?.leaves ?? []) : [];
  const parts: Period[] =
    reduce.by === 'month'
      ? windowsIn(window, 'month')
      : Array.from({ length: daysBetween(window.from, window.to) + 1 }, (_, day) => {
          const date = addDays(window.from, day);
          return { id: date, from: date, to: date };
        });
  const byKind = (who.kinds ?? []).includes(subject.kind) || quota.of === 'units';
  const needs = new Map<string, Points>();
  let sum = zero;
  for (const part of parts) {
    const served =
      from <= part.to &&
      part.from <= to &&
      !leaves.some((leave) => leave.from <= part.from && part.to <= leave.to);
    if (!served) continue;
    const posts = heldIn(subject, register, window, {
      joined: joining ? part : window,
      left: leaving ? part : window,
    });
    if (!byKind && !(who.posts ?? []).some((post) => posts.includes(post))) continue;
    const key = posts.join(' ');
    const need = needs.get(key) ?? needOf(quota, subject, register, window, posts);
    needs.set(key, need);
    sum = sum.add(need);
  }
  const due = sum.div(parts.length);
  switch (reduce.round ?? 'half-up') {
    case 'up':
      return due.ceil();
    case 'down':
      return due.floor();
    case 'half-up':
      return rounded(due, 0);
    case 'none':
      return rounded(due, 4);
  }
}

/** For whom a record counts, and how much; nothing where it was sent and does not count. */
function creditsOf(
  quota: Quota,
  record: ScoreRecord,
  register: Register,
  window: Period,
): { id: string; weight: Points }[] {
  if (record.kind !== 'report' && !(quota.leads === true && record.kind === 'lead')) return [];
  const moment = record.moments.find((one) => one.is === quota.counts && within(window, one.on));
  const own = record.moments.some((one) => one.is === 'submitted' && within(window, one.on));
  if (!moment && !own) return [];
  const authors = partsOf(record.authors ?? []);
  const weigh = (index: number, count: number) => {
    if (!moment || (quota.joint === 'first' && index > 0)) return zero;
    return quota.joint === 'shared' ? points(1).div(count) : points(1);
  };
  if (quota.of === 'people')
    return authors.map(({ subject }, index) => ({ id: subject, weight: weigh(index, authors.length) }));
  const units = new Set(
    partsOf(record.units ?? (record.unit === undefined ? [] : [{ id: record.unit }])).map(
      ({ subject }) => subject,
    ),
  );
  if (quota.members === true)
    for (const author of authors) {
      const home = register.home(author.subject, moment?.on ?? window.to);
      if (home !== null) units.add(home);
    }
  return [...units].map((id, index) => ({ id, weight: weigh(index, units.size) }));
}
