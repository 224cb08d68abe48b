import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ActRequest, Desk } from '../../src/desk/request.ts';
import type { Fields } from '../../src/model/thing.ts';
import type { StageMap } from '../../src/model/version.ts';
import type { ThingView } from '../../src/model/view.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/port.ts';
import { postgresStore } from '../../src/store/postgres.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { withPostgres } from '../postgres.ts';
import { changedCounty, deskUnder, withFlow } from './next-version.ts';
import { checked, officeOf, text } from './office.ts';
import { officeOf as walkingOffice, walkIn } from './walking.ts';

let folder = '';
let files = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-migrate-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sqlite = () => sqliteStore({ file: join(folder, `${(files += 1)}.db`) });

/** The second review under another name, with ten days instead of three; the chairman decides no more. */
const renamed = changedCounty('huantai', '2', (written, of) =>
  withFlow(of, written.replaceAll('"second-review"', '"review-two"'), 'report', (stages) => {
    const stage = stages.find(({ id }) => id === 'review-two');
    Object.assign(stage ?? {}, { due: { workingDays: 10 } });
  }),
);
const map: StageMap = { report: { 'second-review': 'review-two' } };

const request = (office: ReturnType<typeof officeOf>, more: object = {}) => ({
  to: renamed.county,
  stages: map,
  by: 'admin',
  now: office.now(),
  language: 'zh' as const,
  dry: false,
  ...more,
});

/** Somebody's act on a desk under the new version. */
const actOn = (
  desk: Desk,
  office: ReturnType<typeof officeOf>,
  who: string,
  action: ActRequest['action'],
  on: ThingView,
  input: Fields = {},
) =>
  desk.act({
    thing: { county: on.county, kind: on.kind, id: on.id },
    action,
    input,
    expected: on.version,
    takes: [],
    onBehalf: null,
    actor: office.actor(who),
    now: office.now(),
    language: 'zh',
    key: null,
  });

async function atSecondReview(store: Store) {
  const office = officeOf('huantai', store);
  const sent = await office.begin('wang', 'report', 'submit', text);
  office.clock('2026-03-03');
  const report = await office.as('checker', 'pass', sent, checked);
  return { office, report };
}

describe('in memory', () => migrates(async () => memoryStore()));
describe('on SQLite', () => migrates(sqlite));
withPostgres('on PostgreSQL', (server) =>
  migrates(async () => postgresStore({ url: await server.database() })),
);

