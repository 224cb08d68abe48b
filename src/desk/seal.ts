import { hash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';
import type { LogEntry } from '../model/thing.ts';
import type { LogText } from '../store/port.ts';
import type { Change } from './change.ts';

function sha256(text: string): string {
  return hash('sha256', text);
}

/** The text's place in the log: a salted hash tells nothing of a short text. */
export function hashText(salt: string, text: string): string {
  return sha256(`${salt}\n${text}`);
}

/** Before the first entry of a thing there is this. */
export const GENESIS = '0'.repeat(64);

/**
 * Splits a change into what the log may hold for ever and the free texts that lie beside it, each known to the log by
 * its salted hash, so that a text can be erased and the chain still verifies.
 * `free` are the ids of the fields that hold free text or file names.
 */
export function seal(
  change: Change,
  free: ReadonlySet<string>,
  newSalt: () => string,
): { sealed: unknown; texts: LogText[] } {
  const texts: LogText[] = [];
  const walk = <Value>(value: Value, key: string | null): unknown => {
    if (typeof value === 'string' && key !== null && free.has(key)) {
      if (value === '') return '';
      const salt = newSalt();
      const hash = hashText(salt, value);
      texts.push({ hash, salt, text: value });
      return { '#': hash };
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, key));
    if (typeof value !== 'object' || value === null) return value;
    const sealed: Record<string, unknown> = {};
    for (const name in value) if (value[name] !== undefined) sealed[name] = walk(value[name], name);
    return sealed;
  };
  return { sealed: walk(change, null), texts };
}

/** The change as it was, its texts put back; an erased one reads `null`. */
export function unseal(sealed: unknown, texts: readonly LogText[]): Change {
  const byHash = new Map(texts.map((text) => [text.hash, text.text]));
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    if ('#' in value && typeof value['#'] === 'string') return byHash.get(value['#']) ?? null;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item)]));
  };
  const change = walk(sealed);
  return typeof change === 'object' && change !== null ? change : {};
}

/** What has no JSON (not a number, a cycle) is an error. */
const canonical = configure({ deterministic: true, strict: true });

/** The hash of an entry over its canonical JSON (RFC 8785), all but the hash itself. */
export function entryHash(entry: Omit<LogEntry, 'hash'>): string {
  return sha256(canonical(entry) ?? '');
}

/** The first entry whose hash or link to the one before is wrong; null when the chain holds. */
export function brokenAt(entries: readonly LogEntry[]): number | null {
  let previous = GENESIS;
  for (const { hash, ...rest } of entries) {
    if (rest.previous !== previous || entryHash(rest) !== hash) return rest.sequence;
    previous = hash;
  }
  return null;
}
