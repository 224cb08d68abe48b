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
