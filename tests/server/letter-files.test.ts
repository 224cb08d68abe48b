import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { blankThing } from '../../src/desk/change.ts';
import { ARRIVED, filesToSend } from '../../src/desk/from-below.ts';
import { CONFIDENTIAL, type Fields } from '../../src/model/thing.ts';
import type { ThingView } from '../../src/model/view.ts';
import { actorIn } from '../../src/server/host.ts';
import { signedHeaders } from '../../src/server/webhook.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { countyOf } from '../county.ts';
import { text } from '../desk/office.ts';
import { png } from '../picture.ts';
import {
  apart,
  dispatched,
  issued,
  lines,
  newest,
  onDisk,
  secret,
  service,
  type Service,
} from './committees.ts';

const NOON = '2026-03-02T04:00:00.000Z';
let numbers = 0;
/** A file as its uploader has it. */
async function uploaded(on: Service, county: string, who: string, name: string): Promise<string> {
  const id = `file-${(numbers += 1)}`;
  const uploader = `${county}-${who}`;
  await on.store.saveFile({ county, id, name, type: 'image/png', uploader, bytes: png });
  return id;
}
const photographed = async (on: Service, names: string[], more: Fields = {}): Promise<ThingView> => {
  const photos: string[] = [];
  for (const name of names) photos.push(await uploaded(on, 'ningshan', 'author-1', name));
  return on.act(['ningshan', 'author-1'], 'report', 'submit', { ...text, photos, ...more });
};
const sentUp = async (on: Service, report: ThingView) => {
  const piece = await issued(on, 'ningshan', report, ['city-cppcc'], { 'can-be-done': true });
  return dispatched(on, 'ningshan', piece, 'city-cppcc');
};
const filesOf = ({ files }: ThingView) => files.map(({ name, type, label }) => `${label} ${name} ${type}`);
const missing = ({ notices }: ThingView) => notices.filter((words) => words.includes('没有送达'));
async function opened(on: Service, county: string, { kind, id, files }: ThingView): Promise<Uint8Array> {
  const host = on.hosts.get(county);
  const actor = host && actorIn(host, `${county}-checker`, NOON);
  if (!host || !actor) throw new Error('nobody');
  return (await host.desk.file({ county, kind, id }, files[0]?.id ?? '', actor)).bytes;
}

test('a photo goes with its report from the county to the city and the province, and can be opened at each', async () => {
  const on = await service(['ningshan', 'ankang', 'shaanxi'], { now: NOON }, [], await onDisk());
  await sentUp(on, await photographed(on, ['校门口.png']));
  await on.deliver();
  const atCity = await newest(on, 'ankang');
  expect(filesOf(atCity)).toEqual(['下级附件 校门口.png image/png']);
  expect(missing(atCity)).toEqual([]);
  expect(lines(atCity).slice(-1)).toEqual(['附件送达 | 宁陕县政协 | 校门口.png']);
  expect((await opened(on, 'ankang', atCity)).length).toBeGreaterThan(50);

  const cityPiece = await issued(on, 'ankang', atCity, ['province-cppcc']);
  await dispatched(on, 'ankang', cityPiece, 'province-cppcc');
  await on.deliver();
  const atProvince = await newest(on, 'shaanxi');
  expect(filesOf(atProvince)).toEqual(['下级附件 校门口.png image/png']);
  expect((await opened(on, 'shaanxi', atProvince)).length).toBeGreaterThan(50);
  // Its name lies beside the log, and goes with it when it is purged.
  for (const { desk } of on.hosts.values()) expect((await desk.verifyLog()).difference).toBeNull();
  const before = await on.store.log(atProvince);
  expect(JSON.stringify(before.map(({ entry }) => entry))).not.toContain('校门口.png');
  await on.act(['shaanxi', 'secretary-general'], atProvince, 'purge');
  expect(JSON.stringify(await on.store.log(atProvince))).not.toContain('校门口.png');
  expect(await on.store.file('shaanxi', atProvince.files[0]?.id ?? '')).toBeNull();
});

test('scans of an instruction and of a paper, what the office alone may see and the photos of a confidential report stay where they are', () => {
  const { county } = countyOf('ningshan');
  const own = county.forms.get('report') ?? [];
  const [photos] = own.filter(({ id }) => id === 'photos');
  if (!photos) throw new Error('no photos');
  const inside = { ...photos, id: 'inside', seenBy: 'office' as const };
  const its = { ...county, forms: new Map([...county.forms, ['report', [...own, inside]]]) };
  const thing = (kind: string, fields: Fields) => ({
    ...blankThing({ county: 'ningshan', kind, id: kind }, 'start', county.version, NOON),
    fields,
  });
  const piece = { 'instruction-scan': 'of-instruction', text: '正文' };
  const sources = [
    thing('report', {
      photos: ['photo'],
      inside: ['for-the-office'],
      'behalf-scan': 'of-paper',
      [ARRIVED]: ['from-town'],
    }),
    thing('report', { photos: ['of-confidential', 'photo'], [CONFIDENTIAL]: true }),
  ];
  const sent = (fields: Fields) => filesToSend(() => its, thing('piece', fields), sources);
  expect(sent(piece)).toEqual(['photo', 'from-town']);
  // A piece that is confidential itself takes along what is.
  expect(sent({ ...piece, [CONFIDENTIAL]: true })).toEqual(['photo', 'from-town', 'of-confidential']);
});

