import { assign, createActor, createMachine, type AnyEventObject } from 'xstate';
import { checkConfig } from '../../src/check/check.ts';
import { actingOf } from '../../src/desk/act.ts';
import { contextOf } from '../../src/desk/context.ts';
import { factsOf } from '../../src/desk/facts.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import { entryHash } from '../../src/desk/seal.ts';
import { makeStep } from '../../src/desk/steps.ts';
import { wholeView } from '../../src/desk/whole-view.ts';
import type { Actor, Thing } from '../../src/model/thing.ts';
import { decide } from '../../src/rules/decide.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { nextStage } from '../../src/workflow/machine.ts';
import { best, bestOf, perSecond, ratio } from './measure.ts';

/** A ring of review stages, with a rule to decide at each step or none, that a report passes round and round. */
function ringOf(stages: number, ruled: boolean): string {
  const id = (at: number) => `stage-${at % stages}`;
  return JSON.stringify({
    id: 'ring',
    name: 'Ring',
    posts: [
      { id: 'clerk', name: 'Clerk', scope: 'county' },
      { id: 'author', name: 'Author', scope: 'own', everyone: true, enteredBy: ['clerk'] },
    ],
    forms: { report: [{ id: 'title', label: 'Title', type: 'text' }] },
    ...(ruled
      ? { rules: [{ id: 'again', on: 'report', name: 'returned before', when: { round: { above: 0 } } }] }
      : {}),
    access: [
      { may: 'create', on: 'report', posts: ['author'] },
      { may: 'read', on: 'report', posts: ['clerk'] },
    ],
    flows: {
      report: {
        form: 'report',
        start: id(0),
        stages: [
          ...Array.from({ length: stages }, (_, at) => ({
            id: id(at),
            label: id(at),
            kind: 'review',
            by: ['clerk'],
            actions: {
              pass: { label: 'Pass', to: id(at + 1) },
              ...(at === 0 ? { archive: { label: 'Archive', to: 'archived' } } : {}),
            },
          })),
          { id: 'archived', label: 'Archived', kind: 'end' },
        ],
      },
    },
  });
}

const actor: Actor = {
  id: 'clerk',
  county: 'ring',
  name: 'Clerk',
  kind: null,
  posts: [{ post: 'clerk', organisation: null }],
};
const now = '2026-03-02T01:00:00.000Z';

/** A desk over a memory store, as it acts and as it is put together. */
function ring(stages: number, ruled: boolean) {
  const { county, config, mistakes } = checkConfig('ring.json', ringOf(stages, ruled), () => null);
  if (!county || !config) throw new Error(mistakes.map(({ saying }) => saying.en).join('\n'));
  const directory = {
    organisations: [],
    people: [
      { id: 'clerk', name: 'Clerk', posts: [{ post: 'clerk' }] },
      { id: 'author', name: 'Author' },
    ],
  };
  const scoring = methodScoring(config, directory);
  let salts = 0;
  const newSalt = () => `salt-${(salts += 1)}`;
  return () => {
    const store = memoryStore();
    const context = contextOf({ county, directory, store, scoring, newSalt });
    const acting = actingOf(context, { follow: () => undefined, similarTo: null });
    return { county, store, context, acting };
  };
}

/** One step: a report's first when it has no id yet. */
async function stepOn({ acting }: ReturnType<ReturnType<typeof ring>>, id: string | null, version: number) {
  const prepared = await acting.prepare({
    takes: [],
    onBehalf: null,
    actor,
    now,
    language: 'en',
    key: null,
    thing: { county: 'ring', kind: 'report', id },
    action: 'pass',
    input: id === null ? { authors: ['author'] } : {},
    expected: id === null ? null : version,
  });
  await acting.save(prepared, now, null);
  return prepared;
}

async function steps(stages: number, many: number, ruled: boolean): Promise<number> {
  const desk = ring(stages, ruled);
  return bestOf(
    many,
    async () => {
      const fresh = desk();
      for (let report = 0; report < many / 20; report += 1) {
        let id: string | null = null;
        for (let step = 0; step < 20; step += 1) id = (await stepOn(fresh, id, step))[0].thing.id;
      }
    },
    25,
  );
}

/** What each part of a step costs by itself, on a report that has gone half a round. */
async function layers(): Promise<[string, number][]> {
  const desk = ring(10, true)();
  const { county, store, context } = desk;
  let [last] = await stepOn(desk, null, 0);
  for (let version = 1; version < 10; version += 1) [last] = await stepOn(desk, last.thing.id, version);
  const { thing, entry } = last;
  const flow = county.flows.get('report');
  if (!flow) throw new Error('no flow');
  const { hash, ...rest } = entry;
  const rules = [...county.rules.values()];
  const beside = { kindOf: () => null, today: '2026-03-02', similar: null };
  const facts = factsOf(county, thing, beside);
  const signed = { action: 'pass', actor: 'clerk', onBehalf: null, at: now } as const;
  const change = { stage: 'stage-1', decisions: {} };
  const reader = context.reader(actor, 'en');
  const many = 1_000;
  const time = (work: () => unknown) =>
    bestOf(many, async () => {
      for (let at = 0; at < many; at += 1) await work();
    });
  return [
    ['load', await time(() => store.read(thing))],
    ['facts', await time(() => factsOf(county, thing, beside))],
    ['rules', await time(() => decide(rules, facts))],
    ['where it leads', await time(() => nextStage(flow, thing.stage, 'pass', thing))],
    [
      'change and entry, hash and all',
      await time(() => makeStep(county, thing, change, signed, hash, new Set(), () => '')),
    ],
    ['hash', await time(() => entryHash(rest))],
    ['the view of it', await time(() => wholeView(reader, store, thing, '2026-03-02'))],
  ];
}

