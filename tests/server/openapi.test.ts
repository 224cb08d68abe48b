import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { beforeAll, expect, test } from 'vitest';
import { pathOf } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import { createClient } from '../../src/client/index.ts';
import { defaultTemplate } from '../../src/documents/default-templates.ts';
import { createServer } from '../../src/server/app.ts';
import { openCounties } from '../../src/server/counties.ts';
import { tellYear } from '../../src/server/demo-year.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { packageRoot } from '../../src/server/main.ts';
import { routeBodies } from '../../src/server/openapi-bodies.ts';
import { demoRoutes, openApiPath, routes, type Route } from '../../src/server/routes.ts';
import { signedHeaders } from '../../src/server/webhook.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { checked, text } from '../desk/office.ts';
import { png } from '../picture.ts';

const secret = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz';
const NOW = '2026-03-02T01:00:00.000Z';
const named: Readonly<Record<string, Route>> = { ...routes, ...demoRoutes };
const told = new Set<string>();

interface Described {
  parameters: { name?: string; in?: string; required?: boolean; schema?: object }[];
  requestBody?: { content: Record<string, { schema: object; example?: unknown }> };
  responses: Record<
    string,
    { headers?: object; content?: Record<string, { schema: object; example?: unknown }> }
  >;
}
let server: ReturnType<typeof createServer>;
let demo: Awaited<ReturnType<typeof demoIdentity>>;
let document: {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, object> };
};
let ajv: Ajv2020;
let store: ReturnType<typeof memoryStore>;

/** In the test nothing may come that is not described; to clients the document stays open. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const inside = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  return 'properties' in inside && !('additionalProperties' in inside) && inside['type'] === 'object'
    ? { ...inside, additionalProperties: false }
    : inside;
}
const judge = (schema: object, value: unknown, what: string) => {
  const validate = ajv.compile({
    ...Object(closed(schema)),
    components: Object(closed(document.components)),
  });
  validate(value);
  expect([what, validate.errors ?? []]).toEqual([what, []]);
};

beforeAll(async () => {
  demo = await demoIdentity();
  let ids = 0;
  const newId = () => `id-${(ids += 1)}`;
  store = memoryStore();
  const { hosts } = await openCounties({
    folder: `${packageRoot}configs`,
    store,
    demo: true,
    now: () => NOW,
    newSalt: newId,
    heard: () => undefined,
  });
  const host = hosts.get('huantai');
  if (!host) throw new Error('no county');
  const story = JSON.parse(readFileSync(`${packageRoot}examples/demo/huantai.json`, 'utf8'));
  await tellYear(host, { ...story, reports: 39 }, '2026-03-01', () => undefined);
  const about = { county: 'huantai', kind: 'report', id: 'report-1' } as const;
  const sends = [{ id: 'huantai.report.report-1.1', receiver: 'portal', about, body: '{}' }];
  await store.commit({ steps: [], scores: [], timers: [], messages: [], key: null, sends });
  for (const { key } of await store.claimSends('portal', 9, { now: NOW, until: NOW }))
    await store.settleSend(key, NOW, { attempts: 20, failure: 'HTTP 500', due: null });
  server = createServer({
    counties: hosts,
    identity: demo,
    now: () => NOW,
    newId,
    demo,
    secretsOf: () => [secret],
  });
  document = await (await server.fetch(new Request('http://minqing.test/openapi.json'))).json();
  ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
}, 60_000);

/** Asks as somebody, and holds what was sent and what came to what the document says of the route. */
async function ask(
  who: string,
  name: string,
  parts: Record<string, string> = {},
  sent: { query?: Record<string, string>; body?: unknown; headers?: Record<string, string> } = {},
  opens?: () => Promise<unknown>,
) {
  const route = named[name];
  if (!route) throw new Error(`no route ${name}`);
  const template = openApiPath(route.path);
  const described = document.paths[template]?.[route.method];
  if (!described) throw new Error(`${name} is not described`);
  const path = template.replaceAll(/\{(\w+)\}/g, (_all, part: string) => parts[part] ?? 'huantai');
  const search = sent.query ? `?${new URLSearchParams(sent.query)}` : '';
  const raw = sent.body instanceof Uint8Array;
  const answer = await server.fetch(
    new Request(`http://minqing.test${path}${search}`, {
      method: route.method.toUpperCase(),
      headers: { Authorization: `Bearer ${await demo.sign(`huantai-${who}`)}`, ...sent.headers },
      ...(sent.body === undefined
        ? {}
        : { body: sent.body instanceof Uint8Array ? new Uint8Array(sent.body) : JSON.stringify(sent.body) }),
    }),
  );
  const well = answer.ok;
  for (const given of [...Object.keys(sent.query ?? {}), ...Object.keys(sent.headers ?? {})])
    expect([name, described.parameters.map((one) => one.name)]).toEqual([
      name,
      expect.arrayContaining([given]),
    ]);
  if (well && sent.body !== undefined && !raw)
    judge(
      described.requestBody?.content['application/json']?.schema ?? { not: {} },
      sent.body,
      `${name} takes`,
    );
  const response =
    described.responses[well ? String(answer.status) : `${String(answer.status).slice(0, 1)}XX`];
  expect([name, answer.status, response === undefined]).toEqual([name, answer.status, false]);
  for (const header of Object.keys(response?.headers ?? {}))
    expect([name, header, answer.headers.has(header)]).toEqual([name, header, true]);
  if (well) told.add(name);
  const type = answer.headers.get('Content-Type') ?? '';
  if (type === 'text/event-stream') {
    const reader = answer.body?.getReader();
    await reader?.read();
    await opens?.();
    const { value } = (await reader?.read()) ?? {};
    await reader?.cancel();
    const data = /^data: (.*)\n\n$/.exec(new TextDecoder().decode(value))?.[1] ?? 'null';
    judge(response?.content?.[type]?.schema ?? { not: {} }, JSON.parse(data), `${name} tells`);
    return { status: answer.status, body: JSON.parse(data) };
  }
  if (!type.includes('json')) return { status: answer.status, body: await answer.arrayBuffer() };
  const body = await answer.json();
  const content = response?.content ?? {};
  judge(
    content[well ? 'application/json' : 'application/problem+json']?.schema ?? { not: {} },
    body,
    `${name} gives`,
  );
  return { status: answer.status, body };
}

