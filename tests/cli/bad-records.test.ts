import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { quotasCommand } from '../../src/cli/quotas.ts';
import { scoreCommand } from '../../src/cli/score.ts';
import { countFile, readConfig } from '../../src/cli/tally.ts';
import { MinqingError } from '../../src/model/error.ts';
import { file, run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'minqing-records-'));
const at = (name: string) => join(folder, name);
const config = {
  id: 'x',
  name: '某县',
  directory: { people: [{ id: 'wang', name: '王建国' }] },
  method: {
    facts: { complete: { label: '内容完整', type: 'yes-no' } },
    periods: { sessions: { '13-5': { from: '2021-02-01', to: '2022-01-31' } } },
    people: {
      lines: [
        { id: 'used', on: 'adopted', points: { by: 'level', table: { city: 5 } } },
        { id: 'by-hand', on: 'scored', points: { fact: 'points', atLeast: 50, atMost: 100 } },
      ],
    },
  },
};
writeFileSync(at('x.json'), JSON.stringify(config));
const good =
  '{"id":"r-1","kind":"report","authors":[{"id":"wang"}],"moments":[{"is":"adopted","on":"2021-03-01","level":"city"}]}';
const line = (change: object) => JSON.stringify({ ...JSON.parse(good), id: 'r-2', ...change });
const moment = (facts: object) =>
  line({ moments: [{ is: 'adopted', on: '2021-03-01', level: 'city', ...facts }] });

async function refused(bad: string, period = '2021'): Promise<{ zh: string; en: string }> {
  writeFileSync(at('r.ndjson'), `${good}\n\n${bad}\n`);
  const error: unknown = await countFile(await readConfig(at('x.json')), at('r.ndjson'), { period }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MinqingError)) throw new Error(`nothing was refused: ${String(error)}`);
  return error.saying;
}

// Each is named with its file and line, why, and what to do; and no table comes out.
test.each<[string, string, RegExp, RegExp, string?]>([
  ['a broken line', '{"id":"r-2",', /不是有效的 JSON。请改正这一行/, /is no valid JSON. Correct this line/],
  [
    'an unknown kind',
    line({ kind: 'reprot' }),
    /没有“reprot”这类记录。是不是“report”/,
    /no kind of record "reprot". Did you mean "report"/,
  ],
  [
    'an unknown moment',
    line({ moments: [{ is: 'adoptd', on: '2021-03-01' }] }),
    /没有“adoptd”这个时刻。是不是“adopted”/,
    /no moment "adoptd". Did you mean "adopted"/,
  ],
  [
    'a wrong date',
    line({ moments: [{ is: 'adopted', on: '2021-02-30' }] }),
    /日期 on 不对/,
    /wrong date "on"/,
  ],
  [
    'an author who is not in the directory',
    line({ authors: [{ id: 'zhang' }] }),
    /人员“zhang”不在名册中。请先补进名册/,
    /person "zhang", who is not in the directory. Add them/,
  ],
  ['an id given twice', good, /“r-1”出现了两次.*请删去一条/, /"r-1" is given twice.*Remove one/],
  [
    'points with a comma',
    moment({ points: '1,5' }),
    /“points”.*应为数,现为 "1,5".*如 1\.5/,
    /must be a number; it is "1,5". Write a decimal such as 1\.5/,
  ],
  ['a fact of the wrong type', moment({ complete: '是' }), /应为 true 或 false/, /must be true or false/],
  [
    'a slip of the pen',
    moment({ levle: 'city' }).replace('"level":"city",', ''),
    /“levle”是不是“level”/,
    /Is "levle" meant to be "level"/,
  ],
  [
    'a table without such a cell',
    moment({ level: 'province' }),
    /没有 level=province 这一格.*otherwise/,
    /no cell for level=province.*"otherwise"/,
  ],
  [
    'points outside their range',
    line({ moments: [{ is: 'scored', on: '2021-03-01', points: 30 }] }),
    /30 超出规定范围 50–100/,
    /30, outside 50–100/,
  ],
  [
    'an unknown key',
    line({ author: [{ id: 'wang' }] }),
    /不认识“author”,是不是“authors”/,
    /unknown key "author"; perhaps "authors" is meant\. Correct/,
  ],
  [
    'a fact outside of facts',
    line({ complete: true }),
    /不认识“complete”,记录的事实请写在 facts 里/,
    /unknown key "complete"; a fact of the record goes into "facts"/,
  ],
  [
    'nobody credited',
    line({ authors: undefined }),
    /没有写计给谁.*authors/,
    /credits nobody: write "authors"/,
  ],
  ['nothing happened', line({ moments: [] }), /moments 是空的/, /an empty "moments"/],
  [
    'the same person twice',
    line({ authors: [{ id: 'wang' }, { id: 'wang' }] }),
    /“wang”出现了两次.*请删去一个/,
    /"wang" twice.*remove one/,
  ],
  [
    'an unknown part',
    line({ authors: [{ id: 'wang', part: 'second' }] }),
    /part 是“second”,只能是 sole、first 或 other/,
    /the part "second"; it is sole, first or other/,
  ],
  [
    'two who are first',
    line({
      authors: [
        { id: 'wang', part: 'first' },
        { id: 'li', part: 'first' },
      ],
    }),
    /不止一方写作第一/,
    /more than one who is first/,
  ],
  [
    'a fact that is an object',
    line({ facts: { complete: { value: true } } }),
    /“facts\.complete”是 \{"value":true\},事实只能是文字/,
    /"facts\.complete" as \{"value":true\}; a fact is text/,
  ],
  [
    'an object among the facts of a moment',
    moment({ to: [{ id: 'x' }] }),
    /“to”是 \[\{"id":"x"\}\]/,
    /"to" as \[\{"id":"x"\}\]/,
  ],
  [
    'a date before there was anything',
    line({ moments: [{ is: 'adopted', on: '1021-03-01', level: 'city' }] }),
    /1021-03-01 不可能在期间 2021 的前后.*请改正日期/,
    /1021-03-01, which cannot be in or about the period 2021.*Correct the date/,
  ],
  [
    'a date long after the period',
    line({ moments: [{ is: 'adopted', on: '2023-01-01', level: 'city' }] }),
    /2023-01-01 不可能/,
    /2023-01-01, which cannot be/,
  ],
  [
    'a date in no session',
    line({ moments: [{ is: 'adopted', on: '2020-03-01', level: 'city' }] }),
    /不在任何已写明的届次内.*method\.periods/,
    /lies in no session.*method\.periods/,
    'session:13-5',
  ],
])('%s', async (_what, bad, zh, en, period) => {
  const saying = await refused(bad, period);
  expect(saying.zh).toMatch(zh);
  expect(saying.en).toMatch(en);
  for (const text of [saying.zh, saying.en]) expect(text).toContain(`${at('r.ndjson')}:3 `);
  expect(saying.en).toMatch(/[Nn]othing was counted/);
});

