import { describe, expect, test } from 'vitest';
import type { CivilDate } from '../../src/model/date.ts';
import type { Fields } from '../../src/model/thing.ts';
import type { Verb } from '../../src/model/verb.ts';
import type { ThingView } from '../../src/model/view.ts';
import { officeOf } from './office.ts';

/** The published rules of handling (D1, D6, D8, D9), walked at the desk on their boundary days. */
function handled(scheme: string, from: CivilDate) {
  const { county, desk, begin, as, look, clock, now, store } = officeOf(`schemes/${scheme}`, undefined, from);
  let item: ThingView | null = null;
  const open = async (input: Fields = {}) =>
    (item = await begin('director', 'handling', 'assign', {
      title: '路灯不亮',
      lead: 'transport',
      task: '请办理',
      ...input,
    }));
  const standing = () => {
    if (!item) throw new Error('nothing was assigned');
    return item;
  };
  const act = async (who: string, verb: Verb, input: Fields = {}) => {
    item = await as(who, verb, await look(who, standing()), input);
    return item;
  };
  /** What the clock does on a day. */
  const ticked = async (day: CivilDate) => {
    clock(day);
    const before = (await store.log(standing())).length;
    await desk.tick(county.id, now());
    return (await store.log(standing())).slice(before).map(({ entry }) => entry.change);
  };
  return { open, act, ticked, clock, look: (who: string) => look(who, standing()), begin, as };
}
const does = (escalation: string) => [expect.objectContaining({ escalation })];

describe('D6: a hotline', () => {
  test.each([
    // 28 September 2023 is the last working day before National Day; 7 and 8 October are worked.
    ['inquiry', '2023-09-28', '2023-09-28'],
    ['help', '2023-09-28', '2023-10-09'],
    ['complaint', '2023-09-28', '2023-10-23'],
    // 9 February 2024 is the eve of Spring Festival; Sunday the 18th is worked.
    ['help', '2024-02-09', '2024-02-20'],
    ['complaint', '2024-02-09', '2024-03-05'],
  ])('%s received on %s is due on %s', async (request, from, due) => {
    const { open } = handled('d6', from);
    expect((await open({ request })).due?.on).toBe(due);
  });

  test('chased the day after it was due, and criticised 5 working days after that and not after the due date', async () => {
    const { open, ticked, act } = handled('d6', '2023-09-25');
    expect((await open({ request: 'help' })).due?.on).toBe('2023-09-28');
    expect(await ticked('2023-09-28')).toEqual([]);
    expect(await ticked('2023-09-29')).toEqual(does('remind'));
    // 7, 8, 9, 10 and 11 October.
    expect(await ticked('2023-10-10')).toEqual([]);
    expect(await ticked('2023-10-11')).toEqual(does('criticise'));
    // Called back the day after it was done with.
    expect((await act('at-transport', 'reply', { reply: '已修好' })).due?.on).toBe('2023-10-12');
  });

  test('where the reminder falls on a working day it does not count among the five', async () => {
    const { open, ticked } = handled('d6', '2024-02-05');
    expect((await open({ request: 'help' })).due?.on).toBe('2024-02-08');
    expect(await ticked('2024-02-09')).toEqual(does('remind'));
    // 18 to 22 February, Sunday the 18th among them; from the due date it would have been the 21st.
    expect(await ticked('2024-02-21')).toEqual([]);
    expect(await ticked('2024-02-22')).toEqual(does('criticise'));
  });

  test('more time is asked for before it is over, and not after', async () => {
    const { open, act, clock } = handled('d6', '2023-09-25');
    await open({ request: 'help' });
    clock('2023-09-29');
    const asked = act('at-transport', 'ask-extension', { until: '2023-10-20', comment: '待料' });
    await expect(asked).rejects.toMatchObject({ code: 'not-offered' });
  });
});

