import { areStrings, isObject } from '../model/json.ts';
import { ServerError } from './error.ts';

/** A system outside that is told what happens, as the deployment (never a county's config) names it. */
export interface Receiver {
  /** Its name among the others; what waits for it is kept under this. */
  id: string;
  url: URL;
  /** The newest first; while one is being changed the one before it signs too. */
  secrets: string[];
  /** Whose steps it hears of; null for all. */
  counties: string[] | null;
  /** It may be of an inner network. */
  private: boolean;
  /** It runs beside this process, and plain http will do. */
  local: boolean;
}

/** Who hears of a county, by name. */
export const receiversOf =
  (all: readonly Receiver[]) =>
  (county: string): string[] =>
    all.filter(({ counties }) => counties?.includes(county) ?? true).map(({ id }) => id);

/** Another committee, on another service; its letters and ours are signed by the same secrets. */
export type Committee = Omit<Receiver, 'counties'>;

export interface Outside {
  receivers: Receiver[];
  committees: Committee[];
}
export const nobodyOutside: Outside = { receivers: [], committees: [] };

const lists: Record<keyof Outside, readonly string[]> = {
  receivers: ['id', 'url', 'secrets', 'counties', 'private', 'local'],
  committees: ['id', 'url', 'secrets', 'private', 'local'],
};
/** 24 bytes or more. */
const SECRET = /^whsec_[A-Za-z0-9+/]{32,}={0,2}$/;

/** Reads the deployment's `{ "receivers": [ … ], "committees": [ … ] }`. */
export function readReceivers(file: string, text: string): Outside {
  const wrong = (where: string, zh: string, en: string) =>
    new ServerError('bad-receivers', { zh: `${file} ${where}:${zh}`, en: `${file} ${where}: ${en}` });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw wrong('', '不是有效的 JSON。', 'it is no valid JSON.');
  }
  const shape = () =>
    wrong(
      '#',
      '应为 { "receivers": [ … ], "committees": [ … ] },两者可只写其一。',
      'write { "receivers": [ … ], "committees": [ … ] }, or one of the two, and nothing else.',
    );
  if (!isObject(parsed) || Object.keys(parsed).length === 0) throw shape();
  if (Object.keys(parsed).some((name) => !Object.hasOwn(lists, name))) throw shape();
  const { receivers = [], committees = [] } = parsed;
  return { receivers: readList('receivers', receivers), committees: readList('committees', committees) };

  function readList(name: keyof Outside, list: unknown): Receiver[] {
    if (!Array.isArray(list)) throw shape();
    const all = list.map((one: unknown, at) => readOne(one, lists[name], `#/${name}/${at}`));
    if (new Set(all.map(({ id }) => id)).size < all.length)
      throw wrong(`#/${name}`, '有两个相同的 id。', 'two have the same id.');
    return all;
  }

  function readOne(one: unknown, keys: readonly string[], at: string): Receiver {
    const bad = (key: string, zh: string, en: string) => wrong(`${at}${key}`, zh, en);
    if (!isObject(one)) throw bad('', '应为对象。', 'it must be an object.');
    const unknown = Object.keys(one).find((key) => !keys.includes(key));
    if (unknown !== undefined)
      throw bad(`/${unknown}`, `只能写 ${keys.join('、')}。`, `use only ${keys.join(', ')}.`);
    const { id, url, secrets, counties = null, private: within = false, local = false } = one;
    if (typeof id !== 'string' || !/^[a-z0-9-]{1,40}$/.test(id))
      throw bad('/id', '应为小写字母、数字和连字符。', 'use small letters, digits and hyphens.');
    if (typeof within !== 'boolean') throw bad('/private', '应为 true 或 false。', 'write true or false.');
    if (typeof local !== 'boolean') throw bad('/local', '应为 true 或 false。', 'write true or false.');
    const address = typeof url === 'string' ? addressOf(url, local) : null;
    if (!address)
      throw bad(
        '/url',
        '应为 https 地址,不含用户名和密码;本机可用 http,并写 "local": true。',
        'give an https address without user or password; http only for this machine, with "local": true.',
      );
    if (!areStrings(secrets) || secrets.length === 0 || !secrets.every((secret) => SECRET.test(secret)))
      throw bad(
        '/secrets',
        '至少一个密钥,形如 whsec_ 加 24 字节以上的 base64;新的在前。',
        'give at least one secret, whsec_ and 24 bytes or more in base64, the newest first.',
      );
    if (counties !== null && !areStrings(counties))
      throw bad('/counties', '应为县的编号列表。', 'it must be a list of counties’ ids.');
    return { id, url: address, secrets, counties, private: within, local };
  }
}

function addressOf(given: string, local: boolean): URL | null {
  if (!URL.canParse(given)) return null;
  const url = new URL(given);
  if (url.username !== '' || url.password !== '') return null;
  return url.protocol === 'https:' || (local && url.protocol === 'http:') ? url : null;
}
