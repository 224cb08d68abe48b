// The core alone: a method of two lines, one report, one table.
import { readLedger, score } from 'minqing';

const ledger = readLedger(
  {},
  {
    lines: [
      { id: 'submitted', clause: '第三条', on: 'submitted', points: 1, take: 'once' },
      {
        id: 'adopted',
        clause: '第四条',
        on: 'adopted',
        points: { by: 'level', table: { county: 3, city: 5 } },
        share: 'equal',
      },
    ],
  },
);
const table = score({
  ledger,
  of: 'people',
  period: '2026-Q1',
  directory: {
    organisations: [],
    people: [
      { id: 'wang', name: '王建国', kind: 'member' },
      { id: 'li', name: '李秀英', kind: 'member' },
    ],
  },
  records: [
    {
      id: 'r-1',
      kind: 'report',
      authors: [{ id: 'wang' }, { id: 'li' }],
      moments: [
        { is: 'submitted', on: '2026-01-12' },
        { is: 'adopted', on: '2026-02-20', level: 'city' },
      ],
    },
  ],
});
for (const { name, points, rank, lines } of table.subjects) {
  console.log(`${rank} ${name} ${points}`);
  for (const line of lines) console.log(`    ${line.clause} ${line.id} ${line.points} ${line.moment?.on}`);
}
