import { pageLabels } from '../check/generated/page-labels.js';
import { textTable } from './print.ts';
import { optionsIn } from './say.ts';

/** `minqing labels`: every label of the page that a county can word itself, with the words it has now. */
export async function labelsCommand(args: string[]): Promise<number> {
  optionsIn({ args, options: { lang: { type: 'string' } } });
  process.stdout.write(textTable(Object.entries(pageLabels).map(([key, { zh, en }]) => [key, zh, en])));
  return 0;
}
