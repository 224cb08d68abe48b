import { chromium, type Browser } from 'playwright-core';

let started: Promise<Browser> | null = null;

/**
 * One Chromium for all the files that a worker runs, since it takes seconds to start; every page has a context of its
 * own, and a file closes those it opened. It ends with the worker.
 */
export async function openChromium(): Promise<Browser> {
  started ??= chromium.launch({
    executablePath: process.env['MINQING_CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  return started;
}

export async function closePages(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}
