import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { directoryCommand } from '../../src/cli/directory.ts';
import { xlsxOf } from '../../src/documents/xlsx.ts';
import type { DirectoryRow } from '../../src/model/import.ts';
import type { Directory } from '../../src/model/record.ts';
import type { ThingView } from '../../src/model/view.ts';
import { createServer } from '../../src/server/app.ts';
import { openCounties } from '../../src/server/counties.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { openStore } from '../../src/server/open-store.ts';
import { run } from '../cli/run.ts';
import { text } from '../desk/office.ts';

/* A real county, without --demo: nobody is in it until somebody enters them. */

let folder = '';
let now = '';
const heard: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-directory-'));
  for (const name of ['base.json', 'huantai.json'])
    copyFileSync(join(import.meta.dirname, '../../configs', name), join(folder, name));
  now = '2026-03-02T01:00:00.000Z';
  heard.length = 0;
});
const db = () => join(folder, 'county.db');

async function start() {
  const store = await openStore(db());
  const demo = await demoIdentity();
  let salts = 0;
  const counties = await openCounties({
    folder,
    store,
    demo: false,
    now: () => now,
    newSalt: () => `salt-${(salts += 1)}`,
    heard: (words) => void heard.push(words),
  });
  const server = createServer({
    counties: counties.hosts,
    follow: counties.follow,
    identity: demo,
    now: () => now,
    newId: () => `file-${(salts += 1)}`,
  });
  return {
    store,
    follow: counties.follow,
    async changes(who: string) {
      const answer = await server.fetch(
        new Request('http://minqing.test/counties/huantai/changes', {
          headers: { Authorization: `Bearer ${await demo.sign(who)}` },
        }),
      );
      const reader = answer.body?.getReader();
      if (!reader) throw new Error(String(answer.status));
      return async () => {
        const { done, value } = await reader.read();
        return done ? null : new TextDecoder().decode(value);
      };
    },
    async call(who: string, method: string, path: string, body?: string | Uint8Array | object, more = {}) {
      const sent =
        body === undefined || typeof body === 'string'
          ? body
          : body instanceof Uint8Array
            ? new Uint8Array(body)
            : JSON.stringify(body);
      const answer = await server.fetch(
        new Request(`http://minqing.test/counties/huantai${path}`, {
          method,
          headers: { Authorization: `Bearer ${await demo.sign(who)}`, 'Accept-Language': 'en', ...more },
          ...(sent === undefined ? {} : { body: sent }),
        }),
      );
      return { status: answer.status, body: await answer.json() };
    },
  };
}

const people = `编号,姓名,类别,所属组织,职务,任职单位,任职起,任职止
admin,孙管,机关干部,,管理员,,2025-01-01,
checker,周核,机关干部,,初核专人,,2025/1/1,
wang,王建国,委员,,,,,
`;
async function filled() {
  const file = join(folder, 'people.csv');
  writeFileSync(file, people);
  const done = await run(directoryCommand, ['import', 'huantai', file, '--db', db(), '--configs', folder]);
  expect(done).toMatchObject({ code: 0, refused: null });
  return start();
}

test('an empty county is filled from a sheet on the command line, and its people can act at once', async () => {
  const before = await start();
  expect(heard.join()).toContain('minqing directory import');
  expect((await before.call('wang', 'GET', '')).status).toBe(404);
  await before.store.close();
  const { call, store } = await filled();
  expect(await call('wang', 'POST', '/reports', { action: 'submit', input: text })).toMatchObject({
    status: 201,
    body: { authors: [{ name: '王建国' }] },
  });
  const { body } = await call('admin', 'GET', '');
  expect(body.may).toContain('manage-directory');
  // The organisations that the config declares are there from the first day.
  const listed: Directory = (await call('admin', 'GET', '/directory')).body;
  expect(listed.organisations.length).toBeGreaterThan(5);
  expect(listed.people[1]?.posts).toEqual([{ post: 'checker', from: '2025-01-01' }]);
  await store.close();
});

