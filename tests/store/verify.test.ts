import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { headsCommand } from '../../src/cli/heads.ts';
import { verifyLogCommand } from '../../src/cli/verify-log.ts';
import { openDatabase } from '../../src/server/open-store.ts';
import { everyTable, pagesOf, type Db, type Row } from '../../src/store/rows.ts';
import { run } from '../cli/run.ts';
import { configs, fill, folder } from './filled.ts';

const whole = join(folder, 'whole.db');
const copy = join(folder, 'tampered.db');
const verify = () => run(verifyLogCommand, ['--db', copy, '--configs', configs, '--lang', 'en']);

beforeAll(async () => {
  await fill(whole);
  const { db, close } = await openDatabase(whole);
  await sql`pragma wal_checkpoint(truncate)`.execute(db);
  await close();
});

/** What follows from the log, and its columns; who has claimed a timer follows from nothing. */
const held: Record<string, string[]> = {
  things: ['county', 'kind', 'id', 'version', 'stage', 'since', 'due_by', 'confidential', 'title', 'state'],
  found_by: ['county', 'by', 'thing'],
  record_found_by: ['county', 'by', 'id'],
  thing_authors: ['thing', 'person'],
  thing_handlers: ['thing', 'organisation'],
  log: ['thing', 'sequence', 'entry'],
  log_texts: ['log', 'hash', 'salt', 'text'],
  counted: ['county', 'id', 'record'],
  score_entries: ['county', 'record', 'subject', 'line', 'clause', 'points', 'on_date', 'moment'],
  timers: ['thing', 'county', 'on_date', 'timer'],
};
const tables = everyTable.filter(({ name }) => name in held);

async function rowsOf(db: Db, table: (typeof tables)[number]): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const page of pagesOf(db, table)) rows.push(...page);
  return rows;
}

/** A value that means something else than the one before. */
function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string' || value === '') return 'x';
  // Inside JSON too: a letter or a digit of it, not its braces.
  const at = value.search(/[a-z0-8](?=[^a-z0-9]*$)/i);
  return at < 0 ? `${value}x` : `${value.slice(0, at)}${value[at] === '1' ? '2' : '1'}${value.slice(at + 1)}`;
}

type Tampering = {
  table: number;
  row: number;
  how: 'edit' | 'delete' | 'swap';
  column: number;
  with: number;
};

async function tamper(db: Db, { table, row, how, column, with: second }: Tampering): Promise<string | null> {
  const of = tables[table % tables.length];
  if (!of) return null;
  const rows = await rowsOf(db, of);
  const [one, two] = [rows[row % rows.length], rows[second % rows.length]];
  if (!one || !two) return null;
  const at = (which: Row) =>
    sql.join(
      of.key.map((name) => sql`${sql.ref(name)} = ${which[name]}`),
      sql` and `,
    );
  const set = (which: Row, name: string, value: unknown) =>
    sql`update ${sql.table(of.name)} set ${sql.ref(name)} = ${value} where ${at(which)}`.execute(db);
  const columns = held[of.name] ?? [];
  const name = columns[column % columns.length] ?? '';
  if (how === 'delete') await sql`delete from ${sql.table(of.name)} where ${at(one)}`.execute(db);
  else if (how === 'edit') await set(one, name, other(one[name]));
  else {
    // Two rows exchange what they say; to be known by another number says nothing.
    const names = ['county', 'id', 'record', 'thing', 'sequence'];
    const said =
      of.name === 'counted' ? ['record'] : columns.filter((one) => ![...of.key, ...names].includes(one));
    if (one === two || said.every((name) => one[name] === two[name])) return null;
    for (const name of said)
      if (one[name] !== two[name]) await set(one, name, `swap ${String(one[name])}`).catch(() => 0);
    for (const name of said) {
      await set(two, name, one[name]);
      await set(one, name, two[name]);
    }
  }
  return `${how} ${of.name} ${name}`;
}

test('what nobody has touched verifies', async () => {
  copyFileSync(whole, copy);
  const { code, out } = await verify();
  expect([code, out]).toEqual([0, expect.stringMatching(/^huantai \d+ ✓\n$/)]);
});

test('a log whose end was cut off, all made to fit, is found by heads that were signed before, and by no others', async () => {
  copyFileSync(whole, copy);
  const [keys, strangers] = [0, 1].map((number) => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const file = join(folder, `key-${number}`);
    writeFileSync(`${file}.pem`, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(`${file}.pub`, publicKey.export({ type: 'spki', format: 'pem' }));
    return file;
  });
  const heads = join(folder, 'heads.ndjson');
  const made = await run(headsCommand, [
    '--db',
    copy,
    '--key',
    `${keys}.pem`,
    '--out',
    heads,
    '--lang',
    'en',
  ]);
  expect([made.code, made.out]).toEqual([0, expect.stringMatching(/: \d+ heads\.\n$/)]);
  const held = (key: string, file = heads) =>
    run(verifyLogCommand, [
      '--db',
      copy,
      '--configs',
      configs,
      '--lang',
      'en',
      '--heads',
      file,
      '--key',
      key,
    ]);
  expect((await held(`${keys}.pub`)).code).toBe(0);
  expect((await held(`${keys}.pem`)).code).toBe(0);
  expect((await held(`${strangers}.pub`)).refused?.en).toContain('another key');
  const forged = join(folder, 'forged.ndjson');
  writeFileSync(forged, readFileSync(heads, 'utf8').split('\n').slice(1).join('\n'));
  expect((await held(`${keys}.pub`, forged)).refused?.en).toContain('the file was changed');
  // The last report goes with all that followed from it, as if it had never been sent.
  const { db, close } = await openDatabase(copy);
  const { rows } = await sql<{ key: number; id: string }>`
    select key, id from things where kind = 'report' order by key desc limit 1
  `.execute(db);
  const [{ key, id } = { key: 0, id: '' }] = rows;
  for (const cut of [
    sql`delete from log_texts where log in (select key from log where thing = ${key})`,
    sql`delete from log where thing = ${key}`,
    sql`delete from thing_authors where thing = ${key}`,
    sql`delete from title_grams where thing = ${key}`,
    sql`delete from found_by where thing = ${key}`,
    sql`delete from timers where thing = ${key}`,
    sql`delete from counted where id = ${id}`,
    sql`delete from score_entries where record = ${id}`,
    sql`delete from things where key = ${key}`,
  ])
    await cut.execute(db);
  await close();
  expect((await verify()).code).toBe(0);
  const { code, out } = await held(`${keys}.pub`);
  expect([code, out]).toEqual([1, expect.stringContaining(`log huantai report ${id} #`)]);
});

test('whatever row of the log, of the things or of what follows from them is edited, deleted or exchanged is found', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        table: fc.nat(tables.length - 1),
        row: fc.nat(200),
        how: fc.constantFrom('edit', 'delete', 'swap'),
        column: fc.nat(12),
        with: fc.nat(200),
      }),
      async (tampering) => {
        copyFileSync(whole, copy);
        const { db, close } = await openDatabase(copy);
        // A change that the tables themselves refuse is none.
        const done = await tamper(db, tampering).catch(() => null);
        await sql`pragma wal_checkpoint(truncate)`.execute(db);
        await close();
        if (done === null) return;
        const { code, out } = await verify();
        expect([done, code]).toEqual([done, 1]);
        expect(out).toMatch(/^\w+ .+: .+\n {2}expected: .*\n {2}found: .*\n.+(restore|Erase|Count|count)/s);
      },
    ),
    { numRuns: 30, endOnFailure: true },
  );
}, 120_000);
