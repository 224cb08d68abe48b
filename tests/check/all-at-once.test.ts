import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkConfig } from '../../src/check/check.ts';

const base = (name: string) => readFileSync(new URL(`../../configs/${name}.json`, import.meta.url), 'utf8');
const check = (config: object) =>
  checkConfig('x.json', JSON.stringify(config, null, 2), base).mistakes.map(({ code, pointer }) => [
    code,
    pointer,
  ]);

test('mistakes of shape, reference, path, condition and method are told in one run', () => {
  const found = check({
    extends: 'base',
    id: 'x',
    name: 'x',
    colour: 'red',
    quotas: [
      { id: 'four', name: '任务', who: { kinds: ['membr'] }, need: 4, every: 'year', counts: 'submitted' },
      {
        id: 'two',
        name: '任务',
        who: { kinds: ['member'] },
        need: '两条',
        every: 'year',
        counts: 'submitted',
      },
    ],
    rules: [{ id: 'r', on: 'report', name: 'r', when: {} }],
    flows: {
      report: { stages: [{ id: 'draft', dueDays: 3, actions: { submit: { to: 'intial-check' } } }] },
      lead: { stages: [{ id: 'archived', label: '归档', kind: 'end' }] },
    },
    method: { people: { lines: [{ id: 'a', on: 'adoptd', points: 1 }] } },
  });
  expect(found).toEqual([
    ['unknown-key', '#/colour'],
    ['unknown-kind', '#/quotas/0/who/kinds/0'],
    ['not-a-number', '#/quotas/1/need'],
    ['empty-condition', '#/rules/0/when'],
    ['unknown-key', '#/flows/report/stages/0/dueDays'],
    ['unknown-stage', '#/flows/report/stages/0/actions/submit/to'],
    ['unreachable-stage', '#/flows/lead/stages/0'],
    ['unknown-moment', '#/method/people/lines/0/on'],
  ]);
});

test('what names a thing that is itself wrong is no mistake of its own', () => {
  expect(
    check({
      extends: 'base',
      id: 'x',
      name: 'x',
      lists: { groups: [{ id: 'North', label: '北片' }] },
      organisations: [{ id: 'a', name: '甲', kind: 'town', group: 'North' }],
      posts: [{ id: 'clerk', name: '文书' }],
      access: [{ may: 'import', posts: ['clerk'] }],
    }),
  ).toEqual([
    ['not-allowed', '#/lists/groups/0/id'],
    ['missing-key', '#/posts/0'],
  ]);
});
