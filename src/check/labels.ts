import type { CountyConfig } from '../county/config.generated.ts';
import { languages } from '../model/text.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import { pageLabels } from './generated/page-labels.js';
import type { Report } from './known.ts';

/** The page's labels in the county's own words: of those that there are, with no gap that nothing fills. */
export function checkLabels({ labels = {} }: CountyConfig, report: Report): void {
  for (const [key, text] of Object.entries(labels)) {
    const own = Object.hasOwn(pageLabels, key) ? pageLabels[key] : undefined;
    if (!own) {
      const near = didYouMean(key, Object.keys(pageLabels));
      report(
        ['labels', key],
        'unknown-label',
        {
          zh: `页面上没有“${key}”这个用语。${near ? `是不是“${near}”?` : '运行 minqing labels 可列出所有的键。'}`,
          en: `The page has no label "${key}". ${near ? `Did you mean "${near}"?` : 'minqing labels lists all keys.'}`,
        },
        true,
      );
      continue;
    }
    const gaps = gapsIn(own.zh);
    for (const language of languages) {
      const written = typeof text === 'string' ? text : (text[language] ?? '');
      const path = ['labels', key, ...(typeof text === 'string' ? [] : [language])];
      for (const gap of gapsIn(written)) {
        if (gaps.includes(gap)) continue;
        const all = gaps.map((one) => `{${one}}`).join(' ');
        report(path, 'unknown-placeholder', {
          zh: `“${key}”没有“{${gap}}”这个占位符。${all ? `可用的有 ${all}。` : '它不用占位符。'}`,
          en: `"${key}" has no placeholder "{${gap}}". ${all ? `There are ${all}.` : 'It takes none.'}`,
        });
      }
      if (typeof text === 'string') break;
    }
  }
}

/** What the words leave to be filled: `{need}`, `{n|one|many}` … */
const gapsIn = (words: string): string[] => [
  ...new Set([...words.matchAll(/\{(\w+)/g)].flatMap(([, gap]) => gap ?? [])),
];
