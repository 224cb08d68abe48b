import type { County, Field, StageAction } from '../county/county.ts';
import { isCommittee } from '../model/letter.ts';
import { say, type Language, type Text } from '../model/text.ts';
import type { Decision, Fields, LogEntry, Moment, Thing } from '../model/thing.ts';
import type { HistoryItem } from '../model/view.ts';
import { isTiedByAnother, type Change, type Heard, type MovedOver } from './change.ts';
import { authorsOf, isStaff, namesShown } from './permission.ts';
import { relationWords } from './relations.ts';
import {
  CLOCK,
  type Reader,
  behalfShown,
  fieldsOfKind,
  reasonView,
  saidBy,
  sees,
  stageName,
  stageOf,
  tieWords,
  valueText,
} from './view.ts';

const automaticText = {
  zh: '自动办理:上一环节由同一人办理',
  en: 'By itself: the same person acted just before',
};

/** What the clock does near and after a due date. */
export const chases: Record<string, { zh: string; en: string }> = {
  remind: { zh: '催办(系统)', en: 'Reminded' },
  supervise: { zh: '超期督办', en: 'Overdue: supervised' },
  report: { zh: '超期报告', en: 'Overdue: reported' },
  criticise: { zh: '书面批评', en: 'Written criticism' },
};

const erasedText = { zh: '删除个人信息', en: 'Personal data erased' };

/** A log entry with its texts put back, as this reader may see it. */
export function historyItem(
  reader: Reader,
  thing: Thing,
  entry: LogEntry,
  change: {
    stage?: string;
    said?: Fields;
    decisions?: Record<string, Decision>;
    escalation?: string;
    migration?: MovedOver;
    skipped: Thing['skipped'];
  } & Pick<Change, 'fields' | 'links' | 'untied' | 'heard'>,
  /** Where the thing stood before and after. */
  stages: { before: string; after: string },
  from: HistoryItem['from'],
  changed: HistoryItem['changed'],
): HistoryItem {
  const { county, language } = reader;
  const tie = entry.action === 'tie' ? tieOf(change) : null;
  const action = tie ? undefined : actionOf(county, entry, stages.before);
  const unnamed: Record<string, Text> = {
    migrate: { zh: '转入新版配置', en: 'Moved to another version of the config' },
    tick: chases[change.escalation ?? ''] ?? { zh: '超期', en: 'Overdue' },
    erase: erasedText,
    heard: change.heard?.what ?? { zh: '上级来信', en: 'Word from above' },
    ...(tie ? { tie } : {}),
  };
  const { id: me } = reader.actor;
  const named = namesShown(county, reader.actor, thing);
  const writes = (person: string) => authorsOf(thing).includes(person);
  const shows =
    isStaff(county, reader.actor) ||
    entry.actor === me ||
    isCommittee(entry.actor) ||
    (county.showsNames && (named || !writes(entry.actor)));
  const fired = Object.values(change.decisions ?? {}).filter((decision) => decision.fired);
  return {
    sequence: entry.sequence,
    action: entry.action,
    label: say(action?.label ?? unnamed[entry.action] ?? entry.action, language),
    by: entry.actor === CLOCK ? null : shows ? reader.nameOf(entry.actor) : null,
    onBehalf: entry.onBehalf && behalfShown(reader, thing, entry.onBehalf),
    automatic: entry.automatic ? automaticText[language] : null,
    standIn: entry.standIn ? standInText(reader, entry.standIn) : null,
    on: entry.on,
    at: entry.at,
    stage: say(stageOf(county, { kind: entry.kind, stage: stages.after }).label, language),
    stageId: stages.after,
    skipped: change.skipped.map((one) => skipText(reader, one)),
    said: change.migration
      ? movedSaid(reader, entry.kind, change.migration)
      : change.heard
        ? heardSaid(change.heard, language)
        : saidBy(
            reader,
            tie ? everyField(county) : fieldsOfAct(county, entry.kind, action),
            change.said ?? {},
            entry.actor === reader.actor.id,
          ),
    changed,
    // What the office judged of it is what the rules read.
    reasons: isStaff(county, reader.actor)
      ? fired.map((decision) => reasonView(reader, entry.kind, decision))
      : [],
    from,
  };
}

function heardSaid(heard: Heard, language: Language): HistoryItem['said'] {
  const value = language === 'en' ? heard['words-en'] : heard['words-zh'];
  return value ? [{ label: language === 'en' ? 'They say' : '来信', value }] : [];
}

/** The texts of a thing's own form that are others now, of those that the reader sees. */
export function changedTexts(
  reader: Reader,
  kind: Thing['kind'],
  was: Fields,
  now: Fields,
): HistoryItem['changed'] {
  const form = reader.county.forms.get(reader.county.flows.get(kind)?.form ?? '') ?? [];
  return form.flatMap((field) => {
    const [before, after] = [was[field.id], now[field.id] ?? ''];
    const text = field.type === 'text' || field.type === 'long-text';
    if (!text || !sees(reader, field) || typeof before !== 'string' || typeof after !== 'string') return [];
    if (before === '' || before === after) return [];
    return [{ label: say(field.label, reader.language), was: before, now: after }];
  });
}

