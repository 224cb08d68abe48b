import { expect, test } from 'vitest';
import type { Locator } from 'playwright-core';
import { checkedBy, openMine, report, stands, take } from './acts.ts';
import { usePortal, openThing } from './portal.ts';

const portal = usePortal();

const marked = async (place: Locator, mark: string) => {
  await place.locator('svg [data-mark="current"]').waitFor();
  return place
    .locator(`svg [data-mark="${mark}"]`)
    .evaluateAll((stages) => stages.map((stage) => stage.getAttribute('data-stage')));
};

test('a report’s flow is folded up, and opened marks where it stands and has been, in the words too; an act moves the mark', async () => {
  const author = await portal.open('huantai', 'author-1', 'report');
  const id = await report(author, '关于健身步道照明的建议');
  await checkedBy(portal, 'huantai', id);
  const page = await portal.open('huantai', 'office-director', 'desk');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/flows/')) asked.push(request.url());
  });
  const thing = await openThing(page, 'report', id);
  const flow = thing.locator('details[data-flow]');
  expect(await flow.locator('svg').count()).toBe(0);
  asked.length = 0;
  await flow.locator('summary').first().press('Enter');
  expect(await marked(flow, 'current')).toEqual(['second-review']);
  expect(await marked(flow, 'visited')).toEqual(['draft', 'initial-check']);
  expect(asked).toHaveLength(1);
  const words = await flow.getByRole('img').getAttribute('aria-label');
  expect(words).toMatch(/复审\(当前环节,时限 3 个工作日,\d{4}-\d\d-\d\d 到期\):复审通过 → 审签/);
  expect(words).toMatch(/初核\(已经过,时限 3 个工作日,\d{4}-\d\d-\d\d 起\)/);
  // The box says the same as the words.
  expect(await flow.locator('[data-stage="second-review"]').textContent()).toMatch(/3 个工作日.*到期/s);
  await flow.getByText('文字说明').press('Enter');
  await flow.getByRole('listitem').filter({ hasText: '复审(当前环节' }).waitFor();

  await take(thing, '复审通过');
  await stands(thing, 'sign-off');
  await flow.locator('svg [data-stage="sign-off"][data-mark="current"]').waitFor();
  expect(await marked(flow, 'visited')).toEqual(['draft', 'initial-check', 'second-review']);

  const own = await openMine(portal, ['huantai', 'author-1'], id);
  await own.locator('details[data-flow] summary').first().press('Enter');
  expect(await marked(own, 'current')).toEqual(['sign-off']);
});

test('the current stage, or else the first, is in sight, and on a narrow screen the flow runs down', async () => {
  const page = await portal.open('huantai', 'checker', 'map');
  const map = page.locator('mq-workflow-map');
  const inSight = (which = '.current') =>
    map.evaluate((element, which) => {
      const place = element.shadowRoot?.querySelector('.flow')?.getBoundingClientRect();
      const box = element.shadowRoot?.querySelector(`${which} rect`)?.getBoundingClientRect();
      return (
        !!place &&
        !!box &&
        box.left >= place.left &&
        box.right <= place.right &&
        box.top >= place.top &&
        box.bottom <= place.bottom
      );
    }, which);
  await map.locator('svg[data-direction="right"] .stage').first().waitFor();
  expect(await inSight('.stage')).toBe(true);
  await map.evaluate((element) => element.setAttribute('current', 'to-compile'));
  await map.locator('svg[data-direction="right"] [data-mark="current"]').waitFor();
  expect(await inSight()).toBe(true);
  await page.setViewportSize({ width: 360, height: 740 });
  await map.locator('svg[data-direction="down"] [data-mark="current"]').waitFor();
  expect(await inSight()).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});
