import { isCivilDate } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import type { Fact } from '../model/fact.ts';
import type { Directory, DirectoryOrganisation, DirectoryPerson, ScoreRecord } from '../model/record.ts';
import type { Moment } from '../model/thing.ts';

/** A line of a records file, or a directory, that cannot be read. */
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
  const { id, kind, authors, unit, facts, moments } = raw;
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
  if (Array.isArray(authors))
    record.authors = authors.map((author) => {
      if (!isObject(author) || typeof author['id'] !== 'string')
        return wrong('有一位作者缺少 id', 'has an author without an id');
      const { part } = author;
      return {
        id: author['id'],
        ...(part === 'sole' || part === 'first' || part === 'other' ? { part } : {}),
      };
    });
  return record;
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

/** A directory as it stands in a file or a config. */
export function readDirectory(raw: unknown): Directory {
  const { organisations = [], people = [] } = isObject(raw) ? raw : {};
  const named = (item: unknown): item is Raw & { id: string; name: string } =>
    isObject(item) && typeof item['id'] === 'string' && typeof item['name'] === 'string';
  const all = [organisations, people].flat();
  if (!all.every(named))
    throw new RecordError('bad-directory', {
      zh: '名册中有一行缺少 id 或 name,请补上;未作统计。',
      en: 'A row of the directory has no id or no name; add it. Nothing was counted.',
    });
  const rows = (list: unknown) => (Array.isArray(list) ? list.filter(named) : []);
  return {
    organisations: rows(organisations).map((row): DirectoryOrganisation => ({ ...row })),
    people: rows(people).map((row): DirectoryPerson => ({ ...row })),
  };
}
