import { beforeAll, expect, test } from 'vitest';
import { addDays } from '../../src/model/date.ts';
import type { Fields } from '../../src/model/thing.ts';
import { openedBy, type Ref, type Story, type Teller } from '../../src/server/demo-year/teller.ts';
import { placeOf, rowsOf, type Place } from './place.ts';
import {
  answered,
  checkForm,
  compiled,
  enteredFor,
  opened,
  rate,
  sentBy,
  throughGates,
  words,
} from './stories.ts';

/*
 * Yulin's 2022: 446 reports from members, sectors, parties, the counties' CPPCCs, report and contact points, studios and
 * correspondents; 87 pieces in its journal, 78 sent to the province, 5 adopted, 3 instructed on; 63 % on livelihood.
 */
const RECEIVED = 446;
const LIVELIHOOD = 281;
const PIECES = 87;
let place: Place;
let teller: Teller;
let page: string;

const authors = [
  ...Array.from({ length: 60 }, (_, index) => `member-${index + 1}`),
  ...Array.from({ length: 12 }, (_, index) => `correspondent-${index + 1}`),
  ...Array.from({ length: 4 }, (_, index) => `public-${index + 1}`),
];
const categoryOf = (number: number) =>
  number < LIVELIHOOD
    ? (['health', 'schooling', 'old-age'][number % 3] ?? '')
    : (['economy', 'countryside', 'city-environment', 'society'][number % 4] ?? '');

/** A reference topic or a special call, open for four weeks. */
let open: { id: string; deadline: string } | null = null;
const calls: Ref[] = [];
async function* published(kind: 'reference' | 'special'): Story {
  const deadline = addDays(teller.day, 28);
  const call = await teller.begin(teller.who('office-director'), 'call', 'submit', {
    title: kind === 'special' ? '冬季供暖专题约稿' : '第一批参考选题',
    'asked-for': '群众反映集中的问题',
    'call-kind': kind,
    deadline,
  });
  open = { id: call.id, deadline };
  calls.push({ kind: call.kind, id: call.id });
}
let answers = 0;
/** While a call is open, members answer it with what they send. */
function answering(): Fields {
  if (!open || teller.day > open.deadline) return {};
  answers += 1;
  return { answers: open.id };
}

const sources = ['consultation-1', 'speech-1', 'survey-1'];
async function* yearsWork(): Story {
  const [consultation = '', speech = '', survey = ''] = sources;
  const unit = 'economy-committee';
  await place.enter(teller.day, [
    { id: consultation, kind: 'consultation', unit, moments: [{ is: 'held', on: teller.day }] },
    {
      id: speech,
      kind: 'speech',
      authors: [{ id: place.who('member-1') }],
      moments: [{ is: 'made', on: teller.day }],
    },
    { id: survey, kind: 'survey', unit, moments: [{ is: 'done', on: teller.day }] },
  ]);
}
const derivedOnes: Ref[] = [];
/** Made of a consultation, a speech in the plenary, or a survey: the office ties it to its source. */
async function derived(report: Ref, number: number): Promise<void> {
  const source = sources[Math.floor(number) % sources.length] ?? '';
  await teller.act(teller.who('checker'), 'tie', report, { 'derived-from': source });
  derivedOnes.push(report);
}

/** A year's work for one number: where it comes from, what it is about, what becomes of it. */
async function* received(number: number): Story {
  const title = `关于第${number + 1}项民生实事的建议`;
  const author = authors[number % authors.length] ?? '';
  const channel = ['platform', 'meeting', 'paper', 'platform', 'visit'][number % 5] ?? 'platform';
  const report =
    channel === 'platform'
      ? await sentBy(teller, author, title, answering())
      : await enteredFor(teller, author, 'report', channel, words(title));
  if (number % 20 === 3) await derived(report, number / 20);
  const check = { category: categoryOf(number), level: 'city' };
  // Spread over all categories: every fifth goes on to be compiled, until there are 87 pieces.
  if (number % 5 === 0 && number / 5 < PIECES) return yield* toThePiece(report, number / 5, author, check);
  // Now and then one of the same matter waits to be compiled with the next.
  if (number % 25 === 4) {
    yield* throughGates(teller, report, check);
    waiting.push(report);
    return;
  }
  yield 1;
  const checker = teller.who('checker');
  if (number % 5 === 1) {
    await teller.act(checker, 'check', report, checkForm(check));
    await teller.act(checker, 'not-use', report, { reason: 'already-known' });
  } else if (number % 5 === 2) {
    await teller.act(checker, 'check', report, checkForm(check));
    await teller.act(checker, 'reserve', report);
  } else {
    await teller.act(checker, 'pass', report, checkForm(check));
    await teller.act(teller.who('office-director'), 'reserve', report, { comment: '留存备用' });
  }
}

