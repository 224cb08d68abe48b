import { beforeAll, expect, test } from 'vitest';
import type { ScoreRecord } from '../../src/model/record.ts';
import { openedBy, type Ref, type Story, type Teller } from '../../src/server/demo-year/teller.ts';
import { placeOf, rowsOf, type Place } from './place.ts';
import { answered, enteredFor, opened, rate, words } from './stories.ts';

/*
 * Zhenyuan since its session 13-5: 118 proposals and 26 reports, 96 and 22 of them online; the staff pass them to named
 * departments, which answer: 36 solved, 52 in progress, 30 for reference; 111 ratings come back, 109 of them satisfied.
 */
const PROPOSALS = 118;
let place: Place;
let teller: Teller;
let page: string;
const handled: Ref[] = [];

const results = [
  ...Array<string>(36).fill('solved'),
  ...Array<string>(52).fill('in-progress'),
  ...Array<string>(30).fill('for-reference'),
];
const places = () =>
  [...place.county.organisations.values()]
    .filter(({ kind }) => kind === 'department' || kind === 'town')
    .map(({ id }) => id);
const author = (number: number) => `member-${(number % 60) + 1}`;

/** The proposals of the session, as the office brings them in from its chat groups, WeChat and on paper. */
async function* filed(): Story {
  const proposals = Array.from({ length: PROPOSALS }, (_, number): ScoreRecord => ({
    id: `proposal-${number + 1}`,
    kind: 'proposal',
    authors: [{ id: place.who(author(number)) }],
    facts: { channel: number % 59 < 48 ? (number % 2 === 0 ? 'wechat' : 'platform') : 'paper' },
    moments: [{ is: 'filed', on: teller.day }],
  }));
  await place.enter(teller.day, proposals);
  yield 10;
  for (let number = 0; number < PROPOSALS; number += 1) teller.tell(givenOut(number));
}

/** One proposal: a task of a named department with a due date, its progress, its answer, and what its author says of it. */
async function* givenOut(number: number): Story {
  yield 1 + (number % 30);
  const lead = places()[number % places().length] ?? '';
  const { kind, id } = await teller.begin(teller.who('office-director'), 'handling', 'assign', {
    title: `第${number + 1}号提案`,
    record: `proposal-${number + 1}`,
    lead,
    'co-handlers':
      number % 9 === 0 ? ['education-bureau', 'housing-bureau'].filter((one) => one !== lead) : [],
    task: '请在期限内办理并答复委员',
    due: '2021-09-30',
    'on-platform': number !== 30,
  });
  const item = { kind, id };
  handled.push(item);
  const result = results[number] ?? '';
  yield* answered(teller, item, { lead, result, progress: '已列入计划,正在推进。' });
  yield 4;
  // Seven never send their form back; three are not satisfied, and one of those is after it was done again.
  if (number >= 111) return;
  const view = await rate(teller, author(number), item, number % 40 === 30 ? 'dissatisfied' : 'satisfied');
  if (view.stage.id !== 'working') return;
  yield 6;
  const again = { result, reply: '已重新办理并当面答复。' };
  await teller.act(teller.who(lead), 'reply', item, again);
  await teller.act(teller.who('office-director'), 'confirm', item);
  yield 3;
  await rate(teller, author(number), item, number === 30 ? 'satisfied' : 'dissatisfied');
}

/** Twenty-two of the reports begin as a few words in WeChat; the staff write them up and pass them to a department. */
async function* report(number: number): Story {
  const title = `关于第${number + 1}处公厕改造的建议`;
  const lead = places()[number % places().length] ?? '';
  const made =
    number < 22
      ? await writtenUp(number, title)
      : await enteredFor(teller, author(number), 'report', 'paper', words(title));
  yield 1;
  const passed = await teller.act(teller.who('checker'), 'pass-on', made, { lead, task: '请办理并答复' });
  const item = opened(openedBy(passed, 'handling'));
  yield* answered(teller, item, { lead, result: 'solved' });
  yield 2;
  await rate(teller, author(number), item, 'very');
}
async function writtenUp(number: number, title: string): Promise<Ref> {
  const lead = await enteredFor(teller, author(number), 'lead', 'wechat', {
    title,
    situation: '群里说,这里的公厕常年关着。',
  });
  return opened(openedBy(await teller.act(teller.who('checker'), 'write-up', lead, words(title)), 'report'));
}

