import type { County, Field, StageAction } from '../county/county.ts';
import { civilDate, isCivilDate, type CivilDate, type CivilMinute, type Instant } from '../model/date.ts';
import { COMMITTEE } from '../model/letter.ts';
import { say, type Language } from '../model/text.ts';
import { refName, RECORD, type Due, type Fields, type Thing, type ThingKind } from '../model/thing.ts';
import type { HistoryItem, ThingView } from '../model/view.ts';
import type { Store } from '../store/port.ts';
import { reckoning } from '../workflow/due.ts';
import { blankThing } from './change.ts';
import { bulletinFor, bulletinOf } from './closing.ts';
import { participantsOf } from './participants.ts';
import { papersOf } from './papers.ts';
import { isStaff, may, namesShown } from './permission.ts';
import { invitationOf } from './invitation.ts';
import { leftOut, noticesOf } from './notices.ts';
import { arrangedWith, togetherIn } from './number.ts';
import { openRemarks, remarksOn, withoutOthersRemarks } from './remarks.ts';
import { logUntil, replay, type Log } from './replay.ts';
import { unseal } from './seal.ts';
import { choicesIn } from './ties.ts';
import { actionView, offeredActions } from './offering.ts';
import {
  answersTo,
  committeeRow,
  fieldRows,
  filesOf,
  linkRow,
  reasonView,
  recordRow,
  stageOf,
  titleOf,
  type Reader,
} from './view.ts';
import { changedTexts, historyItem, momentLabel } from './history.ts';

/** The entries of a piece that its reports tell as their own. */
const toldOfPiece = new Set(['issue', 'dispatch', 'record', 'heard']);

function historyOf(asked: Reader, thing: Thing, log: Log, own: boolean): HistoryItem[] {
  const items: HistoryItem[] = [];
  let stage: string | null = null;
  let skipped = 0;
  // What was kept on the way is no text of before; what was handed in is.
  let before: Fields = {};
  let texts: Fields = {};
  for (const { entry, texts: words } of log) {
    // Each in the words of the version that it was done under.
    const reader = readerOf(asked, entry);
    const change = unseal(entry.change, words);
    const stood: string = stage ?? reader.county.flows.get(thing.kind)?.start ?? thing.stage;
    stage = change.stage ?? stood;
    const skips = change.skipped?.slice(skipped) ?? [];
    skipped += skips.length;
    texts = { ...texts, ...change.fields };
    const changed = own && entry.action !== 'save' ? changedTexts(reader, thing.kind, before, texts) : [];
    if (entry.action !== 'save') before = texts;
    if (!own && !toldOfPiece.has(entry.action)) continue;
    const from = own ? null : { kind: thing.kind, id: thing.id, title: titleOf(thing) };
    items.push(
      historyItem(
        reader,
        thing,
        entry,
        { ...change, skipped: skips },
        { before: stood, after: stage },
        from,
        changed,
      ),
    );
  }
  return items;
}

/** Histories told as one: each in its own order, a clock that was set back or not; of several what happened first. */
function toldTogether(histories: readonly HistoryItem[][]): HistoryItem[] {
  const all = histories.flatMap((history) => {
    let latest = '';
    return history.map((item) => {
      if (item.at > latest) latest = item.at;
      return { item, latest };
    });
  });
  all.sort((a, b) => a.latest.localeCompare(b.latest) || a.item.sequence - b.item.sequence);
  return all.map(({ item }) => item);
}

/** The reader of one thing: in the words of the config whose flow it follows. */
function readerOf(asked: Reader, thing: Pick<Thing, 'configVersion'>): Reader {
  return { ...asked, county: asked.countyOf(thing) };
}

/** A thing as it stood at an instant or at the end of a day, from its log: nothing can be done to it there. Null where it did not exist yet. */
export async function pastView(
  asked: Reader,
  store: Store,
  thing: Thing,
  at: Instant | CivilDate,
): Promise<ThingView | null> {
  const its = asked.countyOf(thing);
  const log = logUntil(await store.log(thing), at, its.timeZone);
  if (log.length === 0) return null;
  const then = replay(asked.countyOf, thing, log);
  const day = isCivilDate(at) ? at : civilDate(at, its.timeZone);
  const view = await wholeView(asked, store, then, day, at);
  return { ...view, points: view.points.filter(({ on }) => on <= day), papers: [], actions: [] };
}

