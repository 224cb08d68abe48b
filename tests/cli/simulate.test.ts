import { expect, test } from 'vitest';
import { simulateCommand } from '../../src/cli/simulate.ts';
import { file, run } from './run.ts';

const people = ['wang', 'li', 'zhao'].map((id) => ({ id, name: `${id} 同志`, kind: 'member' }));
const config = (method: object, more: object = {}) => ({
  id: 'x',
  name: '某县',
  directory: { people },
  method,
  ...more,
});
const record = (id: string, author: string, is: string, kind = 'report') =>
  JSON.stringify({ id, kind, authors: [{ id: author }], moments: [{ is, on: '2018-02-01' }] });
async function simulated(old: object, next: object, rows: string[], ...more: string[]) {
  const args = ['--config', file('next.json', next), '--against', file('old.json', old)];
  return run(simulateCommand, [
    ...args,
    '--records',
    file('r.ndjson', rows.join('\n')),
    '--period',
    '2018',
    '--lang',
    'en',
    ...more,
  ]);
}
const lines = (points: number) => [{ id: 'used', clause: '采用', on: 'adopted', points }];

test('records that only the new config knows are counted by it, and ignored by the old one', async () => {
  const next = config({
    records: { proposal: { moments: { accepted: '立案' } }, report: { moments: { late: '迟报' } } },
    people: {
      lines: [...lines(5), { id: 'accepted', name: '提案立案', on: ['accepted', 'late'], points: 2 }],
    },
  });
  const rows = [record('p-1', 'li', 'accepted', 'proposal'), record('r-1', 'wang', 'late')];
  const { out, refused } = await simulated(config({ people: { lines: lines(5) } }), next, rows);
  expect(refused).toBeNull();
  expect(out).toContain('提案立案 0 → 2');
  const unknown = await simulated(config({ people: { lines: lines(5) } }), next, [
    record('x', 'li', 'latee'),
  ]);
  expect(unknown.refused?.en).toContain('no moment "latee"');
});

test('money, outcomes, columns and figures that change are told by their names, and nobody moves by +0', async () => {
  const method = (change: { yuan: number; least: number; id: string }) =>
    config({
      people: {
        figures: { sent: { name: '采用数', count: 'adopted', weigh: change.yuan } },
        show: ['sent'],
        lines: [{ ...lines(5)[0], id: change.id }],
        money: { unit: '奖金(元)', lines: [{ id: 'yuan', on: 'adopted', points: change.yuan }] },
        outcomes: [{ id: 'award', name: '表扬', when: { total: { atLeast: change.least } } }],
        columns: [{ id: 'so-far', name: '累计', since: 'year' }],
      },
    });
  const old = method({ yuan: 10, least: 10, id: 'used' });
  const rows = [record('r-1', 'wang', 'adopted')];
  const { out } = await simulated(old, method({ yuan: 20, least: 5, id: 'used' }), rows);
  for (const told of ['采用数 10 → 20', '奖金(元) 10 → 20', 'Outcome — → 表扬']) expect(out).toContain(told);
  expect(out).not.toContain('+0');
  expect(out).toContain('2 stay as they were.');
  // The same points by a line of another id are no move.
  const renamed = await simulated(old, method({ yuan: 10, least: 10, id: 'taken' }), rows);
  expect(renamed.out).toContain('3 stay as they were.');
});

test('a quota that changes is told with its name', async () => {
  const quotas = (need: number) => [
    { id: 'four', name: '年度任务', who: { kinds: ['member'] }, need, every: 'year', counts: 'submitted' },
  ];
  const authorKinds = [{ id: 'member', label: '委员' }];
  const of = (need: number) => config({ people: { lines: lines(5) } }, { authorKinds, quotas: quotas(need) });
  const { out } = await simulated(of(4), of(5), [record('r-1', 'wang', 'submitted')]);
  expect(out).toMatch(/wang 同志\s+年度任务\s+4, 3 → 5, 4/);
});
