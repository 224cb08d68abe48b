import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
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
  things: ['county', 'kind', 'id', 'version', 'stage', 'since', 'due_on', 'confidential', 'title', 'state'],
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
