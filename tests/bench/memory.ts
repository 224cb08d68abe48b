import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { counter, ratio } from './measure.ts';

const [records, people] = [1_000_000, 5_000];
const method = {
  people: {
    figures: {
      sent: { count: 'submitted', of: 'records' },
      all: { count: ['submitted', 'forwarded', 'adopted'] },
      alone: { count: 'submitted', when: { part: 'sole' } },
    },
    show: ['sent', 'all', 'alone'],
    lines: [
      { id: 'sent', on: 'submitted', points: 1 },
      { id: 'forwarded', on: 'forwarded', points: 2 },
      {
        id: 'used',
        on: ['submitted', 'adopted'],
        points: { by: 'level', table: { county: 3, city: 5, province: 10 }, otherwise: 1 },
      },
      { id: 'joint', on: 'submitted', points: 2, share: 'equal' },
    ],
  },
};

async function writeRecords(file: string): Promise<void> {
  const out = createWriteStream(file);
  const next = counter();
  for (let index = 0; index < records; index += 1) {
    const level = ['county', 'city', 'province'][next(3)] ?? '';
    const first = next(people);
    const record = {
      id: `report-${index}`,
      kind: 'report',
      authors: [{ id: `p${first}` }, ...(index % 4 === 0 ? [{ id: `p${(first + 1) % people}` }] : [])],
      moments: [
        { is: 'submitted', on: `2026-0${1 + next(9)}-1${next(9)}` },
        ...(index % 3 === 0 ? [{ is: 'forwarded', on: '2026-09-20' }] : []),
        ...(index % 5 === 0 ? [{ is: 'adopted', on: '2026-10-01', level }] : []),
      ],
    };
    if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** The command itself over a million records, three figures and four lines, every line of its JSON written. */
export async function benchMemory(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-bench-'));
  const at = (name: string) => join(folder, name);
  const cli = 'node_modules/.cache/bench-cli.mjs';
  await build({
    entryPoints: ['src/cli/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    outfile: cli,
    logLevel: 'warning',
  });
  const list = Array.from({ length: people }, (_, index) => ({
    id: `p${index}`,
    name: `p${index}`,
    kind: 'member',
  }));
  writeFileSync(at('m.json'), JSON.stringify({ id: 'm', name: 'm', directory: { people: list }, method }));
  await writeRecords(at('m.ndjson'));
  // The child says itself how much it ever held.
  const told = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))`;
  const asked = [
    'score',
    '--config',
    at('m.json'),
    '--records',
    at('m.ndjson'),
    '--period',
    '2026',
    '--json',
  ];
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(told)}`, cli, ...asked],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  rmSync(folder, { recursive: true });
  const kilobytes = /peak (\d+)/.exec(stderr)?.[1];
  if (status !== 0 || kilobytes === undefined) throw new Error(`minqing score: ${status} ${stderr}`);
  const megabytes = (Number(kilobytes) * 1024) / 1e6;
  console.log(
    `minqing score --json over a million records: ${seconds.toFixed(1)} s, at most ${megabytes.toFixed(0)} MB`,
  );
  ratio('1,000 MB against that', 1000 / megabytes, 1);
}
