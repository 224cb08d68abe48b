import { expect, test } from 'vitest';
import { officeOf, text } from './office.ts';

test('a tidied text keeps its original in the log, and the history says what changed, to its author too', async () => {
  const { begin, as, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  const situation = '城区四所小学放学时段校门口拥堵。';
  const { title, analysis, suggestion } = text;
  const tidied = await as('checker', 'edit', report, { title, situation, analysis, suggestion });
  expect(tidied.stage.id).toBe('initial-check');
  for (const who of ['checker', 'wang']) {
    const edit = (await look(who, report)).history.at(-1);
    expect(edit?.changed).toEqual([{ label: '情况', was: text.situation, now: situation }]);
  }
});

test('what an author revises is told against what was handed in, not against each draft kept on the way', async () => {
  const { begin, as, look } = officeOf('huantai');
  const draft = await begin('wang', 'report', 'save', { title: '关于' });
  const sent = await as('wang', 'submit', draft, text);
  expect((await look('wang', sent)).history.flatMap(({ changed }) => changed)).toEqual([]);
  const back = await as('checker', 'return', sent, { comment: '请补充。' });
  const kept = await as('wang', 'save', back, { ...text, analysis: '半句' });
  await as('wang', 'submit', kept, { ...text, analysis: '停车位只有 12 个。' });
  const { history } = await look('checker', sent);
  expect(history.map(({ action, changed }) => [action, changed.length])).toEqual([
    ['save', 0],
    ['submit', 0],
    ['return', 0],
    ['save', 0],
    ['submit', 1],
  ]);
  expect(history.at(-1)?.changed).toEqual([{ label: '分析', was: text.analysis, now: '停车位只有 12 个。' }]);
});

test('a purged report says nothing of what it said', async () => {
  const { begin, as, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  const { title, analysis, suggestion } = text;
  const tidied = await as('checker', 'edit', report, { title, situation: '另一句。', analysis, suggestion });
  await as('director', 'purge', tidied);
  expect(JSON.stringify((await look('director', report)).history)).not.toMatch(/另一句|校门口/);
});

test('a comment on a field is the office’s, and the author’s only where it is said; it is seen to once', async () => {
  const { begin, as, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  const first = await as('checker', 'comment', report, { about: 'situation', comment: '数字请核实' });
  const second = await as('checker', 'comment', first, {
    about: 'analysis',
    comment: '请补充原因',
    'for-author': true,
  });
  expect(second.stage.id).toBe('initial-check');
  expect(second.remarks.map(({ field, label, text: words }) => [field, label, words])).toEqual([
    ['situation', '情况', '数字请核实'],
    ['analysis', '分析', '请补充原因'],
  ]);
  const hidden = await look('wang', report);
  expect(hidden.remarks.map(({ text: words }) => words)).toEqual(['请补充原因']);
  expect(JSON.stringify(hidden)).not.toContain('数字请核实');
  const id = second.remarks[0]?.id ?? '';
  const settled = await as('checker', 'comment', second, { settles: id });
  expect(settled.remarks.map((remark) => remark.settled !== null)).toEqual([true, false]);
  // What became of a comment that the author does not read is not told to them either.
  expect((await look('wang', report)).history.filter(({ action }) => action === 'comment')).toHaveLength(1);
  await expect(as('checker', 'comment', settled, { settles: id })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  await expect(as('checker', 'comment', settled, { about: 'situation' })).rejects.toMatchObject({
    code: 'invalid-input',
  });
  await expect(
    as('checker', 'comment', settled, { about: 'nothing-such', comment: '?' }),
  ).rejects.toMatchObject({ code: 'invalid-input' });
});
