import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { contentSecurityPolicy } from '../../src/server/app.ts';
import { demoRoutes, openApiPath, routes } from '../../src/server/routes.ts';
import type { ThingView } from '../../src/model/view.ts';
import { checked, text } from '../desk/office.ts';
import { png } from '../picture.ts';
import { twoCounties } from './two-counties.ts';

let demo: Awaited<ReturnType<typeof twoCounties>>['demo'];
let server: Awaited<ReturnType<typeof twoCounties>>['server'];

beforeAll(async () => {
  ({ demo, server } = await twoCounties());
});

const call = async (
  who: string | null,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) => {
  const token = who === null ? null : who.includes('.') ? who : await demo.sign(who);
  return server.fetch(
    new Request(`http://minqing.test${path}`, {
      method,
      headers: { ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );
};
const submit = async (who = 'huantai-author-1', headers = {}): Promise<ThingView> =>
  (await call(who, 'POST', '/counties/huantai/reports', { action: 'submit', input: text }, headers)).json();
const pass = (
  view: ThingView,
  input: object = checked,
  who = 'huantai-checker',
  headers: Record<string, string> = {},
) =>
  call(
    who,
    'POST',
    `/counties/huantai/reports/${view.id}/actions/pass`,
    { input },
    { 'If-Match': `"${view.version}"`, ...headers },
  );

test('a report is submitted and passed over HTTP', async () => {
  const view = await submit();
  const passed = await pass(view);
  expect(passed.status).toBe(200);
  expect(passed.headers.get('ETag')).toBe('"2"');
  expect(await passed.json()).toMatchObject({ stage: { id: 'second-review' } });
});

test('a null character is refused in a text, an address and a search; the six signs that write one are not', async () => {
  const open = (title: string) =>
    call('huantai-author-1', 'POST', '/counties/huantai/reports', {
      action: 'submit',
      input: { ...text, title },
    });
  const refused = await open('路灯\0不亮');
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({
    code: 'bad-request',
    detail: expect.stringContaining('U+0000'),
  });
  for (const path of ['/reports?search=a%00b', '/reports/report-1%00', '/map?kind=report&current=%00'])
    expect((await call('huantai-checker', 'GET', `/counties/huantai${path}`)).status).toBe(400);
  expect((await open('反斜杠 \\u0000 六个字符')).status).toBe(201);
});

test('a report as it stood at a moment or at the end of a day is asked with `at`', async () => {
  const view = await submit();
  const asked = (at: string) =>
    call('huantai-checker', 'GET', `/counties/huantai/reports/${view.id}?at=${encodeURIComponent(at)}`);
  expect(await (await asked('2026-03-02')).json()).toMatchObject({
    stage: { id: 'initial-check' },
    actions: [],
  });
  expect((await asked('2026-03-01')).status).toBe(404);
  expect((await asked('2026-03-02T00:59:59Z')).status).toBe(404);
  expect(await (await asked('last week')).json()).toMatchObject({ status: 422, code: 'bad-date' });
});

test('malformed JSON, an unknown action, a missing field, an unknown field and long text each get a clear problem', async () => {
  const bad = await call('huantai-author-1', 'POST', '/counties/huantai/reports', '{"input": {');
  expect([bad.status, bad.headers.get('Content-Type')]).toEqual([400, 'application/problem+json']);
  expect(await bad.json()).toMatchObject({ code: 'bad-json' });
  const view = await submit();
  const unknown = await call(
    'huantai-checker',
    'POST',
    `/counties/huantai/reports/${view.id}/actions/explode`,
    {},
    { 'If-Match': '1' },
  );
  expect([unknown.status, (await unknown.json()).code]).toEqual([422, 'unknown-action']);
  const missing = await call('huantai-author-1', 'POST', '/counties/huantai/reports', {
    action: 'submit',
    input: { title: 'x' },
  });
  const fields = (await missing.json()).fields.map((field: { field: string }) => field.field);
  expect([missing.status, fields]).toEqual([422, ['situation', 'analysis', 'suggestion']]);
  const extra = await call('huantai-author-1', 'POST', '/counties/huantai/reports', {
    action: 'submit',
    input: { ...text, points: 9 },
  });
  expect(extra.status).toBe(422);
  const huge = await call('huantai-author-1', 'POST', '/counties/huantai/reports', {
    action: 'submit',
    input: { ...text, situation: '长'.repeat(700_000) },
  });
  expect(huge.status).toBe(413);
});

test('without a version nothing is overwritten, and an old one gets the thing as it is now', async () => {
  const view = await submit();
  expect(
    (
      await call('huantai-checker', 'POST', `/counties/huantai/reports/${view.id}/actions/pass`, {
        input: checked,
      })
    ).status,
  ).toBe(428);
  await pass(view);
  const late = await pass(view);
  expect(late.status).toBe(409);
});

test('two at once: one is done, the other gets a conflict with the current thing', async () => {
  const view = await submit();
  const act = (action: string, input: object) =>
    call(
      'huantai-checker',
      'POST',
      `/counties/huantai/reports/${view.id}/actions/${action}`,
      { input },
      { 'If-Match': '1' },
    );
  const both = await Promise.all([
    act('return', { comment: '请改' }),
    act('not-use', { reason: 'plagiarism' }),
  ]);
  expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
  const loser = both.find((one) => one.status === 409);
  expect(await loser?.json()).toMatchObject({ code: 'conflict', current: { id: view.id, version: 2 } });
});

test('the same key has one effect, and another body under it is refused', async () => {
  const first = await submit('huantai-author-2', { 'Idempotency-Key': 'k' });
  const again = await submit('huantai-author-2', { 'Idempotency-Key': 'k' });
  expect(again.id).toBe(first.id);
  const other = await call(
    'huantai-author-2',
    'POST',
    '/counties/huantai/reports',
    { action: 'submit', input: { ...text, title: '另一条' } },
    { 'Idempotency-Key': 'k' },
  );
  expect(other.status).toBe(422);
});

test('another county’s report is not found, word for word like one that does not exist; in one’s own it is forbidden', async () => {
  const view = await submit();
  const there = await call('ningshan-checker', 'GET', `/counties/huantai/reports/${view.id}`);
  const nowhere = await call('ningshan-checker', 'GET', '/counties/ningshan/reports/report-999');
  const unknown = await call('ningshan-checker', 'GET', '/counties/atlantis/reports/report-1');
  const bodies = await Promise.all([there, nowhere, unknown].map((answer) => answer.text()));
  expect([there.status, nowhere.status, unknown.status]).toEqual([404, 404, 404]);
  expect(new Set(bodies).size).toBe(1);
  expect((await call('huantai-author-2', 'GET', `/counties/huantai/reports/${view.id}`)).status).toBe(403);
});

test('posts in a token are ignored; only the directory says who holds one', async () => {
  const view = await submit();
  const answer = await pass(view, checked, 'huantai-author-1');
  expect(answer.status).toBe(403);
});

test('no token, a foreign key, another issuer, an expired one and an unsigned one are all refused', async () => {
  const { privateKey } = await generateKeyPair('ES256');
  const good = () =>
    new SignJWT({ posts: ['checker'] })
      .setSubject('huantai-checker')
      .setIssuer('minqing-demo')
      .setAudience('minqing')
      .setExpirationTime('1h');
  const tokens = [
    await good().setProtectedHeader({ alg: 'ES256' }).sign(privateKey),
    await good()
      .setProtectedHeader({ alg: 'HS256' })
      .sign(new TextEncoder().encode('x'.repeat(32))),
    new UnsecuredJWT({})
      .setSubject('huantai-checker')
      .setIssuer('minqing-demo')
      .setAudience('minqing')
      .setExpirationTime('1h')
      .encode(),
    `${(await demo.sign('huantai-checker')).slice(0, -6)}AAAAAA`,
    'a.b.c',
  ];
  for (const token of [null, ...tokens]) {
    const answer = await call(token, 'GET', '/counties/huantai');
    expect([answer.status, answer.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer']);
  }
});

test('every route names who may use it, and the OpenAPI document is what is really there', async () => {
  const named = [...Object.values(routes), ...Object.values(demoRoutes)];
  const real = new Set(
    server.routes
      .filter((route) => route.method !== 'ALL')
      .map((route) => `${route.method.toLowerCase()} ${route.path}`),
  );
  expect([...real].sort()).toEqual(named.map((route) => `${route.method} ${route.path}`).sort());
  const document = await (await call(null, 'GET', '/openapi.json')).json();
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method} ${path}`),
  );
  expect(described.sort()).toEqual(named.map((route) => `${route.method} ${openApiPath(route.path)}`).sort());
});

test('a sending unit that is not in the directory is refused by name', async () => {
  const answer = await call('huantai-author-1', 'POST', '/counties/huantai/reports', {
    input: { ...text, unit: 'nowhere' },
  });
  expect(answer.status).toBe(422);
  expect((await answer.json()).fields).toMatchObject([{ field: 'unit' }]);
});

test('files are judged by their content, kept apart by county and served as downloads', async () => {
  const send = async (body: Uint8Array | string) =>
    server.fetch(
      new Request('http://minqing.test/counties/huantai/files', {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${await demo.sign('huantai-author-1')}`,
          'X-File-Name': encodeURIComponent('照片.png'),
        },
        body: typeof body === 'string' ? body : new Uint8Array(body),
      }),
    );
  expect((await send('<svg onload="alert(1)">')).status).toBe(415);
  const kept = await (await send(png)).json();
  const text = { title: '校门口', situation: '拥堵', analysis: '车位少', suggestion: '错峰' };
  const report = (who: string) =>
    call(who, 'POST', '/counties/huantai/reports', { input: { ...text, photos: [kept.id] } });
  // Naming another's file would open it: it is refused as one that is not there.
  expect((await report('huantai-author-2')).status).toBe(422);
  const { id } = await (await report('huantai-author-1')).json();
  const file = `/counties/huantai/reports/${id}/files/${kept.id}`;
  const got = await call('huantai-checker', 'GET', file);
  expect([got.status, got.headers.get('Content-Disposition')?.startsWith('attachment')]).toEqual([200, true]);
  expect(got.headers.get('Content-Security-Policy')).toBe("sandbox; default-src 'none'");
  expect(got.headers.get('X-Content-Type-Options')).toBe('nosniff');
  expect((await call('huantai-author-2', 'GET', file)).status).toBe(403);
  expect((await call('huantai-checker', 'GET', `/counties/huantai/reports/${id}/files/other`)).status).toBe(
    404,
  );
});