function migrates(opened: () => Promise<Store>) {
  const open = async () => {
    const store = await opened();
    onTestFinished(() => store.close());
    return store;
  };
  test('a dry run lists each thing and what would happen, and keeps nothing', async () => {
    const { office, report } = await atSecondReview(await open());
    await office.begin('li', 'report', 'save', text);
    const desk = deskUnder(renamed, office);
    const found = await desk.migrate(request(office, { dry: true }));
    expect(found).toMatchObject({ to: '2', dry: true, ended: 0, already: 0 });
    expect(found.rows).toMatchObject([
      {
        id: 'report-1',
        stage: { id: 'second-review', label: '复审' },
        goal: { id: 'review-two' },
        is: 'would-move',
        said: ['期限由 2026-03-06 重新计算为 2026-03-17,自 2026-03-03 起算。', '上一步不能再拿回。'],
      },
      { id: 'report-2', stage: { id: 'draft' }, goal: { id: 'draft' }, is: 'would-move' },
    ]);
    expect((await office.look('checker', report)).version).toBe(report.version);
  });

  test('what is moved follows the new flow; the log says by whom, from where to where, and comes to the same', async () => {
    const { office, report } = await atSecondReview(await open());
    const desk = deskUnder(renamed, office);
    const at = office.now();
    expect((await desk.migrate(request(office))).rows).toMatchObject([{ id: report.id, is: 'moved' }]);
    const seen = await desk.view(report, office.actor('director'), office.now(), 'zh');
    expect(seen).toMatchObject({
      configVersion: '2',
      stage: { id: 'review-two' },
      due: { on: '2026-03-17', from: '2026-03-03', count: 10 },
      version: report.version + 1,
    });
    expect(seen.history.at(-1)).toMatchObject({
      action: 'migrate',
      label: '转入新版配置',
      by: 'admin',
      said: [
        { label: '配置版本', value: `${report.configVersion} → 2` },
        { label: '期限', value: '2026-03-06 → 2026-03-17' },
      ],
    });
    // Its earlier steps are told in the words of their own version, and so is its past.
    expect(seen.history.map(({ stageId }) => stageId)).toEqual([
      'initial-check',
      'second-review',
      'review-two',
    ]);
    const past = await desk.view(report, office.actor('director'), office.now(), 'zh', at);
    expect(past).toMatchObject({ configVersion: report.configVersion, stage: { id: 'second-review' } });
    expect((await desk.verifyLog()).difference).toBeNull();
    const taking = { now: at, until: at };
    const [timer] = await office.store.claimTimers('huantai', '2026-12-31', 5, taking);
    expect(timer?.on).toBe('2026-03-18');
    const passed = await actOn(desk, office, 'director', 'pass', seen);
    expect(passed).toMatchObject({ configVersion: '2', stage: { id: 'sign-off' } });
  });

  test('moving twice moves once, and what has ended stays as it was', async () => {
    const { office, report } = await atSecondReview(await open());
    const other = await office.begin('li', 'report', 'submit', text);
    await office.as('checker', 'not-use', other, { reason: 'settled' }).catch(async () => {
      const { actions } = await office.look('checker', other);
      const form = actions.find(({ action }) => action === 'not-use')?.fields ?? [];
      const input = Object.fromEntries(
        form.map(({ name, options }) => [name, options[0]?.value ?? '不宜采用']),
      );
      await office.as('checker', 'not-use', other, input);
    });
    const desk = deskUnder(renamed, office);
    await desk.migrate(request(office));
    const again = await desk.migrate(request(office));
    expect(again).toMatchObject({ rows: [], already: 1, ended: 1 });
    expect((await office.look('checker', report)).version).toBe(report.version + 1);
  });

  test('published to move at once, the clock moves each, goes on after a crash, and does it once', async () => {
    const { office, report } = await atSecondReview(await open());
    const second = await office.begin('li', 'report', 'submit', text);
    let left = 1;
    const store: Store = {
      ...office.store,
      commit: async (commit) => {
        if (left === 0) throw new Error('power cut');
        left -= 1;
        return office.store.commit(commit);
      },
    };
    const underWay = { how: 'now' as const, stages: map, by: 'admin' };
    const crashing = deskUnder(renamed, { ...office, store }, underWay);
    await expect(crashing.tick('huantai', office.now())).rejects.toThrow('power cut');
    const desk = deskUnder(renamed, office, underWay);
    expect(await desk.tick('huantai', office.now())).toBe(1);
    expect(await desk.tick('huantai', office.now())).toBe(0);
    for (const { id, version } of [report, second]) {
      const ref = { county: 'huantai', kind: 'report' as const, id };
      const seen = await desk.view(ref, office.actor('checker'), office.now(), 'zh');
      expect([seen.configVersion, seen.version]).toEqual(['2', version + 1]);
    }
    expect((await desk.verifyLog()).difference).toBeNull();
  });

  test('published to move at the next stage, it moves with the act that changes its stage, in one transaction', async () => {
    const office = officeOf('huantai', await open());
    const sent = await office.begin('wang', 'report', 'submit', text);
    const desk = deskUnder(renamed, office, { how: 'next-stage', stages: map, by: 'admin' });
    expect(await desk.tick('huantai', office.now())).toBe(0);
    const claimed = await actOn(desk, office, 'checker', 'claim', sent);
    expect(claimed).toMatchObject({ configVersion: sent.configVersion, stage: { id: 'initial-check' } });
    const passed = await actOn(desk, office, 'checker', 'pass', claimed, checked);
    expect(passed).toMatchObject({
      configVersion: '2',
      stage: { id: 'review-two' },
      version: claimed.version + 2,
      due: { count: 10 },
    });
    expect(passed.history.slice(-2).map(({ action }) => action)).toEqual(['pass', 'migrate']);
    const next = await actOn(desk, office, 'director', 'pass', passed);
    expect(next.history.filter(({ action }) => action === 'migrate')).toHaveLength(1);
    expect((await desk.verifyLog()).difference).toBeNull();
  });
}

