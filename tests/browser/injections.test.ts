import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stories } from '../../gallery/stories.ts';
import { safe } from '../../src/documents/html.ts';
import { openStories, tell } from './gallery.ts';
import { injections } from './injections.ts';

declare global {
  var hurt: number | undefined;
}

let gallery: Awaited<ReturnType<typeof openStories>>;
beforeAll(async () => {
  gallery = await openStories();
});
afterAll(() => gallery.close());

/** Whatever people read in an answer of the server becomes these words; names that code reads stay. */
const poison = (words: string) => {
  const ask = globalThis.fetch.bind(globalThis);
  const poisoned = (answer: unknown): unknown => {
    if (typeof answer === 'string') return /\p{Script=Han}/u.test(answer) ? words : answer;
    if (Array.isArray(answer)) return answer.slice(0, 20).map(poisoned);
    if (typeof answer !== 'object' || answer === null) return answer;
    return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, poisoned(value)]));
  };
  globalThis.fetch = async (input, init) => {
    const answer = await ask(input, init);
    if (!answer.headers.get('Content-Type')?.includes('json')) return answer;
    const { status, headers } = answer;
    return Response.json(poisoned(await answer.json()), { status, headers });
  };
};

/** Writes into every field in sight, each its own, and gives the links that would run something. */
const writeEverywhere = (words: readonly string[]) => {
  const found: string[] = [];
  let next = 0;
  const look = (root: ParentNode) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) look(node.shadowRoot);
      for (const { name, value } of node.attributes)
        if (/^(href|src|action|formaction|data|srcdoc)$/.test(name) && /javascript:|data:text/i.test(value))
          found.push(`${node.localName} ${name}=${value.slice(0, 40)}`);
      const writable =
        node instanceof HTMLTextAreaElement ||
        (node instanceof HTMLInputElement && ['text', 'search'].includes(node.type));
      if (!writable) continue;
      node.value = words[next % words.length] ?? '';
      next += 1;
      node.focus();
      for (const type of ['input', 'change']) node.dispatchEvent(new Event(type, { bubbles: true }));
    }
  };
  look(document);
  return { found, written: next };
};

async function hurtBy(words: readonly string[], without: boolean): Promise<string[]> {
  const page: Page = await gallery.browser.newPage();
  page.setDefaultTimeout(10_000);
  if (without)
    await page.route(gallery.address, async (route) => {
      const answer = await route.fetch();
      const { 'content-security-policy': _policy, ...headers } = answer.headers();
      await route.fulfill({ response: answer, headers });
    });
  await page.addInitScript(poison, words.join('\n'));
  await page.goto(gallery.address);
  const wrong: string[] = [];
  let written = 0;
  for (const { id } of stories) {
    await tell(page, { story: id, state: 'filled' });
    const { found, ...rest } = await page.evaluate(writeEverywhere, words);
    written += rest.written;
    wrong.push(...found.map((one) => `${id}: ${one}`));
    if (await page.evaluate(() => globalThis.hurt !== undefined)) return [...wrong, `${id}: a script ran`];
  }
  // What is written has been looked up and drawn meanwhile; a story that shows nothing proves nothing.
  expect(written).toBeGreaterThan(30);
  await page.close();
  return wrong;
}

test('of 100 strings of script in every text of every page, and typed into every field, none runs, with the policy and without', async () => {
  expect(new Set(injections).size).toBe(100);
  const wrong = await Promise.all([
    hurtBy(injections, false),
    // The other way round, so that what one leaves open does not always hide the same ones.
    hurtBy([...injections].reverse(), true),
  ]);
  expect(wrong).toEqual([[], []]);
}, 120_000);

test('nor in a page that the server writes; unescaped they would', async () => {
  const page = await gallery.browser.newPage();
  const inPage = async (words: readonly string[]) => {
    await page.setContent(
      `<!doctype html><title>${words[0]}</title>${words.map((one) => `<p title="${one}">${one}</p>`).join('')}`,
    );
    return page.evaluate(() => globalThis.hurt !== undefined);
  };
  expect(await inPage(injections.map(safe))).toBe(false);
  expect(await inPage(injections)).toBe(true);
  await page.close();
});
