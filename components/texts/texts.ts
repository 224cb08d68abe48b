import type { Language } from '../../src/model/text.ts';
import type { zh } from './zh.ts';
import { zhFirst } from './zh-first.ts';
import type { zhLater } from './zh-later.ts';
import type { zhOffice } from './zh-office.ts';

export type TextKey = keyof typeof zhFirst | keyof typeof zhLater | keyof typeof zh | keyof typeof zhOffice;
export type Texts = Record<TextKey, string>;

/** What a page has of each: of Chinese as much as its elements say, another language whole once it is read in. */
const catalogues: Record<Language, Partial<Texts>> = { zh: { ...zhFirst }, en: {} };

/** What an element says besides. */
export function says(texts: Partial<Texts>): void {
  Object.assign(catalogues.zh, texts);
}
/** A language is fetched when it is first asked for. */
export async function learn(language: Language): Promise<void> {
  if (language === 'en') catalogues.en = (await import('./en.ts')).en;
}

/** A sentence of the page in the reader's language, its `{gaps}` filled. */
export function text(language: Language, key: TextKey, gaps: Record<string, string | number> = {}): string {
  const words = catalogues[language][key] ?? catalogues.zh[key] ?? key;
  return words.replaceAll(/\{(\w+)\}/g, (_gap, name: string) => String(gaps[name] ?? ''));
}