test('what the clock moves to another stage moves over with it; what it only chases does not', async () => {
  const office = officeOf('huantai');
  const sent = await office.begin('wang', 'report', 'submit', text);
  const byClock = changedCounty('huantai', '2', (written, of) =>
    withFlow(of, written, 'report', (stages) => {
      Object.assign(stages.find(({ id }) => id === 'initial-check') ?? {}, {
        overdue: [
          { days: 1, do: 'supervise' },
          { days: 5, do: 'return' },
        ],
      });
    }),
  );
  await deskUnder(byClock, office).migrate(request(office, { to: byClock.county, stages: {} }));
  const last = changedCounty('huantai', '3', (written) => written);
  const desk = deskUnder(
    last,
    { ...office, county: byClock.county },
    { how: 'next-stage', stages: {}, by: 'a' },
  );
  const seen = () => desk.view(sent, office.actor('wang'), office.now(), 'zh');
  // Due on the 5th: supervised on the 6th, returned on the 10th.
  office.clock('2026-03-06');
  expect(await desk.tick('huantai', office.now())).toBe(1);
  expect(await seen()).toMatchObject({ configVersion: '2', supervised: true });
  office.clock('2026-03-10');
  expect(await desk.tick('huantai', office.now())).toBe(1);
  expect(await seen()).toMatchObject({ configVersion: '3', stage: { id: 'revision' } });
  expect(await desk.tick('huantai', office.now())).toBe(0);
  expect((await desk.verifyLog()).difference).toBeNull();
});

test('the same rule and calendar leave the due date and the clock alone; a date that somebody set stays', async () => {
  const { office, report } = await atSecondReview(memoryStore());
  const same = changedCounty('huantai', '2', (written) => written);
  const desk = deskUnder(same, office);
  office.clock('2026-03-20');
  await office.desk.tick('huantai', office.now());
  const late = await office.look('director', report);
  const found = await desk.migrate(request(office, { to: same.county, stages: {} }));
  expect(found.rows[0]?.said[0]).toBe('期限 2026-03-06 不变。');
  const seen = await desk.view(report, office.actor('director'), office.now(), 'zh');
  expect([seen.due, seen.supervised]).toEqual([late.due, true]);
  expect(await desk.tick('huantai', office.now())).toBe(0);
});

test('a claim and a supervision go along to a stage of another name; a draft whose first stage has another name is rebuilt', async () => {
  const office = officeOf('huantai');
  const sent = await office.begin('wang', 'report', 'submit', text);
  await office.as('checker', 'claim', sent);
  const draft = await office.begin('li', 'report', 'save', text);
  office.clock('2026-03-12');
  await office.desk.tick('huantai', office.now());
  const next = changedCounty('huantai', '2', (written, of) => {
    if (of !== 'base') return written.replaceAll('"initial-check"', '"first-look"');
    const config = JSON.parse(written.replaceAll('"initial-check"', '"first-look"'));
    config.flows.report.start = 'writing';
    for (const stage of config.flows.report.stages) if (stage.id === 'draft') stage.id = 'writing';
    return JSON.stringify(config);
  });
  const desk = deskUnder(next, office);
  const before = (await office.store.read(sent))?.thing;
  const stages = { report: { 'initial-check': 'first-look', draft: 'writing' } };
  const found = await desk.migrate(request(office, { to: next.county, stages }));
  expect(found.rows.map(({ is }) => is)).toEqual(['moved', 'moved']);
  const after = (await office.store.read(sent))?.thing;
  expect(after).toMatchObject({
    stage: 'first-look',
    claimedBy: 'checker',
    supervised: true,
    due: before?.due,
    escalated: before?.escalated,
  });
  expect((await desk.verifyLog()).difference).toBeNull();
  const ref = { county: 'huantai', kind: 'report' as const, id: draft.id };
  const past = await desk.view(ref, office.actor('li'), office.now(), 'zh', '2026-03-02');
  expect(past.stage.id).toBe('draft');
  const handedIn = await actOn(
    desk,
    office,
    'li',
    'submit',
    await desk.view(ref, office.actor('li'), office.now(), 'zh'),
    text,
  );
  expect(handedIn).toMatchObject({ configVersion: '2', stage: { id: 'first-look' } });
});

