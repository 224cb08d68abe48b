import { BACK, EARLIER, type County, type Field, type Stage, type StageAction } from '../county/county.ts';
import { civilDate, type CivilDate } from '../model/date.ts';
import { say, type Language, type Text } from '../model/text.ts';
import type {
  Actor,
  Decision,
  Fields,
  FieldValue,
  Link,
  LogEntry,
  Moment,
  Thing,
  ThingKind,
} from '../model/thing.ts';
import type { ActionView, FieldView, HistoryItem, Option, ReasonView, ThingView } from '../model/view.ts';
import { becauseOf } from '../rules/sentence.ts';
import { workingDaysFrom } from '../workflow/calendar.ts';
import type { Change } from './change.ts';
import { openingFields } from './input.ts';
import { askedAndSilent, named } from './facts.ts';
import { jumpsTo } from '../workflow/machine.ts';
import { mayVote } from '../workflow/together.ts';
import { isVote, participantsOf, voicesOf } from './participants.ts';
import { authorsOf, entersFor, isStaff, may, mayTake } from './permission.ts';

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
  /** Those whom somebody keeps contact with. */
  linksOf: (person: string) => Option[];
  /** Who holds a post, to be named where the office enters their act. */
  holdersOf: (post: string) => string[];
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
      due: null,
      overdue: [],
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
    if (typeof item === 'string' && (field?.type === 'person' || field?.type === 'thing'))
      return reader.nameOf(item);
    if (typeof item === 'string' && field?.type === 'post')
      return say(reader.county.posts.get(item)?.name ?? item, reader.language);
    if (typeof item === 'string' && field?.type === 'stage') return stageName(reader, item);
    const option = field?.options.find((candidate) => candidate.id === item);
    return option ? say(option.label, reader.language) : String(item);
  };
  return Array.isArray(value) ? value.map(one).join(reader.language === 'en' ? ', ' : '、') : one(value);
}

