import { compareTables } from '../assessment/simulate.ts';
import type { County, StageAction } from '../county/county.ts';
import { civilDate, type CivilDate, type Instant } from '../model/date.ts';
import type { Directory, ScoreRecord } from '../model/record.ts';
import { say, type Language } from '../model/text.ts';
import type { Actor, Decision, Fields, Thing, ThingRef } from '../model/thing.ts';
import type { Verb } from '../model/verb.ts';
import { decide } from '../rules/decide.ts';
import { becauseOf } from '../rules/sentence.ts';
import { conflict } from '../store/error.ts';
import type { Commit, RecordEntries, Step, Store } from '../store/port.ts';
import { nextStage } from '../workflow/machine.ts';
import { apply, blankThing, type Change } from './change.ts';
import { countPeriod, printPeriod } from './closing.ts';
import { effects, keep, partsOf, type Act } from './effects.ts';
import { DeskError, notFound } from './error.ts';
import { factsOf } from './facts.ts';
import { freeTextFields, readInput } from './input.ts';
import { methodScoring } from './method-scoring.ts';
import { isStaff, may, mayTake } from './permission.ts';
import { queueRows } from './queue.ts';
import type { ActRequest, Desk } from './request.ts';
import { recordOf, recordOfLead, withGroupNames, type Scoring } from './scoring.ts';
import { makeStep, timersOf, type Signed } from './steps.ts';
import { tick } from './tick.ts';
import { filesOf, isOpeningField, offeredActions, proposalOf, stageOf } from './view.ts';
import { blankView, wholeView } from './whole-view.ts';

export interface DeskParts {
  /** As it is in force. */
  county: County;
  /** As it was in earlier versions: what began under one finishes under it. */
  earlier?: readonly County[];
  directory: Directory;
  store: Store;
  scoring: Scoring;
  /** A fresh random word for each text's salt. */
  newSalt: () => string;
}