test('what is late stays late by the new rule, and what the clock has done it does not do again', async () => {
  const office = officeOf('huantai');
  const sent = await office.begin('wang', 'report', 'submit', text);
  office.clock('2026-03-12');
  expect(await office.desk.tick('huantai', office.now())).toBe(1);
  const shorter = changedCounty('huantai', '2', (written, of) =>
    withFlow(of, written, 'report', (stages) => {
      Object.assign(stages.find(({ id }) => id === 'initial-check') ?? {}, { due: { workingDays: 2 } });
    }),
  );
  const desk = deskUnder(shorter, office);
  const found = await desk.migrate(request(office, { to: shorter.county, stages: {} }));
  expect(found.rows[0]?.said[0]).toBe('期限由 2026-03-05 重新计算为 2026-03-04,自 2026-03-02 起算。');
  expect(await desk.tick('huantai', office.now())).toBe(0);
  expect(await office.look('checker', sent)).toMatchObject({ supervised: true });
});

test('nobody is made late by a change of rules: what would be over already is counted from today', async () => {
  const office = officeOf('huantai');
  await office.begin('wang', 'report', 'submit', text);
  const shorter = changedCounty('huantai', '2', (written, of) =>
    withFlow(of, written, 'report', (stages) => {
      Object.assign(stages.find(({ id }) => id === 'initial-check') ?? {}, { due: { workingDays: 1 } });
    }),
  );
  office.clock('2026-03-05');
  const desk = deskUnder(shorter, office);
  const found = await desk.migrate(request(office, { to: shorter.county, stages: {} }));
  expect(found.rows[0]?.said[0]).toContain('重新计算为 2026-03-06,自 2026-03-05 起算(按原收到日已过期');
  expect(await desk.tick('huantai', office.now())).toBe(0);
});

