import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DueRule } from '../../src/county/county.ts';
import { dueAgain, dueBy, leftOf, reckoning, stepAt } from '../../src/workflow/due.ts';
import { minutesBetween, worked } from '../../src/workflow/hours.ts';
import { officeOf, text } from '../desk/office.ts';

const office = [
  { from: '08:30', to: '12:00' },
  { from: '14:00', to: '17:30' },
];
const none = new Set<string>();
const rule = (own: Partial<DueRule>): DueRule => ({
  ...{ workingDays: null, workingHours: null, closeOfOffice: false, days: null, months: null },
  ...{ sameDay: false, before: null, field: null, urgent: new Map() },
  ...own,
});
const dueAt = (own: Partial<DueRule>, day: string, time: string, closures = none) => {
  const due = dueBy(rule(own), day, {}, closures, { time, hours: office });
  return due && `${due.on} ${due.time?.by}`;
};

describe('working hours', () => {
  test.each([
    // Before opening; from opening; over the lunch break; in the break; to the very close; after it.
    ['2026-03-02', '07:00', 3, '2026-03-02 11:30'],
    ['2026-03-02', '08:30', 4, '2026-03-02 14:30'],
    ['2026-03-02', '11:15', 2, '2026-03-02 15:15'],
    ['2026-03-02', '12:40', 1, '2026-03-02 15:00'],
    ['2026-03-02', '08:30', 7, '2026-03-02 17:30'],
    ['2026-03-02', '16:40', 4, '2026-03-03 11:40'],
    ['2026-03-02', '17:30', 1, '2026-03-03 09:30'],
    ['2026-03-02', '21:00', 1, '2026-03-03 09:30'],
    // Over a weekend, and one whose Saturday is worked: 7 and 8 October 2023 after the holidays of 1 October.
    ['2026-03-06', '17:00', 1, '2026-03-09 09:00'],
    ['2023-09-28', '17:00', 1, '2023-10-07 09:00'],
    ['2023-10-07', '17:00', 4, '2023-10-08 12:00'],
    ['2023-10-01', '10:00', 2, '2023-10-07 10:30'],
    // Spring Festival 2024, 10 to 17 February; the Sundays 4 and 18 February are worked.
    ['2024-02-03', '09:00', 1, '2024-02-04 09:30'],
    ['2024-02-09', '16:30', 2, '2024-02-18 09:30'],
  ])('received on %s at %s, %i hours end %s', (day, time, hours, expected) => {
    expect(dueAt({ workingHours: hours }, day, time)).toBe(expected);
  });

  test('a day on which the county is closed has none', () => {
    expect(dueAt({ workingHours: 1 }, '2026-03-02', '17:00', new Set(['2026-03-03']))).toBe(
      '2026-03-04 09:00',
    );
  });

  test('as many are worked as are asked for, whenever it comes, and never outside office hours', () => {
    const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map((at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`);
    const day = fc.integer({ min: 1, max: 28 }).map((on) => `2024-02-${String(on).padStart(2, '0')}`);
    fc.assert(
      fc.property(day, time, fc.integer({ min: 1, max: 60 }), (on, at, hours) => {
        const spans = worked({ on, time: at }, hours, office, none);
        const sum = spans.reduce((total, { from, to }) => total + minutes(to) - minutes(from), 0);
        expect(sum).toBe(hours * 60);
        for (const span of spans) {
          expect(office.some(({ from, to }) => from <= span.from && span.to <= to)).toBe(true);
          expect(`${span.on} ${span.from}` >= `${on} ${at}`).toBe(true);
        }
      }),
    );
  });
});

test.each([
  ['2026-03-02', '09:00', '2026-03-02 17:30'],
  ['2026-03-02', '17:29', '2026-03-02 17:30'],
  ['2026-03-02', '17:30', '2026-03-03 17:30'],
  ['2026-03-06', '18:00', '2026-03-09 17:30'],
  ['2023-09-28', '20:00', '2023-10-07 17:30'],
  ['2023-10-01', '09:00', '2023-10-07 17:30'],
  ['2024-02-10', '09:00', '2024-02-18 17:30'],
])('the close of office: received on %s at %s, by %s', (day, time, expected) => {
  expect(dueAt({ closeOfOffice: true }, day, time)).toBe(expected);
});

test('it says which hours of which days counted, and steps wait for their time', () => {
  const due = dueBy(rule({ workingHours: 4 }), '2026-03-06', {}, none, { time: '16:40', hours: office });
  if (!due) throw new Error('no due time');
  expect(reckoning(due, none, office)).toEqual([
    { on: '2026-03-06', counts: 1, hours: ['16:40–17:30'] },
    { on: '2026-03-07', counts: null, hours: [] },
    { on: '2026-03-08', counts: null, hours: [] },
    { on: '2026-03-09', counts: 2, hours: ['08:30–11:40'] },
  ]);
  const step = { days: null, workingDays: null, do: 'supervise', to: [] } as const;
  const at = (workingHours: number) => stepAt({ ...step, to: [], workingHours }, due, none, office);
  expect(at(0)).toEqual({ on: '2026-03-09', time: '11:40' });
  expect(at(1)).toEqual({ on: '2026-03-09', time: '14:40' });
});

test('at the desk: the page names the hours, and the clock acts at the due time and not before, once', async () => {
  const { begin, desk, look } = officeOf('ningshan', undefined, '2026-03-02', {
    flows: {
      report: {
        stages: [
          {
            id: 'initial-check',
            due: { workingDays: null, urgent: null, workingHours: 4 },
            overdue: [{ workingHours: 0, do: 'supervise' }],
          },
        ],
      },
    },
  });
  // 09:01 in the county: three hours of the morning, one after lunch.
  const sent = await begin('wang', 'report', 'submit', text);
  expect([sent.due?.on, sent.due?.time]).toEqual(['2026-03-02', { received: '09:01', by: '15:01' }]);
  expect(sent.dueBecause).toBe('2026-03-02 09:01 收到,4 个工作小时:03-02 09:01–12:00、03-02 14:00–15:01');
  expect(await desk.tick('ningshan', '2026-03-02T07:00:00.000Z')).toBe(0);
  expect((await look('checker', sent)).supervised).toBe(false);
  expect(await desk.tick('ningshan', '2026-03-02T07:10:00.000Z')).toBe(1);
  expect(await desk.tick('ningshan', '2026-03-02T07:40:00.000Z')).toBe(0);
  expect((await look('checker', sent)).supervised).toBe(true);
});

test('at the desk: once its minute is over it stands among what is late, that same day, and what had to be asked before is refused', async () => {
  const { begin, actor, desk } = officeOf('ningshan', undefined, '2026-03-02', {
    flows: {
      report: {
        stages: [
          {
            id: 'initial-check',
            due: { workingDays: null, urgent: null, workingHours: 4 },
            actions: { pass: { beforeDue: true } },
          },
        ],
      },
    },
  });
  const sent = await begin('wang', 'report', 'submit', text);
  expect(sent.due?.time?.by).toBe('15:01');
  const [before, after] = ['2026-03-02T07:01:00.000Z', '2026-03-02T07:02:00.000Z'];
  const list = async (view: 'soon' | 'overdue', now: string) => {
    const asked = { kind: 'report', view, stage: null, search: null, after: null, limit: 5 } as const;
    return (await desk.queue(asked, actor('checker'), now, 'zh')).rows.map(({ id }) => id);
  };
  expect([await list('soon', before), await list('overdue', before)]).toEqual([[sent.id], []]);
  expect([await list('soon', after), await list('overdue', after)]).toEqual([[], [sent.id]]);
  const offers = async (now: string) =>
    (await desk.view(sent, actor('checker'), now, 'zh')).actions.map(({ action }) => action);
  expect(await offers(before)).toContain('pass');
  expect(await offers(after)).not.toContain('pass');
});

test('the hours stand still while the author revises and go on where they stopped, over a weekend too', async () => {
  const { begin, as, clock } = officeOf('ningshan', undefined, '2026-03-06', {
    flows: {
      report: {
        stages: [{ id: 'initial-check', due: { workingDays: null, urgent: null, workingHours: 4 } }],
      },
    },
  });
  // Friday 09:01 in the county; returned at once, or almost.
  const sent = await begin('wang', 'report', 'submit', text);
  expect(sent.due?.time?.by).toBe('15:01');
  const back = await as('checker', 'return', sent, { comment: '请补充数据' });
  expect(back.due).toBeNull();
  clock('2026-03-09');
  const again = await as('wang', 'submit', back, text);
  // Of four hours one minute was used.
  expect([again.due?.on, again.due?.time]).toEqual(['2026-03-09', { received: '09:03', by: '15:02' }]);
  expect(again.dueBecause).toBe(
    '2026-03-09 09:03 收到,3 个工作小时 59 分:03-09 09:03–12:00、03-09 14:00–15:02',
  );
});

test('what is left of hours is what is still to be worked of them: whenever it stops and goes on, the sum is the same', () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  const time = minute.map(
    (at) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`,
  );
  const day = fc.integer({ min: 1, max: 28 }).map((on) => `2024-02-${String(on).padStart(2, '0')}`);
  const hours = rule({ workingHours: 20 });
  fc.assert(
    fc.property(day, time, day, time, day, time, (on, at, stopOn, stopAt, backOn, backAt) => {
      const due = dueBy(hours, on, {}, none, { time: at, hours: office });
      fc.pre(due !== null && due.time !== undefined);
      fc.pre(`${on} ${at}` <= `${stopOn} ${stopAt}` && `${stopOn} ${stopAt}` <= `${backOn} ${backAt}`);
      if (!due?.time) return;
      const left = leftOf(due, stopOn, none, { time: stopAt, hours: office });
      if (left === null || typeof left === 'number') throw new Error('no minutes were left');
      const used = minutesBetween({ on, time: at }, { on: stopOn, time: stopAt }, office, none);
      expect(left.minutes).toBe(Math.max(60, 20 * 60 - used));
      const again = dueAgain(hours, left, backOn, none, { time: backAt, hours: office });
      const until = { on: again?.on ?? '', time: again?.time?.by ?? '' };
      expect(minutesBetween({ on: backOn, time: backAt }, until, office, none)).toBe(left.minutes);
    }),
  );
});
