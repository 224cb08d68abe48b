import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openCounties } from '../../src/server/counties.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { handIn, onceEach } from '../desk/many.ts';

const root = new URL('../../', import.meta.url).pathname;

/** A file with reports of 2 March that are due on the 5th, and a folder with their county alone. */
async function office(many: number) {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-'));
  for (const name of ['base.json', 'huantai.json'])
    copyFileSync(join(root, 'configs', name), join(folder, name));
  const db = join(mkdtempSync(join(tmpdir(), 'minqing-')), 'clocks.db');
  const store = await sqliteStore({ file: db });
  const at = '2026-03-02T01:00:00.000Z';
  const { hosts } = await openCounties({
    folder,
    store,
    demo: true,
    now: () => at,
    newSalt: () => 'salt',
    heard: () => undefined,
  });
  const host = hosts.get('huantai');
  if (!host) throw new Error('no county');
  await handIn(store, host.county, many, at);
  await store.close();
  return { db, folder };
}
type Office = Awaited<ReturnType<typeof office>>;

/** A process of its own on the file. */
function run({ db, folder }: Office, command: string, ...args: string[]) {
  const given = ['dist/cli.js', command, '--db', db, '--configs', folder, ...args];
  const child = spawn(process.execPath, given, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += String(chunk)));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
  return { child, ended };
}
const tickAt = (of: Office, at: string) => run(of, 'tick', '--demo', '--at', at);
const acted = ({ said }: { said: string }) => Number(/^huantai (\d+)/m.exec(said)?.[1]);

/** How many the clock has acted on so far, read from beside. */
function countIn(db: string): number {
  const file = new Database(db, { readonly: true });
  const count = file.prepare<[], number>('select count(*) from log where sequence = 2').pluck().get();
  file.close();
  return count ?? 0;
}
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

test('the ticks of two machines at the same time do everything once between them', async () => {
  const many = 1_500;
  // One may be done before the other has started: then they are tried again, and each time all is done once.
  for (let tries = 5, atOnce = false; !atOnce; tries -= 1) {
    expect(tries).toBeGreaterThan(0);
    const of = await office(many);
    const both = [tickAt(of, '2026-03-06T01:00:00Z'), tickAt(of, '2026-03-06T01:00:00Z')];
    const ended = await Promise.all(both.map((each) => each.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    const done = ended.map(acted);
    expect(done.reduce((sum, one) => sum + one, 0)).toBe(many);
    onceEach(new Database(of.db, { readonly: true }), many);
    expect((await run(of, 'verify-log').ended).code).toBe(0);
    atOnce = Math.min(...done) > 0;
  }
}, 90_000);

test('a machine killed in the middle of what is due leaves nothing half done, and the next goes on where it was', async () => {
  const many = 600;
  const of = await office(many);
  const first = tickAt(of, '2026-03-06T01:00:00Z');
  await until(() => countIn(of.db) > 0);
  first.child.kill('SIGKILL');
  await first.ended;
  const before = countIn(of.db);
  expect(before).toBeLessThan(many);
  // What the dead one had taken up is left to it for a minute.
  expect(acted(await tickAt(of, '2026-03-06T01:02:00Z').ended)).toBe(many - before);
  onceEach(new Database(of.db, { readonly: true }), many);
}, 90_000);

test('a restart in the middle of a deadline changes neither its day nor that it acts once', async () => {
  const of = await office(1);
  const on = async (at: string) => acted(await tickAt(of, at).ended);
  const serving = run(of, 'serve', '--demo', '--empty', '--port', '0');
  const listens = new Promise((resolve) => serving.child.stdout.once('data', resolve));
  await Promise.race([listens, serving.ended]);
  serving.child.kill('SIGKILL');
  await serving.ended;
  expect(await on('2026-03-05T15:59:59Z')).toBe(0);
  // Midnight in the county; then the clock is set back a day, and is right again.
  expect(await on('2026-03-05T16:00:00Z')).toBe(1);
  expect(await on('2026-03-04T16:00:00Z')).toBe(0);
  expect(await on('2026-03-05T16:00:00Z')).toBe(0);
  onceEach(new Database(of.db, { readonly: true }), 1);
}, 90_000);
