import { BACK, escalations, stageWords } from '../county/county.ts';
import type { CountyConfig } from '../county/config.generated.ts';
import { kindsOf } from '../county/read.ts';
import type { ThingKind } from '../model/thing.ts';
import { isVerb, verbs } from '../model/verb.ts';
import { knownIn, twice, type Report } from './known.ts';
import type { Path } from './source.ts';

/** Names that point to nothing, and ids given twice. */
export function checkReferences(config: CountyConfig, report: Report): void {
  const posts = (config.posts ?? []).map((post) => post.id);
  const forms = Object.keys(config.forms ?? {});
  const rules = new Map((config.rules ?? []).map((rule) => [rule.id, rule.on]));
  const lists = ['organisations', 'links', ...Object.keys(config.lists ?? {})];
  const kinds = (config.authorKinds ?? []).map((kind) => kind.id);
  const units = [...(config.organisations ?? []), ...(config.directory?.organisations ?? [])];
  const organisationKinds = [...new Set(units.flatMap(({ kind }) => kind ?? []))];

  const known = knownIn(report);
  const knownPosts = (path: Path, list: readonly string[] | undefined) =>
    list?.forEach((post, index) => known([...path, index], post, posts, 'unknown-post', '职务', 'post'));

  twice(['posts'], config.posts, report);
  twice(['organisations'], config.organisations, report);
  twice(['rules'], config.rules, report);
  twice(['quotas'], config.quotas, report);
  twice(['matters'], config.matters, report);
  twice(['obligations'], config.obligations, report);
  for (const [name, list] of Object.entries(config.lists ?? {})) twice(['lists', name], list, report);
  for (const [name, fields] of Object.entries(config.forms ?? {})) {
    twice(['forms', name], fields, report);
    fields.forEach((field, index) => {
      if (field.optionsFrom !== undefined)
        known(
          ['forms', name, index, 'optionsFrom'],
          field.optionsFrom,
          lists,
          'unknown-list',
          '选项表',
          'list of options',
        );
      if (field.type === 'people')
        field.ofKind?.forEach((kind, at) =>
          known(
            ['forms', name, index, 'ofKind', at],
            kind,
            kinds,
            'unknown-kind',
            '反映人类别',
            'kind of author',
          ),
        );
    });
  }
  (config.posts ?? []).forEach((post, index) => {
    knownPosts(['posts', index, 'enteredBy'], post.enteredBy);
    knownPosts(['posts', index, 'deputies'], post.deputies);
    (post.deputies ?? []).forEach((id, at) => {
      const deputy = (config.posts ?? []).find((one) => one.id === id);
      if (
        !deputy ||
        post.scope === 'county' ||
        (post.scope === 'organisation' && deputy.scope === post.scope)
      )
        return;
      report(
        ['posts', index, 'deputies', at],
        'unread-key',
        post.scope === 'own'
          ? {
              zh: `“${post.id}”只管本人的事项,没有人可以代行。请删去 deputies;需要代录的写 enteredBy。`,
              en: `"${post.id}" is for one's own, which no deputy acts on. Remove "deputies"; whoever may enter it for them stands in "enteredBy".`,
            }
          : {
              zh: `“${post.id}”按单位任职,只能由同一单位的职务代行,“${id}”不是按单位任职的。请换成 scope 为 organisation 的职务;办公室代录的写 enteredBy。`,
              en: `"${post.id}" is held within an organisation, and its deputies too; "${id}" is not. Name a post of scope "organisation"; an office that may enter it for them stands in "enteredBy".`,
            },
      );
    });
  });
  if (config.fallback !== undefined)
    known(['fallback'], config.fallback, posts, 'unknown-post', '职务', 'post');
  (config.access ?? []).forEach((row, index) => knownPosts(['access', index, 'posts'], row.posts));
  (config.quotas ?? []).forEach((quota, index) => {
    const { kinds: people = [], posts: held = [], organisationKinds: ofUnits = [] } = quota.who;
    if (people.length + held.length + ofUnits.length === 0)
      report(['quotas', index, 'who'], 'nobody-owes', {
        zh: `任务“${quota.id}”没有写谁有任务。请写 kinds(反映人类别)、posts(职务)或 organisationKinds(组织类别)。`,
        en: `The quota "${quota.id}" does not say who owes. Write kinds (of author), posts or organisationKinds.`,
      });
    knownPosts(['quotas', index, 'who', 'posts'], quota.who.posts);
    quota.who.kinds?.forEach((kind, at) =>
      known(
        ['quotas', index, 'who', 'kinds', at],
        kind,
        kinds,
        'unknown-kind',
        '反映人类别',
        'kind of author',
      ),
    );
    quota.who.organisationKinds?.forEach((kind, at) =>
      known(
        ['quotas', index, 'who', 'organisationKinds', at],
        kind,
        organisationKinds,
        'unknown-kind',
        '组织类别',
        'kind of organisation',
      ),
    );
  });

  const points: {
    on: ThingKind;
    path: Path;
    point: { action?: string; stage?: string; offered?: string };
  }[] = [
    ...(config.never ?? []).flatMap(({ on, do: action, reach: stage, without }, index) => [
      { on, path: ['never', index, 'without'] as Path, point: without },
      ...(action === undefined ? [] : [{ on, path: ['never', index, 'do'] as Path, point: { action } }]),
      ...(stage === undefined ? [] : [{ on, path: ['never', index, 'reach'] as Path, point: { stage } }]),
    ]),
    ...(config.always ?? []).flatMap(({ on, after, comes }, index) => [
      { on, path: ['always', index, 'after'] as Path, point: after },
      { on, path: ['always', index, 'comes'] as Path, point: comes },
    ]),
  ];
  (config.never ?? []).forEach((rule, index) => {
    if (rule.do === undefined && rule.reach === undefined)
      report(['never', index], 'unread-key', {
        zh: '这条声明没有说什么不会发生。请写 do(动作)或 reach(环节)。',
        en: 'This declaration does not say what never happens. Give "do" (an action) or "reach" (a stage).',
      });
  });
  twice(['never'], config.never, report);
  twice(['always'], config.always, report);
  twice(
    ['access'],
    config.access?.flatMap(({ id }) => (id === undefined ? [] : [{ id }])),
    report,
  );
  for (const { on, path, point } of points) {
    const flow = config.flows?.[on];
    const acts = flow?.stages.flatMap((stage) => Object.keys(stage.actions ?? {})) ?? [];
    const of = (key: 'action' | 'stage' | 'offered') =>
      path.at(-1) === key || ['do', 'reach'].includes(String(path.at(-1))) ? path : [...path, key];
    if (point.action !== undefined)
      known(of('action'), point.action, acts, 'unknown-action', '动作', 'action');
    if (point.offered !== undefined)
      known(of('offered'), point.offered, acts, 'unknown-action', '动作', 'action');
    if (point.stage !== undefined)
      known(
        of('stage'),
        point.stage,
        flow?.stages.map(({ id }) => id) ?? [],
        'unknown-stage',
        '环节',
        'stage',
      );
  }

  for (const kind of kindsOf(config)) {
    const flow = config.flows?.[kind];
    if (!flow) continue;
    const at: Path = ['flows', kind];
    const stages = flow.stages.map((stage) => stage.id);
    const rulesOf = [...rules].filter(([, on]) => on === kind).map(([id]) => id);
    twice([...at, 'stages'], flow.stages, report);
    known([...at, 'form'], flow.form, forms, 'unknown-form', '表单', 'form');
    known([...at, 'start'], flow.start, stages, 'unknown-stage', '环节', 'stage');
    const checkActions = (here: Path, actions: Record<string, Action>) => {
      for (const [verb, action] of Object.entries(actions)) {
        const act: Path = [...here, verb];
        if (!isVerb(verb)) known(act, verb, verbs, 'unknown-action', '动作', 'action', true);
        knownPosts([...act, 'by'], action.by);
        if (action.form !== undefined)
          known([...act, 'form'], action.form, forms, 'unknown-form', '表单', 'form');
        const targets =
          typeof action.to === 'string'
            ? [{ to: action.to, path: [...act, 'to'] }]
            : (action.to ?? []).map((branch, i) => ({ to: branch.to, path: [...act, 'to', i, 'to'] }));
        for (const { to, path } of targets)
          known(path, to, [...stages, ...stageWords], 'unknown-stage', '环节', 'stage');
        if (Array.isArray(action.to)) {
          const always = action.to.findIndex((branch) => branch.if === undefined);
          if (always >= 0 && always + 1 < action.to.length)
            report([...act, 'to', always + 1], 'never-holds', {
              zh: `前一个去向“${action.to[always]?.to}”没有 if,总会走它,后面的永远走不到。请把没有 if 的去向放在最后。`,
              en: `The goal "${action.to[always]?.to}" before this has no "if" and is always taken; what follows never is. Put the one without "if" last.`,
            });
          action.to.forEach((branch, i) => {
            if (branch.if !== undefined)
              known([...act, 'to', i, 'if'], branch.if, rulesOf, 'unknown-rule', '规则', 'rule');
            branch.skips?.forEach((skipped, place) =>
              known([...act, 'to', i, 'skips', place], skipped, stages, 'unknown-stage', '环节', 'stage'),
            );
          });
        }
        for (const key of ['if', 'unless', 'proposedBy'] as const) {
          const rule = action[key];
          if (rule !== undefined) known([...act, key], rule, rulesOf, 'unknown-rule', '规则', 'rule');
        }
        if (action.instead !== undefined)
          known(
            [...act, 'instead'],
            action.instead,
            Object.keys(actions),
            'unknown-action',
            '动作',
            'action',
          );
      }
    };
    flow.stages.forEach((stage, index) => {
      const here: Path = [...at, 'stages', index];
      knownPosts([...here, 'by'], stage.by);
      if (stage.fallback !== undefined)
        known([...here, 'fallback'], stage.fallback, posts, 'unknown-post', '职务', 'post');
      checkActions([...here, 'actions'], stage.actions ?? {});
      for (const [verb, { if: rule, unless }] of Object.entries(stage.actions ?? {}))
        if (rule !== undefined && rule === unless)
          report([...here, 'actions', verb, 'unless'], 'never-holds', {
            zh: `if 与 unless 是同一条规则“${rule}”,这个动作永远不会出现。请去掉其中一个。`,
            en: `"if" and "unless" name the same rule "${rule}"; the action is never offered. Remove one of them.`,
          });
      const acts = Object.keys({ ...stage.actions, ...flow.everywhere });
      stage.overdue?.forEach((step, at) => {
        known(
          [...here, 'overdue', at, 'do'],
          step.do,
          [...escalations, ...acts],
          'unknown-action',
          '动作',
          'action',
        );
        knownPosts([...here, 'overdue', at, 'to'], step.to);
      });
      const dates = Object.values(config.forms ?? {}).flatMap((form) =>
        form.flatMap((field) => (field.type === 'date' ? [field.id] : [])),
      );
      for (const key of ['field', 'before'] as const) {
        const field = stage.due?.[key];
        if (field !== undefined)
          known([...here, 'due', key], field, dates, 'unknown-field', '日期字段', 'date field');
      }
      knownPosts([...here, 'together', 'of'], stage.together?.each === 'handler' ? [] : stage.together?.of);
      knownPosts([...here, 'together', 'veto'], stage.together?.veto);
      if (stage.together?.each !== 'handler')
        for (const post of Object.keys(stage.together?.weights ?? {}))
          knownPosts([...here, 'together', 'weights', post], [post]);
      (stage.together?.veto ?? []).forEach((post, at) => {
        const signs = stage.together?.of ?? stage.by ?? [];
        if (!posts.includes(post) || (stage.together?.each !== 'handler' && signs.includes(post))) return;
        report([...here, 'together', 'veto', at], 'unread-key', {
          zh: `职务“${post}”不在这里会签,一票否决不会起作用。请把它写进 of,或从 veto 中删去。`,
          en: `The post "${post}" does not sign here and its veto does nothing. Add it to "of", or take it out of "veto".`,
        });
      });
      if (stage.overdue && stage.overdue.length > 0 && !stage.due)
        report([...here, 'overdue'], 'unread-key', {
          zh: `环节“${stage.id}”没有期限,overdue 不会起作用。请写 due,或删去 overdue。`,
          en: `The stage "${stage.id}" has no due date and "overdue" does nothing. Give "due", or remove "overdue".`,
        });
      const said = stage.actions ?? {};
      if (stage.together && (said['abstain'] ?? said['oppose']) && said['oppose']?.to === undefined)
        report(said['oppose'] ? [...here, 'actions', 'oppose'] : [...here, 'together'], 'no-way-out', {
          zh: `环节“${stage.id}”表决不成时没有去处。请写 oppose(不同意)动作和它的 to。`,
          en: `At "${stage.id}" a vote that fails leads nowhere. Give the action "oppose" and where it leads in "to".`,
        });
      if (stage.together)
        known(
          [...here, 'together', 'action'],
          stage.together.action ?? 'pass',
          Object.keys(stage.actions ?? {}),
          'unknown-action',
          '动作',
          'action',
        );
    });
    checkActions([...at, 'everywhere'], flow.everywhere ?? {});
  }
}

