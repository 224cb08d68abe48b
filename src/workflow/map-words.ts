import { BEFORE, EARLIER, type County, type Flow, type Stage } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import { say, type Language, type Text } from '../model/text.ts';
import type { Moves } from './moves.ts';

/** Where a thing stands and by when it is due there, and the stages it has been at, each with the day it came. */
export interface Whereabouts {
  current: string | null;
  due: CivilDate | null;
  visited: ReadonlyMap<string, CivilDate | null>;
  /** Those that were left out. */
  skipped?: ReadonlySet<string> | undefined;
}

/** What the county calls what stands in a flow, and where a thing stands in it. */
export interface Wording extends Whereabouts {
  posts: County['posts'];
  urgencies: ReadonlyMap<string, Text>;
}

/** What the county calls each urgency. */
export function urgenciesOf({ forms }: County): Map<string, Text> {
  const field = [...forms.values()].flat().find(({ id }) => id === 'urgency');
  return new Map(field?.options.map(({ id, label }) => [id, label]));
}

/** When a thing is due at a stage or came to it; null where it has neither been nor a date is known. */
export function whenAt(
  id: string,
  { current, due, visited }: Whereabouts,
  language: Language,
): string | null {
  const en = language === 'en';
  if (id === current) return due && (en ? `by ${due}` : `${due} 到期`);
  const came = visited.get(id) ?? null;
  return came && (en ? `since ${came}` : `${came} 起`);
}

const together = {
  zh: {
    all: '会签',
    any: '或签',
    'in-order': '顺序会签',
    some: '会签够 {n} 个',
    share: '票签过 {n}',
    each: '各承办单位',
    person: '(一人一签)',
    organisation: '(一个单位一签)',
  },
  en: {
    all: 'all of',
    any: 'any of',
    'in-order': 'in order',
    some: '{n} of',
    share: 'a vote of {n}',
    each: 'each handler',
    person: ' (each person)',
    organisation: ' (each organisation)',
  },
};

/** What of a stage runs side by side: those who act on it together, or its destinations; null where one acts alone. */
export function partsOf(stage: Stage, posts: County['posts'], language: Language): string | null {
  const [en, its] = [language === 'en', together[language]];
  if (!stage.together)
    return stage.actions.has('dispatch') ? (en ? 'each destination apart' : '各去向分别报送') : null;
  const { of, each, need } = stage.together;
  const how =
    typeof need === 'string'
      ? its[need]
      : typeof need === 'number'
        ? its.some.replace('{n}', String(need))
        : its.share.replace('{n}', `${need.above}/${need.below}`);
  const names = of.map((id) => say(posts.get(id)?.name ?? id, language));
  const who = each === 'handler' ? its.each : names.join(en ? ', ' : '、');
  return `${how}${en ? ': ' : ':'}${who}${each === 'person' || each === 'organisation' ? its[each] : ''}`;
}

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

/** What is otherwise for what is urgent, for a date that is filled in, and for more time; empty where nothing is. */
function besides({ due }: Stage, urgencies: ReadonlyMap<string, Text>, language: Language): string[] {
  if (due === null) return [];
  const en = language === 'en';
  const urgent = [...due.urgent].map(([id, days]) => {
    const name = say(urgencies.get(id) ?? id, language);
    return en ? `${name} ${many(days, 'working day')}` : `${name} ${days} 个工作日`;
  });
  const fixed = due.workingDays ?? due.days ?? due.months ?? due.workingHours;
  const otherwise = fixed !== null || due.sameDay || due.closeOfOffice || due.before !== null;
  return [
    ...urgent,
    ...(due.field !== null && otherwise ? [en ? 'or as set' : '或按设定日期'] : []),
    ...(due.atMost === null
      ? []
      : [en ? `at most ${many(due.atMost, 'working day')}` : `最长 ${due.atMost} 个工作日`]),
  ];
}

const chases: Readonly<Record<string, [zh: string, en: string]>> = {
  remind: ['催办', 'a reminder'],
  supervise: ['督办', 'supervision'],
  report: ['报告', 'a report'],
  criticise: ['书面批评', 'criticism in writing'],
};

/** What the clock does by itself near and after a due date, step by step. */
function clockSteps({ overdue, actions }: Stage, language: Language): string[] {
  const en = language === 'en';
  return overdue.map(({ days, workingDays, workingHours, afterStep, do: what }) => {
    const [count, one, zh] =
      workingDays !== null
        ? [workingDays, 'working day', '个工作日']
        : workingHours !== null
          ? [workingHours, 'working hour', '个工作小时']
          : [days ?? 1, 'day', '日'];
    const action = [...actions.values()].find(({ verb }) => verb === what)?.label;
    const does = chases[what]?.[en ? 1 : 0] ?? say(action ?? what, language);
    const off = Math.abs(count);
    if (en) {
      const side = count < 0 ? 'before' : 'after';
      return `${does} ${off === 0 ? 'at' : `${many(off, one)} ${side}`} ${afterStep ? 'the step before' : 'the due time'}`;
    }
    const since = afterStep ? '上一步' : '期限';
    return `${off === 0 ? `${since}到时` : `${since}${count < 0 ? '前' : '后'} ${off} ${zh}`}${does}`;
  });
}

