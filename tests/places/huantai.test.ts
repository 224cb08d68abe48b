import { beforeAll, expect, test } from 'vitest';
import type { Owed } from '../../src/model/obligation.ts';
import { openedBy, type Ref, type Story, type Teller } from '../../src/server/demo-year/teller.ts';
import { actorIn } from '../../src/server/host.ts';
import { countyOf } from '../county.ts';
import { placeOf, rowsOf, type Place } from './place.ts';
import { answered, checkForm, compiled, opened, rate, sentBy, throughGates, words } from './stories.ts';

/*
 * Huantai's 2025: four reports a year for every standing member and cadre, 15 sectors, 38 invited correspondents with a
 * term; what a town can settle goes to the town; every quarter a bulletin in which the silent ones are visible.
 */
let place: Place;
let teller: Teller;
const pages = new Map<string, string>();
let againstTheRule: unknown = null;
const toTowns: Ref[] = [];

const sectors = [...countyOf('huantai').county.organisations.values()]
  .filter(({ kind }) => kind === 'sector')
  .map(({ id }) => id);

/** A report of a quarter: every third is taken up, every fifth a town can settle. */
async function* report(number: number, author: string): Story {
  const title = `关于第${number + 1}个村居环境的建议`;
  const made = await sentBy(teller, author, title);
  if (number % 5 === 0) return yield* toTheTown(made, author);
  if (number % 3 > 0) {
    yield 1;
    await teller.act(teller.who('checker'), 'reserve', made);
    return;
  }
  yield* throughGates(teller, made);
  const piece = yield* compiled(teller, [made], { title, text: '正文' }, [
    { to: number % 2 === 0 ? 'city-cppcc' : 'county-government' },
  ]);
  yield 6;
  await teller.act(teller.who('compiler'), 'record', piece, {
    is: 'taken-up',
    level: 'county',
    on: teller.day,
  });
}

/** The rule proposes the town; whoever sends it up all the same says why. */
async function* toTheTown(made: Ref, author: string): Story {
  yield 1;
  const [checker, lead] = [teller.who('checker'), 'qifeng-town'];
  const form = checkForm({ level: 'town', 'town-can-settle': true });
  await teller.act(checker, 'check', made, form);
  againstTheRule ??= await teller.act(checker, 'pass', made, form).catch((error: unknown) => error);
  const passed = await teller.act(checker, 'pass-on', made, { lead, task: '请镇里处理并答复' });
  const item = opened(openedBy(passed, 'handling'));
  toTowns.push(item);
  yield* answered(teller, item, { lead, result: 'solved' });
  yield 2;
  await rate(teller, author, item, 'very');
}

/** Once a quarter is over: what every unit and correspondent sent and what was taken up of it. */
async function* issued(period: string): Story {
  place.clock(teller.day);
  pages.set(period, await place.bulletin(period));
}

async function* training(): Story {
  await place.enter(teller.day, [
    {
      id: 'training-1',
      kind: 'training',
      authors: Array.from({ length: 38 }, (_, index) => ({ id: place.who(`correspondent-${index + 1}`) })),
      moments: [{ is: 'attended', on: teller.day }],
    },
  ]);
}

/** A sector's activity; its report, if one comes, so many working days later, and it is its first and only. */
async function* activity(sector: string, after: number | null): Story {
  const held = { id: `activity-${sector}`, kind: 'sector-activity', unit: sector };
  await place.enter(teller.day, [{ ...held, moments: [{ is: 'held', on: teller.day }] }]);
  if (after === null) return;
  yield after;
  const title = '关于界别活动所见的建议';
  await teller.begin(teller.who('checker'), 'report', 'submit', {
    ...words(title),
    unit: sector,
    channel: 'paper',
    authors: [teller.who('member-60')],
  });
}

const topics: Ref[] = [];
/** Of five topics put forward four are taken, given to a department, and end in what was found. */
async function* topic(number: number): Story {
  const form = {
    title: `第${number + 1}项调研课题`,
    year: 2025,
    'topic-kind': 'survey',
    why: '群众反映集中',
  };
  const { kind, id } = await teller.begin(teller.who('checker'), 'topic', 'submit', form);
  const one = { kind, id };
  yield 3;
  const [secretary, director, lead] = [
    teller.who('secretary-general'),
    teller.who('office-director'),
    'housing-bureau',
  ];
  if (number === 4) {
    await teller.act(secretary, 'not-use', one, { comment: '暂不列入' });
    return;
  }
  topics.push(one);
  await teller.act(secretary, 'pass', one, { comment: '同意' });
  await teller.act(teller.who('chairman'), 'approve', one, { comment: '同意' });
  yield 3;
  await teller.act(director, 'reassign', one, {
    'lead-leader': teller.who('chairman'),
    lead,
    person: teller.who(lead),
    due: '2025-09-30',
  });
  yield 60;
  await teller.act(teller.who(lead), 'reply', one, { 'result-text': '形成调研报告' });
}

