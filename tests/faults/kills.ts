import { join } from 'node:path';
import { openStore } from '../../src/server/open-store.ts';
import { counter } from '../bench/measure.ts';
import { startPostgres, type PostgresProcess } from '../postgres-server.ts';
import { atLeast, none, within, type Figure } from './figures.ts';
import { underLoad, type Acknowledged } from './load.ts';
import { COUNTY, freshFolder, officeFolder, openPortal, startService, verified } from './service.ts';

/** Resolves each time that so many more acts were acknowledged. */
export function acknowledging() {
  const all: Acknowledged[] = [];
  let waiting = { until: Infinity, go: () => {} };
  return {
    all,
    heard(done: Acknowledged) {
      all.push(done);
      if (all.length >= waiting.until) waiting.go();
    },
    more: (count: number) =>
      new Promise<void>((go) => {
        waiting = { until: all.length + count, go };
      }),
  };
}

/** What was acknowledged beside what is kept. */
export async function compared(db: string, configs: string, all: Acknowledged[]): Promise<Figure[]> {
  const store = await openStore(db);
  const titles = new Map<string, number>();
  const versions = new Map<string, number>();
  for await (const { thing, title } of store.all(COUNTY, 'report')) {
    titles.set(title, (titles.get(title) ?? 0) + 1);
    versions.set(thing.id, thing.version);
  }
  let [lost, unlogged] = [0, 0];
  for (const { id, version, action, title } of all) {
    if ((versions.get(id) ?? 0) < version || !titles.has(title)) lost += 1;
    const log = await store.log({ county: COUNTY, kind: 'report', id });
    if (log.filter(({ entry }) => entry.sequence === version && entry.action === action).length !== 1)
      unlogged += 1;
  }
  await store.close();
  return [
    none('lost', lost),
    none('doubled', [...titles.values()].filter((count) => count > 1).length),
    none('without a log entry', unlogged),
    { what: 'verify-log', value: verified(db, configs), holds: true },
  ];
}

/** The service is killed again and again while it is busy, and started on the same file. */
export async function killed(times: number, acknowledged: number): Promise<Figure[]> {
  const [configs, portal, count] = [officeFolder(), await openPortal(), acknowledging()];
  const db = join(freshFolder(), 'killed.db');
  const pick = counter(7);
  let service = await startService(db, configs, portal.settings);
  const stop = underLoad(() => service.base, portal, count.heard);
  const each = Math.ceil(acknowledged / times);
  for (let time = 0; time < times; time += 1) {
    await count.more(Math.max(1, each - 5 + pick(11)));
    await service.end('SIGKILL');
    service = await startService(db, configs, portal.settings);
  }
  await stop();
  await service.end('SIGTERM');
  portal.close();
  return [
    { what: 'SIGKILLs', value: times, holds: true },
    atLeast('acknowledged', count.all.length, acknowledged * 0.9),
    ...(await compared(db, configs, count.all)),
  ];
}

/** PostgreSQL is stopped at once again and again under a service that runs on. */
export async function stoppedAtOnce(bin: string, times: number, acknowledged: number): Promise<Figure[]> {
  const postgres = await startPostgres(bin, true);
  try {
    return await stopped(postgres, times, acknowledged);
  } finally {
    await postgres.end();
  }
}

async function stopped(postgres: PostgresProcess, times: number, acknowledged: number): Promise<Figure[]> {
  const [configs, portal, count] = [officeFolder(), await openPortal(), acknowledging()];
  const db = await postgres.database();
  const service = await startService(db, configs, portal.settings);
  const stop = underLoad(() => service.base, portal, count.heard);
  let slowest = 0;
  for (let time = 0; time < times; time += 1) {
    await count.more(Math.ceil(acknowledged / times));
    await postgres.restart();
    const up = performance.now();
    await count.more(1);
    slowest = Math.max(slowest, performance.now() - up);
  }
  await stop();
  await service.end('SIGTERM');
  portal.close();
  return [
    { what: 'immediate stops of PostgreSQL', value: times, holds: true },
    atLeast('acknowledged', count.all.length, acknowledged * 0.9),
    within('slowest first act after a stop, ms', slowest, 10_000),
    ...(await compared(db, configs, count.all)),
  ];
}
