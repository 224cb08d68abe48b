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

beforeAll(async () => {
  place = await placeOf('capital', [{ kind: 'member', count: 40 }]);
  for (const [before, count] of [
    ['2022-01-01', 12],
    ['2023-01-01', 24],
  ] as const) {
    teller = place.year(before);
    teller.tellOn(22, session(count));
    await place.play(teller);
  }
  place.clock('2023-01-09');
  page = await place.bulletin('2022');
}, 60_000);

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
    const about = await place.host.store.messages('capital', place.who(author(number)), 50);
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
