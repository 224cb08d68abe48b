import { failingCases, unreadRecords, type CaseFailure } from '../assessment/cases.ts';
import { readMethod, type World } from '../assessment/ledger.ts';
import type { MethodMistake } from '../assessment/mistake.ts';
import { readQuota } from '../assessment/quota.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import { MinqingError, type Saying } from '../model/error.ts';
import { pathOf, sayCondition, sayNever } from './conditions.ts';
import { twice, type Report } from './known.ts';

/** The scoring method and the quotas: whatever cannot be read, adds up wrongly or can never be. */
export function checkMethod(config: CountyConfig, report: Report): void {
  const method = config.method ?? {};
  const read = readMethod(method, { kinds: kindsIn(config), words: wordsIn(config) });
  if ('mistakes' in read)
    for (const mistake of read.mistakes)
      report(['method', ...pathOf(mistake.pointer)], mistake.code, sayMethod(mistake), onKey(mistake.code));
  for (const of of ['people', 'units'] as const)
    for (const list of ['grades', 'outcomes', 'columns', 'summary'] as const)
      twice(['method', of, list], method[of]?.[list], report);
  twice(['method', 'honours'], method.honours, report);
  twice(['method', 'ratings'], method.ratings, report);
  (config.quotas ?? []).forEach((quota, index) =>
    readQuota(quota, method, (pointer, code, word, near = null, among = []) =>
      report(
        ['quotas', index, ...pathOf(pointer)],
        code,
        sayMethod({ code, pointer, word, didYouMean: near, among }),
        onKey(code),
      ),
    ),
  );
}

/** The kinds of people and of units that the config names, in its lists and its directories; null where in none. */
function kindsIn({ authorKinds, organisations, directory, cases = [] }: CountyConfig): World['kinds'] {
  const directories = [directory, ...cases.map((one) => one.directory)];
  const people = [
    ...(authorKinds ?? []).map(({ id }) => id),
    ...directories.flatMap((one) => (one?.people ?? []).map(({ kind }) => kind ?? 'person')),
  ];
  const units = [
    ...(organisations ?? []).map(({ kind }) => kind),
    ...directories.flatMap((one) => (one?.organisations ?? []).map(({ kind }) => kind ?? 'unit')),
  ];
  const known = (kinds: string[]) => (kinds.length > 0 ? [...new Set(kinds)] : null);
  return { people: known(people), units: known(units) };
}

/** What results are entered with, as the forms have it: a line for another word would never pay. */
function wordsIn({ forms = {}, lists = {} }: CountyConfig): World['words'] {
  const words = new Map<string, string[]>();
  for (const { id, optionsFrom } of Object.values(forms).flat()) {
    const own = optionsFrom === undefined ? [] : (lists[optionsFrom] ?? []);
    if (enteredWith.has(id) && own.length > 0)
      words.set(id, [...new Set([...(words.get(id) ?? []), ...own.map((one) => one.id)])]);
  }
  return words;
}
const enteredWith: ReadonlySet<string> = new Set(['level', 'form', 'body', 'leader']);

/** The config's own worked cases, once the method can be read: each must come to what it says. */
export function checkCases(config: CountyConfig, report: Report): void {
  const directory = { organisations: [], people: [], ...config.directory };
  (config.cases ?? []).forEach((one, index) => {
    try {
      const unread = unreadRecords(config.method ?? {}, one);
      for (const { record, saying } of unread) {
        const id = one.records[record]?.id ?? '';
        report(['cases', index, 'records', record], 'case-fails', {
          zh: `算例“${one.name}”的记录“${id}”:${saying.zh}`,
          en: `In the case "${one.name}", the record "${id}": ${saying.en}`,
        });
      }
      if (unread.length > 0) return;
      for (const failure of failingCases(config.method ?? {}, directory, [one], config.quotas))
        report(
          ['cases', index, failure.what === 'summary' ? 'summary' : 'expect', failure.subject],
          'case-fails',
          sayFailure(one.name, failure),
        );
    } catch (error) {
      if (!(error instanceof MinqingError)) throw error;
      report(['cases', index], 'case-fails', {
        zh: `算例“${one.name}”算不出来:${error.saying.zh}`,
        en: `The case "${one.name}" cannot be reckoned: ${error.saying.en}`,
      });
    }
  });
}

function sayFailure(name: string, { subject, what, expected, got }: CaseFailure): Saying {
  const of = what === 'points' || what === 'summary' ? '' : `(${what})`;
  return {
    zh: `算例“${name}”:“${subject}”${of}应为 ${expected},按办法算得 ${got ?? '(表中没有)'}。请改正办法或算例。`,
    en: `Case "${name}": "${subject}"${of} should come to ${expected}; the method makes it ${got ?? '(not in the table)'}. Correct the method or the case.`,
  };
}

function onKey(code: MethodMistake['code']): boolean {
  return ['unknown-fact', 'hostile-path', 'unknown-operator', 'unread-key'].includes(code);
}

