import { expect, test } from 'vitest';
import { officeOf, text } from './office.ts';

test('the clock stands still while the author revises, and goes on with what was left', async () => {
  const { as, begin, clock } = officeOf('huantai', undefined, '2026-03-02');
  let report = await begin('wang', 'report', 'submit', text);
  expect(report.due?.on).toBe('2026-03-05');
  expect(report.reckoned.map(({ counts }) => counts)).toEqual([1, 2, 3]);
  clock('2026-03-03');
  report = await as('checker', 'return', report, { comment: '请补充' });
  expect(report.due).toBeNull();
  clock('2026-03-16');
  report = await as('wang', 'submit', report, text);
  // Two of the three were left: 17 and 18 March.
  expect(report.due?.on).toBe('2026-03-18');
});

test('what is overdue is supervised the day after, once, however often the clock looks', async () => {
  const { begin, desk, look, clock, now } = officeOf('huantai', undefined, '2026-03-02');
  const report = await begin('wang', 'report', 'submit', text);
  const tick = () => desk.tick('huantai', now());
  clock('2026-03-05');
  expect(await tick()).toBe(0);
  clock('2026-03-06');
  expect([await tick(), await tick()]).toEqual([1, 0]);
  const late = await look('checker', report);
  expect(late).toMatchObject({ supervised: true, version: 2 });
  expect(late.history.at(-1)).toMatchObject({ label: '超期督办', by: null });
  // A clock set back a day takes nothing twice.
  clock('2026-03-05');
  expect(await tick()).toBe(0);
});

test('more time is asked for before it is over, granted by another, and is then the due date', async () => {
  const { as, begin, look, clock } = officeOf('huantai', undefined, '2026-03-02');
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请整治' });
  let item = await look('at-qifeng-town', { county: 'huantai', kind: 'handling', id: 'handling-1' });
  item = await as('at-qifeng-town', 'sign-for', item);
  expect(item.due?.on).toBe('2026-03-30');
  clock('2026-03-30');
  item = await as('at-qifeng-town', 'ask-extension', item, { until: '2026-04-30', comment: '需要招标' });
  expect(item.due?.on).toBe('2026-03-30');
  await expect(as('at-qifeng-town', 'grant', item)).rejects.toMatchObject({ code: 'forbidden' });
  item = await as('director', 'grant', item);
  expect(item.due).toMatchObject({ on: '2026-04-30', by: 'field' });
  clock('2026-05-06');
  const offered = (await look('at-qifeng-town', item)).actions.map(({ action }) => action);
  expect(offered).not.toContain('ask-extension');
  await expect(
    as('at-qifeng-town', 'ask-extension', item, { until: '2026-06-30', comment: '再延' }),
  ).rejects.toMatchObject({ code: 'not-offered' });
});

test('a wrongly assigned item goes back within 7 working days with an owner proposed, and once only (D8)', async () => {
  const { as, begin, look, clock } = officeOf('huantai', undefined, '2026-09-24');
  const pass = async () => {
    const report = await begin('wang', 'report', 'submit', text);
    await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请整治' });
  };
  await pass();
  await pass();
  const at = (id: string, who = 'at-qifeng-town') => look(who, { county: 'huantai', kind: 'handling', id });
  const decline = { proposed: 'market-bureau', comment: '属市场监管' };
  // 2026: 25–27 September and 1–7 October are off, 10 October, a Saturday, is worked.
  const first = await at('handling-1');
  clock('2026-10-12');
  let item = await as('at-qifeng-town', 'decline', first, decline);
  expect(item.stage.id).toBe('reassigning');
  item = await as('director', 'reassign', item, { lead: 'market-bureau' });
  expect(item.stage.id).toBe('assigned');
  const theirs = await at('handling-1', 'at-market-bureau');
  expect(theirs.actions.map(({ action }) => action)).not.toContain('decline');
  await expect(at('handling-1')).rejects.toMatchObject({ code: 'forbidden' });
  clock('2026-10-13');
  const second = await at('handling-2');
  await expect(as('at-qifeng-town', 'decline', second, decline)).rejects.toMatchObject({
    code: 'not-offered',
  });
});

