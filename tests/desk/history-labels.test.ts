import { expect, test } from 'vitest';
import { checked, officeOf, text } from './office.ts';

const history = (view: { history: { label: string }[] }) => view.history.map((item) => item.label);

test('the history names each pass as the stage calls it that it was taken at', async () => {
  const { as, begin } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'return', report, { comment: '请补充数据' });
  report = await as('wang', 'submit', report, text);
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass', report);
  report = await as('secretary', 'pass', report);
  expect(history(report)).toEqual(['提交', '退回修改', '修改后再提交', '初核通过', '复审通过', '审签同意']);
});

test('a result entered after the piece was archived is named so, in the history of its report too', async () => {
  const { as, begin, look } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass', report);
  report = await as('secretary', 'pass', report);
  report = await as('compiler', 'compile', report, { title: '护学', text: '正文' });
  let piece = await look('compiler', { county: 'huantai', kind: 'piece', id: 'piece-1' });
  expect(history(piece)).toEqual(['编报']);
  piece = await as('compiler', 'pass', piece);
  piece = await as('checker', 'proofread', piece);
  piece = await as('secretary', 'issue', piece, { journal: 'journal', destinations: ['city-cppcc'] });
  piece = await as('compiler', 'dispatch', piece, { destination: 'city-cppcc' });
  const result = { is: 'adopted', on: '2026-03-02', level: 'city' };
  piece = await as('compiler', 'record', piece, result);
  piece = await as('compiler', 'archive', piece);
  await as('compiler', 'record', piece, result);
  expect(history(await look('wang', report)).slice(-3)).toEqual(['报送', '登记成果', '补登成果']);
});

test("what another thing's action opened begins with that action's words, not with the verb", async () => {
  const { as, begin, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请清理。' });
  const handling = await look('director', { county: 'huantai', kind: 'handling', id: 'handling-1' });
  expect(history(handling)).toEqual(['交办']);
  const lead = await begin('li', 'lead', 'submit', { title: '路灯不亮', situation: '三盏路灯不亮。' });
  const other = await begin('zhao', 'report', 'submit', text);
  await as('checker', 'join', lead, {}, { takes: [{ kind: 'report', id: other.id, version: 1 }] });
  expect(history(await look('zhao', other))).toEqual(['提交', '并入已有信息']);
});

test('the party that the office entered an act for is named, a department as well as an author', async () => {
  const { as, begin, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请清理。' });
  let handling = await look('director', { county: 'huantai', kind: 'handling', id: 'handling-1' });
  handling = await as(
    'director',
    'sign-for',
    handling,
    {},
    { onBehalf: { of: 'qifeng-town', on: '2026-03-02' } },
  );
  expect(handling.history.at(-1)?.onBehalf).toEqual({ of: 'qifeng-town', on: '2026-03-02', name: '起凤镇' });
});

test('what was said is worded by the form it was written in, not by another with a field of that name', async () => {
  const { as, begin } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  const reserved = await as('checker', 'reserve', report, { comment: '入冬前再看。' });
  expect(reserved.history.at(-1)?.said).toEqual([{ label: '给反映人的话', value: '入冬前再看。' }]);
  const other = await begin('li', 'report', 'submit', text);
  const ended = await as('checker', 'not-use', other, { reason: 'many-matters', comment: '请分开报。' });
  expect(ended.history.at(-1)?.said).toEqual([
    { label: '原因', value: '一事多议' },
    { label: '给反映人的话', value: '请分开报。' },
  ]);
});
