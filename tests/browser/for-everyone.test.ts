import { afterAll, beforeAll, expect, test } from 'vitest';
import { stories } from '../../gallery/stories.ts';
import { openStories, tell } from './gallery.ts';

let gallery: Awaited<ReturnType<typeof openStories>>;
beforeAll(async () => {
  gallery = await openStories();
});
afterAll(async () => {
  expect(gallery.complaints).toEqual([]);
  await gallery.close();
});

/** What can be pressed or filled and is lower than a finger is wide; links in running text are as high as the text. */
const tooLow = (least: number) => {
  const found: string[] = [];
  const look = (root: ParentNode) => {
    for (const node of root.querySelectorAll<HTMLElement>('*')) {
      if (node.shadowRoot) look(node.shadowRoot);
      if (!node.matches('button, input, select, textarea, summary') || !node.checkVisibility()) continue;
      const small = node.matches('[type="checkbox"], [type="radio"]');
      const target = small ? (node.closest('label') ?? node) : node;
      const { height } = target.getBoundingClientRect();
      if (height < least - 0.5)
        found.push(`${node.localName}.${node.className} ${node.textContent?.trim().slice(0, 20)} ${height}`);
    }
  };
  look(document.querySelector('#stage') ?? document);
  return found;
};

const look = { language: 'zh', theme: 'light' };

/** What is said twice, and regions that speak inside one that does. */
const heard = () => {
  const speaking = '[role="alert"], [role="status"], [aria-live]';
  const regions: Element[] = [];
  const nested: string[] = [];
  const look = (root: ParentNode) => {
    for (const node of root.querySelectorAll('*')) {
      if (node.shadowRoot) look(node.shadowRoot);
      if (!node.matches(speaking)) continue;
      regions.push(node);
      if (node.parentElement?.closest(speaking)) nested.push(node.textContent ?? '');
    }
  };
  look(document);
  const said = regions.flatMap((node) =>
    [...node.querySelectorAll('li, p')].map((one) => one.textContent?.trim() ?? ''),
  );
  return { nested, twice: said.filter((words, at) => words !== '' && said.indexOf(words) !== at), said };
};

test('at 400 % zoom nothing is scrolled sideways, whatever is pressed is 44 px high, nothing moves by itself, and what is wrong is said once', async () => {
  const page = await gallery.open(320);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  const found: string[] = [];
  for (const { id, states } of stories)
    for (const state of states.filter((one) => ['filled', 'long', 'failed'].includes(one))) {
      await tell(page, { story: id, state, ...look });
      const seen = await page.evaluate(() => ({
        wide: document.documentElement.scrollWidth,
        moving: document.getAnimations().length,
      }));
      const low = await page.evaluate(tooLow, 44);
      const { nested, twice, said } = await page.evaluate(heard);
      if (seen.wide > 320) found.push(`${id} ${state}: ${seen.wide} px wide`);
      if (seen.moving > 0) found.push(`${id} ${state}: ${seen.moving} animations`);
      if (id.endsWith('.wrong') && said.length === 0) found.push(`${id} ${state}: nothing is said`);
      found.push(...[...low, ...nested, ...twice].map((one) => `${id} ${state}: ${one}`));
    }
  expect(found).toEqual([]);
  await page.close();
}, 120_000);

test('for the old the type and targets are large, less is shown at once, and the page is read aloud', async () => {
  const page = await gallery.open(360);
  await page.addInitScript(() => {
    // A voice that says at once what it is given, and keeps it.
    const said: string[] = [];
    Object.assign(window, { said });
    window.speechSynthesis.speak = (spoken) => {
      said.push(`${spoken.lang} ${spoken.text}`);
      if (spoken.text === '') setTimeout(() => spoken.dispatchEvent(new Event('end')));
    };
  });
  await page.reload();
  const open = { story: 'review-desk.open', state: 'filled', ...look };
  await tell(page, open);
  const secondary = page.locator('mq-review-desk .secondary:visible');
  expect(await secondary.count()).toBeGreaterThan(1);
  await tell(page, { ...open, elder: '1' });
  expect(await secondary.count()).toBe(0);
  expect(await page.evaluate(tooLow, 56)).toEqual([]);
  const size = await page
    .locator('mq-review-desk')
    .evaluate((node) => Number.parseFloat(getComputedStyle(node).fontSize));
  expect(size).toBeGreaterThanOrEqual(22);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

  await tell(page, { story: 'report-form', state: 'filled', ...look, elder: '1' });
  const read = page.getByRole('button', { name: '朗读本页' });
  await read.press('Enter');
  await read.waitFor();
  const said = await page.evaluate(() => ('said' in window && Array.isArray(window.said) ? window.said : []));
  expect(said[0]).toBe('zh-CN 反映社情民意');
  expect(said).toContain('zh-CN 非涉密系统,严禁填报涉密信息');
  expect(said.filter((one) => String(one).includes('严禁填报'))).toHaveLength(1);
  await page.close();
});

test('in forced colours what is chosen still differs', async () => {
  const page = await gallery.open(1280);
  await page.emulateMedia({ forcedColors: 'active' });
  await tell(page, { story: 'review-desk.open', state: 'filled', ...look });
  const lines = (pressed: boolean) =>
    page
      .locator(`mq-review-desk button[data-view][aria-pressed="${pressed}"]`)
      .first()
      .evaluate((node) => {
        const { outlineStyle, borderTopColor } = getComputedStyle(node);
        return `${outlineStyle} ${borderTopColor}`;
      });
  expect(await lines(true)).not.toBe(await lines(false));
  await page.close();
});

test('in forced colours the map of the stages is drawn in the reader’s two colours, light or dark', async () => {
  const page = await gallery.open(1280);
  await tell(page, { story: 'workflow-map', state: 'filled', ...look });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    const map = page.locator('mq-workflow-map .flow');
    await map.locator('.edge path').first().waitFor();
    const [ground, ink, ...drawn] = await map.evaluate((flow) => {
      const probe = flow.appendChild(document.createElement('i'));
      probe.style.cssText = 'forced-color-adjust:none;background:Canvas;color:CanvasText';
      const { backgroundColor, color } = getComputedStyle(probe);
      probe.remove();
      const of = (selector: string, what: 'stroke' | 'fill') =>
        [...flow.querySelectorAll(selector)].map((one) => getComputedStyle(one)[what]);
      return [
        backgroundColor,
        color,
        ...of('.edge path', 'stroke'),
        ...of('marker path', 'fill'),
        ...of('.edge text', 'fill'),
      ];
    });
    expect(ground).not.toBe(ink);
    expect(new Set(drawn)).toEqual(new Set([ink]));
  }
  await page.close();
});
