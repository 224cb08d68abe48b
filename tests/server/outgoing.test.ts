import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Told } from '../../src/desk/outgoing.ts';
import { sendDue, signedTo, waitAfter, type Outgoing } from '../../src/server/outgoing.ts';
import { postWithin } from '../../src/server/post.ts';
import { readReceivers, type Receiver } from '../../src/server/receivers.ts';
import { isGenuine } from '../../src/server/webhook.ts';
import type { Sending, Store } from '../../src/store/port.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { officeOf, text } from '../desk/office.ts';

const [secret, older] = ['whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz', 'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4'];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-outgoing-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A receiver on this machine that answers as it is told to, and keeps what it took. */
function listener() {
  let server: Server | null = null;
  let port = 0;
  const state = {
    status: 200,
    silent: false,
    took: [] as { headers: Headers; body: string; told: Told }[],
    asked: 0,
  };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      state.asked += 1;
      if (state.silent) return;
      if (state.status === 200)
        state.took.push({
          headers: new Headers(request.headers as Record<string, string>),
          body,
          told: JSON.parse(body),
        });
      response.writeHead(state.status, { Location: 'http://127.0.0.1:1/' }).end('x'.repeat(9));
    });
  };
  return {
    state,
    url: () => `http://127.0.0.1:${port}/told`,
    async up() {
      const opened = createServer(answer);
      await new Promise<void>((resolve) => opened.listen(port, '127.0.0.1', resolve));
      const address = opened.address();
      port = typeof address === 'object' && address ? address.port : port;
      server = opened;
    },
    async down() {
      const closed = new Promise((resolve) => server?.close(resolve) ?? resolve(null));
      server?.closeAllConnections();
      await closed;
      server = null;
    },
  };
}

let files = 0;
let file = '';
let store: Store;
let portal: ReturnType<typeof listener>;
let receiver: Receiver;
let now = '';
const stores: Store[] = [];
const pass = (minutes: number) => (now = new Date(Date.parse(now) + minutes * 60_000).toISOString());
const outgoing = (over: Store = store): Outgoing => ({
  store: over,
  now: () => now,
  // Long enough for a busy machine, but for a receiver that says nothing.
  post: (...sent) => postWithin(portal.state.silent ? 200 : 30_000)(...sent),
  chance: () => 0.5,
});
const sendBy = (by: Outgoing) => sendDue(receiver.id, signedTo(receiver, by), by);
const send = (over: Store = store) => sendBy(outgoing(over));
const received = () => portal.state.took.map(({ told }) => told.id);

beforeEach(async () => {
  file = join(folder, `${(files += 1)}.db`);
  store = await sqliteStore({ file });
  stores.push(store);
  portal = listener();
  await portal.up();
  receiver = {
    id: 'portal',
    url: new URL(portal.url()),
    secrets: [secret],
    counties: null,
    private: false,
    local: true,
  };
  now = '2026-03-02T02:00:00.000Z';
});
afterEach(async () => {
  await portal.down();
  for (const one of stores.splice(0)) await one.close();
});

/** Several words of several things, kept beside one act each. */
async function keep(things: string[], each: number): Promise<void> {
  const about = (id: string) => ({ county: 'one', kind: 'report' as const, id });
  const sends = Array.from({ length: each }, (_none, version) =>
    things.map((id): Sending => ({
      id: `one.report.${id}.${version + 1}`,
      receiver: 'portal',
      about: about(id),
      body: JSON.stringify({ id: `one.report.${id}.${version + 1}`, thing: id, version: version + 1 }),
    })),
  ).flat();
  await store.commit({ steps: [], scores: [], timers: [], messages: [], key: null, sends });
}
async function sendAll(): Promise<void> {
  while ((await send()) > 0);
}

test('an act is told to each receiver of its county in the same commit: which thing, what was done, no word of it', async () => {
  const { begin } = officeOf('huantai', store, '2026-03-02', {}, ['portal']);
  const report = await begin('wang', 'report', 'submit', text);
  await sendAll();
  expect(portal.state.took.map(({ told }) => told)).toEqual([
    {
      id: `huantai.report.${report.id}.1`,
      county: 'huantai',
      kind: 'report',
      thing: report.id,
      version: 1,
      action: 'submit',
      stage: 'initial-check',
      at: expect.any(String),
    },
  ]);
  expect(await send()).toBe(0);
});

test('what arrives is signed over its id, time and body, by the old secret too while it is changed, and only for now', async () => {
  receiver.secrets = [secret, older];
  await keep(['r-1'], 1);
  await sendAll();
  const [one] = portal.state.took;
  if (!one) throw new Error('nothing came');
  const { headers, body } = one;
  const genuine = (secrets: string[], changed: { body?: string; at?: string; headers?: Headers } = {}) =>
    isGenuine({ headers, body, at: now, ...changed }, secrets);
  const named = (name: string, value: string) => {
    const other = new Headers(headers);
    other.set(name, value);
    return other;
  };
  expect([genuine([secret]), genuine([older])]).toEqual([true, true]);
  expect(genuine(['whsec_QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB'])).toBe(false);
  expect(genuine([secret], { body: `${body} ` })).toBe(false);
  expect(genuine([secret], { headers: named('webhook-id', 'one.report.r-2.1') })).toBe(false);
  expect(genuine([secret], { headers: named('webhook-timestamp', '1') })).toBe(false);
  expect(genuine([secret], { at: '2026-03-02T02:05:00.000Z' })).toBe(true);
  expect(genuine([secret], { at: '2026-03-02T02:05:01.000Z' })).toBe(false);
  expect(genuine([secret], { at: '2026-03-02T01:54:59.000Z' })).toBe(false);
  expect(isGenuine({ headers: new Headers(), body, at: now }, [secret])).toBe(false);
});

