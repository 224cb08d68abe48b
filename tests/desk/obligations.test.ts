import { expect, test } from 'vitest';
import { countyOf } from '../county.ts';
import { officeOf, text } from './office.ts';

const activity = (id: string, unit: string, on: string) =>
  JSON.stringify({ id, kind: 'sector-activity', unit, facts: { title: id }, moments: [{ is: 'held', on }] });

test('a sector activity owes a report of its sector: met, late, missed or open, and nothing meets two', async () => {
  const { desk, actor, begin, now, clock } = officeOf('huantai');
  const records = [
    activity('walk', 'sector-women', '2026-03-01'),
    activity('talk', 'sector-women', '2026-03-02'),
    activity('visit', 'sector-health', '2026-03-02'),
    activity('market', 'sector-farming', '2026-01-05'),
  ].join('\n');
  await desk.enterRecords(records, actor('director'), now());
  const owed = async () =>
    (await desk.obligations(actor('director'), now(), null)).map(({ after, state, due }) => [
      after,
      state,
      due,
    ]);
  expect(await owed()).toEqual([
    ['market', 'missed', '2026-02-04'],
    ['walk', 'open', '2026-03-31'],
    ['talk', 'open', '2026-04-01'],
    ['visit', 'open', '2026-04-01'],
  ]);
  // The earliest report afterwards meets the earliest that is still owed.
  await begin('checker', 'report', 'submit', { ...text, unit: 'sector-women', authors: ['wang'] });
  expect((await owed()).map(([after, state]) => [after, state])).toEqual([
    ['market', 'missed'],
    ['walk', 'met'],
    ['talk', 'open'],
    ['visit', 'open'],
  ]);
  clock('2026-04-10');
  const other = { ...text, title: '关于社区门诊的建议', unit: 'sector-health', authors: ['li'] };
  await begin('checker', 'report', 'submit', other);
  expect((await owed()).map(([after, state]) => [after, state])).toEqual([
    ['market', 'missed'],
    ['walk', 'met'],
    ['talk', 'missed'],
    ['visit', 'late'],
  ]);
});

test('a report that names its activity meets what that one owes, and not an earlier one; one that names none meets the earliest', async () => {
  const { desk, actor, begin, now, look } = officeOf('huantai');
  const records = [
    activity('walk', 'sector-women', '2026-02-25'),
    activity('talk', 'sector-women', '2026-03-01'),
    activity('visit', 'sector-health', '2026-03-01'),
  ].join('\n');
  await desk.enterRecords(records, actor('director'), now());
  const states = async () =>
    (await desk.obligations(actor('director'), now(), null)).map(({ after, state }) => [after, state]);
  const women = { unit: 'sector-women', authors: ['wang'] };
  const sent = await begin('checker', 'report', 'submit', { ...text, ...women, activity: 'talk' });
  expect(sent.links).toMatchObject([{ role: 'derived-from', kind: 'record', id: 'talk' }]);
  expect(await states()).toEqual([
    ['walk', 'open'],
    ['talk', 'met'],
    ['visit', 'open'],
  ]);
  // That of another sector is not met by naming it.
  await begin('checker', 'report', 'submit', { ...text, title: '另一条', ...women, activity: 'visit' });
  await begin('checker', 'report', 'submit', { ...text, title: '没有写明的一条', ...women });
  expect(await states()).toEqual([
    ['walk', 'met'],
    ['talk', 'met'],
    ['visit', 'open'],
  ]);
  // The office ties one afterwards.
  const view = await look('checker', { county: 'huantai', kind: 'report', id: sent.id });
  const tie = view.actions.find(({ action }) => action === 'tie');
  const options = tie?.fields.find(({ name }) => name === 'derived-from')?.options ?? [];
  expect(options.map(({ value }) => value)).toEqual(['visit', 'talk', 'walk']);
});

test('Huantai names the clause of what is owed', () => {
  const [obligation] = countyOf('huantai').config.obligations ?? [];
  expect(obligation?.clause).toMatch(/^第六条/);
});
