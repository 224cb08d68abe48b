import { expect, test } from 'vitest';
import { readLedger } from '../../src/assessment/ledger.ts';
import type { RawLedger, RawLine } from '../../src/assessment/method.ts';
import { score } from '../../src/assessment/score.ts';
import type { CreditedParty, ScoreRecord } from '../../src/model/record.ts';
import type { Moment } from '../../src/model/thing.ts';

const people = ['a', 'b', 'c'].map((id) => ({ id, name: id, kind: 'member' }));
const record = (moments: Moment[], authors: CreditedParty[] = [{ id: 'a' }]): ScoreRecord => ({
  id: 'r',
  kind: 'report',
  authors,
  moments,
});
const adopted = (day: string, facts: Partial<Moment> = {}): Moment => ({
  is: 'adopted',
  on: `2018-${day}`,
  ...facts,
});
function tableOf(ledger: RawLedger, records: ScoreRecord[], asOf?: string, period = '2018') {
  const directory = { organisations: [], people };
  return score({ ledger: readLedger({}, ledger), of: 'people', directory, records, period, asOf }).subjects;
}
const pointsOf = (lines: RawLine[], one: ScoreRecord) =>
  tableOf({ lines }, [one]).map((subject) => subject.points);

test('whoever the record calls first is first, wherever they stand in the list', () => {
  const authors: CreditedParty[] = [{ id: 'a' }, { id: 'b', part: 'first' }, { id: 'c' }];
  const joint = record([adopted('03-01')], authors);
  expect(pointsOf([{ id: 'x', on: 'adopted', points: 10, share: { first: 60 } }], joint)).toEqual([
    '2',
    '6',
    '2',
  ]);
  expect(pointsOf([{ id: 'x', on: 'adopted', points: 10, limit: 2 }], joint)).toEqual(['10', '10', '0']);
  expect(pointsOf([{ id: 'x', on: 'adopted', points: 10, share: 'first' }], joint)).toEqual(['0', '10', '0']);
  expect(pointsOf([{ id: 'x', on: 'adopted', points: 10, share: 'equal' }], joint)).toEqual([
    '3.33',
    '3.34',
    '3.33',
  ]);
});

test('an adoption worth nothing does not use up the once', () => {
  const lines: RawLine[] = [
    { id: 'x', on: 'adopted', points: { by: 'level', table: { city: 5 }, otherwise: 0 }, take: 'once' },
  ];
  const levels = ['county', 'city', 'city'].map((level, index) => adopted(`03-0${index + 1}`, { level }));
  expect(pointsOf(lines, record(levels))[0]).toBe('5');
});

test('points that should have been entered and were not are an error, unless the rest is said', () => {
  const by = (points: RawLine['points']): RawLine[] => [{ id: 'hand', on: 'adopted', points }];
  const one = record([adopted('03-01')]);
  expect(() => pointsOf(by({ fact: 'points', atLeast: 50, atMost: 100 }), one)).toThrow(/"points"/);
  expect(pointsOf(by({ fact: 'points', atLeast: 50, otherwise: 0 }), one)[0]).toBe('0');
});

test('a sole author’s line needs no share of one in one', () => {
  const lines: RawLine[] = [{ id: 'x', on: 'adopted', points: 10, share: 'equal' }];
  const whyOf = (authors: CreditedParty[]) =>
    tableOf({ lines }, [record([adopted('03-01')], authors)])[0]?.lines[0]?.why;
  expect(whyOf([{ id: 'a' }])).toBeNull();
  expect(whyOf([{ id: 'a' }, { id: 'b' }])).toBe('1/2');
});

test('months that are not over are not counted among those in which nothing was sent', () => {
  const ledger: RawLedger = {
    figures: {
      sent: { count: 'submitted' },
      silent: { periods: 'month', when: { sent: { below: 1 } } },
    },
    lines: [{ id: 'silent', for: 'silent', each: -1 }],
  };
  const sent = record([{ is: 'submitted', on: '2018-01-05' }]);
  expect(tableOf(ledger, [sent], '2018-04-10')[0]?.points).toBe('-2');
  expect(tableOf(ledger, [sent])[0]?.points).toBe('-11');
});

test('what must hold two periods running is asked of years where nothing else is said', () => {
  const ledger: RawLedger = {
    lines: [{ id: 'x', on: 'adopted', points: 1 }],
    outcomes: [{ id: 'talk', name: '约谈', when: { total: { below: 1 } }, running: 2 }],
  };
  const outcomesOf = (period: string) => tableOf(ledger, [], undefined, period)[0]?.outcomes;
  expect(outcomesOf('2018')).toHaveLength(1);
  expect(outcomesOf('2018-03')).toEqual([]);
});

test('a person reads what the lines of the own unit earned', () => {
  const ledger = readLedger(
    {
      units: {
        figures: { earned: { points: 'sent' } },
        lines: [{ id: 'sent', on: 'submitted', points: 4 }],
      },
    },
    {
      figures: { 'unit-earned': { unit: 'earned' } },
      lines: [{ id: 'unit', for: 'unit-earned', each: '0.5' }],
    },
  );
  const { subjects } = score({
    ledger,
    of: 'people',
    directory: {
      organisations: [{ id: 'u', name: 'u' }],
      people: [{ id: 'a', name: 'a', organisation: 'u' }],
    },
    records: [{ id: 'r', kind: 'report', unit: 'u', moments: [{ is: 'submitted', on: '2018-02-01' }] }],
    period: '2018',
  });
  expect(subjects[0]?.points).toBe('2');
});
