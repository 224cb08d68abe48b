import { createHash } from 'node:crypto';
import type { County } from '../county/county.ts';
import { formats, isFormat, print } from '../documents/print.ts';
import type { Bulletin, Correction, FrozenBulletin } from '../model/bulletin.ts';
import type { CivilDate } from '../model/date.ts';
import type { ScoreLine, ScoreRecord, ScoreTable } from '../model/record.ts';
import type { Actor, Thing } from '../model/thing.ts';
import type { Store } from '../store/port.ts';
import { say } from '../model/text.ts';
import { DeskError, wrong } from './error.ts';
import { isStaff } from './permission.ts';
import { withGroupNames, type Scoring } from './scoring.ts';
import { stageOf } from './view.ts';

const sides = ['people', 'units'] as const;

/**
 * Counts a period and keeps the table, and the records it was counted from, as files named by their own hash, so that
 * the log pins what was counted. What later entries made of earlier, issued periods stands in it as corrections; each is shown once.
 */
export async function countPeriod(
  county: County,
  store: Store,
  scoring: Scoring,
  records: ScoreRecord[],
  request: { period: string; on: CivilDate; by: string },
): Promise<{ table: string; records: string }> {
  const tables = (period: string) => ({
    people: withGroupNames(county, scoring.table(records, period, 'people', { asOf: request.on })),
    units: withGroupNames(county, scoring.table(records, period, 'units', { asOf: request.on })),
  });
  const issued = await issuedBulletins(county, store);
  const counted = {
    period: request.period,
    countedOn: request.on,
    // What is paid is paid by the version of its day.
    configVersion: scoring.versionsIn(request.period).join(', '),
    ...tables(request.period),
    corrections: issued.flatMap((before) => corrections(before, tables(before.period), issued)),
  };
  const before = scoring.periodBefore(request.period);
  const paper = scoring.paper(county, counted, before === null ? null : tables(before), records);
  const bulletin: FrozenBulletin = { ...counted, paper };
  const file = request.period.replaceAll('/', '_');
  const save = async (name: string, type: string, text: string) => {
    const bytes = new TextEncoder().encode(text);
    const id = createHash('sha256').update(bytes).digest('hex');
    await store.saveFile({ county: county.id, id, name, type, uploader: request.by, bytes });
    return id;
  };
  const lines = records.map((record) => `${JSON.stringify(record)}\n`).join('');
  return {
    table: await save(`${file}.json`, 'application/json', JSON.stringify(bulletin)),
    records: await save(`${file}.ndjson`, 'application/x-ndjson', lines),
  };
}

/** The period's count as it stands; null before the first. */
export async function bulletinOf(store: Store, thing: Thing): Promise<FrozenBulletin | null> {
  const id = thing.fields['table'];
  const file = typeof id === 'string' ? await store.file(thing.county, id) : null;
  return file ? JSON.parse(new TextDecoder().decode(file.bytes)) : null;
}

/** Before it is issued everybody checks their own lines; the whole table is the office's. */
export function bulletinFor(
  county: County,
  actor: Actor,
  /** The units whose lines they check as well as their own. */
  units: readonly string[],
  thing: Thing,
  frozen: FrozenBulletin,
): Bulletin {
  const { paper: _, ...bulletin } = frozen;
  const own = new Set([actor.id, ...units]);
  if (isStaff(county, actor)) return bulletin;
  const open = stageOf(county, thing).kind === 'end';
  const theirs = (table: ScoreTable): ScoreTable => ({
    ...table,
    subjects: table.subjects
      .filter(({ id }) => open || own.has(id))
      .map((subject) => (own.has(subject.id) ? subject : { ...subject, lines: [] })),
  });
  return {
    ...bulletin,
    people: theirs(bulletin.people),
    units: theirs(bulletin.units),
    corrections: bulletin.corrections.filter(({ subject }) => open || own.has(subject)),
  };
}

/** One bulletin for each period: what comes later is corrected in the next. */
export async function onlyHere(county: County, store: Store, thing: Thing, period: string): Promise<void> {
  for await (const { thing: other } of store.all(county.id, 'period')) {
    if (other.id === thing.id || other.fields['period'] !== period) continue;
    const stage = stageOf(county, other);
    const [zh, en] = [say(stage.label, 'zh'), say(stage.label, 'en')];
    const next =
      stage.kind === 'end'
        ? {
            zh: '以后的变化在下一期通报中更正,不再另出一期。',
            en: 'What changed since is corrected in the next bulletin; it is not issued again.',
          }
        : { zh: '请在那里接着办。', en: 'Go on with that one.' };
    throw wrong({
      field: 'period',
      saying: {
        zh: `“${period}”已有通报 ${other.id}(${zh})。${next.zh}`,
        en: `"${period}" has a bulletin already, ${other.id} (${en}). ${next.en}`,
      },
    });
  }
}

