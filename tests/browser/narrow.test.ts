import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { checkedBy, done, sent } from './acts.ts';
import { usePortal } from './portal.ts';

const portal = usePortal();
let id = '';
beforeAll(async () => {
  id = await sent(portal, 'huantai', 'author-1', '关于窄屏幕的建议');
  const at = ['report', id] as const;
  await checkedBy(portal, 'huantai', id);
  await done(portal, ['huantai', 'office-director'], at, 'ask', { asked: ['education-bureau'] });
});

/** Words that are broken inside, and short cells of characters that stand one above the other. */
const broken = (page: Page) =>
  page.evaluate(() => {
    const found: string[] = [];
    const lines = (node: Text, from: number, to: number) => {
      const range = document.createRange();
      range.setStart(node, from);
      range.setEnd(node, to);
      return new Set(
        [...range.getClientRects()].filter(({ width }) => width > 0).map(({ top }) => Math.round(top)),
      ).size;
    };
    const look = (root: ParentNode & Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node instanceof Element && node.shadowRoot) look(node.shadowRoot);
        if (
          !(node instanceof Text) ||
          !node.parentElement?.closest('button, th, td, label, h2, h3, p, dt, span')
        )
          continue;
        if (node.parentElement.closest('.seen-by-readers, option, svg')) continue;
        for (const { 0: word, index } of node.data.matchAll(/[A-Za-z]{2,}/g))
          if (lines(node, index, index + word.length) > 1) found.push(word);
        const short = node.data.trim();
        const from = node.data.indexOf(short);
        if (/^[\u4e00-\u9fff]{2,4}$/.test(short) && lines(node, from, from + short.length) > 1)
          found.push(short);
      }
    };
    look(document.body);
    return found;
  });

test.each(['zh', 'en'])(
  'on 360 px in %s no word is broken in any element, and no page is wider than the screen',
  async (language) => {
    const see = async (who: string, section: string, element: string, open?: string, shown?: string) => {
      const page = await portal.open('huantai', who, section, language);
      await page.setViewportSize({ width: 360, height: 740 });
      const inside = page.locator(element);
      await inside.locator('h2').waitFor();
      if (open) await inside.locator(open).first().click();
      if (shown) await inside.locator(shown).first().waitFor();
      expect([section, await broken(page)]).toEqual([section, []]);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect([section, width]).toEqual([section, 360]);
      await page.close();
    };
    await see('office-director', 'report', 'mq-report-form', undefined, 'form');
    await see('author-1', 'mine', 'mq-my-reports', `button[data-thing="${id}"]`, '[data-points]');
    await see('author-1', 'scores', 'mq-scoreboard', 'tr[data-subject] button', 'tr.lines');
    await see('office-director', 'scores', 'mq-scoreboard', 'tr[data-subject] button', 'tr.lines');
    await see('checker', 'desk', 'mq-review-desk', 'button[data-view="all"]', '.row');
    await see('education-bureau', 'handling', 'mq-handling-board', `button[data-thing="${id}"]`, 'article');
    await see('checker', 'map', 'mq-workflow-map', 'details summary', 'details li');
  },
  60_000,
);

test('a timeline and a rating fit as well', async () => {
  const page = await portal.open('huantai', 'author-1', 'report', 'en');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.evaluate((thing) => {
    const section = document.querySelector('section#report');
    const timeline = document.createElement('mq-report-timeline');
    timeline.setAttribute('thing', thing);
    section?.append(timeline, document.createElement('mq-satisfaction-form'));
  }, id);
  await page.locator('mq-report-timeline ol.history li').first().waitFor();
  expect(await broken(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