test('a report arrives without a file that cannot be looked over, says so, and has it once that can be; it is there once', async () => {
  let scanner = 'down';
  const { county, city, pass } = await apart(memoryStore, async () => {
    if (scanner === 'down') throw new Error('down');
    return null;
  });
  const sent = await sentUp(county, await photographed(county, ['一.png', '二.png']));
  await county.deliver();
  const without = await newest(city, 'ankang');
  expect(without).toMatchObject({ title: sent.title, files: [] });
  expect(missing(without)).toEqual([
    '宁陕县政协随件发来的附件还有 2 个没有送达:一.png、二.png。送达前平台会继续重发;未收的原因见办理过程。',
  ]);
  scanner = 'up';
  pass(30);
  await county.deliver();
  const whole = await newest(city, 'ankang');
  expect(filesOf(whole)).toEqual(['下级附件 一.png image/png', '下级附件 二.png image/png']);
  expect(missing(whole)).toEqual([]);
  pass(600);
  await county.deliver();
  expect((await newest(city, 'ankang')).version).toBe(whole.version);
});

test('what the committee above does not take by its own rules is told there and below with why, and the rest arrives', async () => {
  const { county, city } = await apart(memoryStore, async () => null);
  const host = city.hosts.get('ankang');
  if (!host) throw new Error('no city');
  host.county = { ...host.county, attachments: { types: ['pdf'], megabytes: 1 } };
  const report = await photographed(county, ['照片.png']);
  await sentUp(county, report);
  await county.deliver();
  const there = await newest(city, 'ankang');
  expect(there.files).toEqual([]);
  expect(missing(there)).toHaveLength(1);
  const why = '附件未收 | 宁陕县政协 | 照片.png:只接收 PDF(按内容识别,不看文件名;含宏的文件不收)。';
  expect(lines(there).slice(-1)).toEqual([why]);
  await city.deliver();
  const below = lines(await county.look('ningshan', 'author-1', 'report', report.id));
  expect(below.slice(-1)).toEqual([why.replace('宁陕县', '安康市')]);
});

test('a photo that was erased before it could be sent is told to be gone, and no longer waited for', async () => {
  const { county, city, web, ports, pass } = await apart(memoryStore);
  const report = await photographed(county, ['不再给.png']);
  await sentUp(county, report);
  await web.city.down();
  await county.deliver();
  await county.store.removeFiles(
    'ningshan',
    report.files.map(({ id }) => id),
  );
  await web.city.up(ports.city);
  pass(30);
  await county.deliver();
  const there = await newest(city, 'ankang');
  expect([there.files, missing(there)]).toEqual([[], []]);
  expect(lines(there).slice(-1)).toEqual(['附件已在下级删除 | 宁陕县政协 | 不再给.png']);
});

test('a file is taken only as it was signed, for a submission that was taken, and its letter is none without it', async () => {
  const { clock, county, city, web } = await apart(memoryStore);
  const sent = await sentUp(county, await photographed(county, []));
  await county.deliver();
  const submission = `ningshan.piece.${sent.id}.${sent.version}.0`;
  const letter = {
    is: 'attachment',
    id: 'ningshan.piece.piece-1.9.1',
    from: 'ningshan',
    to: 'ankang',
    piece: sent.id,
    of: submission,
    file: 'file-1',
    name: '照片.png',
    sha256: createHash('sha256').update(png).digest('hex'),
  };
  const send = async (more: Fields, bytes: Uint8Array, { key = secret, path = 'letters/files' } = {}) => {
    const body = JSON.stringify({ ...letter, ...more });
    const answer = await web.city.fetch(
      new Request(`http://minqing.test/counties/ankang/${path}`, {
        method: 'POST',
        headers: {
          ...signedHeaders({ id: letter.id, body, at: clock.now }, [key]),
          'minqing-letter': Buffer.from(body).toString('base64url'),
        },
        body: path === 'letters' ? body : Buffer.from(bytes),
      }),
    );
    const { code } = await answer.json();
    return code === undefined ? answer.status : `${answer.status} ${code}`;
  };
  const other = 'whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4';
  expect(await send({}, png, { key: other })).toBe('401 unauthorized');
  expect(await send({}, png.slice(1))).toBe('400 bad-request');
  expect(await send({ sha256: null }, png)).toBe('400 bad-request');
  expect(await send({}, png, { path: 'letters' })).toBe('400 bad-request');
  expect(await send({ of: 'ningshan.piece.piece-1.1.0' }, png)).toBe('404 not-found');
  expect((await newest(city, 'ankang')).files).toEqual([]);
  expect(await send({}, png)).toBe(200);
  expect(await send({}, png)).toBe(200);
  expect(filesOf(await newest(city, 'ankang'))).toEqual(['下级附件 照片.png image/png']);
});