describe('what would be stranded is refused, with its name and the remedy, and stays as it is', () => {
  /** Tries a move that must be refused; gives the words, after seeing that nothing was kept. */
  async function refused(
    office: ReturnType<typeof officeOf>,
    report: ThingView,
    to: ReturnType<typeof changedCounty>,
    stages: StageMap = {},
  ) {
    const desk = deskUnder(to, office);
    const found = await desk.migrate(request(office, { to: to.county, stages }));
    const row = found.rows.find(({ id }) => id === report.id);
    expect(row).toMatchObject({ is: 'refused', goal: null });
    expect((await office.look('director', report)).version).toBe(report.version);
    return row?.said.join() ?? '';
  }

  test('a stage that is no more', async () => {
    const { office, report } = await atSecondReview(memoryStore());
    expect(await refused(office, report, renamed)).toMatch(
      /report-1 要用到环节“复审”\(second-review\),第 2 版没有.*"second-review": "…"/,
    );
  });

  test('a stage that is no more is asked about once, with where it could go and where the map says', async () => {
    const { office } = await atSecondReview(memoryStore());
    await office.as('checker', 'pass', await office.begin('li', 'report', 'submit', text), checked);
    const desk = deskUnder(renamed, office);
    const asked = async (stages: StageMap) =>
      (await desk.migrate(request(office, { dry: true, stages }))).gone;
    const [gone, ...others] = await asked({});
    expect(gone).toMatchObject({
      kind: 'report',
      stage: { id: 'second-review', label: '复审' },
      goal: null,
    });
    expect(gone?.goals).toContainEqual({ id: 'review-two', label: '复审' });
    expect(gone?.goals.map(({ id }) => id)).not.toContain('archived');
    expect(others).toEqual([]);
    expect((await asked(map)).map(({ goal }) => goal)).toEqual(['review-two']);
  });

  test('an end, and what its author alone would see', async () => {
    const { office, report } = await atSecondReview(memoryStore());
    const to = (stage: string) => ({ report: { 'second-review': stage } });
    expect(await refused(office, report, renamed, to('archived'))).toMatch(/report-1 还没有办完.*终点/);
    expect(await refused(office, report, renamed, to('draft'))).toMatch(/作者自己的草稿/);
  });

  test('a stage that nothing leads on from, as what was never returned has nowhere to go back to', async () => {
    const onlyBack = changedCounty('huantai', '2', (written, of) =>
      withFlow(of, written, 'report', (stages) => {
        const stage = stages.find(({ id }) => id === 'revision');
        const actions = Object(stage?.['actions']);
        actions.submit.to = 'back';
        delete actions.save;
        delete actions.withdraw;
      }),
    );
    const { office, report } = await atSecondReview(memoryStore());
    const said = await refused(office, report, onlyBack, { report: { 'second-review': 'revision' } });
    expect(said).toMatch(/没有一个动作能往下走.*改到别的环节/);
  });

  test('a stage whose only way on was offered for a time that is over', async () => {
    const onlyInTime = (way: object) =>
      changedCounty('huantai', '2', (written, of) =>
        withFlow(of, written, 'report', (stages) => {
          const stage = stages.find(({ id }) => id === 'second-review');
          const actions = Object(stage?.['actions']);
          for (const verb of Object.keys(actions)) Object.assign(actions[verb], way);
          // What never came back by a return cannot take this way.
          actions['send-back'] = { label: '退回', to: 'back' };
        }),
      );
    const { office, report } = await atSecondReview(memoryStore());
    office.clock('2026-03-20');
    for (const way of [{ within: { workingDays: 2 } }, { beforeDue: true }])
      expect(await refused(office, report, onlyInTime(way))).toMatch(/没有一个动作能往下走/);
    office.clock('2026-03-03');
    const next = onlyInTime({ beforeDue: true });
    const { rows } = await deskUnder(next, office).migrate(
      request(office, { to: next.county, stages: {}, dry: true }),
    );
    expect(rows).toMatchObject([{ id: report.id, goal: { id: 'second-review' } }]);
  });

  test('one who was returned by a stage that is no more', async () => {
    const { office, report } = await atSecondReview(memoryStore());
    const back = await office.as('director', 'return', report, { comment: '请补充数据' });
    expect(await refused(office, back, renamed)).toContain('要用到环节“复审”(second-review)');
    const desk = deskUnder(renamed, office);
    await desk.migrate(request(office));
    const moved = await desk.view(back, office.actor('wang'), office.now(), 'zh');
    const again = await actOn(desk, office, 'wang', 'submit', moved, text);
    expect(again.stage.id).toBe('review-two');
  });

  test('a destination that still waits, and an organisation that handles it; sent, the one goes over', async () => {
    const { office, report } = await atSecondReview(memoryStore());
    const { as } = office;
    const signed = await as('secretary', 'pass', await as('director', 'pass', report));
    const compiled = await as('compiler', 'compile', signed, { title: '护学', text: '正文' });
    const link = compiled.links.find(({ role }) => role === 'piece');
    let piece = await office.look('compiler', { county: 'huantai', kind: 'piece', id: link?.id ?? '' });
    piece = await as('checker', 'proofread', await as('compiler', 'pass', piece));
    piece = await as('secretary', 'issue', piece, {
      journal: 'journal',
      destinations: ['city-cppcc', 'county-party'],
    });
    const other = changedCounty('huantai', '2', (written) =>
      written.replaceAll('"county-party"', '"party-office"').replaceAll('"qifeng-town"', '"qifeng-office"'),
    );
    expect(await refused(office, piece, other)).toMatch(/还要报送“县委”\(county-party\).*请先报送/);
    const sent = await as('compiler', 'dispatch', piece, { destination: 'county-party' });
    const [row] = (
      await deskUnder(other, office).migrate(request(office, { to: other.county, stages: {}, dry: true }))
    ).rows.filter(({ id }) => id === sent.id);
    expect(row?.is).toBe('would-move');

    const second = await office.begin('li', 'report', 'submit', text);
    const passedOn = await as('checker', 'pass-on', second, { lead: 'qifeng-town', task: '请清理。' });
    const handling = passedOn.links.find(({ role }) => role === 'handling');
    const item = await office.look('director', {
      county: 'huantai',
      kind: 'handling',
      id: handling?.id ?? '',
    });
    expect(await refused(office, item, other)).toMatch(/由“.*”\(qifeng-town\)承办.*请先改派/);
  });

  test('a post that nobody holds', async () => {
    const { office, report } = await atSecondReview(memoryStore());
    const others = {
      ...office.directory,
      people: [{ id: 'checker', name: 'checker', posts: [{ post: 'checker' }] }],
    };
    const desk = deskUnder(renamed, { ...office, directory: others });
    const [row] = (await desk.migrate(request(office))).rows;
    expect(row).toMatchObject({ id: report.id, is: 'refused' });
    expect(row?.said.join()).toMatch(/办公室主任.*名册中没有人任此职务/);
  });

  test('several who are deciding together, where the new version decides otherwise; else their votes stand', async () => {
    const together = (need: string) =>
      changedCounty('huantai', need === 'all' ? '1' : '2', (written, of) =>
        withFlow(of, written, 'report', (stages) => {
          const stage = stages.find(({ id }) => id === 'second-review');
          Object.assign(stage ?? {}, {
            together: { of: ['office-director', 'secretary-general', 'chairman'], each: 'post', need },
          });
          const actions = Object(stage?.['actions']);
          actions.pass.by = ['office-director', 'secretary-general', 'chairman'];
        }),
      );
    const first = together('all');
    const plain = officeOf('huantai');
    const office = { ...plain, county: first.county, desk: deskUnder(first, plain) };
    const sent = await plain.begin('wang', 'report', 'submit', text);
    // What began under the office's own version is moved to the one that decides together.
    await office.desk.migrate(request(plain, { to: first.county, stages: {} }));
    let report = await office.desk.view(sent, office.actor('checker'), office.now(), 'zh');
    report = await actOn(office.desk, plain, 'checker', 'pass', report, checked);
    report = await actOn(office.desk, plain, 'director', 'pass', report);
    expect(report.stage.id).toBe('second-review');
    const any = deskUnder(together('any'), office);
    const refusal = await any.migrate(request(plain, { to: together('any').county, stages: {} }));
    expect(refusal.rows[0]).toMatchObject({ is: 'refused' });
    expect(refusal.rows[0]?.said.join()).toMatch(/正在“复审”会签,已有 1 人表态.*会签办法不同/);
    const same = { ...first, county: { ...first.county, version: '2' } };
    const desk = deskUnder(same, office);
    const moved = await desk.migrate(request(plain, { to: same.county, stages: {} }));
    expect(moved.rows[0]?.said).toContain('已有的 1 票照旧有效。');
    report = await desk.view(report, office.actor('secretary'), office.now(), 'zh');
    expect(report.signed.map(({ is }) => is)).toEqual(['for', null, null]);
  });
});