describe('D8: what was wrongly assigned goes back within 7 working days, counted from the day it was assigned', () => {
  const decline = { proposed: 'market', comment: '属市场监管' };
  test('on the seventh it still does, after it was signed for, with a reason and an owner', async () => {
    // 28 September, 7 to 12 October.
    const { open, act, clock } = handled('d8', '2023-09-27');
    await open();
    clock('2023-10-11');
    await act('at-transport', 'sign-for');
    await expect(act('at-transport', 'decline', { proposed: 'market' })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    clock('2023-10-12');
    expect((await act('at-transport', 'decline', decline)).stage.id).toBe('reassigning');
  });

  test('on the eighth it is refused, however lately it was signed for or sent back', async () => {
    const { open, act, clock, look } = handled('d8', '2024-02-07');
    await open();
    // 8, 9, 18, 19, 20, 21 and 22 February.
    clock('2024-02-22');
    await act('at-transport', 'sign-for');
    clock('2024-02-23');
    expect((await look('at-transport')).actions.map(({ action }) => action)).not.toContain('decline');
    await expect(act('at-transport', 'decline', decline)).rejects.toMatchObject({ code: 'not-offered' });
    await act('at-transport', 'reply', { reply: '已办' });
    await act('director', 'send-back');
    await expect(act('at-transport', 'decline', decline)).rejects.toMatchObject({ code: 'not-offered' });
  });

  test('whoever it is assigned to instead has seven of their own', async () => {
    const { open, act, clock } = handled('d8', '2024-02-07');
    await open();
    clock('2024-02-22');
    await act('at-transport', 'decline', decline);
    await act('director', 'reassign', { lead: 'market' });
    clock('2024-03-04');
    const back = await act('at-market', 'decline', { proposed: 'transport', comment: '属交通' });
    expect(back.stage.id).toBe('reassigning');
  });
});

describe('D9: 5 working days, 25 with coordination, 60 at most', () => {
  test.each([
    [false, '2024-02-07', '2024-02-20'],
    [true, '2024-02-07', '2024-03-19'],
    [false, '2023-09-27', '2023-10-10'],
    [true, '2023-09-27', '2023-11-07'],
  ])('coordination %s, received on %s: due on %s', async (coordination, from, due) => {
    const { open } = handled('d9', from);
    expect((await open({ coordination })).due?.on).toBe(due);
  });

  test('more time ends on the sixtieth, whether asked for once or twice', async () => {
    const { open, act } = handled('d9', '2024-02-07');
    await open({ coordination: true });
    const asked = (until: string) => act('at-transport', 'ask-extension', { until, comment: '招标' });
    await expect(asked('2024-05-11')).rejects.toMatchObject({
      code: 'invalid-input',
      fields: [{ field: 'until', saying: { zh: '最迟可延至 2024-05-10,请改早。' } }],
    });
    await asked('2024-04-10');
    expect((await act('director', 'grant')).due?.on).toBe('2024-04-10');
    await expect(asked('2099-01-01')).rejects.toMatchObject({ code: 'invalid-input' });
    await asked('2024-05-10');
    expect((await act('director', 'grant')).due?.on).toBe('2024-05-10');
  });

  test('a date set at the start goes no further either', async () => {
    const { open } = handled('d9', '2024-02-07');
    expect((await open({ coordination: true, due: '2024-12-31' })).due?.on).toBe('2024-05-10');
  });
});

describe('D1: three months or the time that was granted, and whether the reply came late', () => {
  const late = (view: ThingView) => view.moments.find(({ is }) => is === 'replied');
  const replied = { reply: '已办复' };
  test.each([
    ['2023-11-30', '2024-02-29', false],
    ['2023-11-30', '2024-03-01', true],
  ])('assigned on %s, replied on %s: late %s', async (from, on, isLate) => {
    const { open, act, clock } = handled('d1', from);
    await open();
    clock(on);
    expect(late(await act('at-transport', 'reply', replied))).toMatchObject({
      due: '2024-02-29',
      late: isLate,
    });
  });

  test('within the time that was granted it is not late', async () => {
    const { open, act, clock } = handled('d1', '2023-11-30');
    await open();
    clock('2024-02-29');
    await act('at-transport', 'ask-extension', { until: '2024-03-20', comment: '待批' });
    await act('director', 'grant');
    clock('2024-03-20');
    expect(late(await act('at-transport', 'reply', replied))).toMatchObject({
      due: '2024-03-20',
      late: false,
    });
  });
});

test('more time that would be over already is not granted, and says why', async () => {
  const { open, act, clock, ticked } = handled('d1', '2023-11-30');
  await open();
  clock('2024-02-29');
  await act('at-transport', 'ask-extension', { until: '2024-03-05', comment: '待批' });
  expect(await ticked('2024-03-06')).toHaveLength(1);
  await expect(act('director', 'grant')).rejects.toMatchObject({
    code: 'invalid-input',
    saying: { en: expect.stringContaining('2024-03-05, is over already') },
  });
  await act('director', 'refuse');
  expect(await ticked('2024-03-07')).toEqual([]);
});

test('done over again it is due anew, and a date set for the first time that is over does not count', async () => {
  const { open, act, clock } = handled('d9', '2024-02-07');
  await open({ coordination: true, due: '2024-02-22' });
  clock('2024-02-22');
  await act('at-transport', 'reply', { reply: '已办' });
  clock('2024-02-26');
  expect((await act('director', 'send-back')).due).toMatchObject({ on: '2024-04-01', by: 'working-days' });
  // One that is still to come holds.
  const other = handled('d9', '2024-02-07');
  await other.open({ coordination: true, due: '2024-03-12' });
  await other.act('at-transport', 'reply', { reply: '已办' });
  expect((await other.act('director', 'send-back')).due).toMatchObject({ on: '2024-03-12', by: 'field' });
});