/** A handling item at a town office, by the office's own word under supervision. */
async function supervised() {
  const office = officeOf('huantai', undefined, '2026-03-02');
  const { as, begin, look } = office;
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请整治' });
  const ref = { county: 'huantai', kind: 'handling', id: 'handling-1' } as const;
  const item = await as('supervisor', 'supervise', await look('supervisor', ref), { comment: '限期办结' });
  return { ...office, item, ref };
}
const shown = ({ supervised: is, papers }: { supervised: boolean; papers: { value: string }[] }) => [
  is,
  papers.some(({ value }) => value === 'supervision'),
];

test('what somebody put under supervision stays so, with its letter, until the item ends', async () => {
  const { as, look, item, ref } = await supervised();
  const now = async () => shown(await look('supervisor', ref));
  expect(await now()).toEqual([true, true]);
  let at = await as('at-qifeng-town', 'sign-for', item);
  expect(await now()).toEqual([true, true]);
  at = await as('at-qifeng-town', 'ask-extension', at, { until: '2026-04-30', comment: '需要招标' });
  at = await as('director', 'grant', await look('director', at));
  expect(await now()).toEqual([true, true]);
  at = await as('at-qifeng-town', 'progress', await look('at-qifeng-town', at), { progress: '已开工' });
  expect(at.moments.at(-1)).toMatchObject({ is: 'progress', supervised: true });
  at = await as('at-qifeng-town', 'reply', at, { result: 'solved', reply: '已整治' });
  at = await as('director', 'confirm', await look('director', at));
  at = await as('wang', 'rate', await look('wang', at), { satisfaction: 'satisfied' });
  expect(await now()).toEqual([true, true]);
  await as('director', 'archive', await look('director', at));
  expect(await now()).toEqual([false, false]);
});

test("the clock's own mark of lateness goes once the item moves", async () => {
  const { as, begin, desk, look, clock, now } = officeOf('huantai', undefined, '2026-03-02');
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请整治' });
  const ref = { county: 'huantai', kind: 'handling', id: 'handling-1' } as const;
  clock('2026-03-06');
  await desk.tick('huantai', now());
  const late = await look('at-qifeng-town', ref);
  expect(late.supervised).toBe(true);
  expect((await as('at-qifeng-town', 'sign-for', late)).supervised).toBe(false);
});

test('who declines proposes another, whose name stands in the form, and it is not handed to the same again', async () => {
  const { as, look, item } = await supervised();
  const decline = (proposed: string) =>
    as('at-qifeng-town', 'decline', item, { proposed, comment: '属市场监管' });
  await expect(decline('qifeng-town')).rejects.toMatchObject({ fields: [{ field: 'proposed' }] });
  await decline('market-bureau');
  const declined = await look('director', item);
  const owner = declined.actions.find(({ action }) => action === 'reassign');
  expect(owner?.fields.find(({ name }) => name === 'lead')?.value).toBe('market-bureau');
  await expect(as('director', 'reassign', declined, { lead: 'qifeng-town' })).rejects.toMatchObject({
    fields: [{ field: 'lead' }],
  });
  const theirs = await as('director', 'reassign', declined, { lead: 'market-bureau' });
  expect(theirs).toMatchObject({ stage: { id: 'assigned' }, supervised: true });
});

test('an extension that ends too early says why where its reader looks first', async () => {
  const { as, item } = await supervised();
  const at = await as('at-qifeng-town', 'sign-for', item);
  await expect(
    as('at-qifeng-town', 'ask-extension', at, { until: '2026-03-20', comment: '需要招标' }),
  ).rejects.toMatchObject({ saying: { en: expect.stringContaining('2026-03-30') } });
});
