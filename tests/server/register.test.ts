import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import readXlsx from 'read-excel-file/node';
import { beforeAll, expect, test } from 'vitest';
import { checkConfig } from '../../src/check/check.ts';
import { xlsxRows } from '../../src/documents/xlsx-stream.ts';
import { text } from '../desk/office.ts';
import { twoCounties } from './two-counties.ts';

const base = (name: string) => readFileSync(new URL(`../../configs/${name}.json`, import.meta.url), 'utf8');
let call: (who: string, path: string) => Promise<Response>;
beforeAll(async () => {
  const { demo, server, parts } = await twoCounties();
  const store = parts.counties.get('huantai')?.store;
  if (!store) throw new Error('no store');
  // So few rows at once that a short list has several pages.
  const { queue } = store;
  store.queue = (query) => queue({ ...query, limit: Math.min(4, query.limit) });
  const send = async (who: string, path: string, body?: object) =>
    server.fetch(
      new Request(`http://minqing.test/counties/huantai${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { Authorization: `Bearer ${await demo.sign(who)}` },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }),
    );
  call = (who, path) => send(`huantai-${who}`, path);
  for (let i = 0; i < 12; i++)
    await send(`huantai-author-${(i % 2) + 1}`, '/reports', {
      action: 'submit',
      input: { ...text, title: i === 7 ? '=HYPERLINK("http://evil.example")' : `路灯 ${i}` },
    });
  await send('huantai-author-2', '/reports', { action: 'save', input: { ...text, title: '草稿' } });
});
const sheetOf = async (answer: Response) => {
  expect(answer.status).toBe(200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const [first] = await readXlsx(bytes);
  return { bytes, rows: first?.data ?? [] };
};

test('the register has every row of the list, over all pages of it, and the columns that were chosen in their order', async () => {
  const { bytes, rows } = await sheetOf(
    await call('office-director', '/reports/register.xlsx?columns=title,row,situation'),
  );
  expect(rows[0]).toEqual(['标题', '序号', '情况']);
  expect(rows).toHaveLength(13);
  expect(rows.slice(1).map(([, number]) => number)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
  expect(rows.map(([title]) => title)).toContain('=HYPERLINK("http://evil.example")');
  expect(rows.flat()).not.toContain('草稿');
  expect(strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).not.toMatch(/<f[\s>/]/);
  const found = await sheetOf(
    await call('office-director', '/reports/register.xlsx?columns=title&search=HYPERLINK'),
  );
  expect(found.rows).toHaveLength(2);
});

test('without a choice it has the county’s columns; who asks has no column of the office’s and no row but their own', async () => {
  const office = await (await call('office-director', '/reports/register')).json();
  expect(office.shown.slice(0, 3)).toEqual(['row', 'id', 'title']);
  expect((await sheetOf(await call('office-director', '/reports/register.xlsx'))).rows[0]).toHaveLength(
    office.shown.length,
  );
  const author = await (await call('author-1', '/reports/register')).json();
  const ids = (view: { columns: { value: string }[] }) => view.columns.map(({ value }) => value);
  expect(ids(office)).toContain('category');
  expect(ids(author)).not.toContain('category');
  expect((await call('author-1', '/reports/register.xlsx?columns=category')).status).toBe(422);
  expect((await sheetOf(await call('author-1', '/reports/register.xlsx?columns=authors'))).rows).toHaveLength(
    7,
  );
  expect((await call('author-1', '/matter-topic/register.xlsx')).status).toBe(403);
});

test('a list for data work is a workbook too', async () => {
  expect((await sheetOf(await call('office-director', '/export/reports.xlsx'))).rows).toHaveLength(13);
});

test('a row is given out as it comes, and the list never stands whole in memory', async () => {
  let asked = 0;
  async function* rows() {
    for (; asked < 200_000;) {
      asked += 1;
      yield [String(Math.imul(asked, 2654435761)), `路灯 ${Math.imul(asked, 40503)}`];
    }
  }
  const file = xlsxRows('list', ['a', 'b'], rows());
  for (let size = 0; size < 100_000;) {
    const { value, done } = await file.next();
    if (done) break;
    size += value.length;
  }
  expect(asked).toBeLessThan(60_000);
  await file.return(undefined);
});

test('a column that there is not is a mistake of the config, at its place', () => {
  const own = JSON.stringify({ extends: 'base', id: 'c', name: 'c', registers: { report: ['titel'] } });
  const { mistakes } = checkConfig('c.json', own, base);
  expect(mistakes.map(({ code, pointer }) => [code, pointer])).toEqual([
    ['unknown-field', '#/registers/report/0'],
  ]);
  expect(mistakes[0]?.saying.zh).toContain('title');
});
