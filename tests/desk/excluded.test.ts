import { expect, test } from 'vitest';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import type { Directory } from '../../src/model/record.ts';
import type { Fields } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { Verb } from '../../src/model/verb.ts';
import { actorIn } from '../../src/server/host.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/port.ts';
import { countyOf } from '../county.ts';
import { checked, text } from './office.ts';

const organisations = [
  { id: 'school', name: '第三小学', kind: 'station' },
  { id: 'roads', name: '交通局', kind: 'department' },
];
const everyPost: Directory['people'] = [
  { id: 'wang', name: '王', kind: 'member', organisation: 'school' },
  { id: 'li', name: '李', kind: 'member' },
  { id: 'checker', name: '初', posts: [{ post: 'checker' }] },
  { id: 'director', name: '主任', posts: [{ post: 'office-director' }] },
  { id: 'secretary', name: '秘书长', posts: [{ post: 'secretary-general' }] },
  { id: 'chairman', name: '主席', posts: [{ post: 'chairman' }] },
  { id: 'compiler', name: '编', posts: [{ post: 'compiler' }] },
];

/** An office whose actors are those that the directory makes of its people; `people` say what is otherwise with some. */
function office(stages: object[], people: Directory['people'] = [], store: Store = memoryStore()) {
  const { county, config } = countyOf('base', { id: 'x', flows: flows(stages) }, organisations);
  const directory: Directory = {
    organisations,
    people: everyPost.map((one) => ({ ...one, ...people.find(({ id }) => id === one.id) })),
  };
  let salts = 0;
  const newSalt = () => `s-${(salts += 1)}`;
  const desk = createDesk({ county, directory, store, scoring: methodScoring(config, directory), newSalt });
  let minutes = 0;
  const now = () => new Date(Date.parse('2026-03-02T01:00:00Z') + (minutes += 1) * 60_000).toISOString();
  const actor = (id: string) => {
    const found = actorIn({ county, directory, desk, store }, id, now());
    if (!found) throw new Error(id);
    return found;
  };
  const asked = { onBehalf: null, language: 'zh', key: null } as const;
  const send = (who: string, input: Fields = text) =>
    desk.act({
      ...asked,
      takes: [],
      thing: { county: 'x', kind: 'report', id: null },
      action: 'submit',
      input,
      expected: null,
      actor: actor(who),
      now: now(),
    });
  const as = (who: string, action: Verb, { kind, id, version }: ThingView, input: Fields = {}) =>
    desk.act({
      ...asked,
      takes: [],
      thing: { county: 'x', kind, id },
      action,
      input,
      expected: version,
      actor: actor(who),
      now: now(),
    });
  const look = (who: string, { kind, id }: ThingView) =>
    desk.view({ county: 'x', kind, id }, actor(who), now(), 'zh');
  const todo = async (who: string) => {
    const query = {
      county: 'x',
      kind: 'report',
      view: 'todo',
      after: null,
      limit: 20,
      search: null,
    } as const;
    const page = await desk.queue(query, actor(who), now(), 'zh');
    expect(page.total).toBe(page.rows.length);
    return page.rows.map(({ id }) => id).sort();
  };
  return { send, as, look, todo, store };
}

/** The base's flows with what a test's stages say besides. */
function flows(stages: object[]) {
  const { config } = countyOf('base');
  const own = new Map(stages.map((stage) => [String(Object.values(stage)[0]), stage]));
  const report = config.flows?.['report'];
  if (!report) throw new Error('no reports');
  return {
    ...config.flows,
    report: { ...report, stages: report.stages.map((stage) => ({ ...stage, ...own.get(stage.id) })) },
  };
}

const atSchool = [{ id: 'checker', name: '初', organisation: 'school' }];
const excludesSchool = [{ id: 'initial-check', excludes: ['same-organisation'] }];

