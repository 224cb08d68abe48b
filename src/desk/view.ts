import type { County, Field, Stage } from '../county/county.ts';
import type { CivilDate } from '../model/date.ts';
import { committeeActor } from '../model/letter.ts';
import { say, type Language, type Text } from '../model/text.ts';
import {
  JOINT,
  type Actor,
  type Decision,
  type Fields,
  type FieldValue,
  type Link,
  type LogEntry,
  type OnBehalf,
  type Thing,
  type ThingKind,
} from '../model/thing.ts';
import type { HistoryItem, Option, ReasonView, ThingView } from '../model/view.ts';
import { becauseOf } from '../rules/sentence.ts';
import { arrivedOf } from './from-below.ts';
import { openingFields } from './input.ts';
import { named } from './facts.ts';
import { isStaff, may, namesShown } from './permission.ts';
import type { ScoreEntry } from '../store/port.ts';
import type { Posts } from './posts.ts';

/** Whose eyes see it: one actor in one language, with names looked up in the directory. */
export interface Reader {
  /** As it is in force; for one thing, as it was when that thing began. */
  county: County;
  counties: readonly County[];
  countyOf: (thing: Pick<Thing, 'configVersion'>) => County;
  actor: Actor;
  language: Language;
  nameOf: (id: string) => string;
  /** The units that a person belongs to or acts for. */
  unitsOf: (person: string) => string[];
  /** Those who can be asked, copied in, or handed a task. */
  colleagues: () => Option[];
  /** Those of some kinds of author, or of any. */
  peopleOf: (kinds: readonly string[] | null) => Option[];
  /** Those whom somebody keeps contact with. */
  linksOf: (person: string) => Option[];
  /** Who holds a post, to be named where the office enters their act. */
  holdersOf: (post: string) => string[];
  /** Who can act by which post on a day. */
  postsOn: (day: CivilDate) => Posts;
  /** What a matter that counts as a record came to. */
  creditOf: (matter: Thing) => ScoreEntry[];
  /** A line of the method in its own words. */
  lineName: (line: string) => string;
  /** What each field that names other things can name. */
  choices: ReadonlyMap<Field, Option[]>;
}

export function titleOf(thing: Thing): string {
  const title = thing.fields['title'] ?? thing.fields['period'];
  return typeof title === 'string' && title !== '' ? title : thing.id;
}

export function stageOf(county: County, thing: Pick<Thing, 'kind' | 'stage'>): Stage {
  const stage = county.flows.get(thing.kind)?.stages.get(thing.stage);
  return (
    stage ?? {
      id: thing.stage,
      label: thing.stage,
      kind: 'end',
      by: [],
      fallback: null,
      excludes: [],
      due: null,
      overdue: [],
      sameActor: null,
      together: null,
      actions: new Map(),
    }
  );
}

export function reasonView(reader: Reader, kind: Thing['kind'], decision: Decision): ReasonView {
  const rule = reader.county.rules.get(decision.rule);
  return {
    rule: rule ? say(rule.name, reader.language) : decision.rule,
    clause: rule?.clause ?? null,
    because: decision.reasons
      .filter((reason) => reason.met)
      .map((reason) => becauseOf(reason, reader.county.vocabulary(kind), reader.language)),
  };
}

/** A value as people read it: an option's label, yes or no, names for ids. */
export function valueText(reader: Reader, field: Field | undefined, value: FieldValue): string {
  const one = (item: FieldValue): string => {
    if (item === null) return '';
    if (typeof item === 'boolean')
      return reader.language === 'en' ? (item ? 'yes' : 'no') : item ? '是' : '否';
    if (
      typeof item === 'string' &&
      (field?.type === 'person' || field?.type === 'people' || field?.type === 'thing')
    )
      return reader.nameOf(item);
    if (typeof item === 'string' && field?.type === 'post')
      return say(reader.county.posts.get(item)?.name ?? item, reader.language);
    if (typeof item === 'string' && field?.type === 'stage') return stageName(reader, item);
    if (typeof item === 'string' && field?.type === 'field') return fieldName(reader, item);
    if (typeof item === 'string' && field?.type === 'comment') return `#${item}`;
    const option = field?.options.find((candidate) => candidate.id === item);
    return option ? say(option.label, reader.language) : String(item);
  };
  return Array.isArray(value) ? value.map(one).join(reader.language === 'en' ? ', ' : '、') : one(value);
}

