import {
  factsDeclared,
  momentFacts,
  reportMoments,
  standingFacts,
  subjectFacts,
} from '../assessment/facts.ts';
import { readCounty } from '../county/read.ts';
import { say, type Language, type Text } from '../model/text.ts';
import { operators } from '../rules/operators.ts';
import type { Vocabulary } from '../rules/vocabulary.ts';
import { textTable } from './print.ts';
import { optionsIn, CliError, languageIn } from './say.ts';
import { readConfig } from './tally.ts';

/** `minqing facts CONFIG`: every fact that the county's rules and method can read, step by step. */
export async function factsCommand(args: string[]): Promise<number> {
  const { positionals, values } = parse(args);
  const [file] = positionals;
  if (file === undefined) throw new CliError({ zh: '请写明配置文件。', en: 'Name the config.' });
  const { config } = await readConfig(file);
  const method = config.method ?? {};
  const county = readCounty(config);
  const steps: { step: Text; facts: Vocabulary }[] = county.kinds.map((kind) => ({
    step: { zh: `流程规则(rules,on: ${kind})`, en: `rules of the flow (on: ${kind})` },
    facts: county.vocabulary(kind),
  }));
  const figures = (of: 'people' | 'units'): Vocabulary =>
    Object.fromEntries(
      Object.entries(method[of]?.figures ?? {}).map(([id, figure]) => [
        id,
        {
          label: figure.name ?? id,
          type: 'number' as const,
          nullWhen: { zh: '比率的分母为 0', en: 'a rate of nothing' },
        },
      ]),
    );
  const criteria: Vocabulary = Object.fromEntries(
    (method.ratings ?? []).flatMap(({ criteria: list }) =>
      list.map(({ id, label }) => [id, { label, type: 'number' as const }]),
    ),
  );
  steps.push({
    step: { zh: '计分行的 when(有 on)、查表', en: 'a scoring line with "on": when, tables' },
    facts: { ...momentFacts, ...criteria, ...factsDeclared(method) },
  });
  for (const of of ['people', 'units'] as const)
    steps.push({
      step: { zh: `${of}:节、for 行、等次`, en: `${of}: sections, "for" lines, grades` },
      facts: { ...subjectFacts, ...figures(of) },
    });
  steps.push({ step: { zh: '结果(outcomes)另可读', en: 'outcomes besides' }, facts: standingFacts });
  const moments = [
    ...Object.entries(reportMoments).map(([id, name]) => ({ kind: 'report', id, name: name as Text })),
    ...Object.entries(method.records ?? {}).flatMap(([kind, record]) =>
      Object.entries(record.moments ?? {}).map(([id, name]) => ({ kind, id, name })),
    ),
  ];
  if (values.json) {
    const told = steps.map(({ step, facts }) => ({ step, facts }));
    process.stdout.write(`${JSON.stringify({ steps: told, moments }, null, 2)}\n`);
  } else process.stdout.write(printed(steps, moments, languageIn(args)));
  return 0;
}

const types = {
  zh: { text: '文字', number: '数', 'yes-no': '是否', list: '列表', date: '日期' },
  en: { text: 'text', number: 'number', 'yes-no': 'yes or no', list: 'list', date: 'date' },
} as const;

function printed(
  steps: { step: Text; facts: Vocabulary }[],
  moments: { kind: string; id: string; name: Text }[],
  language: Language,
): string {
  const en = language === 'en';
  const absent = en ? 'null when absent' : '缺时为空';
  const tables = steps.map(({ step, facts }) => {
    const rows = Object.entries(facts).map(([name, { label, type, unit, options, nullWhen, example }]) => [
      name,
      say(label, language),
      `${types[language][type]}${unit ? ` (${say(unit, language)})` : ''}`,
      options
        ? options.map(({ value }) => value).join(' | ')
        : example === undefined || example === null
          ? ''
          : JSON.stringify(example),
      nullWhen ? (en ? `null: ${say(nullWhen, language)}` : `空:${say(nullWhen, language)}`) : absent,
    ]);
    return `# ${say(step, language)}\n${textTable(rows)}\n`;
  });
  const words = Object.entries(operators).map(([name, { symbol, takes }]) => [name, symbol, takes]);
  const missing = en
    ? 'A missing value equals only null, is in no list, contains nothing, is neither below nor above anything: only "not" (and "equal": null) holds on it.\n'
    : '缺的值只等于 null;不在任何列表中,不含任何内容,也不大于或小于任何数:只有 not(和 equal: null)对它成立。\n';
  return [
    ...tables,
    `# ${en ? 'moments' : '时刻(on、count)'}\n${textTable(moments.map(({ kind, id, name }) => [kind, id, say(name, language)]))}\n`,
    `# ${en ? 'comparisons' : '比较'}\n${textTable(words)}${missing}`,
  ].join('');
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: { json: { type: 'boolean' }, lang: { type: 'string' } },
    allowPositionals: true,
  });
