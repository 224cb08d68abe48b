import { defaultTemplate } from '../documents/default-templates.ts';
import { fillTemplate } from '../documents/fill.ts';
import { formats } from '../documents/print.ts';
import { civilDate, type CivilDate, type Instant } from '../model/date.ts';
import {
  paperNames,
  type PaperData,
  type PaperId,
  type PersonPaper,
  type PrintedFile,
  type ThingPaper,
} from '../model/paper.ts';
import type { ScoreRecord } from '../model/record.ts';
import { say, type Language } from '../model/text.ts';
import {
  refName,
  type Actor,
  type Fields,
  type FieldValue,
  type Moment,
  type Thing,
} from '../model/thing.ts';
import type { ThingView } from '../model/view.ts';
import { forbidden, type DeskContext } from './context.ts';
import { notFound } from './error.ts';
import { momentLabel } from './history.ts';
import { arrangedWith, inOrder, togetherIn } from './number.ts';
import { fieldsOfPaper } from './paper-fields.ts';
import { isStaff, may, namesShown } from './permission.ts';
import { recordsCounted, recordsOf } from './records.ts';
import { fieldsOfKind, stageOf, titleOf, valueText, type Reader } from './view.ts';

/** An issue as somebody means to put it together, to be looked at first. */
export interface ProposedIssue {
  pieces: readonly string[];
  /** `journal`, `number`, `destinations`. */
  fields: Fields;
}

/** A thing as its reader sees it becomes a Word file: nothing is printed that they could not read. */
export async function thingPaper(
  context: DeskContext,
  paper: ThingPaper,
  thing: Thing,
  view: ThingView,
  actor: Actor,
  now: Instant,
  language: Language,
  proposed: ProposedIssue | null = null,
): Promise<PrintedFile> {
  if (!view.papers.some(({ value }) => value === paper)) throw notFound();
  const reader = { ...context.reader(actor, language), county: context.countyOf(thing) };
  const comma = language === 'en' ? ', ' : '、';
  const data: PaperData = {
    ...Object.fromEntries(view.fields.map(({ name, value }) => [name, value])),
    ...commonOf(context, now, language),
    id: view.id,
    title: view.title,
    stage: view.stage.label,
    authors: view.authors.map(({ name }) => name).join(comma),
    unit: view.unit ?? '',
    channel: view.channel ?? '',
    due: view.due?.on ?? '',
    steps: view.history.map(({ on, label, by, onBehalf, said }) => ({
      on,
      act: label,
      by: onBehalf?.name ?? by ?? '',
      said: said.map(({ label: of, value }) => (said.length > 1 ? `${of}:${value}` : value)).join('\n'),
    })),
    results: view.moments.filter(isResult).map((moment) => resultOf(reader, moment)),
    ...(paper === 'issue' ? await issueData(context, reader, thing, proposed, now) : {}),
  };
  return printed(context, paper, view.title, data, language);
}

/** What came of it outside. */
const isResult = ({ is }: Pick<Moment, 'is'>) =>
  ['adopted', 'taken-up', 'instructed', 'excellent'].includes(is);

function resultOf(reader: Reader, moment: Moment): PaperData {
  const fields = fieldsOfKind(reader.county, 'piece');
  const fact = (name: string) => {
    const value = moment[name];
    return typeof value === 'string' ? valueText(reader, fields.get(name), value) : '';
  };
  const { on } = moment;
  const [result = ''] = momentLabel(reader, moment).split(' · ');
  return { on, result, level: fact('level'), outlet: fact('outlet'), form: fact('form') };
}

