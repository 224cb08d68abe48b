import { beforeAll, describe, expect, test } from 'vitest';
import { demoRoutes, routes, type Route } from '../../src/server/routes.ts';
import { pathOf, type Fields, type ThingKind } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import { verbs } from '../../src/model/verb.ts';
import { checked, text } from '../desk/office.ts';
import { everyone, readers, takers } from './stages-table.ts';
import { twoCounties } from './two-counties.ts';

/*
 * Every role at every stage takes every action there is, over HTTP and in two counties at once. What is sent is never
 * a form that could be kept: an action that is allowed says that the form is wrong (or for whom, where it is entered on
 * a party's behalf), one that is not allowed is refused before anybody looks at the form.
 */
const counties = ['huantai', 'ningshan'] as const;
/** A department that has nothing to do with any of these. */
const otherBureau: Record<string, string> = { huantai: 'housing-bureau', ningshan: 'transport-bureau' };
let server: Awaited<ReturnType<typeof twoCounties>>['server'];
let demo: Awaited<ReturnType<typeof twoCounties>>['demo'];
let looked: () => number;
const tokens = new Map<string, string>();
/** By county, then `kind stage`. */
const things = new Map<string, Map<string, ThingView>>();

/** `other-bureau` is another one in each county. */
const person = (county: string, who: string) =>
  `${county}-${who === 'other-bureau' ? otherBureau[county] : who}`;

