import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { beforeEach, expect, test } from 'vitest';
import { personCommand } from '../../src/cli/person.ts';
import { verifyLogCommand } from '../../src/cli/verify-log.ts';
import { ERASED_NAME } from '../../src/model/personal.ts';
import type { ThingView } from '../../src/model/view.ts';
import { createServer } from '../../src/server/app.ts';
import { openCounties } from '../../src/server/counties.ts';
import { eraseAgain, erasureLine } from '../../src/server/erasures.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { filesBeside } from '../../src/store/file-bytes.ts';
import { folderOfFiles } from '../../src/store/file-folder.ts';
import { openStore } from '../../src/server/open-store.ts';
import { packageRoot } from '../../src/server/main.ts';
import { run } from '../cli/run.ts';
import { checked, text } from '../desk/office.ts';
import { png } from '../picture.ts';

/* What PIPL gives a person: a copy of all that is kept of them, and its erasure, which leaves the log's chain whole. */

let db = '';
beforeEach(() => {
  db = join(mkdtempSync(join(tmpdir(), 'minqing-personal-')), 'county.db');
});

async function start(erasures: string[] = [], hour = '01') {
  const store = await openStore(db);
  const demo = await demoIdentity();
  let ids = 0;
  const newId = () => `id-${Math.floor(performance.now() * 1000)}-${(ids += 1)}`;
  const now = () =>
    `2026-03-02T${hour}:${String(Math.floor(ids / 60) % 60).padStart(2, '0')}:${String(ids % 60).padStart(2, '0')}.000Z`;
  const counties = await openCounties({
    folder: `${packageRoot}configs`,
    store,
    demo: true,
    now,
    newSalt: newId,
    heard: () => undefined,
  });
  const heard: string[] = [];
  await eraseAgain(erasures.join(''), counties.hosts, now(), (words) => void heard.push(words));
  await counties.follow();
  const server = createServer({
    counties: counties.hosts,
    follow: counties.follow,
    identity: demo,
    now,
    newId,
    erased: async (erasure) => void erasures.push(erasureLine(erasure)),
  });
  const ask = async (
    who: string,
    method: string,
    path: string,
    body?: object | Uint8Array,
    version?: number,
  ) =>
    server.fetch(
      new Request(`http://minqing.test/counties/huantai${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${await demo.sign(`huantai-${who}`)}`,
          ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
        },
        ...(body === undefined
          ? {}
          : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
      }),
    );
  const call = async (...given: Parameters<typeof ask>) => (await ask(...given)).json();
  return { store, ask, call, heard, erasures, host: counties.hosts.get('huantai') };
}
type Started = Awaited<ReturnType<typeof start>>;

const own = {
  title: '幸福路的井盖',
  situation: '幸福路二十号门前井盖松动。',
  analysis: '年久失修。',
  suggestion: '请尽快更换。',
};
const joint = { ...text, title: '两人联名的建议' };

/** A person with a report that was handed to a department and rated, a draft, a joint report and an objection. */
async function lived({ ask, call }: Started) {
  const act = async (who: string, view: ThingView, action: string, input = {}): Promise<ThingView> => {
    const path = `/${view.kind === 'handling' ? 'handling' : 'reports'}/${view.id}/actions/${action}`;
    const answer = await ask(who, 'POST', path, { input }, view.version);
    const body = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(body));
    return body;
  };
  const photo = await (await ask('author-1', 'POST', '/files', png)).json();
  let report = await call('author-1', 'POST', '/reports', {
    action: 'submit',
    input: { ...own, photos: [photo.id] },
  });
  report = await act('checker', report, 'pass-on', { lead: 'education-bureau', task: '请更换井盖。' });
  const id = report.links.find(({ kind }: { kind: string }) => kind === 'handling')?.id;
  let handling = await call('education-bureau', 'GET', `/handling/${id}`);
  handling = await act('education-bureau', handling, 'sign-for');
  handling = await act('education-bureau', handling, 'reply', { result: 'solved', reply: '已更换。' });
  handling = await act('office-director', handling, 'confirm');
  await act('author-1', handling, 'rate', { satisfaction: 'very', comment: '换得很快,谢谢。' });
  await call('author-1', 'POST', '/reports', { action: 'save', input: { title: '没写完的草稿' } });
  await call('checker', 'POST', '/reports', {
    action: 'submit',
    input: { ...joint, authors: ['huantai-author-1', 'huantai-author-2'] },
    onBehalf: { of: 'huantai-author-1', on: '2026-03-01' },
  });
  const other = await call('author-2', 'POST', '/reports', { action: 'submit', input: text });
  await act('checker', other, 'pass', checked);
  const loose = await (await ask('author-1', 'POST', '/files', png)).json();
  const seen = await (await ask('author-1', 'POST', '/files', png)).json();
  await call('author-1', 'POST', '/matter-micro-consultation', {
    action: 'save',
    input: { title: '井盖谁来管', photos: [seen.id] },
  });
  return { report, handling, photo, loose, seen };
}
const theirs = [...Object.values(own), '没写完的草稿', '换得很快,谢谢。'];

