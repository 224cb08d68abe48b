import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { packageRoot, serve } from '../../src/server/main.ts';
import { limit, ratio } from './measure.ts';

const FIELDS = 12;
const ROUNDS = 5;
const OPENED = 500;

/** The peer's page: the viewer alone, without its styles, with as many fields of the same kinds, in Chinese as ours. */
const peer = `
  import { createForm } from '@bpmn-io/form-js-viewer';
  const text = Array.from({ length: ${FIELDS} - 4 }, (_, at) => ({ type: 'textfield', key: 'text' + at, label: '栏目' + at }));
  const values = [{ label: 'A', value: 'a' }, { label: 'B', value: 'b' }];
  createForm({
    container: document.querySelector('#form'),
    schema: { type: 'default', components: [
      ...text,
      { type: 'textarea', key: 'long0', label: '正文一' },
      { type: 'textarea', key: 'long1', label: '正文二' },
      { type: 'select', key: 'choice', label: '选项', values },
      { type: 'datetime', key: 'date', label: '日期', dateLabel: '日期', subtype: 'date' },
    ] },
    data: {},
  });`;

async function pages() {
  const bundled = await build({
    stdin: { contents: peer, resolveDir: packageRoot },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const page = (body: string, ...scripts: string[]) =>
    `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${scripts.map((src) => `<script type="module" src="${src}"></script>`).join('')}${body}`;
  const ours = (tag: string) =>
    page(`<mq-county id="county"><mq-${tag}></mq-${tag}></mq-county>`, '/minqing.js', '/bench/ours.js');
  const html = 'text/html; charset=utf-8';
  const script = 'text/javascript; charset=utf-8';
  return new Map([
    ['/bench/peer', { type: html, body: page('<div id="form"></div>', '/bench/peer.js') }],
    ['/bench/peer.js', { type: script, body: bundled.outputFiles[0]?.text ?? '' }],
    ['/bench/form', { type: html, body: ours('report-form') }],
    ['/bench/desk', { type: html, body: ours('review-desk') }],
    [
      '/bench/ours.js',
      {
        type: script,
        body: `const county = document.querySelector('#county');
const token = fetch('/demo/token', { method: 'POST', body: JSON.stringify({ county: 'huantai', id: new URLSearchParams(location.search).get('as') }) });
county.token = async () => (await (await token).clone().json()).token;
county.county = 'huantai';`,
      },
    ],
  ]);
}

interface Larger {
  fields: number;
  rows: number;
  known: Record<string, unknown>;
}

/** What the server answers before a form is drawn, known beforehand: the peer asks none, so none is waited for. */
async function answersFor(base: string, who: string): Promise<Record<string, unknown>> {
  const asked = { method: 'POST', body: JSON.stringify({ county: 'huantai', id: who }) };
  const { token }: { token: string } = await (await fetch(`${base}/demo/token`, asked)).json();
  const headers = { Authorization: `Bearer ${token}` };
  const known: Record<string, unknown> = { '/demo/token': { token } };
  for (const path of ['/counties/huantai', '/counties/huantai/reports/new'])
    known[path] = await (await fetch(`${base}${path}`, { headers })).json();
  return known;
}

/** Answers as the server does, but with so many fields in the blank form and so many rows in the queue. */
const enlarged = ({ fields, rows, known }: Larger) => {
  const ask = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const url = new URL(String(input), location.href);
    const answer = url.pathname in known ? Response.json(known[url.pathname]) : await ask(input, init);
    if (fields > 0 && url.pathname.endsWith('/reports/new')) {
      const { actions } = await answer.json();
      for (const action of actions) {
        const of = (type: string, name: string) => ({ ...action.fields[0], type, name, label: name });
        action.fields = [
          ...Array.from({ length: fields - 4 }, (_, at) => of('text', `text${at}`)),
          of('long-text', 'long0'),
          of('long-text', 'long1'),
          { ...of('choice', 'choice'), options: [{ value: 'a', label: 'A' }] },
          of('date', 'date'),
        ];
      }
      return Response.json({ actions });
    }
    if (rows > 0 && url.pathname.endsWith('/reports')) {
      const page = await answer.json();
      const [first] = page.rows;
      const from = Number(url.searchParams.get('after') ?? 0);
      const many = Array.from({ length: 100 }, (_, at) => ({ ...first, id: `report-${from + at}` }));
      const next = from + 100 < rows ? String(from + 100) : null;
      return Response.json({ ...page, rows: many, total: rows, next });
    }
    return answer;
  };
};

/** Notes when so many of what is waited for are painted, in milliseconds from the navigation. */
const notePainted = ({ host, selector, least }: Wanted) => {
  const look = () => {
    const root = host === null ? document : document.querySelector(host)?.shadowRoot;
    const there = root && root.querySelectorAll(selector).length >= least;
    requestAnimationFrame(there ? () => Object.assign(window, { painted: performance.now() }) : look);
  };
  look();
};
interface Wanted {
  /** The element that they are in; in the page itself without. */
  host: string | null;
  selector: string;
  least: number;
}

async function timed(
  browser: Browser,
  address: string,
  wanted: Wanted,
  more: { cpu: number; larger?: Partial<Larger> },
) {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const page = await browser.newPage();
    const line = await page.context().newCDPSession(page);
    await line.send('Emulation.setCPUThrottlingRate', { rate: more.cpu });
    await page.addInitScript(enlarged, { fields: 0, rows: 0, known: {}, ...more.larger });
    await page.addInitScript(notePainted, wanted);
    await page.goto(address, { waitUntil: 'commit' });
    const painted = await page.waitForFunction(() => 'painted' in window && Number(window.painted));
    least = Math.min(least, Number(await painted.jsonValue()));
    await page.close();
  }
  return least;
}

