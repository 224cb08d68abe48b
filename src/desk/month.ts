import type { County } from '../county/county.ts';
import { addDays, civilDate, type CivilDate, type Instant } from '../model/date.ts';
import type { Owed } from '../model/obligation.ts';
import type { Paper } from '../model/paper.ts';
import { say, type Language } from '../model/text.ts';
import { isConfidential, type Actor, type LogEntry, type Thing, type ThingKind } from '../model/thing.ts';
import { verbs } from '../model/verb.ts';
import type { Page } from '../model/view.ts';
import type { StoredRow } from '../store/port.ts';
import { forbidden, type DeskContext } from './context.ts';
import { DeskError } from './error.ts';
import { isOwnDraft, isStaff, may } from './permission.ts';
import { allOwed } from './records.ts';
import { stageOf, titleOf } from './view.ts';

/** A post of the whole county, or an organisation: whose month it is. */
type Office = string;
interface Row {
  office: Office;
  thing: Thing;
  on: CivilDate;
  /** What was done, or at which stage it stands. */
  what: string;
}
type Part = 'sent' | 'came' | 'done' | 'due' | 'overdue';
type Month = Record<Part, Row[]> & { owed: Owed[] };

const words = {
  zh: {
    title: '月度工作清单',
    sent: '本月报送',
    came: '本月收到',
    done: '本月办理',
    due: '本月到期、尚未办理',
    overdue: '逾期',
    owed: '应履行的义务',
    head: ['编号', '标题', '日期', '环节、事由'],
    owedHead: ['因何', '义务', '期限', '情况'],
    office: '处室(单位)',
    states: { open: '待报', met: '已报', late: '迟报', missed: '逾期未报' },
    none: '本月没有事项。',
  },
  en: {
    title: 'Work of the month',
    sent: 'Sent in',
    came: 'Came in',
    done: 'Done',
    due: 'Due this month and still to do',
    overdue: 'Overdue',
    owed: 'Owed',
    head: ['No.', 'Title', 'Date', 'Stage or act'],
    owedHead: ['After', 'What', 'Till', 'State'],
    office: 'Office',
    states: { open: 'open', met: 'met', late: 'late', missed: 'missed' },
    none: 'Nothing this month.',
  },
};
const parts = ['sent', 'came', 'done', 'due', 'overdue'] as const;

/**
 * What an office had to do in a month: what it sent in, what came to it, what it did, what is due and overdue, what it
 * owes. Without an office how much of each everybody had.
 */
export async function monthOf(
  context: DeskContext,
  month: string,
  office: Office | null,
  actor: Actor,
  now: Instant,
  language: Language,
): Promise<Paper> {
  const { county, directory } = context;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(month))
    throw new DeskError('not-found', {
      zh: `“${month}”不是月份。请写成 2026-03。`,
      en: `"${month}" is no month. Write it as 2026-03.`,
    });
  const mine = [...actor.posts.flatMap(({ organisation }) => organisation ?? []), unitOf(context, actor)];
  if (!isStaff(county, actor) && (office === null || !mine.includes(office))) throw forbidden();
  const offices = new Map<Office, string>([
    ...[...county.posts.values()].flatMap(({ id, name, scope }): [string, string][] =>
      scope === 'county' ? [[id, say(name, language)]] : [],
    ),
    ...directory.organisations.map(({ id, name }): [string, string] => [id, name]),
  ]);
  if (office !== null && !offices.has(office))
    throw new DeskError('not-found', {
      zh: `没有“${office}”这个处室或单位。可以是:${[...offices.keys()].slice(0, 20).join('、')}。`,
      en: `There is no office "${office}". It may be: ${[...offices.keys()].slice(0, 20).join(', ')}.`,
    });
  const all = await gathered(context, month, civilDate(now, county.timeZone), actor, language);
  const t = words[language];
  const title = `${office === null ? say(county.name, language) : (offices.get(office) ?? office)}${language === 'en' ? ': ' : ''}${t.title}`;
  if (office !== null) return { title, subtitle: month, parts: partsOf(all, office, language) };
  const counts = [...offices].flatMap(([id, name]) => {
    const cells = parts.map((part) => all[part].filter((row) => row.office === id).length);
    const owed = all.owed.filter(({ subject }) => subject === id).length;
    return [...cells, owed].some((count) => count > 0) ? [[name, ...[...cells, owed].map(String)]] : [];
  });
  const head = [t.office, ...parts.map((part) => t[part]), t.owed];
  return { title, subtitle: month, parts: [{ heading: '', head, rows: counts }] };
}

function unitOf({ people }: DeskContext, { id }: Actor): string | undefined {
  return people.get(id)?.organisation;
}

