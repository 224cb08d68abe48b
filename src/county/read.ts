import type { Text } from '../model/text.ts';
import { thingKinds, type ThingKind } from '../model/thing.ts';
import { isVerb, type Verb } from '../model/verb.ts';
import { parseCondition } from '../rules/condition.ts';
import type { CountyConfig } from './config.generated.ts';
import {
  escalations,
  type County,
  type DueRule,
  type Escalation,
  type Field,
  type Flow,
  type FlowRule,
  type Stage,
  type StageAction,
  type Together,
} from './county.ts';
import { ConfigError } from './error.ts';
import { vocabularyOf } from './vocabulary.ts';

type Raw<Key extends keyof CountyConfig> = NonNullable<CountyConfig[Key]>;

/**
 * A config (already laid over its base, its shape and references checked) as the program runs it.
 * Throws `ConfigError` at the first thing that the check would have found.
 */
export function readCounty(config: CountyConfig): County {
  const organisations = new Map(
    (config.organisations ?? []).map((item) => [
      item.id,
      { id: item.id, name: item.name, kind: item.kind, group: item.group ?? null },
    ]),
  );
  const lists = config.lists ?? {};
  const forms = new Map(
    Object.entries(config.forms ?? {}).map(([id, fields]) => [
      id,
      fields.map((field) => readField(field, lists, config.organisations ?? [])),
    ]),
  );
  const flows = new Map<ThingKind, Flow>();
  for (const kind of kindsOf(config)) {
    const flow = config.flows?.[kind];
    if (flow) flows.set(kind, readFlow(kind, flow));
  }
  const kinds = [...flows.keys()];
  const vocabularies = new Map(kinds.map((kind) => [kind, vocabularyOf(kind, flows, forms)]));
  const vocabulary = (kind: ThingKind) => vocabularies.get(kind) ?? {};

  return {
    id: config.id,
    name: config.name,
    version: config.version ?? '1',
    timeZone: config.timeZone ?? 'Asia/Shanghai',
    closures: new Set(config.calendar?.closures ?? []),
    officeHours: config.calendar?.officeHours ?? [],
    showsNames: config.showsNames ?? false,
    posts: new Map(
      (config.posts ?? []).map((post) => [
        post.id,
        {
          ...post,
          everyone: post.everyone ?? false,
          enteredBy: post.enteredBy ?? [],
          deputies: post.deputies ?? [],
          administers: post.administers ?? null,
        },
      ]),
    ),
    organisations,
    authorKinds: labels(config.authorKinds ?? []),
    groups: labels([...(config.authorKinds ?? []), ...(lists['groups'] ?? [])]),
    channels: labels(lists['channels'] ?? []),
    forms,
    publishedBy: new Map(
      [
        ['report', config.public?.reports],
        ['handling', config.public?.handling],
      ].flatMap(([kind, field]) => (kind && field ? [[kind, field] as const] : [])),
    ),
    publicActs: new Set(config.public?.acts ?? []),
    messages: new Map(Object.entries(config.messages ?? {})),
    labels: new Map(Object.entries(config.labels ?? {})),
    registers: new Map(Object.entries(config.registers ?? {})),
    papers: new Map(Object.entries(config.papers ?? {})),
    attachments: {
      types: config.attachments?.types ?? [],
      megabytes: config.attachments?.megabytes ?? 5,
    },
    similar: { stopWords: config.similar?.stopWords ?? [], atLeast: config.similar?.atLeast ?? 20 },
    flows,
    matters: new Map(
      (config.matters ?? []).map(({ id, name, everyone = false, record = null, on = null }) => [
        id,
        { id, name, everyone, record, on },
      ]),
    ),
    kinds,
    rules: new Map((config.rules ?? []).map((rule) => [rule.id, readRule(rule, vocabulary(rule.on))])),
    fallback: config.fallback ?? null,
    vocabulary,
    relationsTo: () => [],
    access: (config.access ?? []).map((row) => ({ may: row.may, on: row.on ?? null, posts: row.posts })),
    level: config.level ?? null,
    above: new Map(
      (config.above ?? []).map(({ id, destination }) => [
        id,
        { id, destination, name: labels(lists['destinations'] ?? []).get(destination) ?? destination },
      ]),
    ),
    below: new Map(
      (config.below ?? []).map(({ id, unit }) => [
        id,
        { id, unit, name: organisations.get(unit)?.name ?? unit },
      ]),
    ),
    bulletin: { every: config.bulletin?.every ?? 'quarter', title: config.bulletin?.title ?? config.name },
  };
}

/** Every kind of thing that a config can have a flow for: those of every county, then its own matters. */
export function kindsOf(config: Pick<CountyConfig, 'matters'>): ThingKind[] {
  return [...thingKinds, ...(config.matters ?? []).map(({ id }) => id)];
}

function labels(options: { id: string; label: Text }[]): Map<string, Text> {
  return new Map(options.map((option) => [option.id, option.label]));
}

function readField(
  field: Raw<'forms'>[string][number],
  lists: Raw<'lists'>,
  organisations: Raw<'organisations'>,
): Field {
  const { optionsFrom, ofKind } = field;
  const options =
    optionsFrom === 'organisations'
      ? organisations
          .filter((item) => !ofKind || ofKind.includes(item.kind))
          .map((item) => ({ id: item.id, label: item.name }))
      : optionsFrom && optionsFrom !== 'links'
        ? (lists[optionsFrom] ?? missing('lists', optionsFrom))
        : [];
  return {
    id: field.id,
    label: field.label,
    hint: field.hint ?? null,
    type: field.type,
    required: field.required ?? false,
    limit: field.limit ?? null,
    headings: field.headings ?? [],
    min: field.min ?? null,
    whole: field.whole ?? false,
    pictures: field.pictures ?? false,
    seenBy: field.seenBy ?? 'everyone',
    options: options.map(({ id, label }) => ({ id, label })),
    ofKind: ofKind ?? null,
    fromLinks: optionsFrom === 'links',
    ties: field.link
      ? {
          link: field.link,
          kinds: field.kinds ?? [],
          stages: field.stages ?? null,
          untilDue: field.untilDue ?? false,
        }
      : null,
  };
}

