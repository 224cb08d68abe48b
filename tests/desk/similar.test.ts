import { expect, test } from 'vitest';
import { similarIndex } from '../../src/desk/similar-index.ts';
import type { Thing } from '../../src/model/thing.ts';
import { memoryStore } from '../../src/store/memory.ts';
import type { Store } from '../../src/store/port.ts';
import { checked, officeOf, text } from './office.ts';

const like = {
  title: '校门口放学时段交通安全隐患',
  situation: '城区三所小学放学时段校门口拥堵,家长车辆停在路中间。',
  analysis: '周边没有停车场。',
  suggestion: '设置护学岗和错峰放学。',
};
const other = {
  title: '关于南河公园增设座椅的建议',
  situation: '公园里老年人散步,无处可坐。',
  analysis: '原有长椅已经破损。',
  suggestion: '沿步道每百米设一处长椅。',
};

/** The office, and a store that counts what is read of it. */
function counted() {
  const store = memoryStore();
  const reads = { all: 0, things: 0 };
  const counting: Store = {
    ...store,
    async *all(county, kind) {
      for await (const row of store.all(county, kind)) {
        reads.all += 1;
        yield row;
      }
    },
    readMany(refs) {
      reads.things += refs.length;
      return store.readMany(refs);
    },
  };
  const office = officeOf('huantai', counting);
  const { desk, actor } = office;
  const to = async (who: string, thing: { kind: 'report' | 'lead'; id: string }) =>
    desk.similarTo({ county: 'huantai', ...thing }, actor(who), 'zh');
  const ids = async (who: string, thing: { kind: 'report' | 'lead'; id: string }) =>
    (await to(who, thing)).rows.map(({ id }) => id);
  const write = (who: string, input: Record<string, string>) =>
    desk.similarText('report', input, actor(who), 'zh');
  return { ...office, store: counting, reads, to, ids, write };
}
const ref = ({ id }: { id: string }) => ({ kind: 'report' as const, id });

test('the checker is shown the report that says much the same, with the phrases that both have', async () => {
  const { begin, to } = counted();
  const first = await begin('wang', 'report', 'submit', text);
  await begin('zhao', 'report', 'submit', other);
  const second = await begin('li', 'report', 'submit', like);
  const { text: here, rows, others } = await to('checker', ref(second));
  expect([rows.map(({ id }) => id), others]).toEqual([[first.id], 0]);
  const [row] = rows;
  expect(row).toMatchObject({
    title: text.title,
    stage: { id: 'initial-check', label: '初核' },
    on: '2026-03-02',
    authors: 'wang',
    ended: false,
  });
  const shared = (row?.phrases ?? []).map((phrase) => here.slice(...phrase.here));
  expect(shared).toEqual([
    '校门口',
    '放学时段',
    '交通安全',
    '城区三所小学放学时段校门口拥堵',
    '设置护学岗和错峰放学',
  ]);
  expect((row?.phrases ?? []).map(({ there }) => row?.text.slice(...there))).toEqual(shared);
});

test('it only suggests: neither report has changed, and a merge then keeps both, their authors and logs', async () => {
  const { begin, to, as, look, ids } = counted();
  const first = await begin('wang', 'report', 'submit', text);
  const second = await begin('li', 'report', 'submit', like);
  const { rows } = await to('checker', ref(second));
  expect((await look('checker', first)).version).toBe(1);
  const takes = rows.map(({ kind, id, version }) => ({ kind, id, version }));
  const merged = await as('checker', 'merge', second, {}, { takes });
  expect(merged).toMatchObject({ stage: { id: 'merged' }, authors: [{ person: 'li' }] });
  expect((await look('checker', first)).authors).toMatchObject([{ person: 'wang' }]);
  // What was merged is known and suggested no more; to a third one the merged report is shown as one that has ended.
  expect(await ids('checker', ref(first))).toEqual([]);
  const third = await begin('zhao', 'report', 'submit', like);
  expect((await to('checker', ref(third))).rows.map(({ id, ended }) => [id, ended])).toEqual([
    [second.id, true],
    [first.id, false],
  ]);
});

test('an author is shown their own reports alone; of those of others only how many there are', async () => {
  const { begin, to, write } = counted();
  await begin('wang', 'report', 'submit', text);
  const told = await write('li', like);
  expect(told).toEqual({ text: Object.values(like).join('\n'), rows: [], others: 1 });
  expect(JSON.stringify(told)).not.toContain(text.title);
  const own = await begin('li', 'report', 'submit', like);
  expect(await write('li', like)).toMatchObject({ rows: [{ id: own.id, score: 100 }], others: 1 });
  expect(await to('li', ref(own))).toMatchObject({ rows: [], others: 1 });
  await expect(to('wang', ref(own))).rejects.toMatchObject({ code: 'forbidden' });
  await expect(to('checker', ref({ id: 'report-99' }))).rejects.toMatchObject({ code: 'not-found' });
});