test('a person gets a copy of all that is kept of them with their files, and nobody else’s', async () => {
  const at = await start();
  const { report, photo, loose } = await lived(at);
  const zip = async (who: string) => {
    const answer = await at.ask(who, 'GET', '/people/huantai-author-1/data');
    return answer.ok ? unzipSync(new Uint8Array(await answer.arrayBuffer())) : answer.status;
  };
  for (const who of ['author-2', 'checker', 'office-director', 'admin']) expect(await zip(who)).toBe(403);
  for (const who of ['author-1', 'secretary-general', 'security-admin']) {
    const files = await zip(who);
    if (typeof files === 'number') throw new Error(String(files));
    const said = strFromU8(files['data.json'] ?? new Uint8Array());
    for (const words of [...theirs, joint.title])
      expect([words, said.includes(words)]).toEqual([words, true]);
    const data = JSON.parse(said);
    expect(data.directory[0].row.name).toBe(data.things[0].authors[0].name);
    expect(data.points.length).toBeGreaterThan(0);
    expect(data.messages.map(({ about }: { about: string }) => about)).toContain(report.id);
    // What the office judged of it is not theirs, and nor is what another wrote.
    expect(said).not.toMatch(/"content-sound"|关于校门口交通安全/);
    const photos = Object.keys(files).filter((path) => path.startsWith(`${report.id}/${photo.id}`));
    expect(photos).toHaveLength(1);
    expect(files[photos[0] ?? '']).toEqual(png);
    const uploads = Object.keys(files).filter((path) => path.startsWith('uploads/'));
    expect(uploads).toEqual([expect.stringContaining(loose.id)]);
  }
  expect((await at.ask('secretary-general', 'GET', '/people/nobody/data')).status).toBe(404);
  await at.store.close();
});

/** Everything that the store holds, as bytes would show it. */
async function everything({ store }: Started): Promise<string> {
  const all: unknown[] = [await store.directory('huantai'), await store.sensitiveActs('huantai')];
  for (const kind of ['report', 'lead', 'piece', 'handling', 'period'] as const)
    for await (const row of store.all('huantai', kind)) all.push(row, await store.log(row.thing));
  return JSON.stringify(all);
}