const act = async (who: string, view: ThingView, action: string, body: object = {}): Promise<ThingView> => {
  const things = pathOf(view.kind);
  const { status, body: next } = await ask(
    who,
    'act',
    { things, id: view.id, action },
    { body, headers: { 'If-Match': `"${view.version}"`, 'Idempotency-Key': `${view.id}-${view.version}` } },
  );
  expect([action, status, next]).toMatchObject([action, 200, {}]);
  return next;
};

test('lists, views, forms, tables, quotas and maps come as they are described', async () => {
  await ask('checker', 'health');
  await ask('checker', 'ready');
  await ask('checker', 'metrics');
  await ask('checker', 'openapi');
  await ask('checker', 'identities');
  await ask('checker', 'token', {}, { body: { id: 'huantai-checker' } });
  await ask('checker', 'counties');
  for (const who of ['author-1', 'checker', 'education-bureau'])
    await ask(who, 'county', {}, { headers: { 'Accept-Language': 'en' } });
  for (const things of ['reports', 'leads', 'pieces', 'handling', 'periods']) {
    await ask('office-director', 'queue', { things }, { query: { view: 'all', limit: '5' } });
    await ask('office-director', 'blank', { things });
  }
  const field = { things: 'matter-micro-consultation', field: 'attached-to' };
  await ask('author-1', 'choices', field, { query: { search: '关于' } });
  const { body: page } = await ask(
    'office-director',
    'queue',
    { things: 'reports' },
    { query: { view: 'all', limit: '20', search: '关于' } },
  );
  await ask('office-director', 'queue', { things: 'reports' }, { query: { after: page.next } });
  for (const row of page.rows) await ask('secretary-general', 'view', { things: 'reports', id: row.id });
  const [like] = page.rows;
  const { body: alike } = await ask('checker', 'similarTo', { things: 'reports', id: like.id });
  expect(alike.rows.length).toBeGreaterThan(0);
  await ask('author-1', 'similarText', {}, { body: { kind: 'report', input: { title: like.title } } });
  const { body: pieces } = await ask('compiler', 'queue', { things: 'pieces' });
  for (const row of pieces.rows) await ask('compiler', 'view', { things: 'pieces', id: row.id });
  for (const of of ['people', 'units'])
    await ask('office-director', 'scores', {}, { query: { period: '2026', of } });
  await ask('office-director', 'quotas', {}, { query: { of: 'all' } });
  await ask('author-1', 'quotas');
  await ask('office-director', 'obligations', {}, { query: { of: 'all' } });
  await ask('author-1', 'obligations');
  await ask('office-director', 'month', { month: '2026-03' });
  for (const direction of ['right', 'down'])
    await ask(
      'author-1',
      'map',
      { kind: 'report' },
      { query: { direction, current: 'sign-off', visited: 'draft' } },
    );
});

