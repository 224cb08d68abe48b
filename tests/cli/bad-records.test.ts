import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { countFile, readConfig } from '../../src/cli/tally.ts';
import { MinqingError } from '../../src/model/error.ts';

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
});
