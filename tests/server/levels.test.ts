import { expect, test } from 'vitest';
import type { Letter } from '../../src/model/letter.ts';
import type { ThingView } from '../../src/model/view.ts';
import { actorIn } from '../../src/server/host.ts';
import { unreached } from '../../src/server/letters.ts';
import { signedHeaders } from '../../src/server/webhook.ts';
import type { Store } from '../../src/store/port.ts';
import { memoryStore } from '../../src/store/memory.ts';

import {
  apart,
  begun,
  dispatched,
  issued,
  lines,
  newest,
  onDisk,
  secret,
  service,
  today,
} from './committees.ts';

test('a county’s report goes to the city and the province by itself, and their adoption and instruction come back as points and words', async () => {
  const clock = { now: '2026-03-02T01:00:00.000Z' };
  const on = await service(['ningshan', 'ankang', 'shaanxi'], clock);
  const report = await begun(on);
  let piece = await issued(on, 'ningshan', report, ['city-cppcc', 'county-party'], { 'can-be-done': true });
  piece = await dispatched(on, 'ningshan', piece, 'city-cppcc');
  await on.deliver();

  const atCity = await newest(on, 'ankang');
  expect(atCity).toMatchObject({
    title: piece.title,
    stage: { id: 'initial-check' },
    unit: '宁陕县政协',
    authors: [],
  });
  expect(atCity.fields).toContainEqual(
    expect.objectContaining({ value: '三所小学放学时段拥堵,建议设护学岗。' }),
  );
  expect(atCity.links).toMatchObject([
    { role: 'from-below', label: '下级来件', title: `宁陕县政协 ${piece.id}` },
  ]);

  const cityPiece = await issued(on, 'ankang', atCity, ['province-cppcc']);
  await dispatched(on, 'ankang', cityPiece, 'province-cppcc');
  await on.deliver();
  const atProvince = await newest(on, 'shaanxi');
  expect(atProvince).toMatchObject({ title: cityPiece.title, unit: '安康市政协' });
  let top = await issued(on, 'shaanxi', atProvince, ['province-party']);
  top = await dispatched(on, 'shaanxi', top, 'province-party');
  const instruction = {
    is: 'instructed',
    on: today(clock),
    level: 'province',
    body: 'party',
    leader: 'main',
    words: '请教育厅研究,拿出办法。',
  };
  await on.act(['shaanxi', 'compiler'], top, 'record', instruction);
  await on.deliver();

  const back = await on.look('ningshan', 'compiler', 'piece', piece.id);
  const came = back.moments.filter(({ is }) => is === 'adopted' || is === 'instructed');
  expect(came).toMatchObject([
    {
      is: 'adopted',
      level: 'city',
      form: 'stand-alone',
      outlet: '《安康社情民意》2026年第1期',
      on: today(clock),
    },
    { is: 'adopted', level: 'province', outlet: '《陕西社情民意》2026年第1期' },
    { is: 'instructed', level: 'province', body: 'party', leader: 'main' },
  ]);
  expect(back.links).toContainEqual(
    expect.objectContaining({ role: 'above', title: `安康市政协 ${atCity.id}` }),
  );
  // The author reads it in their own report, with its points: 1 + 2 + 4 + 8 + 12.
  const own = await on.look('ningshan', 'author-1', 'report', report.id);
  expect(lines(own).filter((line) => line.split(' | ')[1] === '安康市政协')).toEqual([
    `收到,编号 ${atCity.id} | 安康市政协`,
    '已编报 | 安康市政协',
    '登记成果 | 安康市政协 | 采用 | 2026-03-02 | 市级 | 《安康社情民意》2026年第1期 | 单篇',
    '已报送省政协 | 安康市政协',
    '登记成果 | 安康市政协 | 采用 | 2026-03-02 | 省级 | 《陕西社情民意》2026年第1期 | 单篇',
    '登记成果 | 安康市政协 | 批示 | 2026-03-02 | 省级 | 党委 | 主要领导',
  ]);
  const points = own.points.filter(({ subject }) => subject === 'ningshan-author-1');
  expect(points.reduce((sum, one) => sum + Number(one.points), 0)).toBe(27);
  // At the city the county's unit earns for it.
  const host = on.hosts.get('ankang');
  const actor = host && actorIn(host, 'ankang-office-director', clock.now);
  if (!host || !actor) throw new Error('no city');
  const { subjects } = await host.desk.scores('2026', 'units', actor, clock.now);
  expect(subjects.find(({ id }) => id === 'ningshan-cppcc')?.points).toBe('18');
  // The words of an instruction stay with those who may read them, and so do the authors' names.
  const cityLog = JSON.stringify(await on.store.log({ county: 'ankang', kind: 'report', id: atCity.id }));
  const countyLog = JSON.stringify(await on.store.log(back));
  expect(cityLog).not.toContain('author');
  expect(countyLog).not.toContain('请教育厅研究');
  for (const { desk } of on.hosts.values()) expect((await desk.verifyLog()).difference).toBeNull();
});

