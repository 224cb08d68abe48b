import { beforeAll, describe, expect, test } from 'vitest';
import type { ThingView } from '../../src/model/view.ts';
import { checked, officeOf, text } from './office.ts';

/* What is for some eyes alone: a leader's words, an author's name, a report that is confidential. */

const everyone = [
  'wang',
  'li',
  'checker',
  'compiler',
  'director',
  'secretary',
  'chairman',
  'supervisor',
  'at-education-bureau',
  'at-social-bureau',
];
const kinds = ['report', 'lead', 'piece', 'handling', 'period'] as const;
type Office = ReturnType<typeof officeOf>;

/** Everything that somebody can look at, as one text; what is refused says nothing. */
async function allThat(
  { desk, actor, now, look }: Office,
  who: string,
  things: ThingView[],
): Promise<string> {
  const seen: unknown[] = [];
  const tried = async (asked: Promise<unknown>) => seen.push(await asked.catch(() => null));
  const me = actor(who);
  for (const thing of things) {
    await tried(look(who, thing));
    await tried(desk.view(thing, me, now(), 'en', '2026-03-31'));
    await tried(desk.similarTo(thing, me, 'zh'));
  }
  for (const kind of kinds)
    for (const view of ['all', 'mine', 'todo', 'overdue'] as const)
      for (const search of [null, '校门口'])
        await tried(desk.queue({ kind, view, stage: null, search, after: null, limit: 50 }, me, now(), 'zh'));
  await tried(desk.similarText('report', text, me, 'zh').then(({ rows, others }) => [rows, others]));
  // Who earned how much is for everybody; for which report is not.
  await tried(
    desk
      .scores('2026', 'people', me, now())
      .then(({ subjects, honours }) => [
        subjects.flatMap(({ id, lines }) =>
          id === who ? [] : lines.map(({ record }) => record && { by: id, record }),
        ),
        honours,
      ]),
  );
  await tried(desk.quotas(me, now(), who));
  await tried(desk.anthology('2026', me, 'zh').then(({ bytes }) => new TextDecoder().decode(bytes)));
  return JSON.stringify(seen);
}

async function compiledPiece({ begin, as, look }: Office): Promise<ThingView[]> {
  let report = await begin('wang', 'report', 'submit', text);
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass', report);
  report = await as('secretary', 'pass', report);
  report = await as('compiler', 'compile', report, { title: '护学岗', text: '正文' });
  const id = report.links.find(({ kind }) => kind === 'piece')?.id ?? '';
  let piece = await look('compiler', { county: report.county, kind: 'piece', id });
  piece = await as('compiler', 'pass', piece);
  piece = await as('checker', 'proofread', piece);
  piece = await as('secretary', 'issue', piece, { journal: 'journal', destinations: ['county-government'] });
  piece = await as('compiler', 'dispatch', piece, { destination: 'county-government' });
  return [report, piece];
}

