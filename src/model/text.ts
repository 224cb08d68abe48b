/** The two languages every label speaks; zh first, because the field does. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

/** The server answers in Chinese whom it cannot answer otherwise. */
export const languageOfServer = (language: string): Language => (language === 'en' ? 'en' : 'zh');

/** A label of the county: one string for both languages, or one each. */
export type Text = string | { zh: string; en?: string };

/** The label in the reader's language; Chinese where no English was given. */
export function say(text: Text, language: Language): string {
  if (typeof text === 'string') return text;
  return language === 'en' ? (text.en ?? text.zh) : text.zh;
}