beforeAll(async () => {
  place = await placeOf('zhenyuan', [{ kind: 'member', count: 60 }]);
  teller = place.year('2022-02-01');
  teller.tellOn(0, filed());
  for (let number = 0; number < 26; number += 1) teller.tellOn(5 + number * 7, report(number));
  await place.play(teller);
  place.clock('2022-02-10');
  page = await place.bulletin('session:13-5');
}, 60_000);

test('the session on the scoreboard: 118 = 36 + 52 + 30 and 26, 96 and 22 online, 98.2 % of 111 ratings', async () => {
  expect(await place.figures('session:13-5', 'units')).toEqual({
    proposals: '118',
    reports: '26',
    'proposals-online': '96',
    'reports-online': '22',
    answered: '118',
    solved: '36',
    'in-progress': '52',
    'for-reference': '30',
    rated: '111',
    satisfied: '109',
    rate: '98.2',
  });
});

test('the bulletin prints the same', () => {
  const rows = rowsOf(page);
  for (const [name, value] of [
    ['提案', '118'],
    ['线上提案', '96'],
    ['线上信息', '22'],
    ['已解决', '36'],
    ['正在解决', '52'],
    ['留作参考', '30'],
    ['收回评价', '111'],
    ['满意率%', '98.2'],
  ] as const)
    expect([name, rows.get(name)?.[0]]).toEqual([name, value]);
});

test('no share of the 118 is 98.2 %: it is one of the ratings that came back', () => {
  const shares = Array.from({ length: 119 }, (_, n) => ((n / 118) * 100).toFixed(1));
  expect(shares).not.toContain('98.2');
});

test('each task names its department and its due date, and whoever made the proposal follows it and rates it', async () => {
  expect(handled).toHaveLength(118);
  const [first] = handled;
  if (!first) throw new Error('nothing was given out');
  const item = await place.view(first, place.who(author(0)));
  expect(item.fields).toContainEqual(expect.objectContaining({ name: 'due', value: '2021-09-30' }));
  expect(item.history.map(({ action }) => action)).toEqual([
    'assign',
    'sign-for',
    'progress',
    'reply',
    'confirm',
    'rate',
  ]);
  expect(item.history.find(({ action }) => action === 'progress')?.said).toContainEqual(
    expect.objectContaining({ value: '已列入计划,正在推进。' }),
  );
});

test('on the platform anybody reads who handles a task, until when, its progress, the reply and how it was rated', async () => {
  const look = ({ kind, id }: Ref) => place.open(`public/${kind}/${id}`);
  const [first, second] = handled;
  if (!first || !second) throw new Error('nothing was given out');
  const answer = await look(first);
  const page = await answer.text();
  for (const words of ['第1号提案', '舞阳镇', '2021-09-30', '已列入计划,正在推进。', '已解决', '满意'])
    expect(page).toContain(words);
  for (const hidden of ['member-', '委员1', '请在期限内办理']) expect(page).not.toContain(hidden);
  expect((await look(second)).status).toBe(404);
});

test('the yearly assessment: a department that answered everything and satisfied everyone has the full hundred', async () => {
  const { subjects } = await place.table('session:13-5', 'units');
  expect(subjects.every(({ figures }) => figures?.['rate'] === '100')).toBe(true);
  const points = subjects.map(({ points }) => points);
  expect(points.filter((value) => value === '100').length).toBeGreaterThan(15);
  expect(points.some((value) => value !== '100')).toBe(true);
});
