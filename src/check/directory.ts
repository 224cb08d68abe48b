import type { Directory } from '../model/record.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import { checkCalendar } from './calendar.ts';
import { checkDirectoryReferences } from './directory-references.ts';
import { twice, type Report } from './known.ts';
import type { Mistake } from './mistake.ts';
import { checkDirectoryShape } from './shape.ts';
import { mistakeAt, readSource } from './source.ts';

/** A directory in a file of its own: everything wrong with it at its place, ids given twice included. */
export function checkDirectory(
  file: string,
  text: string,
  /** What may be declared there besides: organisations, posts, kinds. */
  config?: CountyConfig,
): { mistakes: Mistake[]; directory: Directory | null } {
  const source = readSource(file, text);
  if (source.mistakes.length > 0) return { mistakes: source.mistakes, directory: null };
  const { mistakes, value } = checkDirectoryShape(source);
  if (!value) return { mistakes, directory: null };
  const directory = { organisations: [], people: [], ...value };
  const report: Report = (path, code, saying) =>
    mistakes.push(mistakeAt(source, path.slice(1), code, saying));
  if (config) checkDirectoryReferences(directory, config, ['directory'], report);
  else
    for (const list of ['organisations', 'people'] as const)
      twice(['directory', list], directory[list], report);
  checkCalendar({ id: 'directory', name: 'directory', directory }, report);
  return { mistakes, directory: mistakes.length > 0 ? null : directory };
}
