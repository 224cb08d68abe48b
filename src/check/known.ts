import type { Saying } from '../model/error.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import type { MistakeCode } from './mistake.ts';
import type { Path } from './source.ts';

export type Report = (path: Path, code: MistakeCode, saying: Saying, onKey?: boolean) => void;

/** More than these are not listed. */
const listed = 12;

/** Says where a word names nothing, and what it may have meant. */
export function knownIn(report: Report) {
  return (
    path: Path,
    word: string,
    words: Iterable<string>,
    code: MistakeCode,
    zh: string,
    en: string,
    onKey = false,
  ): void => {
    const all = [...words];
    if (all.includes(word)) return;
    const near = didYouMean(word, all);
    const more = all.length > listed;
    const some = all.slice(0, listed);
    const hint = {
      zh: near ? `是不是“${near}”?` : `可以是:${some.join('、') || '(尚未定义)'}${more ? '……' : '。'}`,
      en: near
        ? `Did you mean "${near}"?`
        : `It may be one of: ${some.join(', ') || '(none defined)'}${more ? ' …' : '.'}`,
    };
    report(
      path,
      code,
      { zh: `没有“${word}”这个${zh}。${hint.zh}`, en: `There is no ${en} "${word}". ${hint.en}` },
      onKey,
    );
  };
}

export function twice(path: Path, list: readonly { id: string }[] | undefined, report: Report): void {
  const seen = new Set<string>();
  list?.forEach(({ id }, index) => {
    if (seen.has(id))
      report([...path, index, 'id'], 'duplicate-id', {
        zh: `标识“${id}”在这个列表里已用过,请换一个。`,
        en: `The id "${id}" is used before in this list; take another.`,
      });
    seen.add(id);
  });
}
