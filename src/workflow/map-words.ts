import { BEFORE, EARLIER, type Flow, type Stage } from '../county/county.ts';
import { say, type Language } from '../model/text.ts';
import type { Moves } from './moves.ts';

/** Where a thing stands, and the stages it has been at. */
export interface Whereabouts {
  current: string | null;
  visited: ReadonlySet<string>;
  /** Those that were left out. */
  skipped?: ReadonlySet<string> | undefined;
}

/** A stage's due time in a few words; null where it has none. */
export function dueOf({ due }: Pick<Stage, 'due'>, language: Language): string | null {
  if (due === null) return null;
  const en = language === 'en';
  const many = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  if (due.before !== null)
    return en
      ? `${many(due.workingDays ?? 0, 'working day')} before`
      : `此前 ${due.workingDays ?? 0} 个工作日`;
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
    due: 'due in ',
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
  { current, visited, skipped }: Whereabouts,
): string {
  const its = words[language];
  const due = dueOf(stage, language);
  const notes = [
    ...(stage.id === current
      ? [its.current]
      : visited.has(stage.id)
        ? [its.visited]
        : skipped?.has(stage.id)
          ? [its.skipped]
          : []),
    ...(due === null ? [] : [its.due + due]),
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
  const here = loops.get(stage.id)?.map(({ label }) => label) ?? [];
  if (here.length > 0) ways.push(its.stays + here.join(its.and));
  for (const label of anywhere.get(stage.id) ?? []) ways.push(its.anywhere.replace('{label}', label));
  const head =
    say(stage.label, language) + (notes.length > 0 ? its.open + notes.join(its.comma) + its.shut : '');
  return head + (ways.length > 0 ? its.colon + ways.join(its.semicolon) : '') + its.stop;
}