/** The pieces of an issue with what belongs to the whole of it; as somebody means it, or as it stands. */
async function issueData(
  context: DeskContext,
  reader: Reader,
  piece: Thing,
  proposed: ProposedIssue | null,
  now: Instant,
): Promise<PaperData> {
  const { county, store } = context;
  const readable = (thing: Thing) => may(county, reader.actor, 'read', thing.kind, thing);
  const read = async (refs: readonly { kind: string; id: string }[]) =>
    (await store.readMany(refs.map(({ kind, id }) => ({ county: county.id, kind, id }))))
      .map(({ thing }) => thing)
      .filter(readable);
  const pieces = proposed
    ? (await read(proposed.pieces.map((id) => ({ kind: piece.kind, id })))).sort(
        (a, b) => proposed.pieces.indexOf(a.id) - proposed.pieces.indexOf(b.id),
      )
    : await issuedTogether(context, piece, readable, read);
  const sources = await read(
    [...new Map(pieces.flatMap(({ links }) => links).map((link) => [refName(link), link])).values()].filter(
      ({ role }) => role === 'source',
    ),
  );
  const {
    journal = null,
    number = null,
    destinations = null,
    year = null,
  } = {
    ...piece.fields,
    ...proposed?.fields,
  };
  const thisYear = civilDate(now, county.timeZone).slice(0, 4);
  const fields = fieldsOfKind(county, piece.kind);
  const shown = (name: string, value: FieldValue) => valueText(reader, fields.get(name), value);
  return {
    ...(proposed
      ? {
          journal: shown('journal', journal),
          number: String(number ?? (await nextNumber(context, journal, year ?? thisYear))),
          destinations: shown('destinations', destinations),
        }
      : {}),
    year: String(year ?? (proposed ? thisYear : '')),
    issued: piece.moments.find(({ is }) => is === 'issued')?.on ?? '',
    pieces: pieces.map((one) => ({ ...brief(reader, one), text: String(one.fields['text'] ?? '') })),
    sources: sources.map((one) => brief(reader, one)),
  };
}

/** The number that an issue would have if it were signed now. */
async function nextNumber(
  { county, store }: DeskContext,
  journal: FieldValue,
  year: FieldValue,
): Promise<number> {
  let last = 0;
  for await (const { thing } of store.all(county.id, 'piece'))
    for (const moment of thing.moments)
      if (moment.is === 'issued' && moment['journal'] === journal && moment['year'] === year)
        last = Math.max(last, Number(moment['number']) || 0);
  return last + 1;
}

/** All pieces of the number that this one was issued under; before, those that it was arranged with. */
async function issuedTogether(
  { county, store }: DeskContext,
  piece: Thing,
  readable: (thing: Thing) => boolean,
  read: (refs: readonly { kind: string; id: string }[]) => Promise<Thing[]>,
): Promise<Thing[]> {
  const isIssued = ({ moments }: Thing) => moments.some(({ is }) => is === 'issued');
  if (!isIssued(piece)) {
    const near = await read(togetherIn(piece).map((id) => ({ kind: piece.kind, id })));
    const arranged = arrangedWith(piece, near);
    return arranged.length > 0 ? arranged : [piece];
  }
  const of = ({ fields }: Thing) => JSON.stringify([fields['journal'], fields['number'], fields['year']]);
  const together: Thing[] = [];
  for await (const { thing } of store.all(county.id, piece.kind))
    if (of(thing) === of(piece) && isIssued(thing) && readable(thing)) together.push(thing);
  return inOrder(together);
}

function brief(reader: Reader, thing: Thing): PaperData {
  const names = namesShown(reader.county, reader.actor, thing) ? thing.authors : [];
  return {
    id: thing.id,
    title: titleOf(thing),
    authors: names.map(({ person }) => reader.nameOf(person)).join(reader.language === 'en' ? ', ' : '、'),
    unit: thing.unit === null ? '' : reader.nameOf(thing.unit),
  };
}

