import type { Language } from '../../src/model/text.ts';
import { en } from './en.ts';
import { zh, type Texts } from './zh.ts';

const catalogues: Record<Language, Texts> = { zh, en };

/** A sentence of the page in the reader's language, its `{gaps}` filled. */
export function text(
  language: Language,
  key: keyof Texts,
  gaps: Record<string, string | number> = {},
): string {
  return catalogues[language][key].replaceAll(/\{(\w+)\}/g, (_gap, name: string) => String(gaps[name] ?? ''));
}
export type TextKey = keyof Texts;