test('a running server takes over what another process enters', async () => {
  const { call, store, follow } = await filled();
  const more = join(folder, 'more.csv');
  writeFileSync(more, 'id,name,kind\nli,Li Si,member\n');
  expect((await call('li', 'GET', '')).status).toBe(404);
  await run(directoryCommand, ['import', 'huantai', more, '--db', db(), '--configs', folder]);
  await follow();
  expect((await call('li', 'GET', '')).status).toBe(200);
  await store.close();
});

test('every bad row is named with its file, row, column and remedy, and nothing is half done', async () => {
  const { call, store } = await filled();
  const rows = [
    ['编号', '姓名', '类别', '所属组织', '职务', '任职单位', '任职起', '任职止'],
    ['good', '好人', '委员', '', '', '', '', ''],
    ['', '无编号', '委员', '', '', '', '', ''],
    ['b1', '', '委员', '', '', '', '', ''],
    ['b2', '钱二', '委园', '', '', '', '', ''],
    ['b3', '孙三', '委员', '天上的单位', '', '', '', ''],
    ['b4', '李四', '委员', '', '初核专员', '', '', ''],
    ['b5', '周五', '机关干部', '', '初核专人', '', '去年', ''],
    ['b6', '吴六', '机关干部', '', '初核专人', '', '2026-02-30', ''],
    ['b7', '郑七', '机关干部', '', '初核专人', '', '2026-03-01', '2025-03-01'],
    ['good', '坏人', '委员', '', '', '', '', ''],
  ];
  const [head = [], ...body] = rows;
  const csv = rows.map((row) => row.join(',')).join('\n');
  const xlsx = await xlsxOf({ title: '名册', subtitle: '', parts: [{ heading: '人员', head, rows: body }] });
  for (const [name, bytes] of [
    ['people.csv', csv],
    ['people.xlsx', xlsx],
  ] as const) {
    const tried: DirectoryRow[] = (await call('admin', 'POST', '/directory/trial', bytes)).body.rows;
    const wrong = tried.flatMap(({ row, problems }) => problems.map(({ column }) => `${row} ${column}`));
    expect(wrong.sort()).toEqual(
      [
        '11 姓名',
        '3 编号',
        '4 姓名',
        '5 类别',
        '6 所属组织',
        '7 职务',
        '8 任职起',
        '9 任职起',
        '10 任职止',
      ].sort(),
    );
    const words = tried.flatMap(({ problems }) => problems.map(({ message }) => message)).join('\n');
    expect(words).toMatch(/Did you mean "委员"/);
    expect(words).toMatch(/Did you mean "初核专人"/);
    const refused = await call('admin', 'POST', '/directory', bytes, { 'X-File-Name': name });
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid-input']);
    expect(refused.body.fields).toHaveLength(9);
    expect(refused.body.fields.map(({ field }: { field: string }) => field)).toContain(`${name}:5:类别`);
    expect((await call('good', 'GET', '')).status).toBe(404);
  }
  const strange = await call('admin', 'POST', '/directory/trial', '编号,姓明\nx,y\n');
  expect(strange.body.rows[0].problems[0]).toMatchObject({ column: '姓明' });
  expect(strange.body.rows[0].problems[0].message).toContain('Did you mean "姓名"');
  expect((await call('admin', 'POST', '/directory/trial', new Uint8Array([0, 1, 2]))).status).toBe(415);
  await store.close();
});

test('a row is named by the number that it has in the sheet, whatever else is wrong and however many cells it has', async () => {
  const { call, store } = await filled();
  const csv = [
    '编号,姓名,职务,任职起',
    'b1,钱二,初核专员,',
    '',
    ',,,',
    'b1,,初核专人,2026-02-30',
    'b2,孙三,,,多出来的',
    'b3,李四,初核专人,去年',
  ];
  const tried: DirectoryRow[] = (await call('admin', 'POST', '/directory/trial', csv.join('\r\n'))).body.rows;
  const wrong = tried.flatMap(({ row, problems }) => problems.map(({ column }) => `${row} ${column}`));
  expect(wrong.sort()).toEqual(['2 职务', '5 任职起', '6 5', '7 任职起']);
  const many = `编号,姓名\n${Array.from({ length: 5_001 }, (_, at) => `n-${at},名`).join('\n')}`;
  expect(await call('admin', 'POST', '/directory', many)).toMatchObject({
    status: 413,
    body: { detail: expect.stringContaining('5001') },
  });
  await store.close();
});

