import writeExcelFile from 'write-excel-file/node';
import { expect, test } from 'vitest';
import { readSheet } from '../../src/documents/sheet.ts';
import { checked, officeOf, text } from './office.ts';

type Office = ReturnType<typeof officeOf>;

/** A piece sent on, of a report with this title. */
async function sentPiece({ as, begin, look }: Office, title: string) {
  let report = await begin('wang', 'report', 'submit', { ...text, title });
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass', report);
  report = await as('secretary', 'pass', report);
  report = await as('compiler', 'compile', report, { title, text: '正文' });
  const id = report.links.find(({ role }) => role === 'piece')?.id ?? '';
  let piece = await look('compiler', { county: 'huantai', kind: 'piece', id });
  piece = await as('compiler', 'pass', piece);
  piece = await as('checker', 'proofread', piece);
  piece = await as('secretary', 'issue', piece, { journal: 'journal', destinations: ['city-cppcc'] });
  return as('compiler', 'dispatch', piece, { destination: 'city-cppcc' });
}

const list = (rows: string[][]) => [['标题', '成果', '日期', '层级', '采用载体', '采用形式'], ...rows];

test('a list of adoptions shows what is matched, doubtful, unmatched, wrong and known, and enters nothing by itself', async () => {
  const office = officeOf('huantai');
  const { desk, actor, as } = office;
  const piece = await sentPiece(office, '关于校门口交通安全的建议');
  await sentPiece(office, '关于农村养老服务的建议');
  const known = { is: 'adopted', on: '2026-03-02', level: 'city', outlet: '每日信息' };
  await as('compiler', 'record', piece, known);
  const rows = await desk.tryResults(
    list([
      ['关于农村养老服务的建议', '采用', '2026/3/2', '省级', '政协信息', '单篇'],
      ['《关于农村养老服务的建议》', '采用', '2026年3月2日', 'city', '', ''],
      ['关于加强农村养老服务工作的建议', '采用', '2026-03-02', '市级', '', ''],
      ['关于夜间照明的思考', '采用', '2026-03-02', '市级', '', ''],
      ['关于农村养老服务的建议', '采用', '三月二日', '市级', '', ''],
      ['关于农村养老服务的建议', '采纳了', '2026-03-02', '市级', '', ''],
      ['关于校门口交通安全的建议', '采用', '2026-03-02', '市级', '每日信息', ''],
    ]),
    actor('compiler'),
    office.now(),
    'zh',
  );
  expect(rows.map(({ row, match }) => [row, match])).toEqual([
    [2, 'matched'],
    [3, 'matched'],
    [4, 'doubtful'],
    [5, 'unmatched'],
    [6, 'wrong'],
    [7, 'wrong'],
    [8, 'known'],
  ]);
  expect(rows[0]).toMatchObject({
    candidates: [{ id: 'piece-2', title: '关于农村养老服务的建议' }],
    input: { is: 'adopted', on: '2026-03-02', level: 'province', outlet: '政协信息', form: 'stand-alone' },
  });
  expect(rows[4]?.message).toContain('日期');
  expect((await office.look('compiler', piece)).moments.filter(({ is }) => is === 'adopted')).toHaveLength(1);
  await expect(
    desk.tryResults([['名称'], ['甲']], actor('compiler'), office.now(), 'zh'),
  ).rejects.toMatchObject({
    saying: { zh: expect.stringContaining('第一行要有“标题”一栏') },
  });
  await expect(desk.tryResults(list([]), actor('wang'), office.now(), 'zh')).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('what was confirmed is entered all or none, several results of one piece too, and once under one key', async () => {
  const office = officeOf('huantai');
  const { desk, actor, now, look } = office;
  const one = await sentPiece(office, '关于校门口交通安全的建议');
  const other = await sentPiece(office, '关于农村养老服务的建议');
  const result = (level: string) => ({ is: 'adopted', on: '2026-03-02', level });
  const enter = (rows: { piece: string; version: number; input: Record<string, string> }[], key = 'k') =>
    desk.enterResults({
      rows,
      actor: actor('compiler'),
      now: now(),
      language: 'zh',
      key: { value: key, request: JSON.stringify(rows) },
    });
  const row = ({ id, version }: typeof one, level: string) => ({ piece: id, version, input: result(level) });
  await expect(
    enter([row(one, 'city'), { ...row(other, 'city'), version: other.version - 1 }]),
  ).rejects.toMatchObject({ code: 'conflict' });
  await expect(enter([row(one, 'city'), row(other, 'moon')])).rejects.toMatchObject({
    code: 'invalid-input',
  });
  expect((await look('compiler', one)).version).toBe(one.version);

  const rows = [row(one, 'city'), row(one, 'province'), row(other, 'city')];
  expect(await enter(rows)).toEqual({ entered: 3 });
  expect(await enter(rows)).toEqual({ entered: 3 });
  const adopted = async (id: typeof one) =>
    (await look('compiler', id)).moments.filter(({ is }) => is === 'adopted').map(({ level }) => level);
  expect(await adopted(one)).toEqual(['city', 'province']);
  expect(await adopted(other)).toEqual(['city']);
  expect((await desk.verifyLog()).difference).toBeNull();
  const table = await desk.scores('2026', 'people', actor('director'), now());
  // submitted 1, signed off 2 each; adopted city 5, province 10, city 5
  expect(table.subjects.find(({ id }) => id === 'wang')?.points).toBe('26');
});

test('a sheet reads the same from .xlsx, from CSV in UTF-8 and from the GBK that Excel writes', async () => {
  const rows = [
    ['标题', '日期'],
    ['关于“校门口,交通”的建议', '2026-03-01'],
  ];
  const xlsx = await writeExcelFile([
    {
      sheet: '采用',
      data: [
        [
          { value: '标题', type: String },
          { value: '日期', type: String },
        ],
        [
          { value: rows[1]?.[0] ?? '', type: String },
          { value: new Date(Date.UTC(2026, 2, 1)), type: Date, format: 'yyyy-mm-dd' },
        ],
        [],
      ],
    },
  ]).toBuffer();
  expect(await readSheet(new Uint8Array(xlsx))).toEqual(rows);
  const csv = '\uFEFF标题,日期\r\n"关于“校门口,交通”的建议",2026-03-01\r\n\r\n';
  expect(await readSheet(new TextEncoder().encode(csv))).toEqual(rows);
  // 标题,日期 in GBK.
  const gbk = new Uint8Array([0xb1, 0xea, 0xcc, 0xe2, 0x2c, 0xc8, 0xd5, 0xc6, 0xda]);
  expect(await readSheet(gbk)).toEqual([['标题', '日期']]);
  expect(await readSheet(new Uint8Array([0x50, 0x4b, 3, 4, 0]))).toBeNull();
  expect(await readSheet(new Uint8Array([0, 1, 2]))).toBeNull();
  const long = (number: number) => new TextEncoder().encode(`标题\n${'一\n'.repeat(number)}`);
  expect(await readSheet(long(5_000))).toHaveLength(5_001);
  await expect(readSheet(long(5_001))).rejects.toMatchObject({
    code: 'too-large',
    saying: { en: expect.stringContaining('has 5001 rows') },
  });
});

test('records of other kinds are tried line by line, entered all or none, and count in the table', async () => {
  const { desk, actor, now } = officeOf('zhenyuan');
  const by = actor('director');
  const ids = ['p-1', 'p-2'];
  const line = (id: string, more: object = {}) =>
    JSON.stringify({
      id,
      kind: 'proposal',
      authors: [{ id: 'wang' }],
      moments: [{ is: 'filed', on: '2026-03-01' }],
      ...more,
    });
  const matches = async (text: string) =>
    (await desk.tryRecords(text, by, now(), 'zh')).map(({ line: at, match }) => [at, match]);
  const bad = [
    line('p-1'),
    '{"id":',
    line('p-1'),
    line('p-3', { kind: 'proposel' }),
    line('p-4', { authors: [{ id: 'nobody' }] }),
    line('report-1'),
  ].join('\n');
  expect(await matches(bad)).toEqual([
    [1, 'new'],
    [2, 'wrong'],
    [3, 'wrong'],
    [4, 'wrong'],
    [5, 'wrong'],
    [6, 'wrong'],
  ]);
  await expect(desk.enterRecords(bad, by, now())).rejects.toMatchObject({
    code: 'invalid-input',
    fields: [{ field: '2' }, { field: '3' }, { field: '4' }, { field: '5' }, { field: '6' }],
  });
  expect(await desk.enterRecords(ids.map((id) => line(id)).join('\n'), by, now())).toEqual({
    entered: 2,
    changed: 0,
  });
  const again = [line('p-1'), line('p-2', { facts: { online: true } })].join('\n');
  expect(await matches(again)).toEqual([
    [1, 'unchanged'],
    [2, 'changed'],
  ]);
  expect(await desk.enterRecords(again, by, now())).toEqual({ entered: 0, changed: 1 });
  await expect(desk.tryRecords('', actor('wang'), now(), 'zh')).rejects.toMatchObject({ code: 'forbidden' });
});

test('a proposal that was entered is given out, answered and rated as a report is, and its own record shows it', async () => {
  const { desk, actor, now, begin, as } = officeOf('zhenyuan');
  const by = actor('director');
  const record = {
    id: 'p-1',
    kind: 'proposal',
    authors: [{ id: 'wang' }],
    moments: [{ is: 'filed', on: '2026-03-01' }],
  };
  await desk.enterRecords(JSON.stringify(record), by, now());
  const department = [...officeOf('zhenyuan').county.organisations.values()].find(
    ({ kind }) => kind === 'department',
  );
  let item = await begin('director', 'handling', 'assign', {
    title: '关于路灯的提案',
    record: 'p-1',
    lead: department?.id ?? '',
    task: '请办理并答复委员',
  });
  expect(item.stage.id).toBe('assigned');
  const who = `at-${department?.id}`;
  item = await as(who, 'sign-for', item);
  await as(who, 'reply', item, { result: 'solved', reply: '已修好' });
  const table = await desk.scores('2026', 'units', by, now());
  const summary = Object.fromEntries((table.summary ?? []).map(({ id, value }) => [id, value]));
  expect(summary).toMatchObject({ proposals: '1', solved: '1' });
  const own = table.subjects.find(({ id }) => id === department?.id);
  expect(own?.figures).toMatchObject({ assigned: '1', answered: '1', solved: '1' });
});
