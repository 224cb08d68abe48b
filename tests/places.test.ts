import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readLedger } from '../src/assessment/ledger.ts';
import { recordProblem } from '../src/assessment/record-problem.ts';
import { score } from '../src/assessment/score.ts';
import { quotaProgress, readQuota } from '../src/assessment/quota.ts';
import { checkConfig } from '../src/check/check.ts';
import { demoDirectory } from '../src/server/demo.ts';
import type { ScoreRecord, ScoreTable } from '../src/model/record.ts';
import type { Moment } from '../src/model/thing.ts';

// The figures that each place has published, from records of that year; what differs would show what was stated.
const read = (name: string) => readFileSync(new URL(`../configs/${name}.json`, import.meta.url), 'utf8');
function place(name: string) {
  const { config, county, mistakes } = checkConfig(`${name}.json`, read(name), read);
  expect(mistakes).toEqual([]);
  if (!config || !county) throw new Error(name);
  const method = config.method ?? {};
  const directory = demoDirectory(county);
  const table = (of: 'people' | 'units', records: ScoreRecord[], period: string): ScoreTable => {
    const ledger = readLedger(method, method[of] ?? { lines: [] });
    for (const record of records) expect(recordProblem(record, ledger, period)).toBeNull();
    return score({ ledger, of, directory, records, period });
  };
  return { config, method, directory, table };
}
const values = (table: ScoreTable) =>
  Object.fromEntries(
    (table.summary ?? []).map(({ id, value, stated }) => [
      id,
      stated === undefined ? value : `${value} ≠ ${stated}`,
    ]),
  );
const many = (
  count: number,
  prefix: string,
  of: (index: number) => Partial<ScoreRecord> & { moments: Moment[] },
) =>
  Array.from({ length: count }, (_, index): ScoreRecord => ({
    id: `${prefix}-${index}`,
    kind: 'report',
    ...of(index),
  }));
const on = (is: string, day: string, facts: Partial<Moment> = {}): Moment => ({ is, on: day, ...facts });

test('Ningshan 2022: 13 sent, 1 adopted with two main leaders’ instructions, its five inclusions in one table', () => {
  const { config, method, directory, table } = place('ningshan');
  const authors = directory.people.filter((person) => person.kind === 'member').map(({ id }) => id);
  const records = many(13, 'r', (index) => ({
    authors: [{ id: authors[index % authors.length] ?? '' }],
    moments: [
      on('submitted', '2022-02-01'),
      on('sent', '2022-03-01', { to: 'city-cppcc' }),
      ...(index === 0
        ? [
            on('adopted', '2022-05-01', { level: 'province' }),
            on('instructed', '2022-06-01', { level: 'province', leader: 'main' }),
            on('instructed', '2022-06-02', { level: 'city', leader: 'main' }),
            on('excellent', '2022-12-01', { level: 'province' }),
            on('scored', '2022-12-02', { expression: 90, advice: 90, 'outcome-made': 90 }),
            on('assigned', '2022-06-05'),
            on('replied', '2022-07-05', { result: 'solved' }),
            on('rated', '2022-07-20', { satisfaction: 'very' }),
          ]
        : []),
      ...(index === 1 || index === 2 ? [on('excellent', '2022-12-01', { level: 'city' })] : []),
    ],
  }));
  const people = table('people', records, '2022');
  // The plenary's report on reports and their handling.
  expect(values(people)).toEqual({
    received: '13',
    'sent-up': '13',
    province: '1',
    'main-leaders': '2',
    'excellent-province': '1',
    'excellent-city': '2',
    assigned: '1',
    answered: '1',
    solved: '1',
    rated: '1',
    satisfied: '1',
    rate: '100',
  });
  // The year's anthology, and the commendation.
  expect(people.honours?.map(({ record }) => record)).toEqual(['r-0', 'r-1', 'r-2']);
  const first = people.subjects.find(({ id }) => id === authors[0]);
  expect(first?.outcomes?.map(({ id }) => id)).toEqual(['commended']);
  // The members' assessment rates reports on criteria; 90 of 100 is 9 points.
  expect(first?.lines.find(({ id }) => id === 'marks')?.points).toBe('9');
  // Target responsibility: task lists of committees and cadres, scored at the year's end.
  const cadre = people.subjects.find(({ kind }) => kind === 'cadre');
  expect(cadre?.lines.map(({ id, points }) => [id, points])).toEqual([['cadre-target', '-4']]);
  const owed = (config.quotas ?? []).flatMap((raw) =>
    quotaProgress({ quota: readQuota(raw, method), method, directory, records, on: '2022-03-31' }),
  );
  expect(new Set(owed.map(({ quota }) => quota))).toEqual(
    new Set(['two-a-year', 'committee-list', 'cadre-list']),
  );
  // Each month's list.
  expect(config.bulletin?.every).toBe('month');
});

