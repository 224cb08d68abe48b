import { areStrings, isObject } from '../model/json.ts';
import { isCivilDate } from '../model/date.ts';
import type { Duties } from './duties.ts';
import { ServerError } from './error.ts';

/** A portal whose logins are believed. */
export interface Portal {
  issuer: string;
  audience: string;
  /** Where it publishes its keys. */
  jwks: string;
  /** How far its clock and ours may be apart. */
  clockSkewSeconds: number;
  /** The counties whose people it speaks for; every one without it. */
  counties?: readonly string[];
}

/** What whoever runs the service decides, as against what a county does. */
export interface Settings {
  portals: readonly Portal[];
  revoked: {
    /** Tokens by their `jti`. */
    ids: readonly string[];
    /** By subject: every token of theirs that was issued before an instant. */
    before: ReadonlyMap<string, string>;
  };
  duties: Duties;
  /** A file, kept apart from the database and its backups, of whose data was erased. */
  erasures: string | null;
  /** Where the heads of every chain are signed and written down, and how often; nowhere where null. */
  heads: HeadsKept | null;
}

export interface HeadsKept {
  /** Best on another machine than the database. */
  folder: string;
  /** The file of an Ed25519 private key. */
  key: string;
  hours: number;
}

type Plain = Record<string, unknown>;

/** Reads the deployment's settings; refuses what is not known, since a slip of the pen here opens a door. */
export function readSettings(file: string, text: string): Settings {
  const wrong = (zh: string, en: string) =>
    new ServerError('settings-refused', { zh: `${file}:${zh}`, en: `${file}: ${en}` });
  const known = (value: Plain, at: string, keys: readonly string[]) => {
    const stranger = Object.keys(value).find((name) => !keys.includes(name));
    if (stranger !== undefined)
      throw wrong(
        `${at}中不认识“${stranger}”,可以写:${keys.join('、')}。`,
        `${at} does not know "${stranger}"; it takes: ${keys.join(', ')}.`,
      );
  };
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    throw wrong(
      '不是有效的 JSON。请检查逗号、引号和括号。',
      'It is no valid JSON. Look at commas, quotes and braces.',
    );
  }
  if (!isObject(whole) || !Array.isArray(whole['portals']) || whole['portals'].length === 0)
    throw wrong('应有 portals 列表,至少一个门户。', '"portals" must be a list of at least one portal.');
  known(whole, '/', ['portals', 'revoked', 'duties', 'higher', 'erasures', 'heads']);
  const portals = whole['portals'].map((portal: unknown, index): Portal => {
    const at = `/portals/${index}`;
    if (!isObject(portal)) throw wrong(`${at} 应为对象。`, `${at} must be an object.`);
    known(portal, at, ['issuer', 'audience', 'jwks', 'clockSkewSeconds', 'counties']);
    const { issuer, audience, jwks, clockSkewSeconds = 30, counties } = portal;
    if (
      typeof issuer !== 'string' ||
      typeof audience !== 'string' ||
      typeof jwks !== 'string' ||
      !issuer ||
      !audience
    )
      throw wrong(
        `${at} 应写明 issuer、audience、jwks。`,
        `${at} must name "issuer", "audience" and "jwks".`,
      );
    if (!isSafe(jwks))
      throw wrong(
        `${at}/jwks 应为 https 网址(本机可用 http)。`,
        `${at}/jwks must be an https address (http on this machine alone).`,
      );
    if (typeof clockSkewSeconds !== 'number' || !(clockSkewSeconds >= 0 && clockSkewSeconds <= 300))
      throw wrong(`${at}/clockSkewSeconds 应为 0–300 秒。`, `${at}/clockSkewSeconds must be 0 to 300.`);
    if (counties !== undefined && !areStrings(counties))
      throw wrong(`${at}/counties 应为县的 id 列表。`, `${at}/counties must be a list of counties' ids.`);
    return { issuer, audience, jwks, clockSkewSeconds, ...(counties ? { counties } : {}) };
  });
  if (new Set(portals.map(({ issuer }) => issuer)).size < portals.length)
    throw wrong('有两个门户的 issuer 相同。', 'Two portals have the same issuer.');
  return {
    portals,
    revoked: readRevoked(whole['revoked'] ?? {}),
    duties: readDuties(whole),
    erasures: readErasures(whole['erasures']),
    heads: whole['heads'] === undefined ? null : readHeads(whole['heads']),
  };

  function readHeads(value: unknown): HeadsKept {
    if (!isObject(value)) throw wrong('/heads 应为对象。', '/heads must be an object.');
    known(value, '/heads', ['folder', 'key', 'hours']);
    const { folder, key, hours = 24 } = value;
    if (typeof folder !== 'string' || typeof key !== 'string' || !folder || !key)
      throw wrong(
        '/heads 应写明 folder(文件夹)和 key(私钥文件)。',
        '/heads must name "folder" and "key", the file of a private key.',
      );
    if (typeof hours !== 'number' || !(hours >= 1 && hours <= 744))
      throw wrong('/heads/hours 应为 1–744 小时。', '/heads/hours must be 1 to 744.');
    return { folder, key, hours };
  }

  function readErasures(value: unknown): string | null {
    if (value === undefined) return null;
    if (typeof value === 'string' && value !== '') return value;
    throw wrong('/erasures 应为文件名。', "/erasures must be a file's name.");
  }

  function readDuties({ duties = 'off', higher = {} }: Plain): Duties {
    if (duties !== 'off' && duties !== 'two' && duties !== 'higher')
      throw wrong('/duties 应为 off、two 或 higher。', '/duties must be "off", "two" or "higher".');
    if (!isObject(higher) || !areStrings(Object.values(higher)))
      throw wrong(
        '/higher 应写明各县的上级,如 {"county":"city"}。',
        '/higher must name the committee above each county, e.g. {"county":"city"}.',
      );
    return {
      separate: duties,
      higher: new Map(Object.entries(higher).map(([id, above]) => [id, String(above)])),
    };
  }

  function readRevoked(value: unknown): Settings['revoked'] {
    if (!isObject(value)) throw wrong('/revoked 应为对象。', '/revoked must be an object.');
    known(value, '/revoked', ['ids', 'before']);
    const { ids = [], before = {} } = value;
    if (!areStrings(ids)) throw wrong('/revoked/ids 应为 jti 列表。', '/revoked/ids must be a list of jti.');
    if (!isObject(before)) throw wrong('/revoked/before 应为对象。', '/revoked/before must be an object.');
    const instants = Object.entries(before).map(([subject, at]): [string, string] => {
      if (typeof at === 'string' && isCivilDate(at.slice(0, 10)) && !Number.isNaN(Date.parse(at)))
        return [subject, at];
      throw wrong(
        `/revoked/before/${subject} 应为时刻,如 2026-03-02T01:00:00Z。`,
        `/revoked/before/${subject} must be an instant such as 2026-03-02T01:00:00Z.`,
      );
    });
    return { ids, before: new Map(instants) };
  }
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname))
  );
}