test('a draft of somebody else and a purged report never appear, not even in the number', async () => {
  const { begin, as, ids, write } = counted();
  expect(await write('zhao', like)).toMatchObject({ rows: [], others: 0 });
  const draft = await begin('wang', 'report', 'save', text);
  expect(await write('zhao', like)).toMatchObject({ rows: [], others: 0 });
  const mine = await begin('li', 'report', 'submit', like);
  expect(await ids('checker', ref(mine))).toEqual([]);
  const sent = await as('wang', 'submit', draft, text);
  expect(await ids('checker', ref(mine))).toEqual([sent.id]);
  await as('director', 'purge', sent);
  expect(await ids('checker', ref(mine))).toEqual([]);
  expect((await write('zhao', text)).others).toBe(1);
});

test('a report that was written anew is found by its new words and no more by its old ones', async () => {
  const { begin, as, ids, write } = counted();
  const first = await begin('wang', 'report', 'submit', text);
  const second = await begin('li', 'report', 'submit', like);
  expect(await ids('checker', ref(second))).toEqual([first.id]);
  const back = await as('checker', 'return', first, { comment: '请改写。' });
  await as('wang', 'submit', back, other);
  expect(await ids('checker', ref(second))).toEqual([]);
  expect((await write('checker', other)).rows.map(({ id }) => id)).toEqual([first.id]);
});

test('what only the office may read is not compared', async () => {
  const { begin, as, write } = counted();
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass', report, checked);
  const { rows } = await write('director', text);
  expect(rows.map(({ text: words }) => words)).toEqual([Object.values(text).join('\n')]);
});

test('a lead is held against the reports', async () => {
  const { begin, ids } = counted();
  const report = await begin('wang', 'report', 'submit', text);
  const { title, situation } = like;
  const lead = await begin('li', 'lead', 'submit', { title, situation });
  expect(await ids('checker', { kind: 'lead', id: lead.id })).toEqual([report.id]);
});

test('of 20,000 reports a question looks at forty at most, and reads the store through only once', async () => {
  const { begin, store, reads, write, as } = counted();
  const report = await begin('wang', 'report', 'submit', text);
  const row = await store.read({ county: 'huantai', kind: 'report', id: report.id });
  if (!row) throw new Error('no report');
  let seed = 1;
  const chance = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const words = (length: number) =>
    String.fromCodePoint(...Array.from({ length }, () => 0x4e00 + Math.floor(chance(1500) ** 1.05)));
  const things = Array.from({ length: 20_000 }, (_, n): Thing => {
    const fields = {
      ...row.thing.fields,
      title: words(14),
      situation: `城区三所小学放学时段,${words(60)}`,
      analysis: words(40),
      suggestion: words(40),
    };
    return { ...row.thing, id: `old-${n}`, fields };
  });
  const byId = new Map(things.map((thing) => [thing.id, { thing, title: thing.id }]));
  const { all, readMany } = store;
  store.all = async function* (county, kind) {
    yield* all(county, kind);
    for (const one of byId.values()) {
      reads.all += 1;
      yield one;
    }
  };
  store.readMany = async (refs) => [
    ...(await readMany(refs.filter(({ id }) => !byId.has(id)))),
    ...refs.flatMap(({ id }) => {
      const found = byId.get(id);
      reads.things += found ? 1 : 0;
      return found ?? [];
    }),
  ];

  expect((await write('checker', like)).rows.map(({ id }) => id)).toEqual([report.id]);
  expect(reads.all).toBe(20_001);
  const later = await begin('li', 'report', 'submit', other);
  await as('director', 'purge', report);
  const before = { ...reads };
  const began = performance.now();
  for (const asked of [like, other, text]) await write('checker', asked);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(reads.all).toBe(before.all);
  expect(reads.things - before.things).toBeLessThanOrEqual(3 * 40);
  expect((await write('checker', other)).rows.map(({ id }) => id)).toEqual([later.id]);
  const some = things[12_345]?.fields;
  expect((await write('checker', { situation: String(some?.['situation']) })).rows[0]?.id).toBe('old-12345');
});

test('what another process purges or hands in is forgotten and known here too', async () => {
  const store = memoryStore();
  const { county, begin, as } = officeOf('huantai', store);
  // Another process: its own index over the same database.
  const there = similarIndex({ county, countyOf: () => county, store });
  const hearing: Promise<void>[] = [];
  store.follow({
    heard({ thing }) {
      if (thing?.kind === 'report') hearing.push(there.hear(thing.id, thing.version));
    },
    missed: () => there.forget(),
  });
  const words = there.read(Object.values(like).join('\n')).grams;
  const known = async () => {
    await Promise.all(hearing);
    return (await there.index()).nearest(words, 5);
  };
  const first = await begin('wang', 'report', 'submit', like);
  expect(await known()).toEqual([first.id]);
  const second = await begin('li', 'report', 'submit', like);
  expect((await known()).sort()).toEqual([first.id, second.id]);
  await as('director', 'purge', first);
  expect(await known()).toEqual([second.id]);
});
