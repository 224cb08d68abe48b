import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { CountyConfig } from '../../src/county/config.generated.ts';
import { serve, packageRoot } from '../../src/server/main.ts';
import type { ThingKind } from '../../src/model/thing.ts';
import { closePages, openChromium } from './chromium.ts';

/** The served page in a real Chromium, and people who open it in their roles. */
export async function openPortal(
  db = ':memory:',
  origins: readonly string[] = [],
  configs = `${packageRoot}configs`,
) {
  const started = (port: number) =>
    serve({
      port,
      db,
      configs,
      demo: true,
      year: false,
      told: () => {},
      origins,
      settings: null,
      stopWithin: 500,
    });
  let server = await started(0);
  const browser = await openChromium();
  const complaints: string[] = [];
  const base = `http://127.0.0.1:${server.port}/`;
  const open = async (county: string, who: string, section: string, language = 'zh'): Promise<Page> => {
    const page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => complaints.push(String(error)));
    await tellViolations(page, complaints);
    await page.goto(`${base}?county=${county}&as=${county}-${who}&lang=${language}#${section}`);
    return page;
  };
  return {
    open,
    browser,
    complaints,
    base,
    /** The server alone, as when it is killed; the pages stay open. */
    stop: () => server.close(),
    async start(port: number) {
      server = await started(port);
    },
    async close() {
      await closePages(browser);
      await server.close();
    },
  };
}

type Portal = Awaited<ReturnType<typeof openPortal>>;

/** The portal of a file's tests: open before the first, closed after the last, and no page had anything to complain of. */
export function usePortal(...parts: Parameters<typeof openPortal>): Portal {
  let opened: Portal | null = null;
  const now = (): Portal => {
    if (!opened) throw new Error('The portal opens before the first test; ask for it in one.');
    return opened;
  };
  beforeAll(async () => {
    opened = await openPortal(...parts);
  });
  afterAll(async () => {
    expect(opened?.complaints).toEqual([]);
    await opened?.close();
  });
  return {
    open: (...asked) => now().open(...asked),
    get browser() {
      return now().browser;
    },
    get complaints() {
      return now().complaints;
    },
    get base() {
      return now().base;
    },
    stop: () => now().stop(),
    start: (port) => now().start(port),
    close: () => now().close(),
  };
}

/** A folder of the counties' configs in which one says something else besides; gone after the file's tests. */
export function configsWith(county: string, more: (config: CountyConfig) => object): string {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-configs-'));
  cpSync('configs', folder, { recursive: true });
  const file = join(folder, `${county}.json`);
  const config: CountyConfig = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify({ ...config, ...more(config) }));
  afterAll(() => rmSync(folder, { recursive: true }));
  return `${folder}/`;
}

/** Whatever the page's content security policy stops, or would stop if it were enforced, becomes a complaint. */
export async function tellViolations(page: Page, complaints: string[]): Promise<void> {
  page.on('console', (message) => {
    if (/Content[ -]Security[ -]Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sample }) =>
      console.info(`Content Security Policy: ${violatedDirective} stops ${blockedURI} ${sample}`),
    );
  });
}

/** Opens a thing of the desk's queue by its id and gives its article. */
export async function openThing(page: Page, kind: ThingKind, id: string, view = 'todo') {
  const desk = page.locator('mq-review-desk');
  await desk.locator(`[data-kind="${kind}"]`).click();
  await desk.locator(`button[data-view="${view}"]`).click();
  await desk.locator(`.row[data-thing="${id}"]`).click();
  const thing = desk.locator(`article[data-thing="${id}"]`);
  await thing.waitFor();
  return thing;
}
