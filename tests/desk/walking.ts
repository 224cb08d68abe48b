import { expect } from 'vitest';
import type { CountyConfig } from '../../src/county/config.generated.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { DeskError } from '../../src/desk/error.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import type { Desk } from '../../src/desk/request.ts';
import type { Directory } from '../../src/model/record.ts';
import type { Fields, ThingKind, ThingRef } from '../../src/model/thing.ts';
import type { ActionView, FieldView, ThingView } from '../../src/model/view.ts';
import type { Verb } from '../../src/model/verb.ts';
import { actorIn } from '../../src/server/host.ts';
import type { Store } from '../../src/store/port.ts';
import { countyOf } from '../county.ts';

const opening: ThingKind[] = ['lead', 'report', 'handling', 'period'];

/** Where the config alone, read as it is written, lets an act lead. */
function follows(
  config: CountyConfig,
  kind: ThingKind,
  before: string,
  verb: string,
  after: string,
): boolean {
  const flow = config.flows?.[kind];
  const stage = flow?.stages.find(({ id }) => id === before);
  // The last of several voices leads where all of them come to.
  const { together } = stage ?? {};
  const voices = together ? [together.action ?? 'pass', 'oppose', 'abstain', 'remove-signer'] : [];
  const leading = voices.includes(verb) ? voices : [verb];
  const goals = leading.flatMap((one) => {
    const to = (stage?.actions?.[one] ?? flow?.everywhere?.[one])?.to ?? [];
    return typeof to === 'string' ? [to] : to.map((branch) => branch.to);
  });
  const free = goals.some((goal) => ['back', 'before', 'earlier', 'any'].includes(goal));
  // What was sent back goes on at once to where it was.
  const straight = ['submit', 'pass', 'proofread', 'confirm'].includes(verb);
  const resumed = flow?.stages.some(
    ({ id, actions }) => id === after && Object.values(actions ?? {}).some((one) => one?.resumes),
  );
  // Whoever brought it to a stage that is theirs too need not act there again.
  const own = flow?.stages.find(({ id, sameActor }) => sameActor !== undefined && goals.includes(id));
  const by = own?.sameActor;
  const itself = by !== undefined && follows(config, kind, own?.id ?? '', by, after);
  // Where several decide together it stays till they have.
  return after === before || free || goals.includes(after) || (straight && resumed === true) || itself;
}

/** Some configs name none that could be asked or given something to do. */
const departments = [
  { id: 'roads', name: '交通局', kind: 'department' },
  { id: 'markets', name: '市场局', kind: 'department' },
];

/** One county on two stores, everybody who can act in it, and a clock of its own. */
export async function officeOf(name: string, stores: Store[]) {
  const { county, config } = countyOf(name, {}, departments);
  const units = [...county.organisations.values()];
  // Whoever may be given something to do, and the first that a list names, whatever they are.
  const contacts = units.filter(({ kind }, at) => at < 3 || kind === 'department' || kind === 'town');
  const said = new Map(config.directory?.people?.map((person) => [person.id, person]));
  const directory: Directory = {
    organisations: units.map(({ id, name: label, kind }) => ({
      id,
      name: typeof label === 'string' ? label : label.zh,
      kind,
    })),
    links: [{ from: 'member', to: 'other' }],
    people: [
      { id: 'member', name: '委员', kind: 'member' },
      { id: 'other', name: '另一委员', kind: 'member' },
      ...[...county.posts.values()]
        .filter(({ everyone, scope }) => !everyone && scope === 'county')
        .map(({ id }) => ({ id, name: id, kind: 'cadre', posts: [{ post: id }] })),
      ...[...county.posts.values()]
        .filter(({ everyone, scope }) => !everyone && scope === 'organisation')
        .flatMap(({ id }) =>
          contacts.map((unit) => ({
            id: `${id}-${unit.id}`,
            name: `${id}-${unit.id}`,
            posts: [{ post: id, organisation: unit.id }],
          })),
        ),
    ].map((person) => ({ ...person, ...said.get(person.id) })),
  };
  const desks = await Promise.all(
    stores.map(async (store) => {
      let salts = 0;
      return createDesk({
        county,
        directory,
        store,
        scoring: methodScoring(config, directory),
        newSalt: () => `salt-${(salts += 1)}`,
      });
    }),
  );
  const [desk] = desks;
  const [store] = stores;
  if (!desk || !store) throw new Error('no desk');
  const host = { county, directory, desk, store };
  let files = 0;
  /** Uploaded by somebody, on every store. */
  const upload = async (uploader: string) => {
    const id = `scan-${(files += 1)}`;
    const bytes = new Uint8Array([1, 2, 3]);
    const file = { county: county.id, id, name: 'scan.png', type: 'image/png', uploader, bytes };
    await Promise.all(stores.map((each) => each.saveFile(file)));
    return id;
  };
  let minutes = 0;
  const now = () => new Date(Date.parse('2026-03-02T01:00:00Z') + minutes * 60_000).toISOString();
  const tick = () => void (minutes += 7);
  const wait = (days: number) => void (minutes += days * 24 * 60);
  const actor = (id: string) => {
    const found = actorIn(host, id, now());
    if (!found) throw new Error(`nobody ${id}`);
    return found;
  };
  return {
    county,
    config,
    directory,
    upload,
    desks,
    now,
    tick,
    wait,
    actor,
    units: units.map(({ id }) => id),
  };
}

