import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { text, checked, officeOf } from './office.ts';

/** What offices expect a flow to have; each has a test that bears its name and walks the desk. */
const words = [
  ...[
    '或签',
    '会签',
    '顺序会签',
    '退回修改',
    '拿回',
    '撤销',
    '认领',
    '放回',
    '转交',
    '代理',
    '询问',
    '催办',
    '抄送',
  ],
  ...[
    '已阅',
    '委派',
    '加签',
    '减签',
    '票签',
    '跳转',
    '终止',
    '唤醒',
    '超时',
    '自动通过',
    '急件',
    '特急',
    '回避',
    '兜底',
  ],
];

test('each word of an office’s vocabulary has a test named after it', () => {
  const files = ['together', 'words'].map((name) =>
    readFileSync(new URL(`${name}.test.ts`, import.meta.url), 'utf8'),
  );
  const names = files.flatMap((file) =>
    [...file.matchAll(/^test\('([^:']+):/gm)].flatMap(([, name = '']) => name.split('、')),
  );
  expect(words.filter((word) => !names.includes(word))).toEqual([]);
});

test('撤销: an author takes a report out for good until the check is passed; nobody else does, and nothing follows', async () => {
  const { begin, as, look, desk, store, now } = officeOf('ningshan');
  const sent = await begin('wang', 'report', 'submit', text);
  await expect(as('li', 'withdraw', sent)).rejects.toMatchObject({ code: 'forbidden' });
  const gone = await as('wang', 'withdraw', sent);
  expect(gone.stage).toMatchObject({ id: 'withdrawn', kind: 'end' });
  expect([gone.due, gone.history.at(-1)?.label]).toEqual([null, '撤回']);
  const left = (await look('wang', gone)).actions.filter(({ aside }) => !aside);
  expect(left).toEqual([]);
  // Its clock has stopped too.
  expect(await desk.tick('ningshan', '2026-04-30T01:00:00Z')).toBe(0);
  expect((await store.log(gone)).at(-1)?.entry.action).toBe('withdraw');

  const passed = await as('checker', 'pass', await begin('wang', 'report', 'submit', text), checked);
  await expect(as('wang', 'withdraw', passed)).rejects.toMatchObject({ code: 'not-offered' });
  expect(now() > gone.since).toBe(true);
});

test('催办: the office chases by hand, the department is told, and nothing moves or is supervised by it', async () => {
  const { begin, as, look, store } = officeOf('ningshan');
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, { lead: 'chengguan-town', task: '请整治' });
  const item = await look('director', { county: 'ningshan', kind: 'handling', id: 'handling-1' });
  await expect(as('checker', 'remind', item)).rejects.toMatchObject({ code: 'forbidden' });
  const chased = await as('director', 'remind', item, { comment: '请抓紧签收' });
  expect([chased.stage.id, chased.due?.on, chased.supervised]).toEqual([item.stage.id, item.due?.on, false]);
  expect(chased.history.at(-1)).toMatchObject({ action: 'remind', label: '催办' });
  const told = await store.messages('ningshan', 'at-chengguan-town', 10, null);
  expect(told.map(({ kind }) => kind)).toContain('remind');
});

test('催办、超时: the clock chases before and after the due date and then acts itself, each once', async () => {
  const { begin, as, look, desk, clock, now } = officeOf('ningshan', undefined, '2026-03-02', {
    flows: {
      report: {
        stages: [
          {
            id: 'initial-check',
            overdue: [
              { days: -1, do: 'remind' },
              { days: 1, do: 'supervise' },
              { workingDays: 3, do: 'reserve' },
            ],
          },
        ],
      },
    },
  });
  const sent = await begin('wang', 'report', 'submit', text);
  expect(sent.due?.on).toBe('2026-03-05');
  const did: [string, string[]][] = [];
  for (const day of ['2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-09', '2026-03-10']) {
    clock(day);
    const before = (await look('checker', sent)).history.length;
    await desk.tick('ningshan', now());
    await desk.tick('ningshan', now());
    const view = await look('checker', sent);
    did.push([view.stage.id, view.history.slice(before).map(({ label }) => label)]);
  }
  expect(did).toEqual([
    ['initial-check', []],
    ['initial-check', ['催办(系统)']],
    ['initial-check', []],
    ['initial-check', ['超期督办']],
    ['initial-check', []],
    ['reserved', ['留存备用']],
  ]);
  const ended = await look('checker', sent);
  // Nobody's name stands under what the clock did, and people go on from there.
  expect(ended.history.at(-1)?.by).toBeNull();
  expect((await as('director', 'retrieve', ended)).stage.id).toBe('second-review');
});

test('退回修改: the author revises, the clock stops, and it comes back to the desk that returned it', async () => {
  const { begin, as } = officeOf('ningshan');
  const sent = await begin('wang', 'report', 'submit', text);
  const returned = await as('checker', 'return', sent, { comment: '请补充数据' });
  expect([returned.stage.id, returned.due]).toEqual(['revision', null]);
  expect(returned.history.at(-1)?.said).toEqual([{ label: '意见', value: '请补充数据' }]);
  const again = await as('wang', 'submit', returned, { ...text, analysis: '全县共 11 所。' });
  expect([again.stage.id, again.due?.on]).toEqual(['initial-check', '2026-03-05']);
});

test('认领、放回: one who claims it shows it as theirs, and gives it back to all', async () => {
  const { begin, as, look, desk, actor, now } = officeOf('ningshan');
  const sent = await begin('wang', 'report', 'submit', text);
  const claimed = await as('checker', 'claim', sent);
  const asked = {
    county: 'ningshan',
    kind: 'report',
    view: 'todo',
    search: null,
    after: null,
    limit: 5,
  } as const;
  const owner = async () => (await desk.queue(asked, actor('checker'), now(), 'zh')).rows[0]?.claimedBy;
  expect(await owner()).toBe('checker');
  const actions = (await look('checker', claimed)).actions.map(({ action }) => action);
  expect(actions).toContain('release');
  expect(actions).not.toContain('claim');
  await as('checker', 'release', claimed);
  expect(await owner()).toBeNull();
});

test('急件、特急: what is urgent is due sooner, at each gate as it says', async () => {
  const { begin, as } = officeOf('ningshan');
  const dues = async (urgency: string) => {
    const sent = await begin('wang', 'report', 'submit', { ...text, urgency });
    const passed = await as('checker', 'pass', sent, checked);
    return [sent.due?.on, sent.dueBecause, passed.due?.on];
  };
  expect(await dues('ordinary')).toEqual(['2026-03-05', '2026-03-02 收到,次日起 3 个工作日', '2026-03-05']);
  expect(await dues('urgent')).toEqual(['2026-03-03', '2026-03-02 收到,次日起 1 个工作日', '2026-03-03']);
  expect(await dues('most-urgent')).toEqual([
    '2026-03-03',
    '2026-03-02 收到,次日起 1 个工作日',
    '2026-03-03',
  ]);
});