test('what they gave is erased, in the likeness of reports too; the chain holds, what happened stays, and what others gave', async () => {
  const at = await start();
  const { report, handling, photo, loose, seen } = await lived(at);
  const name = report.authors[0].name;
  const like = async () =>
    (await at.call('checker', 'POST', '/similar', { kind: 'report', input: own })).rows.map(
      ({ id }: { id: string }) => id,
    );
  expect(await like()).toContain(report.id);
  for (const who of ['author-1', 'checker', 'admin'])
    expect((await at.ask(who, 'POST', '/people/huantai-author-1/erase', {})).status).toBe(403);
  expect(await at.call('secretary-general', 'POST', '/people/huantai-author-1/erase', {})).toEqual({
    things: 4,
  });

  const kept = await everything(at);
  for (const words of theirs) expect([words, kept.includes(words)]).toEqual([words, false]);
  expect(
    (await at.store.directory('huantai'))
      .filter(({ row }) => row.id === 'huantai-author-1')
      .map(({ row }) => row.name),
  ).toEqual([ERASED_NAME, ERASED_NAME]);
  // One that was never attached, and one of what they recorded, too.
  for (const { id } of [photo, loose, seen])
    expect([id, await at.store.file('huantai', id)]).toEqual([id, null]);
  expect(await at.store.messages('huantai', 'huantai-author-1', 10, null)).toEqual([]);
  expect(await like()).not.toContain(report.id);
  // A text of both authors is the other's too.
  expect(kept).toContain(joint.title);
  expect(kept).toContain('已更换。');
  expect(await at.host?.desk.verifyLog()).toMatchObject({ difference: null });

  const view = await at.call('checker', 'GET', `/reports/${report.id}`);
  expect(view).toMatchObject({ title: report.id, files: [], authors: [{ name: ERASED_NAME }] });
  expect(JSON.stringify(view)).not.toContain(name);
  expect(view.history.map(({ action }: { action: string }) => action)).toEqual([
    'submit',
    'pass-on',
    'erase',
  ]);
  expect((await at.call('education-bureau', 'GET', `/handling/${handling.id}`)).title).toBe(handling.id);
  // The points of the year are what they were, and whoever was erased comes in no more.
  const { subjects } = await at.call('secretary-general', 'GET', '/scores?period=2026');
  expect(subjects.find(({ id }: { id: string }) => id === 'huantai-author-1').points).not.toBe('0');
  expect((await at.ask('author-1', 'GET', '')).status).toBe(404);
  expect(at.erasures).toEqual([
    expect.stringMatching(/^\["huantai","huantai-author-1","2026-03-02T01:.*Z"\]\n$/),
  ]);
  const [act] = await at.call('audit-admin', 'GET', '/audit');
  expect(act).toMatchObject({ is: 'erase', about: 'huantai-author-1', standing: 'alone' });
  // Done again there is nothing left to do.
  expect(
    await at.host?.desk.erasePerson('huantai-author-1', {
      by: 'x',
      at: '2026-03-03T00:00:00.000Z',
      second: null,
    }),
  ).toEqual({
    things: 0,
  });
  await at.store.close();
});

test('when both authors of a joint report are erased, its words go too', async () => {
  const at = await start();
  await lived(at);
  for (const who of ['author-1', 'author-2'])
    await at.call('secretary-general', 'POST', `/people/huantai-${who}/erase`, {});
  expect(await everything(at)).not.toContain(joint.title);
  expect(await at.host?.desk.verifyLog()).toMatchObject({ difference: null });
  await at.store.close();
});

test('a backup that is brought back is erased again at the start, by what was written down elsewhere', async () => {
  const at = await start();
  await lived(at);
  await at.store.close();
  copyFileSync(db, `${db}.backup`);
  const then = await start();
  await then.call('secretary-general', 'POST', '/people/huantai-author-1/erase', {});
  const { erasures } = then;
  await then.store.close();

  copyFileSync(`${db}.backup`, db);
  const again = await start(erasures);
  expect(again.heard).toHaveLength(1);
  expect(again.heard.join()).not.toContain('author-1');
  const kept = await everything(again);
  for (const words of theirs) expect(kept).not.toContain(words);
  expect(await again.host?.desk.verifyLog()).toMatchObject({ difference: null });
  await again.store.close();
  const once = await start(erasures);
  expect(once.heard).toEqual([]);
  await once.store.close();
});

