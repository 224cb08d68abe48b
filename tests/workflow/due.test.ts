import { describe, expect, test } from 'vitest';
import type { DueRule } from '../../src/county/county.ts';
import { leftOf, dueBy, reckoning, stepAt } from '../../src/workflow/due.ts';

const none = new Set<string>();
const rule = (own: Partial<DueRule>): DueRule => ({
  workingDays: null,
  days: null,
  months: null,
  sameDay: false,
  workingHours: null,
  closeOfOffice: false,
  before: null,
  field: null,
  urgent: new Map(),
  ...own,
});
const on = (own: Partial<DueRule>, from: string, fields = {}, closures = none) =>
  dueBy(rule(own), from, fields, closures)?.on ?? null;

describe('working days, with those that the State Council moves', () => {
  // 2023: National Day from 29 September to 6 October; 7 and 8 October (a weekend) are worked.
  test.each([
    ['2023-09-27', 1, '2023-09-28'],
    ['2023-09-28', 1, '2023-10-07'],
    ['2023-09-28', 2, '2023-10-08'],
    ['2023-09-28', 3, '2023-10-09'],
    ['2023-10-01', 3, '2023-10-09'],
    // 2024: Spring Festival from 10 to 17 February; 4 and 18 February (Sundays) are worked.
    ['2024-02-02', 1, '2024-02-04'],
    ['2024-02-08', 1, '2024-02-09'],
    ['2024-02-09', 1, '2024-02-18'],
    ['2024-02-09', 3, '2024-02-20'],
  ])('received on %s, %i working days end on %s', (from, days, expected) => {
    expect(on({ workingDays: days }, from)).toBe(expected);
  });

  test('a county’s own closure does not count, and each day can be told', () => {
    const closed = new Set(['2024-03-12']);
    const due = dueBy(rule({ workingDays: 3 }), '2024-03-08', {}, closed);
    expect(due && reckoning(due, closed)).toEqual([
      { on: '2024-03-09', counts: null },
      { on: '2024-03-10', counts: null },
      { on: '2024-03-11', counts: 1 },
      { on: '2024-03-12', counts: null },
      { on: '2024-03-13', counts: 2 },
      { on: '2024-03-14', counts: 3 },
    ]);
  });

  test('where a year’s calendar is not published yet the date is provisional', () => {
    expect(dueBy(rule({ workingDays: 5 }), '2026-12-30', {}, none)).toMatchObject({ provisional: true });
    expect(dueBy(rule({ days: 5 }), '2026-12-30', {}, none)).toMatchObject({ provisional: false });
  });
});

describe('a hotline (D6)', () => {
  test('an inquiry is answered the same day, a request in 3, a complaint in 13 working days from the day after', () => {
    expect(on({ sameDay: true }, '2023-09-28')).toBe('2023-09-28');
    expect(on({ workingDays: 3 }, '2023-09-28')).toBe('2023-10-09');
    // 7–13 (7) and 16–20 October (5), 23 October: the thirteenth.
    expect(on({ workingDays: 13 }, '2023-09-28')).toBe('2023-10-23');
  });
  test('what is overdue is chased the next day, and criticised 5 working days after that', () => {
    const due = dueBy(rule({ workingDays: 1 }), '2023-09-27', {}, none);
    if (!due) throw new Error('no date');
    const step = (own: { days?: number; workingDays?: number }) =>
      stepAt({ days: null, workingDays: null, workingHours: null, do: 'remind', to: [], ...own }, due, none)
        .on;
    expect(due.on).toBe('2023-09-28');
    expect(step({ days: 1 })).toBe('2023-09-29');
    // From the reminder on 29 September: 7, 8, 9, 10, 11 October.
    expect(step({ workingDays: 5 })).toBe('2023-10-11');
    expect(step({ workingDays: -1 })).toBe('2023-09-27');
  });
});

test('three months end on the same day, or on the month’s last (D1)', () => {
  expect(on({ months: 3 }, '2024-03-08')).toBe('2024-06-08');
  expect(on({ months: 3 }, '2023-11-30')).toBe('2024-02-29');
  expect(on({ months: 12 }, '2024-02-29')).toBe('2025-02-28');
});

test('five simple, twenty-five with coordination, sixty at most (D9), in a week with moved days', () => {
  expect(on({ workingDays: 5 }, '2024-02-07')).toBe('2024-02-20');
  expect(on({ workingDays: 25 }, '2024-02-07')).toBe('2024-03-19');
  expect(on({ workingDays: 60 }, '2024-02-07')).toBe('2024-05-10');
});

test('so many working days before another date, and as a field says', () => {
  expect(on({ workingDays: 3, before: 'meeting' }, '2023-09-01', { meeting: '2023-10-09' })).toBe(
    '2023-09-28',
  );
  expect(on({ workingDays: 3, before: 'meeting' }, '2023-09-01')).toBeNull();
  expect(on({ workingDays: 20, field: 'due' }, '2023-09-01', { due: '2023-12-01' })).toBe('2023-12-01');
});

test('what is urgent has less time', () => {
  const urgent = new Map([['urgent', 1]]);
  expect(on({ workingDays: 3, urgent }, '2023-09-27', { urgency: 'urgent' })).toBe('2023-09-28');
  expect(on({ workingDays: 3, urgent }, '2023-09-27', { urgency: 'ordinary' })).toBe('2023-10-08');
});

test('what was left when a thing was returned is left when it comes back', () => {
  const due = dueBy(rule({ workingDays: 5 }), '2023-09-25', {}, none);
  if (!due) throw new Error('no date');
  // 26, 27, 28 September, 7, 8 October; two days after its receipt three are left.
  const clock = { time: '09:00', hours: [] };
  expect([due.on, leftOf(due, '2023-09-27', none, clock)]).toEqual(['2023-10-08', 3]);
  expect(leftOf(due, '2023-10-20', none, clock)).toBe(1);
});
