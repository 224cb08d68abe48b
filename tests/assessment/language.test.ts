import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLedger, readMethod } from '../../src/assessment/ledger.ts';
import type { RawLedger, RawLine } from '../../src/assessment/method.ts';
import { windowsIn, parsePeriod } from '../../src/assessment/period.ts';
import { decimalText, points, splitBy, zero } from '../../src/assessment/points.ts';
import { score } from '../../src/assessment/score.ts';
import type { ScoreRecord } from '../../src/model/record.ts';
import type { Moment } from '../../src/model/thing.ts';

const people = ['a', 'b', 'c'].map((id) => ({
  id,
  name: id,
  kind: id === 'c' ? 'cadre' : 'member',
  group: 'g',
}));
const on = (is: string, day: string, facts: Record<string, string | number> = {}): Moment => ({
  is,
  on: `2018-${day}`,
  ...facts,
});
const record = (id: string, moments: Moment[], authors = ['a']): ScoreRecord => ({
  id,
  kind: 'report',
  authors: authors.map((author) => ({ id: author })),
  moments,
});
const many = (is: string, times: number, author = 'a', day = '05-01') =>
  Array.from({ length: times }, (_, index) =>
    record(`${is}-${author}-${day}-${index}`, [on(is, day)], [author]),
  );
function tableOf(ledger: RawLedger, records: ScoreRecord[], period = '2018', asOf?: string) {
  const directory = { organisations: [], people };
  return score({ ledger: readLedger({}, ledger), of: 'people', directory, records, period, asOf }).subjects;
}
const pointsOf = (ledger: RawLedger, records: ScoreRecord[], period?: string, asOf?: string) =>
  tableOf(ledger, records, period, asOf).map((subject) => subject.points);

test('C11: own special 3, sent up 2, special 20, leader 50, selected 10, State Council office 50: 135', () => {
  const lines: RawLine[] = [
    {
      id: 'own',
      on: 'adopted',
      when: { level: 'city' },
      points: { by: 'outlet', table: { daily: 3, special: 3 } },
    },
    { id: 'up', on: 'forwarded', points: 2 },
    {
      id: 'province',
      on: 'adopted',
      when: { level: 'province' },
      points: { by: 'outlet', table: { digest: 10, special: 20 } },
    },
    { id: 'leader', on: 'instructed', points: { by: 'level', table: { province: 50, nation: 100 } } },
    { id: 'selected', on: 'selected', points: 10 },
    { id: 'nation', on: 'adopted', when: { level: 'nation' }, points: 50 },
  ];
  const moments = [
    on('adopted', '01-02', { level: 'city', outlet: 'special' }),
    on('forwarded', '01-03'),
    on('adopted', '01-04', { level: 'province', outlet: 'special' }),
    on('instructed', '01-05', { level: 'province' }),
    on('selected', '01-06'),
    on('adopted', '01-07', { level: 'nation' }),
  ];
  expect(pointsOf({ lines }, [record('r', moments)])[0]).toBe('135');
});

describe('credit', () => {
  test('once for each level of leader', () => {
    const lines: RawLine[] = [{ id: 'i', on: 'instructed', points: 10, take: 'once', per: 'level' }];
    const levels = ['city', 'city', 'province'];
    const moments = levels.map((level, index) => on('instructed', `03-0${index + 1}`, { level }));
    expect(pointsOf({ lines }, [record('r', moments)])[0]).toBe('20');
  });
  test('60 % to the first and the rest equally, at most three authors, nothing lost', () => {
    const lines: RawLine[] = [{ id: 'x', on: 'adopted', points: 1, share: { first: 60 }, limit: 3 }];
    const joint = record('r', [on('adopted', '03-01')], ['a', 'b', 'c', 'a']);
    expect(pointsOf({ lines }, [joint])).toEqual(['0.6', '0.2', '0.2']);
  });
  test('credit passed on, and a value in force since a date', () => {
    const since = { '2018-01-01': 3, '2018-07-01': '4.5' };
    const ledger: RawLedger = {
      redirect: { a: 'b' },
      lines: [{ id: 'x', on: 'adopted', points: { since } }],
    };
    const records = [record('r', [on('adopted', '06-30'), on('adopted', '07-01')])];
    expect(pointsOf(ledger, records)).toEqual(['0', '7.5', '0']);
    expect(() => pointsOf(ledger, [record('r', [{ is: 'adopted', on: '2017-12-31' }])], '2017')).toThrow(
      /no cell/,
    );
  });
});