test('on two services a link that is down for hours loses nothing and doubles nothing, whichever side it is', async () => {
  const { clock, county, city, web, ports, pass } = await apart(onDisk);
  let piece = await issued(county, 'ningshan', await begun(county), ['city-cppcc'], { 'can-be-done': true });
  await web.city.down();
  piece = await dispatched(county, 'ningshan', piece, 'city-cppcc');
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await county.deliver();
    pass(30);
  }
  expect((await county.store.waiting(today(clock))).sends).toBe(1);
  await web.city.up(ports.city);
  await county.deliver();
  expect((await county.store.waiting(today(clock))).sends).toBe(0);

  await web.county.down();
  const atCity = await newest(city, 'ankang');
  let cityPiece = await issued(city, 'ankang', atCity, ['province-cppcc']);
  cityPiece = await dispatched(city, 'ankang', cityPiece, 'province-cppcc');
  await city.deliver();
  const result = {
    is: 'instructed',
    on: today(clock),
    level: 'city',
    body: 'government',
    leader: 'in-charge',
  };
  cityPiece = await city.look('ankang', 'compiler', 'piece', cityPiece.id);
  await city.act(['ankang', 'compiler'], cityPiece, 'record', result);
  await city.deliver();
  expect((await county.look('ningshan', 'compiler', 'piece', piece.id)).links).toHaveLength(1);
  pass(30);
  await web.county.up(ports.county);
  await city.deliver();
  await city.deliver();
  const back = await county.look('ningshan', 'compiler', 'piece', piece.id);
  expect(back.moments.filter(({ is }) => is === 'adopted' || is === 'instructed')).toMatchObject([
    { is: 'adopted', level: 'city' },
    { is: 'instructed', level: 'city', body: 'government', leader: 'in-charge' },
  ]);
  expect(back.links).toContainEqual(
    expect.objectContaining({ role: 'above', title: `安康市政协 ${atCity.id}` }),
  );
  expect((await city.store.waiting(today(clock))).sends).toBe(0);
}, 30_000);

test('a letter is taken once, however late and however often it comes, and only as it was signed', async () => {
  const { clock, county, city, web, pass } = await apart(memoryStore);
  let piece = await issued(county, 'ningshan', await begun(county), ['city-cppcc'], { 'can-be-done': true });
  piece = await dispatched(county, 'ningshan', piece, 'city-cppcc');
  await county.deliver();
  const letter: Letter = {
    is: 'result',
    id: 'ankang.piece.piece-1.9.0',
    from: 'ankang',
    to: 'ningshan',
    piece: piece.id,
    moment: { is: 'taken-up', on: today(clock), level: 'city' },
  };
  const send = async (body: string, { id = letter.id, key = secret, to = 'ningshan' } = {}) => {
    const headers = signedHeaders({ id, body, at: clock.now }, [key]);
    const answer = await web.county.fetch(
      new Request(`http://minqing.test/counties/${to}/letters`, { method: 'POST', headers, body }),
    );
    const { code } = await answer.json();
    return code === undefined ? answer.status : `${answer.status} ${code}`;
  };
  const body = JSON.stringify(letter);
  expect(await Promise.all([send(body), send(body), send(body)])).toEqual([200, 200, 200]);
  pass(60 * 24 * 30);
  await county.hosts.get('ningshan')?.desk.tick('ningshan', clock.now);
  expect(await send(body)).toBe(200);
  const taken = (await county.look('ningshan', 'compiler', 'piece', piece.id)).moments;
  expect(taken.filter(({ is }) => is === 'taken-up')).toHaveLength(1);

  const other = 'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4';
  const changed = (more: object) => JSON.stringify({ ...letter, id: 'ankang.piece.piece-1.10.0', ...more });
  const fresh = { id: 'ankang.piece.piece-1.10.0' };
  expect(await send(changed({}), { ...fresh, key: other })).toBe('401 unauthorized');
  expect(await send(changed({ from: 'shaanxi' }), fresh)).toBe('401 unauthorized');
  expect(await send(changed({}), { id: 'another' })).toBe('401 unauthorized');
  expect(await send(changed({ piece: 'piece-99' }), fresh)).toBe('404 not-found');
  expect(await send(changed({ to: 'huantai' }), { ...fresh, to: 'huantai' })).toBe('404 not-found');
  expect(await send(changed({ to: 'huantai' }), fresh)).toBe('404 not-found');
  expect(await send('{', fresh)).toBe('401 unauthorized');
  expect(await send(changed({ moment: { is: 'adopted', on: 'today' } }), fresh)).toBe('400 bad-request');
  // Below is who is named below: the city sends nothing up to a county.
  const up = { is: 'submission', on: today(clock), title: '某件', text: '某文', confidential: false };
  expect(await send(changed(up), fresh)).toBe('403 not-linked');
  expect((await newest(city, 'ankang')).unit).toBe('宁陕县政协');
});