test.each([
  ['in memory', () => memoryStore()],
  ['in SQLite', () => sqliteStore({ file: ':memory:' })],
])(
  'what a conflict of interest takes from one stands in the list of the one it falls to, %s',
  async (_, open) => {
    const { send, as, look, todo, store } = office(excludesSchool, atSchool, await open());
    const theirs = await send('wang');
    const another = await send('li');
    expect(await todo('checker')).toEqual([another.id]);
    expect(await todo('director')).toEqual([theirs.id]);
    const seen = await look('checker', theirs);
    expect(seen.actions.filter(({ aside, behalf }) => !aside && behalf.length === 0)).toEqual([]);
    expect(seen.notices).toEqual(['您在此环节应回避:与反映人同一组织。']);
    expect((await look('director', theirs)).notices).toEqual(['初在此环节回避:与反映人同一组织。']);
    expect((await look('wang', theirs)).notices).toEqual([]);
    await expect(as('checker', 'pass', theirs, checked)).rejects.toMatchObject({ code: 'forbidden' });
    const passed = await as('director', 'pass', theirs, checked);
    expect(passed.history.at(-1)?.standIn).toBe('代行初核专人(回避:与反映人同一组织)');
    const entry = (await store.log(theirs)).at(-1)?.entry;
    expect(entry?.standIn).toEqual({ post: 'checker', of: null, aside: ['same-organisation'] });
    await store.close();
  },
);

test('the relations of the directory count from either side, to persons and to organisations', async () => {
  const excludes = [{ id: 'initial-check', excludes: ['declared'] }];
  const declared = async (people: Directory['people'], who: string) => {
    const { send, todo } = office(excludes, people);
    const sent = await send(who);
    return (await todo('checker')).includes(sent.id);
  };
  const checkerTo = (to: string) => [{ id: 'checker', name: '初', relations: [{ to }] }];
  expect(await declared(checkerTo('wang'), 'wang')).toBe(false);
  expect(await declared(checkerTo('wang'), 'li')).toBe(true);
  expect(await declared(checkerTo('school'), 'wang')).toBe(false);
  expect(await declared([{ id: 'wang', name: '王', relations: [{ to: 'checker' }] }], 'wang')).toBe(false);
});

test('of the unit that sent it, and of a department that the initial check names', async () => {
  const stages = [
    { id: 'initial-check', excludes: ['sending-unit'] },
    { id: 'second-review', excludes: ['department-concerned'] },
  ];
  const people = [
    { id: 'li', name: '李', organisation: 'school' },
    { id: 'checker', name: '初', organisation: 'school' },
    { id: 'director', name: '主任', organisation: 'roads' },
  ];
  const { send, as, todo } = office(stages, people);
  const sent = await send('li');
  expect(await todo('checker')).toEqual([]);
  const passed = await as('director', 'pass', sent, { ...checked, departments: ['roads'] });
  await expect(as('director', 'pass', passed)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await todo('director')).toEqual([]);
  expect(await todo('secretary')).toEqual([passed.id]);
});

test('where the holder has recused and the deputy wrote it, it falls to the fallback, in their list, and the log says so', async () => {
  const stages = [{ id: 'initial-check', fallback: 'secretary-general' }];
  const { send, as, look, todo } = office(stages);
  const own = await send('director');
  const recused = await as('checker', 'recuse', own, { comment: '亲属所在单位' });
  expect(recused.history.at(-1)?.said).toEqual([{ label: '回避理由', value: '亲属所在单位' }]);
  expect(await todo('checker')).toEqual([]);
  expect(await todo('director')).toEqual([]);
  expect(await todo('compiler')).toEqual([]);
  expect(await todo('secretary')).toEqual([own.id]);
  const view = await look('secretary', own);
  expect(view.notices).toEqual(['今日初核专人无人可办,由秘书长代为办理。', '初在此环节回避:本人申请回避。']);
  const passed = await as('secretary', 'pass', view, checked);
  expect(passed.history.at(-1)?.standIn).toBe('初核专人无人可办,由秘书长办理');
});

test('a recusal says why', async () => {
  const { send, as } = office([]);
  await expect(as('checker', 'recuse', await send('wang'))).rejects.toMatchObject({ code: 'invalid-input' });
});

test('nobody marks, keeps in reserve or takes up again what is their own, wherever it stands', async () => {
  const { send, as, look } = office([]);
  let own = await send('compiler');
  own = await as('checker', 'pass', own, checked);
  own = await as('director', 'pass', own);
  own = await as('secretary', 'pass', own);
  const offered = async (who: string) => (await look(who, own)).actions.map(({ action }) => action);
  expect(await offered('compiler')).not.toContain('reserve');
  expect(await offered('checker')).toContain('reserve');
  own = await as('checker', 'compile', own, { title: own.title, text: '文' });
  expect(await offered('compiler')).not.toContain('mark');
  expect(await offered('director')).toContain('mark');
});
