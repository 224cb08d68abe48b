import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import type { LogEntry, Thing, ThingKind } from '../../src/model/thing.ts';
import { thingKinds } from '../../src/model/thing.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { tellYear } from '../../src/server/demo-year.ts';
import { actorIn } from '../../src/server/host.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { countyOf } from '../county.ts';

const TODAY = '2026-11-24';
const NOW = `${TODAY}T01:00:00Z`;

async function year(today = TODAY) {
  const { county, config } = countyOf('huantai');
  const directory = demoDirectory(county);
  const store = memoryStore();
  let salts = 0;
  const desk = createDesk({
    county,
    directory,
    store,
    scoring: methodScoring(config, directory),
    newSalt: () => `salt-${(salts += 1)}`,
  });
  const host = { county, directory, desk, store };
  const story = JSON.parse(
    readFileSync(new URL('../../examples/demo/huantai.json', import.meta.url), 'utf8'),
  );
  let heard: [number, number] = [0, 1];
  await tellYear(host, story, today, (done, of) => (heard = [done, of]));
  const things: Thing[] = [];
  const entries: LogEntry[] = [];
  const titles: string[] = [];
  for (const kind of thingKinds)
    for await (const { thing, title } of store.all('huantai', kind)) {
      things.push(thing);
      if (kind === 'report') titles.push(title);
      entries.push(...(await store.log(thing)).map(({ entry }) => entry));
    }
  const as = (post: string) => {
    const actor = actorIn(host, `huantai-${post}`, NOW);
    if (!actor) throw new Error(`the demo directory has no ${post}`);
    return actor;
  };
  const waiting = async (post: string, kind: ThingKind, view: 'todo' | 'overdue' = 'todo') =>
    (await desk.queue({ kind, view, stage: null, search: null, after: null, limit: 1 }, as(post), NOW, 'zh'))
      .total;
  return { story, county, desk, things, entries, titles, heard, as, waiting };
}

let told: Awaited<ReturnType<typeof year>>;
beforeAll(async () => {
  told = await year();
}, 60_000);

const of = (kind: ThingKind, stage?: string) =>
  told.things.filter((thing) => thing.kind === kind && (stage === undefined || thing.stage === stage));
const done = (kind: ThingKind, action: LogEntry['action']) =>
  told.entries.filter((entry) => entry.kind === kind && entry.action === action).length;
const moments = (is: string) =>
  told.things.flatMap((thing) => thing.moments.filter((moment) => moment.is === is));

test('every author and every sector has sent something, and no two reports have one title', async () => {
  const written = of('report').length;
  expect(written).toBe(told.story.reports + of('lead', 'written-up').length);
  expect(new Set(of('report').flatMap(({ authors }) => authors.map(({ person }) => person))).size).toBe(60);
  expect(new Set(told.titles).size).toBe(written);
  const { subjects } = await told.desk.scores('2026', 'units', told.as('office-director'), NOW);
  const sectors = subjects.filter(({ kind }) => kind === 'sector');
  expect(sectors).toHaveLength(15);
  expect(sectors.every(({ points }) => points !== '0')).toBe(true);
  expect(told.heard[0]).toBe(told.heard[1]);
});

test('reports come jointly and on paper, ask departments and the chairman, are merged, reserved and taken up again', () => {
  const joint = of('report').filter(({ authors }) => authors.length > 1);
  expect(joint.length).toBeGreaterThan(8);
  expect(joint.every(({ authors }) => authors.length <= 3)).toBe(true);
  const paper = told.entries.filter(
    ({ kind, action, onBehalf, on, at }) =>
      kind === 'report' && action === 'submit' && onBehalf !== null && on < at.slice(0, 10),
  );
  expect(paper.length).toBeGreaterThan(8);
  for (const action of [
    'opine',
    'decide',
    'pass-on',
    'merge',
    'reserve',
    'retrieve',
    'return',
    'mark',
  ] as const)
    expect([action, done('report', action) > 1]).toEqual([action, true]);
});