test('a stage map that names what is not there is refused whole, with what was meant', async () => {
  const { office } = await atSecondReview(memoryStore());
  const desk = deskUnder(renamed, office);
  const wrong = (stages: StageMap) => desk.migrate(request(office, { stages }));
  await expect(wrong({ report: { 'second-reviw': 'review-two' } })).rejects.toThrow(
    /did you mean "second-review"/,
  );
  await expect(wrong({ report: { 'second-review': 'review-tow' } })).rejects.toThrow(
    /did you mean "review-two"/,
  );
  await expect(
    desk.migrate(request(office, { to: { ...renamed.county, version: '3' } })),
  ).rejects.toMatchObject({ code: 'not-in-force' });
});

const move = fc.record({ who: fc.nat(1000), on: fc.nat(1000), what: fc.nat(1000), pick: fc.nat(1000) });

test.each(['huantai', 'ningshan'])(
  '%s: whatever was done before, both stores move alike, the log comes to the state, and work goes on',
  async (name) => {
    const next = changedCounty(name, '2', (written) => written.replaceAll('"second-review"', '"review-two"'));
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 60, maxLength: 60 }), async (moves) => {
        const stores = [memoryStore(), await sqlite()];
        const office = await walkingOffice(name, stores);
        const first = walkIn(office);
        const walk = async (walking: typeof first, some: typeof moves) => {
          for (const { who, on, what, pick } of some) {
            const { people, things, opening } = walking;
            const at = on % (things.length + 4);
            const offer = await walking.offer(
              people[who % people.length] ?? '',
              at < things.length ? at : null,
              opening[what % opening.length] ?? 'report',
            );
            const action = offer.actions[what % Math.max(1, offer.actions.length)];
            if (action) await walking.attempt(offer, action, pick);
          }
        };
        await walk(first, moves.slice(0, 40));
        const { county, directory } = office;
        const desks = stores.map((store) => deskUnder(next, { county, directory, store }));
        const asked = {
          to: next.county,
          stages: map,
          by: 'admin',
          now: office.now(),
          language: 'en',
          dry: false,
        } as const;
        const [one, other] = await Promise.all(desks.map((desk) => desk.migrate(asked)));
        expect(other).toEqual(one);
        for (const desk of desks) {
          const again = await desk.migrate(asked);
          expect(again.rows.filter(({ is }) => is !== 'refused')).toEqual([]);
          expect((await desk.verifyLog()).difference).toBeNull();
        }
        const second = walkIn({ ...office, county: next.county, config: next.config, desks });
        second.things.push(...first.things);
        await walk(second, moves.slice(40));
        for (const desk of desks) expect((await desk.verifyLog()).difference).toBeNull();
      }),
      { numRuns: 3, seed: 11, endOnFailure: true },
    );
  },
);
