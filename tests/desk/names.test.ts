import { expect, test } from 'vitest';
import { officeOf } from './office.ts';

test('a quota carries its name in both languages', async () => {
  const { desk, actor, now } = officeOf('huantai');
  const [quota] = await desk.quotas(actor('standing'), now(), 'standing');
  expect(quota?.label).toEqual({ zh: '年度任务', en: 'Quota of the year' });
});

test('the groups of a table have names: kinds of author, groups of organisations', async () => {
  const { desk, actor, now } = officeOf('huantai');
  const names = async (of: 'people' | 'units') => {
    const { subjects } = await desk.scores('2026', of, actor('director'), now());
    return Object.fromEntries(subjects.map(({ group, groupName }) => [group, groupName]));
  };
  expect(await names('people')).toMatchObject({ member: { zh: '委员', en: 'Member' } });
  expect(await names('units')).toMatchObject({ sector: { zh: '界别', en: 'Sectors' } });
});