test('of several files all are entered or none, and a later one may name what an earlier one brings', async () => {
  const { call, store } = await filled();
  const [units, good, bad] = ['units.csv', 'good.csv', 'bad.csv'].map((name) => join(folder, name));
  writeFileSync(String(units), '编号,单位名称\nriver,河道所\n');
  writeFileSync(String(good), '编号,姓名,所属组织\nr1,河长,河道所\n');
  writeFileSync(String(bad), '编号,姓名,类别\nr2,谁,委园\n');
  const enter = (...files: (string | undefined)[]) =>
    run(directoryCommand, [
      ...['import', 'huantai', ...files.map(String)],
      ...['--db', db(), '--configs', folder, '--lang', 'en'],
    ]);
  const refused = await enter(units, good, bad);
  expect([refused.code, refused.out]).toEqual([1, expect.stringMatching(/bad.csv:2:类别 .*\nNothing was/)]);
  expect((await call('admin', 'GET', '/directory/people/r1')).status).toBe(404);
  expect(await enter(units, good)).toMatchObject({ code: 0, refused: null });
  expect((await call('admin', 'GET', '/directory/people/r1')).status).toBe(200);
  await store.close();
});

test('who left is no longer let in nor offered, and is named wherever they acted; a past day knows who held what', async () => {
  const { call, store } = await filled();
  const report = (await call('wang', 'POST', '/reports', { action: 'submit', input: text })).body;
  const leave = 'id,name,post,post to,to\nchecker,周核,checker,2026-03-09,2026-03-09\nnew,陈新,checker,,\n';
  expect((await call('admin', 'POST', '/directory', leave)).body).toEqual({ entered: 1, changed: 1 });
  const transfer = async (who: string) => {
    const view = (await call(who, 'GET', `/reports/${report.id}`)).body;
    return JSON.stringify(view.actions);
  };
  expect((await call('checker', 'GET', '')).status).toBe(200);
  expect(await transfer('checker')).toContain('陈新');
  const returned = await call(
    'checker',
    'POST',
    `/reports/${report.id}/actions/return`,
    { input: { comment: '请改' } },
    { 'If-Match': '1' },
  );
  expect(returned.status).toBe(200);

  now = '2026-03-10T01:00:00.000Z';
  expect((await call('checker', 'GET', '')).status).toBe(404);
  expect(await transfer('new')).not.toContain('"label":"周核"');
  expect(JSON.stringify((await call('new', 'GET', `/reports/${report.id}`)).body.history)).toContain('周核');
  const on = async (day: string) => {
    const { people: there }: Directory = (await call('admin', 'GET', `/directory?on=${day}`)).body;
    return there.flatMap(({ id, posts = [] }) => posts.map(({ post }) => `${id} ${post}`)).sort();
  };
  expect(await on('2026-03-05')).toEqual(['admin admin', 'checker checker', 'new checker']);
  expect(await on('2026-03-10')).toEqual(['admin admin', 'new checker']);
  expect(await on('2024-12-31')).toEqual(['new checker']);
  await store.close();
});

test('who is ended in the directory hears nothing more on a stream that was open before', async () => {
  const { call, changes, store } = await filled();
  const next = await changes('checker');
  expect(await next()).toBe(': \n\n');
  await call('wang', 'POST', '/reports', { action: 'submit', input: text });
  expect(await next()).toContain('report-1');
  now = '2026-03-10T01:00:00.000Z';
  await call('admin', 'PUT', '/directory/people/checker', { name: '周核', to: '2026-03-09' });
  await call('wang', 'POST', '/reports', { action: 'submit', input: text });
  expect(await next()).toBeNull();
  await store.close();
});

