import { expect, test } from 'vitest';
import { checkConfig } from '../../src/check/check.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import type { Actor, Fields, ThingKind } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import type { Verb } from '../../src/model/verb.ts';
import { actorIn } from '../../src/server/host.ts';
import type { Directory } from '../../src/model/record.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { mapOf } from '../../src/workflow/map.ts';
import { readFileSync } from 'node:fs';
import { checked, text } from './office.ts';

const base = () => readFileSync(new URL('../../configs/base.json', import.meta.url), 'utf8');
const people: Directory['people'] = [
  { id: 'wang', name: '王', kind: 'member' },
  { id: 'checker', name: '初核', posts: [{ post: 'checker' }] },
  { id: 'director', name: '主任', posts: [{ post: 'office-director' }] },
  { id: 'secretary', name: '秘书长', posts: [{ post: 'secretary-general' }] },
  { id: 'vice', name: '副主席', posts: [{ post: 'vice-chairman' }] },
  { id: 'chairman', name: '主席', posts: [{ post: 'chairman' }] },
  { id: 'helper', name: '干事' },
];

/** A county over the base with its own stages, and people who act as the directory knows them. */
function county(own: object, changes: Partial<Directory['people'][number]>[] = []) {
  const config = { extends: 'base', id: 'x', name: '某县', ...own };
  const read = checkConfig('x.json', JSON.stringify(config), base);
  if (!read.county || !read.config) throw new Error(read.mistakes.map(({ saying }) => saying.en).join('\n'));
  const directory = {
    organisations: [],
    people: people.map((person) => ({ ...person, ...changes.find(({ id }) => id === person.id) })),
  };
  const store = memoryStore();
  let salts = 0;
  const scoring = methodScoring(read.config, directory);
  const newSalt = () => `s-${(salts += 1)}`;
  const desk = createDesk({ county: read.county, directory, store, scoring, newSalt });
  const host = { county: read.county, directory, desk, store };
  let minutes = 0;
  let day = '2026-03-02';
  const clock = (date: string) => void (day = date);
  const now = () => new Date(Date.parse(`${day}T01:00:00Z`) + (minutes += 1) * 60_000).toISOString();
  const who = (id: string): Actor => {
    const actor = actorIn(host, id, now());
    if (!actor) throw new Error(id);
    return actor;
  };
  const act = (
    id: string,
    action: Verb,
    on: ThingView | null,
    input: Fields = {},
    kind: ThingKind = 'report',
  ) =>
    desk.act({
      thing: { county: 'x', kind: on?.kind ?? kind, id: on?.id ?? null },
      action,
      input,
      expected: on?.version ?? null,
      takes: [],
      onBehalf: null,
      actor: who(id),
      now: now(),
      language: 'zh',
      key: null,
    });
  const look = (id: string, on: ThingView) =>
    desk.view({ county: 'x', kind: on.kind, id: on.id }, who(id), now(), 'zh');
  const offered = async (id: string, on: ThingView) =>
    (await look(id, on)).actions.map(({ action }) => action);
  const map = ({ kind, stage, history, skipped }: ThingView) => {
    const flow = host.county.flows.get(kind);
    if (!flow) throw new Error(kind);
    const visited = new Map(history.map(({ stageId }) => [stageId, null] as const));
    const where = { current: stage.id, due: null, visited, skipped: new Set(skipped) };
    return mapOf(flow, {
      language: 'zh',
      direction: 'right',
      posts: host.county.posts,
      urgencies: new Map(),
      ...where,
    });
  };
  const listed = (view: 'todo' | 'mine') => async (id: string) =>
    (
      await desk.queue(
        { kind: 'report', view, search: null, stage: null, after: null, limit: 9 },
        who(id),
        now(),
        'zh',
      )
    ).rows.map((row) => row.id);
  const tick = () => desk.tick('x', now());
  const told = (id: string) => store.messages('x', id, 9, null);
  return { act, look, offered, clock, tick, told, map, todo: listed('todo'), mine: listed('mine') };
}

/** The sign-off is several people's. */
const signing = (together: object, changes: 'add-signer' | 'remove-signer') => ({
  posts: [{ id: 'vice-chairman', name: '副主席', scope: 'county' }],
  access: [
    {
      id: 'read-report',
      posts: ['vice-chairman', 'chairman', 'secretary-general', 'office-director', 'checker', 'author'],
    },
  ],
  flows: {
    report: {
      stages: [
        {
          id: 'sign-off',
          by: ['secretary-general', 'vice-chairman', 'chairman'],
          together,
          actions: {
            oppose: { label: '不同意', form: 'sign', to: 'reserved' },
            abstain: { label: '弃权' },
            [changes]: { label: '变更会签人', by: ['secretary-general'], form: 'signer' },
          },
        },
      ],
    },
  },
  forms: { signer: [{ id: 'signer', label: '谁', type: 'post', required: true }] },
});
async function atSignOff(
  together: object,
  changes: 'add-signer' | 'remove-signer' = 'add-signer',
  others: Partial<Directory['people'][number]>[] = [],
) {
  const office = county(signing(together, changes), others);
  let report = await office.act('wang', 'submit', null, text);
  report = await office.act('checker', 'pass', report, checked);
  report = await office.act('director', 'pass', report);
  return { ...office, report };
}