describe('figures', () => {
  test('a quota by kind: above it and below it, and not missed before it is over', () => {
    const quota = { by: 'kind', table: { member: 2, cadre: 4 } };
    const ledger: RawLedger = {
      figures: { used: { count: 'used' } },
      lines: [{ id: 'q', for: 'used', quota, reached: 10, over: 3, short: -2 }],
    };
    const records = [...many('used', 4, 'a'), ...many('used', 1, 'c')];
    expect(pointsOf(ledger, records)).toEqual(['16', '-4', '-6']);
    expect(pointsOf(ledger, records, '2018', '2018-12-31')).toEqual(['16', '0', '0']);
  });
  test('a rate of nothing is no rate; a rank earns; four briefs are one item', () => {
    const ledger: RawLedger = {
      figures: {
        sent: { count: 'submitted' },
        used: { count: 'used' },
        rate: { ratio: ['used', 'sent'], times: 100 },
        place: { rank: 'used' },
        items: { count: 'brief', weigh: '0.25', whole: true },
      },
      lines: [
        { id: 'low', when: { rate: { below: 30 } }, points: -5 },
        { id: 'top', when: { place: { atMost: 1 } }, points: 7 },
        { id: 'items', for: 'items', each: 2 },
      ],
    };
    const records = [
      ...many('submitted', 4),
      ...many('used', 1),
      ...many('submitted', 3, 'b'),
      ...many('used', 1, 'b'),
      ...many('brief', 9, 'c'),
    ];
    expect(pointsOf(ledger, records)).toEqual(['2', '7', '4']);
  });
  test('a sum over records of a fact, records counted once, months in which something holds', () => {
    const ledger: RawLedger = {
      figures: {
        given: { sum: 'points', on: 'given' },
        seen: { count: 'seen', of: 'records' },
        busy: { periods: 'month', when: { seen: { atLeast: 1 } } },
      },
      lines: ['given', 'seen', 'busy'].map((id) => ({
        id,
        for: id,
        each: { given: 1, seen: 10, busy: 100 }[id] ?? 0,
      })),
    };
    const moments = [on('seen', '01-05'), on('seen', '02-05'), on('given', '02-06', { points: '0.1' })];
    const records = [record('r', [...moments, on('given', '02-07', { points: '0.2' })])];
    expect(pointsOf(ledger, records)[0]).toBe('210.3');
  });
});

describe('sections', () => {
  test('each month by itself: ten when its minimum is reached, else thirty off', () => {
    const month: RawLine = {
      id: 'm',
      every: 'month',
      lines: [{ id: 'q', for: { count: 'used' }, quota: 2, reached: 10, missed: -30 }],
    };
    const records = [...many('used', 5, 'a', '01-05'), ...many('used', 1, 'a', '02-05')];
    expect(pointsOf({ lines: [month] }, records, '2018-Q1')[0]).toBe('-50');
    expect(() => pointsOf({ lines: [month] }, records, '2018-W05')).toThrow(/whole ones/);
  });
  test('an opening a subject, only where the period begins with the year; a floor; a section with a need', () => {
    const opening: RawLine = {
      id: 'opening',
      when: { 'window.from': '2018-01-01' },
      points: { by: 'id', table: { a: 20 }, otherwise: 0 },
    };
    const ledger: RawLedger = {
      lines: [
        opening,
        { id: 'late', floor: 0, lines: [{ id: 'off', on: 'late', points: -5 }] },
        { id: 'bonus', when: { kind: 'cadre' }, base: 1, lines: [] },
      ],
    };
    expect(pointsOf(ledger, many('late', 2), '2018-01/2018-09')).toEqual(['20', '0', '1']);
    expect(pointsOf(ledger, [], '2018-09')).toEqual(['0', '0', '1']);
    const lines = tableOf(ledger, many('late', 2))[0]?.lines.map((line) => [line.id, line.points, line.why]);
    expect(lines).toEqual([
      ['opening', '20', null],
      ['off', '-5', null],
      ['off', '-5', null],
      ['late', '10', 'floor'],
    ]);
  });
});

