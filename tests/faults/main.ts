import { programs, startPostgres, type PostgresProcess } from '../postgres-server.ts';
import { clockJumps, dueAtStart } from './clocks.ts';
import { codeInConfigs, handMade, mutated } from './configs.ts';
import type { Figure } from './figures.ts';
import { formulas } from './formulas.ts';
import { killed, stoppedAtOnce } from './kills.ts';
import { damagedLogs } from './logs.ts';
import { once, raced } from './once.ts';
import { fuzzed } from './requests.ts';
import { histories, racedOnThree } from './three.ts';
import { forgedTokens } from './tokens.ts';
import {
  cutConnections,
  diskFull,
  heldFile,
  readOnly,
  slowDatabase,
  unwritableDatabase,
} from './troubles.ts';

/** At full size, or as many times that as is asked, and only what has these words: `npm run faults -- 3 configs`. */
const times = Number(process.argv[2] ?? 1);
const words = process.argv.slice(3).join(' ');
const bin = programs();
const parts: [string, () => Promise<Figure[]>][] = [
  ['Mutated configs', () => mutated(10_000 * times)],
  ['Hand-made configs', () => handMade()],
  ['Code in configs', async () => codeInConfigs()],
  ['Forged and stale tokens', () => forgedTokens()],
  ['Damaged logs', () => damagedLogs(1_000 * times)],
  ['Fuzzed requests', () => fuzzed(100_000 * times)],
  ['Formulas in tables', () => formulas(500 * times)],
  ['Killed under load, on SQLite', () => killed(200 * times, 5_000 * times)],
  ['Full disk', () => diskFull()],
  ['File that may only be read', () => readOnly()],
  ['File held by another', () => heldFile(3 * times, 8)],
  ['Clock that jumps', () => clockJumps(100 * times, 20)],
  ['Timers due at the start', () => dueAtStart(10_000 * times)],
  ['One key five times at once', () => once(1_000 * times)],
  ['Fifty at once on one report', () => raced(2_000 * times)],
];
async function onPostgres(bin: string, work: (postgres: PostgresProcess) => Promise<Figure[]>) {
  const postgres = await startPostgres(bin, true);
  try {
    return await work(postgres);
  } finally {
    await postgres.end();
  }
}
if (bin === null)
  console.log('PostgreSQL is not installed: its part is left out (apt-get install postgresql)');
else
  parts.push(
    ['Fifty at once on one report on three processes', () => racedOnThree(bin, 2_000 * times)],
    ['Histories on three processes', () => histories(bin, 200 * times, 20)],
    ['PostgreSQL stopped at once under load', () => stoppedAtOnce(bin, 50 * times, 1_000 * times)],
    [
      'Connections to PostgreSQL cut under load',
      () => onPostgres(bin, (postgres) => cutConnections(postgres, 50 * times)),
    ],
    [
      'PostgreSQL that stands still',
      () => onPostgres(bin, (postgres) => slowDatabase(postgres, 3 * times, 8)),
    ],
    [
      'PostgreSQL that may only be read, or is away',
      () => onPostgres(bin, (postgres) => unwritableDatabase(postgres, 10 * times)),
    ],
  );
for (const [name, run] of parts.filter(([name]) => name.includes(words))) {
  const start = performance.now();
  // One part that breaks is told and leaves the others their turn.
  const figures = await run().catch((error: unknown): Figure[] => [
    { what: String(error), value: 'broke', holds: false },
  ]);
  console.log(`\n${name} (${Math.round((performance.now() - start) / 1000)} s)`);
  for (const { what, value, holds } of figures) {
    console.log(`  ${what}: ${value}${holds ? '' : ' FAILED'}`);
    if (!holds) process.exitCode = 1;
  }
}