test.each([
  ['refuses', 'HTTP 500', () => void (portal.state.status = 500)],
  ['sends elsewhere', 'HTTP 302', () => void (portal.state.status = 302)],
  ['says nothing', 'timeout', () => void (portal.state.silent = true)],
  ['is down', 'ECONNREFUSED', () => portal.down()],
])(
  'a receiver that %s is asked again, later each time, and gets it once it is well',
  async (_how, why, fail) => {
    await keep(['r-1'], 1);
    await fail();
    expect(await send()).toBe(1);
    expect(await send()).toBe(0);
    const failures = await store.claimSends('portal', 9, {
      now: '2030-01-01',
      until: '2026-03-02T02:00:00.000Z',
    });
    expect(failures.map(({ failure }) => failure)).toEqual([why]);
    pass(0.49);
    expect(await send()).toBe(0);
    pass(0.01);
    expect(await send()).toBe(1);
    pass(0.99);
    expect(await send()).toBe(0);
    await portal.down();
    await portal.up();
    Object.assign(portal.state, { status: 200, silent: false });
    pass(0.01);
    expect(await send()).toBe(1);
    expect(received()).toEqual(['one.report.r-1.1']);
    pass(9999);
    expect(await send()).toBe(0);
  },
);

test('the wait doubles up to six hours, and chance spreads it by half', () => {
  const minutes = (attempts: number, chance = 0.5) => waitAfter(attempts, chance) / 60_000;
  expect([1, 2, 3, 10, 19].map((attempts) => minutes(attempts))).toEqual([0.5, 1, 2, 256, 360]);
  expect([minutes(3, 0), minutes(3, 1)]).toEqual([1, 3]);
});

test('what is refused for days is given up, listed with its reason, and sent again when somebody says so', async () => {
  await keep(['r-1', 'r-2'], 1);
  portal.state.status = 503;
  for (let attempts = 0; attempts < 20; attempts += 1) {
    expect(await send()).toBe(2);
    pass(360);
  }
  expect(await send()).toBe(0);
  const dead = await store.deadSends('one', 0, 9);
  expect(dead.map(({ id, attempts, failure }) => [id, attempts, failure])).toEqual([
    ['one.report.r-1.1', 20, 'HTTP 503'],
    ['one.report.r-2.1', 20, 'HTTP 503'],
  ]);
  expect(await store.deadSends('two', 0, 9)).toEqual([]);
  expect(await store.waiting('2026-03-02')).toEqual({ timers: 0, sends: 0, dead: 2 });
  portal.state.status = 200;
  expect(await store.replaySends('two', null, now)).toBe(0);
  expect(await store.replaySends('one', [dead[1]?.key ?? 0], now)).toBe(1);
  await sendAll();
  expect(received()).toEqual(['one.report.r-2.1']);
  expect(await store.replaySends('one', null, now)).toBe(1);
  await sendAll();
  expect(received()).toEqual(['one.report.r-2.1', 'one.report.r-1.1']);
});

test('what happened to one thing arrives in its order, though attempts fail; other things do not wait for it', async () => {
  await keep(['r-1', 'r-2', 'r-3'], 4);
  let refused = 0;
  const { post } = outgoing();
  const failing: Outgoing = {
    ...outgoing(),
    // Every third attempt is lost on its way.
    post: (to, headers, body) =>
      (refused += 1) % 3 === 0 ? Promise.resolve('lost') : post(to, headers, body),
  };
  for (let round = 0; round < 12; round += 1) {
    await sendBy(failing);
    pass(360);
  }
  for (const thing of ['r-1', 'r-2', 'r-3'])
    expect(
      portal.state.took.filter(({ told }) => told.thing === thing).map(({ told }) => told.version),
    ).toEqual([1, 2, 3, 4]);
});

test('two processes on one database send each once between them', async () => {
  const other = await sqliteStore({ file });
  stores.push(other);
  const things = Array.from({ length: 30 }, (_none, n) => `r-${n}`);
  await keep(things, 2);
  // How many one takes up before another does is chance; that none is left, and none is sent twice, is not.
  for (let round = 0; round < 60 && received().length < 60; round += 1)
    await Promise.all([send(), send(other), send(), send(other)]);
  expect(received()).toHaveLength(60);
  expect(new Set(received()).size).toBe(60);
});

