import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { counter } from '../bench/measure.ts';
import { checked, text } from '../desk/office.ts';
import { live, payloads } from '../server/formulas.ts';
import { twoCounties } from '../server/two-counties.ts';
import { atLeast, none, type Figure } from './figures.ts';

/** In a workbook a cell can run where it is a formula; nothing else of one may lead outside either. */
function runningIn(bytes: Uint8Array): number {
  const files = Object.entries(unzipSync(bytes)).filter(([name]) => /\.(xml|rels)$/.test(name));
  return files.reduce((found, [name, file]) => {
    const words = strFromU8(file);
    const kinds = [...words.matchAll(/<c [^>]*?\bt="(\w+)"/g)].map(([, kind = '']) => kind);
    const odd = name.startsWith('xl/worksheets/')
      ? kinds.filter((kind) => !['s', 'inlineStr', 'n'].includes(kind)).length
      : 0;
    return (
      found +
      odd +
      (words.match(/<f[\s>/]|<definedName[ >]|externalLink|ddeLink|TargetMode="External"/g)?.length ?? 0)
    );
  }, 0);
}

/** Everything that goes out as a table, from a county where people, units and reports are called like formulas. */
export async function formulas(reports: number): Promise<Figure[]> {
  const { demo, server, parts } = await twoCounties();
  const pick = counter(5);
  const starts = [...'=+-@|%\t\r\uff1d\uff0b\uff0d\uff20'];
  let made = 0;
  const payload = () => {
    made += 1;
    const known = payloads[made % payloads.length] ?? '';
    return made <= payloads.length
      ? known
      : `${[' ', '', '\u00a0', '\ufeff'][pick(4)]}${starts[pick(starts.length)]}${known}${made}`;
  };
  const host = parts.counties.get('huantai');
  for (const one of [...(host?.directory.people ?? []), ...(host?.directory.organisations ?? [])])
    one.name = payload();
  const ask = async (who: string, path: string, body?: object, more: Record<string, string> = {}) =>
    server.fetch(
      new Request(`http://minqing.test/counties/huantai${path}`, {
        headers: { Authorization: `Bearer ${await demo.sign(`huantai-${who}`)}`, ...more },
        ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
      }),
    );
  let refused = 0;
  for (let at = 0; at < reports; at += 1) {
    const [title, situation, analysis, suggestion] = [payload(), payload(), payload(), payload()];
    const input = { ...text, title: `${title}${at}`, situation, analysis, suggestion };
    const answer = await ask('author-1', '/reports', { action: 'submit', input });
    const { id } = await answer.json();
    // What a store cannot keep, a null character, is refused at the door.
    if (answer.status !== 201) refused += 1;
    else if (at % 3 === 0)
      await ask(
        'checker',
        `/reports/${id}/actions/pass`,
        { input: { ...checked, note: payload() } },
        { 'If-Match': '"1"' },
      );
  }
  const { columns } = await (await ask('office-director', '/reports/register')).json();
  const all = columns.map(({ id }: { id: string }) => id).join(',');
  const tables = [
    ...['reports', 'pieces', 'records', 'scores'].flatMap((what) => [
      `/export/${what}.csv`,
      `/export/${what}.xlsx`,
    ]),
    '/export/scores.csv?of=units',
    '/export/scores.xlsx?of=units',
    ...['reports', 'pieces', 'leads', 'handling', 'periods'].map((kind) => `/${kind}/register.xlsx`),
    `/reports/register.xlsx?columns=${encodeURIComponent(all)}`,
    '/months/2026-03?as=xlsx',
  ];
  let [cells, alive, missing] = [0, 0, 0];
  for (const path of tables) {
    const answer = await ask('office-director', path);
    if (answer.status !== 200) missing += 1;
    else if (path.includes('.csv')) {
      const rows: string[][] = parse(await answer.text(), { bom: true, relax_column_count: true });
      cells += rows.flat().length;
      alive += rows.flat().filter(live).length;
    } else {
      const bytes = new Uint8Array(await answer.arrayBuffer());
      cells += Object.entries(unzipSync(bytes))
        .filter(([name]) => name.startsWith('xl/worksheets/'))
        .reduce((sum, [, file]) => sum + (strFromU8(file).match(/<c /g)?.length ?? 0), 0);
      alive += runningIn(bytes);
    }
  }
  return [
    { what: 'texts that begin like a formula', value: made, holds: true },
    { what: 'reports refused for a null character', value: refused, holds: refused < reports / 2 },
    { what: 'tables that went out', value: tables.length, holds: true },
    none('tables that did not come', missing),
    atLeast('cells in them', cells, reports * 10),
    none('live in CSV or XLSX', alive),
  ];
}
