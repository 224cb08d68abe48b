import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apply, blankThing, type Change } from '../../src/desk/change.ts';
import type { ConfigVersion } from '../../src/model/version.ts';
import { MinqingError } from '../../src/model/error.ts';
import type { Thing, ThingRef } from '../../src/model/thing.ts';
import type { Commit, FoundBy, News, QueueQuery, Step, Store, Timer } from '../../src/store/port.ts';

const county = 'one';
const at = (minute: number) => `2026-03-02T01:${String(minute).padStart(2, '0')}:00.000Z`;
const ref = (id: string, kind: ThingRef['kind'] = 'report', of = county): ThingRef => ({
  county: of,
  kind,
  id,
});

/** A step that takes a thing from where it stands; a fresh one begins at `to-check`. */
function stepOf(from: Thing | ThingRef, change: Change = {}, minute = 0): Step {
  const before = 'version' in from ? from : blankThing(from, 'to-check', '1', at(minute));
  const thing = apply(before, change, at(minute));
  const { county, kind, id } = thing;
  const title = thing.fields['title'];
  return {
    expected: before.version,
    thing,
    title: typeof title === 'string' ? title : id,
    entry: {
      county,
      kind,
      id,
      sequence: thing.version,
      action: 'save',
      actor: 'someone',
      onBehalf: null,
      on: '2026-03-02',
      at: at(minute),
      configVersion: '1',
      change,
      previous: `hash-${before.version}`,
      hash: `hash-${thing.version}`,
    },
    texts: [{ hash: `text-of-${id}-${thing.version}`, salt: 'salt', text: `words of ${id}` }],
  };
}
const dueOn = (on: string) => ({
  on,
  provisional: false,
  from: '2026-03-02',
  by: 'working-days' as const,
  count: 3,
});
const commitOf = (steps: Step[], more: Partial<Commit> = {}): Commit => ({
  steps,
  scores: [],
  timers: [],
  messages: [],
  key: null,
  ...more,
});
const codeOf = (refused: unknown) => (refused instanceof MinqingError ? refused.code : String(refused));
const refusal = (promise: Promise<unknown>) => promise.then(() => 'kept', codeOf);
const keyNamed = (key: string, actor = 'wang') => ({
  county,
  actor,
  key,
  request: 'a',
  result: ref('r-1'),
  at: at(0),
});
const recordOf = (id: string, authors: string[] = [], on: string[] = []) => ({
  id,
  kind: 'report',
  authors: authors.map((author) => ({ id: author })),
  moments: on.map((day) => ({ is: 'submitted', on: day })),
});
const entryOf = (subject: string, on: string, points = '1') => ({
  subject,
  line: 'adopted',
  clause: null,
  points,
  on,
  moment: 'adopted',
});
const timerOf = (id: string, on: string, of = county): Timer => ({
  thing: ref(id, 'report', of),
  on,
  kind: 'overdue',
});
const messageOf = (kind: string, to = 'wang', of = county) => ({
  to,
  kind,
  about: ref('r-1', 'report', of),
  at: at(0),
});

