import { beforeAll, expect, test } from 'vitest';
import type { ScoreRecord } from '../../src/model/record.ts';
import type { Ref, Story, Teller } from '../../src/server/demo-year/teller.ts';
import { placeOf, rowsOf, type Place } from './place.ts';
import { answered } from './stories.ts';

/*
 * The capital's 2021 and 2022: nine proposals with the party's main leader's instruction under supervision; the weight of
 * handling proposals in the units' assessment raised from 5 to 15 points and extended to party and mass bodies.
 */
let place: Place;
let teller: Teller;
let page: string;
const supervised: Ref[] = [];
const author = (number: number) => `member-${(number % 40) + 1}`;

const proposal = (year: string, number: number, more: ScoreRecord['moments'] = []): ScoreRecord => ({
  id: `p-${year}-${number + 1}`,
  kind: 'proposal',
  authors: [{ id: place.who(author(number)) }],
  moments: [{ is: 'filed', on: `${year}-02-16` }, ...more],
});

/** A year's proposals, given out to every unit in turn. */
async function* session(count: number): Story {
  const year = teller.day.slice(0, 4);
  await place.enter(
    teller.day,
    Array.from({ length: count }, (_, number) => proposal(year, number)),
  );
  yield 10;
  const units = place.directory.organisations.map(({ id }) => id);
  for (let number = 0; number < count; number += 1)
    teller.tell(handled(year, number, units[number % units.length] ?? ''));
}

async function* handled(year: string, number: number, lead: string): Story {
  yield number % 10;
  const led = year === '2022' && number < 9;
  if (led) {
    // The main leader of the city's party committee has written on it; the record says so from then on.
    const instruction = { is: 'instructed', on: teller.day, level: 'city', body: 'party', leader: 'main' };
    await place.enter(teller.day, [proposal(year, number, [instruction])]);
  }
  const by = teller.who(led ? 'supervision-office' : 'office-director');
  const { kind, id } = await teller.begin(by, 'handling', 'assign', {
    title: `${year}年第${number + 1}号提案`,
    record: `p-${year}-${number + 1}`,
    lead,
    task: '请办理并答复委员',
  });
  const item = { kind, id };
  // One in 2021 is never answered, nor one mass body's in 2022.
  if ((year === '2021' && number === 1) || (year === '2022' && number === 23)) return;
  if (!led) return yield* answered(teller, item, { lead, result: 'solved' });
  supervised.push(item);
  yield 1;
  await teller.act(teller.who(lead), 'sign-for', item);
  await teller.act(by, 'supervise', item, { comment: '市委主要领导批示提案,每月报告进展' });
  for (const progress of ['方案已定。', '已完成过半。']) {
    yield 12;
    await teller.act(teller.who(lead), 'progress', item, { progress });
  }
  yield 10;
  await teller.act(teller.who(lead), 'reply', item, { result: 'solved', reply: '已办结。' });
  yield 1;
  await teller.act(teller.who('office-director'), 'confirm', item);
}

const topicKinds = ['consultation', 'survey', 'inspection', 'supervision', 'other'];
const topics: Ref[] = [];
/** A topic of the year: found, discussed, drafted, seen by the chairmen's meeting, approved by the party, given out. */
async function* topic(number: number): Story {
  const director = teller.who('office-director');
  const form = {
    title: `第${number + 1}项年度课题`,
    year: 2022,
    'topic-kind': topicKinds[number % 5] ?? '',
    why: '群众反映集中',
  };
  const { kind, id } = await teller.begin(teller.who('checker'), 'topic', 'submit', form);
  const one = { kind, id };
  yield 3;
  const secretary = teller.who('secretary-general');
  if (number >= 51) {
    await teller.act(secretary, 'not-use', one, { comment: '与去年重复' });
    return;
  }
  topics.push(one);
  await teller.act(secretary, 'pass', one, { comment: '同意' });
  yield 2;
  await teller.act(director, 'edit', one, { ...form, why: '群众反映集中,宜专题研究' });
  await teller.act(director, 'pass', one, { comment: '送审' });
  yield 5;
  await teller.act(teller.who('chairman'), 'approve', one, { comment: '主席会议同意' });
  yield 5;
  const lead = place.directory.organisations[number % place.directory.organisations.length]?.id ?? '';
  await teller.act(director, 'reassign', one, {
    'lead-leader': teller.who(['chairman', 'vice-chairman', 'secretary-general'][number % 3] ?? ''),
    lead,
    person: teller.who(lead),
    due: `2022-${String(6 + (number % 6)).padStart(2, '0')}-30`,
  });
  if (number % 2 === 0) return;
  yield 40;
  await teller.act(teller.who(lead), 'progress', one, { progress: '调研已完成' });
  await teller.act(teller.who(lead), 'reply', one, { 'result-text': '形成课题报告' });
}

