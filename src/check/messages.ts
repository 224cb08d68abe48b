import type { CountyConfig } from '../county/config.generated.ts';
import { DIGEST, digestPlaceholders, JOINTLY_ASKED, placeholders } from '../model/notice.ts';
import { languages } from '../model/text.ts';
import { verbs } from '../model/verb.ts';
import { didYouMean } from '../rules/did-you-mean.ts';
import type { Report } from './known.ts';

/** What the clock and the committee above tell of, beside the verbs; and what is said of all the rest. */
const others = ['report', 'criticise', 'overdue', 'heard', JOINTLY_ASKED, DIGEST, 'otherwise'];

/** The sentences in which people are told: of what, and what a sentence can name. */
export function checkMessages({ messages = {} }: CountyConfig, report: Report): void {
  const known = new Set<string>([...verbs, ...others]);
  for (const [of, text] of Object.entries(messages)) {
    if (!known.has(of)) {
      const near = didYouMean(of, known);
      report(
        ['messages', of],
        'unknown-action',
        {
          zh: `没有“${of}”这个动作。${near ? `是不是“${near}”?` : '其余的一律写在 otherwise 里。'}`,
          en: `There is no action "${of}". ${near ? `Did you mean "${near}"?` : 'Whatever else is told goes under "otherwise".'}`,
        },
        true,
      );
    }
    const names: readonly string[] = of === DIGEST ? digestPlaceholders : placeholders;
    for (const language of languages) {
      const written = typeof text === 'string' ? text : (text[language] ?? '');
      const path = ['messages', of, ...(typeof text === 'string' ? [] : [language])];
      for (const [, name = ''] of written.matchAll(/\{([^{}]*)\}/g)) {
        if (names.includes(name)) continue;
        const near = didYouMean(name, names);
        const all = names.map((one) => `{${one}}`).join(' ');
        report(path, 'unknown-placeholder', {
          zh: `没有“{${name}}”这个占位符。${near ? `是不是“{${near}}”?` : `可用的有 ${all}。`}`,
          en: `There is no placeholder "{${name}}". ${near ? `Did you mean "{${near}}"?` : `There are ${all}.`}`,
        });
      }
      if (typeof text === 'string') break;
    }
  }
}