test('one person is put over HTTP; a post that is left out ended yesterday and is not forgotten', async () => {
  const { call, store } = await filled();
  const put = (id: string, row: object, who = 'admin') => call(who, 'PUT', `/directory/people/${id}`, row);
  expect(await put('checker', { name: '周核', kind: 'cadre', posts: [{ post: 'compiler' }] })).toMatchObject({
    status: 200,
    body: { entered: 0, changed: 1 },
  });
  const entries = (await call('admin', 'GET', '/directory/people/checker')).body;
  expect(entries.map(({ sequence, by }: { sequence: number; by: string }) => [sequence, by])).toEqual([
    [1, expect.any(String)],
    [2, 'admin'],
  ]);
  expect(entries[1].row.posts).toEqual([
    { post: 'compiler' },
    { post: 'checker', from: '2025-01-01', to: '2026-03-01' },
  ]);
  expect((await put('x', { name: '谁', posts: [{ post: 'chekcer' }] })).status).toBe(422);
  expect((await put('x', { name: '谁', salary: 1 })).body.fields[0].message).toContain('salary');
  expect((await call('admin', 'GET', '/directory?on=tomorrow')).status).toBe(422);
  expect((await call('admin', 'GET', '/directory/people/nobody')).status).toBe(404);
  // Only for those whom the county's table names.
  for (const who of ['wang', 'checker']) {
    expect((await put('wang', { name: '王', posts: [{ post: 'admin' }] }, who)).status).toBe(403);
    expect((await call(who, 'GET', '/directory')).status).toBe(403);
    expect((await call(who, 'POST', '/directory', people)).status).toBe(403);
    expect((await call(who, 'POST', '/directory/trial', people)).status).toBe(403);
  }
  await store.close();
});

test('a published directory is taken whole, and what does not fit in it is named by its place', async () => {
  const { call, store } = await filled();
  const published = {
    organisations: [{ id: 'lu', name: '马桥镇联络组', kind: 'town' }],
    people: [{ id: 'zhao', name: '赵敏', kind: 'member', organisation: 'lu', from: '2022-01-01' }],
  };
  expect((await call('admin', 'POST', '/directory', published)).body).toEqual({ entered: 2, changed: 0 });
  expect((await call('admin', 'POST', '/directory', published)).body).toEqual({ entered: 0, changed: 0 });
  expect((await call('zhao', 'GET', '')).status).toBe(200);
  const bad = { people: [{ id: 'a', name: 'A' }, { id: 'b' }] };
  const { rows } = (await call('admin', 'POST', '/directory/trial', bad)).body;
  expect(rows).toMatchObject([{ row: 2, match: 'wrong', problems: [{ column: 'people' }] }]);
  expect((await call('admin', 'POST', '/directory/trial', '{"people": [')).body.rows[0].match).toBe('wrong');
  await store.close();
});

test('organisations come from a sheet of their own, and one twice is refused', async () => {
  const { call, store } = await filled();
  const units =
    '编号,单位名称,类别,上级单位,人数,起\nz1,起凤镇,town,,30,2024.1.1\nz2,起凤镇夏庄村,town,起凤镇,,\n';
  expect((await call('admin', 'POST', '/directory', units)).body).toEqual({ entered: 2, changed: 0 });
  const listed: Directory = (await call('admin', 'GET', '/directory')).body;
  expect(listed.organisations.slice(-2)).toEqual([
    { id: 'z1', name: '起凤镇', kind: 'town', headcount: 30, from: '2024-01-01' },
    { id: 'z2', name: '起凤镇夏庄村', kind: 'town', parent: 'z1' },
  ]);
  const twice = await call('admin', 'POST', '/directory/trial', 'id,unit\nq,Q\nq,R\n');
  expect(twice.body.rows[1]).toMatchObject({ row: 3, match: 'wrong', problems: [{ column: 'id' }] });
  await store.close();
});

