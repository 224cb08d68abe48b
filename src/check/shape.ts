import type { ErrorObject } from 'ajv';
import { didYouMean } from '../rules/did-you-mean.ts';
import validate from './generated/validate-county.js';
import type { CountyConfig } from '../county/config.generated.ts';
import type { Json } from '../county/extend.ts';
import type { Language } from '../model/text.ts';
import type { Mistake } from './mistake.ts';
import { ENOUGH, mistakeAt, type Path, type Source } from './source.ts';

/** Mistakes of shape: what the schema says, in the sentences of people who fill in forms. */
export function checkShape(source: Source, value: Json): Mistake[] {
  return validate(value) ? [] : sayErrors(source, validate.errors ?? []);
}

/** A directory's shape is the one that a config's own `directory` has. */
export function checkDirectoryShape(source: Source): {
  mistakes: Mistake[];
  value: NonNullable<CountyConfig['directory']> | null;
} {
  const asConfig = { id: 'directory', name: 'directory', directory: source.value };
  if (isConfigWithDirectory(asConfig)) return { mistakes: [], value: asConfig.directory };
  const errors = (validate.errors ?? []).map((error) => ({
    ...error,
    instancePath: error.instancePath.replace(/^\/directory/, ''),
  }));
  return { mistakes: sayErrors(source, errors), value: null };
}
function isConfigWithDirectory(
  value: unknown,
): value is { directory: NonNullable<CountyConfig['directory']> } {
  return validate(value);
}

function sayErrors(source: Source, errors: readonly ErrorObject[]): Mistake[] {
  const seen = new Set<string>();
  const told: Mistake[] = [];
  for (const error of errors) {
    if (told.length === ENOUGH) break;
    const mistake = sayError(source, error);
    if (!mistake) continue;
    const key = `${mistake.pointer} ${mistake.code}`;
    if (seen.has(key)) continue;
    seen.add(key);
    told.push(mistake);
  }
  return told;
}

const typeWords: Record<string, [string, string]> = {
  string: ['文字', 'text'],
  number: ['数', 'a number'],
  integer: ['整数', 'a whole number'],
  boolean: ['true 或 false', 'true or false'],
  object: ['对象 {…}', 'an object {…}'],
  array: ['列表 […]', 'a list […]'],
  null: ['null', 'null'],
};

function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function sayError(source: Source, error: ErrorObject): Mistake | null {
  const path = pathOf(error.instancePath);
  const name = String(path.at(-1) ?? '');
  switch (error.keyword) {
    case 'additionalProperties': {
      const word = String(error.params['additionalProperty']);
      const known = Object.keys(propertiesOf(error.parentSchema));
      const near = didYouMean(word, known);
      return mistakeAt(
        source,
        [...path, word],
        'unknown-key',
        {
          zh: `不认识“${word}”。${near ? `是不是“${near}”?` : `这里可以写:${known.join('、')}。`}`,
          en: `"${word}" is not known here. ${near ? `Did you mean "${near}"?` : `It may be one of: ${known.join(', ')}.`}`,
        },
        true,
      );
    }
    case 'required': {
      const word = String(error.params['missingProperty']);
      return mistakeAt(source, path, 'missing-key', {
        zh: `缺少“${word}”,请补上。`,
        en: `"${word}" is missing; add it.`,
      });
    }
    case 'type': {
      const types: string[] = [error.params['type']].flat().map(String);
      const [zh, en] = [0, 1].map((at) => types.map((type) => typeWords[type]?.[at] ?? type));
      return mistakeAt(source, path, 'wrong-type', {
        zh: `“${name}”应为${zh?.join('或')},现在是 ${JSON.stringify(error.data)?.slice(0, 40)}。`,
        en: `"${name}" must be ${en?.join(' or ')}; it is ${JSON.stringify(error.data)?.slice(0, 40)}.`,
      });
    }
    case 'enum': {
      const allowed = [error.params['allowedValues']].flat().map(String);
      const near = didYouMean(String(error.data), allowed);
      return mistakeAt(source, path, 'not-allowed', {
        zh: `“${name}”不能是“${String(error.data)}”。${near ? `是不是“${near}”?` : ''}可以是:${allowed.join('、')}。`,
        en: `"${name}" cannot be "${String(error.data)}". ${near ? `Did you mean "${near}"? ` : ''}It is one of: ${allowed.join(', ')}.`,
      });
    }
    case 'pattern':
      return mistakeAt(source, path, 'not-allowed', {
        zh: `“${String(error.data)}”的写法不对。${descriptionOf(error.parentSchema, 'zh')}。`,
        en: `"${String(error.data)}" is not written as it must be. ${descriptionOf(error.parentSchema, 'en')}.`,
      });
    case 'minimum':
    case 'maximum':
    case 'minLength':
    case 'minItems':
      return mistakeAt(source, path, 'not-allowed', {
        zh: `“${name}”太小、太大或是空的(${error.keyword} ${String(error.params['limit'])})。`,
        en: `"${name}" is too small, too large or empty (${error.keyword} ${String(error.params['limit'])}).`,
      });
    default:
      return null;
  }
}

function propertiesOf(schema: unknown): object {
  if (typeof schema !== 'object' || schema === null || !('properties' in schema)) return {};
  return typeof schema.properties === 'object' && schema.properties !== null ? schema.properties : {};
}
/** The schema's descriptions say it in Chinese, then in English. */
function descriptionOf(schema: unknown, language: Language): string {
  if (typeof schema !== 'object' || schema === null || !('description' in schema)) return '';
  const [zh = '', en = zh] = String(schema.description).split(' / ');
  return language === 'en' ? en : zh;
}
