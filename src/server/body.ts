import { areStrings, isObject, isPlain } from '../model/json.ts';
import type { FieldValue, Fields, OnBehalf } from '../model/thing.ts';
import { isCivilDate } from '../model/date.ts';
import type { Draft, DraftField } from '../model/draft.ts';
import { fieldTypes } from '../model/view.ts';
import type { StageMap, UnderWay } from '../model/version.ts';
import type { Taken } from '../desk/request.ts';
import { ServerError } from './error.ts';

export interface ActBody {
  action: string | null;
  input: Fields;
  takes: Taken[];
  onBehalf: OnBehalf | null;
}

function bad(zh: string, en: string): ServerError {
  return new ServerError('bad-request', { zh, en });
}

function isFieldValue(value: unknown): value is FieldValue {
  return isPlain(value) || areStrings(value);
}

export function readBody(text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = text === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new ServerError(
      'bad-json',
      {
        zh: '请求内容不是有效的 JSON,未作任何改动。请检查逗号、引号和括号。',
        en: 'The body is no valid JSON; nothing was changed. Look at its commas, quotes and braces.',
      },
      { cause },
    );
  }
  if (!isObject(body)) throw bad('请求内容应为 JSON 对象。', 'The body must be a JSON object.');
  return body;
}

function readInputOf(input: unknown): Fields {
  if (input === undefined) return {};
  if (!isObject(input)) throw bad('input 应为对象。', '"input" must be an object.');
  const fields: Fields = {};
  for (const [name, value] of Object.entries(input)) {
    if (!isFieldValue(value))
      throw bad(`input 中“${name}”的值不能是对象。`, `"${name}" in "input" cannot be an object.`);
    fields[name] = value;
  }
  return fields;
}

/** Reads what an act was sent with; the desk judges the fields themselves. */
export function readActBody(text: string): ActBody {
  const body = readBody(text);
  const { action, input, takes = [], onBehalf = null } = body;
  const fields = readInputOf(input);
  if (!Array.isArray(takes)) throw bad('takes 应为列表。', '"takes" must be a list.');
  return {
    action: typeof action === 'string' ? action : null,
    input: fields,
    takes: takes.map(readTaken),
    onBehalf: readBehalf(onBehalf),
  };
}

function readTaken(item: unknown): Taken {
  if (
    isObject(item) &&
    typeof item['kind'] === 'string' &&
    typeof item['id'] === 'string' &&
    typeof item['version'] === 'number'
  )
    return { kind: item['kind'], id: item['id'], version: item['version'] };
  throw bad('takes 的每项应写明 kind、id、version。', 'Each of "takes" names kind, id and version.');
}

function readBehalf(value: unknown): OnBehalf | null {
  if (value === null) return null;
  if (
    isObject(value) &&
    typeof value['of'] === 'string' &&
    typeof value['on'] === 'string' &&
    isCivilDate(value['on'])
  )
    return {
      of: value['of'],
      on: value['on'],
      ...(typeof value['scan'] === 'string' ? { scan: value['scan'] } : {}),
    };
  throw bad('代录应写明 of(代谁)和 on(发生日期)。', '"onBehalf" names "of" (for whom) and "on" (the date).');
}

/** What is being written: the kind whose form it is, and its fields so far. */
export function readSimilarBody(text: string): { kind: 'report' | 'lead'; input: Fields } {
  const { kind, input } = readBody(text);
  return { kind: kind === 'lead' ? 'lead' : 'report', input: readInputOf(input) };
}

/** Results to enter: for each its piece, the version of it that was seen, and what the form for a result asks. */
export function readResultsBody(text: string): { piece: string; version: number; input: Fields }[] {
  const { rows } = readBody(text);
  if (!Array.isArray(rows)) throw bad('rows 应为列表。', '"rows" must be a list.');
  return rows.map((row: unknown) => {
    if (isObject(row) && typeof row['piece'] === 'string' && typeof row['version'] === 'number')
      return { piece: row['piece'], version: row['version'], input: readInputOf(row['input']) };
    throw bad('rows 的每项应写明 piece、version、input。', 'Each of "rows" names piece, version and input.');
  });
}

/** A changed config: a text of its own, or another version's with other values. */
export interface ConfigBody {
  text: string | null;
  /** The version that `changes` are made to; the one in force without it. */
  over: number | null;
  changes: { path: string; value: string | number | boolean | null }[];
  note: string;
  /** The table to try it on. */
  period: string | null;
  of: 'people' | 'units';
}