test('several wrong lines are told at once, and an unknown period says which there are', async () => {
  const saying = await refused(
    [line({ kind: 'x' }), '{', line({ id: 'r-3', authors: [{ id: 'nobody' }] })].join('\n'),
  );
  expect(saying.zh.match(/r\.ndjson:\d+/g)).toEqual(['r.ndjson:3', 'r.ndjson:4', 'r.ndjson:5']);
  expect((await refused('', '2021-Q5')).zh).toContain('session:13-5');
  const unknown = await refused('', 'session:9');
  expect(unknown.zh).toMatch(/没有 session:9 的起止日期,现有 session:13-5。请在 method.periods 中补上/);
  expect(unknown.en).toMatch(/gives no dates for session:9; it has session:13-5. Add it to method.periods/);
});

test('a mark that Windows puts before a file is no part of it', async () => {
  writeFileSync(at('marked.json'), `\ufeff${JSON.stringify(config)}`);
  writeFileSync(at('marked.ndjson'), `\ufeff${good}\n`);
  const { table } = await countFile(await readConfig(at('marked.json')), at('marked.ndjson'), {
    period: '2021',
  });
  expect(table.subjects[0]?.points).toBe('5');
});

const score = (configFile: string, records: string, ...more: string[]) =>
  run(scoreCommand, [
    '--config',
    configFile,
    '--records',
    records,
    '--period',
    '2021',
    '--lang',
    'en',
    ...more,
  ]);

test('a file without records and a directory without anybody are told beside the table', async () => {
  const empty = file('empty.ndjson', '');
  const nobody = file('nobody.json', { ...config, directory: {} });
  const { err, out } = await score(nobody, empty);
  expect(out).toBe('2021\n\n');
  expect(err).toContain('empty.ndjson holds no record');
  expect(err).toContain('The directory is empty, so nobody stands in the table');
});

test('two years running, and no record of the first: that nothing is known of it is told', async () => {
  const outcomes = [{ id: 'talk', name: '约谈', when: { total: { below: 1 } }, running: 2 }];
  const { method } = config;
  const running = file('running.json', {
    ...config,
    method: { ...method, people: { ...method.people, outcomes } },
  });
  expect((await score(running, file('one.ndjson', good))).err).toMatch(/holds no record of 2020/);
  const before = line({ moments: [{ is: 'adopted', on: '2020-05-01', level: 'city' }] });
  expect((await score(running, file('two.ndjson', `${good}\n${before}`))).err).toBe('');
});

test('quotas are counted from records that are held to the same', async () => {
  const quotas = [
    { id: 'four', name: '任务', who: { kinds: ['member'] }, need: 4, every: 'year', counts: 'submitted' },
  ];
  const owing = file('owing.json', {
    ...config,
    authorKinds: [{ id: 'member', label: '委员' }],
    directory: { people: [{ id: 'wang', name: '王建国', kind: 'member' }] },
    quotas,
  });
  const asked = (records: string) =>
    run(quotasCommand, ['--config', owing, '--records', file('q.ndjson', records), '--on', '2021-06-30']);
  expect((await asked(`${good}\n${line({ authors: [{ id: 'li' }] })}`)).refused?.zh).toMatch(
    /q\.ndjson:2 .*“li”不在名册中/,
  );
  expect((await asked(`${good}\n${good}`)).refused?.zh).toMatch(/q\.ndjson:2 .*出现了两次/);
  expect((await asked(moment({ points: '1,5' }))).refused?.zh).toMatch(/应为数/);
});
