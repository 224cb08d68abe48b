import Sqlite from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql } from 'kysely';
import pg from 'pg';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import { createServer } from '../../src/server/app.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { sqliteDatabase } from '../../src/store/sqlite.ts';
import { countyOf } from '../county.ts';
import { text } from '../desk/office.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-storage-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A county whose store fails as it is told, and what somebody is answered who hands in a report. */
async function failing() {
  const { county, config } = countyOf('huantai');
  const directory = demoDirectory(county);
  const store = memoryStore();
  const { commit, saveDraft } = store;
  const desk = createDesk({
    county,
    directory,
    store,
    scoring: methodScoring(config, directory),
    newSalt: () => 's',
  });
  const identity = await demoIdentity();
  const server = createServer({
    counties: new Map([['huantai', { county, directory, store, desk }]]),
    identity,
    now: () => '2026-03-02T01:00:00.000Z',
    newId: () => 'made',
  });
  const fails = (error: unknown) => {
    store.commit = error === null ? commit : () => Promise.reject(error);
    store.saveDraft = error === null ? saveDraft : () => Promise.reject(error);
  };
  const submit = async (language: string) => {
    const answer = await server.fetch(
      new Request('http://minqing.test/counties/huantai/reports', {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${await identity.sign('huantai-author-1')}`,
          'Accept-Language': language,
        },
        body: JSON.stringify({ action: 'submit', input: text }),
      }),
    );
    const type = answer.headers.get('Content-Type');
    return {
      status: answer.status,
      type,
      wait: answer.headers.get('Retry-After'),
      body: await answer.json(),
    };
  };
  const ready = async () => {
    const answer = await server.fetch(new Request('http://minqing.test/readyz'));
    return [answer.status, (await answer.json()).writes];
  };
  return { fails, submit, ready };
}

/** What a driver itself throws. */
const thrown = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
};
const ofPostgres = (code: string) =>
  Object.assign(new pg.DatabaseError('said by the server', 0, 'error'), { code });
const causes: [string, string, () => Promise<unknown>][] = [
  [
    'SQLite without room',
    'storage-full',
    () =>
      thrown(() => {
        const db = new Sqlite(join(folder, 'full.db'));
        db.exec('pragma max_page_count = 2; create table words (word)');
        db.prepare('insert into words values (?)').run('x'.repeat(100_000));
      }),
  ],
  ['PostgreSQL without room', 'storage-full', async () => ofPostgres('53100')],
  [
    'a folder of files without room',
    'storage-full',
    () =>
      thrown(async () => {
        const full = await open('/dev/full', 'w');
        await full.writeFile('x').finally(() => full.close());
      }),
  ],
  [
    'a SQLite file that may only be read',
    'storage-read-only',
    () =>
      thrown(() => {
        const file = join(folder, 'read-only.db');
        new Sqlite(file).exec('create table words (word)').close();
        new Sqlite(file, { readonly: true }).exec("insert into words values ('x')");
      }),
  ],
  ['a PostgreSQL that may only be read', 'storage-read-only', async () => ofPostgres('25006')],
  [
    'a file that another holds',
    'storage-busy',
    () =>
      thrown(() => {
        const file = join(folder, 'held.db');
        new Sqlite(file).exec('create table words (word); begin immediate');
        new Sqlite(file, { timeout: 1 }).exec('begin immediate');
      }),
  ],
  [
    'a PostgreSQL that is not there',
    'storage-away',
    () => thrown(() => new pg.Client('postgres://nobody@%2Fno%2Fsuch%2Ffolder/none').connect()),
  ],
  ['one that is being stopped', 'storage-away', async () => ofPostgres('57P01')],
];

test.each(causes)(
  '%s is told as %s, in both languages, with what was kept and what to do',
  async (_, is, cause) => {
    const here = await failing();
    here.fails(await cause());
    const [zh, en] = [await here.submit('zh-CN'), await here.submit('en')];
    expect(zh).toMatchObject({ status: is === 'storage-full' ? 507 : 503, type: 'application/problem+json' });
    expect([zh.body.code, en.body.code]).toEqual([is, is]);
    expect(zh.body.detail).toMatch(/未保存任何内容|是否已保存不能确定/);
    expect(zh.body.detail).toMatch(/重试/);
    expect(zh.body.detail).toMatch(/系统管理人员/);
    expect(en.body.detail).toMatch(/^[\x20-\x7e]+(Nothing of this was kept|is not certain)[\x20-\x7e]+$/);
    // Only what passes by itself is worth asking again for by itself.
    expect(zh.wait).toBe(['storage-busy', 'storage-away'].includes(is) ? '5' : null);
    here.fails(null);
    expect((await here.submit('zh-CN')).status).toBe(201);
  },
);

test('what is no fault of the store stays a failure that says nothing of the inside', async () => {
  const here = await failing();
  here.fails(
    Object.assign(new Error('UNIQUE constraint failed: things.id'), { code: 'SQLITE_CONSTRAINT_UNIQUE' }),
  );
  expect(await here.submit('en')).toMatchObject({ status: 500, body: { code: 'failed' } });
});

test('readyz says that nothing can be written from the first refusal on until it can be, and sends readers here all the while', async () => {
  const here = await failing();
  expect(await here.ready()).toEqual([200, 'ok']);
  here.fails(ofPostgres('53100'));
  await here.submit('zh-CN');
  expect(await here.ready()).toEqual([200, 'storage-full']);
  here.fails(null);
  expect(await here.ready()).toEqual([200, 'ok']);
});

test('SQLite without room says so out of a transaction too, and the next one works as soon as there is room', async () => {
  const { db, close } = await sqliteDatabase({ file: join(folder, 'small.db') });
  const pages = await sql<{ page_count: number }>`pragma page_count`.execute(db);
  const room = (more: number) =>
    sql.raw(`pragma max_page_count = ${(pages.rows[0]?.page_count ?? 0) + more}`).execute(db);
  const write = () =>
    db.transaction().execute((tx) =>
      tx
        .insertInto('drafts')
        .values({ county: 'c', person: 'p', kind: 'report', draft: 'x'.repeat(1_000_000) })
        .execute(),
    );
  await room(1);
  await expect(write()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
  await room(1000);
  await write();
  expect(await db.selectFrom('drafts').select('person').execute()).toHaveLength(1);
  await close();
});
