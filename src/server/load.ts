import { readdir, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkConfig } from '../check/check.ts';
import { checkDirectory } from '../check/directory.ts';
import type { Mistake } from '../check/mistake.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import type { County } from '../county/county.ts';
import { templateMistakes } from './templates.ts';
import type { Directory } from '../model/record.ts';

/** Reads a base by its name beside the config; null where there is none. */
export function basesIn(folder: string): (name: string) => string | null {
  return (name) => {
    try {
      return readFileSync(join(folder, `${name}.json`), 'utf8');
    } catch {
      return null;
    }
  };
}

export interface LoadedCounty {
  county: County;
  /** As the file has it, and the bases that it extends, by name. */
  text: string;
  bases: Record<string, string>;
  /** From `ID.directory.json` beside the config, or the config's own; null where there is neither. */
  directory: Directory | null;
}

/** Every county of a folder, checked; the bases that they extend are not counties. */
export async function loadCounties(
  folder: string,
): Promise<{ counties: LoadedCounty[]; mistakes: Mistake[] }> {
  const names = (await readdir(folder)).filter(
    (name) =>
      name.endsWith('.json') &&
      name !== 'county.schema.json' &&
      name !== 'base.json' &&
      !name.endsWith('.directory.json'),
  );
  const counties: LoadedCounty[] = [];
  const mistakes: Mistake[] = [];
  for (const name of names.sort()) {
    const file = join(folder, name);
    const text = await readFile(file, 'utf8');
    const bases: Record<string, string> = {};
    const base = (name: string) => {
      const found = basesIn(folder)(name);
      if (found !== null) bases[name] = found;
      return found;
    };
    const { mistakes: found, county, config } = checkConfig(file, text, base);
    mistakes.push(...found);
    if (!county || !config) continue;
    mistakes.push(...(await templateMistakes(folder, file, text, county)));
    const beside = join(folder, name.replace(/\.json$/, '.directory.json'));
    const people = await readFile(beside, 'utf8').catch(() => null);
    const { mistakes: wrong, directory } = readDirectoryText(beside, people, config);
    mistakes.push(...wrong);
    counties.push({ county, text, bases, directory });
  }
  return { counties, mistakes };
}

function readDirectoryText(
  file: string,
  text: string | null,
  config: CountyConfig,
): { mistakes: Mistake[]; directory: Directory | null } {
  const none = { organisations: [], people: [] };
  if (text === null)
    return { mistakes: [], directory: config.directory ? { ...none, ...config.directory } : null };
  const checked = checkDirectory(file, text, config);
  return { mistakes: checked.mistakes, directory: checked.directory };
}
