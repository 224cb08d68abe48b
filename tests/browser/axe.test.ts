import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stories } from '../../gallery/stories.ts';
import { openStories, tell } from './gallery.ts';

declare global {
  interface Window {
    axe: { run: (context: string, options: RunOptions) => Promise<AxeResults> };
  }
}

let gallery: Awaited<ReturnType<typeof openStories>>;
let script = '';
beforeAll(async () => {
  gallery = await openStories();
  script = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
});
afterAll(async () => {
  expect(gallery.complaints).toEqual([]);
  await gallery.close();
});

test.each([
  { width: 1280, language: 'zh', theme: 'light' },
  { width: 360, language: 'en', theme: 'dark' },
])(
  'no element breaks a rule of WCAG 2.2 AA in any of its states, $width px wide, $language, $theme',
  async ({ width, ...look }) => {
    const page = await gallery.open(width);
    await page.evaluate(script);
    const found: string[] = [];
    for (const { id, states } of stories)
      for (const state of states) {
        await tell(page, { story: id, state, ...look });
        const broken = await page.evaluate(async () => {
          const { violations } = await window.axe.run('#stage', {
            resultTypes: ['violations'],
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
          });
          return violations.flatMap(({ id, nodes }) =>
            nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)} ${failureSummary}`),
          );
        });
        found.push(...broken.map((one) => `${id} ${state}: ${one}`));
      }
    expect(found).toEqual([]);
    await page.close();
  },
  60_000,
);
