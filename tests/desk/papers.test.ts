import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Document, Header, Packer, Paragraph, TextRun } from 'docx';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { checkCommand } from '../../src/cli/check.ts';
import { fieldsCommand } from '../../src/cli/fields.ts';
import { fieldsOfPaper } from '../../src/desk/paper-fields.ts';
import { defaultTemplate } from '../../src/documents/default-templates.ts';
import { fillTemplate } from '../../src/documents/fill.ts';
import { pageOf } from '../../src/documents/page.ts';
import { templateMistake } from '../../src/documents/tags.ts';
import { paperIds, type PaperData, type PaperId } from '../../src/model/paper.ts';
import { templateMistakes } from '../../src/server/templates.ts';
import { run } from '../cli/run.ts';
import { countyOf } from '../county.ts';
import { checked, officeOf, text } from './office.ts';

const xmlOf = (bytes: Uint8Array) => strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
/** What Word shows, a paragraph a line. */
const linesOf = (bytes: Uint8Array) =>
  xmlOf(bytes)
    .split('</w:p>')
    .map((one) =>
      one
        .replaceAll('<w:br/>', '\n')
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    );
const wordsOf = (bytes: Uint8Array) => linesOf(bytes).join('\n');
const docx = async (paragraphs: string[][], header = '') => {
  const lines = paragraphs.map((runs) => new Paragraph({ children: runs.map((one) => new TextRun(one)) }));
  const headers = { default: new Header({ children: [new Paragraph(header)] }) };
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ headers, children: lines }] })));
};

test('the issue, the sheets, the letters and the notice are printed with what their reader may read', async () => {
  const { county, desk, actor, now, begin, as, look } = officeOf('huantai');
  const print = (
    who: string,
    paper: Parameters<typeof desk.thingPaper>[0],
    on: { kind: string; id: string },
  ) => desk.thingPaper(paper, { county: 'huantai', kind: on.kind, id: on.id }, actor(who), now(), 'zh');
  let report = await begin('wang', 'report', 'submit', { ...text, title: '{county} & <路灯>' });
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass', report);
  report = await as('secretary', 'pass', report, { comment: '同意编报,请核实数据。' });
  const sheet = wordsOf((await print('director', 'sign-off', report)).bytes);
  for (const part of [
    '桓台县政协社情民意信息签批单',
    report.id,
    '{county} & <路灯>',
    'wang',
    '同意编报,请核实数据。',
  ])
    expect(sheet).toContain(part);

  report = await as('compiler', 'compile', report, { title: '关于路灯的建议', text: '第一段\n第二段' });
  const id = report.links.find(({ role }) => role === 'piece')?.id ?? '';
  let piece = await look('compiler', { county: 'huantai', kind: 'piece', id });
  // Before it is issued it shows how it will print; the number is still to come.
  expect(wordsOf((await print('compiler', 'issue', piece)).bytes)).toContain('第二段');
  piece = await as('compiler', 'pass', piece);
  piece = await as('checker', 'proofread', piece);
  piece = await as('secretary', 'issue', piece, { journal: 'journal', destinations: ['city-cppcc'] });
  const { name, bytes } = await print('director', 'issue', piece);
  expect(name).toBe('刊物(本期) 关于路灯的建议.docx');
  for (const part of [
    '《桓台社情民意》',
    '2026 年第 1 期',
    '关于路灯的建议',
    '第一段\n第二段',
    '报送:淄博市政协',
  ])
    expect(wordsOf(bytes)).toContain(part);

  await expect(print('wang', 'notice', report)).rejects.toMatchObject({ code: 'not-found' });
  piece = await as('compiler', 'dispatch', piece, { destination: 'city-cppcc' });
  piece = await as('compiler', 'record', piece, {
    is: 'adopted',
    on: '2026-03-02',
    level: 'city',
    outlet: '《淄博信息》',
  });
  const mine = await look('wang', report);
  expect(mine.papers.map(({ value }) => value)).toEqual(['notice']);
  const notice = wordsOf((await print('wang', 'notice', report)).bytes);
  for (const part of ['wang:', '采用', '市', '《淄博信息》', '2026-03-02']) expect(notice).toContain(part);
  // An author has no sheet of what the office said.
  await expect(print('wang', 'sign-off', report)).rejects.toMatchObject({ code: 'not-found' });
  await expect(print('li', 'notice', report)).rejects.toMatchObject({ code: 'forbidden' });

  const yearly = await desk.personPaper('yearly', 'wang', '2026', actor('wang'), now(), 'zh');
  const [points] = /^\d+(\.\d+)?$/m.exec(wordsOf(yearly.bytes)) ?? [];
  const table = await desk.scores('2026', 'people', actor('director'), now());
  expect(points).toBe(table.subjects.find((one) => one.id === 'wang')?.points);
  for (const part of ['{county} & <路灯>', '采用 · 市级 · 《淄博信息》 2026-03-02'])
    expect(wordsOf(yearly.bytes)).toContain(part);
  const employer = await desk.personPaper('employer', 'wang', '2026', actor('director'), now(), 'zh');
  expect(wordsOf(employer.bytes)).toContain('共报送社情民意信息 1 条,其中被采用 1 条');
  for (const [paper, who] of [
    ['yearly', 'li'],
    ['employer', 'wang'],
  ] as const)
    await expect(desk.personPaper(paper, 'wang', '2026', actor(who), now(), 'zh')).rejects.toMatchObject({
      code: 'forbidden',
    });
  expect(county.papers.size).toBe(0);
});

