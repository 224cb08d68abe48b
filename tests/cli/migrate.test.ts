import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { configCommand } from '../../src/cli/config.ts';
import { migrateCommand } from '../../src/cli/migrate.ts';
import { verifyLogCommand } from '../../src/cli/verify-log.ts';
import { whatIfCommand } from '../../src/cli/what-if.ts';
import { openCounties } from '../../src/server/counties.ts';
import { actorIn } from '../../src/server/host.ts';
import { packageRoot } from '../../src/server/main.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { checked, text } from '../desk/office.ts';
import { run } from './run.ts';

let folder = '';
let db = '';
const next = () => join(folder, 'next');
const people = [
  { id: 'wang', name: '王建国', kind: 'member' },
  { id: 'checker', name: '周核', kind: 'cadre', posts: [{ post: 'checker' }] },
  { id: 'director', name: '李主任', kind: 'cadre', posts: [{ post: 'office-director' }] },
];

/** A county's database as a server left it, with one report at the second review, and a changed config beside it. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-cli-migrate-'));
  db = join(folder, 'county.db');
  for (const name of ['base.json', 'huantai.json'])
    copyFileSync(join(packageRoot, 'configs', name), join(folder, name));
  writeFileSync(join(folder, 'huantai.directory.json'), JSON.stringify({ organisations: [], people }));
  const store = await sqliteStore({ file: db });
  let minutes = 0;
  let salts = 0;
  const now = () => new Date(Date.parse('2026-03-02T01:00:00Z') + (minutes += 1) * 60_000).toISOString();
  const newSalt = () => `salt-${(salts += 1)}`;
  const { hosts } = await openCounties({ folder, store, demo: false, now, newSalt, heard: () => undefined });
  const host = hosts.get('huantai');
  if (!host) throw new Error('no county');
  const act = async (who: string, action: 'submit' | 'pass', id: string | null, input: object) => {
    const at = now();
    const actor = actorIn(host, who, at);
    if (!actor) throw new Error(`nobody ${who}`);
    return host.desk.act({
      thing: { county: 'huantai', kind: 'report', id },
      action,
      input: { ...input },
      expected: id === null ? null : 1,
      takes: [],
      onBehalf: null,
      actor,
      now: at,
      language: 'zh',
      key: null,
    });
  };
  const { id } = await act('wang', 'submit', null, text);
  await act('checker', 'pass', id, checked);
  await store.close();

  mkdirSync(next());
  const base = readFileSync(join(folder, 'base.json'), 'utf8').replaceAll('"second-review"', '"review-two"');
  writeFileSync(join(next(), 'base.json'), base);
  copyFileSync(join(folder, 'huantai.json'), join(next(), 'huantai.json'));
  writeFileSync(join(next(), 'map.json'), '{ "report": { "second-review": "review-two" } }');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const migrate = (...more: string[]) =>
  run(migrateCommand, ['--county', 'huantai', '--db', db, '--configs', folder, '--lang', 'en', ...more]);

test('what a year would have been is told from the database and a config, and nothing is written', async () => {
  const config = join(next(), 'huantai.json');
  const asked = ['--config', config, '--db', db, '--configs', folder, '--period', '2026'];
  const told = await run(whatIfCommand, [...asked, '--lang', 'en']);
  expect(told.code).toBe(0);
  expect(told.out).toContain('1 began from 2026-01-01 to 2026-12-31; 1 replayed to the end, 1 otherwise');
  expect(told.out).toMatch(/Report: Second review +0 +1 +\+1/);
  expect(told.err).toContain('What a replay cannot know');
  const json = JSON.parse((await run(whatIfCommand, [...asked, '--json'])).out);
  expect(json.otherwise).toMatchObject([
    { apart: { sequence: 2, was: { id: 'second-review' }, now: { id: 'review-two' } } },
  ]);
  const same = ['--config', join(folder, 'huantai.json'), '--db', db, '--configs', folder, '--json'];
  expect(JSON.parse((await run(whatIfCommand, same)).out)).toMatchObject({ things: 1, otherwise: [] });
  const listed = await run(configCommand, ['list', 'huantai', '--db', db]);
  expect(listed.out.trim().split('\n')).toHaveLength(1);
});

test('a draft is tried, what would be stranded is named and ends with 1; published and mapped it is moved, once', async () => {
  await run(configCommand, ['draft', join(next(), 'huantai.json'), '--db', db, '--by', 'admin']);
  const tried = await migrate('--to', '2', '--dry-run');
  expect(tried.code).toBe(1);
  expect(tried.out).toMatch(/report-1 .*refused .*needs the stage "Second review" \(second-review\)/);
  const map = join(next(), 'map.json');
  expect((await migrate('--to', '2', '--map', map)).refused?.en).toMatch(/Version 2 is not in force/);
  await run(configCommand, ['approve', 'huantai', '2', '--db', db, '--by', 'boss']);
  const publish = ['publish', 'huantai', '2', '--from', '2026-03-01', '--db', db, '--by', 'boss'];
  const wrong = await run(configCommand, [...publish, '--under-way', 'soon']);
  expect(wrong.refused?.en).toContain('keep, next-stage or now');
  await run(configCommand, [...publish, '--under-way', 'next-stage', '--map', map]);
  const moved = await migrate();
  expect([moved.code, moved.out]).toEqual([0, expect.stringMatching(/report-1 .*Second review .*moved/)]);
  expect((await migrate()).out).toBe(
    '0 under way, 0 refused; 1 follow version 2 already, 0 have ended and stay as they are.\n',
  );
  const proof = await run(verifyLogCommand, ['--db', db, '--configs', folder]);
  expect(proof.out).toContain('huantai 3 ✓');
});

test('a county or database that is not there is a sentence', async () => {
  const asked = ['--county', 'nowhere', '--db', db, '--configs', folder];
  expect((await run(migrateCommand, asked)).refused?.en).toMatch(/has no nowhere/);
  expect((await run(migrateCommand, ['--db', db])).refused?.zh).toContain('--county');
  expect((await run(whatIfCommand, ['--db', db])).refused?.zh).toContain('--config');
});