test('Yulin 2022: 446, 87, 78, 5, 3, and 63 %', () => {
  const { table } = place('yulin');
  const records = many(446, 'r', (index) => ({
    unit: 'yuyang',
    facts: { category: index < 281 ? 'livelihood' : 'economy' },
    moments: [
      on('submitted', '2022-02-01'),
      ...(index < 87 ? [on('compiled', '2022-03-01')] : []),
      ...(index < 78 ? [on('sent', '2022-03-02')] : []),
      ...(index < 5 ? [on('adopted', '2022-04-01', { level: 'province' })] : []),
      ...(index < 3 ? [on('instructed', '2022-05-01', { level: index === 0 ? 'city' : 'province' })] : []),
    ],
  }));
  expect(values(table('units', records, '2022'))).toEqual({
    received: '446',
    compiled: '87',
    sent: '78',
    province: '5',
    instructed: '3',
    livelihood: '281',
    share: '63',
  });
});

test('Zhenyuan, session 13-5: 118 = 36 + 52 + 30, 96 and 22 online, 98.2 % of the 111 ratings returned', () => {
  const { table } = place('zhenyuan');
  const results = [
    ...Array<string>(36).fill('solved'),
    ...Array<string>(52).fill('in-progress'),
    ...Array<string>(30).fill('for-reference'),
  ];
  const proposals = many(118, 'p', (index) => ({
    kind: 'proposal',
    facts: { channel: index < 96 ? 'wechat' : 'paper' },
    handlers: [{ id: index % 2 === 0 ? 'education-bureau' : 'wuyang-town' }],
    moments: [
      on('filed', '2021-02-05'),
      on('assigned', '2021-03-01'),
      on('replied', '2021-08-01', { result: results[index] ?? '' }),
      ...(index < 111
        ? [on('rated', '2021-09-01', { satisfaction: index < 109 ? 'satisfied' : 'dissatisfied' })]
        : []),
    ],
  }));
  const reports = many(26, 'r', (index) => ({
    facts: { channel: index < 22 ? 'platform' : 'paper' },
    moments: [on('submitted', '2021-04-01')],
  }));
  const units = table('units', [...proposals, ...reports], 'session:13-5');
  expect(values(units)).toEqual({
    proposals: '118',
    reports: '26',
    'proposals-online': '96',
    'reports-online': '22',
    solved: '36',
    'in-progress': '52',
    'for-reference': '30',
    rated: '111',
    satisfied: '109',
    rate: '98.2',
  });
  expect(units.subjects.find(({ id }) => id === 'education-bureau')?.figures).toMatchObject({
    assigned: '59',
    rate: '100',
  });
});

test('Shuangyashan: what its committees and sectors did, 118 proposals answered, 99.2 % satisfied', () => {
  const { table } = place('shuangyashan');
  const held = (count: number, kind: string, facts: Partial<Moment> = {}) =>
    many(count, `${kind}${JSON.stringify(facts)}`, () => ({
      kind,
      unit: 'sector-1',
      moments: [on('held', '2022-05-01', facts)],
    }));
  const proposals = many(118, 'p', (index) => ({
    kind: 'proposal',
    moments: [
      on('filed', '2022-02-01'),
      on('replied', '2022-08-01'),
      on('rated', '2022-09-01', { satisfaction: index < 117 ? 'satisfied' : 'dissatisfied' }),
    ],
  }));
  const records = [
    ...held(48, 'sector-activity'),
    ...held(14, 'salon'),
    ...held(6, 'reading', { of: 'leaders' }),
    ...held(12, 'reading', { of: 'members' }),
    ...proposals,
  ];
  const got = values(table('units', records, '2022'));
  expect([got['activities'], got['salons'], got['reading-leaders'], got['reading-members']]).toEqual([
    '48',
    '14',
    '6',
    '12',
  ]);
  expect([got['proposals'], got['answered'], got['rate']]).toEqual(['118', '118', '99.2']);
});

test('the capital: handling weighs 5 points until 2021 and 15 since, then for party and mass bodies too', () => {
  const { table } = place('capital');
  const records = (year: string) =>
    ['housing-bureau', 'federation-women'].map((unit): ScoreRecord => ({
      id: `${unit}-${year}`,
      kind: 'proposal',
      handlers: [{ id: unit }],
      moments: [
        on('filed', `${year}-02-01`),
        on('supervised', `${year}-03-01`),
        on('assigned', `${year}-03-01`),
        on('replied', `${year}-08-01`),
      ],
    }));
  const points = (year: string) =>
    Object.fromEntries(
      table('units', records(year), year).subjects.map((subject) => [subject.id, subject.points]),
    );
  expect(points('2021')).toMatchObject({ 'housing-bureau': '5', 'federation-women': '0' });
  expect(points('2022')).toMatchObject({ 'housing-bureau': '15', 'federation-women': '15' });
  expect(values(table('units', records('2022'), '2022'))).toMatchObject({ supervised: '2' });
});