/** A person's period as a Word file: for themselves, and for the office. */
export async function personPaper(
  context: DeskContext,
  paper: PersonPaper,
  person: string,
  period: string,
  actor: Actor,
  now: Instant,
  language: Language,
): Promise<PrintedFile> {
  const { county, people, scoring, store } = context;
  const staff = isStaff(county, actor);
  // The county writes to an employer; nobody does so for themselves.
  if (!staff && (paper === 'employer' || person !== actor.id)) throw forbidden();
  const known = people.get(person);
  if (!known) throw notFound();
  const reader = context.reader(actor, language);
  const asOf = civilDate(now, county.timeZone);
  const table = scoring.table(await recordsCounted(context, asOf), period, 'people', { asOf });
  const standing = table.subjects.find(({ id }) => id === person);
  const inPeriod = periodOf(scoring.daysOf(period).to, period);
  const sent = (await recordsOf(context, person)).filter(
    ({ kind, moments }) =>
      kind === 'report' && moments.some(({ is, on }) => is === 'submitted' && inPeriod(on)),
  );
  const rows = await store.readMany(sent.map(({ id }) => ({ county: county.id, kind: 'report', id })));
  const things = new Map(rows.map(({ thing }) => [thing.id, thing]));
  const happened = ({ moments }: ScoreRecord) => moments.filter((moment) => isResult(moment));
  const kind = county.authorKinds.get(known.kind ?? '');
  const data: PaperData = {
    ...commonOf(context, now, language),
    person: known.name,
    kind: kind === undefined ? '' : say(kind, language),
    organisation: known.organisation === undefined ? '' : reader.nameOf(known.organisation),
    period,
    points: standing?.points ?? '0',
    rank: standing?.rank == null ? '' : String(standing.rank),
    grade: standing?.grade ?? '',
    sent: String(sent.length),
    adopted: String(sent.filter(({ moments }) => moments.some(({ is }) => is === 'adopted')).length),
    quotas: scoring
      .quotas(await recordsOf(context), asOf)
      .filter(({ subject, window }) => subject === person && inPeriod(window.to))
      .map(({ label, need, done, short }) => ({ task: say(label, language), need, done, short })),
    reports: sent.flatMap((record) => {
      const thing = things.get(record.id);
      if (!thing) return [];
      return {
        id: thing.id,
        title: titleOf(thing),
        stage: say(stageOf(context.countyOf(thing), thing).label, language),
        results: happened(record)
          .map((moment) => `${momentLabel(reader, moment)} ${moment.on}`)
          .join('\n'),
      };
    }),
    lines: (standing?.lines ?? []).map(({ name, clause, record, moment, points }) => ({
      line: say(name, language),
      clause: clause ?? '',
      record: record ?? '',
      on: moment?.on ?? '',
      points,
    })),
  };
  return printed(context, paper, `${known.name} ${period}`, data, language);
}

/** Whether a day is in a period that is written as 2026, 2026-03 and the like; of others, up to their last day. */
function periodOf(last: CivilDate, period: string): (on: CivilDate) => boolean {
  return (on) => on <= last && (/^\d{4}(-\d\d)?$/.test(period) ? on.startsWith(period) : true);
}

function commonOf({ county }: DeskContext, now: Instant, language: Language): PaperData {
  return { county: say(county.name, language), today: civilDate(now, county.timeZone) };
}

async function printed(
  { county, template }: DeskContext,
  paper: PaperId,
  about: string,
  data: PaperData,
  language: Language,
): Promise<PrintedFile> {
  const own = county.papers.get(paper);
  const bytes = own === undefined || !template ? await defaultTemplate(paper, language) : await template(own);
  return {
    name: `${paperNames[paper][language]} ${about.replaceAll(/[\\/:*?"<>|]/g, '_')}.docx`,
    type: formats.docx,
    bytes: await fillTemplate(bytes, fieldsOfPaper(county, paper), data),
  };
}

/** Which papers somebody may print of a thing as it stands. */
export function papersOf(reader: Reader, thing: Thing, moments: readonly Moment[]): ThingView['papers'] {
  const { county, actor, language } = reader;
  const offered: ThingPaper[] = [];
  const staff = isStaff(county, actor);
  const mine = thing.authors.some(({ person }) => person === actor.id);
  if (staff && thing.kind === 'piece') offered.push('issue', 'sign-off');
  if (staff && thing.kind === 'report') offered.push('sign-off');
  if (staff && thing.kind === 'handling')
    offered.push('transfer', ...(thing.supervised ? (['supervision'] as const) : []));
  if ((staff || mine) && thing.kind === 'report' && moments.some(({ is }) => is === 'adopted'))
    offered.push('notice');
  return offered.map((value) => ({ value, label: paperNames[value][language] }));
}
