import Driver from 'better-sqlite3';
import { Kysely, SqliteDialect, type CompiledQuery } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '../../src/server/app.ts';
import { openCounties } from '../../src/server/counties.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { newsDesk } from '../../src/store/news.ts';
import type { Commit, Store } from '../../src/store/port.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import { sqlStore } from '../../src/store/sql.ts';
import { sqliteDatabase, sqliteStore } from '../../src/store/sqlite.ts';
import type { Tables } from '../../src/store/tables.ts';
import { officeOf, text } from '../desk/office.ts';
import { programs, startPostgres } from '../postgres-server.ts';
import { perSecond, ratio } from './measure.ts';

const MANY = 320;
/** What waits together where many write at once. */
const TOGETHER = 32;

/** Submissions as the desk hands them to a store, each of its own report. */
async function submissions(many: number): Promise<Commit[]> {
  const store = memoryStore();
  const commits: Commit[] = [];
  const { begin } = officeOf('huantai', {
    ...store,
    async commit(commit) {
      commits.push(structuredClone(commit));
      await store.commit(commit);
    },
  });
  for (let at = 0; at < many; at += 1)
    await begin('wang', 'report', 'submit', text, { key: { value: `key-${at}`, request: 'hash' } });
  return commits;
}

async function each(work: () => Promise<unknown>, many = MANY): Promise<number> {
  const begun = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begun) / many;
}
async function oneByOne(store: Store, commits: readonly Commit[]) {
  for (const commit of commits) await store.commit(commit);
}
async function inTurns(store: Store, commits: readonly Commit[], at: number) {
  for (let from = 0; from < commits.length; from += at)
    await Promise.all(commits.slice(from, from + at).map((commit) => store.commit(commit)));
}

/** What the store asks of the database for these commits, statement by statement. */
async function statementsOf(file: string, commits: readonly Commit[]): Promise<CompiledQuery[]> {
  await (await sqliteDatabase({ file })).close();
  const asked: CompiledQuery[] = [];
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: new Driver(file) }),
    log: ({ query }) => void asked.push(query),
  });
  const store = sqlStore({
    db,
    news: newsDesk(),
    writers: 'many',
    transact: (work) => db.transaction().execute(work),
    close: () => db.destroy(),
  });
  await oneByOne(store, commits);
  await store.close();
  return asked.filter(({ sql }) => !/^(begin|commit)/.test(sql));
}

/** The same statements, prepared once, on an equal database with the same certainty. */
async function byHand(file: string, asked: readonly CompiledQuery[]): Promise<number> {
  await (await sqliteDatabase({ file })).close();
  const database = new Driver(file);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const prepared = new Map<string, Driver.Statement<unknown[]>>();
  const run = ({ sql, parameters }: CompiledQuery) => {
    let statement = prepared.get(sql);
    if (!statement) prepared.set(sql, (statement = database.prepare(sql)));
    if (statement.reader) statement.all(...parameters);
    else statement.run(...parameters);
  };
  const first = asked[0]?.sql;
  const starts = asked.flatMap(({ sql }, at) => (sql === first ? [at] : []));
  const cost = await each(async () => {
    for (const [number, from] of starts.entries()) {
      database.exec('begin');
      for (const one of asked.slice(from, starts[number + 1])) run(one);
      database.exec('commit');
    }
  }, starts.length);
  database.close();
  return cost;
}

/** A service over a SQLite file, as a request meets it. */
async function serviceOn(file: string) {
  const store = await sqliteStore({ file });
  let ids = 0;
  const identity = await demoIdentity();
  const { hosts, follow } = await openCounties({
    folder: 'configs',
    store,
    demo: true,
    now: () => '2026-03-02T01:00:00.000Z',
    newSalt: () => `salt-${(ids += 1)}`,
    heard: () => undefined,
  });
  const server = createServer({
    counties: hosts,
    follow,
    identity,
    now: () => new Date().toISOString(),
    newId: () => `id-${(ids += 1)}`,
  });
  const token = await identity.sign('huantai-author-1');
  const body = JSON.stringify({ action: 'submit', input: text });
  const submit = async () => {
    const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': `key-${(ids += 1)}` };
    const answer = await server.fetch(
      new Request('http://minqing.test/counties/huantai/reports', { method: 'POST', headers, body }),
    );
    if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  return { submit, close: () => store.close() };
}

/** How long submissions take that come evenly so many a second, whether or not those before are done. */
async function arriving(submit: () => Promise<void>, rate: number, seconds: number): Promise<string> {
  const taken: number[] = [];
  const begun = performance.now();
  const all = Array.from({ length: rate * seconds }, async (_, at) => {
    const due = begun + (at * 1000) / rate;
    await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    await submit();
    taken.push(performance.now() - due);
  });
  await Promise.all(all);
  const took = (performance.now() - begun) / 1000;
  taken.sort((a, b) => a - b);
  const at = (share: number) => (taken[Math.floor(taken.length * share)] ?? 0).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, done after ${took.toFixed(1)} s`;
}

export async function benchStore(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-bench-'));
  let files = 0;
  const file = () => join(folder, `${(files += 1)}.db`);
  const commits = await submissions(MANY);
  console.log(`\nA durable submission on SQLite, WAL and synchronous FULL (${MANY} each):`);
  const hand = await byHand(file(), await statementsOf(file(), commits));
  const layer = (what: string, cost: number) =>
    console.log(`  ${what}: ${(cost / 1e6).toFixed(2)} ms, ${perSecond(cost)}/s`);
  layer('the same statements by hand', hand);
  const alone = await sqliteStore({ file: file() });
  const store = await each(() => oneByOne(alone, commits));
  await alone.close();
  layer('the store alone', store);
  const waiting = await sqliteStore({ file: file() });
  const together = await each(() => inTurns(waiting, commits, TOGETHER));
  await waiting.close();
  layer(`the store, ${TOGETHER} waiting at once`, together);
  const office = officeOf('huantai', await sqliteStore({ file: file() }));
  const desk = await each(async () => {
    for (let at = 0; at < MANY; at += 1) await office.begin('wang', 'report', 'submit', text);
  });
  await office.store.close();
  layer('with step, decision and the view that is answered', desk);
  const service = await serviceOn(file());
  const request = await each(async () => {
    for (let at = 0; at < MANY; at += 1) await service.submit();
  });
  layer('with request and token', request);
  ratio('the store to the same by hand', hand / store, 0.5);
  ratio(`${TOGETHER} waiting in one commit to one commit each`, store / together, 2);
  for (const rate of [50, 200, 500])
    console.log(`  ${rate} a second for 4 s: ${await arriving(service.submit, rate, 4)}`);
  await service.close();

  const bin = programs();
  if (bin === null) console.log('  PostgreSQL is not installed: its part is left out');
  else {
    const server = await startPostgres(bin, true);
    for (const connections of [1, 16]) {
      const there = await postgresStore({ url: await server.database() });
      const cost = await each(() => inTurns(there, commits, connections));
      layer(`the store on PostgreSQL, ${connections} at once`, cost);
      await there.close();
    }
    await server.end();
  }
  rmSync(folder, { recursive: true, force: true });
}
