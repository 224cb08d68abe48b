import type { CountyConfig } from '../county/config.generated.ts';
import type { County } from '../county/county.ts';
import { extend, overrides, type Json } from '../county/extend.ts';
import { kindsOf, readCounty } from '../county/read.ts';
import { checkConditions } from './conditions.ts';
import { checkExcluded } from './excluded.ts';
import { checkHolders } from './holders.ts';
import { checkOverdueOrder } from './overdue-order.ts';
import { checkLevels } from './levels.ts';
import { checkMatters } from './matters.ts';
import { explore } from './explore.ts';
import { checkCases, checkMethod } from './method.ts';
import type { Mistake } from './mistake.ts';
import { checkCalendar } from './calendar.ts';
import { checkLabels } from './labels.ts';
import { checkMessages } from './messages.ts';
import { checkPublic } from './public.ts';
import { checkRegisters } from './registers.ts';
import { checkDirectoryReferences, checkPlaces } from './directory-references.ts';
import type { Report } from './known.ts';
import { checkFlow, checkReferences } from './references.ts';
import { at, namesIn, without } from './prune.ts';
import { checkSameActor } from './same-actor.ts';
import { checkShape } from './shape.ts';
import { ENOUGH, mistakeAt, readSource, type Path, type Source } from './source.ts';

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
  let under: Json | null = null;
  if (typeof name === 'string') {
    const below = /^[\w-]+$/.test(name) ? base(name) : null;
    if (below === null)
      return refused([
        mistakeAt(source, ['extends'], 'unknown-base', {
          zh: `同目录下没有“${name}.json”。请改成存在的基础配置,如 base。`,
          en: `There is no "${name}.json" beside this file. Name a base that exists, such as base.`,
        }),
      ]);
    under = readSource(`${name}.json`, below).value;
    whole = extend(under, own);
  }
  const mistakes: Mistake[] = [];
  const broken = new Set<string>();
  const report: Report = (path, code, saying, onKey) => {
    // What names a thing that is left out for a mistake of its own is none.
    if ([...broken].some((word) => saying.en.includes(`"${word}"`))) return;
    mistakes.push(mistakeAt(source, ownPath(path, whole, own), code, saying, onKey));
  };
  const shape = checkShape(source, whole);
  mistakes.push(...shape.map((mistake) => relocated(mistake, source, whole, own)));
  // Of so many nothing can be left out that would leave a config.
  if (shape.length >= ENOUGH) return refused(inOrder(mistakes));
  const config = readable(source, own, under, (words) => words.forEach((word) => broken.add(word)));
  if (!config) return refused(inOrder(mistakes));

  checkReferences(config, report);
  checkDirectoryReferences(config.directory ?? {}, config, ['directory'], report);
  (config.cases ?? []).forEach(({ directory = {} }, index) =>
    checkDirectoryReferences(directory, config, ['cases', index, 'directory'], report),
  );
  checkPlaces(config, report);
  checkHolders(config, report);
  checkSameActor(config, report);
  checkMatters(config, report);
  checkCalendar(config, report);
  checkMessages(config, report);
  checkLabels(config, report);
  checkPublic(config, report);
  checkRegisters(config, report);
  checkLevels(config, report);
  const sound = (...parts: string[]) =>
    !mistakes.some(({ pointer }) => parts.some((part) => pointer.startsWith(`#/${part}`)));
  if (sound('access', 'posts', 'flows', 'matters')) checkExcluded(config, report);
  for (const kind of kindsOf(config))
    if (sound(`flows/${kind}`)) {
      checkFlow(config, kind, report);
      checkOverdueOrder(config, kind, report);
      if (sound(`flows/${kind}`)) explore(config, kind, report);
    }
  // Conditions are read over the forms' fields, which must be readable themselves.
  if (!mistakes.some(({ code }) => code === 'unknown-list' || code === 'unknown-action'))
    checkConditions(config, report);
  checkMethod(config, report);
  if (sound('method', 'directory', 'cases', 'authorKinds', 'organisations')) checkCases(config, report);
  if (mistakes.length > 0) return refused(inOrder(mistakes));
  const says = typeof name === 'string' ? overrides(own).filter((path) => !naming.test(path)) : [];
  return { mistakes: [], county: readCounty(config), config, overrides: says };
}

/** How often what is wrong in shape is left out before nothing more is said of the rest. */
const ROUNDS = 8;

/**
 * The config without what is wrong in the shape of the county's own text, so that the rest can be judged in the same
 * run; null where nothing readable is left. `gone` hears the names of what is left out.
 */
function readable(
  source: Source,
  own: Json,
  under: Json | null,
  gone: (words: string[]) => void,
): CountyConfig | null {
  let rest = own;
  for (let round = 0; round < ROUNDS; round += 1) {
    const whole = under === null ? rest : extend(under, rest);
    const wrong = checkShape(source, whole);
    if (wrong.length === 0) return isConfig(whole) ? whole : null;
    // The later places of a list first, so that the earlier keep theirs.
    const paths = wrong
      .map(({ pointer }) => ownPath(pathIn(pointer), whole, rest))
      .sort((a, b) => order(b, a));
    for (const path of paths) {
      // A thing of a list without a readable id is no thing of it.
      const place = path.at(-1) === 'id' ? path.slice(0, -1) : path;
      const found = at(rest, place);
      if (place.length === 0 || found === undefined) return null;
      gone(namesIn(found));
      rest = without(rest, place);
      // A list that is left empty would take the base's away.
      const list = place.slice(0, -1);
      const left = at(rest, list);
      if (Array.isArray(left) && left.length === 0) rest = without(rest, list);
    }
  }
  return null;
}

function order(a: Path, b: Path): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [one, other] = [a[index], b[index]];
    if (one === other) continue;
    if (typeof one === 'number' && typeof other === 'number') return one - other;
    return String(one ?? '').localeCompare(String(other ?? ''));
  }
  return 0;
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
  const path = pathIn(mistake.pointer);
  return mistakeAt(
    source,
    ownPath(path, whole, own),
    mistake.code,
    mistake.saying,
    mistake.code === 'unknown-key',
  );
}

function pathIn(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