test('acts take and give what is described, a file among them', async () => {
  const { body: kept } = await ask(
    'author-2',
    'upload',
    {},
    { body: png, headers: { 'X-File-Name': 'a.png' } },
  );
  const { body: opened } = await ask(
    'author-2',
    'open',
    { things: 'reports' },
    {
      body: { action: 'submit', input: { ...text, photos: [kept.id] } },
      headers: { 'Idempotency-Key': 'one' },
    },
  );
  await ask('checker', 'file', { things: 'reports', id: opened.id, file: kept.id });
  let report = await act('checker', opened, 'pass', { input: checked });
  report = await act('office-director', report, 'ask', { input: { asked: ['education-bureau'] } });
  report = await act('office-director', report, 'opine', {
    input: { opinion: '同意。' },
    onBehalf: { of: 'education-bureau', on: '2026-03-02' },
  });
  report = await act('office-director', report, 'pass');
  report = await act('secretary-general', report, 'pass');
  report = await act('compiler', report, 'compile', { input: { title: '护学', text: '正文' }, takes: [] });
  expect(report.links).toHaveLength(1);
  const { body: other } = await ask('author-3', 'open', { things: 'reports' }, { body: { input: text } });
  await act('checker', other, 'pass-on', { input: { lead: 'qifeng-town', task: '请清理。' } });
  const { body: handling } = await ask('office-director', 'queue', { things: 'handling' });
  await ask('qifeng-town', 'view', { things: 'handling', id: handling.rows[0].id });
});

test('what a county publishes comes as it is described', async () => {
  const director = createClient({
    endpoint: 'http://minqing.test',
    county: 'zhenyuan',
    token: () => demo.sign('zhenyuan-office-director'),
    language: () => 'zh',
    fetch: async (address, init) => server.fetch(new Request(String(address), init)),
  });
  const input = { title: '路灯', lead: 'wuyang-town', task: '请修', 'on-platform': true };
  const { id } = await director.open('handling', { action: 'assign', input }, 'one');
  const at = { county: 'zhenyuan', things: 'handling', id };
  const { body } = await ask('nobody', 'published', at, { query: { as: 'json' } });
  expect(body.handling).toMatchObject([{ by: ['舞阳镇'], told: [{ what: '交办' }] }]);
});

test('a period’s count comes as it is described, to the office and to an author', async () => {
  const { body: opened } = await ask(
    'office-director',
    'open',
    { things: 'periods' },
    { body: { action: 'count', input: { period: '2025' } } },
  );
  expect(opened.bulletin).not.toBeNull();
  await act('office-director', opened, 'pass');
  await ask('author-1', 'view', { things: 'periods', id: opened.id });
});

test('refusals are the described problem: of a token, a form, a version, a stranger', async () => {
  const { body: opened } = await ask('author-4', 'open', { things: 'reports' }, { body: { input: text } });
  expect(
    (await ask('author-4', 'open', { things: 'reports' }, { body: { input: { title: 'x' } } })).status,
  ).toBe(422);
  expect((await ask('author-5', 'view', { things: 'reports', id: opened.id })).status).toBe(403);
  expect((await ask('checker', 'view', { things: 'reports', id: 'report-9999' })).status).toBe(404);
  expect((await ask('nobody', 'county')).status).toBe(404);
  await act('checker', opened, 'pass', { input: checked });
  const late = { body: { input: checked }, headers: { 'If-Match': '"1"' } };
  const conflict = await ask('checker', 'act', { things: 'reports', id: opened.id, action: 'pass' }, late);
  expect([conflict.status, conflict.body.current.version]).toEqual([409, 2]);
});

