import type { County, Field } from '../county/county.ts';
import { isCivilDate } from '../model/date.ts';
import type { Saying } from '../model/error.ts';
import { say } from '../model/text.ts';
import type { Fields, FieldValue } from '../model/thing.ts';
import type { FieldProblem } from './error.ts';

/** Where the form says nothing, no text is longer than this. */
export const longestText = 20_000;

/** Fields every new thing takes besides its form. */
export const openingFields = ['authors', 'unit', 'channel'] as const;

/** What was filled in, by the fields of its form; every problem at once. `complete` false lets a draft have gaps. */
export function readInput(
  form: Field[],
  input: Fields,
  complete: boolean,
): { fields: Fields; problems: FieldProblem[] } {
  const fields: Fields = {};
  const problems: FieldProblem[] = [];
  const known = new Set(form.map((field) => field.id));
  for (const name of Object.keys(input))
    if (!known.has(name))
      problems.push({
        field: name,
        saying: {
          zh: `这张表没有“${name}”一项,请删去。`,
          en: `This form has no field "${name}"; leave it out.`,
        },
      });
  for (const field of form) {
    const given = input[field.id];
    if (isEmpty(given)) {
      if (given !== undefined) fields[field.id] = null;
      if (field.required && complete) problems.push({ field: field.id, saying: missing(field) });
      continue;
    }
    const wrong = problemOf(field, given);
    if (wrong) problems.push({ field: field.id, saying: wrong });
    else fields[field.id] = given;
  }
  return { fields, problems };
}

/** Blanks alone say nothing. */
function isEmpty(given: FieldValue | undefined): given is undefined | null | '' | [] {
  if (typeof given === 'string') return given.trim() === '';
  return given === undefined || given === null || (Array.isArray(given) && given.length === 0);
}

function missing(field: Field): Saying {
  return {
    zh: `请填写“${say(field.label, 'zh')}”。`,
    en: `Fill in "${say(field.label, 'en')}".`,
  };
}

function problemOf(field: Field, value: FieldValue): Saying | null {
  const zh = `“${say(field.label, 'zh')}”`;
  const en = `"${say(field.label, 'en')}"`;
  const known = (item: unknown) => field.options.some((option) => option.id === item);
  switch (field.type) {
    case 'text':
    case 'long-text': {
      if (typeof value !== 'string') return { zh: `${zh}应为文字。`, en: `${en} must be text.` };
      const limit = field.limit ?? longestText;
      const length = [...value].length;
      return length > limit
        ? {
            zh: `${zh}最多 ${limit} 字,现有 ${length} 字,请删减。`,
            en: `${en} takes ${limit} characters at most and has ${length}; shorten it.`,
          }
        : null;
    }
    case 'number':
      if (typeof value !== 'number' || !Number.isFinite(value))
        return { zh: `${zh}应为数字。`, en: `${en} must be a number.` };
      if (field.whole && !Number.isInteger(value))
        return { zh: `${zh}应为整数。`, en: `${en} must be a whole number.` };
      if (field.min !== null && value < field.min)
        return { zh: `${zh}不能小于 ${field.min}。`, en: `${en} cannot be below ${field.min}.` };
      return field.limit !== null && value > field.limit
        ? { zh: `${zh}不能超过 ${field.limit}。`, en: `${en} cannot be above ${field.limit}.` }
        : null;
    case 'date':
      return typeof value === 'string' && isCivilDate(value)
        ? null
        : { zh: `${zh}应为日期,如 2026-03-01。`, en: `${en} must be a date such as 2026-03-01.` };
    case 'yes-no':
      return typeof value === 'boolean' ? null : { zh: `${zh}请选是或否。`, en: `${en} is yes or no.` };
    case 'choice':
      return known(value) ? null : { zh: `${zh}请从选项中选择。`, en: `Choose ${en} from its options.` };
    case 'choices':
      return Array.isArray(value) && value.every(known)
        ? null
        : { zh: `${zh}请从选项中选择。`, en: `Choose ${en} from its options.` };
    case 'people':
      return Array.isArray(value) ? null : { zh: `${zh}请从名单中选择。`, en: `Choose ${en} from the list.` };
    case 'person':
    case 'post':
    case 'stage':
    case 'thing':
    case 'field':
    case 'comment':
      return typeof value === 'string'
        ? null
        : { zh: `${zh}请从选项中选择。`, en: `Choose ${en} from its options.` };
    case 'file':
      return typeof value === 'string'
        ? null
        : { zh: `${zh}请上传文件。`, en: `${en} takes an uploaded file.` };
    case 'files':
      return Array.isArray(value) && value.length <= 9
        ? null
        : { zh: `${zh}最多上传 9 个文件。`, en: `${en} takes 9 files at most.` };
  }
}

/** The fields that hold a person's own words: the log knows them by hash alone. */
export function freeTextFields(county: County): Set<string> {
  const free = new Set(['whyNot']);
  for (const form of county.forms.values())
    for (const field of form) if (field.type === 'text' || field.type === 'long-text') free.add(field.id);
  return free;
}
