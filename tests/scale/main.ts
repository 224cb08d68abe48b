import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { programs, startPostgres } from '../postgres-server.ts';
import { bulkPostgres, bulkSqlite, type Bulk } from './bulk.ts';
import { EACH, ENTRIES, write } from './history.ts';
import { measured, type Figure } from './measured.ts';

/*
 * npm run scale -- [--parts 1,10,100] [--rows 10000000] [--store sqlite|postgres] [--dir FOLDER]
 * Writes as many rows of the log as the whole is to have, or a part of it in percent, and measures what is asked most.
 */
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    parts: { type: 'string', default: '1,10' },
    rows: { type: 'string', default: '10000000' },
    store: { type: 'string', default: 'sqlite' },
    dir: { type: 'string', default: tmpdir() },
  },
});
const parts = values.parts.split(',').map(Number);
const folder = mkdtempSync(join(values.dir, 'minqing-scale-'));
const bin = programs();
if (values.store === 'postgres' && bin === null) throw new Error('PostgreSQL is not installed');
const server = values.store === 'postgres' && bin !== null ? await startPostgres(bin) : null;

const ms = ({ median, late }: Figure) => `${median.toFixed(2)} / ${late.toFixed(2)}`;

const all: { part: number; figures: Figure[] }[] = [];
try {
  for (const part of parts) {
    const counties = Math.max(1, Math.round((Number(values.rows) * part) / 100 / EACH / ENTRIES));
    const bulk: Bulk = server
      ? await bulkPostgres(await server.database())
      : await bulkSqlite(join(folder, `${part}.db`));
    const begun = performance.now();
    let next = 0.25;
    const { log } = await write(bulk, counties, (done) => {
      if (done < next) return;
      next += 0.25;
      console.log(
        `  ${part} %: ${Math.round(done * 100)} % written after ${Math.round((performance.now() - begun) / 1000)} s`,
      );
    });
    await bulk.finish();
    const store = await bulk.open();
    console.log(
      `${values.store}, ${part} %: ${log.toLocaleString('en')} rows of the log in ${counties + 1} counties, written in ${Math.round((performance.now() - begun) / 1000)} s`,
    );
    const figures = await measured(store, counties);
    all.push({ part, figures });
    // Each as soon as it is known: the next part may take a while.
    for (const figure of figures) console.log(`  ${figure.what}: ${ms(figure)} ms`);
    await store.close();
    console.log(`  ${((await bulk.size()) / 1e9).toFixed(2)} GB`);
    rmSync(join(folder, `${part}.db`), { force: true });
  }
} finally {
  await server?.end();
  rmSync(folder, { recursive: true, force: true });
}

const cells = (row: string[]) => console.log(`| ${row.join(' | ')} |`);
console.log('\nMilliseconds, the median and what 95 of 100 stay below:');
const [first] = all;
const last = all.at(-1);
cells(['', ...parts.map((part) => `${part} %`), 'ratio']);
cells(['---', ...parts.map(() => '---'), '---']);
for (const [at, { what }] of (first?.figures ?? []).entries()) {
  const row = all.flatMap(({ figures }) => figures[at] ?? []);
  const ratio = (last?.figures[at]?.median ?? 0) / (first?.figures[at]?.median ?? 1);
  cells([what, ...row.map(ms), ratio.toFixed(2)]);
}
