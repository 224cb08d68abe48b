import { expect, test } from 'vitest';
import { bulletinPaper, ledgersOf, type BulletinInput } from '../../src/assessment/bulletin-paper.ts';
import type { RawQuota } from '../../src/assessment/method.ts';
import { parsePeriod } from '../../src/assessment/period.ts';
import { quotaProgress, quotaProgressIn, readQuota } from '../../src/assessment/quota.ts';
import type { Directory, HeldPost, ScoreRecord } from '../../src/model/record.ts';
import type { Moment } from '../../src/model/thing.ts';

const directoryOf = (posts: HeldPost[] = []): Directory => ({
  organisations: [{ id: 't', name: '城关镇', kind: 'town' }],
  people: [
    { id: 'wang', name: '王', kind: 'member', posts },
    { id: 'li', name: '李', kind: 'member' },
  ],
});
const sent = (id: string, author: string, on: string, more: Moment[] = []): ScoreRecord => ({
  id,
  kind: 'report',
  authors: [{ id: author }],
  moments: [{ is: 'submitted', on }, ...more],
});
const monthly: RawQuota = {
  id: 'monthly',
  name: '每月一条',
  who: { kinds: ['member'] },
  need: 1,
  every: 'month',
  counts: 'submitted',
};

test('a quota on a day counts what was sent by then, not what was sent later in its window', () => {
  const quota = readQuota({ ...monthly, need: 4, every: 'year' });
  const records = [sent('r-1', 'wang', '2020-02-01'), sent('r-2', 'wang', '2020-11-01')];
  const on = (day: string) =>
    quotaProgress({ quota, directory: directoryOf(), records, on: day }).map(({ done, silent }) => [
      done,
      silent,
    ]);
  expect(on('2020-01-31')).toEqual([
    ['0', true],
    ['0', true],
  ]);
  expect(on('2020-06-30')[0]).toEqual(['1', false]);
  expect(on('2020-12-31')[0]).toEqual(['2', false]);
});

test('a quarter looks at each of its months, and silent is who sent nothing in all of it', () => {
  const records = ['01-05', '01-06', '03-05'].map((day) => sent(`r-${day}`, 'wang', `2020-${day}`));
  const rows = quotaProgressIn({
    quota: readQuota(monthly),
    directory: directoryOf(),
    records,
    period: parsePeriod('2020-Q1'),
  });
  expect(
    rows.map(({ subject, window, done, short, silent }) => [subject, window.from, done, short, silent]),
  ).toEqual([
    ['wang', '2020-01-01', '2', '0', false],
    ['li', '2020-01-01', '0', '1', true],
    ['wang', '2020-02-01', '0', '1', false],
    ['li', '2020-02-01', '0', '1', true],
    ['wang', '2020-03-01', '1', '0', false],
    ['li', '2020-03-01', '0', '1', true],
  ]);
  const year = readQuota({ ...monthly, every: 'year', need: 4 });
  const [row] = quotaProgressIn({
    quota: year,
    directory: directoryOf(),
    records,
    period: parsePeriod('2020-Q2'),
  });
  expect(row).toMatchObject({ done: '3', short: '1', silent: true });
});

test('a quota by post is due for the months in which the post is held', () => {
  const reduce: RawQuota['reduce'] = { by: 'month', for: ['joining', 'leaving'] };
  const need = { by: 'posts', table: { head: 4, 'office-head': 6 } };
  const who = { posts: ['head', 'office-head'] };
  const needOf = (posts: HeldPost[], more: Partial<RawQuota> = {}) =>
    quotaProgress({
      quota: readQuota({ ...monthly, every: 'year', who, need, reduce, ...more }),
      directory: directoryOf(posts),
      records: [],
      on: '2020-12-31',
    }).map((row) => row.need);
  expect(needOf([{ post: 'head', from: '2020-07-01' }])).toEqual(['2']);
  expect(needOf([{ post: 'head', to: '2020-03-31' }])).toEqual(['1']);
  expect(
    needOf([
      { post: 'head', to: '2020-06-30' },
      { post: 'office-head', from: '2020-07-01' },
    ]),
  ).toEqual(['5']);
  // Without the reduction, or with one for leaving alone, who takes up the post in July owes it whole.
  expect(needOf([{ post: 'head', from: '2020-07-01' }], { reduce: undefined })).toEqual(['4']);
  expect(
    needOf([{ post: 'head', from: '2020-07-01' }], { reduce: { by: 'month', for: ['leaving'] } }),
  ).toEqual(['4']);
});

const table = (subjects: string[], kind: string) => ({
  period: '2020-Q1',
  subjects: subjects.map((id) => ({
    id,
    name: id,
    kind,
    group: kind,
    points: '0',
    rank: 1,
    grade: null,
    lines: [],
  })),
});
function paperOf(change: Partial<BulletinInput>) {
  return bulletinPaper(
    {
      title: '通报',
      county: '某县',
      period: parsePeriod('2020-Q1'),
      tables: { people: table(['wang', 'li'], 'member'), units: table(['t'], 'town') },
      ledgers: { people: true, units: true },
      before: null,
      records: [],
      quotas: [],
      corrections: [],
      levels: new Map(),
      homeOf: () => null,
      ...change,
    },
    'en',
  );
}

test('a bulletin has no table of units where the method does not count them', () => {
  const headings = (change: Partial<BulletinInput>) => paperOf(change).parts.map(({ heading }) => heading);
  expect(headings({})).toEqual(['Overall', 'Units', 'People']);
  expect(headings({ ledgers: ledgersOf({ people: { lines: [] } }) })).toEqual(['Overall', 'People']);
  expect(headings({ ledgers: ledgersOf({ units: { lines: [] } }) })).toEqual(['Overall', 'Units']);
});

test('a bulletin names each month that was missed, and who was silent once', () => {
  const records = ['01-05', '03-05'].map((day) => sent(`r-${day}`, 'wang', `2020-${day}`));
  const quotas = quotaProgressIn({
    quota: readQuota(monthly),
    directory: directoryOf(),
    records,
    period: parsePeriod('2020-Q1'),
  });
  const { parts } = paperOf({ records, quotas });
  expect(parts.find(({ heading }) => heading === 'Quota not met')).toMatchObject({
    paragraphs: ['李 2020-01 0/1, 王 2020-02 0/1, 李 2020-02 0/1, 李 2020-03 0/1', 'Sent nothing: 李'],
  });
  const people = parts.find(({ heading }) => heading === 'People');
  expect(people && 'rows' in people && people.rows?.map((row) => row.at(-1))).toEqual(['short 1', 'short 3']);
});

test('a form that came back without an answer is not among the satisfied', () => {
  const records = [
    sent('r-1', 'wang', '2020-01-05', [{ is: 'rated', on: '2020-02-01' }]),
    sent('r-2', 'wang', '2020-01-05', [{ is: 'rated', on: '2020-02-01', satisfaction: 'very' }]),
  ];
  const [overall] = paperOf({ records }).parts;
  expect(overall && 'paragraphs' in overall && overall.paragraphs?.join('')).toContain(
    '50 % of 2 ratings satisfied',
  );
});
