import { describe, expect, test } from 'vitest';
import { readLedger } from '../../src/assessment/ledger.ts';
import { parsePeriod } from '../../src/assessment/period.ts';
import { decimalText, points, rounded, split } from '../../src/assessment/points.ts';
import { score } from '../../src/assessment/score.ts';
import type { Line } from '../../src/county/config.generated.ts';
import type { ScoreRecord } from '../../src/model/record.ts';

const people = ['a', 'b', 'c'].map((id) => ({ id, name: id, kind: 'member' }));
function tableOf(lines: Line[], records: ScoreRecord[], period = '2018') {
  const ledger = readLedger({}, { lines });
  return score({ ledger, of: 'people', directory: { organisations: [], people }, records, period }).subjects;
}
const record = (id: string, moments: ScoreRecord['moments'], authors = ['a']): ScoreRecord => ({
  id,
  kind: 'report',
  authors: authors.map((author) => ({ id: author })),
  moments,
});

test('A1: adopted by the branch, the city and the nation, and instructed on by a city leader: 1 + 5 + 20 + 10 = 36', () => {
  const lines: Line[] = [
    { id: 'adopted', on: 'adopted', points: { by: 'level', table: { branch: 1, city: 5, nation: 20 } } },
    { id: 'instructed', on: 'instructed', points: { by: 'level', table: { city: 10, centre: 30 } } },
  ];
  const moments = [
    { is: 'adopted', on: '2018-02-01', level: 'branch' },
    { is: 'adopted', on: '2018-03-01', level: 'city' },
    { is: 'adopted', on: '2018-04-01', level: 'nation' },
    { is: 'instructed', on: '2018-05-01', level: 'city' },
  ];
  expect(tableOf(lines, [record('r', moments)])[0]).toMatchObject({ points: '36', rank: 1 });
});

test('C10: a special used, two city leaders of one level instruct, counted once: 10 + 20 = 30', () => {
  const lines: Line[] = [
    { id: 'special', on: 'adopted', when: { outlet: 'special' }, points: 10 },
    { id: 'leader', on: 'instructed', when: { level: 'city' }, points: 20, take: 'once' },
  ];
  const moments = [
    { is: 'adopted', on: '2018-02-01', outlet: 'special' },
    { is: 'instructed', on: '2018-02-03', level: 'city' },
    { is: 'instructed', on: '2018-02-04', level: 'city' },
  ];
  expect(tableOf(lines, [record('r', moments)])[0]?.points).toBe('30');
});

describe('B1: further reports used and unused, together at most 20', () => {
  const lines: Line[] = [
    { id: 'first', for: { count: 'used' }, quota: 1, reached: 10, missed: 0 },
    {
      id: 'bonus',
      section: '社情民意',
      cap: 20,
      lines: [
        { id: 'more', for: { count: 'used' }, from: 2, each: 3 },
        { id: 'unused', for: { count: 'unused' }, each: 1 },
      ],
    },
  ];
  const records = (used: number, unused: number) =>
    Array.from({ length: used + unused }, (_, index) =>
      record(`r${index}`, [{ is: index < used ? 'used' : 'unused', on: '2018-05-01' }]),
    );
  test('4 used and 3 unused come to 10 + 9 + 3 = 22', () => {
    expect(tableOf(lines, records(4, 3))[0]?.points).toBe('22');
  });
  test('9 used come to 10 + min(24, 20) = 30, and what the cap cut is a line of its own', () => {
    const subject = tableOf(lines, records(9, 0))[0];
    expect(subject?.points).toBe('30');
    expect(subject?.lines.at(-1)).toMatchObject({ id: 'bonus', points: '-4' });
    const sum = subject?.lines.reduce((total, line) => total.add(points(line.points)), points(0));
    expect(decimalText(sum ?? points(0))).toBe('30');
  });
});

test('"highest" pays the increase in its own period, and once is not paid again next year', () => {
  const lines: Line[] = [
    { id: 'adopted', on: 'adopted', points: { by: 'level', table: { county: 3, city: 5 } }, take: 'highest' },
    { id: 'once', on: 'adopted', points: 1, take: 'once' },
  ];
  const life = record('r', [
    { is: 'adopted', on: '2018-12-01', level: 'county' },
    { is: 'adopted', on: '2019-01-10', level: 'city' },
  ]);
  expect(tableOf(lines, [life], '2018')[0]?.points).toBe('4');
  expect(tableOf(lines, [life], '2019')[0]?.points).toBe('2');
});

test('ten among three adds to ten, and 0.1 and 0.2 are 0.3', () => {
  expect(split(points(10), 3, 2).map(decimalText)).toEqual(['3.34', '3.33', '3.33']);
  expect(decimalText(points(0.1).add(points(0.2)))).toBe('0.3');
  expect(decimalText(rounded(points('2.345'), 2))).toBe('2.35');
  const shared = tableOf(
    [{ id: 'a', on: 'adopted', points: 10, share: 'equal' }],
    [record('r', [{ is: 'adopted', on: '2018-05-01' }], ['a', 'b', 'c'])],
  );
  expect(shared.map((subject) => subject.points)).toEqual(['3.34', '3.33', '3.33']);
});

test('ties share a rank', () => {
  const lines: Line[] = [{ id: 's', on: 'submitted', points: 1 }];
  const records = ['a', 'b'].map((id) => record(id, [{ is: 'submitted', on: '2018-05-01' }], [id]));
  expect(tableOf(lines, records).map((subject) => subject.rank)).toEqual([1, 1, 3]);
});

test('an author who is not in the directory, or a table without the cell, stops the count', () => {
  const moments = [{ is: 'adopted', on: '2018-05-01', level: 'moon' }];
  const lines: Line[] = [{ id: 'a', on: 'adopted', points: { by: 'level', table: { city: 5 } } }];
  expect(() => tableOf(lines, [record('r', moments, ['stranger'])])).toThrow(/stranger/);
  expect(() => tableOf(lines, [record('r', moments)])).toThrow(/moon/);
});

test.each([
  ['2023', '2023-01-01', '2023-12-31'],
  ['2023-H2', '2023-07-01', '2023-12-31'],
  ['2024-Q1', '2024-01-01', '2024-03-31'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2018-W05', '2018-01-29', '2018-02-04'],
  ['2018-01/2018-02', '2018-01-01', '2018-02-28'],
])('the period %s goes from %s to %s', (text, from, to) => {
  expect(parsePeriod(text)).toEqual({ id: text, from, to });
});
test('a period nobody can read is refused', () => {
  expect(() => parsePeriod('last year')).toThrow(/last year/);
});
