import { expect, test } from 'vitest';
import { brokenAt, hashText } from '../../src/desk/seal.ts';
import { checked, officeOf, text } from './office.ts';

const refusal = (field: string) => ({ code: 'invalid-input', fields: [{ field }] });

test('only a party of the thing is entered for, on a day between its beginning and today', async () => {
  const { as, begin, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  const onBehalf = { of: 'wang', on: '2026-03-02' };
  await expect(as('checker', 'pass', report, checked, { onBehalf })).rejects.toMatchObject(refusal('behalf'));
  await as('checker', 'pass-on', report, { lead: 'qifeng-town', task: '请整治' });
  const item = await look('director', { county: 'huantai', kind: 'handling', id: 'handling-1' });
  const sign = (of: string, on: string) => as('director', 'sign-for', item, {}, { onBehalf: { of, on } });
  await expect(sign('market-bureau', '2026-03-02')).rejects.toMatchObject(refusal('behalf'));
  await expect(sign('qifeng-town', '2026-03-01')).rejects.toMatchObject(refusal('behalf-on'));
  await expect(sign('qifeng-town', '2030-01-01')).rejects.toMatchObject(refusal('behalf-on'));
  expect((await sign('qifeng-town', '2026-03-02')).stage.id).toBe('working');
});

test('the office enters a report for its author on the day of the paper, and the log names both', async () => {
  const { as, begin } = officeOf('huantai');
  const opened = (who: string, more: object) => begin(who, 'report', 'submit', { ...text, ...more });
  const report = await begin(
    'checker',
    'report',
    'submit',
    { ...text, authors: ['wang'], channel: 'paper' },
    { onBehalf: { of: 'wang', on: '2026-02-10' } },
  );
  expect(report.history[0]).toMatchObject({ by: 'checker', on: '2026-02-10', onBehalf: { of: 'wang' } });
  expect(report.points).toMatchObject([{ subject: 'wang', on: '2026-02-10' }]);
  // Without a date it is today's; a post that the config does not name enters nothing.
  expect((await opened('checker', { authors: ['li'] })).history[0]?.onBehalf).toMatchObject({ of: 'li' });
  await expect(opened('chairman', { authors: ['wang'] })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(
    begin('wang', 'report', 'submit', text, { onBehalf: { of: 'wang', on: '2026-01-01' } }),
  ).rejects.toMatchObject(refusal('behalf'));
  await expect(opened('checker', { authors: 'wang' })).rejects.toMatchObject(refusal('authors'));
  await expect(opened('wang', { channel: 'pigeon' })).rejects.toMatchObject(refusal('channel'));
  await expect(opened('wang', { unit: 'sector-health' })).rejects.toMatchObject(refusal('unit'));
  await expect(opened('wang', { title: '   ' })).rejects.toMatchObject(refusal('title'));
  // What was refused has used up no number.
  expect((await opened('wang', {})).id).toBe('report-3');
  expect(report.version).toBe(1);
  await as('checker', 'pass', report, checked);
});

test('a draft is its author’s alone until it is handed in', async () => {
  const { as, begin, look, desk, actor, now } = officeOf('huantai');
  const draft = await begin('wang', 'report', 'save', { title: '还没写完' });
  await expect(look('checker', draft)).rejects.toMatchObject({ code: 'forbidden' });
  const all = async (who: string) =>
    (
      await desk.queue(
        { kind: 'report', view: 'all', stage: null, search: null, after: null, limit: 9 },
        actor(who),
        now(),
        'zh',
      )
    ).rows.length;
  expect([await all('checker'), await all('wang')]).toEqual([0, 1]);
  await as('wang', 'submit', draft, text);
  expect(await all('checker')).toBe(1);
});

test('what the office judged and said to itself is not in the author’s history; a sentence to the author is', async () => {
  const { as, begin, look } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, { ...checked, politics: 'heavy' });
  report = await as('director', 'pass', report, { comment: '不宜扩散' });
  expect(JSON.stringify(report)).toContain('不宜扩散');
  const own = JSON.stringify(await look('wang', report));
  expect(own).not.toContain('不宜扩散');
  expect(own).not.toContain('政治性');
  report = await as('secretary', 'not-use', report, { reason: 'many-matters', comment: '请分开报。' });
  expect(JSON.stringify(await look('wang', report))).toContain('请分开报。');
});

test('every department that is asked answers, once each, before the review goes on', async () => {
  const { as, begin, look } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, { ...checked, policy: 'heavy' });
  report = await as('director', 'ask', report, { asked: ['education-bureau', 'market-bureau'] });
  report = await as('at-education-bureau', 'opine', report, { opinion: '同意' });
  expect(report.stage.id).toBe('opinion');
  await expect(as('at-education-bureau', 'opine', report, { opinion: '再说' })).rejects.toMatchObject({
    code: 'not-offered',
  });
  expect((await look('at-education-bureau', report)).actions).toEqual([]);
  report = await as(
    'director',
    'opine',
    report,
    { opinion: '可行' },
    { onBehalf: { of: 'market-bureau', on: '2026-03-02' } },
  );
  expect(report.stage.id).toBe('second-review');
});