/** The chairman keeps contact with standing members, each of them with members, each member with two people. */
const links = Array.from({ length: 4 }, (_, standing) => [
  { from: 'capital-chairman', to: `capital-standing-member-${standing + 1}`, kind: 'standing-member' },
  ...Array.from({ length: 10 }, (_, index) => [
    {
      from: `capital-standing-member-${standing + 1}`,
      to: `capital-member-${standing * 10 + index + 1}`,
      kind: 'member',
    },
    ...['a', 'b'].map((household) => ({
      from: `capital-member-${standing * 10 + index + 1}`,
      to: `household-${standing * 10 + index + 1}-${household}`,
      kind: 'people',
      name: '结对群众',
    })),
  ]).flat(),
]).flat();
/** All but one are contacted, from the chairman down to the people: a member cannot reach the last household. */
async function* contacts(): Story {
  for (const { from, to } of links.slice(0, -1))
    await teller.begin(from, 'contact', 'submit', {
      title: '听取意见',
      with: to,
      'held-on': teller.day,
      'contact-way': 'visit',
    });
}

beforeAll(async () => {
  const cast = [
    { kind: 'member', count: 40 },
    { kind: 'standing-member', count: 4 },
  ];
  place = await placeOf('capital', cast, { links });
  for (const [before, count] of [
    ['2022-01-01', 12],
    ['2023-01-01', 24],
  ] as const) {
    teller = place.year(before);
    teller.tellOn(22, session(count));
    if (before === '2023-01-01')
      for (let number = 0; number < 54; number += 1) teller.tellOn(2 + (number % 12), topic(number));
    if (before === '2023-01-01') teller.tellOn(120, contacts());
    await place.play(teller);
  }
  place.clock('2023-01-09');
  page = await place.bulletin('2022');
}, 60_000);

test('51 topics of five kinds went through every step, each with a lead leader, a department, a person and a due date', async () => {
  expect(topics).toHaveLength(51);
  expect(await place.figures('2022', 'units')).toMatchObject({
    topics: '51',
    'topics-consultation': '11',
    'topics-survey': '10',
    'topics-inspection': '10',
    'topics-supervision': '10',
    'topics-other': '10',
  });
  expect(rowsOf(page).get('批准的课题')).toEqual(['51']);
  const way = ['submit', 'pass', 'edit', 'pass', 'approve', 'reassign'];
  for (const one of topics) {
    const { history, fields, due, stage } = await place.view(one);
    expect(history.map(({ action }) => action).slice(0, 6)).toEqual(way);
    expect(['working', 'done']).toContain(stage.id);
    expect(stage.id === 'done' || due?.on.startsWith('2022-')).toBe(true);
    for (const name of ['lead-leader', 'lead', 'person', 'due'])
      expect(fields.find((field) => field.name === name)?.value).toBeTruthy();
  }
});

test('contact goes from the chairman by standing members and members to the people, recorded and its coverage counted', async () => {
  expect(await place.figures('2022', 'people')).toEqual({
    contacts: '123',
    linked: '124',
    contacted: '123',
    coverage: '99.2',
  });
  const { subjects } = await place.table('2022', 'people');
  const figures = (post: string) => subjects.find(({ id }) => id === place.who(post))?.figures;
  expect(figures('chairman')).toMatchObject({ linked: '4', contacted: '4', coverage: '100' });
  expect(figures('standing-member-4')).toMatchObject({ linked: '10', coverage: '100' });
  expect(figures('member-39')).toMatchObject({ linked: '2', coverage: '100' });
  expect(figures('member-40')).toMatchObject({ linked: '2', contacted: '1', coverage: '50' });
});

test('nine proposals were instructed on, supervised, and their progress told to those who made them', async () => {
  expect(await place.figures('2022', 'units')).toMatchObject({
    instructed: '9',
    supervised: '9',
    'reported-back': '9',
    answered: '23',
  });
  expect(rowsOf(page).get('督办提案')).toEqual(['9']);
  expect(rowsOf(page).get('向提案人反馈进展的督办提案')).toEqual(['9']);
  expect(supervised).toHaveLength(9);
  for (const [number, item] of supervised.entries()) {
    const view = await place.view(item, place.who(author(number)));
    const told = view.history.filter(({ action }) => action === 'progress').flatMap(({ said }) => said);
    expect(told.map(({ value }) => value)).toEqual(['方案已定。', '已完成过半。']);
    const about = await place.host.store.messages('capital', place.who(author(number)), 50, null);
    expect(about.some(({ kind, about: { id } }) => kind === 'progress' && id === item.id)).toBe(true);
  }
  await expect(
    place.view(supervised[0] ?? { kind: 'handling', id: '' }, place.who('member-40')),
  ).rejects.toThrow('403');
});

test('handling weighs 5 points of government units until 2021, and since 2022 15 of party and mass bodies too', async () => {
  const points = async (year: string) =>
    Object.fromEntries((await place.table(year, 'units')).subjects.map(({ id, points }) => [id, points]));
  expect(await points('2021')).toMatchObject({
    'development-commission': '5',
    'housing-bureau': '0',
    'organisation-department': '0',
    'federation-women': '0',
  });
  expect(await points('2022')).toMatchObject({
    'development-commission': '15',
    'housing-bureau': '15',
    'organisation-department': '15',
    'federation-women': '15',
    'youth-league': '7.5',
  });
});
