import { addDays } from '../../src/model/date.ts';
import { wordOf } from '../../src/store/found-by.ts';
import { gramsOf } from '../../src/store/grams.ts';
import type { Tables } from '../../src/store/tables.ts';
import type { Bulk } from './bulk.ts';
import { templateOf, type Cell, type Named } from './template.ts';

/** Each county's reports of three years, of which the last ten wait to be checked; the old county has ten times as many. */
export const EACH = 1_000;
const YEARS = 3;
const WAITING = 10;
export const OLD = 10;
export const MEMBERS = 200;
export const LAST_DAY = '2026-03-02';
/** What an ended report leaves in the log. */
export const ENTRIES = 5;

const places = [
  '幸福路',
  '校门口',
  '老城区',
  '滨河公园',
  '农贸市场',
  '火车站',
  '开发区',
  '卫生院',
  '养老院',
  '红旗村',
];
const things = [
  '路灯',
  '停车位',
  '公交站',
  '排水管',
  '垃圾桶',
  '电梯',
  '人行道',
  '健身器材',
  '饮水点',
  '充电桩',
];
const wishes = [
  '损坏待修',
  '数量不足',
  '布局不合理',
  '管理缺位',
  '夜间无照明',
  '存在安全隐患',
  '收费不规范',
  '亟需更新',
];

export const countyId = (county: number) => `county-${county}`;
export const memberId = (county: number, member: number) => `c${county}-m${member}`;

/** A report of the history: whose, which, when. */
function reportOf(county: number, number: number, each: number): Omit<Named, 'titleHash'> {
  const mixed = number * 7919 + county * 104729;
  const pick = (list: string[], by: number) => list[Math.floor(mixed / by) % list.length] ?? '';
  const age = each - 1 - number;
  return {
    county: countyId(county),
    person: memberId(county, mixed % MEMBERS),
    id: `report-${number + 1}`,
    title: `关于${pick(places, 3)}${pick(things, 31)}${pick(wishes, 317)}的建议`,
    day:
      age < WAITING ? LAST_DAY : addDays(LAST_DAY, -1 - Math.floor(((age - WAITING) * YEARS * 365) / EACH)),
  };
}

/** Writes the history of so many counties and of the old one, which has the number 0, in the order in which it came. */
export async function write(
  bulk: Bulk,
  counties: number,
  told: (done: number) => void,
): Promise<{ log: number }> {
  const [ended, waiting] = [await templateOf('ended'), await templateOf('waiting')];
  const pending = new Map<string, Record<string, Cell>[]>();
  const send = async (table: string) => {
    await bulk.insert(table, pending.get(table) ?? []);
    pending.set(table, []);
  };
  const put = async (table: string, row: Record<string, Cell>) => {
    const rows = pending.get(table) ?? [];
    pending.set(table, rows);
    if (rows.push(row) === 1_000) await send(table);
  };
  let [logs, numbered] = [0, 0];
  const one = async (key: number, county: number, number: number, each: number) => {
    const waits = number >= each - WAITING;
    const template = waits ? waiting : ended;
    const report = reportOf(county, number, each);
    const named: Named = { ...report, titleHash: template.titleHash(report.title) };
    const rows = (table: keyof Tables) => template.rows(table, named);
    for (const row of rows('things')) await put('things', { ...row, key });
    const first = logs;
    for (const entry of template.log(named)) {
      logs += 1;
      await put('log', { key: logs, thing: key, sequence: logs - first, entry });
    }
    for (const row of rows('log_texts')) await put('log_texts', { ...row, log: first + Number(row['log']) });
    for (const row of rows('counted')) await put('counted', { ...row, key });
    for (const row of rows('timers')) await put('timers', { ...row, thing: key });
    for (const table of ['score_entries', 'outbox'] as const)
      for (const row of rows(table)) await put(table, { ...row, key: (numbered += 1) });
  };
  const keyOf = (county: number, number: number) =>
    county === 0
      ? Math.floor(number / OLD) * (counties + OLD) + counties + (number % OLD) + 1
      : number * (counties + OLD) + county;
  for (let number = 0; number < EACH; number += 1) {
    for (let county = 1; county <= counties; county += 1)
      await one(keyOf(county, number), county, number, EACH);
    for (let more = 0; more < OLD; more += 1) {
      const its = number * OLD + more;
      await one(keyOf(0, its), 0, its, EACH * OLD);
    }
    if (number % 10 === 9) told((number + 1) / EACH);
  }
  // What lies in the order of its key is written in it.
  for (let county = 0; county <= counties; county += 1) {
    const each = county === 0 ? EACH * OLD : EACH;
    const reports = Array.from({ length: each }, (_, number) => ({
      thing: keyOf(county, number),
      ...reportOf(county, number, each),
    }));
    const grams = reports.flatMap(({ thing, title }) => gramsOf(title).map((gram) => ({ gram, thing })));
    grams.sort((a, b) => (a.gram === b.gram ? a.thing - b.thing : a.gram < b.gram ? -1 : 1));
    for (const { gram, thing } of grams) await put('title_grams', { county: countyId(county), gram, thing });
    const authors = reports.map(({ thing, person }) => ({ thing, person }));
    authors.sort((a, b) => (a.person === b.person ? a.thing - b.thing : a.person < b.person ? -1 : 1));
    for (const author of authors) await put('thing_authors', author);
    const found = reports.map(({ thing, day }) => ({ by: wordOf({ month: day.slice(0, 7) }), thing }));
    found.sort((a, b) => (a.by === b.by ? a.thing - b.thing : a.by < b.by ? -1 : 1));
    for (const { by, thing } of found) await put('found_by', { county: countyId(county), by, thing });
    await put('series', { county: countyId(county), name: 'report', value: each });
  }
  for (const table of pending.keys()) await send(table);
  return { log: logs };
}
