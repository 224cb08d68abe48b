import { owedBy } from '../desk/obligations.ts';
import type { Owed } from '../model/obligation.ts';
import { say } from '../model/text.ts';
import { textTable } from './print.ts';
import { recordsIn } from './records.ts';
import { optionsIn, CliError, languageIn } from './say.ts';
import { dateIn } from './score.ts';
import { readConfig } from './tally.ts';

/** `minqing obligations`: who owes what after what, till when, and whether it was met. */
export async function obligationsCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const { config, records: file } = values;
  const on = dateIn('--on', values.on);
  if (!config || !file || !on)
    throw new CliError({
      zh: '请写明 --config、--records 和 --on(哪一天,如 2026-09-30)。',
      en: 'Give --config, --records and --on (a day such as 2026-09-30).',
    });
  const language = languageIn(args);
  const configured = await readConfig(config, values.directory);
  const obligations = configured.config.obligations ?? [];
  if (obligations.length === 0)
    throw new CliError({ zh: `${config} 没有写义务(obligations)。`, en: `${config} has no obligations.` });
  const sides = new Set(
    obligations.map(({ by }) => (by === 'authors' ? ('people' as const) : ('units' as const))),
  );
  const records = await recordsIn(configured, file, { on, sides, language });
  const closures = new Set(configured.config.calendar?.closures ?? []);
  const owed = owedBy(obligations, records, { directory: configured.directory, closures, on });
  const shown = values.open ? owed.filter(({ by }) => by === null) : owed;
  if (values.json) process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  else {
    const heads =
      language === 'en'
        ? ['Obligation', 'Name', 'After', 'On', 'Due', 'State', 'Met by']
        : ['义务', '名称', '因何', '日期', '期限', '状态', '由何履行'];
    process.stdout.write(
      textTable([
        heads,
        ...shown.map((one) => [
          say(one.label, language),
          one.name,
          one.title,
          one.on,
          one.due,
          stateWords[one.state][language],
          one.by ? `${one.by.record} ${one.by.on}` : '',
        ]),
      ]),
    );
  }
  return 0;
}

const stateWords: Readonly<Record<Owed['state'], { zh: string; en: string }>> = {
  open: { zh: '待报', en: 'open' },
  met: { zh: '已报', en: 'met' },
  late: { zh: '迟报', en: 'late' },
  missed: { zh: '逾期未报', en: 'missed' },
};

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      config: { type: 'string' },
      records: { type: 'string' },
      directory: { type: 'string' },
      on: { type: 'string' },
      open: { type: 'boolean' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });
