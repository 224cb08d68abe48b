import Driver from 'better-sqlite3';
import { Kysely, PostgresDialect, SqliteDialect, type CompiledQuery } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ThingRef } from '../../src/model/thing.ts';
import { newsDesk } from '../../src/store/news.ts';
import type { QueueQuery, Store } from '../../src/store/port.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import { sqlStore } from '../../src/store/sql.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import type { Tables } from '../../src/store/tables.ts';
import { withPostgres } from '../postgres.ts';

/** So many counties, each with so long a history. */
const COUNTIES = 3;
const EACH = 6_000;
/** What an answer may read of a table: a page, or what is counted at most, and a little beside it. */
const AT_MOST = 1_500;

/**
 * Counties of a long history: nearly everything at one of three ends, sixty things under way, a member's sixty
 * reports and a department's sixty tasks among them.
 */
const history = (series: string) => {
  const thing = `n % ${EACH}`;
  const county = `'county-' || (n / ${EACH})`;
  const id = `'report-' || (${thing})`;
  const open = `${thing} % 100 = 7`;
  const day = `'2026-0' || (1 + n % 9) || '-1' || (n % 10)`;
  const since = `${day} || 'T01:00:00.000Z'`;
  const state = `'{"county":"' || ${county} || '","kind":"report","id":"' || ${id} || '","since":"' || ${since} || '","due":null,"excluded":[]}'`;
  return [
    `insert into things (county, kind, id, version, stage, since, due_by, claimed_by, confidential, title, state)
     select ${county}, 'report', ${id}, 3, case when ${open} then 'open-' || (${thing} / 100 % 3) else 'end-' || (${thing} % 3) end,
       ${since}, case when ${open} then ${day} else '9999-12-31' end,
       case when ${thing} % 100 = 7 then 'checker' end, 0, case when ${thing} % 100 = 9 then '路灯坏了' else '井盖' end, ${state}
     from ${series}`,
    `insert into thing_authors (thing, person) select key, 'member-' || (key % 100) || county from things`,
    `insert into thing_handlers (thing, organisation) select key, 'bureau-' || (key % 100) || county from things`,
    `insert into title_grams (county, gram, thing) select county, gram, key from things,
       (select '路灯' as gram union all select '灯坏' union all select '坏了' union all select '了') as g where title = '路灯坏了'`,
    `insert into title_grams (county, gram, thing) select county, gram, key from things,
       (select '井盖' as gram union all select '盖') as g where title = '井盖'`,
    `insert into found_by (county, by, thing) select county, 'month:' || substr(since, 1, 4) || '-' || (key % 360), key from things`,
    `insert into found_by (county, by, thing) select county, 'record:report-1', key from things where key % 1000 = 7`,
    `insert into record_found_by (county, by, id) select county, 'author:member-' || (key % 100) || county, id from things where key % 10 = 1`,
    `insert into log (thing, sequence, entry) select key, s, '{"hash":"h"}' from things, (select 1 as s union all select 2 union all select 3) as s`,
    `insert into log_texts (log, hash, salt, text) select key, 'h', 's', 'words' from log where sequence = 1`,
    `insert into counted (county, id, record) select county, id, '{}' from things`,
    `insert into score_entries (county, record, subject, line, points, on_date, moment)
     select county, id, 'x', 'l', '1', substr(since, 1, 10), 'submitted' from things`,
    `insert into timers (thing, county, on_date, timer, claimed_until) select key, county, due_by, '{}', '' from things where due_by < '9'`,
    `insert into outbox (county, recipient, message, unread) select county, 'member-' || (key % 100) || county, '{}', case when key % 1000 = 7 then 1 else 0 end from things`,
    `insert into sends (receiver, county, kind, thing, id, body, dead)
     select 'portal', county, kind, id, id, '{}', case when key % 200 = 7 then 0 else 1 end from things where key % 20 = 7`,
    `insert into idempotency (county, actor, key, at, row) select county, 'wang', id, since, '{}' from things where key % 10 = 1`,
    `insert into drafts (county, person, kind, draft) select county, id, 'report', '{}' from things where key % 10 = 1`,
    `insert into records (county, id, sequence, entered_by, at, record) select county, id, 1, 'x', since, '{}' from things where key % 10 = 1`,
    `insert into files (county, id, name, type, uploader, bytes) select county, id, 'n', 't', 'u', '' from things where key % 10 = 1`,
  ];
};

const county = 'county-1';
const one: ThingRef = { county, kind: 'report', id: 'report-2107' };
const open = ['open-0', 'open-1', 'open-2'];
const everything = [...open, 'end-0', 'end-1', 'end-2'];
const list = (query: Partial<QueueQuery>) => (store: Store) =>
  store.queue({ county, kind: 'report', order: 'due', after: null, limit: 50, ...query });
const claim = { now: '2026-03-02T01:00:00.000Z', until: '2026-03-02T01:01:00.000Z' };

/** What is asked again and again while a county works. */
const hot: Record<string, (store: Store) => Promise<unknown>> = {
  'the queue of an office': list({ stages: open, also: ['report-1'], without: ['report-7'] }),
  'the queue of a department': list({ stages: open, handlers: [`bureau-7${county}`] }),
  'the queue of a member': list({ stages: open, author: `member-7${county}` }),
  'what is late': list({ stages: everything, dueBefore: '2026-03-02', open: true }),
  'what is due soon': list({
    stages: everything,
    dueFrom: '2026-03-02',
    dueBefore: '2026-03-05',
    open: true,
  }),
  'what somebody claimed': list({ claimedBy: 'checker', order: 'newest' }),
  'what is one’s own': list({ theirs: `member-7${county}`, order: 'newest' }),
  'what a member sees of a list': list({ author: `member-7${county}`, order: 'newest' }),
  'the whole list of the staff': list({ stages: everything, open: true, order: 'newest' }),
  'a rare stage of it': list({ stages: ['open-1'], open: true, order: 'newest' }),
  'the newest of a kind': list({ order: 'newest' }),
  'a later page of it, and of the register': async (store) => {
    const query = { stages: everything, open: true as const, order: 'newest' as const };
    const { next } = await list(query)(store);
    await list({ ...query, after: next })(store);
  },
  'what a person is barred from': list({ stages: open, barring: ['li'] }),
  'a search by a word': list({ stages: everything, search: '路灯', order: 'newest' }),
  'a search by a long word': list({ stages: everything, search: '路灯坏了', order: 'newest' }),
  'a search by a letter': list({ stages: everything, search: '灯', order: 'newest' }),
  'a search for what is nowhere': list({ stages: everything, search: '没有', order: 'newest' }),
  'one report': (store) => store.read(one),
  several: (store) => store.readMany([one, { ...one, id: 'report-9' }]),
  'its log': (store) => store.log(one),
  'its last entry': (store) => store.lastHash(one),
  'its points': (store) => store.entriesOf(county, one.id),
  'its due date': (store) => store.timer(one),
  'a member’s year': async (store) => {
    for await (const _page of store.counted(county, `member-7${county}`));
  },
  'a member’s matters': async (store) => {
    for await (const _row of store.all(county, 'report', `member-7${county}`));
  },
  'records of a member that were entered by hand': (store) =>
    store.records(county, { author: `member-1${county}` }),
  'one record that was entered by hand': (store) => store.records(county, { id: 'report-1' }),
  'records of a kind': (store) => store.records(county, { kind: 'proposal' }),
  'what is handled of such a record': async (store) => {
    for await (const _row of store.foundBy(county, { record: 'report-1' }));
  },
  'what happened in a month': async (store) => {
    for await (const _row of store.foundBy(county, { month: '2026-7' }));
  },
  'what some of them count': (store) => store.countedOf(county, ['report-1', 'report-2107']),
  'due dates that have come': (store) => store.claimTimers(county, '2026-03-02', 20, claim),
  'what is to be sent': (store) => store.claimSends('portal', 20, claim),
  'what was given up': (store) => store.deadSends(county, 0, 50),
  'the notices of a person': (store) => store.messages(county, `member-7${county}`, 50, null),
  'how many are unread': (store) => store.unread(county, `member-7${county}`),
  'those that were read': (store) => store.markRead(county, `member-7${county}`, 1_000_000),
  'a key': (store) => store.key(county, 'wang', 'report-9'),
  'a draft': (store) => store.draft(county, 'report-9', 'report'),
  'files by their names': (store) => store.fileInfos(county, ['report-1', 'report-2']),
};
/** What the bulletin of a period reads: all that the county itself ever counted, and nothing of another one. */
const bulletin = async (store: Store) => {
  for await (const _page of store.counted(county));
  await store.entries(county, '2026-01-01', '2026-03-31');
  for await (const _row of store.all(county, 'report'));
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-plans-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('on SQLite no hot query reads a county’s history', () => {
  let database: Driver.Database;
  let store: Store;
  let asked: CompiledQuery[] = [];
  beforeAll(async () => {
    const file = join(folder, 'plans.db');
    await (await sqliteStore({ file })).close();
    database = new Driver(file);
    const series = `(with recursive n(n) as (select 0 union all select n + 1 from n where n < ${COUNTIES * EACH - 1}) select n from n)`;
    for (const insert of history(series)) database.exec(insert);
    const db = new Kysely<Tables>({
      dialect: new SqliteDialect({ database }),
      log: ({ query }) => void asked.push(query),
    });
    store = sqlStore({
      db,
      news: newsDesk(),
      writers: 'one',
      transact: (work) => db.transaction().execute(work),
      close: () => db.destroy(),
    });
  });
  afterAll(() => store.close());

  const plansOf = async (ask: (store: Store) => Promise<unknown>) => {
    asked = [];
    await ask(store);
    return asked.flatMap(({ sql, parameters }) =>
      database
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(...parameters)
        .map(({ detail }) => detail),
    );
  };
  /** A table read from end to end, or by nothing but whose and which kind its rows are. */
  const reads = (detail: string) =>
    (/^SCAN (?!found|part|page|due|before|\d|\()/.test(detail) ||
      / \(county=\?( AND kind=\?)?\)$/.test(detail)) &&
    // In the order of the list, and so no further than a page goes or anybody counts.
    !/ things_by_since | COVERING INDEX things_in_order | sends_dead /.test(detail);

  test.each(Object.entries(hot))('%s', async (_name, ask) => {
    const plans = await plansOf(ask);
    expect(plans.length).toBeGreaterThan(0);
    expect(plans.filter(reads)).toEqual([]);
  });

  test('a bulletin reads its own county’s rows in the order of an index', async () => {
    const plans = await plansOf(bulletin);
    expect(plans.filter((detail) => /^SCAN (counted|things|score)/.test(detail))).toEqual([]);
    expect(plans.filter((detail) => /TEMP B-TREE/.test(detail))).toEqual([
      // The entries of a quarter are as many as the answer.
      'USE TEMP B-TREE FOR ORDER BY',
    ]);
  });
});

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Node[];
}

withPostgres('on PostgreSQL no hot query reads a county’s history', (server) => {
  let store: Store;
  let client: pg.Client;
  let asked: CompiledQuery[] = [];
  beforeAll(async () => {
    const url = await server.database();
    await (await postgresStore({ url })).close();
    // Small tables are read whole whatever their indexes; here nothing may be that has one.
    const settings = { connectionString: url, options: '-c enable_seqscan=off' };
    client = new pg.Client(settings);
    await client.connect();
    for (const insert of history(`generate_series(0, ${COUNTIES * EACH - 1}) as n`))
      await client.query(insert);
    await client.query('vacuum analyze');
    const db = new Kysely<Tables>({
      dialect: new PostgresDialect({ pool: new pg.Pool({ ...settings, max: 2 }) }),
      log: ({ query }) => void asked.push(query),
    });
    store = sqlStore({
      db,
      news: newsDesk(),
      writers: 'many',
      transact: (work) => db.transaction().execute(work),
      close: () => db.destroy(),
    });
  }, 60_000);
  afterAll(async () => {
    await store.close();
    await client.end();
  });

  /** What was read of each table, row by row, also what was then passed over. */
  async function readBy(ask: (store: Store) => Promise<unknown>) {
    asked = [];
    await ask(store);
    const read: { table: string; how: string; rows: number }[] = [];
    const walk = (node: Node) => {
      const rows =
        node['Actual Rows'] +
        (node['Rows Removed by Filter'] ?? 0) +
        (node['Rows Removed by Index Recheck'] ?? 0);
      const table = node['Relation Name'];
      if (table !== undefined || node['Node Type'] === 'Bitmap Index Scan')
        read.push({ table: table ?? 'index', how: node['Node Type'], rows: rows * node['Actual Loops'] });
      node.Plans?.forEach(walk);
    };
    for (const { sql, parameters } of asked) {
      await client.query('begin');
      const { rows } = await client.query<{ 'QUERY PLAN': { Plan: Node }[] }>(
        `explain (analyze, format json) ${sql}`,
        [...parameters],
      );
      await client.query('rollback');
      for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) walk(Plan);
    }
    return read;
  }

  test.each(Object.entries(hot))('%s', async (_name, ask) => {
    const read = await readBy(ask);
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter(({ how, rows }) => how === 'Seq Scan' || rows > AT_MOST)).toEqual([]);
  });

  test('a bulletin reads its own county’s rows and no others', async () => {
    const read = await readBy(bulletin);
    expect(read.filter(({ how, rows }) => how === 'Seq Scan' || rows > EACH)).toEqual([]);
  });
});