function fieldName({ county, language }: Reader, id: string): string {
  const field = [...county.forms.values()].flat().find((one) => one.id === id);
  return say(field?.label ?? id, language);
}

export function stageName({ county, language }: Reader, id: string): string {
  const stages = [...county.flows.values()].map((flow) => flow.stages.get(id));
  return say(stages.find((stage) => stage !== undefined)?.label ?? id, language);
}

/** Every field a thing of this kind may have been asked, by id; the thing's own form first. */
export function fieldsOfKind(county: County, kind: Thing['kind']): Map<string, Field> {
  const fields = new Map<string, Field>();
  const flow = county.flows.get(kind);
  if (!flow) return fields;
  const forms = [flow.form];
  for (const stage of flow.stages.values())
    for (const action of stage.actions.values()) if (action.form) forms.push(action.form);
  for (const form of forms)
    for (const field of county.forms.get(form) ?? []) if (!fields.has(field.id)) fields.set(field.id, field);
  return fields;
}

/** Whether what a field holds is for this reader's eyes. */
export function sees({ county, actor }: Reader, field: Pick<Field, 'seenBy'> | undefined): boolean {
  if (field?.seenBy === 'office') return isStaff(county, actor);
  return field?.seenBy !== 'instruction-readers' || may(county, actor, 'read-instructions', null);
}

const forTheOffice = { seenBy: 'office' } as const;

export function saidBy(
  reader: Reader,
  fields: Map<string, Field>,
  said: Fields,
  /** Whoever said it reads it. */
  own: boolean,
): HistoryItem['said'] {
  const whyNot = { zh: '未采纳建议的理由', en: 'Why not as proposed' };
  return Object.entries(said).flatMap(([name, value]) => {
    if (value === null || value === '' || name === 'title') return [];
    const field = name === 'whyNot' ? forTheOffice : fields.get(name);
    if (!own && !sees(reader, field)) return [];
    const known = fields.get(name);
    if (known && isFile(known)) return [];
    const label = say(known?.label ?? whyNot, reader.language);
    if (!known && name !== 'whyNot') return [];
    return [{ label, value: valueText(reader, known, value) }];
  });
}

/** What the clock is called in the log. */
export const CLOCK = 'clock';

/** For whom it was entered; an author who is not named stays so, and so does the paper that they signed. */
export function behalfShown(
  reader: Reader,
  thing: Thing,
  behalf: OnBehalf,
): NonNullable<HistoryItem['onBehalf']> {
  const author = thing.authors.some(({ person }) => person === behalf.of);
  if (!author || namesShown(reader.county, reader.actor, thing))
    return { ...behalf, name: reader.nameOf(behalf.of) };
  return { of: '', on: behalf.on, name: reader.language === 'en' ? 'the author' : '反映人' };
}

export function fieldRows(reader: Reader, thing: Thing): ThingView['fields'] {
  const fields = fieldsOfKind(reader.county, thing.kind);
  return Object.entries(thing.fields).flatMap(([name, value]) => {
    const field = fields.get(name);
    if (!field || value === null || value === '' || name === 'title' || isFile(field)) return [];
    if (!sees(reader, field)) return [];
    const label = say(field.label, reader.language);
    if (name === JOINT) return jointRow(reader, thing, label);
    return [{ name, label, value: valueText(reader, field, value) }];
  });
}

/** Who was asked to be an author too, and who has agreed; names are shown to whom the authors' are. */
function jointRow(reader: Reader, thing: Thing, label: string): ThingView['fields'] {
  const { [JOINT]: asked } = thing.fields;
  if (!Array.isArray(asked) || !namesShown(reader.county, reader.actor, thing)) return [];
  const en = reader.language === 'en';
  const words = asked.map((id) => {
    const agreed = thing.authors.some(({ person }) => person === id);
    const state = agreed ? (en ? 'confirmed' : '已确认') : en ? 'not confirmed yet' : '待确认';
    return en ? `${reader.nameOf(id)} (${state})` : `${reader.nameOf(id)}(${state})`;
  });
  return [{ name: JOINT, label, value: words.join(en ? ', ' : '、') }];
}

