import { quotaProgress, readQuota, windowOf } from '../assessment/quota.ts';
import { say } from '../model/text.ts';
import { textTable } from './print.ts';
import { recordsIn } from './records.ts';
import { optionsIn, CliError, languageIn } from './say.ts';
import { dateIn } from './score.ts';
import { readConfig } from './tally.ts';

/** `minqing quotas`: who owes how many, who is behind on a day, and who has sent nothing. */
export async function quotasCommand(args: string[]): Promise<number> {
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
  const method = configured.config.method ?? {};
  const quotas = (configured.config.quotas ?? []).map((quota) => readQuota(quota, method));
  if (quotas.length === 0)
    throw new CliError({ zh: `${config} 没有写任务(quotas)。`, en: `${config} has no quotas.` });
  const { directory } = configured;
  const sides = new Set(quotas.map(({ of }) => of));
  const records = await recordsIn(configured, file, { on, sides, language });
  const rows = quotas.flatMap((quota) => quotaProgress({ quota, method, directory, records, on }));
  const shown = values.behind ? rows.filter(({ short }) => short !== '0') : rows;
  if (values.json) process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  else {
    const t =
      language === 'en'
        ? ['Quota', 'Name', 'Needed', 'Done', 'Short', 'Days left', '']
        : ['任务', '名称', '应报', '已报', '差', '还剩几天', ''];
    const silent = language === 'en' ? 'sent nothing' : '零报送';
    const spans = quotas.map((quota) => {
      const { from, to } = windowOf(quota, on, method);
      return `${say(quota.name, language)}: ${from} – ${to}\n`;
    });
    process.stdout.write(
      spans.join('') +
        textTable([
          t,
          ...shown.map((row) => [
            say(row.label, language),
            row.name,
            row.need,
            row.done,
            row.short,
            String(row.daysLeft),
            row.silent ? silent : '',
          ]),
        ]),
    );
  }
  return 0;
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      config: { type: 'string' },
      records: { type: 'string' },
      directory: { type: 'string' },
      on: { type: 'string' },
      behind: { type: 'boolean' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });
