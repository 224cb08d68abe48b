import { strFromU8, unzipSync } from 'fflate';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { csvOf, harmless } from '../../src/documents/csv.ts';
import { xlsxOf } from '../../src/documents/xlsx.ts';
import { countyOf } from '../county.ts';
import { text } from '../desk/office.ts';
import { live, payloads } from './formulas.ts';
import { twoCounties } from './two-counties.ts';

const read = (csv: string, delimiter = ','): string[][] =>
  parse(csv, { bom: true, delimiter, relax_column_count: true });

describe('a cell', () => {
  test.each(payloads)('%j is not live in a CSV, and its row stays its row', (payload) => {
    const rows = read(csvOf([['a', payload, 'b'], [payload]]));
    expect(rows).toHaveLength(2);
    expect(rows.map((row) => row.length)).toEqual([3, 1]);
    expect(rows.flat().filter(live)).toEqual([]);
    expect(rows[0]?.[1]?.replace(/^'/, '')).toBe(payload);
  });

  test('whatever its text, it is not live, and what is plain stays as it is', () => {
    const starts = fc.constantFrom(...'=+-@|% \t\r\n\uff1d\uff0b"\u0000;,');
    fc.assert(
      fc.property(fc.array(fc.tuple(starts, fc.string()), { minLength: 1, maxLength: 5 }), (parts) => {
        const cell = parts.flat().join('');
        expect(
          read(csvOf([['x', cell]]))
            .flat()
            .filter(live),
        ).toEqual([]);
      }),
    );
    for (const plain of ['12', '-3.5', '+4', '路灯不亮', '2026-03-02', '13-5', 'a=b'])
      expect(harmless(plain)).toBe(plain);
  });

  test('of a workbook is text or a number and never a formula', async () => {
    const bytes = await xlsxOf({
      title: '=1+1',
      subtitle: '',
      parts: [
        { heading: '=cmd|x', head: payloads, rows: [payloads, payloads.map(() => '-12.5')] },
        { heading: '@', paragraphs: payloads },
      ],
    });
    const files = Object.entries(unzipSync(bytes)).filter(([name]) => name.endsWith('.xml'));
    const sheets = files.filter(([name]) => name.startsWith('xl/worksheets/'));
    expect(sheets).toHaveLength(2);
    for (const [, file] of files)
      expect(strFromU8(file)).not.toMatch(/<f[\s>/]|<definedName[ >]|externalLink|ddeLink/);
    const cells = sheets.flatMap(([, file]) => strFromU8(file).match(/<c [^>]*>/g) ?? []);
    const kinds = new Set(cells.map((cell) => /\bt="(\w+)"/.exec(cell)?.[1] ?? 'number'));
    expect([...kinds].filter((kind) => !['s', 'inlineStr', 'n', 'number'].includes(kind))).toEqual([]);
  });
});

describe('an export', () => {
  let call: (who: string, path: string) => Promise<Response>;
  beforeAll(async () => {
    const { demo, server } = await twoCounties();
    const send = async (who: string, path: string, body?: object) =>
      server.fetch(
        new Request(`http://minqing.test/counties/huantai${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { Authorization: `Bearer ${await demo.sign(who)}` },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      );
    call = (who, path) => send(who, path);
    for (const title of ['=HYPERLINK("http://evil.example")', '路灯,不亮', '三'])
      await send('huantai-author-1', '/reports', { action: 'submit', input: { ...text, title } });
    // A draft is nobody's but its author's.
    await send('huantai-author-2', '/reports', { action: 'save', input: { ...text, title: '草稿' } });
  });
  const director = (path: string) => call('huantai-office-director', path);

  test('gives every report that may be read, in order, the same in both formats, without the texts', async () => {
    const csv = await director('/export/reports.csv');
    expect([csv.headers.get('Content-Type'), csv.headers.get('Content-Disposition')]).toEqual([
      'text/csv; charset=utf-8',
      'attachment; filename="huantai-reports.csv"',
    ]);
    const written = await csv.text();
    const [head = [], ...rows] = read(written);
    expect(rows.map((row) => row[head.indexOf('title')])).toEqual([
      '\'=HYPERLINK("http://evil.example")',
      '路灯,不亮',
      '三',
    ]);
    expect(rows.flat().filter(live)).toEqual([]);
    const lines = (await (await director('/export/reports.ndjson')).text()).trim().split('\n');
    const objects = lines.map((line) => JSON.parse(line));
    expect(objects.map(({ id }) => id)).toEqual(rows.map((row) => row[head.indexOf('id')]));
    expect(objects[2]).toMatchObject({ title: '三', stage: 'initial-check', authors: ['huantai-author-1'] });
    const { county } = countyOf('huantai');
    const secret = [...county.forms.values()]
      .flat()
      .filter((field) => field.seenBy === 'instruction-readers');
    expect(secret.length).toBeGreaterThan(0);
    expect(head.filter((column) => secret.some(({ id }) => id === column))).toEqual([]);
    expect(head).toContain('category');
    for (const words of [text.situation, text.analysis, text.suggestion]) {
      expect(written).not.toContain(words);
      expect(lines.join('\n')).not.toContain(words);
    }
  });

  test('gives the moments that count and a period’s table', async () => {
    const records = (await (await director('/export/records.ndjson')).text()).trim().split('\n');
    expect(records.map((line) => JSON.parse(line).moment)).toEqual(['submitted', 'submitted', 'submitted']);
    const [head = [], ...rows] = read(await (await director('/export/scores.csv?period=2026')).text());
    const mine = rows.filter((row) => row[head.indexOf('subject')] === 'huantai-author-1');
    expect(mine.length).toBeGreaterThan(0);
    expect(read(await (await director('/export/pieces.csv')).text())).toHaveLength(1);
  });

  test('is for whom the county’s config says, and for nobody else', async () => {
    for (const who of ['author-1', 'checker', 'chairman', 'education-bureau', 'admin'])
      expect([who, (await call(`huantai-${who}`, '/export/reports.csv')).status]).toEqual([who, 403]);
    expect((await call('ningshan-office-director', '/export/reports.csv')).status).toBe(404);
    expect((await director('/export/files.csv')).status).toBe(404);
    expect((await director('/export/reports.xml')).status).toBe(404);
  });
});