test('a stream tells what happens while it is open, to whoever may read it', async () => {
  const open = async () => {
    // The first is nothing to one of its readers, the second is.
    await ask('author-5', 'open', { things: 'reports' }, { body: { input: text } });
    await ask('author-4', 'open', { things: 'reports' }, { body: { input: text } });
  };
  const { body: told } = await ask('author-4', 'changes', {}, {}, open);
  expect(told).toMatchObject({ kind: 'report', version: 1 });
  expect((await ask('author-4', 'view', { things: 'reports', id: told.id })).status).toBe(200);
  expect((await ask('author-5', 'view', { things: 'reports', id: told.id })).status).toBe(403);
});

test('the life of a config is as it is described', async () => {
  const changes = [
    { path: 'quotas/four-a-year/need', value: 6 },
    { path: 'method/people/lines/submitted/points', value: 3 },
  ];
  await ask('office-director', 'configTrial', {}, { body: { changes, period: '2026', of: 'people' } });
  const wrong = { changes: [{ path: 'method/ratings/report-quality/criteria/advice/weight', value: 41 }] };
  expect((await ask('office-director', 'configTrial', {}, { body: wrong })).body.mistakes).toHaveLength(1);
  const { body: draft } = await ask(
    'office-director',
    'configDraft',
    {},
    { body: { changes, note: '任务 6 条' } },
  );
  const number = String(draft.number);
  await ask('secretary-general', 'configStep', { number, step: 'approve' }, { body: {} });
  const underWay = { how: 'next-stage', stages: { report: { 'initial-check': 'second-review' } } };
  await ask(
    'secretary-general',
    'configStep',
    { number, step: 'publish' },
    { body: { from: '2026-03-02', underWay } },
  );
  await ask('secretary-general', 'configMigration', { number }, { body: { dryRun: true } });
  await ask('office-director', 'template', { paper: 'notice' }, { query: { as: 'example', version: '1' } });
  const template = new Uint8Array(await defaultTemplate('notice', 'zh'));
  await ask(
    'office-director',
    'templateDraft',
    { paper: 'notice' },
    { query: { over: '1' }, body: template },
  );
  await ask('office-director', 'config');
  await ask('office-director', 'configVersion', { number }, { query: { against: '1' } });
});

test('what one writes and has not sent is one’s own, and gone once it is sent', async () => {
  const draft = {
    fields: [{ name: 'title', label: '标题', type: 'text', value: '写了一半', files: '' }],
    at: NOW,
  };
  const kept = async (who: string) => (await ask(who, 'draft', { kind: 'report' })).body;
  expect((await ask('author-1', 'saveDraft', { kind: 'report' }, { body: { draft } })).body).toEqual({
    kept: true,
  });
  expect(await kept('author-1')).toEqual({ draft });
  expect(await kept('author-2')).toEqual({ draft: null });
  for (const wrong of [
    {},
    { draft: { fields: [{ name: 1 }], at: NOW } },
    { draft: { fields: [], at: 'now' } },
  ])
    expect((await ask('author-1', 'saveDraft', { kind: 'report' }, { body: wrong })).status).toBe(400);
  const input = Object.fromEntries(
    ['title', 'situation', 'analysis', 'suggestion'].map((name) => [name, '写完了']),
  );
  const sent = await ask('author-1', 'open', { things: 'reports' }, { body: { action: 'submit', input } });
  expect(sent.status).toBe(201);
  expect(await kept('author-1')).toEqual({ draft: null });
});

test('what people were told is listed and marked as read as described', async () => {
  const { body } = await ask('author-1', 'notices', {}, { query: { limit: '3', before: '999999' } });
  expect(body.rows.length).toBeGreaterThan(0);
  const upTo = body.rows[0].key;
  expect((await ask('author-1', 'readNotices', {}, { body: { upTo } })).body).toEqual({ unread: 0 });
  expect((await ask('author-1', 'readNotices', {}, { body: {} })).status).toBe(400);
});

