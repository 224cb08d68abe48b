import { expect, test } from 'vitest';
import { readLedger } from '../../src/assessment/ledger.ts';
import type { RawLedger, RawMethod, RawQuota } from '../../src/assessment/method.ts';
import { quotaProgress, readQuota } from '../../src/assessment/quota.ts';
import { score } from '../../src/assessment/score.ts';
import type { ScoreRecord } from '../../src/model/record.ts';
import type { Moment } from '../../src/model/thing.ts';

const directory = { organisations: [], people: [{ id: 'a', name: 'a', kind: 'member' }] };
const adopted = (...moments: Partial<Moment>[]): ScoreRecord => ({
  id: 'r',
  kind: 'report',
  authors: [{ id: 'a' }],
  moments: moments.map((moment) => ({ is: 'adopted', on: '2018-05-01', ...moment })),
});
function standingOf(ledger: RawLedger, record: ScoreRecord, period: string, method: RawMethod = {}) {
  const read = readLedger(method, ledger);
  return score({ ledger: read, of: 'people', directory, records: [record], period }).subjects[0];
}

test('one cell of a table changes on a date, with the clause that says so; the others stay', () => {
  const table = { city: { since: { '2015-01-01': 5, '2018-07-01': '7.5' } }, county: 3 };
  const ledger: RawLedger = { lines: [{ id: 'x', on: 'adopted', points: { by: 'level', table } }] };
  const record = adopted(
    { on: '2018-06-30', level: 'city' },
    { on: '2018-07-01', level: 'city' },
    { level: 'county' },
  );
  expect(standingOf(ledger, record, '2018')?.points).toBe('15.5');
});

test('a cap, a floor and a named value of one date on', () => {
  const ledger: RawLedger = {
    lines: [
      {
        id: 's',
        section: 's',
        cap: { since: { '2010-01-01': 10, '2019-01-01': 12 } },
        floor: { since: { '2010-01-01': 0, '2019-01-01': 2 } },
        lines: [{ id: 'x', on: 'adopted', points: { value: 'each' } }],
      },
    ],
  };
  const method = { values: { each: { since: { '2010-01-01': 4, '2019-01-01': 5 } } } };
  const of = (year: string, times: number) =>
    standingOf(
      ledger,
      adopted(...Array.from({ length: times }, () => ({ on: `${year}-03-01` }))),
      year,
      method,
    )?.points;
  expect([of('2018', 2), of('2018', 3), of('2018', 0)]).toEqual(['8', '10', '0']);
  expect([of('2019', 2), of('2019', 3), of('2019', 0)]).toEqual(['10', '12', '2']);
});

test('a cap by kind, and a cap of one record whichever way it counts', () => {
  const byKind = { by: 'kind', table: { member: 6 }, otherwise: 9 };
  expect(
    standingOf(
      { lines: [{ id: 'n', for: { count: 'adopted' }, each: 4, cap: byKind }] },
      adopted({}, {}),
      '2018',
    )?.points,
  ).toBe('6');
  const highest: RawLedger = {
    lines: [
      {
        id: 'x',
        on: 'adopted',
        points: { by: 'level', table: { county: 3, city: 8 } },
        take: 'highest',
        cap: 5,
      },
    ],
  };
  expect(standingOf(highest, adopted({ level: 'county' }, { level: 'city' }), '2018')?.points).toBe('5');
});

test('a quota that is another number from a year on', () => {
  const quota: RawQuota = {
    id: 'q',
    name: 'q',
    who: { kinds: ['member'] },
    need: { since: { '2010-01-01': 4, '2019-01-01': 6 } },
    every: 'year',
    counts: 'submitted',
  };
  const needOn = (on: string) =>
    quotaProgress({ quota: readQuota(quota), directory, records: [], on })[0]?.need;
  expect([needOn('2018-12-31'), needOn('2019-01-01')]).toEqual(['4', '6']);
});

test('a grade that is open below takes what is lost; a total below the lowest bound has none', () => {
  const of = (from: number | undefined) =>
    standingOf(
      {
        lines: [{ id: 'x', on: 'adopted', points: -5 }],
        grades: [
          { id: 'good', name: '良好', from: 10 },
          { id: 'poor', name: '较差', ...(from === undefined ? {} : { from }), below: 10 },
        ],
      },
      adopted({}),
      '2018',
    )?.grade;
  expect([of(undefined), of(0)]).toEqual(['较差', null]);
});
