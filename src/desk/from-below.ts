import { createHash } from 'node:crypto';
import type { County } from '../county/county.ts';
import type { Instant } from '../model/date.ts';
import type { Saying } from '../model/error.ts';
import { committeeActor, type Attachment } from '../model/letter.ts';
import { say } from '../model/text.ts';
import { isConfidential, type Thing } from '../model/thing.ts';
import type { Step } from '../store/port.ts';
import { FILE_HASH } from './attached.ts';
import type { Change } from './change.ts';
import type { DeskContext } from './context.ts';
import { notFound } from './error.ts';
import { GENESIS } from './seal.ts';
import { makeStep } from './steps.ts';
import type { Reader } from './view.ts';

/** Fields that no form has: the files of a committee below, and the names of those that have not come. */
export const ARRIVED = 'from-below:files';
export const AWAITED = 'from-below:awaited';

/** A file that a letter brought, why it is not taken, or null where it has been deleted below. */
export type Arrived = { type: string; bytes: Uint8Array } | { refused: Saying } | null;

const listed = ({ fields }: Thing, name: string): string[] => {
  const { [name]: value } = fields;
  return Array.isArray(value) ? value : [];
};

/** The names of files that were sent along and have not come. */
export const awaitedOf = (thing: Thing): string[] => listed(thing, AWAITED);
export const arrivedOf = (thing: Thing): string[] => listed(thing, ARRIVED);

/**
 * The files that go up with a piece: those of the piece's own form and of the forms that its reports were handed in by,
 * as far as they are for everyone who reads them, and those that came with a report from below. What the office added on
 * the way, scans of papers and of instructions among it, stays; so does all of a confidential report in an open piece.
 */
export function filesToSend(
  countyOf: (thing: Thing) => County,
  piece: Thing,
  sources: readonly Thing[],
): string[] {
  const open = sources.filter((source) => isConfidential(piece) || !isConfidential(source));
  const ids = [piece, ...open].flatMap((thing) => {
    const its = countyOf(thing);
    const form = its.forms.get(its.flows.get(thing.kind)?.form ?? '') ?? [];
    const own = form
      .filter(({ type, seenBy }) => (type === 'file' || type === 'files') && seenBy === 'everyone')
      .flatMap(({ id }) => [thing.fields[id] ?? []].flat().map(String));
    return [...own, ...arrivedOf(thing)];
  });
  return [...new Set(ids)];
}

/** One file of a submission that arrived: kept, or said why not. Null where the report has been purged meanwhile. */
export async function fileArrived(
  { county, store, countyOf, free, newSalt }: DeskContext,
  letter: Attachment,
  arrived: Arrived,
  now: Instant,
): Promise<Step | null> {
  const actor = committeeActor(letter.from);
  // Its submission may still be on its way.
  const submission = await store.key(county.id, actor, letter.of);
  const thing = submission && (await store.read(submission.result))?.thing;
  if (!thing) throw notFound();
  if (thing.fields['title'] === null) return null;
  const signed = { action: 'heard', actor, onBehalf: null, at: now } as const;
  const previous = (await store.lastHash(thing)) ?? GENESIS;
  const step = (change: Change) => makeStep(countyOf(thing), thing, change, signed, previous, free, newSalt);
  const { name } = letter;
  if (arrived && 'refused' in arrived) {
    const { zh, en } = arrived.refused;
    const what = { zh: '附件未收', en: 'A file was not taken' };
    return step({ heard: { what, 'words-zh': `${name}:${zh}`, 'words-en': `${name}: ${en}` } });
  }
  const heard = (zh: string, en: string) => ({ what: { zh, en }, 'words-zh': name, 'words-en': name });
  const awaited = awaitedOf(thing);
  const rest = awaited.filter((_, at) => at !== awaited.indexOf(name));
  if (!arrived)
    return step({
      fields: { [AWAITED]: rest },
      heard: heard('附件已在下级删除', 'A file was deleted below'),
    });
  const id = createHash('sha256').update(`${letter.from}\n${letter.id}`).digest('hex');
  const { type, bytes } = arrived;
  await store.saveFile({ county: county.id, id, name, type, uploader: actor, bytes });
  const pinned = { id, [FILE_HASH]: createHash('sha256').update(bytes).digest('hex') };
  return step({
    fields: { [ARRIVED]: [...arrivedOf(thing), id], [AWAITED]: rest },
    files: [pinned],
    heard: heard('附件送达', 'A file arrived'),
  });
}

/** What is said on a report while files of it have not come. */
export function awaitedNotice({ language, nameOf }: Reader, thing: Thing): string[] {
  const awaited = awaitedOf(thing);
  if (awaited.length === 0) return [];
  const from = nameOf(thing.enteredBy);
  return [
    say(
      {
        zh: `${from}随件发来的附件还有 ${awaited.length} 个没有送达:${awaited.join('、')}。送达前平台会继续重发;未收的原因见办理过程。`,
        en: `Of the files that ${from} sent along, ${awaited.length} have not come: ${awaited.join(', ')}. They are sent again until they do; why one was not taken stands in the history.`,
      },
      language,
    ),
  ];
}