/** Signed off and not compiled yet. */
const waiting: Ref[] = [];
async function* toThePiece(
  report: Ref,
  number: number,
  author: string,
  check: { category: string; level: string },
): Story {
  yield* throughGates(teller, report, check);
  const along = waiting.splice(0);
  const title = `第${number + 1}篇协商建言`;
  const destinations = number < 78 ? [{ to: 'province-cppcc' }] : [{ to: 'city-party' }];
  const piece = yield* compiled(teller, [report, ...along], { title, text: '正文' }, [
    ...destinations,
    ...(number % 10 === 0 ? [{ to: 'city-government', wording: `${title}(报市政府)` }] : []),
  ]);
  const record = (is: string, level: string, more = {}) =>
    teller.act(teller.who('compiler'), 'record', piece, { is, level, on: teller.day, ...more });
  if (number < 5) {
    yield 12;
    await record('adopted', 'province', { form: number === 0 ? 'stand-alone' : 'merged' });
  }
  if (number >= 1 && number < 4)
    await record('instructed', number === 1 ? 'city' : 'province', {
      body: 'government',
      leader: 'in-charge',
    });
  // What a department takes up it is given to do.
  if (number < 10 || number >= 16) return;
  yield 10;
  const department = ['education-bureau', 'health-commission', 'civil-affairs-bureau'][number % 3] ?? '';
  await record('taken-up', 'city', { department });
  const given = await teller.act(teller.who('office-director'), 'assign', piece, {
    lead: department,
    task: '请按采纳意见办理',
  });
  const item = opened(openedBy(given, 'handling'));
  yield* answered(teller, item, { lead: department, result: 'solved' });
  await rate(teller, author, item, 'satisfied');
}

beforeAll(async () => {
  const homes = [
    'yuyang',
    'shenmu',
    'fugu',
    'minge',
    'minmeng',
    'commerce',
    'sector-education',
    'sector-health',
  ];
  place = await placeOf('yulin', [
    { kind: 'member', count: 60, homes },
    { kind: 'correspondent', count: 12, homes: ['point-1', 'contact-point-1', 'studio-1', 'zizhou'] },
    { kind: 'public', count: 4 },
  ]);
  teller = place.year('2023-01-01');
  teller.tellOn(0, yearsWork());
  teller.tellOn(20, published('reference'));
  teller.tellOn(140, published('special'));
  for (let number = 0; number < RECEIVED; number += 1)
    teller.tellOn((number * (teller.days.length - 30)) / RECEIVED, received(number));
  await place.play(teller);
  place.clock('2023-01-09');
  page = await place.bulletin('2022');
}, 60_000);

test('2022 on the scoreboard: 446 received, 87 compiled, 78 sent, 5 adopted, 3 instructed on, 63 % livelihood', async () => {
  expect(await place.figures('2022', 'units')).toEqual({
    received: '446',
    compiled: '87',
    sent: '78',
    province: '5',
    instructed: '3',
    'taken-up': '6',
    health: '94',
    schooling: '94',
    'old-age': '93',
    livelihood: '281',
    share: '63',
  });
});

test('the bulletin prints the same', () => {
  const rows = rowsOf(page);
  for (const [name, value] of [
    ['收到', '446'],
    ['《协商建言》编发', '87'],
    ['报省', '78'],
    ['省采用', '5'],
    ['省、市领导批示', '3'],
    ['民生占比%', '63'],
  ] as const)
    expect([name, rows.get(name)]).toEqual([name, [value]]);
});

test('several reports make one piece: 446 reports, fewer of them compiled, and 87 pieces for as many numbers of the journal', () => {
  expect(page).toMatch(/共收到信息 446 条,编报 10[0-9] 条,形成编发件 87 件、87 期/);
});

test('every kind of source has its row, and each department shows what it took up', async () => {
  const { subjects } = await place.table('2022', 'units');
  const figures = (id: string) => subjects.find((subject) => subject.id === id)?.figures ?? {};
  for (const id of ['yuyang', 'minge', 'commerce', 'sector-health', 'point-1', 'contact-point-1', 'studio-1'])
    expect([id, Number(figures(id)['sent']) > 0]).toEqual([id, true]);
  // Six pieces; one of them was made of two reports, and a unit's row counts reports.
  const takenUp = ['education-bureau', 'health-commission', 'civil-affairs-bureau'].map(
    (id) => figures(id)['taken-up-here'],
  );
  expect(takenUp).toEqual(['2', '2', '3']);
  const kinds = new Set(subjects.map(({ kind }) => kind));
  expect(kinds).toContain('lower-cppcc');
  expect(subjects.filter(({ kind }) => kind === 'lower-cppcc')).toHaveLength(12);
});

test('reference topics and special calls are published, answered while they are open, and each counts its answers', async () => {
  expect(calls).toHaveLength(2);
  const seen = await Promise.all(calls.map((call) => place.view(call, place.who('correspondent-1'))));
  expect(seen.map(({ stage }) => stage.id)).toEqual(['closed', 'closed']);
  expect(seen.map(({ fields }) => fields.find(({ name }) => name === 'call-kind')?.value)).toEqual([
    '参考选题',
    '专题约稿',
  ]);
  const counts = seen.map((call) => call.answers ?? 0);
  expect(counts.every((count) => count > 5)).toBe(true);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(answers);
});

test('reports made of a consultation, a speech or a survey say so', async () => {
  const from = new Set<string>();
  for (const report of derivedOnes) {
    const link = (await place.view(report)).links.find(({ role }) => role === 'derived-from');
    expect(link?.label).toBe('来源于');
    from.add(link?.id ?? '');
  }
  expect(from).toEqual(new Set(sources));
});
