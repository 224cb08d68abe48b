import { expect, test } from 'vitest';
import { brokenAt } from '../../src/desk/seal.ts';
import { checked, officeOf, text } from './office.ts';

test('a report that should never have been entered is purged: its words and files go, the bare fact and the chain stay', async () => {
  const { as, begin, look, store, desk } = officeOf('huantai');
  const bytes = new Uint8Array([1]);
  const file = { county: 'huantai', id: 'f-1', name: 'a.png', type: 'image/png', uploader: 'wang', bytes };
  await store.saveFile(file);
  let report = await begin('wang', 'report', 'submit', { ...text, photos: ['f-1'] });
  const other = await begin('li', 'report', 'submit', text);
  report = await as('checker', 'pass', report, checked);
  report = await as('director', 'pass', report, { comment: '疑似涉密' });
  await expect(as('checker', 'purge', report)).rejects.toMatchObject({ code: 'forbidden' });
  report = await as('secretary', 'purge', report);
  expect(report).toMatchObject({
    stage: { id: 'purged' },
    title: report.id,
    fields: [],
    files: [],
    actions: [],
  });
  const log = await store.log(report);
  const kept = JSON.stringify([await store.read(report), log]);
  for (const words of [...Object.values(text), '疑似涉密']) expect(kept).not.toContain(words);
  expect(log.map(({ entry }) => entry.action)).toEqual(['submit', 'pass', 'pass', 'purge']);
  expect(brokenAt(log.map(({ entry }) => entry))).toBeNull();
  expect(await store.file('huantai', 'f-1')).toBeNull();
  expect((await look('li', other)).title).toBe(text.title);
  expect(await desk.verifyLog()).toMatchObject({ entries: 5, difference: null });
});

test('what was made of a purged report goes with it: its handling item and its piece; a piece of several keeps the others’ words', async () => {
  const { as, begin, store, desk } = officeOf('huantai');
  const all = async () => {
    const kept: unknown[] = [];
    for (const kind of ['report', 'handling', 'piece'] as const)
      for await (const row of store.all('huantai', kind)) kept.push(row, await store.log(row.thing));
    return JSON.stringify(kept);
  };
  const secret = { ...text, title: '不该写进来的事' };
  const handed = await as('checker', 'pass-on', await begin('wang', 'report', 'submit', secret), {
    lead: 'education-bureau',
    task: '请查不该写进来的事。',
  });
  await as('secretary', 'purge', handed);
  for (const words of ['不该写进来的事', ...Object.values(text)]) expect(await all()).not.toContain(words);
  expect((await desk.verifyLog()).difference).toBeNull();

  const passed = async (who: string, title: string) => {
    const report = await as(
      'checker',
      'pass',
      await begin(who, 'report', 'submit', { ...text, title }),
      checked,
    );
    return as('secretary', 'pass', await as('director', 'pass', report));
  };
  const mine = await passed('wang', '又一件不该写的');
  const compiled = await as('compiler', 'compile', mine, { title: '又一件不该写的', text: '编发的正文' });
  await as('secretary', 'purge', compiled);
  for (const words of ['又一件不该写的', '编发的正文']) expect(await all()).not.toContain(words);

  const [first, second] = [await passed('wang', '两件之一'), await passed('li', '两件之二')];
  const both = await as(
    'compiler',
    'compile',
    first,
    { title: '两件之一', text: '合编的正文' },
    { takes: [{ kind: 'report', id: second.id, version: second.version }] },
  );
  await as('secretary', 'purge', both);
  expect(await all()).not.toContain('两件之一');
  for (const words of ['两件之二', '合编的正文']) expect(await all()).toContain(words);
  expect((await desk.verifyLog()).difference).toBeNull();
});

test('a photo that was replaced on the way goes with the rest', async () => {
  const { as, begin, store } = officeOf('huantai');
  const png = { county: 'huantai', name: 'a.png', type: 'image/png', uploader: 'wang' };
  for (const id of ['f-1', 'f-2']) await store.saveFile({ ...png, id, bytes: new Uint8Array([1]) });
  let report = await begin('wang', 'report', 'submit', { ...text, photos: ['f-1'] });
  report = await as('checker', 'return', report, { comment: '请换一张照片' });
  report = await as('wang', 'submit', report, { ...text, photos: ['f-2'] });
  await as('secretary', 'purge', report);
  expect([await store.file('huantai', 'f-1'), await store.file('huantai', 'f-2')]).toEqual([null, null]);
});

test('a text, an entry or a state that was changed behind the log’s back is found', async () => {
  const { as, begin, store, desk } = officeOf('huantai');
  const report = await begin('wang', 'report', 'submit', text);
  await as('checker', 'pass', report, checked);
  const honest = { read: store.read, log: store.log, all: store.all };
  const found = async () => (await desk.verifyLog()).difference;
  expect(await found()).toBeNull();

  store.log = async (ref) =>
    (await honest.log(ref)).map(({ entry, texts }) => ({
      entry,
      texts: texts.map((one) => ({ ...one, text: `${one.text}!` })),
    }));
  expect(await found()).toMatchObject({ what: 'text', sequence: 1 });
  store.log = async (ref) =>
    (await honest.log(ref)).map((one) => ({ ...one, entry: { ...one.entry, actor: 'x' } }));
  expect(await found()).toMatchObject({ what: 'chain', sequence: 1 });
  store.log = async (ref) => (await honest.log(ref)).slice(0, 1);
  expect(await found()).toMatchObject({ what: 'gap' });
  store.log = honest.log;
  store.all = async function* (county, kind) {
    for await (const row of honest.all(county, kind))
      yield { ...row, thing: { ...row.thing, stage: 'archived' } };
  };
  expect(await found()).toMatchObject({ what: 'state', sequence: null });
});
