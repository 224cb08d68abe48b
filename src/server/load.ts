import { readdir, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkConfig } from '../check/check.ts';
import type { Mistake } from '../check/mistake.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import type { County } from '../county/county.ts';

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

/** Every county of a folder, checked; the bases that they extend are not counties. */
export async function loadCounties(folder: string): Promise<{
  counties: { county: County; config: CountyConfig }[];
  mistakes: Mistake[];
}> {
  const names = (await readdir(folder)).filter(
    (name) =>
      name.endsWith('.json') &&
      name !== 'county.schema.json' &&
      name !== 'base.json' &&
      !name.endsWith('.directory.json'),
  );
  const counties: { county: County; config: CountyConfig }[] = [];
  const mistakes: Mistake[] = [];
  for (const name of names.sort()) {
    const file = join(folder, name);
    const checked = checkConfig(file, await readFile(file, 'utf8'), basesIn(folder));
    mistakes.push(...checked.mistakes);
    if (checked.county && checked.config) counties.push({ county: checked.county, config: checked.config });
  }
  return { counties, mistakes };
}