test('a grade needs its points and what it names besides; another kind stands in no table', () => {
  const ledger: RawLedger = {
    kinds: ['member'],
    figures: { surveys: { count: 'survey' } },
    lines: [{ id: 'x', on: 'used', points: '84.5' }],
    grades: [
      { id: 'poor', name: '不称职', from: 0, below: 60 },
      { id: 'good', name: '称职', from: 60, below: 84 },
      { id: 'best', name: '优秀', from: 84, when: { surveys: { atLeast: 1 } } },
    ],
  };
  const grades = (records: ScoreRecord[]) => tableOf(ledger, records).map((subject) => subject.grade);
  expect(grades([...many('used', 1), ...many('used', 1, 'b'), ...many('survey', 1)])).toEqual([
    '优秀',
    '称职',
  ]);
});

test('every mistake of a method at once, with where it is', () => {
  const read = readMethod({
    records: { report: { moments: { used: '采用' } } },
    people: {
      figures: {
        a: { ratio: ['b', 'used'] },
        b: { ratio: ['a', 'used'] },
        used: { count: 'used', when: {} },
      },
      lines: [
        { id: 'x', on: 'used', when: { lebel: 'city' }, points: 1 },
        { id: 's', base: 10, cap: 5, lines: [{ id: 'x', for: 'usd', each: 'many' }] },
        { id: 't', on: 'used', points: { by: 'adopter', table: { city: 1 } } },
        { id: 'nothing' },
      ],
      grades: [
        { id: 'low', name: '低', from: 0, to: 60 },
        { id: 'middle', name: '中', from: 60, to: 84 },
        { id: 'high', name: '高', from: 85 },
      ],
    },
  });
  const found = 'mistakes' in read ? read.mistakes.map(({ code, pointer }) => `${code} ${pointer}`) : [];
  expect(found.sort()).toEqual(
    [
      'bands-gap /people/grades/1',
      'bands-overlap /people/grades/0',
      'cap-below-base /people/lines/1/cap',
      'duplicate-line /people/lines/1/lines/0/id',
      'empty-condition /people/figures/used/when',
      'figure-circle /people/figures/a',
      'not-a-number /people/lines/1/lines/0/each',
      'undeclared-fact /people/lines/2/points/by',
      'unknown-fact /people/lines/0/when/lebel',
      'unknown-figure /people/lines/1/lines/0/for',
      'unreadable-line /people/lines/3',
    ].sort(),
  );
  const near = 'mistakes' in read ? read.mistakes.find(({ code }) => code === 'unknown-figure') : undefined;
  expect(near).toMatchObject({ word: 'usd', didYouMean: 'used' });
});

test('whatever is written, a total is the sum of its lines', () => {
  const value = fc.integer({ min: -400, max: 400 }).map((number) => (number / 8).toString());
  fc.assert(
    fc.property(
      value,
      value,
      value,
      value,
      fc.integer({ min: 0, max: 4 }),
      (each, base, cap, times, used) => {
        const inner: RawLine[] = [
          { id: 'on', on: 'used', points: each, share: 'equal' },
          { id: 'for', for: { count: 'used' }, from: 2, each: times, cap },
        ];
        const ledger: RawLedger = { lines: [{ id: 's', base, times, floor: -20, cap: 90, lines: inner }] };
        const records = Array.from({ length: used }, (_, index) =>
          record(`r${index}`, [on('used', '05-01')], ['a', 'b', 'c']),
        );
        for (const subject of tableOf(ledger, records)) {
          const sum = subject.lines.reduce((total, line) => total.add(points(line.points)), zero);
          expect(decimalText(sum)).toBe(subject.points);
        }
      },
    ),
  );
});

test('shares by largest remainder add to the whole; a period in its quarters', () => {
  expect(splitBy(points(25), [points(50), points(25), points(25)], 0).map(decimalText)).toEqual([
    '13',
    '6',
    '6',
  ]);
  expect(splitBy(points(-10), [points(1), points(1), points(1)], 2).map(decimalText)).toEqual([
    '-3.34',
    '-3.33',
    '-3.33',
  ]);
  expect(windowsIn(parsePeriod('2018-H1'), 'quarter').map(({ from, to }) => [from, to])).toEqual([
    ['2018-01-01', '2018-03-31'],
    ['2018-04-01', '2018-06-30'],
  ]);
});