/** Prints what was frozen, in every format; these bytes are what was issued, whatever prints later. */
export async function printPeriod(
  store: Store,
  thing: Thing,
  by: string,
  { number, on }: { number: number; on: CivilDate },
): Promise<string[]> {
  const frozen = await bulletinOf(store, thing);
  if (!frozen) throw notCounted();
  const [year, month, day] = on.split('-').map(Number);
  const paper = {
    ...frozen.paper,
    subtitle: `${frozen.paper.subtitle} · ${year} 年第 ${number} 期 · ${year} 年 ${month} 月 ${day} 日印发`,
  };
  const name = `${frozen.paper.title} ${frozen.period.replaceAll('/', '_')}`;
  const ids: string[] = [];
  for (const format of Object.keys(formats).filter(isFormat)) {
    const file = await print(paper, format, name);
    const id = createHash('sha256').update(file.bytes).digest('hex');
    await store.saveFile({ county: thing.county, id, uploader: by, ...file });
    ids.push(id);
  }
  return ids;
}

function notCounted(): DeskError {
  return new DeskError('not-offered', {
    zh: '还没有试算,没有可核对的表。请先试算。',
    en: 'Nothing has been counted yet that could be checked. Count it first.',
  });
}

export function notOver(period: string): DeskError {
  return wrong({
    field: 'period',
    saying: {
      zh: `“${period}”还没有结束,只能试算。请在期末之后审定。`,
      en: `"${period}" is not over and can only be counted on trial. Approve it when it has ended.`,
    },
  });
}

/** In the order they were issued. */
async function issuedBulletins(county: County, store: Store): Promise<Bulletin[]> {
  const things: Thing[] = [];
  for await (const { thing } of store.all(county.id, 'period'))
    if (stageOf(county, thing).kind === 'end') things.push(thing);
  things.sort((a, b) => a.since.localeCompare(b.since));
  const found = await Promise.all(things.map((thing) => bulletinOf(store, thing)));
  return found.filter((bulletin) => bulletin !== null);
}

function corrections(
  before: Bulletin,
  now: Pick<Bulletin, 'people' | 'units'>,
  issued: readonly Bulletin[],
): Correction[] {
  return sides.flatMap((of) => {
    const was = new Map(
      before[of].subjects.map(({ id, points, lines }) => [id, { points, lines: linesOf(lines) }]),
    );
    for (const shown of issued.flatMap((later) => later.corrections)) {
      if (shown.period !== before.period || shown.of !== of) continue;
      const told = was.get(shown.subject)?.lines ?? [];
      was.set(shown.subject, { points: shown.now, lines: [...told, ...shown.causes] });
    }
    return now[of].subjects.flatMap(({ id, name, points, lines }) => {
      const told = was.get(id) ?? { points: '0', lines: [] };
      return told.points === points
        ? []
        : [
            {
              period: before.period,
              of,
              subject: id,
              name,
              was: told.points,
              now: points,
              causes: causesOf(told.lines, linesOf(lines)),
            },
          ];
    });
  });
}

type Cause = Correction['causes'][number];

function linesOf(lines: readonly ScoreLine[]): Cause[] {
  return lines.map(({ id, name, record, moment, points }) => ({ line: id, name, record, moment, points }));
}

/** The lines that one list has and the other has not; what is no longer there counts against. */
function causesOf(told: readonly Cause[], now: readonly Cause[]): Cause[] {
  const keyOf = (cause: Cause) => JSON.stringify([cause.line, cause.record, cause.moment, cause.points]);
  const left = new Map<string, Cause[]>();
  for (const cause of told) left.set(keyOf(cause), [...(left.get(keyOf(cause)) ?? []), cause]);
  const fresh = now.filter((cause) => !left.get(keyOf(cause))?.pop());
  const gone = [...left.values()].flat().map((cause) => ({ ...cause, points: negated(cause.points) }));
  return [...fresh, ...gone];
}

const negated = (points: string) => (points.startsWith('-') ? points.slice(1) : `-${points}`);
