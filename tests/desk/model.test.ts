import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CountyConfig } from '../../src/county/config.generated.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { DeskError } from '../../src/desk/error.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import type { Desk } from '../../src/desk/request.ts';
import type { Directory } from '../../src/model/record.ts';
import type { Fields, ThingKind, ThingRef } from '../../src/model/thing.ts';
import type { ActionView, FieldView, ThingView } from '../../src/model/view.ts';
import { verbs } from '../../src/model/verb.ts';
import { actorIn } from '../../src/server/host.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/port.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { countyOf } from '../county.ts';

const configs = ['base', 'capital', 'huantai', 'ningshan', 'shuangyashan', 'yulin', 'zhenyuan'];
const opening: ThingKind[] = ['lead', 'report', 'handling', 'period'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-model-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Where the config alone, read as it is written, lets an act lead. */
function follows(
  config: CountyConfig,
  kind: ThingKind,
  before: string,
  verb: string,
  after: string,
): boolean {
  const flow = config.flows?.[kind];
  const action = flow?.stages.find(({ id }) => id === before)?.actions?.[verb] ?? flow?.everywhere?.[verb];
  const goals = (typeof action?.to === 'string' ? [{ to: action.to }] : (action?.to ?? [])).map(
    ({ to }) => to,
  );
  const free = goals.some((goal) => ['back', 'before', 'earlier', 'any'].includes(goal));
  // Where several decide together it stays till they have.
  return after === before || free || goals.includes(after);
}

/** One county on two stores, everybody who can act in it, and a clock of its own. */
async function officeOf(name: string, stores: Store[]) {
  const { county, config } = countyOf(name);
  const units = [...county.organisations.values()];
  const directory: Directory = {
    organisations: units.map(({ id, name: label, kind }) => ({
      id,
      name: typeof label === 'string' ? label : label.zh,
      kind,
    })),
    people: [
      { id: 'member', name: '委员', kind: 'member' },
      { id: 'other', name: '另一委员', kind: 'member' },
      ...[...county.posts.values()]
        .filter(({ everyone, scope }) => !everyone && scope === 'county')
        .map(({ id }) => ({ id, name: id, kind: 'cadre', posts: [{ post: id }] })),
      ...[...county.posts.values()]
        .filter(({ everyone, scope }) => !everyone && scope === 'organisation')
        .flatMap(({ id }) =>
          units
            .filter(({ kind }) => kind !== 'sector')
            .slice(0, 3)
            .map((unit) => ({
              id: `${id}-${unit.id}`,
              name: `${id}-${unit.id}`,
              posts: [{ post: id, organisation: unit.id }],
            })),
        ),
    ],
  };
  const desks = await Promise.all(
    stores.map(async (store) => {
      let salts = 0;
      for (const { id: uploader } of directory.people)
        await store.saveFile({
          county: county.id,
          id: `scan-${uploader}`,
          name: 'scan.png',
          type: 'image/png',
          uploader,
          bytes: new Uint8Array([1, 2, 3]),
        });
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
  let minutes = 0;
  const now = () => new Date(Date.parse('2026-03-02T01:00:00Z') + minutes * 60_000).toISOString();
  const tick = () => void (minutes += 7);
  const actor = (id: string) => {
    const found = actorIn(host, id, now());
    if (!found) throw new Error(`nobody ${id}`);
    return found;
  };
  return { county, config, directory, desks, now, tick, actor, units: units.map(({ id }) => id) };
}

function fill(field: FieldView, pick: number, who: string): Fields[string] {
  const option = field.options[pick % Math.max(1, field.options.length)]?.value ?? null;
  switch (field.type) {
    case 'number':
      return Math.min(field.limit ?? 3, 1 + (pick % 3));
    case 'date':
      return ['2026-03-02', '2026-03-20', '2026-04-01'][pick % 3] ?? null;
    case 'yes-no':
      return pick % 3 > 0;
    case 'choices':
      return option === null ? null : [option];
    case 'file':
      return `scan-${who}`;
    case 'files':
      return [`scan-${who}`];
    case 'text':
    case 'long-text':
      return field.name === 'period' ? (['2026', '2026-Q1'][pick % 2] ?? '') : `文字${pick}`;
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

type Office = Awaited<ReturnType<typeof officeOf>>;

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
        onBehalf: more.behalf === null ? null : { of: more.behalf, on: '2026-03-02' },
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

interface Move {
  who: number;
  on: number;
  what: number;
  pick: number;
  stray: boolean;
}

/** Walks through the moves; says what was done where, and by whom. */
async function walk(office: Office, moves: Move[], wanted: (pair: string) => boolean): Promise<string[]> {
  const people = office.directory.people.map(({ id }) => id);
  const things: ThingRef[] = [];
  const done: string[] = [];
  const [desk] = office.desks;
  if (!desk) throw new Error('no desk');
  for (const move of moves) {
    const who = people[move.who % people.length] ?? '';
    const actor = office.actor(who);
    const at = move.on % (things.length + 1);
    const ref = things[at];
    const kind = opening[move.what % opening.length] ?? 'report';
    let view: ThingView | null = null;
    let actions: ActionView[] = [];
    try {
      if (ref) view = await desk.view(ref, actor, office.now(), 'zh');
      actions = view ? view.actions : (await desk.blank(kind, actor, 'zh')).actions;
    } catch (error) {
      if (!(error instanceof DeskError)) throw error;
    }
    const target = ref ?? { county: office.county.id, kind, id: null };
    if (move.stray) {
      // What is not offered is refused, whoever asks and whatever they send.
      const verb = verbs[move.what % verbs.length] ?? 'pass';
      if (actions.some(({ action }) => action === verb)) continue;
      const version = view?.version ?? (ref ? 1 : null);
      const got = await everywhere(office, who, target, verb, {
        input: {},
        version,
        behalf: null,
        takes: [],
      });
      expect(
        got,
        `${verb} by ${who} on ${ref?.kind ?? kind} at ${view?.stage.id ?? 'nowhere'}`,
      ).toHaveProperty('refused');
      continue;
    }
    const stage = view?.stage.id ?? office.config.flows?.[kind]?.start ?? '';
    const name = (action: ActionView) => `${target.kind} ${stage} ${action.action} ${who}`;
    const fresh = actions.filter((action) => wanted(name(action)));
    const among = fresh.length > 0 ? fresh : actions;
    const action = among[move.what % Math.max(1, among.length)];
    if (!action) continue;
    const others = things.filter(({ kind: of, id }) => of === 'report' && id !== view?.id);
    const takes: ThingView[] = [];
    const other = others[move.pick % Math.max(1, others.length)];
    if (action.takes !== null && other) {
      const seen = await outcome(desk.view(other, office.actor('office-director'), office.now(), 'zh'));
      if ('view' in seen) takes.push(seen.view);
    }
    const input: Fields = Object.fromEntries(
      action.fields
        .filter(({ onDemand }) => !onDemand)
        .map((field, i) => [field.name, fill(field, move.pick + i, who)]),
    );
    const behalf = action.behalf[move.pick % Math.max(1, action.behalf.length)]?.value ?? null;
    if (!view && behalf !== null) input['authors'] = [behalf];
    const more = {
      input,
      version: view?.version ?? null,
      behalf,
      takes,
    };
    let got = await everywhere(office, who, target, action.action, more);
    if ('refused' in got && got.refused === 'invalid-input') {
      const asked = got.fields;
      for (const field of action.fields)
        if (field.onDemand && asked.includes(field.name)) input[field.name] = fill(field, move.pick, who);
      for (const field of asked)
        if (!action.fields.some(({ name: known }) => known === field)) delete input[field];
      got = await everywhere(office, who, target, action.action, more);
    }
    if ('refused' in got) {
      // What is offered is never refused as such; a form may still be told what is wrong with it.
      const why = `${name(action)}: ${JSON.stringify(got)}`;
      expect(
        ['invalid-input', ...(action.takes ? ['not-offered', 'not-found', 'forbidden', 'conflict'] : [])],
        why,
      ).toContain(got.refused);
      if (process.env['WALK']) console.log(why);
      continue;
    }
    done.push(name(action));
    const after = got.view.stage.id;
    expect(
      follows(office.config, target.kind, stage, action.action, after),
      `${name(action)} → ${after}`,
    ).toBe(true);
    expect(got.view.version).toBeGreaterThan(view?.version ?? 0);
    const seen = new Set(things.map(({ id }) => id));
    for (const one of [got.view, ...got.view.links])
      if (!seen.has(one.id)) things.push({ county: office.county.id, kind: one.kind, id: one.id });
  }
  return done;
}

const move: fc.Arbitrary<Move> = fc.record({
  who: fc.nat(1000),
  on: fc.nat(1000),
  what: fc.nat(1000),
  pick: fc.nat(1000),
  stray: fc.boolean(),
});

describe.each(configs)('%s', (name) => {
  let files = 0;
  test('random people do random things: both stores agree, what is offered is what is accepted, the log rebuilds it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 60, maxLength: 120, size: 'max' }), async (moves) => {
        const file = join(folder, `${name}-${(files += 1)}.db`);
        const office = await officeOf(name, [memoryStore(), await sqliteStore({ file })]);
        await walk(office, moves, () => false);
        for (const desk of office.desks) expect((await desk.verifyLog()).difference).toBeNull();
      }),
      { numRuns: 5, seed: 7, endOnFailure: true },
    );
  });
});
