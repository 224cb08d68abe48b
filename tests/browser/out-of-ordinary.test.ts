import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { checked } from '../desk/office.ts';
import { check, done, sent, stands, take } from './acts.ts';
import { openThing, usePortal, configsWith } from './portal.ts';

/** Huantai, where what is most urgent skips the second review, and whoever checked it before need not review it again. */
const own = {
  posts: [{ id: 'office-director', deputies: [] }],
  rules: [
    {
      id: 'most-urgent',
      on: 'report',
      name: { zh: '特急', en: 'Most urgent' },
      when: { urgency: 'most-urgent' },
    },
  ],
  forms: {
    'initial-check': [
      { id: 'urgency', label: '核定紧急程度', type: 'choice', required: true, optionsFrom: 'urgencies' },
    ],
  },
  flows: {
    report: {
      stages: [
        {
          id: 'initial-check',
          by: ['checker', 'office-director'],
          actions: {
            pass: {
              to: [{ if: 'most-urgent', to: 'sign-off', skips: ['second-review'] }, { to: 'second-review' }],
            },
          },
        },
        { id: 'second-review', sameActor: 'pass', fallback: 'secretary-general' },
      ],
    },
  },
};

const portal = usePortal(
  ':memory:',
  [],
  configsWith('huantai', ({ flows }) => ({ ...own, flows: { ...flows, ...own.flows } })),
);

const noticed = (thing: Locator, words: string | RegExp) =>
  thing.locator('[data-notice]', { hasText: words }).waitFor();
const step = (thing: Locator, action: string) => thing.locator(`ol.history li[data-action="${action}"]`);

test('what skipped a stage says which and why while it stands there, and its history does for ever', async () => {
  const id = await sent(portal, 'huantai', 'author-1', '关于校车停运的紧急情况');
  const office = await openThing(await portal.open('huantai', 'checker', 'desk'), 'report', id);
  await take(office, '初核通过', async (action) => {
    await check(action);
    await action.getByLabel('核定紧急程度').selectOption({ label: '特急' });
  });
  await stands(office, 'sign-off');
  await step(office, 'pass').locator('[data-skipped]', { hasText: '复审(特急)' }).waitFor();

  const signs = await openThing(await portal.open('huantai', 'secretary-general', 'desk'), 'report', id);
  await noticed(signs, '已跳过:复审(特急)。');
  await take(signs, '审签同意');
  await stands(signs, 'to-compile');
  const english = await portal.open('huantai', 'secretary-general', 'desk', 'en');
  const theirs = await openThing(english, 'report', id, 'all');
  await step(theirs, 'pass').locator('[data-skipped]', { hasText: 'Second review (Most urgent)' }).waitFor();
});

test('where nobody of the post may act the page says who does instead, and the history in whose place', async () => {
  const id = await sent(portal, 'huantai', 'office-director', '关于机关食堂浪费的建议');
  await done(portal, ['huantai', 'checker'], ['report', id], 'pass', { ...checked, urgency: 'ordinary' });
  const theirs = await openThing(
    await portal.open('huantai', 'office-director', 'desk'),
    'report',
    id,
    'all',
  );
  await noticed(theirs, '您在此环节应回避:本人反映的信息。');
  expect(await theirs.locator('button[data-action="pass"]').count()).toBe(0);

  const thing = await openThing(await portal.open('huantai', 'secretary-general', 'desk'), 'report', id);
  await noticed(thing, /今日.+无人可办,由秘书长代为办理。/);
  await take(thing, '复审通过');
  await stands(thing, 'sign-off');
  await step(thing, 'pass')
    .nth(1)
    .filter({ hasText: /无人可办,由秘书长办理/ })
    .waitFor();
});

test('a review by whoever has just checked it is passed by itself, and the history says so', async () => {
  const id = await sent(portal, 'huantai', 'author-2', '关于公园夜间照明的建议');
  await done(portal, ['huantai', 'office-director'], ['report', id], 'pass', {
    ...checked,
    urgency: 'ordinary',
  });
  const director = await portal.open('huantai', 'office-director', 'desk');
  const thing = await openThing(director, 'report', id, 'all');
  await stands(thing, 'sign-off');
  await step(thing, 'pass')
    .nth(1)
    .locator('[data-automatic]', { hasText: '自动办理:上一环节由同一人办理' })
    .waitFor();
  const english = await openThing(
    await portal.open('huantai', 'office-director', 'desk', 'en'),
    'report',
    id,
    'all',
  );
  await step(english, 'pass')
    .nth(1)
    .locator('[data-automatic]', { hasText: 'By itself: the same person acted just before' })
    .waitFor();
});
