import { sql } from 'kysely';
import type { Database } from './database.ts';
import { StoreError } from './error.ts';
import {
  countOf,
  everyTable,
  insertRows,
  keyWords,
  pagesOf,
  rowsAfter,
  rowText,
  summing,
  type Db,
  type Row,
  type TableRows,
  type TableSum,
} from './rows.ts';

export interface CopyOptions {
  /** Hears how far a table has come. */
  told: (table: string, done: number, of: number) => void;
  /** The bytes of a file that the source keeps outside its tables; null where they are not there. */
  bytesOf?: (county: string, id: string) => Promise<Uint8Array | null>;
}
export interface CopiedTable extends TableSum {
  table: string;
}

/**
 * Every row of one database in another, in the order of its key, a page a transaction. What an earlier run has left is
 * compared first and not written again; a row that the source does not have stops it before anything is written. The
 * source is read as it was at one moment, whoever writes to it meanwhile. At the end all of the target is read again and
 * must come to the same.
 */
export async function copyDatabase(
  source: Database,
  target: Database,
  options: CopyOptions,
): Promise<CopiedTable[]> {
  return source.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (from) => {
      const begun: Begun[] = [];
      for (const table of everyTable) begun.push(await whatIsThere(from, target, table, options));
      for (const one of begun) await copyRest(from, target, one, options);
      const copied: CopiedTable[] = [];
      for (const { table, sum } of begun) {
        const found = summing();
        for await (const page of pagesOf(target.db, table)) for (const row of page) found.add(row);
        const [own, there] = [sum.end(), found.end()];
        if (own.rows !== there.rows || own.hash !== there.hash) throw notTheSame(table, own, there);
        copied.push({ table: table.name, ...own });
      }
      return copied;
    });
}

interface Begun {
  table: TableRows;
  sum: ReturnType<typeof summing>;
  /** The last row that an earlier run has copied. */
  last: Row | null;
  rows: number;
}

async function whatIsThere(
  from: Db,
  target: Database,
  table: TableRows,
  { bytesOf }: CopyOptions,
): Promise<Begun> {
  const begun: Begun = { table, sum: summing(), last: null, rows: 0 };
  for await (const there of pagesOf(target.db, table)) {
    const own = await rowsAfter(from, table, begun.last, there.at(-1));
    for (const [at, row] of there.entries()) {
      const same = own[at];
      const whole = same && (await withBytes(same, bytesOf));
      if (!whole || rowText(whole) !== rowText(row)) throw otherData(table, row);
      begun.sum.add(row);
    }
    begun.last = there.at(-1) ?? null;
    begun.rows += there.length;
  }
  return begun;
}

async function copyRest(
  from: Db,
  target: Database,
  { table, sum, last, rows }: Begun,
  { told, bytesOf }: CopyOptions,
): Promise<void> {
  const of = await countOf(from, table);
  let done = rows;
  for await (const read of pagesOf(from, table, last)) {
    const page: Row[] = [];
    for (const row of read) page.push(await withBytes(row, bytesOf));
    await target.db.transaction().execute((tx) => insertRows(tx, table, page));
    for (const row of page) sum.add(row);
    done += page.length;
    told(table.name, done, of);
  }
  if (target.is === 'postgres' && table.key[0] === 'key') await countOn(target, table);
}

/** The next row that the target numbers itself comes after those that were brought along. */
async function countOn({ db }: Database, { name }: TableRows): Promise<void> {
  await sql`
    select setval(pg_get_serial_sequence(${name}, 'key'), greatest(1, max(key)), max(key) is not null)
    from ${sql.table(name)}
  `.execute(db);
}

async function withBytes(row: Row, bytesOf: CopyOptions['bytesOf']): Promise<Row> {
  const { county, id, bytes } = row;
  // Only files have bytes.
  if (!bytesOf || !(bytes instanceof Uint8Array) || bytes.length > 0) return row;
  const found = await bytesOf(String(county), String(id));
  if (!found)
    throw new StoreError('file-missing', {
      zh: `附件 ${county} ${id} 的内容不在 --files 所指的文件夹里。请核对文件夹,再运行一次。`,
      en: `The bytes of the file ${county} ${id} are not in the folder that --files names. Look at the folder, then run it again.`,
    });
  return { ...row, bytes: Buffer.from(found) };
}

/** The bytes that a copy of the tables alone lacks. */
export async function fillFiles(
  { db }: Database,
  bytesOf: NonNullable<CopyOptions['bytesOf']>,
): Promise<void> {
  const table = everyTable.find(({ name }) => name === 'files');
  if (!table) return;
  for await (const page of pagesOf(db, table))
    for (const row of page) {
      const { bytes } = await withBytes(row, bytesOf);
      if (bytes === row['bytes'] || !(bytes instanceof Uint8Array)) continue;
      await db
        .updateTable('files')
        .set({ bytes })
        .where('county', '=', String(row['county']))
        .where('id', '=', String(row['id']))
        .execute();
    }
}

function otherData(table: TableRows, row: Row): StoreError {
  const where = `${table.name} ${keyWords(table, row)}`;
  return new StoreError('target-taken', {
    zh: `目标库的 ${where} 与来源不同,未作覆盖。目标须是空库,或同一来源上次未完成的复制;来源若在此期间有改动,请清空目标库,停下服务后重来。`,
    en: `${where} in the target is not as in the source, and was left alone. The target must be empty, or hold what an earlier run from this source has copied; if the source has changed since, empty the target, stop the service and copy again.`,
  });
}

function notTheSame({ name }: TableRows, { rows }: TableSum, there: TableSum): StoreError {
  return new StoreError('copy-differs', {
    zh: `核对不符:表 ${name} 来源 ${rows} 行,目标 ${there.rows} 行,或内容不同。复制期间有人写入目标库。请清空目标库后重来。`,
    en: `The check failed: table ${name} has ${rows} rows in the source, and ${there.rows} or other ones in the target. Somebody wrote to the target meanwhile; empty it and copy again.`,
  });
}