/** A thing as one actor sees it, with what its pieces came to read through the link. */
export async function wholeView(
  asked: Reader,
  store: Store,
  thing: Thing,
  clock: CivilDate | CivilMinute,
  /** Nothing that was entered later is read. */
  until: Instant | CivilDate | null = null,
): Promise<ThingView> {
  const today = clock.slice(0, 10);
  const plain = readerOf(asked, thing);
  const { county, actor, language } = plain;
  const stage = stageOf(county, thing);
  const things = thing.links.filter(({ kind }) => kind !== RECORD && kind !== COMMITTEE);
  const linked = await store.readMany(things.map(({ kind, id }) => ({ county: county.id, kind, id })));
  const byRef = new Map(linked.map((row) => [refName(row.thing), row.thing]));
  const titles = new Map(
    linked
      .filter((row) => may(asked.county, actor, 'read', row.thing.kind, row.thing))
      .map((row) => [row.thing.id, titleOf(row.thing)]),
  );
  const offers = offeredActions(plain, thing, clock);
  const logOf = async (one: Thing) => {
    const log = await store.log(one);
    return until === null ? log : logUntil(log, until, county.timeZone);
  };
  const log = withoutOthersRemarks(plain, await logOf(thing));
  const remarks = remarksOn(plain, thing, log);
  const reader: Reader = {
    ...plain,
    nameOf: (id) => titles.get(id) ?? plain.nameOf(id),
    choices: new Map([
      ...(await choicesFor(plain, store, offers, today)),
      ...remarkFields(plain, offers).map((field) => [field, openRemarks(remarks)] as const),
    ]),
  };
  const pieces =
    thing.kind === 'report' ? linked.map((row) => row.thing).filter((one) => one.kind === 'piece') : [];
  const histories = [
    historyOf(asked, thing, log, true),
    ...(await Promise.all(pieces.map(async (piece) => historyOf(asked, piece, await logOf(piece), false)))),
  ];
  const staff = isStaff(asked.county, actor);
  const shows = namesShown(asked.county, actor, thing);
  const entries =
    thing.kind === 'report' ? await store.entriesOf(county.id, thing.id) : reader.creditOf(thing);
  const files = filesOf(
    reader,
    thing,
    log.map(({ entry }) => entry),
  );
  const near = togetherIn(thing).map((id) => ({ county: county.id, kind: thing.kind, id }));
  const arranged = arrangedWith(
    thing,
    (await store.readMany(near)).map((row) => row.thing),
  ).map(({ id }) => id);
  const bulletin = thing.kind === 'period' ? await bulletinOf(store, thing) : null;
  return {
    county: thing.county,
    kind: thing.kind,
    id: thing.id,
    version: thing.version,
    configVersion: thing.configVersion,
    title: titleOf(thing),
    stage: { id: stage.id, label: say(stage.label, language), kind: stage.kind },
    since: thing.since,
    due: thing.due,
    dueBecause: thing.due && dueText(county, thing.due, language),
    reckoned: thing.due ? reckoning(thing.due, county.closures, county.officeHours) : [],
    supervised: thing.supervised,
    skipped: leftOut(thing).map(({ stage: id }) => id),
    notices: noticesOf(reader, thing, today),
    signed: participantsOf(county, thing, reader.holdersOf).map((one) => ({
      name: say(county.posts.get(one)?.name ?? reader.nameOf(one), language),
      is: thing.votes.find(({ of }) => of === one)?.is ?? null,
    })),
    urgency: typeof thing.fields['urgency'] === 'string' ? thing.fields['urgency'] : null,
    authors: shows ? thing.authors.map((author) => ({ ...author, name: reader.nameOf(author.person) })) : [],
    unit: thing.unit === null ? null : reader.nameOf(thing.unit),
    enteredBy: shows ? reader.nameOf(thing.enteredBy) : null,
    channel:
      thing.channel === null ? null : say(county.channels.get(thing.channel) ?? thing.channel, language),
    fields: fieldRows(reader, thing),
    files: (await store.fileInfos(county.id, [...files.keys()])).map(({ id, name, type }) => ({
      id,
      name,
      type,
      label: files.get(id) ?? '',
    })),
    moments: [thing, ...pieces].flatMap((one) =>
      one.moments.map((moment) => ({ ...moment, label: momentLabel(reader, moment), from: one.id })),
    ),
    answers: answersTo(asked.county, thing),
    links: thing.links.flatMap((link) => {
      if (link.kind === COMMITTEE) return [committeeRow(reader, link)];
      if (link.kind === RECORD) return [recordRow(reader, link)];
      const other = byRef.get(refName(link));
      return other && may(asked.county, actor, 'read', link.kind, other)
        ? [linkRow(reader, link, other)]
        : [];
    }),
    remarks,
    history: toldTogether(histories),
    decisions: staff
      ? Object.values(thing.decisions)
          .filter((decision) => decision.fired)
          .map((decision) => ({ ...decision, ...reasonView(reader, thing.kind, decision) }))
      : [],
    points: entries
      .filter((entry) => staff || entry.subject === actor.id)
      .map(({ subject, points, line, clause, on }) => ({
        subject,
        name: reader.nameOf(subject),
        points,
        line: reader.lineName(line),
        clause,
        on,
      })),
    bulletin: bulletin && bulletinFor(county, actor, reader.unitsOf(actor.id), thing, bulletin),
    invitation: staff && until === null ? invitationOf(reader, thing, today) : null,
    papers: papersOf(
      { ...reader, county: asked.county },
      thing,
      [thing, ...pieces].flatMap(({ moments }) => moments),
    ),
    actions: offers.map(({ action, how }) => actionView(reader, thing, action, how, arranged)),
  };
}

