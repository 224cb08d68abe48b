import { beforeAll, describe, expect, test } from 'vitest';
import { createServer } from '../../src/server/app.ts';
import { openCounties } from '../../src/server/counties.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { packageRoot } from '../../src/server/main.ts';
import { readSettings } from '../../src/server/settings.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { AuditRow } from '../../src/model/audit.ts';
import { text } from '../desk/office.ts';

/* What nobody should do alone: publish a config, purge a report, change who holds which post. */

async function start(duties: object) {
  const settings = readSettings(
    'settings.json',
    JSON.stringify({
      portals: [{ issuer: 'a', audience: 'b', jwks: 'https://a/' }],
      ...duties,
    }),
  );
  const demo = await demoIdentity();
  const store = memoryStore();
  let ids = 0;
  const now = () => new Date(Date.parse('2026-03-02T01:00:00Z') + (ids += 1) * 1000).toISOString();
  const counties = await openCounties({
    folder: `${packageRoot}configs`,
    store,
    demo: true,
    now,
    newSalt: () => `salt-${(ids += 1)}`,
    separateDuties: () => settings.duties.separate !== 'off',
    heard: () => undefined,
  });
  const server = createServer({
    counties: counties.hosts,
    follow: counties.follow,
    duties: settings.duties,
    identity: demo,
    now,
    newId: () => `file-${(ids += 1)}`,
  });
  const call = async (who: string, method: string, path: string, body?: object, version?: number) => {
    const answer = await server.fetch(
      new Request(`http://minqing.test/counties/huantai${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${await demo.sign(who.includes('/') ? who.replace('/', '-') : `huantai-${who}`)}`,
          'Accept-Language': 'en',
          ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
    return { status: answer.status, body: await answer.json() };
  };
  const audit = async (who = 'audit-admin'): Promise<AuditRow[]> => (await call(who, 'GET', '/audit')).body;
  return {
    call,
    audit,
    store,
    async draft(who = 'admin') {
      const changes = [{ path: 'quotas/four-a-year/need', value: 6 }];
      return (await call(who, 'POST', '/config/versions', { changes, note: '' })).body.number;
    },
    step: (who: string, number: number, step: string) =>
      call(who, 'POST', `/config/versions/${number}/actions/${step}`, {}),
    agree: (who: string, number: number | null, step = 'agree') =>
      call(who, 'POST', `/audit/${number}/actions/${step}`, {}),
    async report() {
      return (await call('author-1', 'POST', '/reports', { action: 'submit', input: text })).body;
    },
    purge: (who: string, { id, version }: { id: string; version: number }) =>
      call(who, 'POST', `/reports/${id}/actions/purge`, {}, version),
    stageOf: async (id: string) => (await call('secretary-general', 'GET', `/reports/${id}`)).body.stage.id,
  };
}
type Started = Awaited<ReturnType<typeof start>>;
const change = { id: 'new', name: '陈新', kind: 'cadre', posts: [{ post: 'checker' }] };

describe('where duties are not separated', () => {
  let at: Started;
  beforeAll(async () => void (at = await start({})));

  test('one person may do it alone, and each time it is marked in the log and on the list', async () => {
    const number = await at.draft();
    expect((await at.step('admin', number, 'approve')).body.alone).toBe(true);
    const report = await at.report();
    expect((await at.purge('office-director', report)).status).toBe(200);
    expect((await at.call('admin', 'PUT', '/directory/people/new', change)).status).toBe(200);
    expect(
      (await at.audit()).map(({ is, about, standing, by, second }) => [is, about, standing, by.id, second]),
    ).toEqual([
      ['directory', 'new', 'alone', 'huantai-admin', null],
      ['purge', report.id, 'alone', 'huantai-office-director', null],
      ['config', '2', 'alone', 'huantai-admin', null],
    ]);
    const log = await at.store.log({ county: 'huantai', kind: 'report', id: report.id });
    expect(log.at(-1)?.entry).toMatchObject({ action: 'purge', second: null });
    expect((await at.store.directory('huantai')).at(-1)).toMatchObject({ by: 'huantai-admin', second: null });
  });

  test('the list is for those whom the county’s table names', async () => {
    for (const who of ['author-1', 'checker', 'office-director', 'admin'])
      expect((await at.call(who, 'GET', '/audit')).status).toBe(403);
    expect(await at.audit('security-admin')).toEqual([]);
    expect((await at.audit('secretary-general')).length).toBe(3);
  });
});

describe('where two of the county answer for it', () => {
  let at: Started;
  beforeAll(async () => void (at = await start({ duties: 'two' })));

  test('whoever drafted a config does not approve it, nor goes back to an old one alone', async () => {
    const number = await at.draft();
    expect(await at.step('admin', number, 'approve')).toMatchObject({
      status: 403,
      body: { code: 'second-refused' },
    });
    expect((await at.step('admin', number, 'publish')).status).toBe(409);
    expect((await at.step('security-admin', number, 'approve')).body).toMatchObject({ alone: false });
    expect((await at.step('admin', number, 'publish')).body.standing).toBe('in-force');
    const back = (await at.step('secretary-general', 1, 'roll-back')).body;
    expect(back).toMatchObject({ standing: 'draft', backTo: 1 });
    expect((await at.step('secretary-general', back.number, 'approve')).status).toBe(403);
    expect((await at.step('security-admin', back.number, 'approve')).status).toBe(200);
  });

  test('a purge waits for another person, who agrees or refuses; the log names both', async () => {
    const report = await at.report();
    const asked = await at.purge('secretary-general', report);
    expect([asked.status, asked.body.code]).toEqual([409, 'second-needed']);
    expect(await at.stageOf(report.id)).toBe('initial-check');
    const [waiting] = await at.audit('security-admin');
    expect(waiting).toMatchObject({ is: 'purge', about: report.id, standing: 'waiting' });
    const number = waiting?.number ?? null;
    expect((await at.agree('secretary-general', number)).status).toBe(403);
    expect((await at.agree('office-director', number)).status).toBe(403);
    expect((await at.agree('audit-admin', number)).status).toBe(403);
    expect(await at.agree('security-admin', number)).toMatchObject({
      status: 200,
      body: { standing: 'agreed' },
    });
    expect(await at.stageOf(report.id)).toBe('purged');
    expect((await at.agree('security-admin', number)).status).toBe(409);
    const log = await at.store.log({ county: 'huantai', kind: 'report', id: report.id });
    expect(log.at(-1)?.entry).toMatchObject({
      actor: 'huantai-secretary-general',
      second: 'huantai-security-admin',
    });

    const other = await at.report();
    await at.purge('office-director', other);
    const [next] = await at.audit('security-admin');
    expect((await at.agree('security-admin', next?.number ?? null, 'refuse')).body.standing).toBe('refused');
    expect(await at.stageOf(other.id)).toBe('initial-check');
    // Nothing of what was asked for is kept once it is settled.
    expect((await at.store.sensitiveActs('huantai')).every(({ request }) => request === null)).toBe(true);
  });

  test('what may not be purged is refused at once, and nobody is asked to agree', async () => {
    const report = await at.report();
    const before = (await at.audit()).length;
    expect((await at.purge('checker', report)).status).toBe(403);
    expect((await at.audit()).length).toBe(before);
  });

  test('a change of the directory waits too, and is done in the name of whoever asked for it', async () => {
    expect((await at.call('admin', 'PUT', '/directory/people/new', change)).body.code).toBe('second-needed');
    expect((await at.call('new', 'GET', '')).status).toBe(404);
    const [waiting] = await at.audit('security-admin');
    expect((await at.agree('security-admin', waiting?.number ?? null)).status).toBe(200);
    const entry = (await at.store.directory('huantai')).at(-1);
    expect(entry).toMatchObject({
      by: 'huantai-admin',
      second: 'huantai-security-admin',
      row: { id: 'new' },
    });
    const wrong = { ...change, kind: 'nobody' };
    expect((await at.call('admin', 'PUT', '/directory/people/new', wrong)).status).toBe(422);
  });

  test('nobody is two of the three administrators: it cannot be entered, and whoever is so acts by neither', async () => {
    const both = { name: '孙管', kind: 'cadre', posts: [{ post: 'admin' }, { post: 'audit-admin' }] };
    const answer = await at.call('admin', 'PUT', '/directory/people/huantai-admin', both);
    expect([answer.status, answer.body.fields[0].message]).toEqual([
      422,
      expect.stringContaining('must be different people'),
    ]);
    // Handed over in the same change: the old post ended yesterday.
    const over = { ...both, posts: [{ post: 'audit-admin' }] };
    expect((await at.call('admin', 'PUT', '/directory/people/huantai-admin', over)).body.code).toBe(
      'second-needed',
    );
    // What stood in the store before duties were separated.
    await at.store.saveDirectory('huantai', [
      {
        of: 'people',
        row: {
          id: 'huantai-both',
          name: '两',
          posts: [{ post: 'security-admin' }, { post: 'audit-admin' }, { post: 'checker' }],
        },
        sequence: 1,
        by: 'file',
        at: '2026-03-02T01:00:00.000Z',
      },
    ]);
    await at.step('security-admin', await at.draft('office-director'), 'approve');
    const { may, me } = (await at.call('both', 'GET', '')).body;
    const held = me.posts.map(({ post }: { post: string }) => post);
    expect(held).toContain('checker');
    expect(held.join()).not.toMatch(/security-admin|audit-admin/);
    expect(may).not.toContain('see-audit');
    expect((await at.call('both', 'GET', '/audit')).status).toBe(403);
  });
});

describe('where the committee above agrees', () => {
  let at: Started;
  beforeAll(async () => void (at = await start({ duties: 'higher', higher: { huantai: 'yulin' } })));

  test('only its person may, and sees of the county what is needed and nothing else', async () => {
    const report = await at.report();
    await at.purge('office-director', report);
    const [waiting] = await at.audit('security-admin');
    const number = waiting?.number ?? null;
    expect((await at.agree('security-admin', number)).status).toBe(403);
    expect((await at.call('yulin/secretary-general', 'GET', '/audit')).body.length).toBeGreaterThan(0);
    expect((await at.call('yulin/checker', 'GET', '/audit')).status).toBe(403);
    expect((await at.call('yulin/secretary-general', 'GET', `/reports/${report.id}`)).status).toBe(404);
    expect((await at.call('ningshan/secretary-general', 'GET', '/audit')).status).toBe(404);
    expect((await at.agree('yulin/security-admin', number)).status).toBe(200);
    expect(await at.stageOf(report.id)).toBe('purged');
    const log = await at.store.log({ county: 'huantai', kind: 'report', id: report.id });
    expect(log.at(-1)?.entry.second).toBe('yulin/yulin-security-admin');

    const draft = await at.draft();
    expect((await at.step('security-admin', draft, 'approve')).status).toBe(403);
    expect((await at.call('yulin/security-admin', 'GET', `/config/versions/${draft}`)).status).toBe(200);
    expect((await at.step('yulin/security-admin', draft, 'approve')).body.approved.by).toBe(
      'yulin/yulin-security-admin',
    );
  });
});

test('settings that name no known choice are refused', () => {
  const read = (more: object) => () =>
    readSettings(
      's.json',
      JSON.stringify({ portals: [{ issuer: 'a', audience: 'b', jwks: 'https://a/' }], ...more }),
    );
  expect(read({ duties: 'three' })).toThrow(/"off", "two" or "higher"/);
  expect(read({ duties: 'higher', higher: ['x'] })).toThrow(/committee above/);
});