function fill(field: FieldView, pick: number, file: string): Fields[string] {
  const option = field.options[pick % Math.max(1, field.options.length)]?.value ?? null;
  switch (field.type) {
    case 'number':
      return field.name === 'year' ? 2026 : Math.min(field.limit ?? 3, 1 + (pick % 3));
    case 'date':
      return ['2026-03-02', '2026-05-20', '2026-03-20'][pick % 3] ?? null;
    case 'yes-no':
      // What is confidential few may act on: seldom, so that the rest is walked too.
      return field.name === 'confidential' ? pick % 7 === 6 : pick % 3 > 0;
    case 'choices':
    case 'people':
      return option === null ? null : [option];
    case 'file':
      return file;
    case 'files':
      return [file];
    case 'text':
    case 'long-text':
      return field.name === 'period' ? periodOver(pick) : `文字${pick}`;
    default:
      return option;
  }
}

type Outcome = { view: ThingView } | { refused: string; fields: string[] };
async function outcome(doing: Promise<ThingView>): Promise<Outcome> {
  try {
    return { view: await doing };
  } catch (error) {
    if (error instanceof DeskError)
      return { refused: error.code, fields: (error.fields ?? []).map(({ field }) => field) };
    throw error;
  }
}

export type Office = Awaited<ReturnType<typeof officeOf>>;

/** The same act on every desk of the office; they must come to the same. */
async function everywhere(
  office: Office,
  who: string,
  ref: Omit<ThingRef, 'id'> & { id: string | null },
  action: ActionView['action'],
  more: { input: Fields; version: number | null; behalf: string | null; takes: ThingView[] },
): Promise<Outcome> {
  office.tick();
  const actor = office.actor(who);
  const act = (desk: Desk) =>
    outcome(
      desk.act({
        thing: ref,
        action,
        input: more.input,
        expected: more.version,
        takes: more.takes.map(({ kind, id, version }) => ({ kind, id, version })),
        onBehalf: more.behalf === null ? null : { of: more.behalf, on: office.now().slice(0, 10) },
        actor,
        now: office.now(),
        language: 'zh',
        key: null,
      }),
    );
  const all: Outcome[] = [];
  for (const desk of office.desks) all.push(await act(desk));
  const [first, ...others] = all;
  if (!first) throw new Error('no desk');
  for (const one of others) expect(one).toEqual(first);
  return first;
}

/** What somebody is offered somewhere; `ref` without an id for a thing that is not opened yet. */
interface Offer {
  who: string;
  target: Omit<ThingRef, 'id'> & { id: string | null };
  view: ThingView | null;
  stage: string;
  actions: ActionView[];
}

function firstOf({ desks: [desk] }: Office): Desk {
  if (!desk) throw new Error('no desk');
  return desk;
}

