import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoDirectory } from '../../src/server/demo.ts';
import { counter } from '../bench/measure.ts';
import { countyOf } from '../county.ts';
import { none, type Figure } from './figures.ts';
import { mutate, type Pick } from './mutations.ts';
import { checked, freshFolder, openPortal, startService, text, type Service } from './service.ts';

interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: string[];
  pattern?: string;
  properties?: Record<string, Schema>;
}
interface Operation {
  parameters: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
}
interface Described {
  method: string;
  path: string;
  operation: Operation;
}

const COUNTIES = ['huantai', 'ningshan'];
const PEOPLE = [
  'author-1',
  'author-2',
  'checker',
  'compiler',
  'office-director',
  'secretary-general',
  'admin',
];
const VERBS = [
  'submit',
  'save',
  'pass',
  'return',
  'compile',
  'issue',
  'dispatch',
  'assign',
  'reply',
  'purge',
  'comment',
];

/** Words that are no answer to what is asked. */
const odd = [
  '',
  ' ',
  '0',
  '-1',
  '1e309',
  '99999999999999999999',
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]',
  '__proto__',
  'constructor',
  'toString',
  '..',
  '../../etc/passwd',
  '..%2f..%2f',
  "' OR 1=1 --",
  '"; DROP TABLE logs; --',
  '%',
  '%_%',
  '%zz',
  '\\',
  '\u0000',
  '\ud800',
  '<script>hurt()</script>',
  '${7*7}',
  '字'.repeat(300),
  'x'.repeat(5000),
  '2026-02-30',
  '2026-13',
  '9999-12',
  '0000-00',
  'year:0',
  'session:-1',
  '2018-W99',
  '1/2/3',
];