/** What every store must hold; `open` gives a fresh, empty one. */
export function storeContract(open: () => Promise<Store>): void {
  let store: Store;
  const stops: (() => void)[] = [];
  beforeEach(async () => {
    store = await open();
  });
  afterEach(() => store.close());
  /** Looks at them and claims none. */
  const due = (of: string, on: string, limit: number) =>
    store.claimTimers(of, on, limit, { now: at(0), until: at(0) });
  const keep = (steps: Step[], more: Partial<Commit> = {}) => store.commit(commitOf(steps, more));

  test('a text with U+0000, which not every database keeps, is refused wherever it stands, and nothing is kept', async () => {
    const nul = 'a\0b';
    const step = stepOf(ref('r-1'));
    const page = { kind: 'report', order: 'newest', after: null, limit: 9 } as const;
    const file = { county, id: 'f', name: nul, type: 'x', uploader: 'wang', bytes: new Uint8Array([0]) };
    const act = {
      county,
      number: 1,
      is: 'purge',
      about: nul,
      by: 'li',
      at: at(0),
      request: null,
      second: null,
    };
    for (const refused of [
      () => keep([{ ...step, title: nul }]),
      () => keep([{ ...step, texts: [{ hash: 'h', salt: 's', text: nul }] }]),
      () => keep([stepOf(ref('r-1'), { fields: { title: nul } })]),
      () => keep([stepOf(ref('r-1'), { fields: { [nul]: 'title' } })]),
      () => keep([stepOf(ref(nul))]),
      () => keep([step], { messages: [messageOf(nul)] }),
      () => keep([step], { key: keyNamed(nul) }),
      () => store.saveScores(county, [{ record: recordOf(nul), entries: [] }]),
      () => store.saveFile(file),
      () => store.saveRecords(county, [{ record: recordOf(nul), sequence: 1, by: 'li', at: at(0) }]),
      () =>
        store.saveDirectory(county, [
          { of: 'people', row: { id: 'p', name: nul }, sequence: 1, by: 'li', at: at(0) },
        ]),
      () => store.saveSensitiveAct({ ...act, is: 'purge' }),
      () => store.saveConfig(draftOf(1, { note: nul })),
      () => store.queue({ ...page, county, search: nul }),
    ])
      expect(await refusal(refused())).toBe('nul-in-text');
    expect(await store.read(ref('r-1'))).toBeNull();
    expect(await store.configs(county)).toEqual([]);
    await store.saveFile({ ...file, name: 'a\\u0000b' });
    expect((await store.file(county, 'f'))?.bytes).toHaveLength(1);
  });

  describe('reading', () => {
    test('a thing reads as it was kept, and many in the order asked, what is not there left out', async () => {
      const [a, b] = [stepOf(ref('r-1'), { fields: { title: '路灯' } }), stepOf(ref('r-2'))];
      await keep([a, b]);
      expect(await store.read(ref('r-1'))).toEqual({ thing: a.thing, title: '路灯' });
      expect(await store.read(ref('r-3'))).toBeNull();
      expect(await store.read(ref('r-1', 'piece'))).toBeNull();
      const many = await store.readMany([ref('r-2'), ref('r-3'), ref('r-1')]);
      expect(many.map(({ thing }) => thing.id)).toEqual(['r-2', 'r-1']);
      expect(await store.readMany([])).toEqual([]);
    });

    test('another county’s id finds nothing, wherever it is asked', async () => {
      await keep([stepOf(ref('r-1'))], {
        scores: [{ record: recordOf('r-1'), entries: [entryOf('wang', '2026-03-01')] }],
        timers: [timerOf('r-1', '2026-03-01')],
        messages: [messageOf('pass')],
        key: keyNamed('k'),
      });
      await store.saveFile({
        county,
        id: 'f',
        name: 'a.pdf',
        type: 'application/pdf',
        uploader: 'wang',
        bytes: new Uint8Array([1]),
      });
      const other = ref('r-1', 'report', 'two');
      expect(await store.read(other)).toBeNull();
      expect(await store.readMany([other])).toEqual([]);
      expect(await store.log(other)).toEqual([]);
      expect(await store.key('two', 'wang', 'k')).toBeNull();
      expect(await store.entries('two', '2026-01-01', '2026-12-31')).toEqual([]);
      expect(await store.entriesOf('two', 'r-1')).toEqual([]);
      expect(await due('two', '2026-12-31', 9)).toEqual([]);
      expect(await store.messages('two', 'wang', 9, null)).toEqual([]);
      expect(await store.file('two', 'f')).toBeNull();
      expect(await store.fileInfos('two', ['f'])).toEqual([]);
      expect(await idsOf(store.all('two', 'report'))).toEqual([]);
      const page = await store.queue({
        county: 'two',
        kind: 'report',
        order: 'newest',
        after: null,
        limit: 9,
      });
      expect(page).toEqual({ rows: [], next: null, total: 0 });
      expect(await store.next('two', 'report')).toBe(1);
    });

    test('two counties hold the same id, each its own', async () => {
      const theirs = stepOf(ref('r-1', 'report', 'two'), { fields: { title: 'theirs' } });
      await keep([stepOf(ref('r-1'), { fields: { title: 'ours' } })]);
      await keep([theirs], {
        scores: [{ record: recordOf('r-1'), entries: [entryOf('li', '2026-03-01')] }],
      });
      expect((await store.read(ref('r-1')))?.title).toBe('ours');
      expect((await store.read(ref('r-1', 'report', 'two')))?.title).toBe('theirs');
      expect(await store.entriesOf(county, 'r-1')).toEqual([]);
    });

    test('whoever tries to change what was read does not change what is kept', async () => {
      await keep([stepOf(ref('r-1'))], { timers: [timerOf('r-1', '2026-03-01')] });
      const row = await store.read(ref('r-1'));
      if (row) Reflect.set(row.thing, 'stage', 'elsewhere');
      const [timer] = await due(county, '2026-03-01', 9);
      if (timer) Reflect.set(timer, 'on', '2000-01-01');
      expect((await store.read(ref('r-1')))?.thing.stage).toBe('to-check');
      expect(await due(county, '2026-03-01', 9)).toEqual([timerOf('r-1', '2026-03-01')]);
    });

    test('the log comes in its order, each entry with its own texts', async () => {
      const first = stepOf(ref('r-1'));
      const second = stepOf(first.thing, {}, 1);
      const third = stepOf(second.thing, {}, 2);
      for (const step of [first, second, third]) await keep([step, stepOf(ref(`x-${step.expected}`))]);
      expect(await store.log(ref('r-1'))).toEqual(
        [first, second, third].map(({ entry, texts }) => ({ entry, texts })),
      );
      expect(await store.log(ref('r-2'))).toEqual([]);
    });

    test('all of a kind come oldest first, however often they were changed since', async () => {
      const steps = Array.from({ length: 12 }, (_, at) => stepOf(ref(`r-${12 - at}`), {}, 20 - at));
      for (const step of steps) await keep([step]);
      await keep([stepOf(steps[0]?.thing ?? ref('r-12'), {}, 40)]);
      await keep([stepOf(ref('p-1', 'piece'))]);
      expect(await idsOf(store.all(county, 'report'))).toEqual(steps.map(({ thing }) => thing.id));
    });
  });

  describe('a commit', () => {
    test('is kept whole or not at all', async () => {
      const first = stepOf(ref('r-1'));
      await keep([first], {
        scores: [{ record: recordOf('r-1'), entries: [entryOf('wang', '2026-03-01')] }],
        timers: [timerOf('r-1', '2026-03-05')],
      });
      const stale = { ...stepOf(ref('r-2')), expected: 7 };
      const refused = keep([stepOf(first.thing, { stage: 'gone' }, 1), stepOf(ref('r-3')), stale], {
        scores: [{ record: recordOf('r-1'), entries: [] }],
        timers: [timerOf('r-1', '2026-03-01'), timerOf('r-3', '2026-03-01')],
        messages: [messageOf('pass')],
        key: keyNamed('k'),
      });
      expect(await refusal(refused)).toBe('conflict');
      expect((await store.read(ref('r-1')))?.thing).toEqual(first.thing);
      expect(await store.log(ref('r-1'))).toHaveLength(1);
      expect(await store.readMany([ref('r-2'), ref('r-3')])).toEqual([]);
      expect(await store.entriesOf(county, 'r-1')).toEqual([entryOf('wang', '2026-03-01')]);
      expect(await due(county, '2026-12-31', 9)).toEqual([timerOf('r-1', '2026-03-05')]);
      expect(await store.messages(county, 'wang', 9, null)).toEqual([]);
      expect(await store.key(county, 'wang', 'k')).toBeNull();
    });

    test('needs the version that its actor saw', async () => {
      const first = stepOf(ref('r-1'));
      await keep([first]);
      const second = stepOf(first.thing);
      await keep([second]);
      expect(await refusal(keep([first]))).toBe('conflict');
      expect(await refusal(keep([stepOf(first.thing)]))).toBe('conflict');
      expect(await refusal(keep([{ ...stepOf(ref('r-9')), expected: 1 }]))).toBe('conflict');
      expect((await store.read(ref('r-1')))?.thing.version).toBe(2);
    });

    test('takes several steps of one thing, each upon the one before', async () => {
      const first = stepOf(ref('r-1'));
      const second = stepOf(first.thing, { stage: 'sent' }, 1);
      await keep([first, second], { timers: [timerOf('r-1', '2026-03-05')] });
      expect((await store.read(ref('r-1')))?.thing).toEqual(second.thing);
      expect((await store.log(ref('r-1'))).map(({ entry }) => entry.sequence)).toEqual([1, 2]);
      expect(await store.lastHash(ref('r-1'))).toBe((await store.log(ref('r-1'))).at(-1)?.entry.hash);
      expect(await store.lastHash(ref('r-9'))).toBeNull();
      const third = stepOf(second.thing);
      expect(await refusal(keep([third, stepOf(second.thing)]))).toBe('conflict');
      expect(await store.log(ref('r-1'))).toHaveLength(2);
    });

    test('of two at once on one version exactly one wins', async () => {
      const first = stepOf(ref('r-1'));
      await keep([first]);
      const both = await Promise.all(
        ['a', 'b'].map((stage) => refusal(keep([stepOf(first.thing, { stage })]))),
      );
      expect(both.sort()).toEqual(['conflict', 'kept']);
      expect(await store.log(ref('r-1'))).toHaveLength(2);
    });

    test('of two at once that open the same thing exactly one wins', async () => {
      const both = await Promise.all([0, 1].map(() => refusal(keep([stepOf(ref('r-1'))]))));
      expect(both.sort()).toEqual(['conflict', 'kept']);
    });

    test('happens once under its key', async () => {
      const first = stepOf(ref('r-1'));
      await keep([first], { key: keyNamed('k') });
      expect(await store.key(county, 'wang', 'k')).toEqual(keyNamed('k'));
      const again = keep([stepOf(ref('r-2'))], { key: keyNamed('k'), messages: [messageOf('pass')] });
      expect(await refusal(again)).toBe('key-taken');
      expect(await store.read(ref('r-2'))).toBeNull();
      expect(await store.messages(county, 'wang', 9, null)).toEqual([]);
      // Sent again, its version is old too: that it was done is the better word.
      expect(await refusal(keep([first], { key: keyNamed('k') }))).toBe('key-taken');
    });

    test('a key is its actor’s own', async () => {
      await keep([stepOf(ref('r-1'))], { key: keyNamed('k') });
      await keep([stepOf(ref('r-2'))], { key: keyNamed('k', 'li') });
      await keep([stepOf(ref('r-3'))], { key: keyNamed('b/c', 'a') });
      expect(await store.key(county, 'a/b', 'c')).toBeNull();
      await keep([stepOf(ref('r-4'))], { key: keyNamed('c', 'a/b') });
      expect((await store.key(county, 'a/b', 'c'))?.actor).toBe('a/b');
    });
  });

  describe('what follows from a commit', () => {
    test('a record’s score entries are replaced whole', async () => {
      const first = stepOf(ref('r-1'));
      const [two, three] = [entryOf('wang', '2026-02-01', '2'), entryOf('li', '2026-03-01', '3')];
      await keep([first], { scores: [{ record: recordOf('r-1'), entries: [two, three] }] });
      await keep([stepOf(ref('r-2'))], {
        scores: [{ record: recordOf('r-2'), entries: [entryOf('li', '2026-03-31', '9')] }],
      });
      expect(await store.entriesOf(county, 'r-1')).toEqual([two, three]);
      await keep([stepOf(first.thing)], {
        scores: [{ record: recordOf('r-1'), entries: [entryOf('wang', '2026-03-01', '5')] }],
      });
      expect(await store.entriesOf(county, 'r-1')).toEqual([entryOf('wang', '2026-03-01', '5')]);
      expect(await store.entries(county, '2026-03-01', '2026-03-31')).toEqual([
        { ...entryOf('li', '2026-03-31', '9'), record: 'r-2' },
        { ...entryOf('wang', '2026-03-01', '5'), record: 'r-1' },
      ]);
      expect(await store.entries(county, '2026-03-02', '2026-03-30')).toEqual([]);
      await keep([stepOf(stepOf(first.thing).thing)], { scores: [{ record: recordOf('r-1'), entries: [] }] });
      expect(await store.entriesOf(county, 'r-1')).toEqual([]);
    });

    test('a thing is found by the months in which something happened to it, and by the record that it handles', async () => {
      const found = async (by: FoundBy, of = county) => {
        const ids: string[] = [];
        for await (const { thing } of store.foundBy(of, by)) ids.push(thing.id);
        return ids;
      };
      const first = stepOf(ref('r-1'), { moments: [{ is: 'submitted', on: '2026-01-31' }] });
      const later = stepOf(first.thing, { moments: [{ is: 'adopted', on: '2025-12-01' }] });
      await keep([first, later, stepOf(ref('r-2'))]);
      await keep([stepOf(ref('r-3', 'report', 'two')), stepOf(ref('p-1', 'piece'))]);
      await keep([
        stepOf(ref('h-1', 'handling'), { fields: { record: 'prop-1' } }),
        stepOf(ref('r-4'), { fields: { record: 'prop-1' } }),
      ]);
      // The month of each act, and of what it says has happened.
      expect(await found({ month: '2026-03' })).toEqual(['r-1', 'r-2', 'p-1', 'h-1', 'r-4']);
      expect(await found({ month: '2026-01' })).toEqual(['r-1']);
      expect(await found({ month: '2025-12' })).toEqual(['r-1']);
      expect(await found({ month: '2025-11' })).toEqual([]);
      expect(await found({ record: 'prop-1' })).toEqual(['h-1']);
      expect(await found({ record: 'prop-1' }, 'two')).toEqual([]);
    });

    test('things of one author are found without the others’, and what some reports count by their ids', async () => {
      const authored = (id: string, person: string, kind = 'meeting', of = county) =>
        stepOf(ref(id, kind, of), { authors: [{ person, part: 'sole' }] });
      await keep([authored('m-1', 'wang'), authored('m-2', 'li'), authored('m-3', 'wang')]);
      await keep([authored('x-1', 'wang', 'report'), authored('m-4', 'wang', 'meeting', 'two')], {
        scores: [{ record: recordOf('x-1', ['wang']), entries: [] }],
      });
      const ids: string[] = [];
      for await (const { thing } of store.all(county, 'meeting', 'wang')) ids.push(thing.id);
      expect(ids).toEqual(['m-1', 'm-3']);
      expect((await store.countedOf(county, ['x-1', 'x-2'])).map(({ id }) => id)).toEqual(['x-1']);
      expect(await store.countedOf('two', ['x-1'])).toEqual([]);
      expect(await store.countedOf(county, [])).toEqual([]);
    });

    test('what enters the count is kept beside its report, of everybody and of one author', async () => {
      const authored = (id: string, person: string, kind: ThingRef['kind'] = 'report', of = county) =>
        stepOf(ref(id, kind, of), { authors: [{ person, part: 'sole' }] });
      const counted = async (author?: string) => {
        const ids: string[] = [];
        for await (const page of store.counted(county, author)) ids.push(...page.map(({ id }) => id));
        return ids;
      };
      expect(await store.uncounted(county)).toBe(false);
      const wang = recordOf('r-1', ['wang']);
      await keep([authored('r-1', 'wang')], { scores: [{ record: wang, entries: [] }] });
      await keep([authored('r-2', 'li')], { scores: [{ record: recordOf('r-2', ['li']), entries: [] }] });
      await keep([authored('r-3', 'wang', 'report', 'two')], {
        scores: [{ record: recordOf('r-3', ['wang']), entries: [] }],
      });
      expect(await counted()).toEqual(['r-1', 'r-2']);
      expect(await counted('wang')).toEqual(['r-1']);
      expect(await store.uncounted(county)).toBe(false);
      // A report kept before its record was: the first count fills it in.
      await keep([authored('r-4', 'wang')]);
      expect(await store.uncounted(county)).toBe(true);
      await store.saveScores(county, [{ record: recordOf('r-4', ['wang']), entries: [] }]);
      expect(await store.uncounted(county)).toBe(false);
      expect(await counted('wang')).toEqual(['r-1', 'r-4']);
      // In the order in which they came to be counted, whatever they are called.
      await keep([authored('r-0', 'wang')], { scores: [{ record: recordOf('r-0', ['wang']), entries: [] }] });
      expect(await counted()).toEqual(['r-1', 'r-2', 'r-4', 'r-0']);
    });

    test('counting anew does not overwrite what has changed meanwhile', async () => {
      const [before, after] = [recordOf('r-1', ['wang'], ['2026-03-01']), recordOf('r-1', ['wang'])];
      const first = stepOf(ref('r-1'));
      await keep([first], { scores: [{ record: before, entries: [entryOf('wang', '2026-03-01')] }] });
      await keep([stepOf(first.thing)], { scores: [{ record: after, entries: [] }] });
      await store.saveScores(county, [{ record: before, entries: [entryOf('wang', '2026-03-01', '9')] }]);
      expect(await store.entriesOf(county, 'r-1')).toEqual([]);
      await store.saveScores(county, [{ record: after, entries: [entryOf('wang', '2026-03-02', '7')] }]);
      expect(await store.entriesOf(county, 'r-1')).toEqual([entryOf('wang', '2026-03-02', '7')]);
    });

    test('a thing’s timer is replaced with each step, and gone where none is given', async () => {
      const first = stepOf(ref('r-1'));
      await keep([first], { timers: [timerOf('r-1', '2026-03-05')] });
      const second = stepOf(first.thing);
      await keep([second], { timers: [timerOf('r-1', '2026-04-05'), timerOf('r-1', '2026-04-06')] });
      expect(await due(county, '2026-12-31', 9)).toEqual([timerOf('r-1', '2026-04-06')]);
      await keep([stepOf(second.thing)]);
      expect(await due(county, '2026-12-31', 9)).toEqual([]);
    });

    test('due timers come by their date, of one date the oldest thing’s first, and no more than asked', async () => {
      const first = stepOf(ref('r-9'));
      await keep([first]);
      for (const [id, on] of [
        ['r-1', '2026-03-07'],
        ['r-2', '2026-03-06'],
        ['r-3', '2026-03-05'],
        ['r-4', '2026-03-08'],
      ] as const)
        await keep([stepOf(ref(id))], { timers: [timerOf(id, on)] });
      await keep([stepOf(first.thing)], { timers: [timerOf('r-9', '2026-03-06')] });
      const ids = async (on: string, limit: number) =>
        (await due(county, on, limit)).map(({ thing }) => thing.id);
      expect(await ids('2026-03-07', 9)).toEqual(['r-3', 'r-9', 'r-2', 'r-1']);
      expect(await ids('2026-03-07', 2)).toEqual(['r-3', 'r-9']);
      expect(await ids('2026-03-04', 9)).toEqual([]);
    });

    test('timers that are claimed at once go to one of those who claim, and are free when the claim is over', async () => {
      const first = stepOf(ref('r-0'));
      await keep([first], { timers: [timerOf('r-0', '2026-03-01')] });
      for (let n = 1; n < 30; n += 1)
        await keep([stepOf(ref(`r-${n}`))], { timers: [timerOf(`r-${n}`, '2026-03-02')] });
      const claim = (limit: number, minute = 0) =>
        store.claimTimers(county, '2026-03-02', limit, { now: at(minute), until: at(minute + 1) });
      const all = (await Promise.all([10, 10, 10, 10].map((limit) => claim(limit)))).flat();
      const ids = all.map(({ thing }) => thing.id);
      expect(ids).toHaveLength(new Set(ids).size);
      // Who is passed over meanwhile is there for the next one who asks.
      const rest = await claim(30);
      expect(new Set([...ids, ...rest.map(({ thing }) => thing.id)]).size).toBe(30);
      expect(await claim(30)).toEqual([]);
      expect(await claim(30, 1)).toHaveLength(30);
      // A thing that has changed has a new timer, which nobody has claimed.
      await keep([stepOf(first.thing)], { timers: [timerOf('r-0', '2026-03-02')] });
      expect(await claim(30, 1)).toEqual([timerOf('r-0', '2026-03-02')]);
      // A clock that was far ahead and is set back leaves no claim that lasts for ever.
      await store.claimTimers(county, '2026-03-02', 30, {
        now: '2030-01-01T00:00:00.000Z',
        until: '2030-01-01T00:01:00.000Z',
      });
      expect(await claim(30, 2)).toHaveLength(30);
    });

    const sendOf = (id: string, number: number, receiver = 'portal', of = county) => ({
      id: `${id}.${number}`,
      receiver,
      about: ref(id, 'report', of),
      body: `${id} ${number}`,
    });
    const claimed = async (minute: number, receiver = 'portal', limit = 9) =>
      store.claimSends(receiver, limit, { now: at(minute), until: at(minute + 1) });
    const idsOf = (unsent: { id: string }[]) => unsent.map(({ id }) => id);

    test('of one thing the next is sent when the one before has arrived or was given up, and each receiver has its own', async () => {
      await keep([stepOf(ref('r-1'))], {
        sends: [sendOf('r-1', 1), sendOf('r-1', 2), sendOf('r-2', 1), sendOf('r-1', 1, 'mirror')],
      });
      const [first, other] = await claimed(0);
      expect(first).toEqual({
        key: expect.any(Number),
        id: 'r-1.1',
        receiver: 'portal',
        about: ref('r-1'),
        body: 'r-1 1',
        attempts: 0,
        failure: null,
      });
      expect([other?.id, idsOf(await claimed(0, 'mirror'))]).toEqual(['r-2.1', ['r-1.1']]);
      expect(await claimed(0)).toEqual([]);
      await store.settleSend(first?.key ?? 0, at(1), null);
      expect(idsOf(await claimed(0))).toEqual(['r-1.2']);
      const again = await claimed(1);
      expect(idsOf(again)).toEqual(['r-1.2', 'r-2.1']);
      const failed = { attempts: 1, failure: 'timeout' };
      for (const { key } of again) await store.settleSend(key, at(2), { ...failed, due: at(9) });
      expect(await claimed(8)).toEqual([]);
      const later = await claimed(9);
      expect(later.map(({ id, attempts, failure }) => [id, attempts, failure])).toEqual([
        ['r-1.2', 1, 'timeout'],
        ['r-2.1', 1, 'timeout'],
      ]);
      expect(await store.waiting('2026-03-02')).toEqual({ timers: 0, sends: 3, dead: 0 });
    });

    test('what was given up is listed by county in pages, and comes again when it is asked for', async () => {
      await keep([stepOf(ref('r-1'))], { sends: [1, 2, 3].map((n) => sendOf(`r-${n}`, 1)) });
      await keep([stepOf(ref('r-1', 'report', 'two'))], { sends: [sendOf('r-1', 9, 'portal', 'two')] });
      const failed = { attempts: 20, failure: 'HTTP 500', due: null };
      for (const { key } of await claimed(0)) await store.settleSend(key, at(1), failed);
      const [first, second] = await store.deadSends(county, 0, 2);
      expect([first?.id, second?.id, first?.failure]).toEqual(['r-1.1', 'r-2.1', 'HTTP 500']);
      expect(idsOf(await store.deadSends(county, second?.key ?? 0, 2))).toEqual(['r-3.1']);
      expect(idsOf(await store.deadSends('two', 0, 2))).toEqual(['r-1.9']);
      expect(await store.replaySends(county, [second?.key ?? 0], at(5))).toBe(1);
      expect(await store.replaySends(county, [], at(5))).toBe(0);
      expect(await claimed(4)).toEqual([]);
      expect((await claimed(5)).map(({ id, attempts }) => [id, attempts])).toEqual([['r-2.1', 0]]);
      expect(await store.replaySends(county, null, at(5))).toBe(2);
      expect(await store.waiting('2026-03-02')).toEqual({ timers: 0, sends: 3, dead: 1 });
    });

    test('many who claim at once get each message once', async () => {
      const all = Array.from({ length: 40 }, (_none, n) => sendOf(`r-${n}`, 1));
      await keep([stepOf(ref('r-1'))], { sends: all });
      const got = (await Promise.all([0, 0, 0, 0].map(() => claimed(0, 'portal', 15)))).flat();
      expect(new Set(idsOf(got)).size).toBe(got.length);
      expect(idsOf([...got, ...(await claimed(0, 'portal', 50))])).toHaveLength(40);
    });

    test('messages come newest first, one person’s, and no more than asked', async () => {
      await keep([stepOf(ref('r-1'))], {
        messages: [messageOf('submit'), messageOf('pass', 'li'), messageOf('check')],
      });
      await keep([stepOf(ref('r-2'))], { messages: [messageOf('issue'), messageOf('x', 'wang', 'two')] });
      const kinds = async (limit: number) =>
        (await store.messages(county, 'wang', limit, null)).map(({ kind }) => kind);
      expect(await kinds(9)).toEqual(['issue', 'check', 'submit']);
      expect(await kinds(2)).toEqual(['issue', 'check']);
      expect(await kinds(0)).toEqual([]);
      const [, second] = await store.messages(county, 'wang', 9, null);
      expect((await store.messages(county, 'wang', 9, second?.key ?? 0)).map(({ kind }) => kind)).toEqual([
        'submit',
      ]);
    });

    test('what was told is unread until its reader says otherwise, for that reader and up to there', async () => {
      const messages = [messageOf('submit'), messageOf('pass', 'li'), messageOf('check')];
      await keep([stepOf(ref('r-1'))], { messages: [...messages, messageOf('x', 'wang', 'two')] });
      const unread = async () => [
        await store.unread(county, 'wang'),
        await store.unread(county, 'li'),
        await store.unread('two', 'wang'),
      ];
      expect(await unread()).toEqual([2, 1, 1]);
      const [newest, oldest] = await store.messages(county, 'wang', 9, null);
      await store.markRead(county, 'wang', oldest?.key ?? 0);
      expect(await unread()).toEqual([1, 1, 1]);
      expect((await store.messages(county, 'wang', 9, null)).map(({ read }) => read)).toEqual([false, true]);
      await store.markRead(county, 'wang', newest?.key ?? 0);
      expect(await unread()).toEqual([0, 1, 1]);
    });
  });

  describe('a queue', () => {
    const found = async (query: Partial<QueueQuery>) => {
      const page = await store.queue({
        county,
        kind: 'report',
        order: 'due',
        after: null,
        limit: 50,
        ...query,
      });
      expect(page.total).toBe(page.rows.length);
      return page.rows.map(({ thing }) => thing.id).sort();
    };
    const author = (person: string) => ({ person, part: 'sole' as const });
    const due = dueOn;

    test('keeps to its stages, author, handlers, claim and due date, one by one and together', async () => {
      await keep([
        stepOf(ref('r-1'), { stage: 'a', authors: [author('wang')], due: due('2026-03-01') }),
        stepOf(ref('r-2'), { stage: 'b', authors: [author('li'), author('wang')], handlers: ['x', 'y'] }),
        stepOf(ref('r-3'), { stage: 'c', authors: [author('li')], claimedBy: 'wang', handlers: ['z'] }),
        stepOf(ref('r-4'), { stage: 'a', due: due('2026-03-02'), handlers: ['y'] }),
        stepOf(ref('p-1', 'piece'), { stage: 'a', authors: [author('wang')] }),
      ]);
      expect(await found({})).toEqual(['r-1', 'r-2', 'r-3', 'r-4']);
      expect(await found({ stages: ['a', 'c'] })).toEqual(['r-1', 'r-3', 'r-4']);
      expect(await found({ stages: [] })).toEqual([]);
      expect(await found({ author: 'wang' })).toEqual(['r-1', 'r-2']);
      expect(await found({ handlers: ['x', 'y'] })).toEqual(['r-2', 'r-4']);
      expect(await found({ handlers: [] })).toEqual([]);
      expect(await found({ claimedBy: 'wang' })).toEqual(['r-3']);
      expect(await found({ dueBefore: '2026-03-02' })).toEqual(['r-1']);
      expect(await found({ dueBefore: '2026-03-03', handlers: ['y'] })).toEqual(['r-4']);
      expect(await found({ dueFrom: '2026-03-02', dueBefore: '2026-03-03' })).toEqual(['r-4']);
      // With its day's end, and not before.
      expect(await found({ dueFrom: '2026-03-02T23:59', dueBefore: '2026-03-03T00:00' })).toEqual(['r-4']);
      expect(await found({ dueFrom: '2026-03-02', dueBefore: '2026-03-02T23:59' })).toEqual([]);
      expect(await found({ stages: ['a'], author: 'wang' })).toEqual(['r-1']);
      expect(await found({ theirs: 'wang' })).toEqual(['r-1', 'r-2', 'r-3']);
    });

    test('follows a thing when its authors and handlers change', async () => {
      const first = stepOf(ref('r-1'), { authors: [author('wang')], handlers: ['x'] });
      await keep([first]);
      await keep([stepOf(first.thing, { authors: [author('li')], handlers: ['y', 'y'], claimedBy: null })]);
      expect(await found({ author: 'wang' })).toEqual([]);
      expect(await found({ author: 'li', handlers: ['y'] })).toEqual(['r-1']);
    });

    test('searches the title for the very signs, large and small Latin letters alike', async () => {
      const titles = ['降低 50% 收费', '降低 500 收费', 'a_b', 'acb', 'C:\\路', '关于WIFI的建议', "it's"];
      await keep(titles.map((title, at) => stepOf(ref(`r-${at}`), { fields: { title } })));
      expect(await found({ search: '50%' })).toEqual(['r-0']);
      expect(await found({ search: '%' })).toEqual(['r-0']);
      expect(await found({ search: 'a_b' })).toEqual(['r-2']);
      expect(await found({ search: '_' })).toEqual(['r-2']);
      expect(await found({ search: '\\' })).toEqual(['r-4']);
      expect(await found({ search: 'wifi的' })).toEqual(['r-5']);
      expect(await found({ search: "'" })).toEqual(['r-6']);
      expect(await found({ search: '收费' })).toEqual(['r-0', 'r-1']);
      expect(await found({ search: 'r-1' })).toEqual([]);
    });

    test('finds by any part of a title exactly those that have it, also after the title was changed', async () => {
      const letters = fc.constantFrom('路', '灯', '坏', 'a', 'B', '%', '🙂', ' ');
      const words = (size: object) => fc.array(letters, size).map((all) => all.join(''));
      const titles = fc.array(words({ minLength: 1, maxLength: 6 }), { minLength: 12, maxLength: 12 });
      const [before = [], after = []] = fc.sample(titles, { numRuns: 2, seed: 7 });
      const fresh = before.map((title, at) => stepOf(ref(`r-${at}`), { fields: { title } }));
      await keep(fresh);
      await keep(
        fresh.slice(6).map(({ thing }, at) => stepOf(thing, { fields: { title: after[at] ?? '' } })),
      );
      const now = [...before.slice(0, 6), ...after.slice(0, 6)];
      for (const search of fc.sample(words({ minLength: 1, maxLength: 3 }), { numRuns: 40, seed: 8 }))
        expect([search, await found({ search })]).toEqual([
          search,
          now
            .flatMap((title, at) => (title.toLowerCase().includes(search.toLowerCase()) ? [`r-${at}`] : []))
            .sort(),
        ]);
    });

    test('a list is counted to a thousand, and beyond that one more says that there are more', async () => {
      await keep(Array.from({ length: 1000 }, (_, at) => stepOf(ref(`r-${at}`))));
      const total = async (query: Partial<QueueQuery>) => {
        const all = { county, kind: 'report', order: 'due', after: null, limit: 1 } as const;
        return (await store.queue({ ...all, ...query })).total;
      };
      expect(await total({})).toBe(1000);
      await keep([stepOf(ref('r-x')), stepOf(ref('r-y'))]);
      expect(await total({})).toBe(1001);
      expect(await total({ stages: ['to-check'], also: ['r-x'], without: ['r-y'] })).toBe(1001);
      expect(await total({ without: ['r-y', 'r-x'] })).toBe(1000);
    });

    test('several stages and what stands besides are one list, in order, page by page', async () => {
      const things = Array.from({ length: 20 }, (_, at) =>
        stepOf(ref(`r-${at}`), { stage: `s-${at % 4}`, due: dueOn(`2026-03-1${at % 3}`) }, at % 5),
      );
      await keep(things);
      for (const order of ['newest', 'due'] as const) {
        const seen: string[] = [];
        const also = ['r-0', 'r-3', 'r-7'];
        for (let next: string | null = null; ;) {
          const page: Awaited<ReturnType<Store['queue']>> = await store.queue({
            county,
            kind: 'report',
            stages: ['s-1', 's-2', 's-1'],
            also,
            limit: 3,
            order,
            after: next,
          });
          expect(page.total).toBe(13);
          seen.push(...page.rows.map(({ thing }) => thing.id));
          next = page.next;
          if (next === null) break;
        }
        const wanted = things
          .map(({ thing }) => thing)
          .filter(({ stage, id }) => stage === 's-1' || stage === 's-2' || also.includes(id));
        const places = wanted.map((thing) =>
          order === 'due'
            ? [thing.due?.on, thing.since, thing.id].join(' ')
            : [thing.since, thing.id].join(' '),
        );
        const sorted = order === 'due' ? places.sort() : places.sort().reverse();
        expect(seen).toEqual(sorted.map((place) => place.split(' ').at(-1)));
      }
    });

    test.each(['newest', 'due'] as const)(
      'gives each row once, page by page, ties and all, by %s',
      async (order) => {
        const things = Array.from({ length: 23 }, (_, at) =>
          stepOf(ref(`r-${at}`), at % 4 === 0 ? {} : { due: due(`2026-03-0${1 + (at % 2)}`) }, at % 3),
        );
        await keep(things);
        const seen: Thing[] = [];
        let after: string | null = null;
        do {
          const page: Awaited<ReturnType<Store['queue']>> = await store.queue({
            county,
            kind: 'report',
            order,
            after,
            limit: 5,
          });
          expect(page.total).toBe(23);
          expect(page.rows.length).toBeLessThanOrEqual(5);
          seen.push(...page.rows.map(({ thing }) => thing));
          after = page.next;
        } while (after !== null);
        const place = (thing: Thing) =>
          order === 'due'
            ? [thing.due?.on ?? '9999', thing.since, thing.id].join(' ')
            : [thing.since, thing.id].join(' ');
        const places = things.map(({ thing }) => place(thing)).sort();
        expect(seen.map(place)).toEqual(order === 'due' ? places : places.reverse());
      },
    );

    test('ends where the last page is just full, and begins anew with a cursor that is none', async () => {
      await keep([stepOf(ref('r-1')), stepOf(ref('r-2'))]);
      const query = { county, kind: 'report', order: 'newest', after: null, limit: 2 } as const;
      expect((await store.queue(query)).next).toBeNull();
      expect((await store.queue({ ...query, after: 'nonsense' })).rows).toHaveLength(2);
    });
  });

  test('a number once given is not given again, however many ask at once', async () => {
    const given = await Promise.all(Array.from({ length: 40 }, () => store.next(county, 'report')));
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(await store.next(county, 'piece')).toBe(1);
    expect(await refusal(keep([{ ...stepOf(ref('r-1')), expected: 3 }]))).toBe('conflict');
    expect(await store.next(county, 'report')).toBe(41);
  });

  test('a number given by hand carries its series on, and one before it changes nothing', async () => {
    await store.reach(county, 'issue', 7);
    expect(await store.next(county, 'issue')).toBe(8);
    await store.reach(county, 'issue', 3);
    expect(await store.next(county, 'issue')).toBe(9);
  });

  test('keys are let go by their age', async () => {
    await keep([stepOf(ref('r-1'))], { key: { ...keyNamed('old'), at: at(1) } });
    await keep([stepOf(ref('r-2'))], { key: { ...keyNamed('new'), at: at(5) } });
    await store.forgetKeys(at(3));
    expect(await store.key(county, 'wang', 'old')).toBeNull();
    expect(await store.key(county, 'wang', 'new')).not.toBeNull();
  });

  test('a file reads as it was kept, the first under its id, its name without its bytes', async () => {
    const file = { county, id: 'f-1', name: '扫描.pdf', type: 'application/pdf', uploader: 'wang' };
    await store.saveFile({ ...file, bytes: new Uint8Array([0, 255, 7]) });
    await store.saveFile({ ...file, name: 'other.pdf', bytes: new Uint8Array([1]) });
    await store.saveFile({ ...file, id: 'f-0', bytes: new Uint8Array() });
    const read = await store.file(county, 'f-1');
    expect({ ...read, bytes: [...(read?.bytes ?? [])] }).toEqual({ ...file, bytes: [0, 255, 7] });
    expect(await store.file(county, 'f-9')).toBeNull();
    const { county: _county, ...info } = file;
    expect(await store.fileInfos(county, ['f-1', 'f-9', 'f-0'])).toEqual([info, { ...info, id: 'f-0' }]);
    expect(await store.fileInfos(county, [])).toEqual([]);
  });

  test('what one person uploaded is listed by county, and taken away', async () => {
    const file = { county, name: 'a.pdf', type: 'application/pdf', bytes: new Uint8Array([1]) };
    await store.saveFile({ ...file, id: 'f-1', uploader: 'wang' });
    await store.saveFile({ ...file, id: 'f-2', uploader: 'wang' });
    await store.saveFile({ ...file, id: 'f-3', uploader: 'li' });
    await store.saveFile({ ...file, county: 'elsewhere', id: 'f-4', uploader: 'wang' });
    expect((await store.uploads(county, 'wang')).sort()).toEqual(['f-1', 'f-2']);
    await store.removeFiles(county, ['f-1', 'f-4']);
    await store.removeFiles(county, []);
    expect(await store.uploads(county, 'wang')).toEqual(['f-2']);
    expect(await store.uploads('elsewhere', 'wang')).toEqual(['f-4']);
  });

  test('a letter to another committee that has not gone yet goes with what is erased, other messages stay', async () => {
    const about = { county, kind: 'report', id: 'r-1' };
    const to = (receiver: string) => ({ id: `one-${receiver}`, receiver, about, body: 'words' });
    await keep([stepOf(ref('r-1'))], { sends: [to('committee:above'), to('portal')] });
    const [row] = await store.readMany([ref('r-1')]);
    if (!row) throw new Error('not kept');
    await keep([{ ...stepOf(row.thing), erases: { files: [] } }]);
    const claim = { now: at(9), until: at(9) };
    const left = async (receiver: string) => (await store.claimSends(receiver, 9, claim)).length;
    expect([await left('committee:above'), await left('portal')]).toEqual([0, 1]);
  });

  test('what is erased is gone, its words and files, and the entries stay', async () => {
    await store.saveFile({
      county,
      id: 'f-1',
      name: 'a.pdf',
      type: 'application/pdf',
      uploader: 'wang',
      bytes: new Uint8Array([1]),
    });
    const first = stepOf(ref('r-1'));
    await keep([first, stepOf(ref('r-2'))]);
    await keep([{ ...stepOf(first.thing, { fields: {} }), erases: { files: ['f-1'] } }]);
    const log = await store.log(ref('r-1'));
    expect(log.map(({ entry, texts }) => [entry.sequence, texts.length])).toEqual([
      [1, 0],
      [2, 1],
    ]);
    expect(await store.file(county, 'f-1')).toBeNull();
    expect((await store.log(ref('r-2')))[0]?.texts).toHaveLength(1);
  });

  test('a record entered again takes the place of the one before, and all of a batch are kept or none', async () => {
    const entered = (id: string, sequence: number, on: string) => ({
      record: { id, kind: 'proposal', moments: [{ is: 'filed', on }] },
      sequence,
      by: 'checker',
      at: at(sequence),
    });
    await store.saveRecords(county, [entered('p-1', 1, '2026-01-01'), entered('p-2', 1, '2026-01-02')]);
    await store.saveRecords(county, [entered('p-1', 2, '2026-01-03')]);
    expect(await refusal(store.saveRecords(county, [entered('p-3', 1, 'x'), entered('p-2', 1, 'x')]))).toBe(
      'conflict',
    );
    expect(await refusal(store.saveRecords(county, [entered('p-2', 3, 'x')]))).toBe('conflict');
    const records = await store.records(county);
    expect(records.map(({ record, sequence }) => [record.id, sequence, record.moments[0]?.on])).toEqual([
      ['p-1', 2, '2026-01-03'],
      ['p-2', 1, '2026-01-02'],
    ]);
    expect(await store.records('two')).toEqual([]);
  });

  test('the records of one author are those that are theirs now', async () => {
    const by = (id: string, sequence: number, ...people: string[]) => ({
      record: {
        id,
        kind: 'proposal',
        authors: people.map((person) => ({ id: person, part: 'first' as const })),
        moments: [{ is: 'filed', on: '2026-01-01' }],
      },
      sequence,
      by: 'checker',
      at: at(sequence),
    });
    await store.saveRecords(county, [by('p-1', 1, 'wang', 'li'), by('p-2', 1, 'li'), by('p-3', 1, 'wang')]);
    await store.saveRecords(county, [by('p-3', 2, 'li'), by('p-2', 2, 'wang')]);
    await store.saveRecords('two', [by('p-1', 1, 'wang')]);
    const theirs = async (person: string) =>
      (await store.records(county, { author: person })).map(({ record, sequence }) => [record.id, sequence]);
    expect(await theirs('wang')).toEqual([
      ['p-1', 1],
      ['p-2', 2],
    ]);
    expect(await theirs('li')).toEqual([
      ['p-1', 1],
      ['p-3', 2],
    ]);
    expect(await theirs('zhao')).toEqual([]);
    expect((await store.records(county, { kind: 'proposal' })).map(({ record }) => record.id)).toEqual([
      'p-1',
      'p-2',
      'p-3',
    ]);
    expect(await store.records(county, { kind: 'meeting' })).toEqual([]);
    expect((await store.records(county, { id: 'p-2' })).map(({ sequence }) => sequence)).toEqual([2]);
  });

  test('an entry of the directory takes the place of the one before, and all of a batch are kept or none', async () => {
    const mark = (await store.marks()).get(county) ?? 0;
    const entry = (id: string, sequence: number, name: string) => ({
      of: 'people' as const,
      row: { id, name },
      sequence,
      by: 'admin',
      at: at(sequence),
    });
    await store.saveDirectory(county, [entry('wang', 1, '王'), entry('li', 1, '李')]);
    await store.saveDirectory(county, [entry('wang', 2, '王建国')]);
    expect(await refusal(store.saveDirectory(county, [entry('zhao', 1, 'x'), entry('li', 1, 'x')]))).toBe(
      'conflict',
    );
    expect(await refusal(store.saveDirectory(county, [entry('li', 3, 'x')]))).toBe('conflict');
    // An organisation of the same id is another row.
    await store.saveDirectory(county, [
      { of: 'organisations', row: { id: 'li', name: '里' }, sequence: 1, by: 'admin', at: at(3) },
    ]);
    const all = await store.directory(county);
    expect(all.map(({ of, row, sequence }) => [of, row.id, sequence, row.name])).toEqual([
      ['people', 'wang', 1, '王'],
      ['people', 'li', 1, '李'],
      ['people', 'wang', 2, '王建国'],
      ['organisations', 'li', 1, '里'],
    ]);
    expect(await store.directory('two')).toEqual([]);
    expect((await store.marks()).get(county)).toBe(mark + 3);
  });

  test('some words of a thing are erased by their hashes, and a person’s name from every entry of the directory', async () => {
    const first = stepOf(ref('r-1'));
    await keep([first]);
    const second = stepOf(first.thing, { fields: {} });
    await keep([second]);
    const gone = first.texts.map(({ hash }) => hash);
    await keep([{ ...stepOf(second.thing, { fields: {} }), erases: { files: [], texts: gone } }]);
    const log = await store.log(ref('r-1'));
    const left = log.flatMap(({ texts }) => texts.map(({ hash }) => hash));
    expect(gone.some((hash) => left.includes(hash))).toBe(false);
    expect(log.map(({ entry }) => entry.sequence)).toEqual([1, 2, 3]);

    const entry = (id: string, sequence: number, name: string) => ({
      of: 'people' as const,
      row: { id, name, posts: [{ post: 'checker' }], leaves: [{ from: '2026-01-01', to: '2026-01-02' }] },
      sequence,
      by: 'admin',
      at: at(sequence),
    });
    await store.saveDirectory(county, [
      entry('wang', 1, '王'),
      entry('li', 1, '李'),
      entry('wang', 2, '王建国'),
    ]);
    await store.erasePerson(county, 'wang');
    const all = await store.directory(county);
    expect(all.map(({ row }) => row.name)).toEqual(['(已删除)', '李', '(已删除)']);
    expect(all[0]?.row).toEqual({ id: 'wang', name: '(已删除)', posts: [{ post: 'checker' }] });
    // Whoever runs on the same database must see that a name is gone.
    expect(await store.marks()).toEqual(new Map([[county, 2]]));
  });

  test('a list knows what somebody is barred from, and takes ids besides and leaves ids out', async () => {
    await keep([
      stepOf(ref('r-1'), { authors: [{ person: 'wang', part: 'sole' }] }),
      stepOf(ref('r-2'), { excluded: ['li'], fields: { title: '"excluded":["x"]' } }),
      stepOf(ref('r-3'), { fields: { title: '"excluded":["x"]' } }),
    ]);
    const query = { county, kind: 'report', order: 'newest', after: null, limit: 10 } as const;
    const ids = async (more: object) => {
      const page = await store.queue({ ...query, ...more });
      expect(page.total).toBe(page.rows.length);
      return page.rows.map(({ thing }) => thing.id).sort();
    };
    expect(await ids({ barring: ['wang'] })).toEqual(['r-1', 'r-2']);
    expect(await ids({ barring: [] })).toEqual(['r-2']);
    expect(await ids({ stages: [], also: ['r-3'] })).toEqual(['r-3']);
    expect(await ids({ author: 'wang', also: ['r-3'] })).toEqual(['r-1', 'r-3']);
    expect(await ids({ without: ['r-3', 'r-1'] })).toEqual(['r-2']);
    expect(await ids({ also: ['r-3'], search: 'nothing' })).toEqual([]);
  });

  test('a draft is its writer’s, one of a kind, replaced whole, let go, and erased with the person', async () => {
    const draft = (value: string) => ({
      fields: [{ name: 'title', label: '标题', type: 'text' as const, value, files: '' }],
      at: at(1),
    });
    expect(await store.draft(county, 'wang', 'report')).toBeNull();
    await store.saveDraft(county, 'wang', 'report', draft('一'));
    await store.saveDraft(county, 'wang', 'report', draft('二'));
    await store.saveDraft(county, 'wang', 'lead', draft('三'));
    await store.saveDraft(county, 'li', 'report', draft('四'));
    await store.saveDraft('two', 'wang', 'report', draft('五'));
    expect(await store.draft(county, 'wang', 'report')).toEqual(draft('二'));
    await store.saveDraft(county, 'wang', 'report', null);
    expect(await store.draft(county, 'wang', 'report')).toBeNull();
    expect(await store.draft(county, 'wang', 'lead')).toEqual(draft('三'));
    await store.erasePerson(county, 'wang');
    expect(await store.draft(county, 'wang', 'lead')).toBeNull();
    expect(await store.draft(county, 'li', 'report')).toEqual(draft('四'));
    expect(await store.draft('two', 'wang', 'report')).toEqual(draft('五'));
  });

  test('the head of every chain is its last entry, of every county', async () => {
    const first = stepOf(ref('r-1'));
    await keep([first, stepOf(ref('r-1', 'report', 'two'))]);
    await keep([stepOf(first.thing), stepOf(ref('p-1', 'piece'))]);
    const heads: unknown[] = [];
    for await (const page of store.heads()) heads.push(...page);
    expect(heads).toEqual([
      [county, 'report', 'r-1', 2, 'hash-2'],
      ['two', 'report', 'r-1', 1, 'hash-1'],
      [county, 'piece', 'p-1', 1, 'hash-1'],
    ]);
  });

  test('of many commits at once each is kept or refused by itself, whatever becomes of those beside it', async () => {
    const taken = stepOf(ref('r-0'));
    await keep([taken]);
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        at % 3 === 0
          ? // A new thing beside one that is there already: all of it is refused.
            refusal(keep([stepOf(ref(`r-${at}`)), taken]))
          : refusal(keep([stepOf(ref(`r-${at}`))], { key: keyNamed(`k-${at - (at % 3)}`) })),
      ),
    );
    const wanted = Array.from({ length: 100 }, (_, at) => ['conflict', 'kept', 'key-taken'][at % 3]);
    // Two of each key at once: whichever comes first.
    const sorted = (all: unknown[]) => all.map((one) => (one === 'key-taken' ? 'kept' : one));
    expect(sorted(outcomes)).toEqual(sorted(wanted));
    expect(outcomes.filter((one) => one === 'kept')).toHaveLength(33);
    for (const [at, outcome] of outcomes.entries())
      if (at > 0) expect([at, (await store.read(ref(`r-${at}`))) !== null]).toEqual([at, outcome === 'kept']);
  });

  test('a list that is open to all leaves out what is confidential', async () => {
    await keep([stepOf(ref('r-1')), stepOf(ref('r-2'), { fields: { confidential: true } })]);
    const query = { county, kind: 'report', order: 'newest', after: null, limit: 10 } as const;
    const ids = async (more: object) =>
      (await store.queue({ ...query, ...more })).rows.map(({ thing }) => thing.id);
    expect((await ids({})).sort()).toEqual(['r-1', 'r-2']);
    expect(await ids({ open: true })).toEqual(['r-1']);
    expect((await store.queue({ ...query, open: true })).total).toBe(1);
  });

  test('what waits for a second person is settled once', async () => {
    const act = {
      county,
      number: 1,
      is: 'purge' as const,
      about: 'r-1',
      by: 'wang',
      at: at(1),
      request: { a: 1 },
    };
    await store.saveSensitiveAct({ ...act, second: null });
    const settled = { ...act, request: null, second: { by: 'li', at: at(2), is: 'agreed' as const } };
    await store.saveSensitiveAct(settled);
    expect(await refusal(store.saveSensitiveAct({ ...settled, second: null }))).toBe('conflict');
    await store.saveSensitiveAct({ ...act, county: 'two', second: null });
    expect(await store.sensitiveActs(county)).toEqual([settled]);
  });

  test('a version of a config takes each step once, and its texts stay as they were drafted', async () => {
    const mark = (await store.marks()).get(county) ?? 0;
    await store.saveConfig(draftOf(1));
    expect(await refusal(store.saveConfig(draftOf(1, { text: '{}' })))).toBe('version-taken');
    const approved = draftOf(1, { text: '{"other":1}', approved: { by: 'director', at: at(2) } });
    await store.saveConfig(approved);
    expect(await refusal(store.saveConfig(approved))).toBe('version-taken');
    const published = { by: 'director', at: at(3), from: '2026-04-01' };
    expect(await refusal(store.saveConfig(draftOf(2, { approved: null, published })))).toBe('version-taken');
    await store.saveConfig({ ...approved, published });
    await store.saveConfig(draftOf(2));
    expect(await store.configs(county)).toEqual([{ ...approved, text: '{"n":1}', published }, draftOf(2)]);
    expect(await store.configs('two')).toEqual([]);
    expect((await store.marks()).get(county)).toBe(mark + 4);
    expect((await store.marks()).has('two')).toBe(false);
  });

  test('who follows hears of what is kept, and of nothing that was refused, until they have enough', async () => {
    const heard: News[] = [];
    let wake = () => {};
    const all = (many: number) =>
      new Promise<void>((resolve) => {
        wake = () => heard.length >= many && resolve();
        wake();
      });
    // Told again from the start where the line had to be laid first.
    const laid = new Promise<void>((resolve) => {
      const stop = store.follow({
        heard: (news) => {
          if (news.county !== 'probe') heard.push(news);
          else resolve();
          wake();
        },
        missed: () => void store.saveConfig({ ...draftOf(1), county: 'probe' }).catch(() => resolve()),
      });
      stops.push(stop);
      void store.saveConfig({ ...draftOf(2), county: 'probe' });
    });
    await laid;
    const first = stepOf(ref('r-1'));
    await keep([first, stepOf(ref('p-1', 'piece'))]);
    expect(await refusal(keep([first]))).toBe('conflict');
    await store.saveConfig(draftOf(1));
    await all(3);
    expect(heard).toEqual([
      { county, thing: { kind: 'report', id: 'r-1', version: 1 } },
      { county, thing: { kind: 'piece', id: 'p-1', version: 1 } },
      { county, thing: null },
    ]);
    for (const stop of stops) stop();
    await keep([stepOf(first.thing)]);
    expect(heard).toHaveLength(3);
  });
}

function draftOf(number: number, more: Partial<ConfigVersion> = {}): ConfigVersion {
  const drafted = { by: 'admin', at: at(number) };
  const plain = { note: '', backTo: null, approved: null, published: null };
  return { county, number, text: `{"n":${number}}`, bases: { base: '{}' }, drafted, ...plain, ...more };
}

async function idsOf(rows: AsyncIterable<{ thing: Thing }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { thing } of rows) ids.push(thing.id);
  return ids;
}
