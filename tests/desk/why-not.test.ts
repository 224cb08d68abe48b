import { expect, test } from 'vitest';
import { checked, officeOf, text } from './office.ts';

test('why not as proposed is asked where the rules propose otherwise, and held back where they may come to', async () => {
  const { as, begin, look } = officeOf('ningshan');
  let report = await begin('wang', 'report', 'submit', text);
  const whyNot = async (who: string) =>
    (await look(who, report)).actions
      .find(({ action }) => action === 'pass')
      ?.fields.filter(({ name }) => name === 'whyNot')
      .map(({ required, onDemand }) => ({ required, onDemand }));
  expect(await whyNot('checker')).toEqual([{ required: false, onDemand: true }]);
  const departments = ['transport-bureau', 'agriculture-bureau'];
  report = await as('checker', 'pass', report, { ...checked, departments });
  report = await as('director', 'pass', report);
  expect(await whyNot('secretary')).toEqual([{ required: true, onDemand: false }]);
});
