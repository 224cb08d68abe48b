// Draws docs/desk.png anew: the built server with its demo year, the review desk as the office director sees it.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from './find-chromium.mjs';

const OUT = 'docs/desk.png';
const LIMIT = 300 * 1024;
const folder = mkdtempSync(join(tmpdir(), 'minqing-screenshot-'));
const server = spawn(
  process.execPath,
  ['dist/cli.js', 'serve', '--demo', '--db', join(folder, 'demo.db'), '--port', '0'],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);
const base = new Promise((resolve, reject) => {
  let said = '';
  server.stdout.on('data', (words) => {
    said += words;
    const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(said);
    if (found) resolve(found[0]);
  });
  server.once('exit', (code) =>
    reject(new Error(`The server ended with ${code}. Is it built? npm run build`)),
  );
});

let browser = null;
try {
  const address = await base;
  browser = await chromium.launch({
    executablePath: await findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${address}?county=huantai&as=huantai-office-director&lang=zh#desk`);
  const desk = page.locator('mq-review-desk');
  await desk.locator('button[data-view="all"]').click();
  // One that the director can do something with, where the list has one in sight.
  const rows = desk.locator('.row');
  await rows.first().waitFor();
  const reserved = rows.filter({ has: page.locator('[data-stage="reserved"]') });
  await ((await reserved.count()) > 0 ? reserved : rows).first().click();
  await desk.locator('article .title').waitFor();
  await page.mouse.move(0, 0);
  await desk.evaluate((element) => {
    element.shadowRoot.activeElement?.blur();
    element.shadowRoot.querySelector('.list').scrollTop = 0;
    // Above it stand only the demo's switches and the county's name.
    document.querySelector('nav.main').scrollIntoView();
  });
  // The rows in sight are drawn once the scrolling is heard.
  await page.waitForTimeout(300);
  await page.screenshot({ path: OUT });
} finally {
  await browser?.close();
  server.removeAllListeners('exit');
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
const { size } = statSync(OUT);
console.log(`${OUT}: ${Math.round(size / 1024)} KB`);
if (size > LIMIT) {
  console.error(`${OUT} is larger than ${LIMIT / 1024} KB.`);
  process.exitCode = 1;
}
