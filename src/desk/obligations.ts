import type { CountyConfig } from '../county/config.generated.ts';
import type { CivilDate } from '../model/date.ts';
import type { Owed } from '../model/obligation.ts';
import type { Directory, ScoreRecord } from '../model/record.ts';
import type { Moment } from '../model/thing.ts';
import { dueBy } from '../workflow/due.ts';

export type Obligation = NonNullable<CountyConfig['obligations']>[number];

/** Something that can meet an obligation: the first moment of its record, by whom it is. */
interface Answer {
  record: string;
  on: CivilDate;
  parties: readonly string[];
  /** What it says that it is derived from. */
  from: readonly string[];
}
interface Case {
  record: ScoreRecord;
  moment: Moment;
  subject: string;
  due: CivilDate;
}

/**
 * Everything that is owed by a day: for each thing after which something is owed, who owes it till when, and what met
 * it. What says what it is derived from meets that; of the rest the earliest that was sent afterwards meets the earliest
 * that is still owed, and nothing meets two.
 */
export function owedBy(
  obligations: readonly Obligation[],
  records: readonly ScoreRecord[],
  { directory, closures, on }: { directory: Directory; closures: ReadonlySet<CivilDate>; on: CivilDate },
): Owed[] {
  const names = new Map([...directory.organisations, ...directory.people].map(({ id, name }) => [id, name]));
  return obligations.flatMap((obligation) => {
    const cases = casesOf(obligation, records, closures).filter(({ moment }) => moment.on <= on);
    const met = meeting(cases, answersOf(obligation, records, on));
    return cases.map((one): Owed => {
      const by = met.get(one) ?? null;
      const title = one.record.facts?.['title'];
      return {
        obligation: obligation.id,
        label: obligation.name,
        clause: obligation.clause ?? null,
        subject: one.subject,
        name: names.get(one.subject) ?? one.subject,
        after: one.record.id,
        title: typeof title === 'string' ? title : one.record.id,
        on: one.moment.on,
        due: one.due,
        by: by && { record: by.record, on: by.on },
        state: by ? (by.on <= one.due ? 'met' : 'late') : one.due < on ? 'missed' : 'open',
      };
    });
  });
}

function casesOf(
  { after, by, within }: Obligation,
  records: readonly ScoreRecord[],
  closures: ReadonlySet<CivilDate>,
): Case[] {
  const never = {
    sameDay: false,
    workingHours: null,
    closeOfOffice: false,
    before: null,
    field: null,
    urgent: new Map<string, number>(),
    atMost: null,
  };
  const rule = { days: null, months: null, workingDays: null, ...within };
  const due = (from: CivilDate) => dueBy({ ...never, ...rule }, from, {}, closures)?.on ?? from;
  return records
    .filter(({ kind }) => kind === after.kind)
    .flatMap((record) =>
      record.moments
        .filter((moment) => moment.is === after.moment && holds(after.when, { ...record.facts, ...moment }))
        .flatMap((moment) =>
          partiesOf(record, by).map((subject) => ({ record, moment, subject, due: due(moment.on) })),
        ),
    )
    .sort((a, b) => a.moment.on.localeCompare(b.moment.on));
}

function holds(when: Obligation['after']['when'], facts: Record<string, unknown>): boolean {
  return Object.entries(when ?? {}).every(([fact, value]) => {
    const [has, wants] = [facts[fact], Array.isArray(value) ? value : [value]];
    return (Array.isArray(has) ? has : [has]).some((one) => wants.some((wanted) => wanted === one));
  });
}

function partiesOf({ authors, unit, units, organisers }: ScoreRecord, by: Obligation['by']): string[] {
  if (by === 'authors') return (authors ?? []).map(({ id }) => id);
  return (units ?? (unit === undefined ? organisers : [{ id: unit }]) ?? []).map(({ id }) => id);
}

function answersOf(
  { owes = 'report', by }: Obligation,
  records: readonly ScoreRecord[],
  on: CivilDate,
): Answer[] {
  return records
    .flatMap((record): Answer[] => {
      const first = record.moments.map((moment) => moment.on).sort()[0];
      if (record.kind !== owes || first === undefined || first > on) return [];
      const from = (record.links ?? []).flatMap(({ is, to }) => (is === 'derived-from' ? [to] : []));
      return [{ record: record.id, on: first, parties: partiesOf(record, by), from }];
    })
    .sort((a, b) => a.on.localeCompare(b.on));
}

function meeting(cases: readonly Case[], answers: readonly Answer[]): Map<Case, Answer> {
  const met = new Map<Case, Answer>();
  const spent = new Set<Answer>();
  const take = (one: Case, fits: (answer: Answer) => boolean): void => {
    const answer = met.has(one) ? undefined : answers.find((other) => !spent.has(other) && fits(other));
    if (!answer) return;
    met.set(one, answer);
    spent.add(answer);
  };
  for (const one of cases)
    take(one, ({ from, parties }) => from.includes(one.record.id) && parties.includes(one.subject));
  for (const one of cases)
    take(one, ({ on, parties, from }) => {
      const elsewhere = cases.some(({ record }) => from.includes(record.id));
      return !elsewhere && on >= one.moment.on && parties.includes(one.subject);
    });
  return met;
}

/** What is owed, as records that a method can count: `owed` on the day it began, then `met`, `late` or `missed`. */
export function recordsOfOwed(obligations: readonly Obligation[], owed: readonly Owed[]): ScoreRecord[] {
  const people = new Set(obligations.flatMap(({ id, by }) => (by === 'authors' ? [id] : [])));
  return owed.map(({ obligation, after, subject, on, due, by, state }) => ({
    id: `owed/${obligation}/${after}/${on}/${subject}`,
    kind: 'obligation',
    ...(people.has(obligation) ? { authors: [{ id: subject }] } : { unit: subject }),
    facts: { obligation },
    moments: [{ is: 'owed', on }, ...(state === 'open' ? [] : [{ is: state, on: by?.on ?? due }])],
  }));
}