test('a department is written to: passed on, and urged once it is supervised', async () => {
  const { desk, actor, now, begin, as, look } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass-on', report, {
    lead: 'housing-bureau',
    task: '请增设护栏',
    due: '2026-04-01',
  });
  const id = report.links.find(({ role }) => role === 'handling')?.id ?? '';
  const ref = { county: 'huantai', kind: 'handling', id };
  let item = await look('director', ref);
  expect(item.papers.map(({ value }) => value)).toEqual(['transfer']);
  const letter = wordsOf((await desk.thingPaper('transfer', ref, actor('director'), now(), 'zh')).bytes);
  for (const part of ['县住房和城乡建设局:', '请增设护栏', text.title]) expect(letter).toContain(part);
  item = await as('supervisor', 'supervise', item);
  expect(item.papers.map(({ value }) => value)).toEqual(['transfer', 'supervision']);
  const urged = wordsOf((await desk.thingPaper('supervision', ref, actor('director'), now(), 'zh')).bytes);
  expect(urged).toContain('督办函');
});

/** The paragraphs of a file as Word has them: how far the first line of each is set in, and its words. */
const paragraphsOf = (bytes: Uint8Array) =>
  pageOf(bytes).blocks.flatMap((block) =>
    'runs' in block ? [[block.indent, block.runs.map(({ text }) => text).join('')]] : [],
  );

test('each line of a text is a paragraph with two characters of room before it, in the issue and in letters', async () => {
  const { county, now } = officeOf('huantai');
  const pieces = [
    {
      title: '关于路灯的建议',
      text: '　　一是照明不足。\n\n  二是无人管护。 \n三是建议增设。',
      unit: '',
      authors: '',
    },
    { title: '关于校车的建议', text: '只有一段。', unit: '', authors: '' },
  ].map((piece) => ({ id: 'piece-1', ...piece }));
  const blank = (paper: PaperId) =>
    Object.fromEntries(
      fieldsOfPaper(county, paper).map(({ name, list }) => [name, list ? [] : now().slice(0, 10)]),
    );
  const printed = async (paper: PaperId, data: PaperData) =>
    paragraphsOf(
      await fillTemplate(await defaultTemplate(paper, 'zh'), fieldsOfPaper(county, paper), {
        ...blank(paper),
        ...data,
      }),
    );
  const indented = (all: (string | number)[][]) => all.filter(([indent]) => indent === 32);
  expect(indented(await printed('issue', { pieces }))).toEqual([
    [32, '一是照明不足。'],
    [32, '二是无人管护。'],
    [32, '三是建议增设。'],
    [32, '只有一段。'],
  ]);
  const letter = indented(await printed('transfer', { task: '请增设护栏。\n并于月底前完工。' }));
  expect(letter.map(([, words]) => words).slice(1, 3)).toEqual(['请增设护栏。', '并于月底前完工。']);
});

