import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { firstHeadMissing, headsCommand } from '../../src/cli/heads.ts';
import { entryHash } from '../../src/desk/seal.ts';
import { firstRowThatDiffers } from '../../src/store/check-rows.ts';
import { sqliteDatabase, sqliteStore } from '../../src/store/sqlite.ts';
import { counter } from '../bench/measure.ts';
import { checked, officeOf, text } from '../desk/office.ts';
import { none, type Figure } from './figures.ts';
import type { Pick } from './mutations.ts';
import { freshFolder } from './service.ts';

interface LogRow {
  key: number;
  thing: number;
  sequence: number;
  entry: string;
}

/** An office's few days, in a file. */
async function written(file: string): Promise<void> {
  const store = await sqliteStore({ file });
  const office = officeOf('huantai', store);
  for (let at = 0; at < 8; at += 1) {
    let view = await office.begin('wang', 'report', 'submit', { ...text, title: `第${at}条` });
    if (at % 4 === 0) continue;
    view = await office.as('checker', 'pass', view, checked);
    if (at % 4 === 1) continue;
    view = await office.as('checker', 'comment', view, { comment: '请看一下' }).catch(() => view);
    await office.as('director', 'reserve', view, { note: '留存' }).catch(() => view);
  }
  await store.close();
}

/** What verify-log finds first, in its order; null where everything holds. */
async function differenceIn(file: string, heads: string, key: string): Promise<string | null> {
  const rows = await sqliteDatabase({ file });
  try {
    if (await firstHeadMissing(rows.db, heads, key)) return 'head';
    const row = await firstRowThatDiffers(rows.db);
    if (row) return 'row';
  } finally {
    await rows.close();
  }
  const store = await sqliteStore({ file });
  try {
    const { difference } = await officeOf('huantai', store).desk.verifyLog();
    return difference && difference.what;
  } finally {
    await store.close();
  }
}

/** One thing that somebody with access to the database might do to the log. False where nothing came of it. */
function damage(db: Sqlite.Database, pick: Pick): [kind: string, done: boolean] {
  const rows = db.prepare<[], LogRow>('select * from log order by key').all();
  const one = rows[pick(rows.length)];
  const other = rows[pick(rows.length)];
  if (!one || !other) return ['none', false];
  const texts = db
    .prepare<[], { rowid: number; text: string; hash: string; salt: string }>(
      'select rowid, * from log_texts',
    )
    .all();
  const words = texts[pick(texts.length)];
  const write = (key: number, entry: string) =>
    db.prepare('update log set entry = ? where key = ?').run(entry, key).changes;
  const edited = (change: (entry: Record<string, unknown>) => void): string => {
    const entry = JSON.parse(one.entry);
    change(entry);
    return JSON.stringify(entry);
  };
  const at = pick(one.entry.length);
  const sign = [...'"}0x'].filter((word) => word !== one.entry[at])[pick(3)] ?? 'x';
  const members = Object.keys(JSON.parse(one.entry));
  const member = members[pick(members.length)] ?? 'at';
  const kinds: [string, () => number][] = [
    [
      'a sign of an entry changed',
      () => write(one.key, `${one.entry.slice(0, at)}${sign}${one.entry.slice(at + 1)}`),
    ],
    [
      'a member of an entry changed',
      () =>
        write(
          one.key,
          edited((entry) => void (entry[member] = `${String(entry[member])}x`)),
        ),
    ],
    [
      'a member of an entry taken out',
      () =>
        write(
          one.key,
          edited((entry) => void delete entry[member]),
        ),
    ],
    [
      'who did it changed, and its own hash made anew',
      () =>
        write(
          one.key,
          edited((entry) => {
            const { hash: _, ...rest } = { ...JSON.parse(one.entry), actor: 'zhao' };
            Object.assign(entry, rest, { hash: entryHash(rest) });
          }),
        ),
    ],
    ['an entry deleted', () => db.prepare('delete from log where key = ?').run(one.key).changes],
    [
      'the last entry of a thing deleted',
      () =>
        db.prepare('delete from log where key = (select max(key) from log where thing = ?)').run(one.thing)
          .changes,
    ],
    [
      'all entries of a thing deleted',
      () => db.prepare('delete from log where thing = ?').run(one.thing).changes,
    ],
    [
      'two entries changed places',
      () => (one.key === other.key ? 0 : write(one.key, other.entry) + write(other.key, one.entry)),
    ],
    [
      'an entry under another thing',
      () =>
        one.thing === other.thing
          ? 0
          : db.prepare('update or ignore log set thing = ? where key = ?').run(other.thing, one.key).changes,
    ],
    [
      'an entry under another number',
      () =>
        db.prepare('update or ignore log set sequence = sequence + ? where key = ?').run(1 + pick(3), one.key)
          .changes,
    ],
    [
      'an entry twice',
      () =>
        db
          .prepare(
            'insert into log (thing, sequence, entry) select thing, sequence + ?, entry from log where key = ?',
          )
          .run(10 + pick(3), one.key).changes,
    ],
    [
      'a text changed',
      () =>
        words
          ? db.prepare('update log_texts set text = ? where rowid = ?').run(`${words.text}。`, words.rowid)
              .changes
          : 0,
    ],
    [
      'a text deleted',
      () => (words ? db.prepare('delete from log_texts where rowid = ?').run(words.rowid).changes : 0),
    ],
    [
      'a salt changed',
      () =>
        words ? db.prepare('update log_texts set salt = ? where rowid = ?').run('x', words.rowid).changes : 0,
    ],
    [
      'a text under another entry',
      () =>
        words
          ? db
              .prepare(
                'update or ignore log_texts set log = (select max(key) from log where key <> log_texts.log) where rowid = ?',
              )
              .run(words.rowid).changes
          : 0,
    ],
  ];
  const [kind, act] = kinds[pick(kinds.length)] ?? ['none', () => 0];
  return [kind, act() > 0];
}