/** Milliseconds from a key's input until all that it changed is done, the slowest of twenty left out. */
async function typing(page: Page, address: string): Promise<number> {
  await page.goto(address);
  const field = page.locator('mq-report-form textarea').first();
  await page.getByRole('textbox', { name: /^标题/ }).fill('关于加强城区校园周边交通安全管理的建议');
  await field.click();
  await page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(window, { taken });
    addEventListener(
      'input',
      () => {
        const from = performance.now();
        const channel = new MessageChannel();
        channel.port1.onmessage = () => taken.push(performance.now() - from);
        channel.port2.postMessage(null);
      },
      { capture: true },
    );
  });
  await page.keyboard.type('城区三所小学放学时段校门口接送车辆密集,机动车占用非机动车道。'.repeat(5), {
    delay: 15,
  });
  const taken: unknown = await page.evaluate(() => ('taken' in window ? window.taken : []));
  const sorted = Array.isArray(taken) ? taken.map(Number).sort((a, b) => a - b) : [];
  return sorted[Math.floor(sorted.length * 0.95)] ?? Infinity;
}

/** KiB that the heap grows by for each report that is opened and closed again, after as many to warm up. */
async function growth(page: Page, address: string): Promise<number> {
  await page.goto(address);
  const line = await page.context().newCDPSession(page);
  await line.send('Performance.enable');
  await page.locator('mq-review-desk button[data-view="all"]').click();
  await page.locator('mq-review-desk .row').nth(10).waitFor();
  const open = (times: number) =>
    page.evaluate(async (rounds) => {
      const root = document.querySelector('mq-review-desk')?.shadowRoot;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let round = 0; round < rounds; round += 1) {
        const row = root?.querySelectorAll<HTMLElement>('.row')[round % 10];
        row?.click();
        while (root?.querySelector('article')?.dataset['thing'] !== row?.dataset['thing']) await frame();
        root?.querySelector<HTMLElement>('.back')?.click();
        while (root?.querySelector('article')) await frame();
      }
    }, times);
  const heap = async () => {
    await line.send('HeapProfiler.collectGarbage');
    const { metrics } = await line.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Infinity;
  };
  await open(OPENED / 5);
  const before = await heap();
  await open(OPENED);
  return ((await heap()) - before) / 1024 / OPENED;
}

/** The page in Chromium, beside form-js's viewer in the same run. */
export async function benchBrowser(): Promise<void> {
  const server = await serve({
    port: 0,
    db: ':memory:',
    configs: `${packageRoot}configs`,
    demo: true,
    year: true,
    told: () => {},
    settings: null,
    pages: await pages(),
  });
  const browser = await chromium.launch({
    executablePath: process.env['MINQING_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const at = (path: string, who: string) => `http://127.0.0.1:${server.port}/bench/${path}?as=huantai-${who}`;
  try {
    console.log(`Chromium ${browser.version()}: a form of ${FIELDS} fields, from load to usable`);
    const known = await answersFor(`http://127.0.0.1:${server.port}`, 'huantai-author-1');
    for (const cpu of [1, 4]) {
      const fields = { host: 'mq-report-form', selector: '[data-field]', least: FIELDS };
      const theirFields = { host: null, selector: 'input, textarea', least: FIELDS };
      const ours = await timed(browser, at('form', 'author-1'), fields, {
        cpu,
        larger: { fields: FIELDS, known },
      });
      const theirs = await timed(browser, at('peer', ''), theirFields, { cpu });
      console.log(`  CPU ${cpu}×: ${Math.round(ours)} ms, form-js ${Math.round(theirs)} ms`);
      ratio(`form-js's time against ours, CPU ${cpu}×`, theirs / ours, 3);
    }
    console.log('the review desk and the form in use');
    const row = { host: 'mq-review-desk', selector: '.row', least: 5 };
    const desk = at('desk', 'checker');
    const small = await timed(browser, desk, row, { cpu: 1, larger: { rows: 1_000 } });
    const large = await timed(browser, desk, row, { cpu: 1, larger: { rows: 10_000 } });
    limit('a queue of 10,000 painted, against one of 1,000', large / small, 2, '×');
    const page = await browser.newPage();
    limit('a key typed with the similar look-up on', await typing(page, at('form', 'author-1')), 16, ' ms');
    limit(`${OPENED} reports opened and closed, each`, await growth(page, desk), 1, ' KiB');
  } finally {
    await browser.close();
    await server.close();
  }
}
