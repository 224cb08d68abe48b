import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLedger } from '../../src/assessment/ledger.ts';
import type { RawLedger } from '../../src/assessment/method.ts';
import { score, Tally } from '../../src/assessment/score.ts';
import type { ScoreRecord } from '../../src/model/record.ts';

const ids = ['a', 'b', 'c', 'd'];
const directory = {
  organisations: ['u', 'v'].map((id) => ({ id, name: id, kind: 'town' })),
  people: ids.map((id, at) => ({
    id,
    name: id,
    kind: 'member',
    group: 'g',
    organisation: at < 2 ? 'u' : 'v',
  })),
};
/** What the units come to, which people read. */
const units: RawLedger = {
  figures: { used: { count: 'adopted', to: 'authors' }, earned: { points: 'own' } },
  lines: [{ id: 'own', on: 'submitted', points: '1.5' }],
};
const raw: RawLedger = {
  figures: {
    sent: { count: 'submitted' },
    place: { rank: 'sent' },
    'unit-used': { unit: 'used' },
    'unit-earned': { unit: 'earned' },
    share: { ratio: ['sent', 'unit-used'] },
  },
  lines: [
    { id: 'unit', for: 'unit-used', each: 2 },
    { id: 'earned', for: 'unit-earned', each: 1 },
    { id: 'large', when: { share: { atLeast: '0.5' } }, points: 7 },
    {
      id: 'used',
      on: 'adopted',
      points: { by: 'level', table: { city: '2.5' }, otherwise: 1 },
      share: 'equal',
    },
    { id: 'leader', on: 'instructed', points: 10, take: 'once', per: 'level' },
    { id: 'quota', for: 'sent', quota: 2, reached: 5, short: -1 },
    { id: 'top', when: { place: 1 }, points: 3 },
  ],
  columns: [{ id: 'city', name: 'city', when: { level: 'city' } }],
  summary: [{ id: 'received', name: 'received', count: 'submitted' }],
  grades: [{ id: 'fair', name: 'fair', from: 0 }],
};
const ledger = readLedger({ units, honours: [{ id: 'best', name: 'best', on: 'instructed' }] }, raw);
const input = { ledger, of: 'people' as const, directory, period: '2018' };

const moment = fc.record({
  is: fc.constantFrom('submitted', 'adopted', 'instructed'),
  on: fc.constantFrom('2018-02-01', '2018-11-30', '2017-05-05'),
  level: fc.constantFrom('city', 'county'),
});
const recordOf = (id: string) =>
  fc.record({
    id: fc.constant(id),
    kind: fc.constant('report'),
    authors: fc.uniqueArray(fc.constantFrom(...ids.map((person) => ({ id: person }))), {
      minLength: 1,
      maxLength: 3,
    }),
    unit: fc.constantFrom('u', 'v'),
    moments: fc.array(moment, { maxLength: 5 }),
  });

test('whatever changes, one record at a time, the table is the one that a full count gives', () => {
  const change = fc
    .constantFrom('r1', 'r2', 'r3')
    .chain((id) => fc.option(recordOf(id)).map((record) => ({ id, record })));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const tally = new Tally(input);
      const now = new Map<string, ScoreRecord>();
      for (const { id, record } of changes) {
        tally.change(now.get(id) ?? null, record);
        if (record) now.set(id, record);
        else now.delete(id);
        const whole = score({ ...input, records: now.values() });
        const table = tally.table();
        const sorted = (lines: { id: string; record: string | null }[]) =>
          [...lines].sort((x, y) => `${x.id} ${x.record}`.localeCompare(`${y.id} ${y.record}`));
        const comparable = ({ subjects, summary, honours }: typeof whole) => ({
          summary,
          honours: [...(honours ?? [])].sort((x, y) => x.record.localeCompare(y.record)),
          subjects: subjects.map((subject) => ({ ...subject, lines: sorted(subject.lines) })),
        });
        expect(comparable(table)).toEqual(comparable(whole));
        for (const subject of table.subjects) expect(tally.totalOf(subject.id)).toBe(subject.points);
      }
    }),
    { numRuns: 60 },
  );
});
