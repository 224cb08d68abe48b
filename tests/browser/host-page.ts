import type { Page } from 'playwright-core';
import { tellViolations, type openPortal } from './portal.ts';

/**
 * Pages of a host of its own, served from the server's place under the server's own content security policy, or under
 * that policy without a directive that the host's other scripts cannot keep.
 */
export async function hostPage(
  { browser, base, complaints }: Awaited<ReturnType<typeof openPortal>>,
  files: Record<string, string>,
  without = '',
): Promise<Page> {
  const answer = await fetch(base);
  const policy = (answer.headers.get('Content-Security-Policy') ?? '').replace(without, '');
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => complaints.push(String(error)));
  await tellViolations(page, complaints);
  for (const [name, body] of Object.entries(files))
    await page.route(`${base}host/${name}`, (route) =>
      route.fulfill({
        body,
        contentType: `${name.endsWith('.js') ? 'text/javascript' : 'text/html'}; charset=utf-8`,
        headers: { 'Content-Security-Policy': policy },
      }),
    );
  return page;
}

/** A page of plain tags; its scripts are files beside it. */
export const htmlPage = (body: string, scripts: readonly string[]) =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>门户</title><link rel="icon" href="data:,">
${scripts.map((src) => `<script type="module" src="${src}"></script>`).join('\n')}</head><body>${body}</body></html>`;

/** The portal's login, as its own script hands it over. */
export const tokenOf = (who: string, county = 'huantai') => `async () => (await (await fetch('/demo/token', {
  method: 'POST', body: JSON.stringify({ county: '${county}', id: '${who}' }) })).json()).token`;
