import { expect, test } from 'vitest';
import fc from 'fast-check';
import { readLedger } from '../../src/assessment/ledger.ts';
import type { RawMethod } from '../../src/assessment/method.ts';
import { score } from '../../src/assessment/score.ts';
import type { Directory, ScoreRecord } from '../../src/model/record.ts';

const people = ['wang', 'li', 'zhao'];
const directory: Directory = {
  organisations: [],
  people: people.map((id) => ({ id, name: id, kind: 'member' })),
  links: [
    { from: 'wang', to: 'li', kind: 'member' },
    { from: 'wang', to: 'zhao', kind: 'member' },
    { from: 'wang', to: 'r-1', kind: 'people', name: '居民', since: '2026-06-01' },
  ],
};
const base: RawMethod = {
  records: {
    speech: { moments: { made: '发言' } },
    contact: { moments: { submitted: '登记' }, facts: { with: { type: 'text', label: '联系对象' } } },
  },
  people: {
    lines: [
      { id: 'sent', name: '提交', on: 'submitted', when: { kind: 'report' }, points: 1 },
      { id: 'adopted', name: { zh: '采用', en: 'Adopted' }, on: 'adopted', points: 10, share: 'equal' },
      { id: 'speech', name: '发言', on: 'made', points: 5 },
    ],
  },
};
const table = (method: RawMethod, records: ScoreRecord[]) =>
  score({
    ledger: readLedger(method, method.people ?? { lines: [] }),
    of: 'people',
    directory,
    period: '2026',
    records,
  });
const points = (method: RawMethod, records: ScoreRecord[]) =>
  table(method, records).subjects.map(({ points: sum }) => Number(sum));

const speech: ScoreRecord = {
  id: 's-1',
  kind: 'speech',
  authors: [{ id: 'wang' }],
  moments: [{ is: 'made', on: '2026-02-01' }],
};
const report = (
  id: string,
  author: string,
  more: Partial<ScoreRecord> = {},
  adopted = true,
): ScoreRecord => ({
  id,
  kind: 'report',
  authors: [{ id: author }],
  moments: [
    { is: 'submitted', on: id === 'r-2' ? '2026-03-01' : '2026-03-05' },
    ...(adopted ? [{ is: 'adopted', on: '2026-04-01' }] : []),
  ],
  ...more,
});
const derived = report('r-9', 'wang', { links: [{ is: 'derived-from', to: 's-1' }] });

test('of a speech and the report made of it one earns, as one line of the config says, and the other says why not', () => {
  expect(points(base, [speech, derived])[0]).toBe(16);
  expect(points({ ...base, notTwice: { 'derived-from': 'from' } }, [speech, derived])[0]).toBe(11);
  expect(points({ ...base, notTwice: { 'derived-from': 'to' } }, [speech, derived])[0]).toBe(5);
  expect(points({ ...base, notTwice: { 'derived-from': 'higher' } }, [speech, derived])[0]).toBe(11);
  const poor = { ...derived, moments: derived.moments.slice(0, 1) };
  expect(points({ ...base, notTwice: { 'derived-from': 'higher' } }, [speech, poor])[0]).toBe(5);

  const { lines } = table({ ...base, notTwice: { 'derived-from': 'to' } }, [speech, derived]).subjects[0]!;
  expect(lines.filter(({ record }) => record === 'r-9')).toMatchObject([
    { id: 'sent', points: '0', name: { zh: '提交(不重复计分,已计 s-1)' } },
    { id: 'adopted', points: '0', name: { en: 'Adopted (not counted twice: s-1 earns)' } },
  ]);
});

test('what it is derived from and was never counted takes nothing away', () => {
  expect(points({ ...base, notTwice: { 'derived-from': 'to' } }, [derived])[0]).toBe(11);
});

test('both ends may say the tie: the pair is settled once', () => {
  const both = { ...speech, links: [{ is: 'becomes' as const, to: 'r-9' }] };
  const method = { ...base, notTwice: { 'derived-from': 'from', becomes: 'from' } } as const;
  // The first that is read settles it: never neither, never both.
  expect([5, 11]).toContain(points(method, [both, derived])[0]);
  expect([5, 11]).toContain(points(method, [derived, both])[0]);
});

test('whatever is tied to whatever, nobody earns more than without the rule, and of a tied pair never both', () => {
  const arbitrary = fc.array(fc.tuple(fc.nat(5), fc.nat(5)), { maxLength: 8 });
  fc.assert(
    fc.property(arbitrary, fc.constantFrom('from', 'to', 'higher'), (pairs, earns) => {
      const records = Array.from({ length: 6 }, (_, at) =>
        report(`x-${at}`, people[at % 3] ?? 'wang', {
          links: pairs.flatMap(([from, to]) =>
            from === at ? [{ is: 'derived-from' as const, to: `x-${to}` }] : [],
          ),
        }),
      );
      const method = { ...base, notTwice: { 'derived-from': earns } } as RawMethod;
      const paid = new Set(
        table(method, records).subjects.flatMap(({ lines }) =>
          lines.flatMap((line) => (Number(line.points) > 0 ? [line.record] : [])),
        ),
      );
      expect(pairs.every(([a, b]) => a === b || !(paid.has(`x-${a}`) && paid.has(`x-${b}`)))).toBe(true);
      // Somebody always earns.
      expect(paid.size).toBeGreaterThan(0);
    }),
    { numRuns: 60 },
  );
});

test('of reports that were merged the config says who is credited for what comes of them', () => {
  // r-2 of li came first and was merged into r-1 of wang, which was adopted.
  const merged = [
    report('r-1', 'wang'),
    report('r-2', 'li', { links: [{ is: 'merged-into', to: 'r-1' }] }, false),
  ];
  const by = (credit: 'kept' | 'first' | 'shared' | 'all') => points({ ...base, merge: { credit } }, merged);
  expect(points(base, merged)).toEqual([11, 1, 0]);
  expect(by('kept')).toEqual([11, 1, 0]);
  expect(by('first')).toEqual([1, 11, 0]);
  expect(by('shared')).toEqual([6, 6, 0]);
  expect(by('all')).toEqual([11, 11, 0]);
});

test('coverage of contact links is a figure: of three linked two were contacted, each once, others not counted', () => {
  const contact = (id: string, who: string, on = '2026-03-01'): ScoreRecord => ({
    id,
    kind: 'contact',
    authors: [{ id: 'wang' }],
    facts: { with: who },
    moments: [{ is: 'submitted', on }],
  });
  const method: RawMethod = {
    ...base,
    people: {
      lines: [],
      figures: {
        linked: { links: 'all' },
        members: { links: 'member' },
        contacted: { count: 'submitted', when: { kind: 'contact', 'earner.linked': true }, distinct: 'with' },
        coverage: { ratio: ['contacted', 'linked'], times: 100 },
      },
      show: ['linked', 'members', 'contacted', 'coverage'],
    },
  };
  const records = [
    contact('c-1', 'li'),
    contact('c-2', 'li', '2026-05-01'),
    contact('c-3', 'r-1', '2026-05-01'),
    contact('c-4', 'zhao', '2026-07-01'),
    contact('c-5', 'stranger'),
  ];
  expect(table(method, records).subjects[0]?.figures).toEqual({
    linked: '3',
    members: '2',
    // r-1 was contacted before the link began.
    contacted: '2',
    coverage: '66.67',
  });
});