/** The desk of one county: load → facts → decide → step → save, each once. */
export function createDesk(parts: DeskParts): Desk {
  const { county, directory, store } = parts;
  const people = new Map(directory.people.map((person) => [person.id, person]));
  const names = new Map<string, string>([
    ...directory.organisations.map((item): [string, string] => [item.id, item.name]),
    ...directory.people.map((item): [string, string] => [item.id, item.name]),
  ]);
  const kindOf = (id: string) => people.get(id)?.kind ?? null;
  const counties = [county, ...(parts.earlier ?? [])];
  const byVersion = new Map(counties.map((one) => [one.version, one]));
  /** The county as it was when a thing began. */
  const countyOf = (thing: Pick<Thing, 'configVersion'>) => byVersion.get(thing.configVersion) ?? county;
  const free = new Set(counties.flatMap((one) => [...freeTextFields(one)]));
  const longTexts = new Set(
    counties.flatMap(({ forms }) =>
      [...forms.values()].flat().flatMap((field) => (field.type === 'long-text' ? [field.id] : [])),
    ),
  );
  const nameOf = (language: Language) => (id: string) => {
    const organisation = county.organisations.get(id);
    return names.get(id) ?? (organisation ? say(organisation.name, language) : id);
  };
  const reader = (actor: Actor, language: Language) => ({
    county,
    counties,
    countyOf,
    actor,
    language,
    nameOf: nameOf(language),
    lineName: (line: string) => say(parts.scoring.lineName(line), language),
  });

  async function load(ref: ThingRef): Promise<Thing> {
    if (ref.county !== county.id) throw notFound();
    const found = await store.read(ref);
    if (!found) throw notFound();
    return found.thing;
  }

  function readable(actor: Actor, thing: Thing): void {
    if (!may(county, actor, 'read', thing.kind, thing)) throw forbidden();
  }

  async function view(ref: ThingRef, actor: Actor, language: Language) {
    const thing = await load(ref);
    readable(actor, thing);
    return wholeView(reader(actor, language), store, thing);
  }

  function opening(request: ActRequest): { thing: Thing; change: Change } {
    const { actor, input, now } = request;
    const { kind } = request.thing;
    const flow = county.flows.get(kind);
    if (!flow || !may(county, actor, 'create', kind)) throw forbidden();
    const named = Array.isArray(input['authors']) ? input['authors'] : [];
    const others = named.some((id) => id !== actor.id);
    if (others && !isStaff(county, actor)) throw forbidden();
    for (const id of named)
      if (!people.has(id))
        throw new DeskError('invalid-input', { zh: '反映人有误。', en: 'An author is wrong.' }, [
          {
            field: 'authors',
            saying: {
              zh: `名册中没有“${id}”,请重新选择。`,
              en: `"${id}" is not in the directory; choose again.`,
            },
          },
        ]);
    const given = input['unit'];
    if (given !== undefined && given !== null && !directory.organisations.some(({ id }) => id === given))
      throw new DeskError('invalid-input', { zh: '报送单位有误。', en: 'The sending unit is wrong.' }, [
        {
          field: 'unit',
          saying: {
            zh: `名册中没有单位“${String(given)}”,请重新选择。`,
            en: `The unit "${String(given)}" is not in the directory; choose again.`,
          },
        },
      ]);
    const authors = kind === 'period' ? [] : partsOf(named.length > 0 ? [...new Set(named)] : [actor.id]);
    const unit =
      typeof input['unit'] === 'string'
        ? input['unit']
        : (people.get(authors[0]?.person ?? '')?.organisation ?? null);
    return {
      thing: { ...blankThing({ county: county.id, kind, id: '' }, flow.start, county.version, now), authors },
      change: {
        authors,
        unit,
        // A period comes from nowhere: the office counts it.
        channel:
          kind === 'period' ? null : typeof input['channel'] === 'string' ? input['channel'] : 'platform',
        enteredBy: actor.id,
      },
    };
  }

  /** The action if this actor may take it here; the same test that offers it. */
  function allowed(request: ActRequest, thing: Thing): StageAction {
    const its = countyOf(thing);
    const action = stageOf(its, thing).actions.get(request.action);
    if (!action) throw notOffered(request.action, thing);
    const how = mayTake(its, request.actor, action, thing.version === 0 ? null : thing);
    if (how === 'no') throw forbidden();
    if (thing.version > 0 && !offeredActions(its, request.actor, thing).some((one) => one.action === action))
      throw notOffered(request.action, thing);
    if (how === 'behalf' && !request.onBehalf && thing.version > 0)
      throw new DeskError('invalid-input', { zh: '请填写代谁录入。', en: 'Say for whom you enter this.' }, [
        {
          field: 'behalf',
          saying: {
            zh: '这一步属于反映人或承办单位,请选择代谁录入和发生日期。',
            en: 'This step is the author’s or the department’s: choose for whom, and the date it happened.',
          },
        },
      ]);
    return action;
  }

  function fill(
    request: ActRequest,
    action: StageAction,
    its: County,
  ): { fields: Fields; whyNot: string | null } {
    const form = action.form ? (its.forms.get(action.form) ?? []) : [];
    const given = Object.fromEntries(
      Object.entries(request.input).filter(
        ([name]) => name !== 'whyNot' && !(isOpeningField(name) && request.thing.id === null),
      ),
    );
    const { fields, problems } = readInput(form, given, request.action !== 'save');
    if (problems.length > 0)
      throw new DeskError(
        'invalid-input',
        {
          zh: `有 ${problems.length} 处需要改正,未保存。`,
          en: `${problems.length} thing(s) to put right; nothing was kept.`,
        },
        problems,
      );
    const whyNot = request.input['whyNot'];
    return { fields, whyNot: typeof whyNot === 'string' && whyNot.trim() !== '' ? whyNot : null };
  }

  /** A file is given by the one who uploaded it, or stands there already: naming another's would open it. */
  async function ownFiles(request: ActRequest, action: StageAction, thing: Thing, fields: Fields) {
    const form = action.form ? (countyOf(thing).forms.get(action.form) ?? []) : [];
    const given = form
      .filter((field) => field.type === 'file' || field.type === 'files')
      .flatMap((field) => [fields[field.id] ?? []].flat().map((id) => ({ field: field.id, id: String(id) })))
      .filter(({ field, id }) => ![thing.fields[field] ?? []].flat().includes(id));
    if (request.onBehalf?.scan) given.push({ field: 'behalf', id: request.onBehalf.scan });
    if (given.length === 0) return;
    const infos = await store.fileInfos(
      county.id,
      given.map(({ id }) => id),
    );
    const own = new Set(infos.filter((info) => info.uploader === request.actor.id).map((info) => info.id));
    const wrong = given.filter(({ id }) => !own.has(id));
    if (wrong.length > 0)
      throw new DeskError(
        'invalid-input',
        { zh: '附件有误。', en: 'A file is wrong.' },
        wrong.map(({ field }) => ({
          field,
          saying: { zh: '没有这个附件,请重新上传。', en: 'There is no such file; upload it again.' },
        })),
      );
  }

  async function decisionsOf(thing: Thing): Promise<Record<string, Decision>> {
    const its = countyOf(thing);
    const rules = [...its.rules.values()].filter((rule) => rule.on === thing.kind);
    const decided = await decide(rules, factsOf(its, thing, kindOf));
    return Object.fromEntries(decided.map((decision) => [decision.rule, decision]));
  }

  /** The proposed action was not taken: why not must be said. */
  function heed(thing: Thing, action: StageAction, whyNot: string | null): void {
    if (action.instead === null || whyNot !== null) return;
    const its = countyOf(thing);
    const proposed = stageOf(its, thing).actions.get(action.instead);
    const decision = proposalOf(thing, proposed);
    if (!decision || !proposed) return;
    const because = (language: Language) =>
      decision.reasons
        .filter((reason) => reason.met)
        .map((reason) => becauseOf(reason, its.vocabulary(thing.kind), language))
        .join(language === 'en' ? '; ' : ';');
    throw new DeskError('invalid-input', { zh: '规则另有建议。', en: 'The rules propose otherwise.' }, [
      {
        field: 'whyNot',
        saying: {
          zh: `规则建议“${say(proposed.label, 'zh')}”(${because('zh')})。不采纳请写明理由。`,
          en: `The rules propose "${say(proposed.label, 'en')}" (${because('en')}). Say why not.`,
        },
      },
    ]);
  }

  async function takenAlong(request: ActRequest): Promise<Thing[]> {
    return Promise.all(
      request.takes.map(async ({ kind, id, version }) => {
        const thing = await load({ county: county.id, kind, id });
        readable(request.actor, thing);
        if (thing.version !== version) throw conflict(thing);
        return thing;
      }),
    );
  }

  async function newId(kind: Thing['kind']): Promise<string> {
    return `${kind}-${await store.next(county.id, kind)}`;
  }

  /** Every record the steps touch, counted anew. */
  async function scoresOf(steps: Step[]): Promise<RecordEntries[]> {
    const changed = new Map(steps.map(({ thing }) => [`${thing.kind}/${thing.id}`, thing]));
    const current = async (kind: Thing['kind'], id: string) =>
      changed.get(`${kind}/${id}`) ?? (await store.read({ county: county.id, kind, id }))?.thing ?? null;
    const reports = new Set<string>();
    const ownReports = async (thing: Thing): Promise<void> => {
      if (thing.kind === 'report') reports.add(thing.id);
      for (const link of thing.links) {
        if (thing.kind === 'piece' && link.role === 'source') reports.add(link.id);
        const handled =
          thing.kind === 'handling' && link.role === 'handled' ? await current(link.kind, link.id) : null;
        if (handled) await ownReports(handled);
      }
    };
    for (const { thing } of steps) await ownReports(thing);
    const scores: RecordEntries[] = [];
    for (const id of reports) {
      const report = await current('report', id);
      if (!report) continue;
      const linked: Thing[] = [];
      for (const link of report.links) {
        if (link.role !== 'piece' && link.role !== 'handling') continue;
        const other = await current(link.kind, link.id);
        if (other) linked.push(other);
        for (const further of other?.links ?? [])
          if (further.role === 'handling')
            linked.push(...[await current('handling', further.id)].filter((one) => one !== null));
      }
      scores.push({ record: id, entries: parts.scoring.credit(recordOf(report, linked)) });
    }
    return scores;
  }

  /** Every report and lead as it enters the count, or one author's. */
  async function recordsOf(author?: string): Promise<ScoreRecord[]> {
    const theirs = (thing: Thing) =>
      author === undefined || thing.authors.some(({ person }) => person === author);
    const others = new Map<string, Thing>();
    for (const kind of ['piece', 'handling'] as const)
      for await (const { thing } of store.all(county.id, kind)) others.set(`${kind}/${thing.id}`, thing);
    const linkedTo = (thing: Thing): Thing[] =>
      thing.links.flatMap(({ role, kind, id }) => {
        const other = role === 'piece' || role === 'handling' ? others.get(`${kind}/${id}`) : undefined;
        return other ? [other, ...linkedTo(other)] : [];
      });
    const records: ScoreRecord[] = [];
    for await (const { thing } of store.all(county.id, 'report'))
      if (theirs(thing)) records.push(recordOf(thing, linkedTo(thing)));
    for await (const { thing } of store.all(county.id, 'lead'))
      if (theirs(thing)) records.push(recordOfLead(thing));
    for (const { record } of await store.records(county.id))
      if (author === undefined || record.authors?.some(({ id }) => id === author)) records.push(record);
    return records;
  }

  async function act(request: ActRequest) {
    const { actor, now, language, key } = request;
    if (key) {
      const before = await store.key(county.id, actor.id, key.value);
      if (before && before.request !== key.request) throw keyReused(key.value);
      if (before) return view(before.result, actor, language);
    }
    const opens = request.thing.id === null;
    const opened = opens ? opening(request) : null;
    const thing = opened
      ? { ...opened.thing, id: await newId(request.thing.kind) }
      : await load({ ...request.thing, id: request.thing.id ?? '' });
    if (!opens) readable(actor, thing);
    // The version first: what another's act took off the table is a conflict, not a refusal.
    if (!opens && request.expected === null) throw versionNeeded();
    if (!opens && request.expected !== thing.version) throw conflict(thing);
    const action = allowed(request, thing);

    const its = countyOf(thing);
    const { fields, whyNot } = fill(request, action, its);
    await ownFiles(request, action, thing, fields);
    const today = civilDate(now, county.timeZone);
    const on = happenedOn(request, today);
    const mainForm = new Set(
      (its.forms.get(its.flows.get(thing.kind)?.form ?? '') ?? []).map((field) => field.id),
    );
    const circumstances: Act = {
      thing,
      fields,
      on,
      actor: actor.id,
      organisation:
        actor.posts.find((post) => post.organisation)?.organisation ?? request.onBehalf?.of ?? null,
      taken: await takenAlong(request),
      flows: county.flows,
      flowOf: (one) => countyOf(one).flows.get(one.kind),
      mainForm,
      longTexts,
      nextNumber: (series) => store.next(county.id, series),
      count: async (period) =>
        countPeriod(county, store, parts.scoring, await recordsOf(), { period, on: today, by: actor.id }),
      print: () => printPeriod(store, thing, actor.id),
      over: (period) => parts.scoring.lastDay(period) < today,
    };
    const effect = (await effects[action.verb]?.(circumstances)) ?? { change: keep(circumstances) };
    const change: Change = {
      ...opened?.change,
      ...effect.change,
      ...(action.verb === 'claim' ? { claimedBy: actor.id } : {}),
      ...(action.verb === 'release' ? { claimedBy: null } : {}),
    };
    if (whyNot !== null) change.said = { ...change.said, whyNot };

    const preview = apply(thing, change, now);
    change.decisions = changedDecisions(thing, await decisionsOf(preview));
    const decided = { ...preview, decisions: { ...thing.decisions, ...change.decisions } };
    heed(decided, action, whyNot);
    const flow = its.flows.get(thing.kind);
    const stage = flow ? nextStage(flow, thing.stage, action.verb, decided) : null;
    if (!flow || stage === null) throw notOffered(action.verb, thing);
    if (stage !== thing.stage) Object.assign(change, arrival(its, thing, stage, on, change));

    const signed: Signed = { action: action.verb, actor: actor.id, onBehalf: request.onBehalf, at: now };
    const step = (one: Thing, its: Change, by: Signed['action']) =>
      makeStep(countyOf(one), store, one, its, { ...signed, action: by }, free, parts.newSalt);
    const steps: Step[] = [];
    if (effect.opened) {
      const { kind } = effect.opened;
      const start = county.flows.get(kind)?.start ?? '';
      const id = await newId(kind);
      const fresh = blankThing({ county: county.id, kind, id }, start, county.version, now);
      const role = { piece: 'piece', handling: 'handling', report: 'report' } as const;
      const name = kind in role ? role[kind as keyof typeof role] : 'report';
      const back = { role: name, kind, id };
      change.links = [...(change.links ?? []), back];
      const begun = { ...effect.opened.change, enteredBy: actor.id };
      const decisions = await decisionsOf(apply(fresh, begun, now));
      steps.push(await step(fresh, { ...begun, decisions: fired(decisions) }, effect.opened.action));
      for (const along of effect.along ?? []) along.change.links = [...(along.change.links ?? []), back];
    }
    steps.unshift(await step(thing, change, action.verb));
    for (const along of effect.along ?? []) steps.push(await step(along.thing, along.change, along.action));

    const ref: ThingRef = { county: county.id, kind: thing.kind, id: thing.id };
    const commit: Commit = {
      steps,
      scores: await scoresOf(steps),
      timers: timersOf(steps),
      messages: messagesOf(steps, now),
      key: key
        ? { county: county.id, actor: actor.id, key: key.value, request: key.request, result: ref, at: now }
        : null,
    };
    await store.commit(commit);
    return view(ref, actor, language);
  }

  return {
    act,
    view: (ref, actor, _now, language) => view(ref, actor, language),
    async file(ref, id, actor) {
      const thing = await load(ref);
      readable(actor, thing);
      const entries = (await store.log(thing)).map(({ entry }) => entry);
      const file = filesOf(reader(actor, 'zh'), thing, entries).has(id)
        ? await store.file(county.id, id)
        : null;
      if (!file) throw notFound();
      return file;
    },
    async blank(kind, actor, language) {
      if (!may(county, actor, 'create', kind)) throw forbidden();
      return blankView(reader(actor, language), kind);
    },
    queue: (request, actor, now, language) => queueRows(reader(actor, language), store, request, now),
    async scores(period, of, actor, now, version) {
      if (!may(county, actor, 'see-scores', null)) throw forbidden();
      const asOf = civilDate(now, county.timeZone);
      const table = parts.scoring.table(await recordsOf(), period, of, {
        asOf,
        ...(version === undefined ? {} : { version }),
      });
      return withGroupNames(county, table);
    },
    async quotas(actor, now, of) {
      if (of !== actor.id && !isStaff(county, actor)) throw forbidden();
      const on = civilDate(now, county.timeZone);
      const records = of === null ? await recordsOf() : await recordsOf(of);
      const all = parts.scoring.quotas(records, on);
      return of === null ? all : all.filter(({ subject }) => subject === of);
    },
    async simulate(config, period, of, actor, now) {
      if (!may(county, actor, 'see-scores', null)) throw forbidden();
      const records = await recordsOf();
      const asOf = civilDate(now, county.timeZone);
      const next = methodScoring(config, directory);
      return compareTables(
        parts.scoring.table(records, period, of, { asOf }),
        next.table(records, period, of, { asOf }),
      );
    },
    async recount() {
      let batch: RecordEntries[] = [];
      for (const record of await recordsOf()) {
        if (record.kind !== 'report') continue;
        batch.push({ record: record.id, entries: parts.scoring.credit(record) });
        if (batch.length < 500) continue;
        await store.saveScores(county.id, batch);
        batch = [];
      }
      await store.saveScores(county.id, batch);
    },
    tick: (_county, now) => tick(county, countyOf, store, now, free, parts.newSalt),
  };
}