/** From which day a version is in force, and what becomes of the things under way. */
export function readStepBody(text: string): { from: string | null; underWay: UnderWay | null } {
  const { from, underWay } = readBody(text);
  return { from: typeof from === 'string' ? from : null, underWay: readUnderWay(underWay) };
}

/** `keep`, or nothing, is what happens by itself. */
function readUnderWay(value: unknown): UnderWay | null {
  const { how = 'keep', stages } = isObject(value) ? value : { how: value };
  if (how === 'keep' || how === null) return null;
  if (how === 'next-stage' || how === 'now') return { how, stages: readStages(stages) };
  throw bad(
    'underWay.how 应为 keep、next-stage 或 now。',
    '"underWay.how" is "keep", "next-stage" or "now".',
  );
}

function readStages(value: unknown = {}): StageMap {
  const wrong = bad(
    '环节对照应写成 { "report": { "旧环节": "新环节" } }。',
    'A stage map is written as { "report": { "old-stage": "new-stage" } }.',
  );
  if (!isObject(value)) throw wrong;
  const stages: StageMap = {};
  for (const [kind, pairs] of Object.entries(value)) {
    if (!isObject(pairs)) throw wrong;
    stages[kind] = Object.fromEntries(
      Object.entries(pairs).map(([was, now]) => {
        if (typeof now !== 'string') throw wrong;
        return [was, now];
      }),
    );
  }
  return stages;
}

/** A stage map, where one is given, and whether anything is to be kept. */
export function readMigrationBody(text: string): { stages: StageMap | null; dry: boolean } {
  const { stages, dryRun = false } = readBody(text);
  if (typeof dryRun !== 'boolean') throw bad('dryRun 应为 true 或 false。', '"dryRun" is true or false.');
  return { stages: stages === undefined ? null : readStages(stages), dry: dryRun };
}

/** A stage map as a file holds it. */
export function readStageMap(text: string): StageMap {
  return readStages(readBody(text));
}

export function readConfigBody(written: string): ConfigBody {
  const body = readBody(written);
  const { changes = [], over } = body;
  const textIn = (name: string) => (typeof body[name] === 'string' ? body[name] : null);
  if (!Array.isArray(changes)) throw bad('changes 应为列表。', '"changes" must be a list.');
  return {
    text: textIn('text'),
    over: typeof over === 'number' ? over : null,
    changes: changes.map((item: unknown) => {
      if (isObject(item) && typeof item['path'] === 'string' && item['path'] !== '') {
        const { path, value } = item;
        if (isPlain(value)) return { path, value };
      }
      throw bad('changes 的每项应写明 path 和 value。', 'Each of "changes" names a path and a value.');
    }),
    note: textIn('note') ?? '',
    period: textIn('period'),
    of: body['of'] === 'units' ? 'units' : 'people',
  };
}

/** What somebody has written so far; null where it is let go. */
export function readDraftBody(text: string): Draft | null {
  const { draft } = readBody(text);
  if (draft === null) return null;
  if (isObject(draft) && Array.isArray(draft['fields']) && isInstant(draft['at']))
    return { fields: draft['fields'].map(readDraftField), at: draft['at'] };
  throw bad('draft 应写明 fields 和 at,或为 null。', '"draft" names "fields" and "at", or is null.');
}
const isInstant = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value);
function readDraftField(field: unknown): DraftField {
  if (isObject(field)) {
    const { name, label, value, files } = field;
    const type = fieldTypes.find((one) => one === field['type']);
    if (
      typeof name === 'string' &&
      typeof label === 'string' &&
      typeof files === 'string' &&
      type !== undefined &&
      isFieldValue(value)
    )
      return { name, label, type, value, files };
  }
  throw bad(
    'fields 的每项应写明 name、label、type、value、files。',
    'Each of "fields" names name, label, type, value and files.',
  );
}

/** Which messages to send again; null for all. */
export function readReplayBody(text: string): number[] | null {
  const { keys = null } = readBody(text);
  if (keys === null) return null;
  if (Array.isArray(keys) && keys.every((key: unknown): key is number => Number.isSafeInteger(key)))
    return keys;
  throw bad('keys 应为编号的列表。', '"keys" must be a list of keys.');
}

/** Up to which notice one has read. */
export function readUpTo(text: string): number {
  const { upTo } = readBody(text);
  if (Number.isSafeInteger(upTo)) return Number(upTo);
  throw bad('upTo 应为消息的编号。', '"upTo" must be a notice’s key.');
}
