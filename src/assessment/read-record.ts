import { isCivilDate } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import type { Fact } from '../model/fact.ts';
import type { CreditedParty, ScoreRecord } from '../model/record.ts';
import type { Moment } from '../model/thing.ts';

/** Lines of a records file that cannot be read or counted. */
export class RecordError extends MinqingError {}

type Raw = Record<string, unknown>;
function isObject(value: unknown): value is Raw {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isFact(value: unknown): value is Fact {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value) || Array.isArray(value);
}

/** One line of NDJSON as a record; a broken one is named with its place. */
export function readRecord(text: string, file: string, line: number): ScoreRecord {
  const wrong = (zh: string, en: string): never => {
    throw new RecordError('bad-record', {
      zh: `${file}:${line} ${zh}。请改正这一行;未作统计。`,
      en: `${file}:${line} ${en}. Correct this line; nothing was counted.`,
    });
  };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return wrong('不是有效的 JSON', 'is no valid JSON');
  }
  if (!isObject(raw)) return wrong('应为 JSON 对象', 'must be a JSON object');
  const { id, kind, unit, facts, moments } = raw;
  if (typeof id !== 'string' || typeof kind !== 'string')
    return wrong('缺少 id 或 kind', 'has no id or no kind');
  if (!Array.isArray(moments)) return wrong('缺少 moments', 'has no moments');
  const record: ScoreRecord = {
    id,
    kind,
    moments: moments.map(
      (moment) =>
        readMoment(moment) ??
        wrong('有一个 moment 缺少 is,或日期 on 不对', 'has a moment without "is", or with a wrong date "on"'),
    ),
  };
  if (typeof unit === 'string') record.unit = unit;
  if (isObject(facts))
    record.facts = Object.fromEntries(
      Object.entries(facts).filter((pair): pair is [string, Fact] => isFact(pair[1])),
    );
  for (const role of ['authors', 'units', 'handlers', 'organisers'] as const) {
    const parties = raw[role];
    if (parties === undefined) continue;
    if (!Array.isArray(parties)) return wrong(`${role} 应为列表`, `"${role}" must be a list`);
    record[role] = parties.map(
      (party) => readParty(party) ?? wrong(`${role} 中有一方缺少 id`, `"${role}" has a party without an id`),
    );
  }
  return record;
}

function readParty(raw: unknown): CreditedParty | null {
  if (!isObject(raw) || typeof raw['id'] !== 'string') return null;
  const { id, part } = raw;
  return { id, ...(part === 'sole' || part === 'first' || part === 'other' ? { part } : {}) };
}

function readMoment(raw: unknown): Moment | null {
  if (!isObject(raw)) return null;
  const { is, on } = raw;
  if (typeof is !== 'string' || typeof on !== 'string' || !isCivilDate(on)) return null;
  return {
    ...Object.fromEntries(Object.entries(raw).filter((pair): pair is [string, Fact] => isFact(pair[1]))),
    is,
    on,
  };
}
