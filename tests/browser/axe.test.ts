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

/** What a look at the page finds, as lines. */
const lookAt = () =>
  window.axe
    .run('#stage', {
      resultTypes: ['violations'],
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
    })
    .then(({ violations }) =>
      violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary }) => `${id} ${JSON.stringify(target)} ${failureSummary}`),
      ),
    );

async function violations(width: number, look: { language: string; theme: string }, only?: string) {
  const page = await gallery.open(width);
  await page.evaluate(script);
  const found: string[] = [];
  for (const { id, states } of stories)
    for (const state of states.filter((one) => one === (only ?? one))) {
      await tell(page, { story: id, state, ...look });
      found.push(...(await page.evaluate(lookAt)).map((one) => `${id} ${state}: ${one}`));
    }
  await page.close();
  return found;
}

test('no element breaks a rule of WCAG 2.2 AA in any state; filled, none does in English, on a phone and in the dark', async () => {
  const found = await Promise.all([
    violations(1280, { language: 'zh', theme: 'light' }),
    violations(360, { language: 'en', theme: 'dark' }, 'filled'),
  ]);
  expect(found.flat()).toEqual([]);
}, 120_000);