/** What arriving at a stage entails, by the kind of the stage. */
function arrival(county: County, thing: Thing, stage: string, on: CivilDate, change: Change): Change {
  const kind = county.flows.get(thing.kind)?.stages.get(stage)?.kind;
  const first = (is: string) => !thing.moments.some((moment) => moment.is === is);
  const passed = kind === 'compile' && thing.kind === 'report' && first('forwarded');
  const again = kind === 'handling' && stageOf(county, thing).kind === 'follow-up';
  return {
    stage,
    ...(passed ? { moments: [...(change.moments ?? []), { is: 'forwarded', on }] } : {}),
    ...(again ? { round: thing.round + 1 } : {}),
    ...(thing.back === stage ? { back: null } : {}),
  };
}

function fired(decisions: Record<string, Decision>): Record<string, Decision> {
  return Object.fromEntries(Object.entries(decisions).filter(([, decision]) => decision.fired));
}

/** Only decisions that are new or turned out otherwise than before enter the log. */
function changedDecisions(thing: Thing, now: Record<string, Decision>): Record<string, Decision> {
  return Object.fromEntries(
    Object.entries(now).filter(
      ([rule, decision]) => (thing.decisions[rule]?.fired ?? false) !== decision.fired,
    ),
  );
}

function happenedOn(request: ActRequest, today: CivilDate): CivilDate {
  const on = request.onBehalf?.on ?? today;
  if (on <= today) return on;
  throw new DeskError('invalid-input', { zh: '日期有误。', en: 'The date is wrong.' }, [
    { field: 'behalf', saying: { zh: '发生日期不能晚于今天。', en: 'It cannot have happened after today.' } },
  ]);
}

