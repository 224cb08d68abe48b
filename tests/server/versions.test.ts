import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { versionsOf } from '../../src/desk/versions.ts';
import { packageRoot, serve } from '../../src/server/main.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { text } from '../desk/office.ts';

const people = [
  { id: 'wang', name: '王建国', kind: 'standing-member' },
  { id: 'zhao', name: '赵敏', kind: 'member' },
  { id: 'admin', name: '孙管', kind: 'cadre', posts: [{ post: 'admin' }] },
  { id: 'director', name: '李主任', kind: 'cadre', posts: [{ post: 'office-director' }] },
  { id: 'checker', name: '周核', kind: 'cadre', posts: [{ post: 'checker' }] },
];
let folder = '';
let server: Awaited<ReturnType<typeof serve>> | null = null;
const own = () => join(folder, 'huantai.json');
const read = () => readFileSync(own(), 'utf8');
const said: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-configs-'));
  for (const name of ['base.json', 'huantai.json'])
    copyFileSync(join(packageRoot, 'configs', name), join(folder, name));
  writeFileSync(join(folder, 'huantai.directory.json'), JSON.stringify({ organisations: [], people }));
  said.length = 0;
  vi.spyOn(console, 'error').mockImplementation((words) => void said.push(String(words)));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server?.close();
  server = null;
});