test('what a process had claimed when it died is sent by another a minute later', async () => {
  await keep(['r-1'], 1);
  await store.claimSends('portal', 9, { now, until: '2026-03-02T02:01:00.000Z' });
  expect(await send()).toBe(0);
  pass(1);
  expect(await send()).toBe(1);
  expect(received()).toEqual(['one.report.r-1.1']);
});

test('an attempt that outlived its claim changes nothing for whoever has claimed it since, unless it arrived', async () => {
  await keep(['r-1'], 1);
  const [first] = await store.claimSends('portal', 9, { now, until: '2026-03-02T02:01:00.000Z' });
  pass(1);
  await store.claimSends('portal', 9, { now, until: '2026-03-02T02:02:00.000Z' });
  const key = first?.key ?? 0;
  await store.settleSend(key, '2026-03-02T02:01:00.000Z', { attempts: 20, failure: 'timeout', due: null });
  expect(await store.waiting('2026-03-02')).toMatchObject({ sends: 1, dead: 0 });
  await store.settleSend(key, '2026-03-02T02:01:00.000Z', null);
  expect(await store.waiting('2026-03-02')).toMatchObject({ sends: 0, dead: 0 });
});

test.each([
  'https://127.0.0.1/',
  'https://localhost/',
  'https://10.1.2.3/',
  'https://172.20.0.1/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://100.100.100.200/',
  'https://0.0.0.0/',
  'https://2130706433/',
  'https://0x7f.1/',
  'https://[::1]/',
  'https://[::]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://[64:ff9b::a00:1]/',
  'https://[2002:a00:1::1]/',
])('%s is not called: it is inside', async (url) => {
  const post = postWithin(200);
  const to = { ...receiver, url: new URL(url), local: false };
  expect(await post(to, {}, '{}')).toBe('forbidden-address');
});

test('a name that leads inside is not called, one inside is where the deployment allows it, and local is this machine alone', async () => {
  const { guardedLookup, judgeHost } = await import('../../src/server/address-guard.ts');
  const found = (addresses: string[], as: Partial<Receiver>) =>
    new Promise((resolve) => {
      const look = guardedLookup({ ...receiver, local: false, ...as }, ((
        _name: string,
        _options: object,
        answer: (error: null, all: { address: string; family: number }[]) => void,
      ) =>
        answer(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        )) as never);
      look('portal.example', {}, (error, address) => resolve(error ? 'refused' : address));
    });
  expect(await found(['93.184.216.34'], {})).toBe('93.184.216.34');
  expect(await found(['2606:2800:220:1::1'], {})).toBe('2606:2800:220:1::1');
  expect(await found(['10.0.0.8'], {})).toBe('refused');
  expect(await found(['93.184.216.34', '127.0.0.1'], {})).toBe('refused');
  expect(await found(['10.0.0.8'], { private: true })).toBe('10.0.0.8');
  for (const never of ['127.0.0.1', '::ffff:127.0.0.1', '169.254.169.254', '100.100.100.200', 'fe80::1'])
    expect(await found([never], { private: true })).toBe('refused');
  expect(await found(['93.184.216.34'], { local: true })).toBe('refused');
  expect(await found(['127.0.0.1'], { local: true })).toBe('127.0.0.1');
  expect(() => judgeHost(new URL('https://93.184.216.34/'), { ...receiver, local: false })).not.toThrow();
});

test('the deployment’s file is read whole or refused, each mistake with its place', () => {
  const good = { id: 'portal', url: 'https://portal.example/told', secrets: [secret] };
  const read = (...receivers: object[]) =>
    readReceivers('hooks.json', JSON.stringify({ receivers })).receivers;
  const refusal = (...receivers: object[]) => {
    try {
      read(...receivers);
      return 'read';
    } catch (error) {
      return error instanceof Error ? error.message.split(':')[0] : '';
    }
  };
  expect(read(good)).toEqual([
    { ...good, url: new URL(good.url), counties: null, private: false, local: false },
  ]);
  expect(refusal({ ...good, url: 'http://portal.example/' })).toBe('hooks.json #/receivers/0/url');
  expect(refusal({ ...good, url: 'https://a:b@portal.example/' })).toBe('hooks.json #/receivers/0/url');
  expect(refusal({ ...good, url: 'file:///etc/passwd', local: true })).toBe('hooks.json #/receivers/0/url');
  expect(refusal({ ...good, url: 'http://localhost/', local: true })).toBe('read');
  expect(refusal({ ...good, secrets: [] })).toBe('hooks.json #/receivers/0/secrets');
  expect(refusal({ ...good, secrets: ['whsec_c2hvcnQ='] })).toBe('hooks.json #/receivers/0/secrets');
  expect(refusal(good, { ...good, id: 'Portal 2' })).toBe('hooks.json #/receivers/1/id');
  expect(refusal({ ...good, secret })).toBe('hooks.json #/receivers/0/secret');
  expect(refusal({ ...good, counties: 'huantai' })).toBe('hooks.json #/receivers/0/counties');
  expect(refusal(good, good)).toBe('hooks.json #/receivers');
  expect(() => readReceivers('hooks.json', '[')).toThrow('no valid JSON');
});
