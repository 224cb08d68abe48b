import type { CountyConfig } from '../county/config.generated.ts';
import type { County } from '../county/county.ts';
import { extend, overrides, type Json } from '../county/extend.ts';
import { readCounty } from '../county/read.ts';
import { checkConditions } from './conditions.ts';
import { checkCases, checkMethod } from './method.ts';
import type { Mistake } from './mistake.ts';
import { checkCalendar } from './calendar.ts';
import { checkDirectoryReferences, checkPlaces } from './directory-references.ts';
import type { Report } from './known.ts';
import { checkPaths, checkReferences } from './references.ts';
import { checkShape } from './shape.ts';
import { mistakeAt, readSource, type Path, type Source } from './source.ts';

export interface Checked {
  mistakes: Mistake[];
  /** Null where there are mistakes. */
  county: County | null;
  config: CountyConfig | null;
  /** What the text says itself, where it extends a base. */
  overrides: string[];
}

/**
 * All that can be found wrong in a config, at once. `base` gives the text of what it extends; null where there is
 * none of that name.
 */
export function checkConfig(file: string, text: string, base: (name: string) => string | null): Checked {
  const source = readSource(file, text);
  if (source.mistakes.length > 0) return refused(source.mistakes);
  const own = source.value;
  const name = typeof own === 'object' && own !== null && !Array.isArray(own) ? own['extends'] : undefined;
  let whole: Json = own;
  if (typeof name === 'string') {
    const below = /^[\w-]+$/.test(name) ? base(name) : null;
    if (below === null)
      return refused([
        mistakeAt(source, ['extends'], 'unknown-base', {
          zh: `同目录下没有“${name}.json”。请改成存在的基础配置,如 base。`,
          en: `There is no "${name}.json" beside this file. Name a base that exists, such as base.`,
        }),
      ]);
    whole = extend(readSource(`${name}.json`, below).value, own);
  }
  const shape = checkShape(source, whole).map((mistake) => relocated(mistake, source, whole, own));
  if (shape.length > 0) return refused(inOrder(shape));
  if (!isConfig(whole)) return refused(shape);

  const mistakes: Mistake[] = [];
  const report: Report = (path, code, saying, onKey) =>
    mistakes.push(mistakeAt(source, ownPath(path, whole, own), code, saying, onKey));
  checkReferences(whole, report);
  checkDirectoryReferences(whole.directory ?? {}, whole, ['directory'], report);
  (whole.cases ?? []).forEach(({ directory = {} }, index) =>
    checkDirectoryReferences(directory, whole, ['cases', index, 'directory'], report),
  );
  checkPlaces(whole, report);
  checkCalendar(whole, report);
  if (mistakes.length === 0) checkPaths(whole, report);
  // Conditions are read over the forms' fields, which must be readable themselves.
  if (!mistakes.some(({ code }) => code === 'unknown-list' || code === 'unknown-action'))
    checkConditions(whole, report);
  checkMethod(whole, report);
  if (mistakes.length === 0) checkCases(whole, report);
  if (mistakes.length > 0) return refused(inOrder(mistakes));
  const says = typeof name === 'string' ? overrides(own).filter((path) => !naming.test(path)) : [];
  return { mistakes: [], county: readCounty(whole), config: whole, overrides: says };
}

/** Says which config it is, and nothing else. */
const naming = /^(\$schema|extends|id|name|version)(\/|$)/;

function refused(mistakes: Mistake[]): Checked {
  return { mistakes, county: null, config: null, overrides: [] };
}

/** The validator has just said so. */
function isConfig(value: Json): value is Json & CountyConfig {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value;
}

function inOrder(mistakes: Mistake[]): Mistake[] {
  return [...mistakes].sort((a, b) => a.line - b.line || a.column - b.column);
}

/**
 * A path of the whole config as one of the county's own text: list items are found again by their id, since the base's
 * come first. Where the county does not say it itself, the path of the whole stays.
 */
function ownPath(path: Path, whole: Json, own: Json): Path {
  const found: Path = [];
  let [above, mine]: [Json | undefined, Json | undefined] = [whole, own];
  for (const part of path) {
    if (Array.isArray(above) && typeof part === 'number') {
      const item: Json | undefined = above[part];
      const id: Json | undefined = member(item, 'id');
      const list: Json[] = Array.isArray(mine) ? mine : [];
      // At its own place where it stands there, so that of two with one id the second is the one that is told.
      const same = (one: Json | undefined) => member(one, 'id') === id;
      const at: number = id === undefined || same(list[part]) ? part : list.findIndex(same);
      if (at < 0) return path;
      found.push(at);
      [above, mine] = [item, list[at]];
    } else {
      found.push(part);
      above = member(above, String(part));
      mine = member(mine, String(part));
    }
  }
  return found;
}

function member(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value[name] : undefined;
}

function relocated(mistake: Mistake, source: Source, whole: Json, own: Json): Mistake {
  const path: Path = mistake.pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return mistakeAt(
    source,
    ownPath(path, whole, own),
    mistake.code,
    mistake.saying,
    mistake.code === 'unknown-key',
  );
}