test('a file sent twice under one key is kept once, and another under it is refused', async () => {
  const pdf = (more: number) => Uint8Array.from(Buffer.from(`%PDF-1.7\n${more}`));
  const sent = async (bytes: Uint8Array<ArrayBuffer>) =>
    server.fetch(
      new Request('http://minqing.test/counties/huantai/files', {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${await demo.sign('huantai-author-1')}`,
          'Idempotency-Key': 'a-photo',
          'X-File-Name': 'a.pdf',
        },
        body: bytes,
      }),
    );
  const [first, again] = [await sent(pdf(1)), await sent(pdf(1))];
  expect(first.status).toBe(201);
  expect(await again.json()).toEqual(await first.json());
  expect((await sent(pdf(2))).status).toBe(422);
});

test('every answer carries the strict policy', async () => {
  expect((await call(null, 'GET', '/healthz')).headers.get('Content-Security-Policy')).toBe(
    contentSecurityPolicy,
  );
});

test('the office is told the units that reports come in from, in its own language; others are not', async () => {
  const units = async (who: string, language: string) => {
    const answer = await call(who, 'GET', '/counties/huantai', undefined, { 'Accept-Language': language });
    return (await answer.json()).units;
  };
  const education = { value: 'sector-education', label: '教育界' };
  expect(await units('huantai-checker', 'zh-CN')).toContainEqual(education);
  expect(await units('huantai-checker', 'en')).toContainEqual({ ...education, label: 'Education sector' });
  expect(await units('huantai-author-1', 'zh-CN')).toEqual([]);
});
