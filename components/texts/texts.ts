import { languageOfServer, type Language } from '../../src/model/text.ts';
import type { chinese } from './chinese.ts';
import { zhFirst } from './zh-first.ts';

export type TextKey = keyof typeof chinese;
export type Texts = Record<TextKey, string>;

/** What a page has of each: of Chinese as much as its elements say, another language whole once it is read in. */
const catalogues: Record<Language, Partial<Texts>> = { zh: { ...zhFirst }, en: {} };
/** By the name of a language: what the portal says instead, or the whole of a language of its own. */
const taught = new Map<string, Partial<Texts>>();
/** What the county says instead, by its config. */
let ofCounty: Partial<Record<string, string>> = {};
/** One page speaks one language. */
let spoken = 'zh';

/** What an element says besides. */
export function says(texts: Partial<Texts>): void {
  Object.assign(catalogues.zh, texts);
}
/** Other words for some of the page's, or a further language such as `zh-TW` or `bo`; what it leaves out stays Chinese. */
export function teach(language: string, texts: Partial<Texts>): void {
  taught.set(language, { ...taught.get(language), ...texts });
}
/** The county's own words come before the page's, the portal's before both. */
export function relabel(labels: Partial<Record<string, string>>): void {
  ofCounty = labels;
}
/** A language is fetched when it is first asked for. */
export async function learn(language: string): Promise<void> {
  spoken = language;
  if (languageOfServer(language) === 'en') catalogues.en = (await import('./en.ts')).en;
}
/** A sentence of the page in the reader's language, its `{gaps}` filled; `{n|day|days}` counts. */
export function text(language: Language, key: TextKey, gaps: Record<string, string | number> = {}): string {
  const words =
    taught.get(spoken)?.[key] ?? ofCounty[key] ?? catalogues[language][key] ?? catalogues.zh[key] ?? key;
  return words.replaceAll(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (_gap, name: string, one?: string, more = '') =>
      one === undefined ? String(gaps[name] ?? '') : Number(gaps[name]) === 1 ? one : more,
  );
}
