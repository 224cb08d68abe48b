import type { CountyConfig } from '../county/config.generated.ts';
import { knownIn, twice, type Report } from './known.ts';
import type { Path } from './source.ts';

/** The committees above and below: destinations, units and the level that this one is of are there, and it is none of them. */
export function checkLevels(config: CountyConfig, report: Report): void {
  const known = knownIn(report);
  const { level, above = [], below = [], lists = {} } = config;
  const option = (path: Path, word: string, list: string, zh: string, en: string) =>
    known(
      path,
      word,
      (lists[list] ?? []).map(({ id }) => id),
      'unknown-option',
      zh,
      en,
    );
  if (level !== undefined) option(['level'], level, 'levels', '层级', 'level');
  above.forEach(({ destination }, index) =>
    option(['above', index, 'destination'], destination, 'destinations', '报送去向', 'destination'),
  );
  const units = [...(config.organisations ?? []), ...(config.directory?.organisations ?? [])];
  below.forEach(({ unit }, index) =>
    known(
      ['below', index, 'unit'],
      unit,
      units.map(({ id }) => id),
      'unknown-organisation',
      '组织',
      'organisation',
    ),
  );
  twice(['above'], above, report);
  twice(['below'], below, report);
  for (const side of ['above', 'below'] as const)
    (config[side] ?? []).forEach(({ id }, index) => {
      if (id === config.id)
        report([side, index, 'id'], 'not-allowed', {
          zh: `“${id}”就是本级自己。请写上级或下级政协配置的标识。`,
          en: `"${id}" is this committee itself. Write the id of the one above or below.`,
        });
    });
  if (below.length > 0 && level === undefined)
    report(['below'], 'missing-key', {
      zh: '有下级政协(below)就要写明本级是哪一级:请加 level,如 "level": "city"。',
      en: 'Whoever has committees below says which level it is of: add "level", such as "level": "city".',
    });
}