/** Requests made from the service's own description, most of them wrong somewhere. */
function maker(operations: Described[], known: () => string[], pick: Pick) {
  const acts = operations.filter(({ method, path }) => method === 'post' && path.includes('{things}'));
  const one = <T>(list: readonly T[]): T => {
    const found = list[pick(list.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  };
  const word = ({ enum: words, type }: Schema, name: string): string => {
    if (pick(9) === 0) return one(odd);
    if (words) return one(words);
    if (name === 'id') return one(pick(2) === 0 ? known().slice(-5) : [...known(), ...PEOPLE]);
    if (name === 'action') return one(VERBS);
    if (name === 'kind' || name === 'things')
      return one(['reports', 'reports', 'leads', 'pieces', 'handling', 'periods']);
    if (name === 'period' || name === 'month')
      return one(['2026', '2026-Q1', '2026-03', 'cycle:2026', 'term:13']);
    if (name === 'Idempotency-Key') return `key-${pick(100_000)}`;
    if (name === 'If-Match') return `"${1 + pick(3)}"`;
    if (type === 'integer') return String(pick(5));
    return one(['report-1', '2026-03-02', 'checker', 'all', 'title,row', ...odd]);
  };
  const body = (operation: Operation): string | undefined => {
    const [kind, given] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
    if (kind === undefined) return undefined;
    if (kind !== 'application/json')
      return one(['id,name\na,b\n', '{"id":1}\n', 'PK\u0003\u0004', '%PDF-1.4', ...odd]);
    const likely = one<unknown>([
      given?.example ?? {},
      { action: 'submit', input: { title: `第${pick(1000)}条`, ...text } },
      { action: one(VERBS), input: { title: '一条', ...text } },
      { input: checked },
      {
        changes: [{ path: 'quotas/four-a-year/need', value: one<unknown>([...odd, 6, [], {}]) }],
        period: '2026',
      },
    ]);
    const words = JSON.stringify(likely);
    return pick(2) === 0 ? words : mutate(words, pick);
  };
  return () => {
    // To open things and to act on them has more sides than to look at them.
    const { method, path, operation } = one(pick(3) === 0 ? acts : operations);
    const county = one(COUNTIES);
    let address = pick(20) === 0 ? path : path.replace('{county}', county);
    const query = new URLSearchParams();
    const headers: Record<string, string> = {};
    for (const { name, in: where, schema } of operation.parameters) {
      if (where === 'path') address = address.replace(`{${name}}`, encodable(word(schema, name)));
      else if (where === 'query' && pick(2) === 0) query.append(name, whole(word(schema, name)));
      else if (where === 'header' && pick(2) === 0)
        headers[name] = word(schema, name).replaceAll(/[^\x20-\x7e]/g, '');
    }
    const asked = query.size > 0 ? `?${query}` : '';
    const given = method === 'get' ? undefined : body(operation);
    const from = pick(12) === 0 ? one(COUNTIES) : county;
    const who = pick(20) === 0 ? null : `${from}-${one(PEOPLE)}`;
    return { method, path: `${address}${asked}`, headers, body: given, who };
  };
}
const whole = (word: string) => word.replaceAll(/\p{Surrogate}/gu, '\ufffd');
/** As a path has it: encoded, but now and then as it is. */
const encodable = (word: string) =>
  /^%|%2f/.test(word) ? word.replaceAll(/%(?![0-9a-f]{2})/gi, '%25') : encodeURIComponent(whole(word));

/** Two counties where everybody has a token, and so many requests that their description allows or almost does. */
export async function fuzzed(count: number): Promise<Figure[]> {
  const [configs, portal] = [freshFolder(), await openPortal()];
  for (const name of ['base', ...COUNTIES])
    copyFileSync(`configs/${name}.json`, join(configs, `${name}.json`));
  for (const name of COUNTIES)
    writeFileSync(
      join(configs, `${name}.directory.json`),
      JSON.stringify(demoDirectory(countyOf(name).county)),
    );
  const service = await startService(join(freshFolder(), 'fuzzed.db'), configs, portal.settings, [
    '--expose-gc',
    '--import',
    './tests/faults/collect.mjs',
  ]);
  const document: { paths: Record<string, Record<string, Operation>> } = await (
    await fetch(`${service.base}/openapi.json`)
  ).json();
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Described => ({ method, path, operation })),
  );
  const ids = ['report-1', 'lead-1', 'piece-1', 'handling-1', 'period-1'];
  const next = maker(operations, () => ids, counter(23));

  const statuses = new Map<number, number>();
  const heaps: number[] = [];
  const wrong: string[] = [];
  let [sent, failed, traces, unanswered] = [0, 0, 0, 0];
  const note = (what: string) => void (wrong.length < 10 && wrong.push(what));
  const worker = async () => {
    while (sent < count) {
      sent += 1;
      if (sent % Math.ceil(count / 5) === 0) heaps.push(await heapOf(service));
      const { method, path, headers, body, who } = next();
      if (who) headers['Authorization'] = `Bearer ${await portal.token(who)}`;
      const answer = await fetch(`${service.base}${path}`, {
        method: method.toUpperCase(),
        headers,
        signal: AbortSignal.timeout(30_000),
        ...(body === undefined ? {} : { body }),
      }).catch((error: unknown) => String(error));
      if (typeof answer === 'string') {
        unanswered += 1;
        note(`${method} ${path}: ${answer}`);
        continue;
      }
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      // What follows what happens does not end by itself.
      if (answer.headers.get('Content-Type')?.startsWith('text/event-stream')) {
        await answer.body?.cancel();
        continue;
      }
      const said = await answer.text().catch((error: unknown) => `\n    at ${String(error)}`);
      if (answer.status >= 500) {
        failed += 1;
        note(`${answer.status} ${method} ${path} ${who} ${body?.slice(0, 200)}: ${said.slice(0, 200)}`);
      }
      if (answer.status >= 400 && /\n\s+at |node:internal|\.[jt]s:\d+|SQLITE|SqliteError/.test(said)) {
        traces += 1;
        note(`${method} ${path}: ${said.slice(0, 300)}`);
      }
      const { id } = answer.status === 201 ? found(said) : {};
      if (typeof id === 'string' && ids.length < 200) ids.push(id);
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  heaps.push(await heapOf(service));
  const megabytes = heaps.map((heap) => heap / 2 ** 20);
  // Once everything has been asked for, the rest is what it keeps.
  const [early = 0, late = 0] = [megabytes[1], megabytes.at(-1)];
  const ready = (await fetch(`${service.base}/readyz`)).status;
  await service.end('SIGTERM');
  portal.close();
  return [
    { what: 'requests', value: sent, holds: true },
    {
      what: 'answers by status',
      value: [...statuses]
        .sort(([a], [b]) => a - b)
        .map(([status, times]) => `${status}: ${times}`)
        .join(', '),
      holds: (statuses.get(200) ?? 0) > count / 50 && (statuses.get(201) ?? 0) > 0,
    },
    none('5xx', failed),
    none('with a stack trace or words of the machinery', traces),
    none('without an answer', unanswered),
    {
      what: 'MB kept after each fifth',
      value: megabytes.map((heap) => heap.toFixed(1)).join(', '),
      // What it keeps of new reports, to find alike ones, is no leak.
      holds: late < early * 1.15 + 5,
    },
    { what: 'ready afterwards', value: ready, holds: ready === 200 },
    ...wrong.map((what) => ({ what, value: 'wrong', holds: false })),
  ];
}

function found(said: string): { id?: unknown } {
  try {
    return JSON.parse(said);
  } catch {
    return {};
  }
}
/** What a service keeps, in bytes, once it has collected its garbage. */
async function heapOf(service: Service): Promise<number> {
  service.signal('SIGUSR2');
  // Its own turn comes before the next request's.
  await fetch(`${service.base}/healthz`);
  const words = await (await fetch(`${service.base}/metrics`)).text();
  return Number(/^nodejs_heap_size_used_bytes (\S+)/m.exec(words)?.[1] ?? NaN);
}