async function call(who: string, method: string, path: string, body?: object, version?: number) {
  const token = tokens.get(who) ?? (await demo.sign(who));
  tokens.set(who, token);
  return server.fetch(
    new Request(`http://minqing.test${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  );
}

beforeAll(async () => {
  ({ server, demo, looked } = await twoCounties());
  for (const county of counties) things.set(county, await stagesOf(county));
}, 60_000);

/** One thing at each stage, brought there by those whose part it is. */
async function stagesOf(county: (typeof counties)[number]): Promise<Map<string, ThingView>> {
  const found = new Map<string, ThingView>();
  const sent = async (answer: Response): Promise<ThingView> => {
    const view = await answer.json();
    if (!answer.ok) throw new Error(JSON.stringify(view));
    found.set(`${view.kind} ${view.stage.id}`, view);
    return view;
  };
  const open = async (who: string, kind: ThingKind, action: string, input: Fields) =>
    sent(await call(person(county, who), 'POST', `/counties/${county}/${pathOf(kind)}`, { action, input }));
  const act = async (view: ThingView, who: string, action: string, input: Fields = {}) => {
    const path = `/counties/${county}/${pathOf(view.kind)}/${view.id}/actions/${action}`;
    return sent(await call(person(county, who), 'POST', path, { input }, view.version));
  };
  const report = () => open('author-1', 'report', 'submit', text);
  const checkedOne = async () => act(await report(), 'checker', 'pass', checked);
  const reviewed = async () => act(await checkedOne(), 'office-director', 'pass');
  const signed = async () => act(await reviewed(), 'secretary-general', 'pass');

  const compile = async () => {
    const compiled = await act(await signed(), 'compiler', 'compile', {
      title: '建议',
      text: '正文',
      // Ningshan judges at compiling whether something can be done.
      ...(county === 'ningshan' ? { 'can-be-done': true } : {}),
    });
    const id = compiled.links.find(({ kind }) => kind === 'piece')?.id;
    return sent(await call(`${county}-compiler`, 'GET', `/counties/${county}/pieces/${id}`));
  };
  const proof = async () => act(await compile(), 'compiler', 'pass');
  const toIssue = async () => act(await proof(), 'checker', 'proofread');
  const issue = { journal: 'journal', destinations: ['city-cppcc'] };
  const issued = async () => act(await toIssue(), 'secretary-general', 'issue', issue);
  const dispatched = async () => act(await issued(), 'compiler', 'dispatch', { destination: 'city-cppcc' });
  await act(await dispatched(), 'compiler', 'archive');
  await dispatched();
  await issued();
  await toIssue();
  await proof();
  await compile();

  const task = { title: '护学岗', lead: 'education-bureau', task: '设护学岗。' };
  const assigned = () => open('office-director', 'handling', 'assign', task);
  const working = async () => act(await assigned(), 'education-bureau', 'sign-for');
  const answered = { result: 'solved', reply: '已设。' };
  const replied = async () => act(await working(), 'education-bureau', 'reply', answered);
  await act(await replied(), 'office-director', 'confirm');
  await replied();
  const proposed = otherBureau[county] ?? null;
  await act(await working(), 'education-bureau', 'decline', { proposed, comment: '不归我局' });
  await working();
  await assigned();

  const counted = (period: string) => open('office-director', 'period', 'count', { period });
  const toCheck = async (period: string) => act(await counted(period), 'office-director', 'pass');
  const toApprove = async (period: string) => act(await toCheck(period), 'office-director', 'pass');
  await act(await toApprove('2025-Q1'), 'secretary-general', 'approve');
  await toApprove('2025-Q2');
  await toCheck('2025-Q3');
  await counted('2025-Q4');

  // From the furthest stage to the first, so that the last one seen at each is still there.
  await signed();
  await act(await reviewed(), 'secretary-general', 'refer');
  await reviewed();
  await act(await checkedOne(), 'office-director', 'ask', { asked: ['education-bureau'] });
  await checkedOne();
  await act(await report(), 'checker', 'return', { comment: '请改' });
  await act(await report(), 'checker', 'reserve');
  await act(await report(), 'checker', 'not-use', { reason: 'plagiarism' });
  await act(await report(), 'author-1', 'withdraw');
  await report();
  await open('author-1', 'report', 'save', { title: '草稿' });

  const input = { title: '路灯不亮', situation: '半个月了' };
  const lead = await open('author-1', 'lead', 'submit', input);
  await act(lead, 'checker', 'close', { reason: 'routine-news' });
  await open('author-1', 'lead', 'submit', input);
  await open('author-1', 'lead', 'save', input);
  return found;
}

/** What came of an action with a form that cannot be right. */
async function tried(county: string, who: string, view: ThingView, verb: string): Promise<string> {
  const path = `/counties/${county}/${pathOf(view.kind)}/${view.id}/actions/${verb}`;
  const answer = await call(person(county, who), 'POST', path, { input: { nonsense: 'x' } }, view.version);
  if (answer.status === 403 || answer.status === 409) return '';
  const problem = await answer.json();
  const [field] = problem.fields ?? [];
  if (answer.status === 422 && field?.field === 'nonsense') return who;
  if (answer.status === 422 && field?.field === 'behalf') return `for:${who}`;
  return `${answer.status} ${problem.code}`;
}

describe.each(counties)('in %s', (county) => {
  test.each(Object.keys(takers))('%s', async (stage) => {
    const view = things.get(county)?.get(stage);
    if (!view) throw new Error(`nothing stands at ${stage}`);
    const may: Record<string, string> = {};
    for (const verb of verbs) {
      const who = (await Promise.all(everyone.map((one) => tried(county, one, view, verb)))).filter(Boolean);
      if (who.length > 0) may[verb] = who.join(' ');
    }
    expect(may).toEqual(takers[stage]);
    const at = `/counties/${county}/${pathOf(view.kind)}/${view.id}`;
    const read = await Promise.all(
      everyone.map(async (who) => ((await call(person(county, who), 'GET', at)).status === 200 ? who : '')),
    );
    expect(read.filter(Boolean).join(' ')).toBe(readers[stage]);
    // Nothing of it all was kept.
    expect((await (await call(`${county}-author-1`, 'GET', at)).json()).version ?? view.version).toBe(
      view.version,
    );
  });
});

test('every stage that the table names was reached, and no stage that was reached is missing from it', () => {
  for (const found of things.values()) expect([...found.keys()].sort()).toEqual(Object.keys(takers).sort());
});

/** Each route with the parts of a path filled in: where a thing is named, one that is really there. */
function filledIn({ path }: Route, county: string, of: string): string {
  const report = things.get(of)?.get('report initial-check');
  const parts: Record<string, string> = {
    county,
    things: 'reports',
    id: report?.id ?? '',
    kind: 'report',
    number: '1',
    step: path.includes('/audit/') ? 'agree' : 'approve',
    action: 'pass',
    file: path.includes('/export/') ? 'reports.csv' : 'file-1',
    list: 'people',
    paper: path.includes('/people/') ? 'yearly' : 'notice',
  };
  return path.replaceAll(/:(\w+)(\{[^}]*\})?/g, (_all, name: string) => parts[name] ?? name);
}
const inACounty = Object.entries({ ...routes, ...demoRoutes } as Record<string, Route>).filter(
  ([, { path }]) => path.startsWith('/counties/'),
);

test.each(inACounty)(
  '%s tells a stranger nothing: whether the county, or the thing in it, is there',
  async (_name, route) => {
    for (const county of counties) {
      const other = county === 'huantai' ? 'ningshan' : 'huantai';
      for (const who of everyone) {
        const before = looked();
        const ask = async (at: string) => {
          const answer = await call(
            person(county, who),
            route.method.toUpperCase(),
            at,
            route.method === 'get' ? undefined : {},
            1,
          );
          return {
            status: answer.status,
            type: answer.headers.get('Content-Type'),
            body: await answer.text(),
          };
        };
        const there = await ask(filledIn(route, other, other));
        const nowhere = await ask(filledIn(route, 'atlantis', other));
        expect(there).toEqual(nowhere);
        // A link is answered by what it holds, which nobody guesses: every other one is over.
        const byLink = route.path.includes('/:token');
        // Whoever does not sign as a committee is not told that much.
        expect(there.status).toBe(byLink ? 410 : route.permission === 'committee' ? 401 : 404);
        if (byLink) continue;
        // Both are answered before anything is looked up, so that neither takes longer.
        expect(looked()).toBe(before);
      }
    }
  },
);

const signedIn = inACounty.filter(([, { permission }]) => permission !== 'public');
test.each(signedIn)('%s answers nobody who is not signed in', async (_name, route) => {
  const [method, path] = [route.method.toUpperCase(), filledIn(route, 'huantai', 'huantai')];
  const answer = await server.fetch(new Request(`http://minqing.test${path}`, { method }));
  expect([answer.status, (await answer.json()).code]).toEqual([401, 'unauthorized']);
});