/**
 * XState by itself: a saved snapshot restored, one event sent, and the new one saved, as JSON both times; with nothing
 * to keep but its stage, or with a report in its context, as the desk's step has one.
 */
function peer(stages: number, many: number, report: Thing | null): number {
  const carry = assign<Carried, AnyEventObject, undefined, AnyEventObject, never>(({ context }) => ({
    report: context.report && onwards(context.report),
  }));
  const machine = createMachine({
    id: 'ring',
    initial: 'stage-0',
    types: { context: {} as Carried },
    context: { report },
    states: Object.fromEntries(
      Array.from({ length: stages }, (_, at) => [
        `stage-${at}`,
        {
          on: {
            pass: {
              target: `stage-${(at + 1) % stages}`,
              actions: carry,
            },
          },
        },
      ]),
    ),
  });
  const work = () => {
    let kept = JSON.stringify(createActor(machine).start().getPersistedSnapshot());
    for (let step = 0; step < many; step += 1) {
      // A report of the desk's goes twenty steps, then comes the next.
      if (step % 20 === 0) kept = JSON.stringify(createActor(machine).start().getPersistedSnapshot());
      const actor = createActor(machine, { snapshot: JSON.parse(kept) }).start();
      actor.send({ type: 'pass' });
      kept = JSON.stringify(actor.getPersistedSnapshot());
    }
  };
  return best(many, work, 25);
}
interface Carried {
  report: Thing | null;
}
/** What a step makes of a report, in its context. */
const onwards = (report: Thing): Thing => ({
  ...report,
  version: report.version + 1,
  path: [...report.path, report.stage],
  since: now,
});

/** A whole step at the desk beside XState's own restore, send and persist; and what a large flow costs. */
export async function benchSteps(): Promise<void> {
  const many = 400;
  const desk = await steps(10, many, false);
  const first = await stepOn(ring(10, false)(), null, 0);
  const [alone, bare] = [peer(10, many, first[0].thing), peer(10, many, null)];
  const [ruled, large] = [await steps(10, many, true), await steps(200, many, false)];
  console.log('\nSteps (load, step, hash, log, save to memory)');
  console.log(
    `  10 stages: ${perSecond(desk)}/s, with a rule ${perSecond(ruled)}/s; 200 stages: ${perSecond(large)}/s`,
  );
  console.log(
    `  XState alone: ${perSecond(alone)}/s with the same report in its context, ${perSecond(bare)}/s with nothing to keep but its stage`,
  );
  for (const [part, cost] of await layers()) console.log(`    ${(cost / 1000).toFixed(1)} µs ${part}`);
  ratio('beside XState restoring, sending and persisting the same report', alone / desk, 0.8);
  console.log(`  beside XState with its stage alone: ${(bare / desk).toFixed(2)}×`);
  ratio('at 200 stages beside 10', desk / large, 0.9);
}

/** What a proof of a very large flow takes, with actions that lead one way or another and a clock that takes one of them; the limit is five seconds. */
export function benchProof(): void {
  const actions = [
    'pass',
    'return',
    'ask',
    'opine',
    'refer',
    'decide',
    'retrieve',
    'reserve',
    'send-back',
    'reply',
  ];
  const stage = (at: number) => `stage-${at % 100}`;
  const further = (at: number) => stage(Math.min(at, 99));
  const stages = Array.from({ length: 100 }, (_, at) => ({
    id: stage(at),
    label: stage(at),
    kind: 'review',
    by: ['clerk'],
    due: { workingDays: 1 },
    overdue: [{ workingDays: 1, do: at < 99 ? 'pass' : 'remind' }],
    actions: Object.fromEntries([
      ...actions.map((verb, which) => [
        verb,
        {
          label: verb,
          to:
            verb === 'send-back'
              ? at === 50
                ? 'back'
                : 'before'
              : verb === 'pass' && at < 99
                ? [{ if: 'again', to: further(at + 2) }, { to: further(at + 1) }]
                : [
                    { if: 'again', to: stage(at * 7 + which * 13 + 1) },
                    { to: stage(at * 3 + which * 17 + 2) },
                  ],
        },
      ]),
      ...(at === 99 ? [['archive', { label: 'Archive', to: 'archived' }]] : []),
    ]),
  }));
  const ring = JSON.parse(ringOf(3, true));
  ring.flows.report.stages = [...stages, { id: 'archived', label: 'Archived', kind: 'end' }];
  ring.never = [{ id: 'n', on: 'report', name: 'n', do: 'archive', without: { stage: 'stage-99' } }];
  const text = JSON.stringify(ring);
  const { mistakes } = checkConfig('large.json', text, () => null);
  if (mistakes.length > 0) throw new Error(mistakes.map(({ saying }) => saying.en).join('\n'));
  const seconds = best(1, () => void checkConfig('large.json', text, () => null), 1) / 1e9;
  console.log('\nProof of 100 stages with 10 actions each and a clock that takes one of them');
  console.log(`  ${seconds.toFixed(2)} s (limit 5 s)`);
  ratio('limit over time', 5 / seconds, 1);
}