beforeAll(async () => {
  place = await placeOf('huantai', [
    { kind: 'standing-member', count: 30, homes: sectors.slice(0, 14) },
    { kind: 'cadre', count: 6 },
    { kind: 'member', count: 60, homes: sectors.slice(0, 14) },
    { kind: 'correspondent', count: 38 },
  ]);
  teller = place.year('2026-01-01');
  // Of ten standing members one sends nothing, two send two, the others four; of the correspondents a third are silent.
  const owed = [
    ...Array.from({ length: 30 }, (_, index) => `standing-member-${index + 1}`),
    ...Array.from({ length: 6 }, (_, index) => `cadre-${index + 1}`),
  ].flatMap((who, index) =>
    Array.from({ length: index % 10 === 0 ? 0 : index % 10 < 3 ? 2 : 4 }, (_, time) => ({ who, time })),
  );
  const free = [
    ...Array.from({ length: 20 }, (_, index) => `member-${index * 3 + 1}`),
    ...Array.from({ length: 38 }, (_, index) => `correspondent-${index + 1}`).filter(
      (_, index) => index % 3 > 0,
    ),
  ].map((who, index) => ({ who, time: index % 4 }));
  [...owed, ...free].forEach(({ who, time }, number) =>
    teller.tellOn(time * 58 + (number % 30), report(number, who)),
  );
  teller.tellOn(20, training());
  // Once the other reports are in: after three activities one comes in time, one late, and one not at all.
  for (const [index, after] of [3, 30, null].entries())
    teller.tellOn(205, activity(['sector-women', 'sector-farming', 'sector-religion'][index] ?? '', after));
  for (let number = 0; number < 5; number += 1) teller.tellOn(10, topic(number));
  for (const [period, end] of [
    ['2025-Q1', '2025-03-31'],
    ['2025-Q2', '2025-06-30'],
    ['2025-Q3', '2025-09-30'],
  ] as const)
    teller.tellOn(teller.days.findIndex((day) => day > end) + 3, issued(period));
  await place.play(teller);
  place.clock('2026-01-09');
  pages.set('2025-Q4', await place.bulletin('2025-Q4'));
}, 60_000);

test('four a year for every standing member and cadre: who met it, who is short by how many, who sent nothing', async () => {
  place.clock('2025-12-31');
  const owed = (await place.quotas()).filter(({ quota }) => quota === 'four-a-year');
  // The office's own cadres owe as well.
  const office = [...place.county.posts.values()].filter(({ scope }) => scope === 'county').length;
  expect(owed).toHaveLength(30 + 6 + office);
  const of = (who: string) => owed.find(({ subject }) => subject === place.who(who));
  expect(of('standing-member-5')).toMatchObject({ need: '4', done: '4', short: '0', silent: false });
  expect(of('standing-member-2')).toMatchObject({ need: '4', done: '2', short: '2', silent: false });
  expect(of('standing-member-1')).toMatchObject({ need: '4', done: '0', short: '4', silent: true });
  expect(of('cadre-1')).toMatchObject({ short: '4', silent: true });
  // A member owes nothing here.
  expect(of('member-1')).toBeUndefined();
});

test('what a town can settle is as a rule passed on to it: going up instead wants a reason', async () => {
  expect(againstTheRule).toMatchObject({ code: 'invalid-input', fields: [{ field: 'whyNot' }] });
  const summary = await place.figures('2025', 'units');
  expect([summary['to-towns'], toTowns.length]).toEqual([String(toTowns.length), toTowns.length]);
  for (const item of toTowns) {
    const { stage, moments } = await place.view(item);
    expect([stage.id, moments.find(({ is }) => is === 'replied')?.['result']]).toEqual(['done', 'solved']);
  }
});

test('after every sector activity a report is owed: it shows to the office as met, late or missed, and is counted', async () => {
  const owed: Owed[] = await (await place.get('obligations?of=all')).json();
  expect(owed.map(({ after, state }) => [after, state]).sort()).toEqual([
    ['activity-sector-farming', 'late'],
    ['activity-sector-religion', 'missed'],
    ['activity-sector-women', 'met'],
  ]);
  const year = await place.figures('2025', 'units');
  expect([year['owed'], year['owed-met'], year['owed-late'], year['owed-missed']]).toEqual([
    '3',
    '1',
    '1',
    '1',
  ]);
  const { subjects } = await place.table('2025', 'units');
  expect(subjects.find(({ id }) => id === 'sector-women')?.figures).toMatchObject({ owed: '1', met: '1' });
  expect(subjects.find(({ id }) => id === 'sector-religion')?.figures).toMatchObject({ owed: '1', met: '0' });
});

