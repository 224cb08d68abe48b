import { mkdir, rm } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { openGallery } from './serve.ts';
import { stories } from './stories.ts';

const OUT = 'screenshots';
/** A picture is no higher than this, in pixels. */
const HIGHEST = 4_000;
const [only = ''] = process.argv.slice(2);

const gallery = await openGallery();
const browser = await chromium.launch({
  executablePath: process.env['MINQING_CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
if (only === '') await rm(OUT, { recursive: true, force: true });
await mkdir(OUT, { recursive: true });
let taken = 0;
try {
  for (const width of [1280, 360]) {
    const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
    await page.goto(gallery.address);
    for (const theme of ['light', 'dark'])
      for (const language of ['zh', 'en'])
        for (const { id, states } of stories.filter((story) => story.id.startsWith(only)))
          for (const state of states) {
            const hash = `#${new URLSearchParams({ story: id, state, language, theme, bare: '1' })}`;
            await page.evaluate((to) => (location.hash = to), hash);
            await page.locator(`body[data-shown="${hash}"]`).waitFor();
            const high = await page.evaluate(() => document.documentElement.scrollHeight);
            await page.screenshot({
              path: `${OUT}/${id}-${state}-${language}-${width}-${theme}.png`,
              clip: { x: 0, y: 0, width, height: Math.min(high, HIGHEST) },
              fullPage: true,
            });
            taken += 1;
          }
    await page.close();
  }
} finally {
  await browser.close();
  await gallery.close();
}
console.log(`${OUT}/: ${taken} pictures`);
