import { expect, test } from 'vitest';
import { programs, startPostgres } from '../postgres-server.ts';
import { clockJumps, dueAtStart } from './clocks.ts';
import { missed } from './figures.ts';
import {
  cutConnections,
  diskFull,
  heldFile,
  readOnly,
  slowDatabase,
  unwritableDatabase,
} from './troubles.ts';

/** Shorter than in `npm run faults`. */
const bin = programs();

test('a full disk, a file that may only be read or is held by another leave no half state, and the service is back by itself', async () => {
  expect(missed(await diskFull())).toEqual([]);
  expect(missed(await readOnly())).toEqual([]);
  expect(missed(await heldFile(1, 1))).toEqual([]);
}, 240_000);

test.skipIf(bin === null)(
  'connections that are cut and a database that stands still leave no half state, and the service is back by itself',
  async () => {
    const postgres = await startPostgres(bin ?? '', true);
    try {
      expect(missed(await cutConnections(postgres, 1))).toEqual([]);
      expect(missed(await slowDatabase(postgres, 1, 1))).toEqual([]);
      expect(missed(await unwritableDatabase(postgres, 1))).toEqual([]);
    } finally {
      await postgres.end();
    }
  },
  240_000,
);

test('a clock that jumps a day back and four hundred ahead, and a restart when much is due, act on each due date once', async () => {
  expect(missed(await clockJumps(5, 8))).toEqual([]);
  expect(missed(await dueAtStart(500))).toEqual([]);
}, 240_000);