test('a lead is written up, joined, passed on or closed, and some wait', () => {
  for (const stage of ['written-up', 'joined', 'passed-on', 'closed', 'received'])
    expect([stage, of('lead', stage).length > 3]).toEqual([stage, true]);
});

test('pieces are made of one, two and three reports, and results of every kind come back at several levels', () => {
  const sources = of('piece').map(({ links }) => links.filter(({ role }) => role === 'source').length);
  expect(new Set(sources)).toEqual(new Set([1, 2, 3]));
  expect(new Set(moments('adopted').map(({ level }) => level))).toEqual(
    new Set(['county', 'city', 'province']),
  );
  for (const is of ['taken-up', 'instructed', 'excellent', 'scored'])
    expect([is, moments(is).length > 2]).toEqual([is, true]);
});

test('handling stands at every stage; some of it was rated dissatisfied, done again, and supervised', () => {
  for (const stage of ['assigned', 'working', 'checking', 'satisfaction', 'done', 'archived'])
    expect([stage, of('handling', stage).length > 0]).toEqual([stage, true]);
  const rated = moments('rated').map(({ satisfaction }) => satisfaction);
  expect(rated).toContain('dissatisfied');
  expect(rated.filter((word) => word === 'dissatisfied').length).toBeLessThan(rated.length / 5);
  expect(done('handling', 'supervise')).toBeGreaterThan(1);
});

test('the quarters that are over were counted, checked, objected to once, approved and issued', () => {
  expect(of('period').map(({ stage, fields }) => [fields['period'], stage])).toEqual([
    ['2026-Q1', 'issued'],
    ['2026-Q2', 'issued'],
    ['2026-Q3', 'issued'],
  ]);
  expect([done('period', 'object'), done('period', 'answer')]).toEqual([1, 1]);
});

test('today something waits for each role, and of all the year a handful is overdue', async () => {
  const waits = async (post: string, kinds: ThingKind[]) => {
    let total = 0;
    for (const kind of kinds) total += await told.waiting(post, kind);
    return [post, total > 0 && total < 20];
  };
  for (const post of ['checker', 'office-director', 'secretary-general', 'compiler'])
    expect(await waits(post, ['report', 'piece'])).toEqual([post, true]);
  expect(await waits('chairman', ['report'])).toEqual(['chairman', true]);
  for (const place of ['education-bureau', 'social-bureau', 'suozhen-town', 'qifeng-town'])
    expect(await waits(place, ['report', 'handling'])).toEqual([place, true]);
  // The supervision office has no stage of its own: it looks after what is overdue.
  const late = await told.waiting('supervision-office', 'handling', 'overdue');
  const overdue = late + (await told.waiting('checker', 'report', 'overdue'));
  expect([late > 0, overdue > 3, overdue < 12]).toEqual([true, true, true]);
});

test('nothing is told of today or later, and the clock never goes back', () => {
  expect(told.entries.every(({ at }) => at < NOW)).toBe(true);
  for (const thing of told.things) {
    const its = told.entries.filter(({ kind, id }) => kind === thing.kind && id === thing.id);
    expect(its.map(({ at }) => at)).toEqual(its.map(({ at }) => at).sort());
  }
});

test('told again, it is the same year to the last hash; and the desk finds its log whole', async () => {
  const again = await year();
  // A bulletin's Word and Excel files bear the minute of their printing; its table and records do not.
  const hashes = ({ entries }: typeof told) =>
    entries.filter(({ kind }) => kind !== 'period').map(({ hash }) => hash);
  expect(hashes(again)).toEqual(hashes(told));
  const counted = ({ things }: typeof told) =>
    things.flatMap(({ kind, fields }) => (kind === 'period' ? [[fields['table'], fields['records']]] : []));
  expect(counted(again)).toEqual(counted(told));
  expect((await told.desk.verifyLog()).difference).toBeNull();
}, 60_000);

test('on whatever day it is told, as many wait and no more are overdue', async () => {
  for (const today of ['2026-01-04', '2026-05-05', '2026-10-07']) {
    const { things } = await year(today);
    const overdue = things.filter(({ due }) => due !== null && due.on < today);
    expect([today, overdue.length]).toEqual([today, 6]);
  }
}, 60_000);
