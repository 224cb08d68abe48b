import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readLedger } from '../../src/assessment/ledger.ts';
import { quotaProgress, readQuota } from '../../src/assessment/quota.ts';
import { score } from '../../src/assessment/score.ts';
import { checkConfig } from '../../src/check/check.ts';
import type { Directory, ScoreRecord } from '../../src/model/record.ts';
import type { Moment } from '../../src/model/thing.ts';

const folder = new URL('../../configs/schemes/', import.meta.url);
const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');
function scheme(name: string) {
  const { config } = checkConfig(`${name}.json`, text(`${name}.json`), () => null);
  if (!config) throw new Error(`${name} has mistakes`);
  return config;
}

test('every published method is one config, under 120 lines of at most 160 characters', () => {
  const ids =
    'a1 a2 a3 a5 b1 b3 b4 b5 b8 b10 b11 b12 c3 c6 c7 c9 c10 c11 c12 d1 d5 d6 d8 d9 t2 t3 t4 t7 t9'.split(' ');
  const names = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));
  expect(names.sort()).toEqual(ids.sort());
  for (const name of names) {
    const lines = text(`${name}.json`).split('\n');
    expect([name, lines.length < 120, lines.every((line) => line.length <= 160)]).toEqual([name, true, true]);
  }
});

const yulin = { received: 446, compiled: 87, sent: 78, province: 5, instructed: 3, livelihood: 281 };

test('T9: the year of Yulin, 446 received, 87 compiled, 78 sent, 5 adopted, 3 instructed on, 63 % livelihood', () => {
  const { method = {}, directory } = scheme('t9');
  const records = Array.from({ length: yulin.received }, (_, index): ScoreRecord => {
    const moments: Moment[] = [{ is: 'submitted', on: '2022-03-01' }];
    if (index < yulin.compiled) moments.push({ is: 'compiled', on: '2022-04-01' });
    if (index < yulin.sent) moments.push({ is: 'sent', on: '2022-04-02', level: 'province' });
    if (index < yulin.province) moments.push({ is: 'adopted', on: '2022-05-01', level: 'province' });
    if (index < yulin.instructed)
      moments.push({ is: 'instructed', on: '2022-06-01', level: index < 2 ? 'city' : 'province' });
    const category = index < yulin.livelihood ? 'livelihood' : 'economy';
    return { id: `r-${index}`, kind: 'report', unit: 'yulin', facts: { category }, moments };
  });
  const table = score({
    ledger: readLedger(method, method.units ?? { lines: [] }),
    of: 'units',
    directory: { organisations: [], people: [], ...directory },
    records,
    period: '2022',
  });
  const line = (id: string) => table.summary?.find((item) => item.id === id);
  for (const id of ['received', 'compiled', 'sent', 'province', 'instructed'] as const)
    // What was published is beside a number only where the two differ.
    expect(line(id)).toMatchObject({ value: String(yulin[id]) });
  expect(
    ['received', 'compiled', 'sent', 'province', 'instructed', 'share'].map((id) => line(id)?.stated),
  ).toEqual(Array.from({ length: 6 }, () => undefined));
  expect(line('share')?.value).toBe('63');
});

test('T4: the published 956 stands beside the 961 that its rows come to', () => {
  const { method = {}, directory, cases = [] } = scheme('t4');
  const table = score({
    ledger: readLedger(method, method.units ?? { lines: [] }),
    of: 'units',
    directory: { organisations: [], people: [], ...directory },
    records: cases[0]?.records ?? [],
    period: '2010',
  });
  expect(table.summary).toMatchObject([{ value: '961', stated: '956' }]);
});

const directory: Directory = {
  organisations: [
    { id: 'c-1', name: '经济委', kind: 'city-committee' },
    { id: 'c-2', name: '文史委', kind: 'city-committee' },
  ],
  people: [
    {
      id: 'wang',
      name: '王',
      kind: 'standing-member',
      organisation: 'c-1',
      posts: [{ post: 'liaison-head' }, { post: 'office-head' }],
    },
    { id: 'li', name: '李', kind: 'member', organisation: 'c-1', from: '2020-07-01' },
    { id: 'zhao', name: '赵', kind: 'informant' },
  ],
};
const sent = (id: string, authors: string[], on: string): ScoreRecord => ({
  id,
  kind: 'report',
  authors: authors.map((author) => ({ id: author })),
  moments: [{ is: 'submitted', on }],
});
const records = [
  sent('r-1', ['wang', 'li'], '2020-08-01'),
  sent('r-2', ['wang'], '2020-09-01'),
  sent('r-3', ['zhao'], '2020-08-15'),
];
function progress(id: string, on: string, change: object = {}) {
  const { quotas = [], method } = scheme('a5');
  const raw = quotas.find((quota) => quota.id === id);
  if (!raw) throw new Error(id);
  const quota = readQuota({ ...raw, ...change }, method);
  const rows = quotaProgress({ quota, method, directory, records, on });
  return Object.fromEntries(
    rows.map((row) => [row.subject, [row.need, row.done, row.short, row.daysLeft, row.silent]]),
  );
}

test('A5: four a year, three and one by kind, one a month, fifteen a quarter with the members’, the higher of two posts', () => {
  expect(progress('huantai', '2020-09-30')).toEqual({ wang: ['4', '2', '2', 93, false] });
  expect(progress('city', '2020-12-31')).toEqual({
    wang: ['3', '2', '1', 1, false],
    li: ['1', '1', '0', 1, false],
  });
  expect(progress('informant', '2020-08-31')).toEqual({ zhao: ['1', '1', '0', 1, false] });
  expect(progress('informant', '2020-09-01')).toEqual({ zhao: ['1', '0', '1', 30, true] });
  expect(progress('committee', '2020-09-30')).toEqual({
    'c-1': ['15', '2', '13', 1, false],
    'c-2': ['15', '0', '15', 1, true],
  });
  expect(progress('towns', '2020-09-30')).toEqual({ wang: ['6', '2', '4', 93, false] });
});

test('a quota shared by joint authors, for the first alone, and reduced for half a year not served', () => {
  expect(progress('city', '2020-12-31', { joint: 'shared' })).toMatchObject({
    wang: ['3', '1.5', '1.5', 1, false],
  });
  expect(progress('city', '2020-12-31', { joint: 'first' })).toMatchObject({ li: ['1', '0', '1', 1, false] });
  const reduce = { by: 'month', for: ['joining'], round: 'up' };
  expect(progress('city', '2020-12-31', { need: 4, reduce })).toMatchObject({
    wang: ['4', '2', '2', 1, false],
    li: ['2', '1', '1', 1, false],
  });
  const sum = { by: 'posts', table: { 'liaison-head': 4, 'office-head': 6 }, several: 'sum' };
  expect(progress('towns', '2020-12-31', { need: sum })).toEqual({ wang: ['10', '2', '8', 1, false] });
});