test('what was told in vain is listed and sent again by whoever keeps the config, and by nobody else', async () => {
  const { body: rows } = await ask('office-director', 'undelivered', {}, { query: { after: '0' } });
  expect(rows).toMatchObject([{ thing: 'report-1', failure: 'HTTP 500' }]);
  const keys = [rows[0].key];
  expect((await ask('author-1', 'undelivered')).status).toBe(403);
  expect((await ask('checker', 'replay', {}, { body: { keys } })).status).toBe(403);
  expect((await ask('office-director', 'replay', {}, { body: { keys: ['x'] } })).status).toBe(400);
  expect((await ask('office-director', 'replay', {}, { body: { keys } })).body).toEqual({ replayed: 1 });
  expect((await ask('office-director', 'undelivered')).body).toEqual([]);
});

test('a letter of another committee is as it is described, and so is the answer', async () => {
  const id = 'ningshan.piece.piece-1.5.0';
  const letter = { is: 'submission', id, from: 'ningshan', to: 'ankang', piece: 'piece-1' };
  const body = { ...letter, on: '2026-03-01', title: '护学岗', text: '正文', confidential: false };
  const headers = signedHeaders({ id, body: JSON.stringify(body), at: NOW }, [secret]);
  const { status, body: answer } = await ask('nobody', 'letters', { county: 'ankang' }, { body, headers });
  expect([status, answer]).toEqual([200, { taken: id }]);
});

test('a file of it is taken with its letter as a header, as is described', async () => {
  const id = 'ningshan.piece.piece-1.5.1';
  const letter = { is: 'attachment', id, from: 'ningshan', to: 'ankang', piece: 'piece-1', name: '照片.png' };
  const sha256 = createHash('sha256').update(png).digest('hex');
  const body = JSON.stringify({ ...letter, of: 'ningshan.piece.piece-1.5.0', file: 'file-1', sha256 });
  const headers = {
    ...signedHeaders({ id, body, at: NOW }, [secret]),
    'minqing-letter': Buffer.from(body).toString('base64url'),
  };
  const answer = await ask('nobody', 'letterFiles', { county: 'ankang' }, { body: png, headers });
  expect([answer.status, answer.body]).toEqual([200, { taken: id }]);
});

test('lists that come in whole are taken and answered as described', async () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const { body: pieces } = await ask('compiler', 'queue', { things: 'pieces' }, { query: { view: 'all' } });
  const { title } = pieces.rows.at(-1);
  const sheet = bytes(`标题,成果,日期,层级\n${title},评为优秀信息,2026-03-01,市级\n无此件,采用,三月,市级\n`);
  const { body: tried } = await ask('compiler', 'resultsTrial', {}, { body: sheet });
  expect(tried.rows.map(({ match }: { match: string }) => match)).toEqual(['matched', 'wrong']);
  const [row] = tried.rows;
  const rows = [{ piece: row.candidates[0].id, version: row.candidates[0].version, input: row.input }];
  await ask('compiler', 'results', {}, { body: { rows }, headers: { 'Idempotency-Key': 'list-1' } });
  for (const what of ['reports', 'pieces', 'records', 'scores']) {
    await ask(
      'office-director',
      'export',
      { file: `${what}.csv` },
      { query: { period: '2026', of: 'people' } },
    );
  }
  expect((await ask('checker', 'export', { file: 'reports.csv' })).status).toBe(403);
  await ask('office-director', 'anthology', {}, { query: { period: '2026' } });
  const record = { id: 'a-1', kind: 'report', authors: [{ id: 'huantai-author-1' }], moments: [] };
  const line = (more: object) => bytes(JSON.stringify({ ...record, ...more }));
  const moments = [{ is: 'submitted', on: '2025-03-01' }];
  await ask('compiler', 'recordsTrial', {}, { body: line({ kind: 'none' }) });
  const entered = await ask('compiler', 'records', {}, { body: line({ moments }) });
  expect(entered.body).toEqual({ entered: 1, changed: 0 });
});

test('the directory is taken and answered as described', async () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const sheet = 'id,name,kind,post,post from\nnew,陈新,cadre,checker,2026-01-01\nbad,某,nobody,,\n';
  const { body: tried } = await ask('admin', 'directoryTrial', {}, { body: bytes(sheet) });
  expect(tried.rows.map(({ match }: { match: string }) => match)).toEqual(['new', 'wrong']);
  const good = bytes(sheet.split('\n').slice(0, 2).join('\n'));
  await ask('admin', 'directoryEnter', {}, { body: good, headers: { 'X-File-Name': 'people.csv' } });
  const person = { id: 'new', name: '陈新', kind: 'cadre', to: '2027-01-01' };
  await ask('admin', 'directoryPut', { list: 'people', id: 'new' }, { body: person });
  await ask('admin', 'directoryRow', { list: 'people', id: 'new' });
  await ask('admin', 'directory', {}, { query: { on: '2026-03-02' } });
});

