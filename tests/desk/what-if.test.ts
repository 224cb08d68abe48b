import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { County } from '../../src/county/county.ts';
import type { Desk } from '../../src/desk/request.ts';
import type { Counted } from '../../src/model/what-if.ts';
import { actorIn } from '../../src/server/host.ts';
import type { Fields, Thing } from '../../src/model/thing.ts';
import type { Verb } from '../../src/model/verb.ts';
import type { ThingView } from '../../src/model/view.ts';
import { postsOn } from '../../src/desk/posts.ts';
import { replayUnder } from '../../src/desk/replay-under.ts';
import { rulesOf, type ReplayParts } from '../../src/desk/taken-anew.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { changedCounty, deskUnder, withFlow } from './next-version.ts';
import { checked, officeOf, text } from './office.ts';
import { officeOf as walkingOffice, walkIn } from './walking.ts';

let folder = '';
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-what-if-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Office = ReturnType<typeof officeOf>;
const under = (office: Office, next: County, more: object = {}) =>
  office.desk.whatIf({
    next,
    from: '2026-01-01',
    to: '2026-12-31',
    now: office.now(),
    actorAt: (_county, id) => office.actor(id),
    ...more,
  });
const flowOf = (change: Parameters<typeof withFlow>[3]) =>
  changedCounty('huantai', 'next', (written, of) => withFlow(of, written, 'report', change)).county;
const numbers = (rows: readonly Counted[]) =>
  Object.fromEntries(rows.filter(({ was, now }) => was !== now).map(({ id, was, now }) => [id, [was, now]]));

/** Two reports: one is passed through to compiling, the other ends at the initial check. */
async function aQuarter() {
  const office = officeOf('huantai', await sqliteStore({ file: join(folder, `${(files += 1)}.db`) }));
  let one = await office.begin('wang', 'report', 'submit', text);
  const other = await office.begin('li', 'report', 'submit', text);
  office.clock('2026-03-04');
  one = await office.as('checker', 'pass', one, checked);
  await office.as('checker', 'reserve', other);
  office.clock('2026-03-10');
  await office.desk.tick('huantai', office.now());
  one = await office.as('director', 'pass', await office.look('director', one));
  one = await office.as('secretary', 'pass', one);
  return { office, one, other };
}

test('where a stage is taken out the report goes elsewhere at the same act, and is followed as far as the log goes', async () => {
  const { office, one } = await aQuarter();
  // The initial check lets through to the sign-off at once.
  const next = flowOf((stages) => {
    const actions = Object(stages.find(({ id }) => id === 'initial-check')?.['actions']);
    actions.pass.to = 'sign-off';
  });
  const found = await under(office, next);
  expect(found).toMatchObject({
    things: 2,
    whole: 1,
    waiting: [{ id: 'secretary-general', was: 0, now: 1 }],
  });
  // Both sides up to the stop: it came to the sign-off and not to the second review.
  expect(numbers(found.stages)).toEqual({ 'second-review': [1, 0], 'sign-off': [0, 1] });
  expect(found.otherwise).toMatchObject([
    {
      id: one.id,
      apart: { sequence: 2, on: '2026-03-04', was: { id: 'second-review' }, now: { id: 'sign-off' } },
      // What the director did next is not the director's to do at the sign-off.
      stopped: { sequence: 4, at: { id: 'sign-off' }, why: 'not-theirs' },
      end: { was: { id: 'second-review' }, now: { id: 'sign-off' } },
    },
  ]);
});

test('other due dates are held against the moments of the acts', async () => {
  const { office, one } = await aQuarter();
  const due = (days: number) =>
    flowOf((stages) => {
      Object.assign(stages.find(({ id }) => id === 'second-review') ?? {}, { due: { workingDays: days } });
    });
  // Passed on the 10th where three working days from the 4th end on the 9th.
  const longer = await under(office, due(10));
  expect(numbers(longer.missed)).toEqual({ 'second-review': [1, 0] });
  expect(longer.otherwise).toMatchObject([
    {
      id: one.id,
      apart: null,
      stopped: null,
      missed: { was: [{ due: '2026-03-09', left: '2026-03-10' }], now: [] },
    },
  ]);
  expect((await under(office, due(3))).otherwise).toEqual([]);
});

test('what falls to another post at the same stage is that post’s work, as though it had decided the same', async () => {
  const { office } = await aQuarter();
  const next = flowOf((stages) => {
    const stage = stages.find(({ id }) => id === 'second-review');
    Object.assign(stage ?? {}, { by: ['chairman'] });
    Object(stage?.['actions']).pass.by = ['chairman'];
  });
  const found = await under(office, next);
  expect([found.otherwise, numbers(found.stages)]).toEqual([[], {}]);
  expect(numbers(found.posts)).toEqual({ 'office-director': [1, 0], chairman: [0, 1] });
});

