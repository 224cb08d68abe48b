import { randomUUID } from 'node:crypto';
import { calendarOf, parsePeriod } from '../assessment/period.ts';
import { readCounty } from '../county/read.ts';
import { civilDate } from '../model/date.ts';
import { say, type Language, type Text } from '../model/text.ts';
import type { Counted, Missed, ReplayedThing, Stop, WhatIf } from '../model/what-if.ts';
import { lookIn } from '../server/counties.ts';
import { actorIn } from '../server/host.ts';
import { packageRoot } from '../server/main.ts';
import { openStore } from '../server/open-store.ts';
import { notThere } from './migrate.ts';
import { printNotes, textTable } from './print.ts';
import { optionsIn, CliError, languageIn } from './say.ts';
import { readConfig } from './tally.ts';

/** `minqing what-if`: a period's logs replayed under other rules. Writes nothing. */
export async function whatIfCommand(args: string[]): Promise<number> {
  const { values } = parse(args);
  const language = languageIn(args);
  if (!values.config || !values.db)
    throw new CliError({
      zh: '请写明 --config(新配置)和 --db FILE。',
      en: 'Give --config (new) and --db FILE.',
    });
  const { config } = await readConfig(values.config);
  const id = values.county ?? config.id;
  const store = await openStore(values.db);
  try {
    const now = new Date().toISOString();
    const folder = values.configs ?? `${packageRoot}configs`;
    const host = await lookIn(id, { folder, store, now: () => now, newSalt: randomUUID });
    if (!host) throw notThere(id, values.db);
    const { from, to } = values.period
      ? parsePeriod(values.period, calendarOf(config.method?.periods))
      : { from: '0001-01-01', to: civilDate(now, host.county.timeZone) };
    const found = await host.desk.whatIf({
      next: { ...readCounty(config), id },
      from,
      to,
      now,
      actorAt: (county, person, at) => actorIn({ ...host, county }, person, at),
    });
    if (values.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    else {
      process.stdout.write(printed(found, language));
      printNotes(unknowable, language);
    }
    return 0;
  } finally {
    await store.close();
  }
}

/** What no replay can know; said with every one. */
const unknowable: readonly { zh: string; en: string }[] = [
  {
    zh: '以下各点,重演无从知道:',
    en: 'What a replay cannot know:',
  },
  {
    zh: '- 换了规则,人会怎样做。日志只有当时所办的事;新流程没有这一步,重演就停在那里,其后两边都不计。',
    en: '- What people would have done under the other rules. The log has what they did; where the new flow has no place for it the replay stops, and nothing after it is counted on either side.',
  },
  {
    zh: '- 同一环节改由别的职务办理时,那个人会怎样定;重演按当时所定算作新职务办的。',
    en: '- What another post would have decided at the same stage: what was decided is counted as its work.',
  },
  {
    zh: '- 新表新增的项,当时没有人填,按空白判断。',
    en: '- What a new form asks: nobody filled it in, and rules read it as empty.',
  },
  {
    zh: '- 当时有几件相似的信息(similar):重演不比对,按空白判断。',
    en: '- How many reports said much the same (similar): nothing is compared, and rules read it as empty.',
  },
  {
    zh: '- 办得快慢。各步的时刻照旧,新的期限只是拿来比对。',
    en: '- How fast anybody would have been. The moments of the acts stay; new due dates are held against them.',
  },
  {
    zh: '- 当时名册以外的人、事后清除的文字。职务按名册所写的起止日期。',
    en: '- People whom the directory no longer has, and words that were purged. Posts are as dated in the directory.',
  },
  {
    zh: '- 改了 id 的环节和动作:按 id 比对,改名即算另一个。',
    en: '- That a stage or action with another id is the same one: they are told apart by their ids.',
  },
];

const kinds: Readonly<Record<string, Text>> = {
  lead: { zh: '线索', en: 'Lead:' },
  report: { zh: '信息', en: 'Report:' },
  piece: { zh: '编发件', en: 'Piece:' },
  handling: { zh: '办理', en: 'Handling:' },
  period: { zh: '通报期', en: 'Period:' },
};

const stops: Record<Stop, Text> = {
  'no-action': { zh: '新流程此处没有这个动作', en: 'the new flow has no such action here' },
  'not-offered': { zh: '新规则此时不提供这个动作', en: 'the new rules do not offer it then' },
  'not-theirs': { zh: '新流程中不由此人办理', en: 'it is not for that person to take' },
  'no-branch': { zh: '新流程没有一个去向成立', en: 'no branch of the new flow holds' },
};

function printed(found: WhatIf, language: Language): string {
  const en = language === 'en';
  const told = (label: Text) => say(label, language);
  const moved = (was: Text, now: Text) =>
    told(was) === told(now) ? told(was) : `${told(was)} → ${told(now)}`;
  const act = ({ on, label }: { on: string; label: Text }) => `${on} ${told(label)}`;
  const late = (all: readonly Missed[]) =>
    all.map(({ stage, due }) => `${told(stage.label)} ${due}`).join(en ? ', ' : '、') || '—';
  const rowOf = ({ id, apart, stopped, end, missed }: ReplayedThing) => [
    id,
    apart ? `${act(apart)}: ${moved(apart.was.label, apart.now.label)}` : '',
    stopped ? `${act(stopped)} @ ${told(stopped.at.label)}: ${told(stops[stopped.why])}` : '',
    moved(end.was.label, end.now.label),
    late(missed.was) === late(missed.now) ? '' : `${late(missed.was)} → ${late(missed.now)}`,
  ];
  const section = (title: string, rows: readonly Counted[]) =>
    rows.length === 0
      ? ''
      : `\n${title}\n${textTable([
          [en ? 'Name' : '名称', en ? 'was' : '原', en ? 'would be' : '新', en ? 'Change' : '变化'],
          ...rows.map(({ kind, label, was, now }) => [
            kind ? `${say(kinds[kind] ?? kind, language)} ${told(label)}` : told(label),
            String(was),
            String(now),
            now === was ? '' : `${now > was ? '+' : ''}${now - was}`,
          ]),
        ])}`;
  const head = en
    ? ['Thing', 'First goes elsewhere', 'Replay stops', 'Stands at last', 'Due dates missed']
    : ['事项', '从哪一步起去向不同', '重演停在', '最后所处环节', '超期'];
  const sum = en
    ? `${found.things} began from ${found.from} to ${found.to}; ${found.whole} replayed to the end, ${found.otherwise.length} otherwise than they went.`
    : `${found.from} 至 ${found.to} 开始的共 ${found.things} 件,完整重演 ${found.whole} 件,与原来不同 ${found.otherwise.length} 件。`;
  const asked = found.asked.map(({ action, field, times }) => [told(action), told(field), String(times)]);
  return [
    `${sum}\n`,
    found.otherwise.length > 0 ? textTable([head, ...found.otherwise.map(rowOf)]) : '',
    section(en ? 'Acts by post' : '各职务办理次数', found.posts),
    section(en ? 'Came to each stage' : '到达各环节次数', found.stages),
    section(en ? 'Stopped before the desk of' : '重演停在谁的面前', found.waiting),
    section(en ? 'Due dates missed by stage' : '各环节超期次数', found.missed),
    asked.length > 0
      ? `\n${en ? 'The new forms would have asked besides' : '新表还会要求填写'}\n${textTable(asked)}`
      : '',
  ].join('');
}

const parse = (args: string[]) =>
  optionsIn({
    args,
    options: {
      config: { type: 'string' },
      county: { type: 'string' },
      db: { type: 'string' },
      period: { type: 'string' },
      configs: { type: 'string' },
      json: { type: 'boolean' },
      lang: { type: 'string' },
    },
  });
