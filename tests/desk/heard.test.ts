import { expect, test } from 'vitest';
import type { Letter } from '../../src/model/letter.ts';
import { checked, officeOf, text } from './office.ts';

/** Ningshan's piece that the city has been sent, and the county's party committee not yet. */
async function halfSent() {
  const office = officeOf('ningshan');
  const { as, begin, look } = office;
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, checked);
  report = await as('secretary', 'pass', await as('director', 'pass', report));
  report = await as('compiler', 'compile', report, { title: '护学', text: '正文', 'can-be-done': true });
  const id = report.links.find(({ role }) => role === 'piece')?.id ?? '';
  let piece = await look('compiler', { county: 'ningshan', kind: 'piece', id });
  piece = await as('checker', 'proofread', await as('compiler', 'pass', piece));
  const destinations = ['city-cppcc', 'county-party'];
  piece = await as('secretary', 'issue', piece, { journal: 'journal', destinations });
  piece = await as('compiler', 'dispatch', piece, { destination: 'city-cppcc' });
  const word = (what: string): Letter => ({
    is: 'word',
    id: `ankang.report.report-1.${what}`,
    from: 'ankang',
    to: 'ningshan',
    piece: piece.id,
    report: 'report-1',
    what,
    said: null,
  });
  return { ...office, piece, hears: (what: string) => office.desk.receive(word(what), office.now()) };
}

test('a word that comes by itself from above stands in nobody’s way: what was seen before it can be acted on', async () => {
  const { as, piece, hears, desk } = await halfSent();
  await hears('收到');
  await hears('复审');
  const sent = await as('compiler', 'dispatch', piece, { destination: 'county-party' });
  expect(sent.version).toBe(piece.version + 3);
  expect(sent.history.slice(-3).map(({ action }) => action)).toEqual(['heard', 'heard', 'dispatch']);
  expect((await desk.verifyLog()).difference).toBeNull();
});

test('what somebody did meanwhile is a conflict as ever, and so is a result that came from above', async () => {
  const { as, piece, hears } = await halfSent();
  await hears('收到');
  await as('compiler', 'dispatch', piece, { destination: 'county-party' });
  const late = as('compiler', 'record', piece, { is: 'adopted', on: '2026-03-02', level: 'county' });
  await expect(late).rejects.toMatchObject({ code: 'conflict' });
  const other = await halfSent();
  const moment = { is: 'adopted', on: '2026-03-02', level: 'city' };
  const head = { id: 'ankang.piece.piece-1.9.0', from: 'ankang', to: 'ningshan', piece: other.piece.id };
  await other.desk.receive({ ...head, is: 'result', moment }, other.now());
  await expect(
    other.as('compiler', 'dispatch', other.piece, { destination: 'county-party' }),
  ).rejects.toMatchObject({ code: 'conflict' });
});
