import { isCivilDate } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import type { Fact } from '../model/fact.ts';
import { areStrings, isObject, isPlain } from '../model/json.ts';
import type { CreditedParty, ScoreRecord } from '../model/record.ts';
import type { Moment } from '../model/thing.ts';
import { didYouMean } from '../rules/did-you-mean.ts';

/** Lines of a records file that cannot be read or counted. */
export class RecordError extends MinqingError {}

type Raw = Record<string, unknown>;
const roles = ['authors', 'units', 'handlers', 'organisers'] as const;
const keys = ['id', 'kind', 'unit', 'facts', 'links', 'moments', ...roles];
const linkWords = ['answers', 'derived-from', 'becomes', 'attached-to', 'merged-into'] as const;
const parts = ['sole', 'first', 'other'] as const;
const isPart = (word: unknown): word is (typeof parts)[number] => parts.some((part) => part === word);

/** Says what is wrong with the line and what to do. */
type Wrong = (zh: string, en: string) => never;

/** One line of NDJSON as a record; a broken one is named with its place. */
export function readRecord(text: string, file: string, line: number): ScoreRecord {
  const wrong: Wrong = (zh, en) => {
    throw new RecordError('bad-record', {
      zh: `${file}:${line} ${zh}。请改正这一行;未作统计。`,
      en: `${file}:${line} ${en}. Correct this line; nothing was counted.`,
    });
  };
  let raw: unknown;
  try {
    // Files from Windows begin with a mark that is no part of the JSON.
    raw = JSON.parse(line === 1 ? text.replace(/^\ufeff/, '') : text);
  } catch {
    return wrong('不是有效的 JSON', 'is no valid JSON');
  }
  if (!isObject(raw)) return wrong('应为 JSON 对象', 'must be a JSON object');
  const { id, kind, unit, facts, moments } = raw;
  if (typeof id !== 'string' || typeof kind !== 'string')
    return wrong('缺少 id 或 kind', 'has no id or no kind');
  unknownKeys(raw, wrong);
  if (!Array.isArray(moments)) return wrong('缺少 moments', 'has no moments');
  if (moments.length === 0)
    return wrong(
      'moments 是空的,什么也计不了;请写明发生了什么、哪一天',
      'has an empty "moments" and could count for nothing: say what happened and on which day',
    );
  const record: ScoreRecord = {
    id,
    kind,
    moments: moments.map(
      (moment) =>
        readMoment(moment, wrong) ??
        wrong('有一个 moment 缺少 is,或日期 on 不对', 'has a moment without "is", or with a wrong date "on"'),
    ),
  };
  if (unit !== undefined) {
    if (typeof unit !== 'string')
      return wrong('unit 应为单位的标识(文字)', '"unit" must be a unit’s id, as text');
    record.unit = unit;
  }
  if (facts !== undefined) {
    if (!isObject(facts)) return wrong('facts 应为对象 {…}', '"facts" must be an object {…}');
    record.facts = readFacts(facts, 'facts.', wrong);
  }
  if (raw['links'] !== undefined) record.links = readLinks(raw['links'], wrong);
  for (const role of roles) {
    const parties = raw[role];
    if (parties !== undefined) record[role] = readParties(parties, role, wrong);
  }
  if (record.unit !== undefined && record.units)
    return wrong('unit 和 units 只能写一个', 'has both "unit" and "units"; write one of them');
  if (record.unit === undefined && roles.every((role) => (record[role] ?? []).length === 0))
    return wrong(
      '没有写计给谁,不会有人得分;请写 authors(反映人)、unit(报送单位)、handlers 或 organisers',
      'credits nobody: write "authors", "unit", "handlers" or "organisers"',
    );
  return record;
}

function unknownKeys(raw: Raw, wrong: Wrong): void {
  for (const key of Object.keys(raw)) {
    if (keys.includes(key)) continue;
    const near = didYouMean(key, keys);
    wrong(
      `不认识“${key}”,${near ? `是不是“${near}”` : '记录的事实请写在 facts 里'}`,
      `has an unknown key "${key}"; ${near ? `perhaps "${near}" is meant` : 'a fact of the record goes into "facts"'}`,
    );
  }
}

function readParties(raw: unknown, role: string, wrong: Wrong): CreditedParty[] {
  if (!Array.isArray(raw)) return wrong(`${role} 应为列表`, `"${role}" must be a list`);
  const parties = raw.map((party: unknown): CreditedParty => {
    if (!isObject(party) || typeof party['id'] !== 'string')
      return wrong(`${role} 中有一方缺少 id`, `"${role}" has a party without an id`);
    const { id, part, ...more } = party;
    const [extra] = Object.keys(more);
    if (extra !== undefined)
      return wrong(
        `${role} 中“${id}”的“${extra}”不认识,只能写 id 和 part`,
        `"${role}" has "${extra}" of "${id}", which is not known: a party has "id" and "part"`,
      );
    if (part === undefined) return { id };
    if (!isPart(part))
      return wrong(
        `${role} 中“${id}”的 part 是“${String(part)}”,只能是 sole、first 或 other`,
        `"${role}" has "${id}" with the part "${String(part)}"; it is sole, first or other`,
      );
    return { id, part };
  });
  const twice = parties.find(({ id }, index) => parties.findIndex((other) => other.id === id) < index);
  if (twice)
    return wrong(
      `${role} 中“${twice.id}”出现了两次,会计两遍;请删去一个`,
      `"${role}" has "${twice.id}" twice, who would be paid twice; remove one`,
    );
  const first = parties.filter(({ part }) => part === 'first' || part === 'sole');
  if (first.length > 1 || (parties.length > 1 && first.some(({ part }) => part === 'sole')))
    return wrong(
      `${role} 中不止一方写作第一或独立(${first.map(({ id }) => id).join('、')}),只能有一个 first`,
      `"${role}" has more than one who is first or the only one (${first.map(({ id }) => id).join(', ')}); there is one "first"`,
    );
  return parties;
}

function readLinks(raw: unknown, wrong: Wrong): NonNullable<ScoreRecord['links']> {
  if (!Array.isArray(raw)) return wrong('links 应为列表', '"links" must be a list');
  return raw.map((link: unknown) => {
    const is = isObject(link) ? linkWords.find((word) => word === link['is']) : undefined;
    const to = isObject(link) ? link['to'] : undefined;
    if (is === undefined || typeof to !== 'string')
      return wrong(
        `links 的每项应写明 is(${linkWords.join('、')})和 to(另一条记录)`,
        `each of "links" has "is" (${linkWords.join(', ')}) and "to" (the other record)`,
      );
    return { is, to };
  });
}

function readMoment(raw: unknown, wrong: Wrong): Moment | null {
  if (!isObject(raw)) return null;
  const { is, on, ...facts } = raw;
  if (typeof is !== 'string' || typeof on !== 'string' || !isCivilDate(on)) return null;
  return { ...readFacts(facts, '', wrong), is, on };
}

function readFacts(raw: Raw, at: string, wrong: Wrong): Record<string, Fact> {
  const facts: Record<string, Fact> = {};
  for (const [name, value] of Object.entries(raw))
    if (isPlain(value) || areStrings(value)) facts[name] = value;
    else
      wrong(
        `“${at}${name}”是 ${JSON.stringify(value).slice(0, 40)},事实只能是文字、数、true/false 或文字的列表`,
        `has "${at}${name}" as ${JSON.stringify(value).slice(0, 40)}; a fact is text, a number, true or false, or a list of texts`,
      );
  return facts;
}