test('what was not used or was returned above is told with its reason, and what the office alone said is not', async () => {
  const clock = { now: '2026-03-02T01:00:00.000Z' };
  const on = await service(['ningshan', 'ankang'], clock);
  const sendUp = async () => {
    const piece = await issued(on, 'ningshan', await begun(on), ['city-cppcc'], { 'can-be-done': true });
    await dispatched(on, 'ningshan', piece, 'city-cppcc');
    await on.deliver();
    return { piece, above: await newest(on, 'ankang') };
  };
  const one = await sendUp();
  await on.act(['ankang', 'checker'], one.above, 'not-use', {
    reason: 'already-known',
    comment: '上月已编发同类信息。',
  });
  const two = await sendUp();
  await on.act(['ankang', 'checker'], two.above, 'return', { comment: '请补充涉及的学生人数。' });
  await on.deliver();
  const heard = async (id: string) => lines(await on.look('ningshan', 'author-1', 'report', id)).slice(-1);
  const reportOf = (piece: ThingView) => String(piece.links.find(({ role }) => role === 'source')?.id);
  expect(await heard(reportOf(one.piece))).toEqual([
    '不予采用 | 安康市政协 | 原因:已有反映;给反映人的话:上月已编发同类信息。',
  ]);
  expect(await heard(reportOf(two.piece))).toEqual(['退回修改 | 安康市政协 | 意见:请补充涉及的学生人数。']);
  const notices = await on.hosts
    .get('ningshan')
    ?.desk.notices(
      { id: 'ningshan-author-1', county: 'ningshan', name: '', kind: null, posts: [] },
      'zh',
      null,
      1,
    );
  expect(notices?.rows[0]?.text).toContain('上级政协有回音');
  // Nobody at the city wrote it: its office revises it and sends it on, for the county.
  const revised = await on.look('ankang', 'office-director', 'report', two.above.id);
  expect(revised.actions.map(({ action }) => action)).toContain('submit');
});

test('a piece that is purged before it was sent takes its words out of what waits to be sent', async () => {
  const clock = { now: '2026-03-02T01:00:00.000Z' };
  const on = await service(['ningshan'], clock, [], await onDisk());
  expect(unreached(on.hosts, on.post)).toMatchObject([expect.stringContaining('ankang')]);
  let piece = await issued(on, 'ningshan', await begun(on), ['city-cppcc'], { 'can-be-done': true });
  piece = await dispatched(on, 'ningshan', piece, 'city-cppcc');
  await on.deliver();
  const waiting = (store: Store) =>
    store.claimSends('committee:ankang', 9, { now: clock.now, until: clock.now });
  expect(JSON.stringify(await waiting(on.store))).toContain('护学岗');
  await on.act(['ningshan', 'secretary-general'], piece, 'purge');
  expect(await waiting(on.store)).toEqual([]);
});
