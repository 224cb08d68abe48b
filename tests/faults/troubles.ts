import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { userInfo } from 'node:os';
import { setTimeout as later } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import type { PostgresProcess } from '../postgres-server.ts';
import { atLeast, within, type Figure } from './figures.ts';
import { acknowledging, compared } from './kills.ts';
import { underLoad } from './load.ts';
import {
  COUNTY,
  freshFolder,
  officeFolder,
  openPortal,
  serving,
  startService,
  text,
  type Portal,
} from './service.ts';

/** Back without a hand within so many milliseconds; it fails at five times that. */
const BACK = 10_000;

/** How long the service waits for a file that another holds. */
const PATIENCE = 5_000;

/** How a service answers somebody who hands in something new, until an answer is as wanted. */
async function answersUntil(
  base: string,
  portal: Portal,
  wanted: (answer: Answered) => boolean,
): Promise<Answered> {
  let last: Answered = { status: 0, code: '', words: '', wait: null };
  for (let time = 0; !wanted(last); time += 1) {
    const answer = await fetch(`${base}/counties/${COUNTY}/reports`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await portal.token('author-50')}` },
      body: JSON.stringify({
        action: 'submit',
        input: { title: `试 ${time} ${performance.now()}`, ...text },
      }),
      signal: AbortSignal.timeout(60_000),
    }).catch(() => null);
    const { code = '', detail = '' } = (await answer?.json().catch(() => null)) ?? {};
    last = {
      status: answer?.status ?? 0,
      code,
      words: detail,
      wait: answer?.headers.get('Retry-After') ?? null,
    };
    if (answer === null) await later(20);
  }
  return last;
}
interface Answered {
  status: number;
  /** Of a refusal: its code, its words and after how many seconds it says to come again. */
  code: string;
  words: string;
  wait: string | null;
}
const ready = async (base: string): Promise<{ status: string; writes: string }> =>
  (await fetch(`${base}/readyz`)).json();

/** Acts go on while something happens to the database; then it is over, and what was acknowledged is compared. */
async function throughout(
  db: string,
  rounds: number,
  trouble: (base: string, portal: Portal) => Promise<Figure[] | void>,
  over: () => Promise<void> | void,
): Promise<Figure[]> {
  const [configs, portal, count] = [officeFolder(), await openPortal(), acknowledging()];
  const service = await startService(db, configs, portal.settings);
  const stop = underLoad(() => service.base, portal, count.heard);
  await count.more(20);
  let slowest = 0;
  const figures: Figure[] = [];
  for (let round = 0; round < rounds; round += 1) {
    figures.push(...((await trouble(service.base, portal)) ?? []));
    await over();
    const from = performance.now();
    await count.more(1);
    slowest = Math.max(slowest, performance.now() - from);
    await count.more(10);
  }
  await stop();
  const ready = (await fetch(`${service.base}/readyz`)).status;
  await service.end('SIGTERM');
  portal.close();
  return [
    { what: 'rounds', value: rounds, holds: true },
    ...figures,
    atLeast('acknowledged', count.all.length, 20 + rounds),
    within('slowest first act afterwards, ms', slowest, BACK),
    { what: 'ready', value: ready, holds: ready === 200 },
    ...(await compared(db, configs, count.all)),
  ];
}

/** A disk that is full, and later has room again: a small one of its own where that may be made, else a file's own limit. */
export async function diskFull(): Promise<Figure[]> {
  const folder = join(freshFolder(), 'disk');
  mkdirSync(folder);
  const mount = (options: string) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  if (userInfo().uid !== 0 || !mount('size=5m'))
    return [{ what: 'left out: a disk of its own needs the right to mount', value: '-', holds: true }];
  try {
    return await throughout(
      join(folder, 'full.db'),
      1,
      async (base, portal) => {
        const refused = await answersUntil(base, portal, ({ status }) => status >= 500);
        const { status, writes } = await ready(base);
        // While it is full it goes on to answer, and what asks for nothing new is answered as ever.
        const read = await fetch(`${base}/counties/${COUNTY}`, {
          headers: { Authorization: `Bearer ${await portal.token('author-1')}` },
        });
        return [
          {
            what: 'refused when the disk was full, with',
            value: `${refused.status} ${refused.code}`,
            holds:
              refused.status === 507 && refused.code === 'storage-full' && /存储空间已满/.test(refused.words),
          },
          {
            what: 'readyz says so and still sends readers here',
            value: `${status}, writes ${writes}`,
            holds: status === 'ready' && writes === 'storage-full',
          },
          { what: 'who only reads is answered', value: read.status, holds: read.status === 200 },
        ];
      },
      () => void execFileSync('mount', ['-o', 'remount,size=200m', folder]),
    );
  } finally {
    execFileSync('umount', [folder]);
  }
}

/** A file that may only be read: the service says so and does not start; it does once it may be written. */
export async function readOnly(): Promise<Figure[]> {
  const folder = join(freshFolder(), 'disk');
  mkdirSync(folder);
  const [configs, portal, db] = [officeFolder(), await openPortal(), join(folder, 'read-only.db')];
  const asRoot = userInfo().uid === 0;
  // The owner of everything is stopped by a disk alone.
  if (asRoot && spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]).status !== 0)
    return [{ what: 'left out: a disk of its own needs the right to mount', value: '-', holds: true }];
  try {
    const first = await startService(db, configs, portal.settings);
    await answersUntil(first.base, portal, ({ status }) => status === 201);
    await first.end('SIGTERM');
    const only = (read: boolean) => {
      if (asRoot) execFileSync('mount', ['-o', read ? 'remount,ro' : 'remount,rw', folder]);
      else
        for (const [path, mode] of [
          [db, read ? 0o444 : 0o644],
          [folder, read ? 0o555 : 0o755],
        ] as const)
          chmodSync(path, mode);
    };
    only(true);
    const { status, stdout, stderr } = spawnSync(process.execPath, serving(db, configs, portal.settings), {
      encoding: 'utf8',
      timeout: 30_000,
    });
    only(false);
    const said = `${stdout}${stderr}`;
    const from = performance.now();
    const again = await startService(db, configs, portal.settings);
    await answersUntil(again.base, portal, ({ status }) => status === 201);
    const took = performance.now() - from;
    await again.end('SIGTERM');
    return [
      {
        what: 'a start on a file that may only be read ends with',
        value: status ?? 'no end',
        holds: status === 1,
      },
      {
        what: 'and says so, without a stack trace',
        value: said.slice(0, 80),
        holds: said !== '' && !/\n\s+at /.test(said),
      },
      within('answers once it may be written, ms', took, BACK),
    ];
  } finally {
    if (asRoot) execFileSync('umount', [folder]);
    portal.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const refusedWith = (
  what: string,
  { status, code, wait }: Answered,
  expected: Pick<Answered, 'status' | 'code' | 'wait'>,
): Figure => ({
  what,
  value: `${status} ${code}${wait === null ? '' : `, again after ${wait} s`}`,
  holds: status === expected.status && code === expected.code && wait === expected.wait,
});

/** Somebody else holds the file: for less than the service waits, or for longer and until it has said so. */
export function heldFile(rounds: number, seconds: number): Promise<Figure[]> {
  const db = join(freshFolder(), 'held.db');
  return throughout(
    db,
    rounds,
    async (base, portal) => {
      const other = new Sqlite(db);
      other.exec('begin immediate');
      const longer = seconds * 1000 > PATIENCE;
      const refused = longer ? await answersUntil(base, portal, ({ status }) => status >= 500) : null;
      await later(seconds * 1000);
      other.exec('rollback');
      other.close();
      const expected = { status: 503, code: 'storage-busy', wait: '5' };
      return refused ? [refusedWith('refused meanwhile, with', refused, expected)] : [];
    },
    () => undefined,
  );
}

/** Every connection to PostgreSQL is cut, again and again. */
export async function cutConnections(postgres: PostgresProcess, rounds: number): Promise<Figure[]> {
  const db = await postgres.database();
  let cut = 0;
  const figures = await throughout(
    db,
    rounds,
    async () => {
      const client = new pg.Client(db);
      await client.connect();
      const { rowCount } = await client.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
      cut += rowCount ?? 0;
      await client.end();
    },
    () => undefined,
  );
  return [atLeast('connections cut', cut, rounds), ...figures];
}

/** PostgreSQL may only be read, and then is away: each is said in its own words, and both pass without a hand. */
export async function unwritableDatabase(postgres: PostgresProcess, rounds: number): Promise<Figure[]> {
  const db = await postgres.database();
  const mayBeWritten = async (may: boolean) => {
    const client = new pg.Client(db);
    await client.connect();
    await client.query('begin read write');
    const name = new URL(db).pathname.slice(1);
    await client.query(`alter database ${name} set default_transaction_read_only = ${may ? 'off' : 'on'}`);
    await client.query('commit');
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.end();
  };
  return await throughout(
    db,
    rounds,
    async (base, portal) => {
      await mayBeWritten(false);
      const only = await answersUntil(base, portal, ({ code }) => code === 'storage-read-only');
      const { status, writes } = await ready(base);
      await mayBeWritten(true);
      await answersUntil(base, portal, ({ status }) => status === 201);
      const figures = [
        refusedWith('refused by one that may only be read, with', only, {
          status: 503,
          code: 'storage-read-only',
          wait: null,
        }),
        {
          what: 'readyz says so and still sends readers here',
          value: `${status}, writes ${writes}`,
          holds: status === 'ready' && writes === 'storage-read-only',
        },
      ];
      await postgres.restart(async () => {
        const away = await answersUntil(base, portal, ({ status }) => status >= 500);
        const expected = { status: 503, code: 'storage-away', wait: '5' };
        figures.push(refusedWith('refused while it is away, with', away, expected));
        const unready = (await fetch(`${base}/readyz`)).status;
        figures.push({ what: 'ready while it is away', value: unready, holds: unready === 503 });
      });
      return figures;
    },
    () => undefined,
  );
}

/** PostgreSQL stands still for some seconds, as on a disk that does, and goes on. */
export async function slowDatabase(
  postgres: PostgresProcess,
  rounds: number,
  seconds: number,
): Promise<Figure[]> {
  const db = await postgres.database();
  const backends = async () => {
    const client = new pg.Client(db);
    await client.connect();
    const { rows } = await client.query<{ pid: number }>(
      'select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await client.end();
    return rows.map(({ pid }) => pid);
  };
  let stopped: number[] = [];
  return await throughout(
    db,
    rounds,
    async (base) => {
      stopped = await backends();
      for (const pid of stopped) process.kill(pid, 'SIGSTOP');
      await later(seconds * 1000);
      // What needs no database is answered meanwhile.
      const { status } = await fetch(`${base}/healthz`);
      return [{ what: 'alive while it stands still', value: status, holds: status === 200 }];
    },
    () => stopped.forEach((pid) => process.kill(pid, 'SIGCONT')),
  );
}
