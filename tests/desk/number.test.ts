import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageOf } from '../../src/documents/page.ts';
import type { ThingView } from '../../src/model/view.ts';
import { checked, officeOf, text } from './office.ts';

const refTo = (id: string) => ({ county: 'huantai', kind: 'piece' as const, id });
const form = { journal: 'journal', destinations: ['city-cppcc'] };

/** An office with so many pieces that are proofread and wait to be signed. */
async function withPieces(titles: readonly string[]) {
  const office = officeOf('huantai');
  const { begin, as, look } = office;
  const ids: string[] = [];
  for (const title of titles) {
    let report = await begin('wang', 'report', 'submit', text);
    report = await as('checker', 'pass', report, checked);
    report = await as('director', 'pass', report);
    report = await as('secretary', 'pass', report);
    report = await as('compiler', 'compile', report, { title, text: `${title}的正文` });
    const id = report.links.find(({ role }) => role === 'piece')?.id ?? '';
    await as('checker', 'proofread', await as('compiler', 'pass', await look('compiler', refTo(id))));
    ids.push(id);
  }
  const see = (who: string, id: string) => look(who, refTo(id));
  /** One act on pieces in their order. */
  const together = async (who: string, action: 'arrange' | 'issue', order: readonly string[], input = {}) => {
    const [first, ...rest] = await Promise.all(order.map((id) => see(who, id)));
    return office.desk.act({
      thing: refTo(first?.id ?? ''),
      action,
      input: { ...form, ...input },
      expected: first?.version ?? null,
      takes: rest.map(({ kind, id, version }) => ({ kind, id, version })),
      onBehalf: null,
      actor: office.actor(who),
      now: office.now(),
      language: 'zh',
      key: null,
    });
  };
  const printed = async (who: string, id: string, proposed?: { pieces: string[]; fields: object }) => {
    const { bytes } = await office.desk.thingPaper(
      'issue',
      refTo(id),
      office.actor(who),
      office.now(),
      'zh',
      proposed && { pieces: proposed.pieces, fields: { ...form, ...proposed.fields } },
    );
    const lines = pageOf(bytes).blocks.map((block) =>
      'rows' in block ? '' : block.runs.map((run) => run.text).join(''),
    );
    return { lines, titles: lines.filter((line) => titles.includes(line)) };
  };
  return { ...office, ids, see, together, printed };
}
const arrangedOf = (view: ThingView, action: string) =>
  view.actions.find((one) => one.action === action)?.arranged;

test('pieces are put together in an order by the compiler, signed once under one number, and printed in that order', async () => {
  const { ids, see, together, printed } = await withPieces(['甲', '乙', '丙']);
  const [a = '', b = '', c = ''] = ids;
  expect(arrangedOf(await see('compiler', a), 'arrange')).toEqual([]);
  await together('compiler', 'arrange', [c, a]);
  // Whoever signs finds it as it was put together, whichever piece they open.
  for (const id of [a, c]) expect(arrangedOf(await see('secretary', id), 'issue')).toEqual([c, a]);
  const { actions } = await see('secretary', a);
  const destinations = actions.find(({ action }) => action === 'issue')?.fields.at(-1)?.value;
  expect(destinations).toEqual(['city-cppcc']);
  expect((await printed('compiler', a)).titles).toEqual(['丙', '甲']);

  await together('secretary', 'issue', [c, a]);
  for (const id of [c, a]) {
    const view = await see('compiler', id);
    expect([view.stage.id, view.moments.find(({ is }) => is === 'issued')?.['number']]).toEqual([
      'dispatching',
      1,
    ]);
  }
  expect((await see('compiler', b)).stage.id).toBe('issuing');
  // One that joins the number later stands after those that were issued before it.
  await together('secretary', 'issue', [b], { number: 1 });
  for (const id of ids) expect((await printed('compiler', id)).titles).toEqual(['丙', '甲', '乙']);
});

test('an issue is kept whole or not at all, and is of pieces alone', async () => {
  const { ids, see, together, as, desk, actor, now } = await withPieces(['甲', '乙']);
  const [a = '', b = ''] = ids;
  const before = await see('secretary', b);
  await as('secretary', 'send-back', before, { comment: '请再核数据。' });
  await expect(together('secretary', 'issue', [a, b])).rejects.toMatchObject({ code: 'not-offered' });
  expect((await see('secretary', a)).stage.id).toBe('issuing');
  await expect(together('wang', 'arrange', [a])).rejects.toMatchObject({ code: 'forbidden' });
  const seen = await see('secretary', a);
  const twice = { kind: 'piece', id: a, version: seen.version };
  await expect(
    desk.act({
      thing: refTo(a),
      action: 'issue',
      input: form,
      expected: seen.version,
      takes: [twice],
      onBehalf: null,
      actor: actor('secretary'),
      now: now(),
      language: 'zh',
      key: null,
    }),
  ).rejects.toMatchObject({ code: 'conflict' });
});

test('what is put together otherwise is arranged as it was last', async () => {
  const { ids, see, together } = await withPieces(['甲', '乙', '丙']);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.shuffledSubarray(ids, { minLength: 1 }), { minLength: 1, maxLength: 3 }),
      async (orders) => {
        for (const order of orders) await together('compiler', 'arrange', order);
        const last = orders.at(-1) ?? [];
        for (const id of last) expect(arrangedOf(await see('compiler', id), 'arrange')).toEqual(last);
        // What was left out of it is arranged with none of those in it.
        for (const id of ids.filter((one) => !last.includes(one)))
          for (const one of arrangedOf(await see('compiler', id), 'arrange') ?? [])
            expect(last).not.toContain(one);
      },
    ),
    { numRuns: 15 },
  );
});

test('an issue is looked at before anything is kept, with the number that it would have', async () => {
  const { ids, see, together, printed } = await withPieces(['甲', '乙']);
  const [a = '', b = ''] = ids;
  const { lines, titles } = await printed('compiler', a, { pieces: [b, a], fields: {} });
  expect(titles).toEqual(['乙', '甲']);
  expect(lines).toContain('2026 年第 1 期');
  expect(lines.join('\n')).toContain('报送:淄博市政协');
  expect((await see('compiler', a)).version).toBe((await see('secretary', a)).version);
  await together('secretary', 'issue', [a]);
  expect((await printed('compiler', b, { pieces: [b], fields: {} })).lines).toContain('2026 年第 2 期');
  expect((await printed('compiler', b, { pieces: [b], fields: { number: 7 } })).lines).toContain(
    '2026 年第 7 期',
  );
});