describe('the text and the scan of an instruction', () => {
  const WORDS = '请教体局牵头限期整改';
  const readers = ['compiler', 'director', 'secretary', 'chairman', 'supervisor'];
  let office: Office;
  let things: ThingView[];
  beforeAll(async () => {
    office = officeOf('huantai');
    const { as, look, store } = office;
    const bytes = new Uint8Array([1, 2, 3]);
    const type = 'application/pdf';
    await store.saveFile({
      county: 'huantai',
      id: 'scan',
      name: '批示件.pdf',
      type,
      uploader: 'compiler',
      bytes,
    });
    const [report, issued] = await compiledPiece(office);
    if (!report || !issued) throw new Error('no piece');
    let piece = await as('compiler', 'record', issued, {
      is: 'instructed',
      on: '2026-03-02',
      level: 'county',
      body: 'government',
      leader: 'main',
      words: WORDS,
      'instruction-scan': 'scan',
    });
    const task = { lead: 'education-bureau', task: '设护学岗。' };
    piece = await as('director', 'assign', piece, task);
    const id = piece.links.find(({ kind }) => kind === 'handling')?.id ?? '';
    const handling = await look('director', { county: 'huantai', kind: 'handling', id });
    things = [await look('director', report), piece, handling];
  });

  test.each(everyone)('are seen by those who read instructions and nobody else: %s', async (who) => {
    const seen = await allThat(office, who, things);
    const { desk, actor } = office;
    const piece = things[1];
    if (!piece) throw new Error('no piece');
    const file = await desk.file(piece, 'scan', actor(who)).catch((error: Error) => error.name);
    const may = readers.includes(who);
    expect([who, seen.includes(WORDS), seen.includes('批示件'), typeof file === 'object']).toEqual([
      who,
      may,
      may,
      may,
    ]);
  });

  test('that there was one, of which level and body, its author and the department read all the same', async () => {
    for (const who of ['wang', 'at-education-bureau']) {
      const seen = await Promise.all(things.map((thing) => office.look(who, thing).catch(() => null)));
      expect(JSON.stringify(seen)).toContain('批示 · 县级');
    }
  });
});

describe('the name of an author who hides it', () => {
  const more = {
    showsNames: true,
    forms: {
      report: [{ id: 'hide-name', label: { zh: '对承办单位隐去姓名', en: 'Hide my name' }, type: 'yes-no' }],
    },
  };
  const NAME = '"name":"wang"';
  const hidden = async (hides: boolean) => {
    const office = officeOf('huantai', undefined, '2026-03-02', more);
    const { as, begin, look } = office;
    let report = await begin('wang', 'report', 'submit', { ...text, 'hide-name': hides });
    report = await as('checker', 'pass', report, checked);
    report = await as('director', 'ask', report, { asked: ['education-bureau'] });
    const other = await begin('li', 'report', 'submit', { ...text, 'hide-name': hides }, {});
    const passed = await as('checker', 'pass-on', other, { lead: 'education-bureau', task: '请办。' });
    const id = passed.links.find(({ kind }) => kind === 'handling')?.id ?? '';
    const handling = await look('director', { county: 'huantai', kind: 'handling', id });
    return { office, things: [report, passed, handling] };
  };

  test('is read by the department where it is not hidden', async () => {
    const { office, things } = await hidden(false);
    expect((await allThat(office, 'at-education-bureau', things)).includes(NAME)).toBe(true);
  });

  test('is read by the office and by themselves, and by no department, in no list and no history', async () => {
    const { office, things } = await hidden(true);
    const seen = await allThat(office, 'at-education-bureau', things);
    expect(seen.includes(text.situation)).toBe(true);
    expect(/"(name|by|authors)":"(wang|li)"/.exec(seen)?.[0]).toBeUndefined();
    for (const who of ['wang', 'director'])
      expect((await allThat(office, who, things)).includes(NAME)).toBe(true);
  });

  test('nor by way of what the office entered for them, or of the paper that they signed', async () => {
    const office = officeOf('huantai');
    const { as, begin, store, desk, actor } = office;
    const bytes = new Uint8Array([1]);
    const file = { county: 'huantai', id: 'paper', name: '来信.png', type: 'image/png', bytes };
    await store.saveFile({ ...file, uploader: 'checker' });
    let report = await begin(
      'checker',
      'report',
      'submit',
      { ...text, authors: ['wang'] },
      { onBehalf: { of: 'wang', on: '2026-03-01', scan: 'paper' } },
    );
    report = await as('checker', 'pass', report, checked);
    report = await as('director', 'ask', report, { asked: ['education-bureau'] });
    const seen = await allThat(office, 'at-education-bureau', [report]);
    expect(seen.includes(text.situation)).toBe(true);
    expect(/wang|来信/.exec(seen)?.[0]).toBeUndefined();
    await expect(desk.file(report, 'paper', actor('at-education-bureau'))).rejects.toMatchObject({
      code: 'not-found',
    });
    expect((await desk.file(report, 'paper', actor('secretary'))).name).toBe('来信.png');
  });
});

