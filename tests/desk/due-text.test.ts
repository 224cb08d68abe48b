import { expect, test } from 'vitest';
import type { Due } from '../../src/model/thing.ts';
import { dueText } from '../../src/desk/due-text.ts';
import { countyOf } from '../county.ts';

const { county } = countyOf('base');
const due = (own: Partial<Due>): Due => ({
  on: '2026-03-02',
  provisional: false,
  from: '2026-03-02',
  by: 'working-days',
  count: 1,
  ...own,
});

test.each([
  [due({ on: '2026-03-03' }), '1 working day from the day after 2026-03-02'],
  [due({ on: '2026-03-04', count: 2 }), '2 working days from the day after 2026-03-02'],
  [due({ by: 'months' }), '1 month from 2026-03-02'],
  [
    due({ on: '2026-03-26', by: 'before', count: 3, before: '2026-03-31' }),
    '3 working days before the date that was set, 2026-03-31',
  ],
  [
    due({ by: 'before', count: 3, before: '2026-03-04' }),
    '3 working days before the date that was set, 2026-03-04; that is over already, so the day it came, 2026-03-02',
  ],
  [
    due({ by: 'days-before', count: 3, before: '2026-03-04' }),
    '3 days before the date that was set, 2026-03-04; that is over already, so the day it came, 2026-03-02',
  ],
  [
    due({ on: '2026-03-04', by: 'before', count: 0, before: '2026-03-04' }),
    'the date that was set, 2026-03-04',
  ],
])('how a due date follows is told in English, one of a thing as one: %o', (one, words) => {
  expect(dueText(county, one, 'en')).toBe(words);
});