function readFlow(kind: ThingKind, flow: Raw<'flows'>[string]): Flow {
  return {
    kind,
    form: flow.form,
    start: flow.start,
    stages: new Map(flow.stages.map((stage) => [stage.id, readStage(stage, flow.everywhere ?? {})])),
  };
}

type RawStage = Raw<'flows'>[string]['stages'][number];
type RawAction = NonNullable<RawStage['actions']>[string];

function readStage(stage: RawStage, everywhere: Record<string, RawAction>): Stage {
  const actions = new Map<Verb, StageAction>();
  for (const [word, action] of Object.entries(stage.actions ?? {}))
    actions.set(verbOf(word), readAction(verbOf(word), action, stage.by ?? [], false));
  for (const [word, action] of Object.entries(everywhere)) {
    const verb = verbOf(word);
    // Where it would lead nowhere else it is not offered; the stage's own of that name goes before it.
    const ended = stage.kind === 'end' && action.atEnds !== true;
    if (action.to !== stage.id && !ended && !actions.has(verb))
      actions.set(verb, readAction(verb, action, stage.by ?? [], true));
  }
  return {
    id: stage.id,
    label: stage.label,
    kind: stage.kind,
    by: stage.by ?? [],
    fallback: stage.fallback ?? null,
    excludes: stage.excludes ?? [],
    due: stage.due ? readDue(stage.due) : null,
    overdue: stage.overdue ? stage.overdue.map(readEscalation) : stage.due ? [...usually] : [],
    sameActor: stage.sameActor === undefined ? null : verbOf(stage.sameActor),
    together: stage.together ? readTogether(stage.together, stage.by ?? []) : null,
    actions,
  };
}

function readTogether(raw: NonNullable<RawStage['together']>, by: string[]): Together {
  const [above, below] = typeof raw.need === 'string' ? raw.need.split('/').map(Number) : [];
  const words = (['all', 'any', 'in-order'] as const).find((word) => word === raw.need);
  return {
    of: raw.of ?? by,
    each: raw.each ?? 'post',
    need: words ?? (typeof raw.need === 'number' ? raw.need : { above: above ?? 1, below: below ?? 1 }),
    weights: new Map(Object.entries(raw.weights ?? {})),
    veto: raw.veto ?? [],
    action: verbOf(raw.action ?? 'pass'),
  };
}

function readDue(due: NonNullable<RawStage['due']>): DueRule {
  return {
    workingDays: due.workingDays ?? null,
    days: due.days ?? null,
    months: due.months ?? null,
    sameDay: due.sameDay ?? false,
    workingHours: due.workingHours ?? null,
    closeOfOffice: due.closeOfOffice ?? false,
    before: due.before ?? null,
    field: due.field ?? null,
    urgent: new Map(Object.entries(due.urgent ?? {})),
  };
}

/** Where a stage with a due date says nothing else, what is late is supervised the day after. */
const usually: readonly Escalation[] = [
  { days: 1, workingDays: null, workingHours: null, do: 'supervise', to: [] },
];

function readEscalation(step: NonNullable<RawStage['overdue']>[number]): Escalation {
  const known = escalations.find((word) => word === step.do);
  return {
    days: step.days ?? (step.workingDays === undefined && step.workingHours === undefined ? 1 : null),
    workingDays: step.workingDays ?? null,
    workingHours: step.workingHours ?? null,
    do: known ?? verbOf(step.do),
    to: step.to ?? [],
  };
}

function readAction(verb: Verb, action: RawAction, stageBy: string[], everywhere: boolean): StageAction {
  const { to } = action;
  return {
    verb,
    label: action.label,
    by: action.by ?? stageBy,
    form: action.form ?? null,
    to:
      to === undefined
        ? []
        : typeof to === 'string'
          ? [{ if: null, to, skips: [] }]
          : to.map((branch) => ({ if: branch.if ?? null, to: branch.to, skips: branch.skips ?? [] })),
    if: action.if ?? null,
    unless: action.unless ?? null,
    proposedBy: action.proposedBy ?? null,
    instead: action.instead === undefined ? null : verbOf(action.instead),
    resumes: action.resumes ?? false,
    leadOnly: action.leadOnly ?? false,
    within: action.within?.workingDays ?? null,
    beforeDue: action.beforeDue ?? false,
    everywhere,
    tone: action.tone ?? 'plain',
    confirm: action.confirm ?? null,
  };
}

function verbOf(word: string): Verb {
  return isVerb(word) ? word : missing('actions', word);
}

function readRule(rule: Raw<'rules'>[number], vocabulary: Parameters<typeof parseCondition>[1]): FlowRule {
  const read = parseCondition(rule.when, vocabulary);
  if ('mistakes' in read) return missing('rules', rule.id);
  return {
    id: rule.id,
    on: rule.on,
    name: rule.name,
    condition: read.condition,
    ...(rule.priority === undefined ? {} : { priority: rule.priority }),
    ...(rule.clause === undefined ? {} : { clause: rule.clause }),
  };
}

function missing(where: string, what: string): never {
  throw new ConfigError('unchecked-config', {
    zh: `配置的“${where}”中“${what}”有误。请先运行 minqing check 查看位置与改法。`,
    en: `In the config's "${where}", "${what}" cannot be read. Run minqing check to see where and what to write instead.`,
  });
}
