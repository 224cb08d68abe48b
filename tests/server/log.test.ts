import { beforeEach, expect, test } from 'vitest';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import { createServer } from '../../src/server/app.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { logTo } from '../../src/server/log.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { countyOf } from '../county.ts';
import { checked, text } from '../desk/office.ts';

/** A county on a day that stands still, whose every line of log is kept; `store` can be broken. */
async function watched(options: { actors: boolean }) {
  const { county, config } = countyOf('huantai');
  const directory = demoDirectory(county);
  const store = memoryStore();
  const scoring = methodScoring(config, directory);
  const desk = createDesk({ county, directory, store, scoring, newSalt: () => 'salt' });
  const lines: string[] = [];
  const log = logTo({ level: 'info', ...options }, { write: (line) => void lines.push(line) });
  const demo = await demoIdentity();
  let ids = 0;
  let ms = 0;
  const state = { stopping: false };
  const server = createServer({
    counties: new Map([['huantai', { county, directory, store, desk }]]),
    identity: demo,
    now: () => '2026-03-02T01:00:00.000Z',
    newId: () => `made-${(ids += 1)}`,
    clock: () => (ms += 3),
    answered: log.answered,
    failed: log.failed,
    stopping: () => state.stopping,
  });
  const call = async (who: string, method: string, path: string, body?: object, headers = {}) =>
    server.fetch(
      new Request(`http://minqing.test${path}`, {
        method,
        headers: { Authorization: `Bearer ${await demo.sign(who)}`, ...headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
  const submit = async (headers = {}) =>
    call('huantai-author-1', 'POST', '/counties/huantai/reports', { action: 'submit', input: text }, headers);
  return { store, server, call, submit, lines, state, county, directory };
}
let here: Awaited<ReturnType<typeof watched>>;
beforeEach(async () => {
  here = await watched({ actors: false });
});

test('a line of the log says which route, how it ended and how long it took', async () => {
  const answer = await here.submit();
  expect(answer.headers.get('X-Request-Id')).toBe('made-1');
  expect(here.lines.map((line) => JSON.parse(line))).toEqual([
    {
      level: 30,
      time: expect.any(String),
      msg: 'answered',
      request: 'made-1',
      method: 'POST',
      route: '/counties/{county}/{things}',
      status: 201,
      ms: 3,
      county: 'huantai',
      verb: 'submit',
    },
  ]);
});

test('no line holds a name, a title, a text, a token, a query or what an error quotes', async () => {
  const report = await (await here.submit()).json();
  const path = `/counties/huantai/reports/${report.id}`;
  await here.call('huantai-checker', 'GET', `${path}?at=${encodeURIComponent('王小明')}`);
  await here.call(
    'huantai-checker',
    'GET',
    `/counties/huantai/reports?search=${encodeURIComponent(text.title)}`,
  );
  await here.call('huantai-checker', 'GET', `/counties/${encodeURIComponent('王小明')}/reports`);
  await here.call('huantai-checker', 'GET', '/who/is/wangxiaoming', undefined, {
    'X-Request-Id': 'wangxiaoming',
  });
  await here.call('huantai-checker', 'POST', `${path}/actions/${encodeURIComponent('王小明')}`, {});
  here.store.read = async () => {
    throw Object.assign(new Error(`${text.situation} 王小明`), { code: 'SQLITE_IOERR' });
  };
  const failed = await here.call('huantai-checker', 'GET', path, undefined, { 'If-Match': '1' });
  expect(failed.status).toBe(503);
  const said = here.lines.join('');
  expect(said).toContain('SQLITE_IOERR');
  const names = here.directory.people.map(({ name }) => name);
  const secret = [
    text.title,
    text.situation,
    '王小明',
    'wangxiaoming',
    'Bearer',
    'ey',
    'search=',
    report.id,
    ...names,
  ];
  expect(secret.filter((one) => said.includes(one) || said.includes(encodeURIComponent(one)))).toEqual([]);
  expect(said).not.toContain('huantai-checker');
});

test('who acted is logged only where the deployment says so', async () => {
  const other = await watched({ actors: true });
  await other.submit();
  expect(JSON.parse(other.lines[0] ?? '')).toMatchObject({ actor: 'huantai-author-1' });
});

test('a request keeps the id that the proxy gave it', async () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736';
  expect((await here.submit({ 'X-Request-Id': id })).headers.get('X-Request-Id')).toBe(id);
});

test('the figures count requests and acts by what came of them, and say what is due', async () => {
  const report = await (await here.submit()).json();
  const pass = () =>
    here.call(
      'huantai-checker',
      'POST',
      `/counties/huantai/reports/${report.id}/actions/pass`,
      { input: checked },
      { 'If-Match': '1' },
    );
  await pass();
  await pass();
  const answer = await here.server.fetch(new Request('http://minqing.test/metrics'));
  const lines = (await answer.text()).split('\n');
  expect(answer.headers.get('Content-Type')).toContain('text/plain');
  expect(lines).toEqual(
    expect.arrayContaining([
      'minqing_acts_total{verb="submit",result="done"} 1',
      'minqing_acts_total{verb="pass",result="done"} 1',
      'minqing_acts_total{verb="pass",result="conflict"} 1',
      'minqing_request_seconds_count{method="POST",route="/counties/{county}/{things}",status="201"} 1',
      'minqing_waiting{what="timers"} 0',
      'minqing_waiting{what="messages"} 0',
      'minqing_tick_lag_seconds 0',
    ]),
  );
  expect(lines.filter((line) => line.includes('huantai'))).toEqual([]);
});

test('whoever comes through a proxy is not told that there are figures', async () => {
  const asked = new Request('http://minqing.test/metrics', { headers: { 'X-Forwarded-For': '203.0.113.7' } });
  expect((await here.server.fetch(asked)).status).toBe(404);
});

test('it is ready while the store answers and it is not stopping', async () => {
  const ready = async () => {
    const answer = await here.server.fetch(new Request('http://minqing.test/readyz'));
    return [answer.status, await answer.json()];
  };
  expect(await ready()).toEqual([
    200,
    { status: 'ready', store: true, writes: 'ok', configs: true, stopping: false },
  ]);
  here.state.stopping = true;
  expect(await ready()).toEqual([
    503,
    { status: 'not ready', store: true, writes: 'ok', configs: true, stopping: true },
  ]);
  here.state.stopping = false;
  here.store.marks = () => Promise.reject(new Error('gone'));
  expect(await ready()).toEqual([
    503,
    { status: 'not ready', store: false, writes: 'ok', configs: true, stopping: false },
  ]);
});