/** "Version 1 → 2", and what became of its stage and due date where that changed. */
function movedSaid(reader: Reader, kind: Thing['kind'], moved: MovedOver): HistoryItem['said'] {
  const en = reader.language === 'en';
  const stage = (version: string, id: string) => {
    const { label } = stageOf(reader.countyOf({ configVersion: version }), { kind, stage: id });
    return say(label, reader.language);
  };
  const none = en ? 'none' : '无';
  const { from, to } = moved;
  const pairs: [label: string, was: string, now: string][] = [
    [en ? 'Version' : '配置版本', from, to],
    [en ? 'Stage' : '环节', stage(from, moved.stage.was), stage(to, moved.stage.now)],
    [en ? 'Due' : '期限', moved.due.was ?? none, moved.due.now ?? none],
  ];
  return pairs
    .filter(([, was, now]) => was !== now)
    .map(([label, was, now]) => ({ label, value: `${was} → ${now}` }));
}

/** "复审(特急)" */
export function skipText(reader: Reader, { stage, rule }: { stage: string; rule: string | null }): string {
  const { county, language } = reader;
  const name = rule === null ? null : say(county.rules.get(rule)?.name ?? rule, language);
  const label = stageName(reader, stage);
  if (name === null) return label;
  return language === 'en' ? `${label} (${name})` : `${label}(${name})`;
}

/** What another thing's act tied to this one, or took away; null for what was done to this one itself. */
function tieOf({
  fields,
  links = [],
  untied = [],
}: Pick<Change, 'fields' | 'links' | 'untied'>): Text | null {
  if (!isTiedByAnother({ fields, links })) return null;
  const [made] = links;
  if (made) return tieWords[made.role] ?? null;
  return untied.length > 0 ? { zh: '关联取消', en: 'No longer tied' } : null;
}

function everyField({ forms }: County): Map<string, Field> {
  return new Map([...forms.values()].flat().map((field) => [field.id, field]));
}

/** "acting for 王建国 as secretary-general" */
function standInText(
  { county, language, nameOf }: Reader,
  standIn: NonNullable<LogEntry['standIn']>,
): string {
  if (standIn.post === null)
    return language === 'en' ? `for ${nameOf(standIn.of)}, who asked` : `受${nameOf(standIn.of)}委派`;
  const en = language === 'en';
  const { post, of, by, aside = [] } = standIn;
  const nameOfPost = (id: string) => say(county.posts.get(id)?.name ?? id, language);
  const name = nameOfPost(post);
  const why = aside.map((relation) => say(relationWords[relation], language)).join(en ? ', ' : '、');
  const because = why === '' ? '' : en ? ` (excluded: ${why})` : `(回避:${why})`;
  if (by !== undefined)
    return en
      ? `as ${nameOfPost(by)}, nobody acting as ${name}${because}`
      : `${name}无人可办,由${nameOfPost(by)}办理${because}`;
  if (of !== null) return en ? `for ${nameOf(of)} as ${name}` : `代理${nameOf(of)}(${name})`;
  return en ? `as deputy ${name}${because}` : `代行${name}${because}`;
}

/**
 * The act as the stage has it that it was taken at; elsewhere the same verb has other words and another form. What
 * another thing's action opened, or changed along, has no such action of its own: then it is that other flow's.
 */
export function actionOf(
  county: County,
  { kind, action: verb }: LogEntry,
  before: string,
): StageAction | undefined {
  if (verb === 'tick' || verb === 'erase' || verb === 'migrate' || verb === 'heard') return undefined;
  const own = county.flows.get(kind);
  const flows = [...(own ? [own] : []), ...county.flows.values()];
  const stages = [
    stageOf(county, { kind, stage: before }),
    ...flows.flatMap((flow) => [...flow.stages.values()]),
  ];
  return stages.find((stage) => stage.actions.has(verb))?.actions.get(verb);
}

/** The fields of what was said: those of the act's own form go before others of the same name. */
export function fieldsOfAct(county: County, kind: Thing['kind'], action: StageAction | undefined) {
  const fields = fieldsOfKind(county, kind);
  for (const field of (action?.form && county.forms.get(action.form)) || []) fields.set(field.id, field);
  return fields;
}

export function momentLabel(reader: Reader, moment: Moment): string {
  const { language } = reader;
  const words: Record<string, [string, string]> = {
    submitted: ['提交', 'Submitted'],
    entered: ['登记', 'Entered'],
    checked: ['通过初核', 'Past the initial check'],
    forwarded: ['通过审签', 'Signed off'],
    compiled: ['编报', 'Compiled'],
    issued: ['签发', 'Issued'],
    sent: ['报送', 'Sent'],
    adopted: ['采用', 'Adopted'],
    'taken-up': ['采纳', 'Taken up'],
    instructed: ['批示', 'Instruction'],
    opinion: ['部门意见', 'Opinion received'],
    assigned: ['交办', 'Assigned'],
    'passed-on': ['转办', 'Passed on'],
    replied: ['办复', 'Replied'],
    rated: ['满意度', 'Rated'],
    scored: ['评分', 'Marked'],
    excellent: ['评为优秀', 'Rated excellent'],
    'extension-asked': ['申请延期', 'Extension asked for'],
    extended: ['同意延期', 'Extended'],
    declined: ['申请退办', 'Declined'],
    asked: ['征求意见', 'Opinion asked for'],
    objected: ['提出异议', 'Objected'],
    answered: ['答复异议', 'Objection answered'],
  };
  const fields = fieldsOfKind(reader.county, 'piece');
  const name = words[moment.is]?.[language === 'en' ? 1 : 0] ?? moment.is;
  const facts = ['level', 'outlet', 'form', 'body', 'leader'].flatMap((fact) => {
    const value = moment[fact];
    return typeof value === 'string' ? [valueText(reader, fields.get(fact), value)] : [];
  });
  return [name, ...facts].join(' · ');
}