test('会签: the report moves when all have signed, and each signs once', async () => {
  const { act, offered, report } = await atSignOff({ need: 'all' });
  let now = await act('secretary', 'pass', report);
  expect(now.stage.id).toBe('sign-off');
  expect(now.signed).toEqual([
    { name: '秘书长', is: 'for' },
    { name: '副主席', is: null },
    { name: '主席', is: null },
  ]);
  expect(await offered('secretary', now)).not.toContain('pass');
  await expect(act('secretary', 'pass', now)).rejects.toMatchObject({ code: 'not-offered' });
  now = await act('vice', 'abstain', now);
  now = await act('chairman', 'pass', now);
  expect(now.stage.id).toBe('to-compile');
  expect(now.moments.map(({ is }) => is)).toContain('forwarded');
});

test('会签: one who does not agree ends it', async () => {
  const { act, report } = await atSignOff({ need: 'all' });
  const once = await act('secretary', 'pass', report);
  expect((await act('vice', 'oppose', once)).stage.id).toBe('reserved');
});

test('或签: one is enough', async () => {
  const { act, report } = await atSignOff({ need: 'any' });
  expect((await act('vice', 'pass', report)).stage.id).toBe('to-compile');
});

test('顺序会签: in the order that the config names', async () => {
  const { act, offered, report } = await atSignOff({ need: 'in-order' });
  expect(await offered('vice', report)).not.toContain('pass');
  await expect(act('chairman', 'pass', report)).rejects.toMatchObject({ code: 'not-offered' });
  const once = await act('secretary', 'pass', report);
  expect(await offered('vice', once)).toContain('pass');
});

test('票签: two thirds of the weights, and a veto', async () => {
  const rule = { need: '2/3', weights: { chairman: 3 }, veto: ['chairman'] };
  const { act, report } = await atSignOff(rule);
  let now = await act('chairman', 'pass', report);
  expect(now.stage.id).toBe('sign-off');
  now = await act('vice', 'pass', now);
  expect(now.stage.id).toBe('to-compile');
  const other = await atSignOff(rule);
  expect((await other.act('chairman', 'oppose', other.report)).stage.id).toBe('reserved');
});

test('加签: one more signs, whatever posts the stage names', async () => {
  const { act, report } = await atSignOff({ need: 'all', of: ['secretary-general'] });
  let now = await act('secretary', 'add-signer', report, { signer: 'checker' });
  now = await act('secretary', 'pass', now);
  expect(now.stage.id).toBe('sign-off');
  expect((await act('checker', 'pass', now)).stage.id).toBe('to-compile');
});

test('减签: one fewer signs; those who are left decide, and at least one is', async () => {
  const { report: waiting, ...office } = await atSignOff({ need: 'all' }, 'remove-signer');
  let report = waiting;
  report = await office.act('secretary', 'pass', report);
  report = await office.act('chairman', 'pass', report);
  expect(report.stage.id).toBe('sign-off');
  const left = await office.act('secretary', 'remove-signer', report, { signer: 'vice-chairman' });
  // What is left has all been said: the signing is over with it.
  expect([left.stage.id, left.history.at(-1)?.label]).toEqual(['to-compile', '变更会签人']);

  const alone = await atSignOff({ need: 'all', of: ['secretary-general'] }, 'remove-signer');
  await expect(
    alone.act('secretary', 'remove-signer', alone.report, { signer: 'secretary-general' }),
  ).rejects.toMatchObject({
    fields: [{ field: 'signer', saying: { zh: expect.stringContaining('无人会签') } }],
  });
});

test('撤销: its author takes a report back for good while it is checked, and later no more; nobody else does', async () => {
  const { act, offered, look } = county({});
  const report = await act('wang', 'submit', null, text);
  await expect(act('checker', 'withdraw', report)).rejects.toMatchObject({ code: 'invalid-input' });
  expect(await offered('helper', report).catch(() => [])).toEqual([]);
  const gone = await act('wang', 'withdraw', report);
  expect([gone.stage.id, gone.actions.length]).toEqual(['withdrawn', 0]);
  expect((await look('wang', gone)).history.map(({ action }) => action)).toEqual(['submit', 'withdraw']);
  const other = await act('wang', 'submit', null, text);
  const passed = await act('checker', 'pass', other, checked);
  await expect(act('wang', 'withdraw', passed)).rejects.toMatchObject({ code: 'not-offered' });
});