test('an action that the new flow has not, or its rules do not offer, is named with the reason', async () => {
  const { office, other } = await aQuarter();
  const without = flowOf((stages) => {
    delete Object(stages.find(({ id }) => id === 'initial-check')?.['actions']).reserve;
  });
  const [gone] = (await under(office, without)).otherwise;
  expect([gone?.id, gone?.stopped?.why]).toEqual([other.id, 'no-action']);
  const unoffered = flowOf((stages) => {
    const actions = Object(stages.find(({ id }) => id === 'initial-check')?.['actions']);
    actions.reserve.if = 'town-matter';
  });
  const [shut] = (await under(office, unoffered)).otherwise;
  expect([shut?.id, shut?.stopped?.why]).toEqual([other.id, 'not-offered']);
});

test('what the new forms must have and the old did not ask is counted', async () => {
  const { office } = await aQuarter();
  const next = changedCounty('huantai', 'next', (written, of) => {
    if (of !== 'base') return written;
    const config = JSON.parse(written);
    const form = config.flows.report.stages[1].actions.pass.form;
    config.forms[form].push({
      id: 'cost',
      label: { zh: '估算费用', en: 'Cost' },
      type: 'number',
      required: true,
    });
    return JSON.stringify(config);
  }).county;
  const found = await under(office, next);
  expect(found.asked).toMatchObject([{ kind: 'report', field: { zh: '估算费用' }, times: 1 }]);
  expect(found.otherwise).toEqual([]);
});

test('several who must agree where one did: the first voice is there, the others are not in the log', async () => {
  const { office, one } = await aQuarter();
  const next = flowOf((stages) => {
    const stage = stages.find(({ id }) => id === 'second-review');
    const of = ['office-director', 'chairman'];
    Object.assign(stage ?? {}, { together: { of, each: 'post', need: 'all' } });
    Object(stage?.['actions']).pass.by = of;
  });
  const found = await under(office, next);
  expect(found.otherwise).toMatchObject([
    {
      id: one.id,
      apart: { sequence: 4, was: { id: 'sign-off' }, now: { id: 'second-review' } },
      stopped: { sequence: 5, why: 'not-theirs' },
    },
  ]);
});

test('the clock of the new rules runs between the acts, and on after the last', async () => {
  const office = officeOf('huantai');
  const sent = await office.begin('wang', 'report', 'submit', text);
  office.clock('2026-04-30');
  const next = flowOf((stages) => {
    Object.assign(stages.find(({ id }) => id === 'initial-check') ?? {}, {
      overdue: [{ days: 5, do: 'return' }],
    });
  });
  const found = await under(office, next);
  expect(found.otherwise).toMatchObject([
    {
      id: sent.id,
      apart: null,
      end: { was: { id: 'initial-check' }, now: { id: 'revision' } },
      missed: { was: [{ left: null }], now: [{ left: '2026-03-10' }] },
    },
  ]);
});

test('a period takes the things that began in it, and nothing is written', async () => {
  const { office } = await aQuarter();
  const before = await office.store.lastHash({ county: 'huantai', kind: 'report', id: 'report-1' });
  const next = flowOf(() => undefined);
  expect((await under(office, next, { from: '2026-03-03' })).things).toBe(0);
  expect((await under(office, next)).things).toBe(2);
  expect(await office.store.lastHash({ county: 'huantai', kind: 'report', id: 'report-1' })).toBe(before);
});

/** All of a thing that its flow and acts make of it; not what merely counts entries or keeps reasons. */
function made({ version: _v, configVersion: _c, since, lastMove, decisions, ...thing }: Thing) {
  return {
    ...thing,
    since: since.slice(0, 10),
    lastMove: lastMove && { ...lastMove, at: 0 },
    fired: Object.values(decisions)
      .flatMap(({ rule, fired }) => (fired ? [rule] : []))
      .sort(),
  };
}

/** Replays every thing of a store by the rules that it was made under, and holds the two states against each other. */
async function expectSame(host: Parameters<typeof actorIn>[0], now: string): Promise<number> {
  const { county, directory, store } = host;
  const kindOf = (id: string) => directory.people.find((one) => one.id === id)?.kind ?? null;
  const parts: ReplayParts = {
    next: county,
    countyOf: () => county,
    actorAt: (of, id, at) => actorIn({ ...host, county: of }, id, at),
    holders: {
      holdersOf: (post) =>
        directory.people.flatMap(({ id, posts }) => (posts?.some((held) => held.post === post) ? [id] : [])),
      unitsOf: () => [],
    },
    postsOn: (day) => postsOn(county, directory, day),
    kindOf,
    today: now.slice(0, 10),
  };
  let acts = 0;
  for (const kind of county.kinds)
    for await (const { thing } of store.all(county.id, kind)) {
      const log = await store.log(thing);
      acts += log.length;
      const replayed = replayUnder(log, parts, rulesOf(county, kind, kindOf));
      if (!replayed) throw new Error('no log');
      expect([thing.id, replayed.stopped, replayed.apart]).toEqual([thing.id, null, null]);
      expect(made(replayed.state.now)).toEqual(made(thing));
      expect(replayed.came.now).toEqual(replayed.came.was);
    }
  return acts;
}