test('who was erased and is entered again keeps what they have sent since, at every start', async () => {
  const at = await start();
  await lived(at);
  await at.store.close();
  copyFileSync(db, `${db}.backup`);
  const then = await start([], '03');
  const enter = async ({ ask }: Started) =>
    expect(
      (await ask('admin', 'PUT', '/directory/people/huantai-author-1', { name: '又来的人', kind: 'member' }))
        .status,
    ).toBe(200);
  const again = { ...text, title: '再次录入后写的' };
  const send = ({ call }: Started) =>
    call('author-1', 'POST', '/reports', { action: 'submit', input: again });
  await then.call('secretary-general', 'POST', '/people/huantai-author-1/erase', {});
  const { erasures } = then;
  await enter(then);
  await send(then);
  await then.store.close();
  // A line of before the instant stood in it says no more than that it was done.
  for (const lines of [erasures, ['["huantai","huantai-author-1"]\n']]) {
    const later = await start(lines);
    expect(later.heard).toEqual([]);
    expect(await everything(later)).toContain(again.title);
    await later.store.close();
  }

  // A backup from before, and the person entered and at work before what was erased is erased again.
  copyFileSync(`${db}.backup`, db);
  const back = await start([], '05');
  await enter(back);
  await send(back);
  await back.store.close();
  const last = await start(erasures, '06');
  expect(last.heard).toHaveLength(1);
  const kept = await everything(last);
  for (const words of theirs) expect([words, kept.includes(words)]).toEqual([words, false]);
  expect(kept).toContain(again.title);
  expect(kept).toContain('又来的人');
  expect(await last.host?.desk.verifyLog()).toMatchObject({ difference: null });
  await last.store.close();
  const once = await start(erasures);
  expect(once.heard).toEqual([]);
  await once.store.close();
});

test('words that come back behind the log’s back are found by verify-log', async () => {
  const at = await start();
  const { report } = await lived(at);
  const before = await at.store.log(report);
  await at.call('secretary-general', 'POST', '/people/huantai-author-1/erase', {});
  const { log } = at.store;
  at.store.log = async (ref) =>
    ref.id === report.id
      ? (await log(ref)).map((one, n) => ({ ...one, texts: before[n]?.texts ?? [] }))
      : log(ref);
  expect(await at.host?.desk.verifyLog()).toMatchObject({ difference: { id: report.id, what: 'erased' } });
  await at.store.close();
});

test('files in a folder are exported and erased from the command line too', async () => {
  const at = await start();
  const { photo } = await lived(at);
  const outside = `${db}.files`;
  const row = await at.store.file('huantai', photo.id);
  if (!row) throw new Error('no photo');
  await at.store.removeFiles('huantai', [photo.id]);
  await filesBeside(at.store, folderOfFiles(outside)).saveFile(row);
  await at.store.close();
  const out = `${db}.zip`;
  const command = (...args: string[]) =>
    run(personCommand, [...args, '--db', db, '--files', outside, '--lang', 'en']);
  expect(await command('export', 'huantai', 'huantai-author-1', '--out', out)).toMatchObject({ code: 0 });
  const zip = unzipSync(new Uint8Array(readFileSync(out)));
  const path = Object.keys(zip).find((name) => name.includes(photo.id));
  expect(zip[path ?? '']).toEqual(png);
  const done = await command('erase', 'huantai', 'huantai-author-1');
  expect(done.out).toContain('--erasures');
  expect(await folderOfFiles(outside).get('huantai', photo.id)).toBeNull();
});

test('the command line exports and erases, and verify-log holds', async () => {
  const at = await start();
  await lived(at);
  await at.store.close();
  const out = `${db}.zip`;
  const command = (...args: string[]) => run(personCommand, [...args, '--db', db, '--lang', 'en']);
  expect(await command('export', 'huantai', 'huantai-author-1', '--out', out)).toMatchObject({
    code: 0,
    refused: null,
  });
  expect(strFromU8(unzipSync(new Uint8Array(readFileSync(out)))['data.json'] ?? png)).toContain(own.title);
  const register = `${db}.erasures`;
  const done = await command('erase', 'huantai', 'huantai-author-1', '--erasures', register, '--by', 'root');
  expect(done.out).toBe('Erased; 4 thing(s).\n');
  expect(readFileSync(register, 'utf8')).toMatch(/^\["huantai","huantai-author-1","[-\d]+T.*Z"\]\n$/);
  expect((await command('export', 'huantai', 'nobody', '--out', out)).refused?.en).toContain(
    'not in the directory',
  );
  expect((await run(verifyLogCommand, ['--db', db])).code).toBe(0);
});