test('who handles a thing reads it; the lead alone signs and replies; the date that was set is the due date', async () => {
  const { as, begin, look } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass-on', report, {
    lead: 'qifeng-town',
    'co-handlers': ['market-bureau'],
    task: '请整治',
    due: '2026-05-20',
  });
  let item = await look('at-qifeng-town', { county: 'huantai', kind: 'handling', id: 'handling-1' });
  expect(item.links.map(({ kind, id }) => [kind, id])).toEqual([['report', report.id]]);
  expect((await look('at-qifeng-town', report)).title).toBe(text.title);
  await expect(as('at-market-bureau', 'sign-for', item)).rejects.toMatchObject({ code: 'forbidden' });
  item = await as('at-qifeng-town', 'sign-for', item);
  expect(item.due?.on).toBe('2026-05-20');
  item = await as('at-market-bureau', 'progress', item, { progress: '已派员' });
  await expect(
    as('at-market-bureau', 'reply', item, { result: 'solved', reply: '好了' }),
  ).rejects.toMatchObject({ code: 'forbidden' });
});

test('handling opens on an instruction, also after the piece was archived, and not without one', async () => {
  const { as, begin, look } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass', report);
  report = await as('secretary', 'pass', report);
  await as('compiler', 'compile', report, { title: '护学', text: '正文' });
  let piece = await look('compiler', { county: 'huantai', kind: 'piece', id: 'piece-1' });
  piece = await as('compiler', 'pass', piece);
  piece = await as('checker', 'proofread', piece);
  expect(piece.history.flatMap(({ reasons }) => reasons)).toEqual([]);
  piece = await as('secretary', 'issue', piece, {
    journal: 'journal',
    number: 7,
    destinations: ['city-cppcc'],
  });
  await expect(
    as('compiler', 'dispatch', piece, { destination: 'city-cppcc', 'sent-on': '2099-01-01' }),
  ).rejects.toMatchObject(refusal('sent-on'));
  piece = await as('compiler', 'dispatch', piece, { destination: 'city-cppcc' });
  const offered = async () => (await look('director', piece)).actions.map(({ action }) => action);
  expect(await offered()).not.toContain('assign');
  piece = await as('compiler', 'archive', piece);
  await expect(
    as('compiler', 'record', piece, { is: 'adopted', on: '2099-01-01', level: 'city' }),
  ).rejects.toMatchObject(refusal('on'));
  piece = await as('compiler', 'record', piece, {
    is: 'instructed',
    on: '2026-03-02',
    level: 'city',
    leader: 'main',
    words: '请教育局研究。',
  });
  expect(await offered()).toContain('assign');
  await as('director', 'assign', piece, { lead: 'education-bureau', task: '按批示办理' });
  const item = await look('at-education-bureau', { county: 'huantai', kind: 'handling', id: 'handling-1' });
  expect(item.stage.id).toBe('assigned');
  // The instruction's own words have readers of their own.
  expect(JSON.stringify(await look('at-education-bureau', piece))).not.toContain('请教育局研究');
  expect(JSON.stringify(await look('compiler', piece))).toContain('请教育局研究');
});

test('what ended takes nothing in any more', async () => {
  const { as, begin } = officeOf('huantai');
  const [one, other] = [
    await begin('wang', 'report', 'submit', text),
    await begin('li', 'report', 'submit', text),
  ];
  const ended = await as('checker', 'not-use', other, { reason: 'plagiarism' });
  const takes = [{ kind: 'report' as const, id: ended.id, version: ended.version }];
  await expect(as('checker', 'merge', one, {}, { takes })).rejects.toMatchObject({ code: 'invalid-input' });
});

test('a claimed report is claimed once, and its claimer lets go of it', async () => {
  const { as, begin } = officeOf('huantai');
  let report = await begin('wang', 'report', 'submit', text);
  const offered = () => report.actions.map(({ action }) => action);
  report = await as('checker', 'claim', report);
  expect(offered()).not.toContain('claim');
  report = await as('checker', 'release', report);
  expect(offered()).toContain('claim');
});

test('the log pins what is in a file by a salted hash', async () => {
  const { begin, store } = officeOf('huantai');
  await store.saveFile({
    county: 'huantai',
    id: 'f-1',
    name: '照片.png',
    type: 'image/png',
    uploader: 'wang',
    bytes: new Uint8Array([1, 2, 3]),
  });
  const report = await begin('wang', 'report', 'submit', { ...text, photos: ['f-1'] });
  const log = await store.log(report);
  expect(brokenAt(log.map(({ entry }) => entry))).toBeNull();
  const sha = '039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81';
  const sealed = log[0]?.texts.find(({ text: words }) => words === sha);
  expect(sealed?.hash).toBe(hashText(sealed?.salt ?? '', sha));
  expect(JSON.stringify(log[0]?.entry)).toContain(sealed?.hash);
});
