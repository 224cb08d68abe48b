import { expect, test } from 'vitest';
import type { ThingView } from '../../src/model/view.ts';
import { checked, officeOf, text } from './office.ts';

/* Joint authors are asked; each confirms or does not, and before that nothing of the report is theirs. */

type Office = ReturnType<typeof officeOf>;
const names = (view: ThingView) => view.authors.map(({ person, part }) => `${person} ${part}`);
const offered = (view: ThingView) => view.actions.map(({ action }) => action);
const mine = async ({ desk, actor, now }: Office, who: string) => {
  const asked = { kind: 'report', view: 'mine', stage: null, search: null, after: null, limit: 9 } as const;
  return (await desk.queue(asked, actor(who), now(), 'zh')).rows;
};
const earned = async ({ desk, actor, now }: Office, who: string) =>
  (await desk.scores('2026', 'people', actor('secretary'), now())).subjects.find(({ id }) => id === who)
    ?.points ?? '0';

test('whoever is asked finds it in their own list and is told; confirmed they are an author, and only then credited', async () => {
  const office = officeOf('huantai');
  const { begin, as, look, desk, actor } = office;
  const report = await begin('wang', 'report', 'submit', { ...text, joint: ['li', 'standing'] });
  expect(names(report)).toEqual(['wang sole']);
  expect(report.fields.find(({ name }) => name === 'joint')?.value).toBe('li(待确认)、standing(待确认)');
  expect((await mine(office, 'li')).map(({ id, askedJointly }) => [id, askedJointly])).toEqual([
    [report.id, true],
  ]);
  expect((await desk.notices(actor('li'), 'zh', null, 9)).rows.map((row) => row.text)).toEqual([
    '请您作“关于校门口交通安全的建议”的联名人,打开后确认或不参加。',
  ]);
  const [before, none] = [await earned(office, 'wang'), await earned(office, 'li')];
  expect([Number(before) > 0, none]).toEqual([true, '0']);
  // They read it, and it is not theirs to do anything else with.
  const seen = await look('li', report);
  expect(offered(seen)).toEqual(['co-sign', 'stay-out']);
  await expect(as('zhao', 'co-sign', report)).rejects.toMatchObject({ code: 'forbidden' });

  const signed = await as('li', 'co-sign', seen);
  expect(names(signed)).toEqual(['wang first', 'li other']);
  expect(signed.fields.find(({ name }) => name === 'joint')?.value).toBe('li(已确认)、standing(待确认)');
  expect((await mine(office, 'li')).map(({ askedJointly }) => askedJointly)).toEqual([false]);
  expect(Number(await earned(office, 'li'))).toBeGreaterThan(0);
  expect((await desk.notices(actor('wang'), 'zh', null, 9)).rows[0]?.text).toBe(
    '“关于校门口交通安全的建议”有联名人确认。',
  );
  // Once is enough.
  expect(offered(signed)).not.toContain('co-sign');
  await expect(as('li', 'co-sign', signed)).rejects.toMatchObject({ code: 'not-offered' });

  const out = await as('standing', 'stay-out', signed);
  const after = await look('wang', out);
  expect(names(after)).toEqual(['wang first', 'li other']);
  expect(after.fields.find(({ name }) => name === 'joint')?.value).toBe('li(已确认)');
  expect(await mine(office, 'standing')).toEqual([]);
  await expect(look('standing', report)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await earned(office, 'standing')).toBe('0');
});

test('a draft asks nobody; who is named no more when it is sent again is asked no more', async () => {
  const office = officeOf('huantai');
  const { begin, as, look } = office;
  let report = await begin('wang', 'report', 'save', { ...text, joint: ['li'] });
  expect(await mine(office, 'li')).toEqual([]);
  await expect(look('li', report)).rejects.toMatchObject({ code: 'forbidden' });
  report = await as('wang', 'submit', report, { ...text, joint: ['li', 'zhao'] });
  report = await as('checker', 'return', report, { comment: '请补充' });
  report = await as('wang', 'submit', report, { ...text, joint: ['zhao'] });
  expect(await mine(office, 'li')).toEqual([]);
  expect((await mine(office, 'zhao')).map(({ askedJointly }) => askedJointly)).toEqual([true]);
});

test('nobody is asked to sign their own, or somebody who is not of the kinds that the county lets sign', async () => {
  const { begin } = officeOf('huantai');
  for (const joint of [['wang'], ['nobody'], ['at-education-bureau']])
    await expect(begin('wang', 'report', 'submit', { ...text, joint })).rejects.toMatchObject({
      fields: [{ field: 'joint' }],
    });
});

test('the office enters a paper signature for whoever was asked, and for nobody else', async () => {
  const { begin, as } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', { ...text, joint: ['li'] });
  const of = (person: string) => ({ onBehalf: { of: person, on: '2026-03-02' } });
  await expect(as('checker', 'co-sign', report, {}, of('zhao'))).rejects.toMatchObject({
    code: 'invalid-input',
  });
  expect(names(await as('checker', 'co-sign', report, {}, of('li')))).toEqual(['wang first', 'li other']);
});

test('where authors are not named to a department, those who were asked are not either', async () => {
  const { begin, as, look } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', { ...text, joint: ['li'] });
  report = await as('checker', 'pass', report, {
    ...checked,
    policy: 'heavy',
    departments: ['education-bureau'],
  });
  report = await as('director', 'ask', report, { asked: ['education-bureau'] });
  const seen = await look('at-education-bureau', report);
  expect(seen.fields.some(({ name }) => name === 'joint')).toBe(false);
  expect(JSON.stringify(seen)).not.toContain('"li"');
});