/** The fields of the offered actions that name a comment. */
function remarkFields({ county }: Reader, offers: readonly { action: StageAction }[]): Field[] {
  const forms = offers.flatMap(({ action }) => (action.form ? [action.form] : []));
  return [...new Set(forms)]
    .flatMap((form) => county.forms.get(form) ?? [])
    .filter(({ type }) => type === 'comment');
}

/** What the fields of the offered actions can name. */
function choicesFor(
  reader: Reader,
  store: Store,
  offers: readonly { action: StageAction }[],
  today: CivilDate,
): ReturnType<typeof choicesIn> {
  const forms = offers.flatMap(({ action }) => (action.form ? [action.form] : []));
  const fields = [...new Set(forms)].flatMap((form) => reader.county.forms.get(form) ?? []);
  return choicesIn(reader, store, fields, today);
}

/** How a due date follows from the day of receipt. */
function dueText(county: County, due: Due, language: Language): string {
  const { from, by, count, time } = due;
  // Of hours what was left when it was returned may end within one.
  const [whole, minutes] = [Math.floor(count), Math.round((count % 1) * 60)];
  const received = time ? `${from} ${time.received}` : from;
  const spans = reckoning(due, county.closures, county.officeHours)
    .flatMap(({ on, hours = [] }) => hours.map((span) => `${on.slice(5)} ${span}`))
    .join(language === 'en' ? ', ' : '、');
  const words: Record<Due['by'], [zh: string, en: string]> = {
    'working-days': [
      `${from} 收到,次日起 ${count} 个工作日`,
      `${count} working days from the day after ${from}`,
    ],
    days: [`${from} 收到,次日起 ${count} 日`, `${count} days from the day after ${from}`],
    months: [`${from} 收到,${count} 个月`, `${count} months from ${from}`],
    'same-day': [`${from} 收到,当日`, `the day it came, ${from}`],
    before: [`所定日期之前 ${count} 个工作日`, `${count} working days before the date that was set`],
    field: ['按所填日期', 'the date that was filled in'],
    'working-hours': [
      `${received} 收到,${whole} 个工作小时${minutes > 0 ? ` ${minutes} 分` : ''}:${spans}`,
      `${whole} working hours${minutes > 0 ? ` ${minutes} minutes` : ''} from ${received}: ${spans}`,
    ],
    'close-of-office': [
      `${received} 收到,${due.on} 下班前`,
      `received ${received}, by the close of office on ${due.on}`,
    ],
  };
  return words[by][language === 'en' ? 1 : 0];
}

/** The form and actions for a thing that does not exist yet. */
export async function blankView(
  asked: Reader,
  store: Store,
  kind: ThingKind,
  today: CivilDate,
): Promise<Pick<ThingView, 'actions'>> {
  const { county } = asked;
  const start = county.flows.get(kind)?.start ?? '';
  const thing = blankThing({ county: county.id, kind, id: '' }, start, county.version, '');
  const actions = offeredActions(asked, thing, '').filter(
    ({ action }) => action.verb !== 'withdraw' && !action.everywhere,
  );
  const reader = { ...asked, choices: await choicesFor(asked, store, actions, today) };
  return { actions: actions.map(({ action }) => actionView(reader, thing, action, 'direct')) };
}