type Action = NonNullable<NonNullable<NonNullable<CountyConfig['flows']>['report']>['everywhere']>[string];

/** A stage nothing leads to, and one that no way leads out of to an end. */
export function checkFlow(config: CountyConfig, kind: ThingKind, report: Report): void {
  const flow = config.flows?.[kind];
  if (!flow) return;
  const ids = new Set(flow.stages.map((stage) => stage.id));
  const returning = (to: string) =>
    flow.stages.filter((stage) => goals(stage.actions?.['return']?.to).includes(to)).map((stage) => stage.id);
  const edges = new Map(
    flow.stages.map((stage) => [
      stage.id,
      Object.values(stage.actions ?? {})
        .flatMap((action) => goals(action.to))
        .flatMap((to) => (to === BACK ? returning(stage.id) : [to]))
        .filter((to) => ids.has(to)),
    ]),
  );
  // What can be done everywhere leads on from any stage, and is no stage's own way to an end.
  const anywhere = Object.values(flow.everywhere ?? {})
    .flatMap((action) => goals(action.to))
    .filter((to) => ids.has(to));
  const reached = spread([flow.start], (id) => [...(edges.get(id) ?? []), ...anywhere]);
  const backwards = (id: string) => [...edges].filter(([, to]) => to.includes(id)).map(([from]) => from);
  const ends = flow.stages.filter((stage) => stage.kind === 'end').map((stage) => stage.id);
  const ending = spread(ends, backwards);
  const ahead = (id: string) => spread([id], (from) => edges.get(from) ?? []);
  const stuck = flow.stages.filter((stage) => reached.has(stage.id) && !ending.has(stage.id));
  // Of the stages that are stuck only the last ones are named: all before them are so because of them.
  const last = stuck.filter(({ id }, index) => {
    const further = [...ahead(id)];
    return (
      further.every((other) => ahead(other).has(id)) &&
      !stuck.slice(0, index).some((other) => further.includes(other.id))
    );
  });
  const path = (id: string): Path => [
    'flows',
    kind,
    'stages',
    flow.stages.findIndex((stage) => stage.id === id),
  ];
  for (const { id } of last)
    report(path(id), 'no-way-out', {
      zh: `进入环节“${id}”后走不到任何结束环节。请加一个通向结束的动作。`,
      en: `From the stage "${id}" no way leads to an end. Add an action that does.`,
    });
  if (last.length > 0) return;
  for (const { id } of flow.stages)
    if (!reached.has(id))
      report(path(id), 'unreachable-stage', {
        zh: `没有动作通向环节“${id}”。请让某个动作的 to 指向它,或删去它。`,
        en: `No action leads to the stage "${id}". Let some action's "to" name it, or remove it.`,
      });
}

function goals(to: string | { to: string }[] | undefined): string[] {
  return to === undefined ? [] : typeof to === 'string' ? [to] : to.map((branch) => branch.to);
}

function spread(from: string[], next: (id: string) => string[]): Set<string> {
  const seen = new Set(from);
  const waiting = [...from];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
    for (const to of next(id))
      if (!seen.has(to)) {
        seen.add(to);
        waiting.push(to);
      }
  return seen;
}