/** A stage's due time in a few words; null where it has none. */
export function dueOf({ due }: Pick<Stage, 'due'>, language: Language): string | null {
  if (due === null) return null;
  const en = language === 'en';
  if (due.before !== null) {
    const [count, one, zh] =
      due.workingDays !== null || due.days === null
        ? [due.workingDays ?? 0, 'working day', '个工作日']
        : [due.days, 'day', '日'];
    if (count === 0) return en ? 'as set' : '按设定日期';
    return en ? `${many(count, one)} before` : `此前 ${count} ${zh}`;
  }
  if (due.closeOfOffice) return en ? 'by the close of office' : '当日下班前';
  if (due.workingHours !== null)
    return en ? many(due.workingHours, 'working hour') : `${due.workingHours} 个工作小时`;
  if (due.sameDay) return en ? 'the same day' : '当日';
  if (due.workingDays !== null)
    return en ? many(due.workingDays, 'working day') : `${due.workingDays} 个工作日`;
  if (due.days !== null) return en ? many(due.days, 'day') : `${due.days} 日`;
  if (due.months !== null) return en ? many(due.months, 'month') : `${due.months} 个月`;
  return en ? 'as set' : '按设定日期';
}

const words = {
  zh: {
    end: '结束',
    due: '时限 ',
    within: '时限 ',
    clock: '自动:',
    current: '当前环节',
    visited: '已经过',
    skipped: '已跳过',
    back: '(返回)',
    before: '来的环节',
    earlier: '所选的前面环节',
    any: '所选的环节',
    stays: '留在此环节:',
    anywhere: '任何环节都可“{label}”到此',
    open: '(',
    shut: ')',
    comma: ',',
    and: '、',
    colon: ':',
    semicolon: ';',
    stop: '。',
  },
  en: {
    end: 'an end',
    due: 'due ',
    within: 'due in ',
    clock: 'by itself: ',
    current: 'current stage',
    visited: 'passed',
    skipped: 'left out',
    back: ' (back)',
    before: 'the stage it came from',
    earlier: 'an earlier stage that is chosen',
    any: 'a stage that is chosen',
    stays: 'stays here: ',
    anywhere: '"{label}" leads here from any stage',
    open: ' (',
    shut: ')',
    comma: ', ',
    and: ', ',
    colon: ': ',
    semicolon: '; ',
    stop: '.',
  },
} satisfies Record<Language, Record<string, string>>;

/** One stage in words: its due time and mark, where each action leads, and what leads nowhere. */
export function inWords(
  stage: Stage,
  { moves, loops, chosen, anywhere }: Moves,
  flow: Flow,
  language: Language,
  { posts, urgencies, ...whereabouts }: Wording,
): string {
  const its = words[language];
  const { current, visited, skipped } = whereabouts;
  const [due, parts, when] = [
    dueOf(stage, language),
    partsOf(stage, posts, language),
    whenAt(stage.id, whereabouts, language),
  ];
  const notes = [
    ...(stage.id === current
      ? [its.current]
      : visited.has(stage.id)
        ? [its.visited]
        : skipped?.has(stage.id)
          ? [its.skipped]
          : []),
    ...(due === null
      ? []
      : [
          (/^\d+ \w+ \w+$|^\d+ \w+$/.test(due) ? its.within : its.due) +
            [due, ...besides(stage, urgencies, language)].join(its.comma),
        ]),
    ...(when === null ? [] : [when]),
    ...(parts === null ? [] : [parts]),
    ...(stage.kind === 'end' ? [its.end] : []),
  ];
  const nameOf = (id: string) => say(flow.stages.get(id)?.label ?? id, language);
  const ways = moves.flatMap(({ from, to, way, both, there, back }) => {
    const [gone, returned] = [there.join(its.and), back.join(its.and)];
    if (from === stage.id) return [`${gone} → ${nameOf(to)}${way === 'back' && !both ? its.back : ''}`];
    return both && to === stage.id ? [`${returned} → ${nameOf(from)}${its.back}`] : [];
  });
  for (const { label, to } of chosen.get(stage.id) ?? [])
    ways.push(`${label} → ${its[to === BEFORE ? 'before' : to === EARLIER ? 'earlier' : 'any']}`);
  const steps = clockSteps(stage, language);
  if (steps.length > 0) ways.push(its.clock + steps.join(its.and));
  const here = loops.get(stage.id)?.map(({ label }) => label) ?? [];
  if (here.length > 0) ways.push(its.stays + here.join(its.and));
  for (const label of anywhere.get(stage.id) ?? []) ways.push(its.anywhere.replace('{label}', label));
  const head =
    say(stage.label, language) + (notes.length > 0 ? its.open + notes.join(its.comma) + its.shut : '');
  return head + (ways.length > 0 ? its.colon + ways.join(its.semicolon) : '') + its.stop;
}
