import { expect, test } from 'vitest';
import { programs } from '../postgres-server.ts';
import type { Figure } from './figures.ts';
import { killed, stoppedAtOnce } from './kills.ts';

/** A twentieth of what `npm run faults` tries. */
const missed = (figures: Figure[]) => figures.filter(({ holds }) => !holds);
const bin = programs();

test('of what was acknowledged nothing is lost, doubled or without its log entry, however often the service is killed', async () => {
  expect(missed(await killed(10, 250))).toEqual([]);
}, 240_000);

test.skipIf(bin === null)(
  'nor when PostgreSQL is stopped at once, and the service is back without a hand',
  async () => {
    expect(missed(await stoppedAtOnce(bin ?? '', 3, 60))).toEqual([]);
  },
  240_000,
);
