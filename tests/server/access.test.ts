import { beforeAll, describe, expect, test } from 'vitest';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import type { ThingView } from '../../src/model/view.ts';
import { createServer } from '../../src/server/app.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { demoIdentity, type DemoIdentity } from '../../src/server/identity.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { countyOf } from '../county.ts';
import { checked, text } from '../desk/office.ts';
import { png } from '../picture.ts';

/*
 * Who may do what, written by hand and not read from the config: 2 done or shown, 3 forbidden, B only on behalf of the
 * party, who must be named, N would be done if there were such a thing. Every cell runs over HTTP, in each county against its own things and against the other's.
 */
const columns = [
  'read the report', // of author-1, at the initial check
  'pass the report',
  'withdraw it',
  'read the lead',
  'list the pieces',
  'list the handling',
  'list the periods',
  'open a period',
  'see the scores',
  'see the config',
  'attach a file',
  'see everyone’s quotas',
  'see the directory',
  'see the audit list',
  'export another’s data',
  'try records',
  'export the reports',
  'see what was not delivered',
  'try the directory',
  'approve a config',
  'agree to an act',
  'erase another’s data',
] as const;
const matrix: Record<string, string> = {
  'author-1': '2 3 2 2 2 2 2 3 2 2 2 3 3 3 3 3 3 3 3 3 3 3',
  'author-2': '3 3 3 3 2 2 2 3 2 2 2 3 3 3 3 3 3 3 3 3 3 3',
  checker: '2 2 B 2 2 2 2 3 2 2 2 2 3 3 3 3 3 3 3 3 3 3',
  compiler: '2 3 3 3 2 2 2 3 2 2 2 2 3 3 3 2 3 3 3 3 3 3',
  'office-director': '2 3 B 2 2 2 2 2 2 2 2 2 2 3 3 2 2 2 2 N 3 3',
  'secretary-general': '2 3 3 2 2 2 2 3 2 2 2 2 3 2 2 3 2 3 3 N N 2',
  chairman: '2 3 3 3 2 2 2 3 2 2 2 2 3 3 3 3 3 3 3 3 3 3',
  'education-bureau': '3 3 3 3 2 2 2 3 2 2 2 3 3 3 3 3 3 3 3 3 3 3',
  'supervision-office': '2 3 3 3 2 2 2 3 2 2 2 2 3 3 3 3 3 3 3 3 3 3',
  'security-admin': '3 3 3 3 2 2 2 3 2 2 2 2 3 2 2 3 3 3 3 N N 2',
  'audit-admin': '3 3 3 3 2 2 2 3 2 2 2 2 3 2 3 3 3 3 3 3 3 3',
  admin: '3 3 3 3 2 2 2 3 2 2 2 2 2 3 3 3 3 2 2 N 3 3',
};

let demo: DemoIdentity;
let server: ReturnType<typeof createServer>;
async function call(who: string, method: string, path: string, body?: BodyInit, version?: number) {
  const headers: Record<string, string> = { Authorization: `Bearer ${await demo.sign(who)}` };
  if (version !== undefined) headers['If-Match'] = `"${version}"`;
  return server.fetch(
    new Request(`http://minqing.test${path}`, { method, headers, ...(body ? { body } : {}) }),
  );
}
const opened = async (county: string, kind: 'reports' | 'leads', input: object): Promise<ThingView> =>
  (await call(`${county}-author-1`, 'POST', `/counties/${county}/${kind}`, JSON.stringify({ input }))).json();

/** What each column asks, of a county's own fresh things. */
async function ask(column: (typeof columns)[number], who: string, county: string): Promise<Response> {
  const at = `/counties/${county}`;
  const act = async (action: string, input: object) => {
    const report = await opened(county, 'reports', text);
    const path = `${at}/reports/${report.id}/actions/${action}`;
    return call(who, 'POST', path, JSON.stringify({ input }), report.version);
  };
  switch (column) {
    case 'read the report':
      return call(who, 'GET', `${at}/reports/${(await opened(county, 'reports', text)).id}`);
    case 'pass the report':
      return act('pass', checked);
    case 'withdraw it':
      return act('withdraw', {});
    case 'read the lead': {
      const lead = await opened(county, 'leads', { title: '路灯不亮', situation: '半个月了' });
      return call(who, 'GET', `${at}/leads/${lead.id}`);
    }
    case 'list the pieces':
      return call(who, 'GET', `${at}/pieces`);
    case 'list the handling':
      return call(who, 'GET', `${at}/handling`);
    case 'list the periods':
      return call(who, 'GET', `${at}/periods`);
    case 'open a period':
      return call(
        who,
        'POST',
        `${at}/periods`,
        JSON.stringify({ action: 'count', input: { period: '2026-Q1' } }),
      );
    case 'see the scores':
      return call(who, 'GET', `${at}/scores?period=2026`);
    case 'see the config':
      return call(who, 'GET', `${at}/config`);
    case 'attach a file':
      return call(who, 'POST', `${at}/files`, png);
    case 'see the directory':
      return call(who, 'GET', `${at}/directory`);
    case 'see the audit list':
      return call(who, 'GET', `${at}/audit`);
    case 'export another’s data':
      return call(who, 'GET', `${at}/people/${county}-author-3/data`);
    case 'try records':
      return call(who, 'POST', `${at}/records/trial`, '');
    case 'export the reports':
      return call(who, 'GET', `${at}/export/reports.csv`);
    case 'see what was not delivered':
      return call(who, 'GET', `${at}/messages/undelivered`);
    case 'try the directory':
      return call(who, 'POST', `${at}/directory/trial`, 'id,name\nnew-one,某人\n');
    case 'approve a config':
      return call(who, 'POST', `${at}/config/versions/9/actions/approve`, '{}');
    case 'agree to an act':
      return call(who, 'POST', `${at}/audit/9/actions/agree`, '{}');
    case 'erase another’s data':
      return call(who, 'POST', `${at}/people/${county}-author-9/erase`, '{}');
    case 'see everyone’s quotas':
      return call(who, 'GET', `${at}/quotas?of=all`);
  }
}

beforeAll(async () => {
  demo = await demoIdentity();
  let ids = 0;
  const store = memoryStore();
  const hosts = ['huantai', 'ningshan'].map((name) => {
    const { county, config } = countyOf(name);
    const directory = demoDirectory(county);
    const scoring = methodScoring(config, directory);
    const newSalt = () => `salt-${(ids += 1)}`;
    return { county, directory, store, desk: createDesk({ county, directory, store, scoring, newSalt }) };
  });
  server = createServer({
    counties: new Map(hosts.map((host) => [host.county.id, host])),
    identity: demo,
    now: () => '2026-03-02T01:00:00.000Z',
    newId: () => `file-${(ids += 1)}`,
    demo,
  });
});

describe.each([
  ['huantai', 'ningshan'],
  ['ningshan', 'huantai'],
])('in %s', (county, other) => {
  test.each(Object.entries(matrix))('%s', async (who, cells) => {
    const expected = Object.fromEntries(cells.split(' ').map((cell, at) => [columns[at], cell]));
    const got: Record<string, string> = {};
    for (const column of columns) {
      const { status } = await ask(column, `${county}-${who}`, county);
      got[column] =
        status < 300
          ? '2'
          : status === 403
            ? '3'
            : status === 422
              ? 'B'
              : status === 404
                ? 'N'
                : String(status);
    }
    expect(got).toEqual(expected);
    for (const column of columns) {
      const answer = await ask(column, `${county}-${who}`, other);
      // Neither whether the other county's thing is there, nor whether the county is.
      expect([column, answer.status]).toEqual([column, 404]);
    }
  });
});
