import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readLedger } from '../../src/assessment/ledger.ts';
import { score } from '../../src/assessment/score.ts';
import { checkConfig } from '../../src/check/check.ts';
import { readDirectory, readRecord } from '../../src/cli/records.ts';

function tableOf(name: string, period: string) {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const { config } = checkConfig(`${name}.json`, read(`configs/schemes/${name}.json`), () => null);
  const method = config?.method ?? {};
  const rows = read(`examples/records/${name}.ndjson`).trim().split('\n');
  const table = score({
    ledger: readLedger(method, method.units ?? { lines: [] }),
    of: 'units',
    directory: readDirectory(config?.directory),
    records: rows.map((row, index) => readRecord(row, name, index + 1)),
    period,
  });
  return Object.fromEntries(table.subjects.map((subject) => [subject.name, subject.points]));
}

test('T2: the streets of Huolinguole, January and February 2018', () => {
  expect(tableOf('t2', '2018-01/2018-02')).toEqual({
    达来胡硕苏木: '5',
    沙尔呼热街道: '15',
    莫斯台街道: '5',
    宝日呼吉尔街道: '10',
    珠斯花街道: '25',
  });
});

test('T3: September 2016 and the year so far; an earlier piece used now counts now', () => {
  expect(tableOf('t3', '2016-09')).toEqual({
    森林公安处: '8',
    '监察(审计)科': '8',
    工会共青团: '16',
    城乡绿化科: '3',
  });
  expect(tableOf('t3', '2016-01/2016-09')).toEqual({
    森林公安处: '28',
    '监察(审计)科': '36',
    工会共青团: '48',
    城乡绿化科: '91',
  });
});
