import { expect, test } from 'vitest';
import { readLedger } from '../../src/assessment/ledger.ts';
import type { RawMethod } from '../../src/assessment/method.ts';
import { score } from '../../src/assessment/score.ts';
import { scoreCommand } from '../../src/cli/score.ts';
import type { ScoreRecord } from '../../src/model/record.ts';
import { file, run } from './run.ts';

const people = ['wang', 'li'].map((id) => ({ id, name: id, kind: 'member' }));
const method: RawMethod = {
  people: {
    lines: [{ id: 'used', clause: '采用\n一条', on: 'adopted', points: 5, share: 'equal' }],
    money: { lines: [{ id: 'yuan', on: 'adopted', points: 10 }] },
    summary: [{ id: 'n', name: '采用', count: 'adopted' }],
  },
};
const records: ScoreRecord[] = [
  { id: 'r-1', kind: 'report', authors: [{ id: 'wang' }], moments: [{ is: 'adopted', on: '2018-02-01' }] },
  {
    id: 'r-2',
    kind: 'report',
    authors: [{ id: 'li' }, { id: 'wang' }],
    moments: [{ is: 'adopted', on: '2018-02-01' }],
  },
];
const asked = (directory: object, rows: ScoreRecord[], ...more: string[]) =>
  run(scoreCommand, [
    '--config',
    file('x.json', { id: 'x', name: 'x', directory, method }),
    '--records',
    file('x.ndjson', rows.map((record) => JSON.stringify(record)).join('\n')),
    '--period',
    '2018',
    ...more,
  ]);

test('the JSON written a subject at a time is the whole table, every line of each in it', async () => {
  for (const [directory, rows] of [
    [{ people }, records],
    [{}, []],
  ] as const) {
    const { out } = await asked(directory, [...rows], '--json');
    const table = score({
      ledger: readLedger(method, method.people ?? { lines: [] }),
      of: 'people',
      directory: { organisations: [], people: [], ...directory },
      records: rows,
      period: '2018',
    });
    expect(out).toBe(`${JSON.stringify(table, null, 2)}\n`);
  }
});

test('one total is unfolded to its records, and money to its own', async () => {
  const { out } = await asked({ people }, records, '--explain', 'wang');
  expect(out).toMatch(/\+5 [\s\S]*r-1/);
  expect(out).toMatch(/\+2\.5 [\s\S]*r-2/);
  expect(out.match(/\+10 .*yuan/g)).toHaveLength(2);
});
