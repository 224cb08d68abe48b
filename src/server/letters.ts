import { isObject } from '../model/json.ts';
import { isCivilDate } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import {
  committeeActor,
  resultFacts,
  type Attachment,
  type Letter,
  type Result,
  type Word,
} from '../model/letter.ts';
import { ServerError } from './error.ts';
import type { CountyHost } from './host.ts';
import { sendDue, signedTo, type Deliver, type Outgoing } from './outgoing.ts';
import { bytesOf, sendFile, takeFile } from './letter-files.ts';
import type { Committee, Receiver } from './receivers.ts';

const LONGEST = 20_000;
const MOST_FILES = 100;

/** A letter as another service wrote it; one that is not whole is refused. */
export function readLetter(text: string): Letter {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw unreadable();
  }
  const letter = isObject(parsed) ? letterOf(parsed) : null;
  if (!letter) throw unreadable();
  return letter;
}

/** The file that one of our own letters is to bring; null where it brings none. */
function attachmentIn(text: string): Attachment | null {
  const parsed: unknown = JSON.parse(text);
  const letter = isObject(parsed) ? letterOf(parsed) : null;
  return letter?.is === 'attachment' ? letter : null;
}

/** Who says to have written it; null where nobody does. */
export function senderOf(text: string): string | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) && typeof parsed['from'] === 'string' ? parsed['from'] : null;
  } catch {
    return null;
  }
}

type Plain = Record<string, unknown>;

const isWord = (value: unknown): value is string => typeof value === 'string' && value.length <= 200;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST;
const isName = (value: unknown): value is string => isWord(value) && /^[\w.-]+$/.test(value);
const isDay = (value: unknown): value is string => typeof value === 'string' && isCivilDate(value);

function letterOf({ is, id, from, to, piece, ...rest }: Plain): Letter | null {
  if (!isName(id) || !isName(from) || !isName(to) || !isName(piece)) return null;
  const head = { id, from, to, piece };
  if (is === 'submission') {
    const { on, title, text, confidential, files = [] } = rest;
    if (!isDay(on) || !isWord(title) || !isText(text) || typeof confidential !== 'boolean') return null;
    if (!Array.isArray(files) || files.length > MOST_FILES || !files.every(isWord)) return null;
    return { ...head, is, on, title, text, confidential, files };
  }
  if (is === 'attachment') {
    const { of, file, name, sha256 = null } = rest;
    if (!isName(of) || !isName(file) || !isWord(name) || !(sha256 === null || isName(sha256))) return null;
    return { ...head, is, of, file, name, sha256 };
  }
  if (is === 'word') {
    const { report } = rest;
    const what = whatOf(rest['what']);
    const said = saidOf(rest['said']);
    return isName(report) && what !== null && said !== undefined ? { ...head, is, report, what, said } : null;
  }
  const moment = is === 'result' ? momentOf(rest['moment']) : null;
  return moment && { ...head, is: 'result', moment };
}

function whatOf(value: unknown): Word['what'] | null {
  if (isWord(value)) return value;
  return isObject(value) && isWord(value['zh']) && isWord(value['en'])
    ? { zh: value['zh'], en: value['en'] }
    : null;
}

function saidOf(value: unknown): Word['said'] | undefined {
  if (value === null) return null;
  return isObject(value) && isText(value['zh']) && isText(value['en'])
    ? { zh: value['zh'], en: value['en'] }
    : undefined;
}

function momentOf(value: unknown): Result['moment'] | null {
  if (!isObject(value) || !isName(value['is']) || !isDay(value['on'])) return null;
  const facts = resultFacts.flatMap((name): [string, string][] => {
    const fact = value[name];
    return isWord(fact) ? [[name, fact]] : [];
  });
  return { is: value['is'], on: value['on'], ...Object.fromEntries(facts) };
}

export function unreadable(): ServerError {
  return new ServerError('bad-request', {
    zh: '来件不完整,无法识读。请核对对方平台的版本。',
    en: 'The letter is not whole and cannot be read. Look at the version of the service that sent it.',
  });
}

/** Where a letter to a committee goes: to its desk on this service, or signed to the other one. */
export interface Post {
  /** Whom the counties of this service write to and can reach. */
  reached: () => string[];
  /** Sends what is due to one of them; returns how many letters were tried. */
  send: (committee: string) => Promise<number>;
}

export function postOf(
  hosts: ReadonlyMap<string, CountyHost>,
  committees: readonly Committee[],
  outgoing: Outgoing,
): Post {
  const deliverTo = (id: string): Deliver | null => {
    const host = hosts.get(id);
    if (host) return ({ body }) => here(host, body, outgoing);
    const committee = committees.find((one) => one.id === id);
    if (!committee) return null;
    const to = (path: string): Receiver => ({
      ...committee,
      url: new URL(`counties/${id}/${path}`, `${committee.url.href.replace(/\/$/, '')}/`),
      counties: null,
    });
    return (unsent) => {
      const file = attachmentIn(unsent.body);
      return file ? sendFile(to('letters/files'), file, outgoing) : signedTo(to('letters'), outgoing)(unsent);
    };
  };
  return {
    reached: () => neighboursOf(hosts).filter((id) => deliverTo(id) !== null),
    async send(id) {
      const deliver = deliverTo(id);
      return deliver ? sendDue(committeeActor(id), deliver, outgoing) : 0;
    },
  };
}

/** Every committee that some county here names above or below itself. */
export function neighboursOf(hosts: ReadonlyMap<string, CountyHost>): string[] {
  const all = [...hosts.values()].flatMap(({ county }) => [...county.above.keys(), ...county.below.keys()]);
  return [...new Set(all)];
}

async function here(host: CountyHost, body: string, outgoing: Outgoing): Promise<string | null> {
  const { now, scan } = outgoing;
  try {
    const letter = readLetter(body);
    if (letter.is === 'attachment')
      await takeFile(host, letter, await bytesOf(letter, outgoing), { now: now(), scan });
    else await host.desk.receive(letter, now());
    return null;
  } catch (error) {
    return error instanceof MinqingError ? error.code : 'failed';
  }
}

/** Who is named above or below and cannot be reached, in words for whoever runs the service; each named by whom. */
export function unreached(hosts: ReadonlyMap<string, CountyHost>, { reached }: Post): string[] {
  const known = new Set(reached());
  return neighboursOf(hosts)
    .filter((id) => !known.has(id))
    .map(
      (id) =>
        `${id}:既不在本平台,也未写入 --webhooks 文件的 committees,与它之间的来往件暂存待发 / it is neither on this service nor among the committees of the --webhooks file; letters to it wait`,
    );
}

/** The secrets by which a committee's letters are known; none for one that is not named. */
export type SecretsOf = (committee: string) => readonly string[];
export const secretsOf =
  (committees: readonly Committee[]): SecretsOf =>
  (id) =>
    committees.find((one) => one.id === id)?.secrets ?? [];