function messagesOf(steps: Step[], at: Instant): Commit['messages'] {
  return steps.flatMap(({ thing, entry }) =>
    thing.authors
      .filter((author) => author.person !== entry.actor)
      .map((author) => ({
        to: author.person,
        kind: entry.action,
        about: { county: thing.county, kind: thing.kind, id: thing.id },
        at,
      })),
  );
}

function forbidden(): DeskError {
  return new DeskError('forbidden', {
    zh: '您的职务无权查看或办理此事项。如需办理,请联系县政协办公室。',
    en: 'Your post may not see or do this. If you should, ask the county’s office.',
  });
}
function notOffered(verb: Verb, thing: Thing): DeskError {
  return new DeskError('not-offered', {
    zh: `${thing.id || '此事项'} 现处环节没有“${verb}”这个动作。请刷新后按所列动作办理。`,
    en: `${thing.id || 'This thing'} offers no "${verb}" at its stage. Reload it and choose among what is offered.`,
  });
}
function versionNeeded(): DeskError {
  return new DeskError('version-needed', {
    zh: '请带上所见的版本(If-Match),以免覆盖他人的办理。',
    en: 'Send the version you saw (If-Match), so that nobody else’s act is overwritten.',
  });
}
function keyReused(key: string): DeskError {
  return new DeskError('key-reused', {
    zh: `Idempotency-Key“${key}”已用于另一内容,请换一个。`,
    en: `The Idempotency-Key "${key}" was used for something else; take a new one.`,
  });
}
