import { expect, test } from 'vitest';
import { createServer } from '../../src/server/app.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import type { Store } from '../../src/store/port.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { officeOf, text } from '../desk/office.ts';

/** A matter that was answered, its author's rating awaited; and a browser that nobody is signed in to. */
async function answered(receivers: string[] = []) {
  const kept = memoryStore();
  const sends: string[] = [];
  const store: Store = {
    ...kept,
    commit(commit) {
      sends.push(...(commit.sends ?? []).map(({ body }) => body));
      return kept.commit(commit);
    },
  };
  const office = officeOf('huantai', store, '2026-03-02', {}, receivers);
  const { as, begin, look, county, directory, desk } = office;
  let today = '2026-03-03';
  const { fetch } = createServer({
    counties: new Map([[county.id, { county, directory, store, desk }]]),
    identity: await demoIdentity(),
    now: () => `${today}T02:00:00.000Z`,
    newId: () => 'id',
  });
  const report = await begin('wang', 'report', 'submit', { ...text, title: '路灯 <b>不亮</b>' });
  const passed = await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请整治' });
  const ref = { county: 'huantai', kind: 'handling', id: passed.links[0]?.id ?? '' };
  const see = (who: string) => look(who, ref);
  const reply = async () => {
    const item = await as('at-qifeng-town', 'reply', await see('at-qifeng-town'), {
      result: 'solved',
      reply: '已换 12 盏 <灯>',
    });
    return as('director', 'confirm', item);
  };
  await as('at-qifeng-town', 'sign-for', await see('at-qifeng-town'));
  await reply();
  const invite = async (input = {}) => {
    const view = await as('director', 'invite', await see('director'), { person: 'wang', ...input });
    return view.invitation?.path ?? '';
  };
  const open = (path: string, body?: Record<string, string>, language = 'zh') =>
    fetch(
      new Request(`http://minqing.test${path}`, {
        headers: { 'Accept-Language': language },
        ...(body ? { method: 'POST', body: new URLSearchParams(body) } : {}),
      }),
    );
  return { ...office, sends, see, reply, invite, open, on: (day: string) => void (today = day) };
}
const over = /已用过或已过期/;

test('an author answers by one tap of a link, without signing in, once', async () => {
  const { see, invite, open } = await answered();
  const path = await invite();
  const first = await open(path);
  expect(first.status).toBe(200);
  const page = await first.text();
  for (const words of ['路灯 &lt;b&gt;不亮&lt;/b&gt;', '已换 12 盏 &lt;灯&gt;', '非常满意', '不满意'])
    expect(page).toContain(words);
  expect(page.match(/<button/g)?.length).toBeGreaterThan(2);
  expect(page).not.toMatch(/<script/i);
  expect(first.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  expect(first.headers.get('Cache-Control')).toBe('no-store');
  // A machine that looks at links uses none up.
  expect((await open(path)).status).toBe(200);
  const sent = await open(path, { satisfaction: 'very', comment: '换得很快。' });
  expect([sent.status, await sent.text()]).toEqual([200, expect.stringContaining('您的评价已收到')]);
  const view = await see('director');
  expect(view.stage.id).toBe('done');
  expect(view.moments.at(-1)).toMatchObject({ is: 'rated', satisfaction: 'very', by: 'link' });
  expect(view.invitation).toBeNull();

  for (const again of [await open(path), await open(path, { satisfaction: 'dissatisfied' })])
    expect([again.status, await again.text()]).toEqual([410, expect.stringMatching(over)]);
  expect(await (await open(path, undefined, 'en')).text()).toContain('used already or has run out');
  expect((await see('director')).version).toBe(view.version);
});

test('of two taps at once one counts', async () => {
  const { see, invite, open } = await answered();
  const path = await invite();
  const taps = await Promise.all(
    ['very', 'dissatisfied'].map((satisfaction) => open(path, { satisfaction })),
  );
  expect(taps.map(({ status }) => status).sort()).toEqual([200, 410]);
  expect((await see('director')).moments.filter(({ is }) => is === 'rated')).toHaveLength(1);
});

test('a link runs out, is replaced by the next, and ends with an answer given elsewhere; one that never was reads the same', async () => {
  const { as, see, reply, invite, open, on } = await answered();
  const old = await invite({ until: '2026-03-04' });
  const path = await invite({ until: '2026-03-06' });
  expect((await open(old)).status).toBe(410);
  on('2026-03-06');
  expect((await open(path)).status).toBe(200);
  on('2026-03-07');
  expect((await open(path)).status).toBe(410);
  on('2026-03-03');
  const never = await open(path.replace(/[^/]+$/, 'salt-0'));
  expect([never.status, await never.text()]).toEqual([410, await (await open(old)).text()]);
  // Dissatisfied, it is done again; what asked the first time does not ask the second.
  await as('wang', 'rate', await see('wang'), { satisfaction: 'dissatisfied' });
  expect((await open(path, { satisfaction: 'very' })).status).toBe(410);
  await reply();
  expect((await open(path)).status).toBe(410);
  expect((await open(await invite())).status).toBe(200);
});

test('the office alone sees the link, may ask an author alone, and hands it to a system outside', async () => {
  const { as, see, invite, sends } = await answered(['sms']);
  const refused = { code: 'invalid-input' };
  await expect(invite({ person: 'li' })).rejects.toMatchObject(refused);
  await expect(invite({ until: '2026-03-01' })).rejects.toMatchObject(refused);
  await expect(
    as('at-qifeng-town', 'invite', await see('at-qifeng-town'), { person: 'wang' }),
  ).rejects.toMatchObject({
    code: 'forbidden',
  });
  const path = await invite();
  const token = path.split('/').at(-1) ?? '';
  for (const who of ['wang', 'at-qifeng-town'])
    expect(JSON.stringify(await see(who))).not.toContain(`"${token}"`);
  expect((await see('wang')).invitation).toBeNull();
  const bodies: { invitation?: object }[] = sends.map((body) => JSON.parse(body));
  expect(bodies.filter(({ invitation }) => invitation)).toEqual([
    expect.objectContaining({
      action: 'invite',
      invitation: { of: 'wang', until: expect.any(String), path },
    }),
  ]);
});

test('what is wrong is said on the page, and nothing is kept', async () => {
  const { see, invite, open } = await answered();
  const path = await invite();
  const { version } = await see('director');
  const answer = await open(path, { satisfaction: 'no-such-choice' });
  expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('请从选项中选择')]);
  expect((await see('director')).version).toBe(version);
  expect((await open(path, { satisfaction: 'fair' })).status).toBe(200);
});
