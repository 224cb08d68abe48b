import type { Directory } from '../model/record.ts';
import type { Mistake } from './mistake.ts';
import { checkDirectoryShape } from './shape.ts';
import { mistakeAt, readSource } from './source.ts';

/** A directory in a file of its own: everything wrong with it at its place, ids given twice included. */
export function checkDirectory(
  file: string,
  text: string,
): { mistakes: Mistake[]; directory: Directory | null } {
  const source = readSource(file, text);
  if (source.mistakes.length > 0) return { mistakes: source.mistakes, directory: null };
  const { mistakes, value } = checkDirectoryShape(source);
  if (!value) return { mistakes, directory: null };
  const directory = { organisations: [], people: [], ...value };
  for (const list of ['organisations', 'people'] as const) {
    const seen = new Set<string>();
    directory[list].forEach(({ id }, index) => {
      if (seen.has(id))
        mistakes.push(
          mistakeAt(source, [list, index, 'id'], 'duplicate-id', {
            zh: `名册中“${id}”出现了两次,请改正一个。`,
            en: `The directory has "${id}" twice; correct one of them.`,
          }),
        );
      seen.add(id);
    });
  }
  return { mistakes, directory: mistakes.length > 0 ? null : directory };
}
