import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { checked, officeOf, text } from './office.ts';

test('the anthology holds the reports that were rated excellent in the period, whole, and no other', async () => {
  const { as, begin, look, desk, actor } = officeOf('ningshan');
  const sent = async (who: string, title: string) => {
    let report = await begin(who, 'report', 'submit', { ...text, title });
    report = await as('checker', 'pass', report, checked);
    report = await as('director', 'pass', report);
    report = await as('secretary', 'pass', report);
    report = await as('compiler', 'compile', report, { title, text: '正文', 'can-be-done': true });
    const id = report.links.find(({ role }) => role === 'piece')?.id ?? '';
    let piece = await look('compiler', { county: 'ningshan', kind: 'piece', id });
    piece = await as('compiler', 'pass', piece);
    piece = await as('checker', 'proofread', piece);
    piece = await as('secretary', 'issue', piece, { journal: 'journal', destinations: ['city-cppcc'] });
    return as('compiler', 'dispatch', piece, { destination: 'city-cppcc' });
  };
  const office = actor('director');
  await expect(desk.anthology('2026', office, 'zh')).rejects.toMatchObject({ code: 'not-found' });
  const piece = await sent('wang', '关于山区校车的建议');
  await sent('li', '关于集镇路灯的建议');
  await as('compiler', 'record', piece, { is: 'excellent', on: '2026-03-02', level: 'city' });
  await expect(desk.anthology('2026', actor('wang'), 'zh')).rejects.toMatchObject({ code: 'forbidden' });
  const { name, bytes } = await desk.anthology('2026', office, 'zh');
  expect(name).toBe('宁陕县政协优秀信息汇编 2026.docx');
  const words = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
  for (const part of [
    '关于山区校车的建议',
    '反映人:wang',
    '2026 第 1 期 2026-03-02',
    '评为优秀:优秀信息 2026-03-02',
    text.situation,
    text.suggestion,
  ])
    expect(words).toContain(part);
  expect(words).not.toContain('关于集镇路灯的建议');
  await expect(desk.anthology('2025', office, 'zh')).rejects.toMatchObject({ code: 'not-found' });
});
