import { beforeAll, expect, test } from 'vitest';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import { createServer } from '../../src/server/app.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { countyOf } from '../county.ts';
import { checked, text } from '../desk/office.ts';

/** Early warning stands in for a field by which a county publishes. */
async function serverOf(field: string | null, acts: readonly string[] = []) {
  const { county: base, config } = countyOf('huantai');
  const publishedBy = new Map(field === null ? [] : [['report', field]]);
  const county = { ...base, publishedBy, publicActs: new Set(acts) };
  const directory = demoDirectory(county);
  const store = memoryStore();
  const scoring = methodScoring(config, directory);
  const desk = createDesk({ county, directory, store, scoring, newSalt: () => 'salt' });
  const demo = await demoIdentity();
  const { fetch } = createServer({
    counties: new Map([[county.id, { county, directory, store, desk }]]),
    identity: demo,
    now: () => '2026-03-02T01:00:00.000Z',
    newId: () => 'id',
  });
  const send = async (who: string, path: string, body: object, version?: number) =>
    fetch(
      new Request(`http://minqing.test/counties/huantai${path}`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${await demo.sign(who)}`,
          ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
        },
        body: JSON.stringify(body),
      }),
    );
  /** A report that has passed the first gate with this answer. */
  const passed = async (title: string, warning: boolean, more = {}): Promise<string> => {
    const sent = await send('huantai-author-1', '/reports', { action: 'submit', input: { ...text, title } });
    const { id } = await sent.json();
    const input = { ...checked, 'early-warning': warning, ...more };
    expect((await send('huantai-checker', `/reports/${id}/actions/pass`, { input }, 1)).status).toBe(200);
    return id;
  };
  const look = (id: string, headers = {}, county = 'huantai') =>
    fetch(new Request(`http://minqing.test/counties/${county}/public/reports/${id}`, { headers }));
  const act = (id: string, action: string, version: number) =>
    send('huantai-checker', `/reports/${id}/actions/${action}`, {}, version);
  return { passed, look, act };
}
let here: Awaited<ReturnType<typeof serverOf>>;
beforeAll(async () => {
  here = await serverOf('early-warning');
});

test('anybody may read where a published report stands: a plain page without a script, and no more than that', async () => {
  const id = await here.passed('<script>alert(1)</script> & 路灯', true);
  const answer = await here.look(id);
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=UTF-8']);
  expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  const page = await answer.text();
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; 路灯');
  expect(page).toContain('现处环节');
  expect(page).toContain('2026-03-02');
  for (const hidden of ['<script', text.situation, text.analysis, text.suggestion, 'author-1', 'checker'])
    expect(page).not.toContain(hidden);
  expect(await (await here.look(id, { 'Accept-Language': 'en' })).text()).toContain('It is now at');
});

test('whoever follows a link to what is not there reads so on a page, in their language, a program as an error', async () => {
  for (const county of ['huantai', 'nowhere']) {
    const answer = await here.look('report-999', { Accept: 'text/html,*/*' }, county);
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([404, 'text/html; charset=UTF-8']);
    expect(await answer.text()).toContain('<p>没有这件事项');
  }
  const told = await here.look('report-999');
  expect([told.status, (await told.json()).code]).toEqual([404, 'not-found']);
});

test('a report that is not published reads like one that does not exist, and like another county', async () => {
  const id = await here.passed('不公开', false);
  const words = async (answer: Response) => [answer.status, await answer.text()];
  const secret = await here.passed('保密件', true, { confidential: true });
  const none = await words(await here.look('report-999'));
  expect(none[0]).toBe(404);
  expect(await words(await here.look(id))).toEqual(none);
  expect(await words(await here.look(secret))).toEqual(none);
  expect(await words(await here.look(id, {}, 'nowhere'))).toEqual(none);
});

test('where a county has not switched it on nothing is public', async () => {
  const { passed, look } = await serverOf(null);
  expect((await look(await passed('路灯', true))).status).toBe(404);
  expect(countyOf('huantai').county.publishedBy.size).toBe(0);
});

test('what happened is told as far as the county names the acts, without a word that was written in them, and the same as data', async () => {
  const named = await serverOf('early-warning', ['submit', 'pass', 'return']);
  const id = await named.passed('桥面塌陷', true);
  expect(await (await named.look(id)).text()).toContain(
    '<h2>办理过程</h2><dl><dt>2026-03-02</dt><dd>提交</dd>',
  );
  const answer = await named.look(`${id}?as=json`);
  expect(await answer.json()).toEqual({
    county: '桓台县政协',
    title: '桥面塌陷',
    stage: '复审',
    since: '2026-03-02T01:00:00.000Z',
    told: [
      { on: '2026-03-02', what: '提交', words: [] },
      { on: '2026-03-02', what: '初核通过', words: [] },
    ],
    handling: [],
  });
  const page = await (await named.look(id)).text();
  expect(page).toContain('初核通过');
  expect(page).not.toContain(text.situation);
  // What was taken back did not happen.
  expect((await named.act(id, 'take-back', 2)).status).toBe(200);
  const back = await (await named.look(`${id}?as=json`)).json();
  expect(back.told.map(({ what }: { what: string }) => what)).toEqual(['提交']);

  const silent = await (await here.look(`${await here.passed('桥面', true)}?as=json`)).json();
  expect(silent.told).toEqual([]);
});
