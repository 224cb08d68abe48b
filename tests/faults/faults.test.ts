import { expect, test } from 'vitest';
import { programs } from '../postgres-server.ts';
import { missed } from './figures.ts';
import { killed, stoppedAtOnce } from './kills.ts';
import { once, raced } from './once.ts';

/** A twentieth of what `npm run faults` tries. */
const bin = programs();

test('of what was acknowledged nothing is lost, doubled or without its log entry, however often the service is killed', async () => {
  expect(missed(await killed(10, 250))).toEqual([]);
}, 240_000);

test('five requests at once under one key have one effect and one answer, and another body under it is refused', async () => {
  expect(missed(await once(50))).toEqual([]);
}, 240_000);

test('of fifty who act at once on one report one wins, and the others are told of a conflict', async () => {
  expect(missed(await raced(100))).toEqual([]);
}, 240_000);

test.skipIf(bin === null)(
  'nor when PostgreSQL is stopped at once, and the service is back without a hand',
  async () => {
    expect(missed(await stoppedAtOnce(bin ?? '', 3, 60))).toEqual([]);
  },
  240_000,
);
