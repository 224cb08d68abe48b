import { expect, test } from 'vitest';
import { checked, officeOf, text } from './office.ts';

test('several raters mark a report on weighed criteria, each once; its author has a tenth of the mean', async () => {
  const { desk, begin, as, actor, now } = officeOf('ningshan');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass', report);
  report = await as('secretary', 'pass', report);
  report = await as('compiler', 'compile', report, { title: '校门口安全', text: '……', 'can-be-done': true });
  const marks = { expression: 80, advice: 90, 'outcome-made': 50 }; // 32 + 36 + 10 = 78
  report = await as('director', 'mark', report, marks);
  await expect(as('director', 'mark', report, marks)).rejects.toMatchObject({ code: 'not-offered' });
  report = await as('compiler', 'mark', report, { ...marks, expression: 100, 'outcome-made': 60 }); // 88
  const quality = report.points.filter(({ line }) => line === '评分').map(({ points }) => points);
  expect(quality).toEqual(['7.8', '0.5']);
  const table = await desk.scores('2026', 'people', actor('director'), now());
  // Submitted 1, signed off 2, and (7.8 + 8.8) / 2.
  expect(table.subjects.find(({ id }) => id === 'wang')?.points).toBe('11.3');
});

test('a report merged into another ends there, both keeping their authors and logs', async () => {
  const { begin, as, look } = officeOf('huantai');
  const kept = await begin('wang', 'report', 'submit', text);
  const merged = await begin('li', 'report', 'submit', { ...text, title: '校门口拥堵' });
  const take = { kind: 'report' as const, id: kept.id, version: kept.version };
  await expect(
    as('checker', 'merge', merged, {}, { takes: [{ ...take, version: 9 }] }),
  ).rejects.toMatchObject({ code: 'conflict' });
  const after = await as('checker', 'merge', merged, {}, { takes: [take] });
  expect([after.stage.id, after.authors.map(({ person }) => person)]).toEqual(['merged', ['li']]);
  const other = await look('checker', kept);
  expect([other.stage.id, other.authors.map(({ person }) => person)]).toEqual(['initial-check', ['wang']]);
  expect(other.links).toMatchObject([{ role: 'merged', id: merged.id }]);
  expect(other.history.map(({ action }) => action)).toEqual(['submit', 'merge']);
});