/** A log to which something was done, so many times, each time in a copy of its own. */
export async function damagedLogs(times: number): Promise<Figure[]> {
  const folder = freshFolder();
  const sound = join(folder, 'sound.db');
  await written(sound);
  const [key, heads] = [join(folder, 'key.pem'), join(folder, 'heads')];
  writeFileSync(key, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await headsCommand(['--db', sound, '--key', key, '--out', heads, '--lang', 'en']);
  const whole = await differenceIn(sound, heads, key);
  const pick = counter(31);
  const missed: string[] = [];
  const broke = new Set<string>();
  const by = new Map<string, number>();
  const kinds = new Set<string>();
  let damaged = 0;
  for (let time = 0; time < times; time += 1) {
    const file = join(folder, 'damaged.db');
    copyFileSync(sound, file);
    const db = new Sqlite(file);
    db.pragma('foreign_keys = off');
    const [kind, done] = damage(db, pick);
    db.close();
    if (!done) continue;
    damaged += 1;
    kinds.add(kind);
    const found = await differenceIn(file, heads, key).catch((error: unknown) => {
      broke.add(`${kind}: ${String(error)}`);
      return 'broke';
    });
    if (found === null) missed.push(kind);
    else by.set(found, (by.get(found) ?? 0) + 1);
  }
  return [
    { what: 'edits, deletions and reorderings of log rows', value: damaged, holds: damaged > times / 2 },
    { what: 'kinds of them', value: kinds.size, holds: true },
    none('not found by verify-log', missed.length),
    { what: 'found by', value: [...by].map(([what, count]) => `${what} ${count}`).join(', '), holds: true },
    none('where verify-log itself broke', broke.size),
    ...[...broke].slice(0, 5).map((what) => ({ what, value: 'broke', holds: false })),
    { what: 'the log to which nothing was done', value: whole ?? 'holds', holds: whole === null },
    ...[...new Set(missed)].map((what) => ({ what, value: 'not found', holds: false })),
  ];
}
