import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { backupCommand } from '../../src/cli/backup.ts';
import { copyCommand } from '../../src/cli/copy.ts';
import { personCommand } from '../../src/cli/person.ts';
import { restoreCommand } from '../../src/cli/restore.ts';
import { verifyLogCommand } from '../../src/cli/verify-log.ts';
import { erasureLine } from '../../src/server/erasures.ts';
import { openDatabase } from '../../src/server/open-store.ts';
import { filesBeside } from '../../src/store/file-bytes.ts';
import { folderOfFiles } from '../../src/store/file-folder.ts';
import { countOf, everyTable, pagesOf, rowText } from '../../src/store/rows.ts';
import { run } from '../cli/run.ts';
import { withPostgres } from '../postgres.ts';
import { configs, countyIn, fill, folder } from './filled.ts';

const root = new URL('../../', import.meta.url).pathname;
const filled = join(folder, 'filled.db');
let fresh = 0;
const another = () => join(folder, `copy-${(fresh += 1)}.db`);
const copied = (from: string) => {
  const file = another();
  copyFileSync(filled, file);
  return from === filled ? file : from;
};

/** All that a database holds, a text a row. */
async function everythingIn(db: string): Promise<Record<string, string[]>> {
  const database = await openDatabase(db);
  const all: Record<string, string[]> = {};
  for (const table of everyTable) {
    const rows: string[] = [];
    for await (const page of pagesOf(database.db, table)) rows.push(...page.map(rowText));
    all[table.name] = rows;
  }
  await database.close();
  return all;
}
const copy = (from: string, to: string, ...more: string[]) =>
  run(copyCommand, ['--from', from, '--to', to, '--lang', 'en', ...more]);

beforeAll(async () => {
  await fill(filled);
  const { db, close } = await openDatabase(filled);
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  await close();
});

test('every table of the schema is copied, and the county of these tests has rows in each of them', async () => {
  const { db, close } = await openDatabase(filled);
  const { rows } = await sql<{ name: string }>`
    select name from sqlite_master
    where type = 'table' and name not like 'kysely%' and name not like 'sqlite%'
  `.execute(db);
  expect(everyTable.map(({ name }) => name).sort()).toEqual(rows.map(({ name }) => name).sort());
  for (const table of everyTable) expect(await countOf(db, table), table.name).toBeGreaterThan(0);
  await close();
});

withPostgres('copies between SQLite and PostgreSQL', (postgres) => {
  test('what goes to PostgreSQL and back is the same row by row, and works on there', async () => {
    const [there, back] = [await postgres.database(), another()];
    const { code, out } = await copy(`sqlite:${filled}`, there);
    expect(code).toBe(0);
    expect(out).toContain('is as in the source');
    expect((await copy(there, back)).code).toBe(0);
    expect(await everythingIn(back)).toEqual(await everythingIn(filled));
    expect((await run(verifyLogCommand, ['--db', there, '--configs', configs])).code).toBe(0);
    // The rows that are numbered by the database itself go on after those that were brought along.
    const { store, submit } = await countyIn(there);
    await submit('复制之后的一条');
    await store.close();
  });

  test('one that is killed in the middle goes on where it was, and comes to the same', async () => {
    const source = copied(filled);
    const { db, close } = await openDatabase(source);
    await sql`insert into outbox (county, recipient, message, unread)
      with recursive n(i) as (select 1 union all select i + 1 from n where i < 10000)
      select 'huantai', 'nobody', '{}', i from n`.execute(db);
    await close();
    const target = await postgres.database();
    const args = ['dist/cli.js', 'copy', '--from', source, '--to', target];
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    const watching = await openDatabase(target);
    const outbox = { name: 'outbox', key: ['key'] } as const;
    await expect
      .poll(() => countOf(watching.db, outbox), { timeout: 20_000, interval: 5 })
      .toBeGreaterThan(0);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const half = await countOf(watching.db, outbox);
    expect(half).toBeLessThan(10_000);
    expect(await countOf(watching.db, { name: 'files', key: [] })).toBe(0);
    await watching.close();
    expect((await copy(source, target)).code).toBe(0);
    expect(await everythingIn(target)).toEqual(await everythingIn(source));
  }, 60_000);

  test('a backup of PostgreSQL is one SQLite file, taken while others write', async () => {
    const there = await postgres.database();
    await copy(filled, there);
    const backup = another();
    const { store, submit } = await countyIn(there);
    const [{ code }] = await Promise.all([
      run(backupCommand, ['--db', there, '--out', backup]),
      (async () => {
        for (let number = 0; number < 20; number += 1) await submit(`写入 ${number}`);
      })(),
    ]);
    expect(code).toBe(0);
    await store.close();
    const [whole, kept] = [await everythingIn(there), await everythingIn(backup)];
    expect(kept['log']).toEqual(whole['log']?.slice(0, kept['log']?.length));
    expect((await run(verifyLogCommand, ['--db', backup, '--configs', configs])).code).toBe(0);
  });
});

test('a target that has other data is left as it is, and it is said which row and what to do', async () => {
  const target = another();
  const { store, submit } = await countyIn(target);
  await submit('别处的一条');
  await store.close();
  const before = await everythingIn(target);
  const { refused } = await copy(filled, target);
  expect(refused?.en).toMatch(/^\w+ .+ in the target is not as in the source.*The target must be empty/);
  expect(await everythingIn(target)).toEqual(before);
  expect((await copy(join(folder, 'none.db'), target)).refused?.en).toContain('There is no file');
  expect((await copy(filled, filled)).refused?.en).toContain('Name two databases');
});

