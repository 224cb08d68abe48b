import { copyFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, Packer, Paragraph } from 'docx';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { pageOf } from '../../src/documents/page.ts';
import { packageRoot, serve } from '../../src/server/main.ts';
import { text } from '../desk/office.ts';

const people = [
  { id: 'wang', name: '王建国', kind: 'standing-member' },
  { id: 'admin', name: '孙管', kind: 'cadre', posts: [{ post: 'admin' }] },
  { id: 'director', name: '李主任', kind: 'cadre', posts: [{ post: 'office-director' }] },
  { id: 'checker', name: '周核', kind: 'cadre', posts: [{ post: 'checker' }] },
];
const folder = mkdtempSync(join(tmpdir(), 'minqing-templates-'));
const start = () =>
  serve({
    port: 0,
    db: join(folder, 'huantai.db'),
    configs: folder,
    demo: true,
    year: false,
    told: () => undefined,
    settings: null,
  });
let server: Awaited<ReturnType<typeof serve>>;
let report = '';
beforeAll(async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  for (const name of ['base.json', 'huantai.json'])
    copyFileSync(join(packageRoot, 'configs', name), join(folder, name));
  writeFileSync(join(folder, 'huantai.directory.json'), JSON.stringify({ organisations: [], people }));
  server = await start();
  const sent = await call('wang', '/reports', JSON.stringify({ action: 'submit', input: text }));
  report = (await sent.json()).id;
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.close();
});

/** Says something to the server; with a body it is given. */
async function call(who: string, path: string, body?: string | Uint8Array<ArrayBuffer>, language = 'zh') {
  const base = `http://127.0.0.1:${server.port}`;
  const asked = await fetch(`${base}/demo/token`, { method: 'POST', body: JSON.stringify({ id: who }) });
  const { token } = await asked.json();
  return fetch(`${base}/counties/huantai${path}`, {
    headers: { Authorization: `Bearer ${token}`, 'Accept-Language': language },
    ...(body === undefined ? {} : { method: 'POST', body }),
  });
}
const json = async (who: string, path: string, body?: string) => (await call(who, path, body)).json();
const word = async (...lines: string[]) =>
  new Uint8Array(
    await Packer.toBuffer(
      new Document({ sections: [{ children: lines.map((line) => new Paragraph(line)) }] }),
    ),
  );
/** What a Word file puts on paper. */
const wordsOf = async (answer: Response) =>
  pageOf(new Uint8Array(await answer.arrayBuffer()))
    .blocks.flatMap((block) => ('runs' in block ? block.runs.map((run) => run.text) : []))
    .join('|');
const printed = async () => wordsOf(await call('checker', `/reports/${report}/papers/sign-off`));
const publish = async (number: number) => {
  await json('director', `/config/versions/${number}/actions/approve`, '{}');
  await json('director', `/config/versions/${number}/actions/publish`, '{}');
};
const path = '/config/templates/sign-off';

test('a clerk takes the template, changes it, uploads it; once approved and published papers are printed from it', async () => {
  expect(await wordsOf(await call('admin', path))).toContain('{county}社情民意信息签批单');
  const uploaded = await call('admin', path, await word('桓台县政协', '签批单:{title}'));
  expect(uploaded.status).toBe(201);
  const { number, standing, note } = await uploaded.json();
  expect([number, standing, note]).toEqual([2, 'draft', '换模板:签批单']);
  const page = await json('admin', '/config/versions/2');
  expect(page.differences).toMatchObject([{ path: 'papers', was: null }]);
  expect(page.papers.filter(({ own }: { own: boolean }) => own)).toMatchObject([{ paper: 'sign-off' }]);
  // Looked at before anybody agrees to it; what is printed meanwhile is as it was.
  expect(await wordsOf(await call('admin', `${path}?version=2&as=example`))).toBe(
    '桓台县政协|签批单:〔标题〕',
  );
  expect(await printed()).toContain('社情民意信息签批单');
  await publish(2);
  expect(await printed()).toBe(`桓台县政协|签批单:${text.title}`);
  expect(await wordsOf(await call('admin', path))).toBe('桓台县政协|签批单:{title}');
});

test('it is kept with the versions: through a restart, another template, a changed text, and back again', async () => {
  await server.close();
  server = await start();
  expect(await printed()).toBe(`桓台县政协|签批单:${text.title}`);

  const second = await call('admin', '/config/templates/notice', await word('通知 {title}'));
  expect(second.status).toBe(201);
  const both = await call('admin', `/config/templates/transfer?over=3`, await word('转办 {title}'));
  expect(both.status).toBe(201);
  const { text: written, papers } = await json('admin', '/config/versions/4');
  expect(papers.flatMap((one: { paper: string; own: boolean }) => (one.own ? [one.paper] : []))).toEqual([
    'sign-off',
    'transfer',
    'notice',
  ]);
  // Whoever changes the text somewhere else, with nothing but the text, loses none.
  const changed = JSON.stringify({ text: written.replace('"need": 4', '"need": 5'), note: '任务' });
  await json('admin', '/config/versions', changed);
  await publish(5);
  expect(await printed()).toBe(`桓台县政协|签批单:${text.title}`);
  expect(await wordsOf(await call('admin', '/config/templates/transfer'))).toBe('转办 {title}');

  const none = await call('admin', path, new Uint8Array());
  expect([none.status, (await none.json()).note]).toEqual([201, '恢复内置模板:签批单']);
  await publish(6);
  expect(await printed()).toContain('社情民意信息签批单');
  await json('director', '/config/versions/2/actions/roll-back', '{}');
  expect(await printed()).toBe(`桓台县政协|签批单:${text.title}`);
});

test('what cannot be printed is refused with its place, what is no Word file as such, and nothing is drafted', async () => {
  const before = (await json('admin', '/config')).versions.length;
  const refused = async (bytes: Uint8Array<ArrayBuffer>, language = 'zh') => {
    const answer = await call('admin', path, bytes, language);
    return [answer.status, (await answer.json()).detail];
  };
  expect(await refused(await word('签批单', '{titel}'))).toEqual([
    422,
    expect.stringMatching(/正文第 2 段“\{titel\}”里的 \{titel\}:没有这个字段,可以是:.*title/),
  ]);
  expect(await refused(await word('{#steps}{on}'), 'en')).toEqual([
    422,
    expect.stringContaining('{/steps}, is missing'),
  ]);
  expect(await refused(new TextEncoder().encode('a letter'))).toEqual([
    422,
    expect.stringContaining('模板不是 .docx 文件'),
  ]);
  expect((await json('admin', '/config')).versions).toHaveLength(before);
});

test('only who may draft the config uploads, and there are no other papers', async () => {
  const bytes = await word('{title}');
  expect((await call('wang', path, bytes)).status).toBe(403);
  expect((await call('checker', path, bytes)).status).toBe(403);
  expect((await call('admin', '/config/templates/ballot')).status).toBe(404);
});