function partsOf(all: Month, office: Office, language: Language): Paper['parts'] {
  const t = words[language];
  const tables = parts.flatMap((part): Paper['parts'] => {
    const rows = all[part].filter((row) => row.office === office);
    return rows.length === 0
      ? []
      : [
          {
            heading: t[part],
            head: t.head,
            rows: rows.map(({ thing, on, what }) => [thing.id, titleOf(thing), on, what]),
          },
        ];
  });
  const owed = all.owed.filter(({ subject }) => subject === office);
  if (owed.length > 0)
    tables.push({
      heading: t.owed,
      head: t.owedHead,
      rows: owed.map(({ title, label, due, state }) => [title, say(label, language), due, t.states[state]]),
    });
  return tables.length > 0 ? tables : [{ heading: '', paragraphs: [t.none] }];
}

async function gathered(
  context: DeskContext,
  month: string,
  today: CivilDate,
  actor: Actor,
  language: Language,
): Promise<Month> {
  const { county, countyOf, store } = context;
  const all: Month = { sent: [], came: [], done: [], due: [], overdue: [], owed: [] };
  const asOf = today < `${month}-31` ? today : `${month}-31`;
  const happened: Thing[] = [];
  for await (const { thing } of store.foundBy(county.id, { month })) happened.push(thing);
  for (const kind of county.kinds)
    for (const thing of kind === 'period' ? [] : await concerned(context, kind, month, happened)) {
      const its = countyOf(thing);
      const ended =
        stageOf(its, thing).kind === 'end' && civilDate(thing.since, its.timeZone) < `${month}-01`;
      if (ended || isOwnDraft(its, thing)) continue;
      if (isConfidential(thing) && !may(its, actor, 'read', kind, thing)) continue;
      const log = (await store.log(thing)).map(({ entry }) => entry);
      walk(all, its, thing, log, month, language);
      const [first] = thing.moments;
      if (thing.unit !== null && first?.on.startsWith(month))
        all.sent.push({
          office: thing.unit,
          thing,
          on: first.on,
          what: label(its, thing, thing.stage, language),
        });
      for (const office of thing.due ? officesAt(its, thing, thing.stage) : []) {
        const on = thing.due?.on ?? '';
        const row = { office, thing, on, what: label(its, thing, thing.stage, language) };
        if (on < asOf) all.overdue.push(row);
        else if (on.startsWith(month)) all.due.push(row);
      }
    }
  all.owed = (await allOwed(context, asOf)).filter(
    ({ on, due, by }) =>
      by === null || by.on.startsWith(month) || on.startsWith(month) || due.startsWith(month),
  );
  return all;
}

/** The things of a kind that a month's list can speak of: something happened to them in it, or they are due by its end. */
async function concerned(
  { county, counties, store }: DeskContext,
  kind: ThingKind,
  month: string,
  /** What something happened to in it, of any kind. */
  happened: readonly Thing[],
): Promise<Iterable<Thing>> {
  const found = new Map(happened.flatMap((thing) => (thing.kind === kind ? [[thing.id, thing]] : [])));
  const stages = new Set(counties.flatMap(({ flows }) => [...(flows.get(kind)?.stages.keys() ?? [])]));
  const dueBefore: CivilDate = `${addDays(`${month}-28`, 4).slice(0, 7)}-01`;
  for (let after: string | null = null; ;) {
    const { rows, next }: Page<StoredRow> = await store.queue({
      county: county.id,
      kind,
      stages: [...stages],
      dueBefore,
      order: 'due',
      after,
      limit: 200,
    });
    for (const { thing } of rows) found.set(thing.id, thing);
    after = next;
    if (after === null) return found.values();
  }
}

/** What came to whom and who did what, from a thing's log. */
function walk(
  all: Month,
  its: County,
  thing: Thing,
  log: readonly LogEntry[],
  month: string,
  language: Language,
): void {
  let stage: string | null = null;
  for (const entry of log) {
    const before: string | null = stage;
    const after: string = stageIn(entry) ?? stage ?? its.flows.get(thing.kind)?.start ?? thing.stage;
    stage = after;
    if (!entry.on.startsWith(month) || after === before) continue;
    if (stageOf(its, { kind: thing.kind, stage: after }).kind !== 'end')
      for (const office of officesAt(its, thing, after))
        all.came.push({ office, thing, on: entry.on, what: label(its, thing, after, language) });
    const verb = verbs.find((one) => one === entry.action);
    if (before === null || verb === undefined) continue;
    const act = stageOf(its, { kind: thing.kind, stage: before }).actions.get(verb);
    for (const office of officesAt(its, thing, before))
      all.done.push({ office, thing, on: entry.on, what: say(act?.label ?? verb, language) });
  }
}

function stageIn({ change }: LogEntry): string | null {
  if (typeof change !== 'object' || change === null || !('stage' in change)) return null;
  return typeof change.stage === 'string' ? change.stage : null;
}

function label(its: County, { kind }: Thing, stage: string, language: Language): string {
  return say(stageOf(its, { kind, stage }).label, language);
}

/** Whose a stage is: the county's posts that it names, and for a department's post the organisations that handle. */
function officesAt(its: County, { kind, handlers }: Thing, stage: string): Office[] {
  return stageOf(its, { kind, stage }).by.flatMap((post) => {
    const scope = its.posts.get(post)?.scope;
    return scope === 'county' ? [post] : scope === 'organisation' ? handlers : [];
  });
}