describe('a confidential report', () => {
  const confidential = { ...checked, confidential: true };
  const seers = async (office: Office, report: ThingView) => {
    const found = await Promise.all(
      everyone.map(async (who) => ((await allThat(office, who, [report])).includes(text.title) ? who : [])),
    );
    return found.flat();
  };

  test('is seen by its author, by those who act at its stage, and by whom they ask; in no list, search or likeness', async () => {
    const office = officeOf('huantai');
    const { as, begin } = office;
    let report = await begin('wang', 'report', 'submit', text);
    expect(await seers(office, report)).toEqual(everyone.slice(0, 8).filter((who) => who !== 'li'));
    report = await as('checker', 'check', report, confidential);
    expect(await seers(office, report)).toEqual(['wang', 'checker']);
    report = await as('checker', 'pass', report, confidential);
    expect(await seers(office, report)).toEqual(['wang', 'director']);
    report = await as('director', 'inquire', report, { person: 'compiler', comment: '请看' });
    expect(await seers(office, report)).toEqual(['wang', 'compiler', 'director']);
    report = await as('director', 'ask', report, { asked: ['education-bureau'] });
    expect(await seers(office, report)).toEqual(['wang', 'compiler', 'director', 'at-education-bureau']);
    report = await as('director', 'pass', report);
    report = await as('director', 'pass', report);
    report = await as('secretary', 'not-use', report, { reason: 'beyond-us' });
    expect(await seers(office, report)).toEqual(['wang', 'compiler', 'secretary']);
    // A like report of somebody else neither shows it nor counts it.
    const like = await begin('li', 'report', 'submit', text);
    const { desk, actor } = office;
    for (const who of ['checker', 'chairman'])
      expect(await desk.similarTo(like, actor(who), 'zh')).toMatchObject({ rows: [], others: 0 });
  });

  test('no longer is one when the checker says so', async () => {
    const office = officeOf('huantai');
    let report = await office.begin('wang', 'report', 'submit', text);
    report = await office.as('checker', 'check', report, confidential);
    report = await office.as('checker', 'check', report, { ...checked, confidential: false });
    expect(await seers(office, report)).toContain('chairman');
  });

  test('whoever may not see it can do nothing to it, nor take it along', async () => {
    const office = officeOf('huantai');
    const { as, begin } = office;
    let report = await begin('wang', 'report', 'submit', text);
    report = await as('checker', 'check', report, confidential);
    for (const who of ['director', 'secretary', 'compiler', 'chairman'])
      for (const action of ['purge', 'jump', 'copy', 'inquire'] as const)
        await expect(as(who, action, report, { person: who })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('stays so in the piece and the handling that are made of it', async () => {
    const office = officeOf('huantai');
    const { as, begin, look } = office;
    let report = await begin('wang', 'report', 'submit', text);
    report = await as('checker', 'pass-on', await as('checker', 'check', report, confidential), {
      lead: 'education-bureau',
      task: '请办。',
    });
    const id = report.links.find(({ kind }) => kind === 'handling')?.id ?? '';
    const at = { county: 'huantai', kind: 'handling' as const, id };
    await expect(look('chairman', at)).rejects.toMatchObject({ code: 'forbidden' });
    expect((await look('at-education-bureau', at)).title).toBe(text.title);
  });

  test('is marked by its author too, where the county’s form asks', async () => {
    const label = { zh: '保密件', en: 'Confidential' };
    const more = { forms: { report: [{ id: 'confidential', label, type: 'yes-no' }] } };
    const office = officeOf('huantai', undefined, '2026-03-02', more);
    const report = await office.begin('wang', 'report', 'submit', { ...text, confidential: true });
    expect(await seers(office, report)).toEqual(['wang', 'checker']);
  });
});