test('each quarter’s bulletin has a row for every sector and correspondent, and the silent are named in it', () => {
  expect([...pages.keys()]).toEqual(['2025-Q1', '2025-Q2', '2025-Q3', '2025-Q4']);
  for (const page of pages.values()) {
    const names = [...page.matchAll(/特邀信息员\d+<\/td>/g)];
    expect(new Set(names.map(([name]) => name)).size).toBe(38);
    for (const sector of place.directory.organisations.filter(({ kind }) => kind === 'sector'))
      expect(page).toContain(`<td>${sector.name}</td>`);
    const [silent = ''] = /零报送:[^<]*/.exec(page) ?? [];
    expect(silent).toContain('常委1、');
    expect(page).toContain('采纳');
  }
  // The year ends with the fourth: who is short of four is listed with what they sent.
  expect(pages.get('2025-Q4')).toContain('常委2 2/4');
});

test('the units’ figures of the year: received, passed on, sent up, taken up, and the sector that sent nothing', async () => {
  const year = await place.figures('2025', 'units');
  expect(year['sectors.sent']).toBe('14');
  expect(year['sectors.silent']).toBe('1');
  expect(Number(year['received'])).toBeGreaterThan(150);
  const rows = rowsOf(pages.get('2025-Q4') ?? '');
  const quarter = await place.figures('2025-Q4', 'units');
  expect(rows.get('收到')?.[0]).toBe(quarter['received']);
  expect(rows.get('采纳')?.[0]).toBe(quarter['taken-up']);
});

test('38 correspondents, for a term: a day after it they are nobody here', () => {
  const correspondents = place.directory.people.filter(({ kind }) => kind === 'correspondent');
  expect(correspondents).toHaveLength(38);
  const on = (day: string) => actorIn(place.host, place.who('correspondent-1'), `${day}T01:00:00Z`);
  expect([on('2024-12-31'), on('2025-01-01')?.kind, on('2027-12-31')?.kind, on('2028-01-01')]).toEqual([
    null,
    'correspondent',
    'correspondent',
    null,
  ]);
});

test('training shows; every two years units and correspondents are commended; the term’s points count in selection', async () => {
  const people = (await place.table('cycle:2026', 'people')).subjects;
  const one = people.find(({ id }) => id === place.who('correspondent-2'));
  expect(one?.figures).toMatchObject({ trained: '1', sent: '1' });
  const having = (subjects: typeof people, outcome: string) =>
    subjects.filter(({ outcomes = [] }) => outcomes.some(({ id }) => id === outcome));
  const correspondents = having(people, 'commended-correspondent');
  expect(correspondents.length).toBeGreaterThan(0);
  expect(correspondents.every(({ kind }) => kind === 'correspondent')).toBe(true);
  // The five best; whoever has as many points as the fifth is one of them.
  const units = having((await place.table('cycle:2026', 'units')).subjects, 'commended-unit');
  expect(units.length).toBeGreaterThanOrEqual(5);
  expect(units.every(({ rank }) => rank !== null && rank <= 5)).toBe(true);
  const term = (await place.table('term:2022', 'people')).subjects;
  const chosen = having(term, 'selection');
  expect(chosen.length).toBeGreaterThan(0);
  expect(chosen.every(({ points }) => Number(points) >= 8)).toBe(true);
  // Nothing happened in its first half yet.
  expect(having((await place.table('term:2022-mid', 'people')).subjects, 'selection')).toEqual([]);
});

test('four of the year’s research topics, between three and five, are taken and done', async () => {
  expect(topics).toHaveLength(4);
  for (const one of topics) expect((await place.view(one)).stage.id).toBe('done');
});

test('a report has situation, analysis and suggestion, or is not taken', async () => {
  const whole = words('关于集市秩序的建议');
  for (const part of ['situation', 'analysis', 'suggestion']) {
    const { [part]: _, ...rest } = whole;
    await expect(teller.begin(teller.who('member-2'), 'report', 'submit', rest)).rejects.toMatchObject({
      code: 'invalid-input',
      fields: [{ field: part }],
    });
  }
});

test('the same quota for every member is one word more in the config', async () => {
  const kinds = '"kinds": ["standing-member", "cadre"]';
  const other = await placeOf('huantai', [{ kind: 'member', count: 3 }], {
    edited: (text) => text.replace(kinds, kinds.replace(']', ', "member"]')),
  });
  other.clock('2025-12-31');
  const owed = (await other.quotas()).filter(({ subject }) => subject.includes('-member-'));
  expect(owed.map(({ need, short }) => [need, short])).toEqual([
    ['4', '4'],
    ['4', '4'],
    ['4', '4'],
  ]);
});