async function start() {
  await server?.close();
  server = await serve({
    port: 0,
    db: join(folder, 'huantai.db'),
    configs: folder,
    demo: true,
    year: false,
    told: () => undefined,
    settings: null,
  });
  const base = `http://127.0.0.1:${server.port}`;
  const token = async (id: string) =>
    (await (await fetch(`${base}/demo/token`, { method: 'POST', body: JSON.stringify({ id }) })).json())
      .token;
  const call = async (who: string, path: string, body?: object, more: Record<string, string> = {}) => {
    const answer = await fetch(`${base}/counties/huantai${path}`, {
      headers: { Authorization: `Bearer ${await token(who)}`, ...more },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, config: answer.headers.get('Minqing-Config'), body: await answer.json() };
  };
  return {
    call,
    get: async (path: string, who = 'admin') => (await call(who, path)).body,
    need: async () => (await call('wang', '/quotas')).body[0].need,
  };
}

test('a config is drafted, tried, approved and published over HTTP, and taken back, each step for those who may', async () => {
  const { call, get, need } = await start();
  expect(await get('/config')).toMatchObject({
    version: '1',
    versions: [{ number: 1, standing: 'in-force' }],
  });
  expect((await get('/config')).overrides).toContain('quotas/four-a-year/need');
  for (let sent = 0; sent < 2; sent += 1) await call('wang', '/reports', { action: 'submit', input: text });

  const changes = [
    { path: 'quotas/four-a-year/need', value: 6 },
    { path: 'method/people/lines/submitted/points', value: 3 },
  ];
  const tried = await call('admin', '/config/trial', { changes, period: String(new Date().getFullYear()) });
  expect(tried.body).toMatchObject({
    mistakes: [],
    simulation: { moves: [{ id: 'wang', was: { points: '2' }, now: { points: '6' }, difference: '4' }] },
  });
  const wrong = await call('admin', '/config/trial', {
    changes: [{ path: 'method/ratings/report-quality/criteria/advice/weight', value: 41 }],
  });
  expect(wrong.body).toMatchObject({
    simulation: null,
    mistakes: [{ code: 'weights-do-not-add-up', path: 'method/ratings/report-quality/criteria' }],
  });
  expect((await call('admin', '/config/versions', { text: '{' })).status).toBe(422);
  expect((await call('checker', '/config/versions', { changes })).status).toBe(403);

  const draft = await call('admin', '/config/versions', { changes, note: '任务改为 6 条' });
  expect([draft.status, draft.body.number, draft.body.standing]).toEqual([201, 2, 'draft']);
  expect((await get('/config/versions/2')).differences).toEqual([
    { path: 'quotas/four-a-year/need', was: 4, now: 6 },
    { path: 'method/people/lines/submitted/points', was: 1, now: 3 },
  ]);
  expect((await call('director', '/config/versions/2/actions/publish', {})).body.code).toBe('not-approved');
  expect((await call('director', '/config/versions/2/actions/approve', {})).body).toMatchObject({
    standing: 'approved',
    alone: false,
  });
  expect(await need()).toBe('4');
  expect((await call('director', '/config/versions/2/actions/publish', { from: 'soon' })).status).toBe(422);
  await call('director', '/config/versions/2/actions/publish', { from: '2026-01-01' });
  expect(await need()).toBe('6');
  // What was handed in counts by the method of its day, which began before it.
  const points = async () => (await get(`/scores?period=${new Date().getFullYear()}`)).subjects[0].points;
  expect(await points()).toBe('6');
  expect((await get(`/scores?period=${new Date().getFullYear()}&version=1`)).subjects[0].points).toBe('2');
  expect((await call('wang', '/reports/report-1')).body.points[0].points).toBe('3');

  const back = await call('director', '/config/versions/1/actions/roll-back', {});
  expect(back.body).toMatchObject({ number: 3, backTo: 1, standing: 'in-force', alone: true });
  expect(await need()).toBe('4');
});

test('a changed file is a draft at the next start and never in force by itself', async () => {
  await start();
  writeFileSync(own(), read().replace('"need": 4', '"need": 6'));
  const { get, need } = await start();
  expect(said.join()).toContain('第 2 版草案');
  expect(await need()).toBe('4');
  expect((await get('/config')).versions).toMatchObject([
    { number: 1, standing: 'in-force' },
    { number: 2, standing: 'draft', drafted: { by: 'file' } },
  ]);
  const again = await start();
  expect((await again.get('/config')).versions).toHaveLength(2);
});

test('a first start that was broken off between its steps is taken up by the next one', async () => {
  const store = await sqliteStore({ file: join(folder, 'huantai.db') });
  const base = readFileSync(join(folder, 'base.json'), 'utf8');
  await versionsOf('huantai', store).draft(
    { text: read(), bases: { base } },
    { by: 'file', at: '2026-01-01T00:00:00.000Z' },
  );
  await store.close();
  const { get } = await start();
  expect((await get('/config')).versions).toMatchObject([{ number: 1, standing: 'in-force' }]);
});

test('a running process follows what another one publishes, and its answers name the version', async () => {
  const { call, need } = await start();
  const store = await sqliteStore({ file: join(folder, 'huantai.db') });
  const versions = versionsOf('huantai', store);
  const by = { by: 'cli', at: new Date().toISOString() };
  const base = readFileSync(join(folder, 'base.json'), 'utf8');
  const { number } = await versions.draft(
    { text: read().replace('"need": 4', '"need": 5'), bases: { base } },
    by,
  );
  await versions.approve(number, by);
  await versions.publish(number, '2026-01-01', by);
  await store.close();
  await vi.waitFor(async () => expect(await need()).toBe('5'), { timeout: 10_000 });
  expect((await call('wang', '/quotas')).config).toBe('2');
});

test('what began under one version finishes under it, and what begins later follows the next', async () => {
  const { call } = await start();
  const first = (await call('zhao', '/reports', { action: 'submit', input: text })).body;
  const stages = JSON.parse(readFileSync(join(folder, 'base.json'), 'utf8')).flows.report.stages;
  // The new path has no initial check but for a town's matter: what is handed in goes to the second review at once.
  const { actions } = stages.find(({ id }: { id: string }) => id === 'draft');
  actions.submit.to = [{ if: 'town-matter', to: 'initial-check' }, { to: 'second-review' }];
  const config = JSON.parse(read());
  config.flows = {
    report: {
      stages: [
        { id: 'draft', actions },
        { id: 'initial-check', actions: { claim: null } },
      ],
    },
  };
  const { number } = (await call('admin', '/config/versions', { text: JSON.stringify(config) })).body;
  await call('director', `/config/versions/${number}/actions/approve`, {});
  await call('director', `/config/versions/${number}/actions/publish`, { from: '2026-01-01' });
  const second = (await call('zhao', '/reports', { action: 'submit', input: text })).body;
  expect([first.stage.id, second.stage.id]).toEqual(['initial-check', 'second-review']);
  const passed = await call(
    'checker',
    `/reports/${first.id}/actions/claim`,
    {},
    { 'If-Match': `"${first.version}"` },
  );
  expect(passed.status).toBe(200);
  const queue = (await call('checker', '/reports?view=todo')).body;
  expect(queue.rows.map(({ id }: { id: string }) => id)).toEqual([first.id]);
});

test('what is under way moves to the version in force for those who may publish, and every answer says what happened', async () => {
  const { call } = await start();
  const sent = (await call('zhao', '/reports', { action: 'submit', input: text })).body;
  const config = JSON.parse(read());
  config.flows = { report: { stages: [{ id: 'initial-check', due: { workingDays: 8 } }] } };
  const { number } = (await call('admin', '/config/versions', { text: JSON.stringify(config) })).body;
  const migration = `/config/versions/${number}/migration`;
  // What a draft would do can be looked at; doing it waits for the version to be in force.
  const tried = (await call('director', migration, { dryRun: true })).body;
  expect(tried).toMatchObject({ dry: true, rows: [{ id: sent.id, is: 'would-move' }] });
  expect((await call('director', migration, {})).body.code).toBe('not-in-force');
  expect((await call('checker', migration, { dryRun: true })).status).toBe(403);
  await call('director', `/config/versions/${number}/actions/approve`, {});
  const publish = `/config/versions/${number}/actions/publish`;
  const wrong = { how: 'now', stages: { report: { 'initial-chek': 'initial-check' } } };
  expect((await call('director', publish, { from: '2026-01-01', underWay: wrong })).body.code).toBe(
    'bad-stage-map',
  );
  expect((await call('director', publish, { underWay: 'soon' })).status).toBe(400);
  const published = await call('director', publish, {
    from: '2026-01-01',
    underWay: { how: 'next-stage', stages: {} },
  });
  expect(published.body.published.underWay).toEqual({ how: 'next-stage', stages: {} });
  expect((await call('director', migration, {})).body).toMatchObject({
    rows: [{ id: sent.id, is: 'moved', said: [expect.stringContaining('重新计算'), '上一步不能再拿回。'] }],
  });
  expect((await call('director', migration, {})).body).toMatchObject({ rows: [], already: 1 });
  const seen = (await call('zhao', `/reports/${sent.id}`)).body;
  expect(seen).toMatchObject({ configVersion: String(number), due: { count: 8 } });
});