/** A walk through an office: what is open in it, and every act tried against what the config says of it. */
export function walkIn(office: Office) {
  const people = office.directory.people.map(({ id }) => id);
  const things: ThingRef[] = [];
  const desk = firstOf(office);
  const pairOf = ({ target, stage, who }: Offer, { action }: ActionView) =>
    `${target.kind} ${stage} ${action} ${who}`;

  /** What somebody sees of the thing at `on`; null for a new one of the kind. */
  async function offer(person: string, on: number | null, kind: ThingKind): Promise<Offer> {
    const actor = office.actor(person);
    const ref = on === null ? undefined : things[on];
    const target = ref ?? { county: office.county.id, kind, id: null };
    const start = office.config.flows?.[target.kind]?.start ?? '';
    try {
      const view = ref ? await desk.view(ref, actor, office.now(), 'zh') : null;
      const { actions } = view ?? (await desk.blank(kind, actor, office.now(), 'zh'));
      return { who: person, target, view, stage: view?.stage.id ?? start, actions };
    } catch (error) {
      if (error instanceof DeskError) return { who: person, target, view: null, stage: start, actions: [] };
      throw error;
    }
  }

  /** What is not offered is refused, whoever asks. */
  async function stray(asked: Offer, verb: Verb): Promise<void> {
    if (asked.actions.some(({ action }) => action === verb)) return;
    const version = asked.view?.version ?? (asked.target.id === null ? null : 1);
    const nothing = { input: {}, version, behalf: null, takes: [] };
    const got = await everywhere(office, asked.who, asked.target, verb, nothing);
    const where = `${verb} by ${asked.who} on ${asked.target.kind} at ${asked.stage}`;
    expect(got, where).toHaveProperty('refused');
  }

  /** What is offered is accepted, once its form is filled; and leads where the config says. */
  async function attempt(
    asked: Offer,
    action: ActionView,
    pick: number,
    /** What it takes along; any other report without it. */
    along: ThingRef | null | undefined = undefined,
  ): Promise<ThingView | null> {
    const { who, target, view, stage } = asked;
    const others = things.filter(({ kind, id }) => kind === 'report' && id !== view?.id);
    const other = along === undefined ? others[pick % Math.max(1, others.length)] : along;
    const takes: ThingView[] = [];
    if (action.takes !== null && other) {
      const seen = await outcome(desk.view(other, office.actor('office-director'), office.now(), 'zh'));
      if ('view' in seen) takes.push(seen.view);
    }
    const file = await office.upload(who);
    const input: Fields = Object.fromEntries(
      action.fields
        .filter(({ onDemand }) => !onDemand)
        .map((field, i) => [field.name, fill(field, pick + i, file)]),
    );
    const behalf = action.behalf[pick % Math.max(1, action.behalf.length)]?.value ?? null;
    if (!view && behalf !== null) input['authors'] = [behalf];
    const more = { input, version: view?.version ?? null, behalf, takes };
    let got = await everywhere(office, who, target, action.action, more);
    if ('refused' in got && got.refused === 'invalid-input') {
      for (const field of action.fields)
        if (field.onDemand && got.fields.includes(field.name)) input[field.name] = fill(field, pick, file);
      got = await everywhere(office, who, target, action.action, more);
    }
    const pair = pairOf(asked, action);
    if ('refused' in got) {
      // A form may be told what is wrong with it, and the other thing may not be one to take along.
      const fair = ['invalid-input', ...(action.takes ? ['not-offered', 'not-found', 'forbidden'] : [])];
      expect(fair, `${pair}: ${JSON.stringify(got)}`).toContain(got.refused);
      return null;
    }
    const after = got.view.stage.id;
    expect(follows(office.config, target.kind, stage, action.action, after), `${pair} → ${after}`).toBe(true);
    expect(got.view.version).toBeGreaterThan(view?.version ?? 0);
    const seen = new Set(things.map(({ id }) => id));
    for (const one of [got.view, ...got.view.links])
      if (!seen.has(one.id)) things.push({ county: office.county.id, kind: one.kind, id: one.id });
    return got.view;
  }

  /** Days go by, and the clock takes its steps, the same on every desk; how many it took. */
  async function wait(days: number): Promise<number> {
    office.wait(days);
    const now = office.now();
    const taken: number[] = [];
    for (const one of office.desks) taken.push(await one.tick(office.county.id, now));
    const [first = 0] = taken;
    expect(taken).toEqual(taken.map(() => first));
    return first;
  }

  return {
    people,
    things,
    wait,
    opening: [...opening, ...office.county.matters.keys()],
    offer,
    stray,
    attempt,
  };
}

/** Of many periods that are over, since each has one bulletin. */
function periodOver(pick: number): string {
  const year = 2025 - (Math.floor(pick / periods.length) % 4);
  return `${year}${periods[pick % periods.length] ?? ''}`;
}
const periods = [
  '',
  '-H1',
  '-H2',
  '-Q1',
  '-Q2',
  '-Q3',
  '-Q4',
  '-01',
  '-02',
  '-03',
  '-04',
  '-05',
  '-06',
  '-07',
  '-08',
  '-09',
  '-10',
  '-11',
  '-12',
];