test('催办: whoever has the task is told, the report does not move, and the history keeps it', async () => {
  const remind = { label: '催办', by: ['office-director'], form: 'note' };
  const { act, told } = county({
    flows: { report: { stages: [{ id: 'initial-check', actions: { remind } }] } },
  });
  let report = await act('wang', 'submit', null, text);
  report = await act('checker', 'claim', report);
  await expect(act('wang', 'remind', report, { comment: '请抓紧' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const { due } = report;
  report = await act('director', 'remind', report, { comment: '请抓紧' });
  expect([report.stage.id, report.due]).toEqual(['initial-check', due]);
  expect(report.history.at(-1)).toMatchObject({ label: '催办', by: '主任' });
  expect((await told('checker')).map(({ kind }) => kind)).toContain('remind');
  // Where nobody has taken it, whoever could.
  const open = await act('wang', 'submit', null, text);
  await act('director', 'remind', open, { comment: '请抓紧' });
  expect((await told('checker')).map(({ about }) => about.id)).toContain(open.id);
});

test('超时: past its time an action of the stage is taken by the clock, once, and the history says so', async () => {
  const { act, look, clock, tick } = county({
    flows: {
      report: {
        stages: [
          {
            id: 'initial-check',
            overdue: [
              { days: 1, do: 'supervise' },
              { days: 3, do: 'return' },
            ],
          },
        ],
      },
    },
  });
  const report = await act('wang', 'submit', null, text);
  expect(report.due?.on).toBe('2026-03-05');
  clock('2026-03-08');
  expect([await tick(), await tick()]).toEqual([1, 0]);
  const late = await look('wang', report);
  expect(late.stage.id).toBe('revision');
  expect(late.history.slice(-2)).toMatchObject([
    { action: 'tick', by: null },
    { action: 'return', by: null },
  ]);
  // Once its author has mended it, it comes back to where the clock took it from.
  expect((await act('wang', 'submit', late, text)).stage.id).toBe('initial-check');
});

test('急件: what is urgent has less time at each stage, and how that was reckoned shows', async () => {
  const { act } = county({});
  const plain = await act('wang', 'submit', null, text);
  const urgent = await act('wang', 'submit', null, { ...text, urgency: 'urgent' });
  expect([plain.due?.on, urgent.due?.on]).toEqual(['2026-03-05', '2026-03-03']);
  expect(urgent.due).toMatchObject({ count: 1 });
});

test('拿回: one takes back one’s last step while nobody has acted since, its points and its clock too', async () => {
  const { act, offered } = county({});
  let report = await act('wang', 'submit', null, text);
  const due = report.due;
  report = await act('checker', 'pass', report, checked);
  expect(report.moments.map(({ is }) => is)).toEqual(['submitted', 'checked']);
  await expect(act('director', 'take-back', report)).rejects.toMatchObject({ code: 'not-offered' });
  report = await act('checker', 'take-back', report);
  expect([report.stage.id, report.due, report.moments.length]).toEqual(['initial-check', due, 1]);
  report = await act('checker', 'pass', report, checked);
  report = await act('director', 'copy', report, { person: 'helper' });
  expect(await offered('checker', report)).not.toContain('take-back');
});

test('询问、抄送、已阅: a colleague is asked without the report moving, reads it, and answers', async () => {
  const { act, look, offered } = county({});
  let report = await act('wang', 'submit', null, text);
  await expect(look('helper', report)).rejects.toMatchObject({ code: 'forbidden' });
  report = await act('checker', 'inquire', report, { person: 'helper', comment: '此事是否属实?' });
  expect(report.stage.id).toBe('initial-check');
  expect(await offered('helper', report)).toEqual(['advise', 'read']);
  report = await act('helper', 'advise', report, { comment: '属实' });
  expect((await look('checker', report)).history.at(-1)).toMatchObject({ label: '答复询问', by: '干事' });
  await expect(act('checker', 'inquire', report, { person: 'nobody', comment: '?' })).rejects.toMatchObject({
    fields: [{ field: 'person' }],
  });
});

test('转交、认领: the task goes to a named colleague', async () => {
  const { act } = county({});
  let report = await act('wang', 'submit', null, text);
  report = await act('checker', 'transfer', report, { person: 'director' });
  await expect(act('checker', 'release', report)).rejects.toMatchObject({ code: 'not-offered' });
});

test('跳转: out of order with a reason, which the history keeps', async () => {
  const { act } = county({});
  const report = await act('wang', 'submit', null, text);
  await expect(act('checker', 'jump', report, { stage: 'sign-off', comment: '急' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const jumped = await act('secretary', 'jump', report, { stage: 'sign-off', comment: '汛情紧急' });
  expect(jumped.stage.id).toBe('sign-off');
  expect(jumped.history.at(-1)).toMatchObject({
    label: '跳转',
    said: [{ value: '审签' }, { value: '汛情紧急' }],
  });
});

test('代理: whoever stands in for another acts by their post, and the log says for whom', async () => {
  const { act, look } = county({}, [
    { id: 'checker', standIns: [{ person: 'helper', from: '2026-03-01', to: '2026-03-31' }] },
  ]);
  const report = await act('wang', 'submit', null, text);
  const passed = await act('helper', 'pass', report, checked);
  expect((await look('director', passed)).history.at(-1)).toMatchObject({
    by: '干事',
    standIn: '代理初核(初核专人)',
  });
});

test('副手: a deputy acts where nobody holds the post or all who do are on leave, and not otherwise', async () => {
  const present = county({});
  const one = await present.act('wang', 'submit', null, text);
  expect(await present.offered('director', one)).not.toContain('pass');
  const away = county({}, [{ id: 'checker', leaves: [{ from: '2026-03-01', to: '2026-03-09' }] }]);
  const other = await away.act('wang', 'submit', null, text);
  const passed = await away.act('director', 'pass', other, checked);
  expect(passed.history.at(-1)).toMatchObject({ standIn: '代行初核专人' });
});

test('回避: nobody decides on their own report; the deputy does', async () => {
  const { act, offered } = county({});
  let report = await act('checker', 'submit', null, text);
  expect(await offered('checker', report)).not.toContain('pass');
  await expect(act('checker', 'pass', report, checked)).rejects.toMatchObject({ code: 'forbidden' });
  report = await act('director', 'pass', report, checked);
  expect(report.stage.id).toBe('second-review');

  let other = await act('wang', 'submit', null, text);
  other = await act('checker', 'recuse', other, { comment: '与当事人有亲属关系' });
  expect(await offered('checker', other)).not.toContain('pass');
  expect(await offered('director', other)).toContain('pass');
});

const away = { leaves: [{ from: '2026-03-01', to: '2026-03-09' }] };

test('兜底: a stage whose posts nobody can act by goes to its fallback, which sees why, and the history names both', async () => {
  const expert = { id: 'expert', label: '专家评审', kind: 'review', by: ['expert'], fallback: 'chairman' };
  const stages = [
    { ...expert, actions: { pass: { label: '通过', form: 'sign', to: 'sign-off' } } },
    { id: 'second-review', actions: { pass: { to: 'expert' } } },
  ];
  const posts = [{ id: 'expert', name: '专家', scope: 'county' }];
  const { act, look, offered, todo } = county({ posts, flows: { report: { stages } } });
  let report = await act('wang', 'submit', null, text);
  report = await act('checker', 'pass', report, checked);
  report = await act('director', 'pass', report);
  expect(report.stage.id).toBe('expert');
  expect((await look('secretary', report)).notices).toEqual(['今日专家无人可办,由主席代为办理。']);
  expect(await offered('secretary', report)).not.toContain('pass');
  expect([await todo('chairman'), await todo('secretary')]).toEqual([[report.id], []]);
  report = await act('chairman', 'pass', report);
  expect(report.stage.id).toBe('sign-off');
  expect(report.history.at(-1)).toMatchObject({ by: '主席', standIn: '专家无人可办,由主席办理' });
  expect(report.notices).toEqual([]);
});

test('兜底: the last resort is the config’s own; where nobody holds even that, everybody reads that nobody can act', async () => {
  const absent = ['checker', 'director', 'secretary'].map((id) => ({ id, ...away }));
  const reading = ['author', 'checker', 'office-director', 'secretary-general', 'chairman'];
  const access = ['lead', 'micro-consultation', 'contact'].map((kind) => ({
    id: `read-${kind}`,
    posts: reading,
  }));
  const last = county({ fallback: 'chairman', access }, absent);
  let report = await last.act('wang', 'submit', null, text);
  expect((await last.look('wang', report)).notices).toEqual(['今日初核专人无人可办,由主席代为办理。']);
  report = await last.act('chairman', 'pass', report, checked);
  expect(report.stage.id).toBe('second-review');

  const nobody = county({}, absent);
  report = await nobody.act('wang', 'submit', null, text);
  expect((await nobody.look('wang', report)).notices).toEqual([
    '今日无人可办:初核专人无人,兜底职务也无人。请管理员在名册中指定办理人。',
  ]);
});

test('兜底: where all who could judge a report are excluded, and where one of several who sign is missing', async () => {
  const { act, offered } = county({
    posts: [{ id: 'checker', deputies: [] }],
    flows: { report: { stages: [{ id: 'initial-check', fallback: 'chairman' }] } },
  });
  let report = await act('checker', 'submit', null, text);
  expect(await offered('checker', report)).not.toContain('pass');
  report = await act('chairman', 'pass', report, checked);
  expect(report.stage.id).toBe('second-review');

  const signed = county(signing({ need: 'all', of: ['secretary-general', 'vice-chairman'] }, 'add-signer'), [
    { id: 'vice', ...away },
  ]);
  let other = await signed.act('wang', 'submit', null, text);
  other = await signed.act('checker', 'pass', other, checked);
  other = await signed.act('director', 'pass', other);
  other = await signed.act('secretary', 'pass', other);
  expect(other.stage.id).toBe('sign-off');
  other = await signed.act('director', 'pass', other);
  expect(other.stage.id).toBe('to-compile');
});

test.each([[{ need: 2, each: 'person' }], [{ need: 2 }], [{ need: '2/3', each: 'person' }]])(
  '会签 %o: a yes never sends away; the fallback signs for posts that nobody holds, and the page says so',
  async (together) => {
    const gone = ['vice', 'chairman'].map((id) => ({ id, posts: [] }));
    const { act, look, report } = await atSignOff(together, 'add-signer', gone);
    let now = await act('secretary', 'pass', report);
    expect(now.stage.id).toBe('sign-off');
    expect(now.signed.map(({ name, is }) => [name, is])).toEqual([
      ['秘书长', 'for'],
      ['副主席', null],
      ['主席', null],
    ]);
    expect((await look('wang', now)).notices).toEqual(['今日副主席、主席无人可办,由办公室主任代为办理。']);
    now = await act('director', 'pass', now);
    expect(now.stage.id).toBe('to-compile');
    expect(now.history.at(-1)?.standIn).toBe('副主席无人可办,由办公室主任办理');
  },
);

test('会签: each person by themselves: for whoever is on leave the fallback signs, or who stands in for them', async () => {
  const rule = { need: 'all', each: 'person' };
  const left = await atSignOff(rule, 'add-signer', [{ id: 'vice', ...away }]);
  let now = await left.act('secretary', 'pass', left.report);
  now = await left.act('chairman', 'pass', now);
  expect([now.stage.id, now.notices]).toEqual(['sign-off', ['今日副主席无人可办,由办公室主任代为办理。']]);
  expect((await left.act('director', 'pass', now)).stage.id).toBe('to-compile');

  const standIns = [{ person: 'helper', from: '2026-03-01', to: '2026-03-09' }];
  const stood = await atSignOff(rule, 'add-signer', [{ id: 'vice', ...away, standIns }]);
  now = await stood.act('secretary', 'pass', stood.report);
  now = await stood.act('chairman', 'pass', now);
  expect([now.stage.id, now.notices]).toEqual(['sign-off', []]);
  // What nobody is left to say is not offered to be entered for anybody either.
  expect(await stood.offered('director', now)).not.toContain('pass');
  expect((await stood.act('helper', 'pass', now)).stage.id).toBe('to-compile');
});

test('会签: more than there are to sign is all who are there, and the page says so', async () => {
  const rule = { need: 3, each: 'person', of: ['vice-chairman', 'chairman'] };
  const { act, report } = await atSignOff(rule);
  expect(report.notices).toEqual(['此处需 3 人会签,现只有 2 人,2 人都同意即可。']);
  const once = await act('vice', 'pass', report);
  expect(once.stage.id).toBe('sign-off');
  expect((await act('chairman', 'pass', once)).stage.id).toBe('to-compile');
  const other = await atSignOff(rule);
  expect((await other.act('vice', 'oppose', other.report)).stage.id).toBe('reserved');
});

test('一票否决: whoever has a veto is heard before anything goes on', async () => {
  const { act, report } = await atSignOff({ need: '1/2', veto: ['chairman'] });
  let now = await act('secretary', 'pass', report);
  now = await act('vice', 'pass', now);
  expect(now.stage.id).toBe('sign-off');
  expect((await act('chairman', 'oppose', now)).stage.id).toBe('reserved');
  const other = await atSignOff({ need: 'any', veto: ['chairman'] });
  now = await other.act('secretary', 'pass', other.report);
  expect(now.stage.id).toBe('sign-off');
  expect((await other.act('chairman', 'abstain', now)).stage.id).toBe('to-compile');
});

test('票权、否决: with one voice for each person they go by the post', async () => {
  const heavy = await atSignOff({ need: '2/3', each: 'person', weights: { 'vice-chairman': 10 } });
  expect((await heavy.act('vice', 'pass', heavy.report)).stage.id).toBe('to-compile');
  const veto = await atSignOff({ need: '1/2', each: 'person', veto: ['vice-chairman'] });
  expect((await veto.act('vice', 'oppose', veto.report)).stage.id).toBe('reserved');
});

test('每个单位一签: the people of one organisation have one voice among them', async () => {
  const others = [
    { id: 'secretary', organisation: 'office' },
    { id: 'vice', organisation: 'office' },
    { id: 'chairman', organisation: 'council' },
  ];
  const { act, offered, report } = await atSignOff(
    { need: 'all', each: 'organisation' },
    'add-signer',
    others,
  );
  expect(report.signed).toHaveLength(2);
  const once = await act('vice', 'pass', report);
  expect(once.stage.id).toBe('sign-off');
  expect(await offered('secretary', once)).not.toContain('pass');
  expect((await act('chairman', 'pass', once)).stage.id).toBe('to-compile');
});

test('兜底: for an action that leads on by a post of its own, which nobody holds, too', async () => {
  const { act, look, todo } = county({
    fallback: 'secretary-general',
    posts: [{ id: 'expert', name: '专家', scope: 'county' }],
    flows: { report: { stages: [{ id: 'second-review', actions: { pass: { by: ['expert'] } } }] } },
  });
  let report = await act('wang', 'submit', null, text);
  report = await act('checker', 'pass', report, checked);
  expect((await look('wang', report)).notices).toEqual(['今日专家无人可办,由秘书长代为办理。']);
  expect(await todo('secretary')).toEqual([report.id]);
  await expect(act('director', 'pass', report)).rejects.toMatchObject({ code: 'forbidden' });
  report = await act('secretary', 'pass', report);
  expect(report.stage.id).toBe('sign-off');
  expect(report.history.at(-1)?.standIn).toBe('专家无人可办,由秘书长办理');
});

test('会签: whoever is on leave, with nobody in their place, is waited for, and the page says so', async () => {
  const others = [
    { id: 'vice', ...away },
    { id: 'helper', posts: [{ post: 'vice-chairman' }] },
  ];
  const { act, report } = await atSignOff({ need: 'all', each: 'person' }, 'add-signer', others);
  expect(report.notices).toEqual(['今日副主席请假,无人代签;可请其在名册中指定代理人。']);
  expect((await act('helper', 'pass', report)).notices).toHaveLength(1);
});

test('副手: of a post within an organisation, in the same organisation alone', async () => {
  const organisations = ['transport', 'market'].map((id) => ({ id, name: id, kind: 'department' }));
  const contact = (organisation: string, post = 'department-contact') => ({
    posts: [{ post, organisation }],
  });
  const people = (leaves?: typeof away.leaves) => [
    { id: 'vice', ...contact('transport'), ...(leaves ? { leaves } : {}) },
    { id: 'helper', ...contact('transport', 'section-head') },
    { id: 'chairman', ...contact('market', 'section-head') },
  ];
  const own = {
    organisations,
    posts: [
      { id: 'section-head', name: '股长', scope: 'organisation' },
      { id: 'department-contact', deputies: ['section-head'] },
    ],
  };
  const begin = async (leaves?: typeof away.leaves) => {
    const office = county(own, people(leaves));
    const report = await office.act('wang', 'submit', null, text);
    await office.act('checker', 'pass-on', report, { lead: 'transport', task: '请办理' });
    const handling = { ...report, kind: 'handling' as const, id: 'handling-1', version: 1 };
    return { ...office, handling };
  };
  const there = await begin();
  expect(await there.offered('helper', there.handling).catch(() => [])).not.toContain('sign-for');
  const { act, offered, handling } = await begin(away.leaves);
  expect(await offered('chairman', handling).catch(() => [])).not.toContain('sign-for');
  const signed = await act('helper', 'sign-for', handling);
  expect(signed.stage.id).toBe('working');
  expect(signed.history.at(-1)?.standIn).toBe('代行承办单位联系人');
});

test('督办: where nobody holds the supervision office its deputy supervises', async () => {
  const organisations = [{ id: 'transport', name: '交通局', kind: 'department' }];
  const { act, offered } = county({ organisations }, [
    { id: 'vice', posts: [{ post: 'department-contact', organisation: 'transport' }] },
  ]);
  const report = await act('wang', 'submit', null, text);
  await act('checker', 'pass-on', report, { lead: 'transport', task: '请办理' });
  const handling = { ...report, kind: 'handling' as const, id: 'handling-1', version: 1 };
  expect(await offered('director', handling)).toContain('supervise');
});

test('委派: a colleague does it and hands it back, and whoever had it done then acts; the history names both', async () => {
  const { act, look, offered, mine } = county({});
  let report = await act('wang', 'submit', null, text);
  await expect(
    act('chairman', 'delegate', report, { person: 'helper', comment: '核实' }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  for (const person of ['checker', 'wang'])
    await expect(act('checker', 'delegate', report, { person, comment: '核实' })).rejects.toMatchObject({
      fields: [{ field: 'person' }],
    });
  report = await act('checker', 'delegate', report, { person: 'helper', comment: '请核实并填初核单' });
  expect([report.stage.id, report.notices]).toEqual([
    'initial-check',
    ['初核已委派干事办理,交回后由初核接着办。'],
  ]);
  // It waits for what comes back; the colleague has it in the list and may fill in its form, and no more.
  expect(report.actions.map(({ action }) => action)).not.toContain('pass');
  await expect(act('checker', 'pass', report, checked)).rejects.toMatchObject({ code: 'not-offered' });
  expect(await mine('helper')).toEqual([report.id]);
  expect(await offered('helper', report)).toEqual(['check', 'edit', 'comment', 'hand-back', 'read']);
  report = await act('helper', 'check', report, checked);
  expect(report.history.at(-1)).toMatchObject({ by: '干事', standIn: '受初核委派' });
  report = await act('helper', 'hand-back', report, { comment: '属实,已填' });
  expect(report.history.at(-1)).toMatchObject({ label: '交回委派', by: '干事', standIn: '受初核委派' });
  expect([await mine('helper'), await mine('checker')]).toEqual([[], [report.id]]);
  report = await act('checker', 'pass', await look('checker', report), checked);
  expect(report.stage.id).toBe('second-review');
  // Whoever had it done may also take it back as it is.
  report = await act('director', 'delegate', report, { person: 'helper', comment: '再核' });
  report = await act('director', 'hand-back', report, { comment: '收回自办' });
  expect((await act('director', 'pass', report)).stage.id).toBe('sign-off');
});

test('终止: the office ends a report for a coded reason, which its author reads; nobody ends their own', async () => {
  const { act, look, offered } = county({});
  let report = await act('wang', 'submit', null, text);
  expect(await offered('wang', report)).not.toContain('terminate');
  await expect(act('director', 'terminate', report, { comment: '不办了' })).rejects.toMatchObject({
    fields: [{ field: 'termination-reason' }],
  });
  report = await act('director', 'terminate', report, {
    'termination-reason': 'settled',
    comment: '已解决。',
  });
  expect([report.stage.id, report.stage.kind, report.due]).toEqual(['terminated', 'end', null]);
  expect((await look('wang', report)).history.at(-1)).toMatchObject({
    label: '终止',
    said: [{ value: '事情已解决,无需再办' }, { value: '已解决。' }],
  });
  const own = await act('director', 'submit', null, text);
  expect(await offered('director', own)).not.toContain('terminate');
  expect(await offered('secretary', own)).toContain('terminate');
});

test('唤醒: what was ended goes on where it stood, for as long as the config says, and never by its author', async () => {
  const { act, offered, clock } = county({});
  let report = await act('wang', 'submit', null, text);
  report = await act('checker', 'pass', report, checked);
  report = await act('director', 'not-use', report, { reason: 'many-matters' });
  expect(await offered('wang', report)).not.toContain('reopen');
  report = await act('director', 'reopen', report, { comment: '情况有变' });
  expect([report.stage.id, report.due?.on]).toEqual(['second-review', '2026-03-05']);
  report = await act('director', 'terminate', report, { 'termination-reason': 'taken-over' });
  // 20 working days; 6 April is off.
  clock('2026-03-30');
  expect(await offered('director', report)).toContain('reopen');
  clock('2026-03-31');
  await expect(act('director', 'reopen', report, { comment: '再办' })).rejects.toMatchObject({
    code: 'not-offered',
  });
  let own = await act('director', 'submit', null, text);
  own = await act('secretary', 'terminate', own, { 'termination-reason': 'settled' });
  expect([await offered('director', own), await offered('secretary', own)]).toMatchObject([
    expect.not.arrayContaining(['reopen']),
    expect.arrayContaining(['reopen']),
  ]);
});

test('唤醒: one that would lead past a gate is found by the check', () => {
  const reopen = { label: '唤醒', by: ['checker'], to: 'to-compile' };
  const stages = [{ id: 'not-used', actions: { reopen } }];
  const read = checkConfig(
    'x.json',
    JSON.stringify({ extends: 'base', id: 'x', name: '某县', flows: { report: { stages } } }),
    base,
  );
  expect(read.mistakes.map(({ code }) => code)).toEqual(['never-broken']);
});

const both = { posts: [{ post: 'checker' }, { post: 'office-director' }] };
const passes = {
  flows: {
    report: {
      stages: [
        { id: 'second-review', sameActor: 'pass', actions: { return: null } },
        { id: 'sign-off', by: ['office-director', 'secretary-general'] },
      ],
    },
  },
};

test('自动通过: what the same person would do next is done by itself, and the history says so', async () => {
  const { act, look } = county(passes, [{ id: 'director', ...both }]);
  let report = await act('wang', 'submit', null, text);
  report = await act('director', 'pass', report, checked);
  // The sign-off is a gate that the config declares: it waits, whoever it is.
  expect([report.stage.id, report.version]).toEqual(['sign-off', 3]);
  expect(report.history.slice(1)).toMatchObject([
    { label: '初核通过', by: '主任', automatic: null },
    { label: '复审通过', by: '主任', automatic: '自动办理:上一环节由同一人办理' },
  ]);
  expect((await look('wang', report)).history.at(-1)?.automatic).not.toBeNull();
  // Taken back, it is looked at; and it does not go by itself again.
  report = await act('director', 'take-back', report);
  expect(report.stage.id).toBe('second-review');
  report = await act('director', 'pass', report);
  expect([report.stage.id, report.history.at(-1)?.automatic]).toEqual(['sign-off', null]);
});

test('自动通过: not for another, for a deputy, against a proposal, after a jump, or for one’s own report', async () => {
  const stageAfter = async (
    changes: Partial<Directory['people'][number]>[],
    who: string,
    input: Fields = checked,
    author = 'wang',
  ) => {
    const { act } = county(passes, changes);
    const report = await act(author, 'submit', null, text);
    return (await act(who, 'pass', report, input)).stage.id;
  };
  expect(await stageAfter([], 'checker')).toBe('second-review');
  const leave = { leaves: [{ from: '2026-03-01', to: '2026-03-09' }] };
  // The secretary-general is the deputy of both, where both are away.
  const deputies = [
    { id: 'checker', ...leave },
    { id: 'director', ...leave },
    { id: 'secretary', posts: [{ post: 'secretary-general' }, { post: 'checker' }] },
  ];
  expect(await stageAfter(deputies, 'secretary')).toBe('second-review');
  const same = [{ id: 'director', ...both }];
  expect(await stageAfter(same, 'director', { ...checked, policy: 'heavy' })).toBe('second-review');
  expect(await stageAfter([...same, { id: 'secretary', ...both }], 'secretary', checked, 'director')).toBe(
    'sign-off',
  );
  const { act } = county(passes, [
    { id: 'secretary', ...both, posts: [...both.posts, { post: 'secretary-general' }] },
  ]);
  const report = await act('wang', 'submit', null, text);
  const jumped = await act('secretary', 'jump', report, { stage: 'second-review', comment: '急' });
  expect(jumped.stage.id).toBe('second-review');
});

/** 特急 goes from the initial check to the sign-off. */
const skipping = {
  rules: [
    { id: 'urgent', on: 'report', name: { zh: '特急', en: 'most urgent' }, when: { urgency: 'most-urgent' } },
  ],
  flows: {
    report: {
      stages: [
        {
          id: 'initial-check',
          actions: {
            pass: {
              to: [{ if: 'urgent', to: 'sign-off', skips: ['second-review'] }, { to: 'second-review' }],
            },
          },
        },
      ],
    },
  },
};

test('特急: it may skip to the sign-off, and the skip shows in the history, the view and the map until it is made good', async () => {
  const { act, map } = county(skipping);
  let report = await act('wang', 'submit', null, { ...text, urgency: 'most-urgent' });
  report = await act('checker', 'pass', report, checked);
  expect([report.stage.id, report.skipped, report.notices]).toEqual([
    'sign-off',
    ['second-review'],
    ['已跳过:复审(特急)。'],
  ]);
  expect(report.history.map(({ skipped }) => skipped)).toEqual([[], ['复审(特急)']]);
  const drawn = map(report);
  expect(drawn.stages.find(({ id }) => id === 'second-review')?.mark).toBe('skipped');
  expect(drawn.text).toContain('复审(已跳过');
  report = await act('secretary', 'jump', report, { stage: 'second-review', comment: '请补复审' });
  report = await act('director', 'pass', report);
  expect([report.stage.id, report.skipped, report.notices]).toEqual(['sign-off', [], []]);
  const plain = await act('wang', 'submit', null, { ...text, urgency: 'urgent' });
  expect((await act('checker', 'pass', plain, checked)).stage.id).toBe('second-review');
});

test('特急: a gate that the config declares cannot be skipped', () => {
  const never = [
    {
      id: 'reviewed',
      on: 'report',
      name: '未经复审不审签',
      reach: 'sign-off',
      without: { stage: 'second-review' },
    },
  ];
  const own = { extends: 'base', id: 'x', name: '某县', ...skipping, never };
  const { mistakes } = checkConfig('x.json', JSON.stringify(own), base);
  expect(mistakes.map(({ code }) => code)).toEqual(['never-broken']);
});

test('退回修改: to the author, the stage before or an earlier one; on coming back it goes on there or walks again', async () => {
  const earlier = { label: '退回', form: 'to-earlier', to: 'earlier' };
  const stages = (resumes: boolean, resubmitted: string) => ({
    forms: { 'to-earlier': [{ id: 'stage', label: '退到', type: 'stage', required: true }] },
    flows: {
      report: {
        stages: [
          { id: 'revision', actions: { submit: { to: resubmitted } } },
          { id: 'second-review', actions: { 'send-back': { label: '退回', form: 'comment', to: 'before' } } },
          { id: 'sign-off', actions: { 'send-back': { ...earlier, resumes } } },
        ],
      },
    },
  });
  const atSigning = async (resumes: boolean, resubmitted = 'back') => {
    const office = county(stages(resumes, resubmitted));
    let report = await office.act('wang', 'submit', null, text);
    report = await office.act('checker', 'pass', report, checked);
    return { ...office, report: await office.act('director', 'pass', report) };
  };
  const comment = { comment: '请补充' };
  // To the author: on there, or from the beginning.
  for (const [resubmitted, after] of [
    ['back', 'sign-off'],
    ['initial-check', 'initial-check'],
  ] as const) {
    const { act, report } = await atSigning(false, resubmitted);
    const returned = await act('secretary', 'return', report, comment);
    expect((await act('wang', 'submit', returned, text)).stage.id).toBe(after);
  }
  // To the stage before, and from there on again.
  const one = await atSigning(false);
  let report = await one.act('secretary', 'send-back', one.report, { stage: 'initial-check' });
  report = await one.act('checker', 'pass', report, checked);
  report = await one.act('director', 'send-back', report, comment);
  expect(report.stage.id).toBe('initial-check');
  // To any earlier one: it walks again, or goes on at once, and only from where it was sent to.
  for (const [resumes, after] of [
    [false, 'second-review'],
    [true, 'sign-off'],
  ] as const) {
    const { act, report: at } = await atSigning(resumes);
    const back = await act('secretary', 'send-back', at, { stage: 'initial-check' });
    expect(back.notices).toEqual(resumes ? ['由“审签”退回,办后直接送回“审签”。'] : []);
    const on = await act('checker', 'pass', back, checked);
    expect([on.stage.id, on.notices]).toEqual([after, []]);
  }
  // What went another way meanwhile is no longer owed to anybody.
  const other = await atSigning(true);
  let now = await other.act('secretary', 'send-back', other.report, { stage: 'initial-check' });
  now = await other.act('checker', 'reserve', now);
  now = await other.act('checker', 'retrieve', now);
  now = await other.act('secretary', 'jump', now, { stage: 'initial-check', comment: '重核' });
  expect((await other.act('checker', 'pass', now, checked)).stage.id).toBe('second-review');
});