/** One who may return with `resumes`, and a second review that passes by itself after the same person's check. */
const variant = changedCounty('huantai', '1', (written, of) =>
  withFlow(of, written, 'report', (stages) => {
    const at = (id: string) => stages.find((stage) => stage.id === id) ?? { id };
    const back = Object(at('sign-off')['actions']).return;
    Object.assign(back, { resumes: true, to: 'initial-check' });
    Object.assign(at('second-review'), { sameActor: 'pass' });
  }),
);

test('what passes by itself, comes back where it was and was returned is replayed so', async () => {
  const store = memoryStore();
  const directory = {
    organisations: [],
    people: [
      { id: 'wang', name: '王', kind: 'member' },
      { id: 'both', name: '李', posts: [{ post: 'checker' }, { post: 'office-director' }] },
      { id: 'secretary', name: '赵', posts: [{ post: 'secretary-general' }] },
    ],
  };
  const desk = deskUnder(variant, { county: variant.county, directory, store });
  const host = { county: variant.county, directory, desk, store };
  let minutes = 0;
  const act = async (who: string, action: Verb, on: ThingView | null, input: Fields = {}) => {
    const now = new Date(Date.parse('2026-03-02T01:00:00Z') + (minutes += 600) * 60_000).toISOString();
    const actor = actorIn(host, who, now);
    if (!actor) throw new Error(`nobody ${who}`);
    const thing = { county: 'huantai', kind: 'report' as const, id: on?.id ?? null };
    const more = { takes: [], onBehalf: null, actor, now, language: 'zh' as const, key: null };
    return desk.act({ thing, action, input, expected: on?.version ?? null, ...more });
  };
  let report = await act('wang', 'submit', null, text);
  report = await act('both', 'return', report, { comment: '请补充' });
  report = await act('wang', 'submit', report, text);
  report = await act('both', 'pass', report, checked);
  expect(report.stage.id).toBe('sign-off');
  expect(report.history.at(-1)?.automatic).not.toBeNull();
  report = await act('secretary', 'return', report, { comment: '再核' });
  report = await act('both', 'pass', report, checked);
  expect(report.stage.id).toBe('sign-off');
  expect(await expectSame(host, '2026-03-06')).toBe(report.version);
});

const move = fc.record({ who: fc.nat(1000), on: fc.nat(1000), what: fc.nat(1000), pick: fc.nat(1000) });

test.each(['base', 'huantai', 'ningshan', 'shuangyashan', 'zhenyuan'])(
  '%s: whatever was done, replayed under the same rules it comes to the same',
  async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 160, maxLength: 160, size: 'max' }), async (moves) => {
        const store = memoryStore();
        const office = await walkingOffice(name, [store]);
        const walk = walkIn(office);
        for (const { who, on, what, pick } of moves) {
          const at = on % (walk.things.length + 4);
          const offer = await walk.offer(
            walk.people[who % walk.people.length] ?? '',
            at < walk.things.length ? at : null,
            walk.opening[what % walk.opening.length] ?? 'report',
          );
          const action = offer.actions[what % Math.max(1, offer.actions.length)];
          if (action) await walk.attempt(offer, action, pick);
        }
        const [desk] = office.desks;
        if (!desk) throw new Error('no desk');
        const host = { county: office.county, directory: office.directory, desk, store };
        expect(await expectSame(host, '2026-03-02')).toBeGreaterThan(10);
        const found = await sameRules(desk, host);
        const differing = [...found.posts, ...found.stages, ...found.missed].filter(
          ({ was, now }) => was !== now,
        );
        expect([found.otherwise, differing, found.asked]).toEqual([[], [], []]);
        expect(found.whole).toBe(found.things);
        expect(found.things).toBeGreaterThan(2);
      }),
      { numRuns: 3, seed: 5, endOnFailure: true },
    );
  },
);

async function sameRules(desk: Desk, host: Parameters<typeof actorIn>[0]) {
  const now = '2026-03-02T12:00:00.000Z';
  return desk.whatIf({
    next: host.county,
    from: '2026-01-01',
    to: '2026-12-31',
    now,
    actorAt: (county, id, at) => actorIn({ ...host, county }, id, at),
  });
}