test('the audit list is as it is described, and so is what the second person says', async () => {
  const { body: rows } = await ask('audit-admin', 'audit');
  expect(rows.length).toBeGreaterThan(0);
  const waits = { is: 'purge', about: 'report-1', by: 'huantai-checker', at: NOW } as const;
  const request = { thing: {}, input: {} };
  await store.saveSensitiveAct({ ...waits, county: 'huantai', number: 900, request, second: null });
  expect((await ask('security-admin', 'audit')).body).toMatchObject([{ number: 900, standing: 'waiting' }]);
  const refused = await ask('security-admin', 'auditStep', { number: '900', step: 'refuse' }, { body: {} });
  expect(refused.body).toEqual({ number: 900, standing: 'refused' });
});

test('a person’s data and its erasure are as they are described', async () => {
  await ask('author-40', 'personData', { id: 'huantai-author-40' });
  await ask('secretary-general', 'personErase', { id: 'huantai-author-40' }, { body: {} });
});

test('a register is described, and so is its workbook', async () => {
  const { body } = await ask('office-director', 'register', { things: 'reports' });
  expect(body.shown).toContain('category');
  const query = { columns: 'row,title', view: 'all' };
  await ask('office-director', 'registerFile', { things: 'reports' }, { query });
});

test('papers are Word files, as they are described', async () => {
  await ask('office-director', 'thingPaper', { things: 'reports', id: 'report-1', paper: 'sign-off' });
  const person = { id: 'huantai-author-1', paper: 'yearly' };
  await ask('author-1', 'personPaper', person, { query: { period: '2026' } });
});

test('every route that is described has been held to its description', () => {
  expect(Object.keys(routeBodies).filter((name) => !told.has(name))).toEqual([]);
});

test('every schema and every body of a route has an example, which is as its schema says', () => {
  // All in one: each compiled by itself takes the whole document anew.
  const properties: Record<string, object> = {};
  const values: Record<string, unknown> = {};
  const judged = (schema: object, value: unknown, what: string) => {
    properties[what] = schema;
    values[what] = value;
  };
  for (const [name, schema] of Object.entries(document.components.schemas))
    judged(
      schema,
      'examples' in schema && Array.isArray(schema.examples) ? schema.examples[0] : undefined,
      name,
    );
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, { requestBody, responses }] of Object.entries(methods))
      for (const body of [requestBody, ...Object.values(responses)])
        for (const [type, { schema, example }] of Object.entries(body?.content ?? {})) {
          if ('format' in schema && schema.format === 'binary') continue;
          judged(schema, example, `${method} ${path} ${type} ${Object.keys(values).length}`);
        }
  const names = Object.keys(properties);
  expect(names.length).toBeGreaterThan(150);
  expect(names.filter((name) => values[name] === undefined)).toEqual([]);
  judge({ type: 'object', properties, required: names }, values, 'examples');
});

test('bodies of the main routes are named, parameters described, and files are bytes', () => {
  const of = (path: string, method: string) => document.paths[`/counties/{county}${path}`]?.[method];
  const names = (path: string, method: string) => of(path, method)?.parameters.map(({ name }) => name);
  expect(names('/{things}', 'get')).toEqual(expect.arrayContaining(['view', 'search', 'after', 'limit']));
  expect(names('/scores', 'get')).toEqual(expect.arrayContaining(['period', 'of', 'version']));
  expect(names('/{things}/{id}/actions/{action}', 'post')).toEqual(
    expect.arrayContaining(['If-Match', 'Idempotency-Key']),
  );
  expect(of('/files', 'post')?.requestBody?.content).toEqual({
    'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
  });
  const things = of('/{things}', 'get')?.parameters.find(({ name }) => name === 'things');
  expect(things?.schema).toEqual({
    type: 'string',
    pattern: '^(?:reports|leads|pieces|handling|periods|matter-[a-z0-9-]+)$',
  });
});
