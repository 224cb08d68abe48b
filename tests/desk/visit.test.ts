import { expect, test } from 'vitest';
import { officeOf, text } from './office.ts';

/** In Ningshan, what a town is to do, replied to, confirmed, and rated by its author: who was there is asked next. */
async function atTheVisit() {
  const office = officeOf('ningshan');
  const { as, begin, look } = office;
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, { lead: 'chengguan-town', task: '请整治' });
  let item = await look('director', { county: 'ningshan', kind: 'handling', id: 'handling-1' });
  item = await as('at-chengguan-town', 'sign-for', item);
  const answered = async (on: typeof item) => {
    const replied = await as('at-chengguan-town', 'reply', on, { result: 'solved', reply: '已整治' });
    return as('director', 'confirm', replied);
  };
  item = await as('wang', 'rate', await answered(item), { satisfaction: 'satisfied' });
  return { ...office, item, answered };
}
const visit = (satisfaction: string, households = 12) => ({
  households,
  satisfaction,
  comment: '逐户问过。',
});

test('after its author the people concerned are visited, within ten working days, and then the handling is done', async () => {
  const { as, look, item } = await atTheVisit();
  expect([item.stage.id, item.stage.label, item.due?.on]).toEqual(['visit', '满意度回访', '2026-03-16']);
  // The author has had a say; the visit is the office's.
  expect((await look('wang', item)).actions).toEqual([]);
  const seen = await look('checker', item);
  expect(seen.actions.map(({ action, label }) => [action, label])).toContainEqual(['rate', '登记回访']);
  const done = await as('checker', 'rate', seen, visit('very'));
  expect(done.stage.id).toBe('done');
  expect(done.history.at(-1)).toMatchObject({
    label: '登记回访',
    said: [
      { label: '走访户数', value: '12' },
      { label: '群众满意度', value: '非常满意' },
      { label: '回访情况', value: '逐户问过。' },
    ],
  });
});

test('people who are not satisfied send it back, once, as its author does', async () => {
  const { as, item, answered } = await atTheVisit();
  let again = await as('director', 'rate', item, visit('dissatisfied'));
  expect(again.stage.id).toBe('working');
  again = await as('wang', 'rate', await answered(again), { satisfaction: 'dissatisfied' });
  expect(again.stage.id).toBe('visit');
  expect((await as('checker', 'rate', again, visit('dissatisfied'))).stage.id).toBe('done');
});

test('a visit to nobody, to half a household, or of no opinion is not a visit', async () => {
  const { as, item } = await atTheVisit();
  const refusal = (field: string) => ({ code: 'invalid-input', fields: [{ field }] });
  await expect(as('checker', 'rate', item, visit('very', 0))).rejects.toMatchObject(refusal('households'));
  await expect(as('checker', 'rate', item, visit('very', 1.5))).rejects.toMatchObject(refusal('households'));
  await expect(as('checker', 'rate', item, { households: 3 })).rejects.toMatchObject(refusal('satisfaction'));
});

test('elsewhere the author’s rating ends it', async () => {
  const { as, begin, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请整治' });
  let item = await look('director', { county: 'huantai', kind: 'handling', id: 'handling-1' });
  item = await as('at-qifeng-town', 'sign-for', item);
  item = await as('at-qifeng-town', 'reply', item, { result: 'solved', reply: '已整治' });
  item = await as('director', 'confirm', item);
  expect((await as('wang', 'rate', item, { satisfaction: 'fair' })).stage.id).toBe('done');
});