test('a copy of what is copied already changes nothing, and one row that differs anywhere is found', async () => {
  const target = another();
  await copy(filled, target);
  expect((await copy(filled, target)).code).toBe(0);
  for (const [table, change] of [
    ['files', "update files set bytes = x'00'"],
    [
      'score_entries',
      "update score_entries set points = '99' where key = (select max(key) from score_entries)",
    ],
    ['log', 'delete from log where key = 3'],
    ['series', "insert into series (county, name, value) values ('zzz', 'x', 1)"],
  ] as const) {
    const changed = another();
    await copy(filled, changed);
    const { db, close } = await openDatabase(changed);
    await sql.raw(change).execute(db);
    await close();
    expect((await copy(filled, changed)).refused?.en).toMatch(new RegExp(`^${table} `));
  }
});

test('files that lie in a folder are brought into a copy and a backup, and one that is missing there is named', async () => {
  const source = copied(filled);
  const outside = mkdtempSync(join(tmpdir(), 'minqing-files-'));
  const { store } = await countyIn(source);
  const bytes = new Uint8Array([1, 2, 3]);
  const file = {
    county: 'huantai',
    id: 'scan',
    name: '扫描.pdf',
    type: 'application/pdf',
    uploader: 'li',
    bytes,
  };
  await filesBeside(store, folderOfFiles(outside)).saveFile(file);
  await store.close();
  const [copy1, backup] = [another(), another()];
  expect((await copy(source, copy1, '--files', outside)).code).toBe(0);
  expect((await run(backupCommand, ['--db', source, '--out', backup, '--files', outside])).code).toBe(0);
  for (const db of [copy1, backup]) {
    const kept = await countyIn(db);
    expect(new Uint8Array((await kept.store.file('huantai', 'scan'))?.bytes ?? [])).toEqual(bytes);
    await kept.store.close();
  }
  // Without the folder they would be lost unsaid.
  const [none, bare] = [another(), another()];
  expect((await copy(source, none)).refused?.en).toContain('--files');
  const refused = await run(backupCommand, ['--db', source, '--out', bare, '--lang', 'en']);
  expect(refused.refused?.en).toContain('--files');
  expect(existsSync(bare)).toBe(false);
  for (const step of ['export', 'erase']) {
    const told = [
      'huantai',
      'huantai-author-1',
      '--db',
      source,
      '--configs',
      configs,
      '--out',
      `${bare}.zip`,
    ];
    expect((await run(personCommand, [step, ...told])).refused?.en).toContain('--files');
  }
  const empty = mkdtempSync(join(tmpdir(), 'minqing-none-'));
  expect((await copy(source, another(), '--files', empty)).refused?.en).toContain('huantai scan');
});

test('a backup that is taken while the county works is what had been kept at one moment, and verifies', async () => {
  const [live, backup] = [copied(filled), another()];
  const { store, submit } = await countyIn(live);
  const args = ['dist/cli.js', 'backup', '--db', live, '--out', backup];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'ignore' });
  let code: number | null = null;
  const ended = new Promise<void>((resolve) =>
    child.once('exit', (with_) => {
      code = with_;
      resolve();
    }),
  );
  let written = 0;
  while (code === null && written < 5_000) {
    await submit(`写入 ${(written += 1)}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await ended;
  await store.close();
  expect(code).toBe(0);
  expect(existsSync(`${backup}.partial`)).toBe(false);
  const [whole, kept] = [await everythingIn(live), await everythingIn(backup)];
  expect(kept['log']).toEqual(whole['log']?.slice(0, kept['log']?.length));
  expect(kept['log']?.length).toBeGreaterThan(0);
  expect((await run(verifyLogCommand, ['--db', backup, '--configs', configs])).code).toBe(0);
  expect((await run(backupCommand, ['--db', live, '--out', backup, '--lang', 'en'])).refused?.en).toContain(
    'is there already',
  );
}, 60_000);

test('a backup is restored into an empty database, and who was erased since is erased again', async () => {
  const [backup, target] = [another(), another()];
  await run(backupCommand, ['--db', filled, '--out', backup]);
  const register = join(folder, 'erasures.txt');
  writeFileSync(
    register,
    erasureLine({ county: 'huantai', person: 'huantai-author-1', at: '2026-03-03T00:00:00.000Z' }),
  );
  const restore = (...more: string[]) =>
    run(restoreCommand, [backup, '--db', target, '--configs', configs, '--lang', 'en', ...more]);
  expect((await restore('--erasures', join(folder, 'no-such-file'))).refused?.en).toContain(
    'nothing was restored',
  );
  expect(existsSync(target)).toBe(false);
  const { code, out } = await restore('--erasures', register);
  expect([code, out]).toEqual([0, expect.stringContaining('was erased again')]);
  const kept = JSON.stringify(await everythingIn(target));
  expect(kept).not.toContain('幸福路的井盖');
  expect(JSON.stringify(await everythingIn(backup))).toContain('幸福路的井盖');
  expect((await run(verifyLogCommand, ['--db', target, '--configs', configs])).code).toBe(0);
  expect((await restore()).refused?.en).toContain('The target must be empty');
});