const isFile = (field: Field) => field.type === 'file' || field.type === 'files';

/** The files a thing's own fields hold, with the field's label; scans of what was entered for somebody besides. */
export function filesOf(reader: Reader, thing: Thing, entries: readonly LogEntry[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, field] of fieldsOfKind(reader.county, thing.kind)) {
    const value = thing.fields[name];
    if (!isFile(field) || value === null || value === undefined || !sees(reader, field)) continue;
    for (const id of Array.isArray(value) ? value : [value])
      files.set(String(id), say(field.label, reader.language));
  }
  for (const id of arrivedOf(thing)) files.set(id, reader.language === 'en' ? 'From below' : '下级附件');
  const { documents } = thing.fields;
  if (thing.kind === 'period' && Array.isArray(documents))
    for (const id of documents) files.set(id, reader.language === 'en' ? 'Bulletin' : '通报');
  const { records } = thing.fields;
  if (thing.kind === 'period' && typeof records === 'string' && isStaff(reader.county, reader.actor))
    files.set(records, reader.language === 'en' ? 'Records counted' : '计入的记录');
  for (const { onBehalf } of entries)
    if (onBehalf?.scan && behalfShown(reader, thing, onBehalf).scan)
      files.set(onBehalf.scan, reader.language === 'en' ? 'Scan' : '扫描件');
  return files;
}

/** How a tie reads from one of its ends. */
export const tieWords: Readonly<Record<string, Text>> = {
  answers: { zh: '应答', en: 'Answers' },
  'answered-by': { zh: '收到应答', en: 'Answered by' },
  'derived-from': { zh: '来源于', en: 'Derived from' },
  becomes: { zh: '转为', en: 'Became' },
  'attached-to': { zh: '附于', en: 'Attached to' },
  attached: { zh: '附有', en: 'Has attached' },
  lists: { zh: '列入议题', en: 'On its list' },
  'listed-by': { zh: '被列入', en: 'On the list of' },
  decides: { zh: '作出决定', en: 'Decided on' },
  'decided-by': { zh: '会议决定', en: 'Decided by' },
};

/** How many answers a thing has; null where nothing of its kind is answered. */
export function answersTo(county: County, thing: Thing): number | null {
  const answered = [...county.forms.values()].some((form) =>
    form.some(({ ties }) => ties?.link === 'answers' && ties.kinds.includes(thing.kind)),
  );
  return answered ? named(thing, 'answered-by').length : null;
}

/** What a kind of thing is called. */
function kindName({ county, language }: Reader, kind: ThingKind): string {
  const words: Readonly<Record<string, Text>> = {
    lead: { zh: '线索', en: 'Lead' },
    report: { zh: '信息', en: 'Report' },
    piece: { zh: '编发件', en: 'Piece' },
    handling: { zh: '办理', en: 'Handling' },
    period: { zh: '通报期', en: 'Period' },
  };
  return say(words[kind] ?? county.matters.get(kind)?.name ?? kind, language);
}

/** What a thing is tied to in the records that were entered. */
export function recordRow({ language, nameOf }: Reader, link: Link): ThingView['links'][number] {
  return {
    ...link,
    label: say(tieWords[link.role] ?? link.role, language),
    title: nameOf(link.id),
    stage: '',
  };
}

/** The same thing at another committee, by that one's name and number for it. */
export function committeeRow({ language, nameOf }: Reader, link: Link): ThingView['links'][number] {
  const [committee = '', number = ''] = link.id.split('/');
  const words: Text =
    link.role === 'above' ? { zh: '上级收件', en: 'Received above' } : { zh: '下级来件', en: 'From below' };
  return {
    ...link,
    label: say(words, language),
    title: `${nameOf(committeeActor(committee))} ${number}`,
    stage: '',
  };
}

export function linkRow(reader: Reader, link: Link, thing: Thing): ThingView['links'][number] {
  const tie = tieWords[link.role];
  return {
    ...link,
    label: tie ? say(tie, reader.language) : kindName(reader, link.kind),
    title: titleOf(thing),
    stage: say(stageOf(reader.countyOf(thing), thing).label, reader.language),
  };
}

export const isOpeningField = (name: string): boolean => (openingFields as readonly string[]).includes(name);
