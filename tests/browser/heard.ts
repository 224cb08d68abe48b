import type { Page } from 'playwright-core';

/**
 * Takes note of all that an element says aloud from now on: the words of each live region whenever something is put
 * into it or changed. What is only taken away is not read out.
 */
export async function listen(page: Page, tag: string): Promise<() => Promise<string[]>> {
  await page.evaluate((name) => {
    const said: string[] = [];
    Object.assign(window, { said });
    const root = document.querySelector(name)?.shadowRoot;
    if (!root) throw new Error(name);
    const loud = '[role="alert"], [role="status"], [aria-live]';
    let before = new Map<Element, string>();
    const look = () => {
      const now = new Map<Element, string>();
      for (const node of root.querySelectorAll(loud)) {
        const words = (node.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
        now.set(node, words);
        const were = before.get(node) ?? '';
        if (words !== were && !were.includes(words)) said.push(words);
      }
      before = now;
    };
    look();
    said.length = 0;
    new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true });
  }, tag);
  return () => page.evaluate(() => ('said' in window && Array.isArray(window.said) ? window.said : []));
}