function stageName({ county, language }: Reader, id: string): string {
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

function saidBy(
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

/** What the clock does near and after a due date. */
const chases: Record<string, { zh: string; en: string }> = {
  remind: { zh: '催办(系统)', en: 'Reminded' },
  supervise: { zh: '超期督办', en: 'Overdue: supervised' },
  report: { zh: '超期报告', en: 'Overdue: reported' },
  criticise: { zh: '书面批评', en: 'Written criticism' },
};

/** A log entry with its texts put back, as this reader may see it. */
export function historyItem(
  reader: Reader,
  entry: LogEntry,
  change: {
    stage?: string;
    said?: Fields;
    decisions?: Record<string, Decision>;
    escalation?: string;
  } & Pick<Change, 'fields' | 'links' | 'untied'>,
  /** Where the thing stood before and after. */
  stages: { before: string; after: string },
  from: HistoryItem['from'],
): HistoryItem {
  const { county, language } = reader;
  const tie = entry.action === 'tie' ? tieOf(change) : null;
  const action = tie ? undefined : actionOf(county, entry, stages.before);
  const chased = chases[change.escalation ?? ''] ?? { zh: '超期', en: 'Overdue' };
  const shows = county.showsNames || isStaff(county, reader.actor) || entry.actor === reader.actor.id;
  const fired = Object.values(change.decisions ?? {}).filter((decision) => decision.fired);
  return {
    sequence: entry.sequence,
    action: entry.action,
    label: tie
      ? say(tie, language)
      : action
        ? say(action.label, language)
        : entry.action === 'tick'
          ? chased[language]
          : entry.action,
    by: entry.actor === CLOCK ? null : shows ? reader.nameOf(entry.actor) : null,
    onBehalf: entry.onBehalf && { ...entry.onBehalf, name: reader.nameOf(entry.onBehalf.of) },
    standIn: entry.standIn ? standInText(reader, entry.standIn) : null,
    on: entry.on,
    at: entry.at,
    stage: say(stageOf(county, { kind: entry.kind, stage: stages.after }).label, language),
    stageId: stages.after,
    said: saidBy(
      reader,
      tie ? everyField(county) : fieldsOfAct(county, entry.kind, action),
      change.said ?? {},
      entry.actor === reader.actor.id,
    ),
    // What the office judged of it is what the rules read.
    reasons: isStaff(county, reader.actor)
      ? fired.map((decision) => reasonView(reader, entry.kind, decision))
      : [],
    from,
  };
}

/** What another thing's act tied to this one, or took away; null for what was done to this one itself. */
function tieOf({
  fields,
  links = [],
  untied = [],
}: Pick<Change, 'fields' | 'links' | 'untied'>): Text | null {
  // One's own act keeps what its form held.
  if (fields !== undefined) return null;
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
  { post, of }: NonNullable<LogEntry['standIn']>,
): string {
  const name = say(county.posts.get(post)?.name ?? post, language);
  if (of !== null) return language === 'en' ? `for ${nameOf(of)} as ${name}` : `代理${nameOf(of)}(${name})`;
  return language === 'en' ? `as deputy ${name}` : `代行${name}`;
}

/**
 * The act as the stage has it that it was taken at; elsewhere the same verb has other words and another form. What
 * another thing's action opened, or changed along, has no such action of its own: then it is that other flow's.
 */
function actionOf(county: County, { kind, action: verb }: LogEntry, before: string): StageAction | undefined {
  if (verb === 'tick') return undefined;
  const own = county.flows.get(kind);
  const flows = [...(own ? [own] : []), ...county.flows.values()];
  const stages = [
    stageOf(county, { kind, stage: before }),
    ...flows.flatMap((flow) => [...flow.stages.values()]),
  ];
  return stages.find((stage) => stage.actions.has(verb))?.actions.get(verb);
}

/** The fields of what was said: those of the act's own form go before others of the same name. */
function fieldsOfAct(county: County, kind: Thing['kind'], action: StageAction | undefined) {
  const fields = fieldsOfKind(county, kind);
  for (const field of (action?.form && county.forms.get(action.form)) || []) fields.set(field.id, field);
  return fields;
}

export function momentLabel(reader: Reader, moment: Moment): string {
  const { language } = reader;
  const words: Record<string, [string, string]> = {
    submitted: ['提交', 'Submitted'],
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

/** Whether the rules and where it stands let an action be taken at all, whoever takes it. */
export function offered(thing: Thing, action: StageAction): boolean {
  const holds = (rule: string | null) => rule !== null && thing.decisions[rule]?.fired === true;
  if (action.if !== null && !holds(action.if)) return false;
  if (action.unless !== null && holds(action.unless)) return false;
  // What was never returned has nowhere to go back to, unless there is another way.
  return action.to.every((branch) => branch.to === BACK) && action.to.length > 0 ? thing.back !== null : true;
}

/** Some actions are offered only for so long after the thing arrived, or until its due date. */
function inTime(county: County, thing: Thing, { within, beforeDue }: StageAction, today: CivilDate): boolean {
  if (beforeDue && thing.due && today > thing.due.on) return false;
  if (within === null || thing.version === 0) return true;
  const arrived = civilDate(thing.since, county.timeZone);
  return today <= workingDaysFrom(arrived, within, county.closures);
}

/** What this actor has done already and cannot again, or cannot yet. */
export function spent(actor: Actor, thing: Thing, { verb }: StageAction): boolean {
  if (verb === 'take-back')
    return thing.lastMove?.by !== actor.id || thing.lastMove.at !== thing.version || thing.path.length === 0;
  if (verb === 'claim') return thing.claimedBy !== null;
  if (verb === 'release') return thing.claimedBy !== actor.id;
  if (verb === 'mark')
    return thing.moments.some((moment) => moment.is === 'scored' && moment['rater'] === actor.id);
  // What has not been counted cannot be checked.
  if (verb === 'pass' && thing.kind === 'period') return typeof thing.fields['table'] !== 'string';
  if (verb !== 'opine') return false;
  const left = askedAndSilent(thing);
  const own = actor.posts.flatMap(({ organisation }) => organisation ?? []);
  return own.length > 0 && !own.some((organisation) => left.includes(organisation));
}

/** The decision that proposes an action, if its rule fired. */
export function proposalOf(thing: Thing, action: StageAction | undefined): Decision | null {
  if (!action?.proposedBy) return null;
  const decision = thing.decisions[action.proposedBy];
  return decision?.fired ? decision : null;
}

/** What this actor may do next: the same test that judges the act itself. */
export function offeredActions(
  { county, actor, holdersOf }: Pick<Reader, 'county' | 'actor' | 'holdersOf'>,
  thing: Thing,
  today: CivilDate,
): { action: StageAction; how: 'direct' | 'behalf' }[] {
  const stage = stageOf(county, thing);
  return [...stage.actions.values()].flatMap((action) => {
    if (!offered(thing, action) || !inTime(county, thing, action, today) || spent(actor, thing, action))
      return [];
    const how = byReaders.has(action.verb)
      ? thing.readers.includes(actor.id)
        ? 'direct'
        : 'no'
      : mayTake(county, actor, action, thing.version === 0 ? null : thing);
    if (!isVote(stage, action)) return how === 'no' ? [] : [{ action, how }];
    const open = voicesOf(county, actor, stage, thing, holdersOf);
    // Whoever was added as a signer signs, whatever posts the action names.
    if (open.length > 0) return [{ action, how: 'direct' as const }];
    return how === 'behalf' ? [{ action, how }] : [];
  });
}

/** Acts of those who were copied in or asked. */
const byReaders: ReadonlySet<string> = new Set(['advise', 'read']);

export function actionView(
  reader: Reader,
  thing: Thing,
  action: StageAction,
  how: 'direct' | 'behalf',
): ActionView {
  const { county, language } = reader;
  const proposal = proposalOf(thing, action);
  const against =
    action.instead === null ? null : proposalOf(thing, stageOf(county, thing).actions.get(action.instead));
  const fields = (action.form ? (county.forms.get(action.form) ?? []) : [])
    .map((field) => fieldView(reader, thing, action, field))
    // Where there is nothing to name, nothing is asked.
    .filter(({ tie, required, options, value }) => !tie || required || options.length > 0 || value !== null);
  if (action.instead !== null)
    fields.push({
      name: 'whyNot',
      label: language === 'en' ? 'Why not as the rules propose' : '不按规则建议办理的理由',
      hint: against
        ? reasonView(reader, thing.kind, against).because.join(language === 'en' ? '; ' : ';')
        : null,
      type: 'long-text',
      required: against !== null,
      // What this very form says may make the rules propose otherwise: then the answer asks for it.
      onDemand: against === null,
      limit: 300,
      options: [],
      tie: null,
      value: null,
    });
  return {
    action: action.verb,
    label: say(action.label, language),
    tone: action.tone,
    aside: action.everywhere,
    confirm: action.confirm === null ? null : say(action.confirm, language),
    proposed: proposal ? [reasonView(reader, thing.kind, proposal)] : null,
    takes:
      action.verb === 'compile'
        ? 'reports'
        : action.verb === 'join' || action.verb === 'merge'
          ? 'report'
          : null,
    behalf:
      how === 'behalf'
        ? partiesOf(reader, action, thing).map((id) => ({ value: id, label: reader.nameOf(id) }))
        : [],
    fields,
  };
}

/** For whom this actor may enter an act: the authors, the organisations that act on it, the holders of a post. */
export function partiesOf(
  { county, actor, holdersOf }: Pick<Reader, 'county' | 'actor' | 'holdersOf'>,
  action: StageAction,
  thing: Thing,
): string[] {
  const parties = entersFor(county, actor, action.by, thing).flatMap((post) => {
    const scope = county.posts.get(post)?.scope;
    if (scope === 'own') return authorsOf(thing);
    if (scope === 'county') return holdersOf(post);
    const stage = stageOf(county, thing);
    if (isVote(stage, action)) return mayVoteAt(stage, thing, holdersOf);
    const acting = action.verb === 'opine' ? askedAndSilent(thing) : thing.handlers;
    return action.leadOnly ? acting.slice(0, 1) : acting;
  });
  return [...new Set(parties)];
}

function mayVoteAt(stage: Stage, thing: Thing, holdersOf: Reader['holdersOf']): string[] {
  return stage.together ? mayVote(stage.together, participantsOf(stage, thing, holdersOf), thing.votes) : [];
}

function prefilled(thing: Thing, action: StageAction, field: Field): FieldValue {
  if (action.verb === 'compile' && field.id === 'text')
    return ['situation', 'analysis', 'suggestion']
      .map((part) => thing.fields[part])
      .filter((part) => typeof part === 'string')
      .join('\n\n');
  const kept = thing.fields[field.id];
  const own = ['save', 'submit', 'check', 'pass', 'edit', 'compile', 'write-up'].includes(action.verb);
  return own && kept !== undefined ? kept : null;
}

function fieldView(reader: Reader, thing: Thing, action: StageAction, field: Field): FieldView {
  const choices = dynamicOptions(reader, thing, action, field);
  return {
    name: field.id,
    label: say(field.label, reader.language),
    hint: field.hint === null ? null : say(field.hint, reader.language),
    type: field.type,
    required: field.required,
    onDemand: false,
    limit: field.limit,
    options:
      choices ??
      field.options.map((option) => ({ value: option.id, label: say(option.label, reader.language) })),
    tie: field.ties && { link: field.ties.link, kinds: field.ties.kinds },
    value: prefilled(thing, action, field),
  };
}

/** Options that depend on who there is and where the thing has been; null for a field that names its own. */
export function dynamicOptions(
  { county, actor, colleagues, linksOf, holdersOf, language, choices }: Reader,
  thing: Thing,
  action: StageAction,
  field: Field,
): Option[] | null {
  if (field.fromLinks) return linksOf(thing.authors[0]?.person ?? actor.id);
  if (field.type === 'person')
    return action.verb === 'transfer' ? colleagues().filter(ableAt(county, thing, holdersOf)) : colleagues();
  if (field.type === 'post')
    return [...county.posts.values()]
      .filter(({ scope }) => scope === 'county')
      .map(({ id, name }) => ({ value: id, label: say(name, language) }));
  if (field.type === 'thing') return choices.get(field) ?? [];
  if (field.type !== 'stage') return null;
  const earlier = action.to.some(({ to }) => to === EARLIER);
  const flow = county.flows.get(thing.kind);
  const ids = earlier ? [...new Set(thing.path)] : flow ? jumpsTo(flow, thing.stage) : [];
  return ids
    .filter((id) => id !== thing.stage)
    .map((id) => ({
      value: id,
      label: say(stageOf(county, { kind: thing.kind, stage: id }).label, language),
    }));
}

/** A task goes to somebody who may do it, if only as a deputy. */
function ableAt(county: County, thing: Thing, holdersOf: Reader['holdersOf']) {
  const posts = [...stageOf(county, thing).actions.values()].flatMap(({ by, everywhere }) =>
    everywhere ? [] : by,
  );
  const able = new Set(
    posts.flatMap((post) => [post, ...(county.posts.get(post)?.deputies ?? [])]).flatMap(holdersOf),
  );
  return ({ value }: Option): boolean => able.has(value);
}

export function fieldRows(reader: Reader, thing: Thing): ThingView['fields'] {
  const fields = fieldsOfKind(reader.county, thing.kind);
  return Object.entries(thing.fields).flatMap(([name, value]) => {
    const field = fields.get(name);
    if (!field || value === null || value === '' || name === 'title' || isFile(field)) return [];
    if (!sees(reader, field)) return [];
    return [{ name, label: say(field.label, reader.language), value: valueText(reader, field, value) }];
  });
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
  const { documents } = thing.fields;
  if (thing.kind === 'period' && Array.isArray(documents))
    for (const id of documents) files.set(id, reader.language === 'en' ? 'Bulletin' : '通报');
  const { records } = thing.fields;
  if (thing.kind === 'period' && typeof records === 'string' && isStaff(reader.county, reader.actor))
    files.set(records, reader.language === 'en' ? 'Records counted' : '计入的记录');
  for (const { onBehalf } of entries)
    if (onBehalf?.scan) files.set(onBehalf.scan, reader.language === 'en' ? 'Scan' : '扫描件');
  return files;
}

/** How a tie reads from one of its ends. */
const tieWords: Readonly<Record<string, Text>> = {
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