test('whom one keeps contact with is changed by a sheet, a file or one row; a link that is left out ended yesterday', async () => {
  const { call, store } = await filled();
  const offered = async () => {
    const { actions }: ThingView = (await call('wang', 'GET', '/matter-contact/new')).body;
    const fields = actions.flatMap((action) => action.fields);
    return fields.find(({ name }) => name === 'with')?.options?.map(({ label }) => label);
  };
  const entered = async (body: string | object) => (await call('admin', 'POST', '/directory', body)).status;
  expect(await entered('编号,姓名,联系对象\nwang,王建国,周核、张大妈\n')).toBe(201);
  expect(await offered()).toEqual(['周核', '张大妈']);
  // A file names links all together; whom it does not name stays as they were.
  const links = [{ from: 'wang', to: 'admin', kind: 'cadre', since: '2026-01-01' }];
  expect(await entered({ links })).toBe(201);
  expect(await offered()).toEqual(['周核', '张大妈', '孙管']);
  const own = { name: '王建国', kind: 'member', links: [{ to: 'admin', kind: 'cadre' }] };
  expect((await call('admin', 'PUT', '/directory/people/wang', own)).status).toBe(200);
  expect(await offered()).toEqual(['孙管']);
  const { people: listed }: Directory = (await call('admin', 'GET', '/directory')).body;
  expect(listed.find(({ id }) => id === 'wang')?.links).toEqual([
    { to: 'admin', kind: 'cadre' },
    { to: 'checker', until: '2026-03-01' },
    { to: '张大妈', name: '张大妈', until: '2026-03-01' },
  ]);
  // Nobody of that id, and no name to call them by.
  const { rows } = (
    await call('admin', 'POST', '/directory/trial', {
      people: [{ id: 'li', name: '李', links: [{ to: 'nobody' }] }],
    })
  ).body;
  expect(rows).toMatchObject([{ row: 1, match: 'wrong', problems: [{ column: 'links' }] }]);
  await store.close();
  const again = await start();
  expect((await again.call('admin', 'GET', '/directory')).body.people).toEqual(listed);
  await again.store.close();
});

test('a directory beside the config fills the store, is followed while nobody changes it there, and then no more', async () => {
  const beside = join(folder, 'huantai.directory.json');
  const write = (...ids: string[]) =>
    writeFileSync(
      beside,
      JSON.stringify({
        people: ids.map((id) => ({ id, name: id, kind: 'cadre', posts: [{ post: 'admin' }] })),
      }),
    );
  const mayCome = async () => {
    const { call, store } = await start();
    const statuses = await Promise.all(
      ['one', 'two', 'three'].map(async (id) => (await call(id, 'GET', '')).status),
    );
    await store.close();
    return statuses;
  };
  write('one', 'two');
  expect(await mayCome()).toEqual([200, 200, 404]);
  write('one', 'three');
  expect(await mayCome()).toEqual([200, 404, 200]);
  const { call, store } = await start();
  await call('one', 'PUT', '/directory/people/two', { name: 'two', kind: 'cadre' });
  await store.close();
  write('three');
  expect(await mayCome()).toEqual([200, 200, 200]);
});

test('the command line tries a sheet without keeping it, lists a day, and refuses a wrong row', async () => {
  const { store } = await filled();
  await store.close();
  const file = join(folder, 'more.csv');
  const command = (...args: string[]) => run(directoryCommand, [...args, '--db', db(), '--configs', folder]);
  writeFileSync(file, '编号,姓名,类别\nli,李四,委员\nwang,王建国,委员\n');
  const tried = await command('import', 'huantai', file, '--dry-run');
  expect([tried.code, tried.out]).toEqual([0, `${file}:新增 1、更新 0、无变化 1,未录入。\n`]);
  expect((await command('list', 'huantai')).out).not.toContain('李四');
  writeFileSync(file, '编号,姓名,类别\nli,李四,委圆\n');
  const wrong = await command('import', 'huantai', file, '--lang', 'en');
  expect([wrong.code, wrong.out]).toEqual([
    1,
    `${file}:2:类别 There is no "委圆". Did you mean "委员"?\nNothing was entered.\n`,
  ]);
  expect((await command('list', 'huantai', '--on', '2025-06-01')).out).toMatch(/checker +周核 +初核专人/);
});
