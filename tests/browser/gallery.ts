import type { Page } from 'playwright-core';
import { openGallery } from '../../gallery/serve.ts';
import { closePages, openChromium } from './chromium.ts';
import { tellViolations } from './portal.ts';

export interface Look {
  story: string;
  state: string;
  language?: string;
  theme?: string;
  elder?: string;
}

/** The gallery in a real Chromium: the stories that are looked at by people are the ones held here. */
export async function openStories() {
  const gallery = await openGallery();
  const browser = await openChromium();
  const complaints: string[] = [];
  return {
    browser,
    complaints,
    address: gallery.address,
    async open(width: number): Promise<Page> {
      const page = await browser.newPage({ viewport: { width, height: 800 }, reducedMotion: 'reduce' });
      page.setDefaultTimeout(10_000);
      page.on('pageerror', (error) => complaints.push(String(error)));
      await tellViolations(page, complaints);
      await page.goto(gallery.address);
      return page;
    },
    async close() {
      await closePages(browser);
      await gallery.close();
    },
  };
}

/** Has a story shown and waits until it stands. */
export async function tell(page: Page, look: Look): Promise<void> {
  const hash = `#${new URLSearchParams({ ...look, bare: '1' })}`;
  await page.evaluate((to) => (location.hash = to), hash);
  await page.locator(`body[data-shown="${hash}"]`).waitFor();
}