test('what stands before a field keeps to its first line, what stands after it to the last', async () => {
  const template = await docx([['意见:', '{title}', '(完)'], ['{journal}']]);
  const filled = await fillTemplate(template, issue, { title: '甲\n乙\n丙', journal: '刊' });
  expect(linesOf(filled).slice(0, 4)).toEqual(['意见:甲', '乙', '丙(完)', '刊']);
});

const { county } = countyOf('huantai');
const issue = fieldsOfPaper(county, 'issue');

test.each(paperIds)(
  'the default template of %s names only fields that there are, in both languages',
  async (paper) => {
    for (const language of ['zh', 'en'] as const)
      expect(
        templateMistake(await defaultTemplate(paper, language), fieldsOfPaper(county, paper)),
      ).toBeNull();
  },
);

test.each([
  ['a field that there is not', [['主办单位:', '{le', 'ed}']], '', '正文第 1 段“主办单位:{leed}”'],
  ['one of a list outside of it', [['{title}'], ['{said}']], '', '正文第 2 段“{said}”'],
  ['a list whose end is missing', [['{#steps}{said}']], '', '缺少结尾 {/steps}'],
  ['an end without its list', [['{/steps}']], '', '没有与它对应的开头'],
  ['a wrong field in the header', [['{title}']], '{name}', '页眉第 1 段“{name}”'],
])('%s is named with its place', async (_what, paragraphs, header, said) => {
  expect(templateMistake(await docx(paragraphs, header), issue)?.saying.zh).toContain(said);
});

test('whatever is filled in stays words: no field, no markup, and the file stays whole', async () => {
  const template = await docx([['{#pieces}'], ['{ti', 'tle}'], ['{/pieces}'], ['{journal}']], '{county}');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
      fc.string(),
      async (titles, journal) => {
        const given = [...titles, '{county}', '{#pieces}', '<w:p/>', '&amp;'];
        const data = { pieces: given.map((title) => ({ title })), journal, county: '某县' };
        const bytes = await fillTemplate(template, issue, data);
        const lines = linesOf(bytes);
        for (const kept of ['{county}', '{#pieces}', '<w:p/>', '&'])
          expect(lines.some((line) => line.includes(kept))).toBe(true);
        expect(strFromU8(unzipSync(bytes)['word/header1.xml'] ?? new Uint8Array())).toContain('某县');
      },
    ),
    { numRuns: 25 },
  );
});

test('a county’s own template is looked at by the check, and one command lists the fields and writes the defaults', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'minqing-papers-'));
  for (const name of ['base.json', 'huantai.json', 'county.schema.json'])
    writeFileSync(join(folder, name), readFileSync(new URL(`../../configs/${name}`, import.meta.url)));
  const file = join(folder, 'huantai.json');
  const own = JSON.parse(readFileSync(file, 'utf8'));
  const written = JSON.stringify({ ...own, papers: { issue: '红头.docx' } }, null, 2);
  writeFileSync(file, written);
  const papers = new Map([['issue', '红头.docx']]);
  const mistakes = async () =>
    (await templateMistakes(folder, file, written, { ...county, papers })).map(({ pointer, saying }) => [
      pointer,
      saying.zh,
    ]);
  expect(await mistakes()).toEqual([['#/papers/issue', expect.stringContaining('读不到模板“红头.docx”')]]);
  writeFileSync(join(folder, '红头.docx'), await docx([['{joornal}']]));
  expect((await mistakes())[0]?.[1]).toContain('{joornal}');
  const looked = await run(checkCommand, [file]);
  expect([looked.code, looked.out]).toEqual([1, expect.stringContaining('{joornal}')]);
  writeFileSync(join(folder, '红头.docx'), await docx([['{journal}']]));
  expect(await mistakes()).toEqual([]);
  const listed = await run(fieldsCommand, [file, '--templates', join(folder, 'defaults')]);
  expect(listed.code).toBe(0);
  for (const part of ['# issue 刊物(本期) (红头.docx)', '{#pieces}', '{co-handlers}', '{early-warning}'])
    expect(listed.out).toContain(part);
  const kept = new Uint8Array(readFileSync(join(folder, 'defaults', 'sign-off.docx')));
  expect(templateMistake(kept, fieldsOfPaper(county, 'sign-off'))).toBeNull();
});