export function sayMethod({ code, word, didYouMean, among = [] }: MethodMistake): Saying {
  const near = didYouMean
    ? { zh: `是不是“${didYouMean}”?`, en: ` Did you mean "${didYouMean}"?` }
    : { zh: '', en: '' };
  switch (code) {
    case 'undeclared-fact':
      return {
        zh: `没有“${word}”这个事实。${near.zh || '请改正,或在 method.facts(或 records 该类的 facts)中写明。'}`,
        en: `There is no fact "${word}".${near.en || ' Correct it, or declare it in method.facts (or the facts of its kind of record).'}`,
      };
    case 'unknown-moment':
      return {
        zh: `没有“${word}”这个时刻,这一行永远不会计分。${near.zh || '请改正,或在 method.records 中写明哪类记录会有它。'}`,
        en: `There is no moment "${word}", so this would never count.${near.en || ' Correct it, or declare it in method.records for the kind of record that has it.'}`,
      };
    case 'unknown-value':
      return {
        zh: `method.values 中没有“${word}”。${near.zh || '请补上。'}`,
        en: `method.values has no "${word}".${near.en || ' Add it.'}`,
      };
    case 'unknown-rating':
      return {
        zh: `method.ratings 中没有“${word}”。${near.zh || '请补上。'}`,
        en: `method.ratings has no "${word}".${near.en || ' Add it.'}`,
      };
    case 'unknown-line':
      return {
        zh: `没有标识为“${word}”的行。${near.zh}`,
        en: `There is no line with the id "${word}".${near.en}`,
      };
    case 'unknown-figure':
      return {
        zh: `figures 中没有“${word}”。${near.zh || '请补上,或改用已有的名字。'}`,
        en: `The figures have no "${word}".${near.en || ' Add it, or use one that is there.'}`,
      };
    case 'unreadable-line':
      return {
        zh: `“${word}”这一处缺少内容:行要有 points、for 或 lines;表要有 by 和 table(或 steps)。`,
        en: `"${word}" lacks something: a line has points, for or lines; a table has by and table (or steps).`,
      };
    case 'unread-key':
      return {
        zh: `这里不读“${word}”,写了不起作用。这样写的可以有:${among.join('、')}。请删去,或改写。`,
        en: `Nothing reads "${word}" here, so it would do nothing. What stands here may have: ${among.join(', ')}. Remove it, or write it another way.`,
      };
    case 'no-amount':
      return {
        zh: `“${word}”没有写得多少分。for 行要有 each,或 quota 加上 reached、missed、over、short 之一。`,
        en: `"${word}" does not say what it earns. A line with "for" has each, or quota with one of reached, missed, over, short.`,
      };
    case 'table-depth':
      return {
        zh: `“${word}”这一格的层数不对:by 写几个事实,表就有几层,最里层是数(或 {"since":…})。`,
        en: `The cell "${word}" is not as deep as it must be: a table has one level for each fact of "by", and numbers (or {"since":…}) in the innermost.`,
      };
    case 'cap-below-amount':
      return {
        zh: `封顶太低(${word}),后者永远得不到。请改其中一个。`,
        en: `The cap is too low (${word}): the latter could never be had. Change one of them.`,
      };
    case 'not-a-number':
      return {
        zh: `“${word}”不是数。请写成 5、0.05 或 "1/3"(小数点用 .,不用逗号)。`,
        en: `"${word}" is no number. Write 5, 0.05 or "1/3" (a point, not a comma).`,
      };
    case 'not-a-date':
      return {
        zh: `“${word}”不是日期。请写成 2018-01-01。`,
        en: `"${word}" is no date. Write 2018-01-01.`,
      };
    case 'duplicate-line':
      return {
        zh: `行标识“${word}”已用过,两行会混在一起。请换一个。`,
        en: `The line id "${word}" is used before; the two would be mixed up. Take another.`,
      };
    case 'cap-below-base':
      return {
        zh: `封顶低于基础分(${word}),基础分永远得不到。请改其中一个。`,
        en: `The cap is below the base (${word}), which could never be had. Change one of them.`,
      };
    case 'bands-overlap':
      return {
        zh: `这一等次与“${word}”重叠,同一分数会有两个等次。请改 to,或用 below 写明不含上限。`,
        en: `This grade overlaps "${word}": one total would have two grades. Change "to", or say "below" where the bound is left out.`,
      };
    case 'bands-gap':
      return {
        zh: `这一等次与“${word}”之间有空档,落在其间的分数没有等次。请改用 below,或补上。`,
        en: `Between this grade and "${word}" there is a gap; a total in it would have no grade. Use "below", or fill it.`,
      };
    case 'figure-circle':
      return {
        zh: `这些数互相引用成了一圈:${word}。请断开一处。`,
        en: `These figures read each other in a circle: ${word}. Break it at one place.`,
      };
    case 'figure-name-taken':
      return {
        zh: `“${word}”是已有的事实名,不能再作 figures 的名字。请换一个。`,
        en: `"${word}" is the name of a fact already; call the figure something else.`,
      };
    case 'weights-do-not-add-up':
      return {
        zh: `加起来不对:${word}。请改正其中的权重或封顶。`,
        en: `It does not add up: ${word}. Correct a weight or a cap.`,
      };
    case 'share-above-whole':
      return {
        zh: `第一作者占 ${word}% 不对,应在 0 到 100 之间。`,
        en: `${word} per cent for the first author cannot be; it lies between 0 and 100.`,
      };
    case 'never-holds':
      return sayNever(word);
    default:
      return sayCondition({ code, word, didYouMean, among }, null);
  }
}
