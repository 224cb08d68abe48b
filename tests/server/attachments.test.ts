import { createServer as listen } from 'node:net';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { County } from '../../src/county/county.ts';
import { createDesk } from '../../src/desk/desk.ts';
import { methodScoring } from '../../src/desk/method-scoring.ts';
import { createServer } from '../../src/server/app.ts';
import { clamdScan, type Scan } from '../../src/server/clamd.ts';
import { demoDirectory } from '../../src/server/demo.ts';
import { fileType } from '../../src/server/file-type.ts';
import { demoIdentity } from '../../src/server/identity.ts';
import { redrawn } from '../../src/server/picture.ts';
import { filesBeside } from '../../src/store/file-bytes.ts';
import { folderOfFiles } from '../../src/store/file-folder.ts';
import { memoryStore } from '../../src/store/memory.ts';
import { sqliteStore } from '../../src/store/sqlite.ts';
import { countyOf } from '../county.ts';
import { png } from '../picture.ts';
import { storeContract } from '../store/contract.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'minqing-files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const put = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));
const zip = (...names: string[]) => zipSync(Object.fromEntries(names.map((name) => [name, strToU8('<x/>')])));
const compound = (...streams: string[]) =>
  put(
    Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    new Uint8Array(504),
    ...streams.map((name) => Uint8Array.from(Buffer.from(`${name}\0`, 'utf16le'))),
  );

describe('a file’s type', () => {
  test.each([
    ['pdf', ascii('%PDF-1.7\n')],
    ['docx', zip('[Content_Types].xml', 'word/document.xml')],
    ['xlsx', zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/printerSettings/printerSettings1.bin')],
    ['doc', compound('Root Entry', 'WordDocument')],
    ['xls', compound('Root Entry', 'Workbook')],
    ['jpg', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0])],
    ['png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])],
    ['webp', ascii('RIFF\0\0\0\0WEBPVP8 ')],
    ['mp4', ascii('\0\0\0\x18ftypisom\0\0\0\0isomavc1')],
    ['mp3', ascii('ID3\x04\0\0')],
    ['mp3', Uint8Array.from([0xff, 0xfb, 0x90, 0])],
  ] as const)('%s is known by its content', (type, bytes) => {
    expect(fileType(bytes)).toBe(type);
  });

  test.each([
    ['a page', ascii('<!doctype html><script>alert(1)</script>')],
    ['a drawing with a script', ascii('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['the same after a byte order mark', ascii('\xef\xbb\xbf<svg/>')],
    ['a program', ascii('MZ\x90\0')],
    ['a script', ascii('#!/bin/sh\nrm -rf /')],
    ['a moving picture that is also a page', ascii('GIF89a/*<svg onload=alert(1)>*/')],
    ['a plain zip', zip('a.txt')],
    ['a zip that only says that it is a document', zip('[Content_Types].xml', 'page.html')],
    ['a document with macros', zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin')],
    ['a sheet with a control', zip('[Content_Types].xml', 'xl/workbook.xml', 'xl/activeX/activeX1.xml')],
    ['a zip that is cut off', zip('[Content_Types].xml', 'word/document.xml').slice(0, 40)],
    ['an old document with macros', compound('WordDocument', '_VBA_PROJECT')],
    ['an installer', compound('Root Entry', '!_StringPool')],
    ['a photograph that no browser shows', ascii('\0\0\0\x18ftypheic\0\0\0\0mif1heic')],
    ['nothing', new Uint8Array()],
  ])('%s is not taken', (_what, bytes) => {
    expect(fileType(bytes)).toBeNull();
  });

  test('whatever comes is judged without failing', () => {
    const begins = fc.constantFrom(
      zip('[Content_Types].xml', 'word/document.xml'),
      compound('Book'),
      new Uint8Array(),
    );
    fc.assert(
      fc.property(begins, fc.uint8Array({ maxLength: 200 }), fc.nat(300), (start, rest, cut) => {
        fileType(put(start.slice(0, cut), rest));
      }),
    );
  });
});

describe('a photograph', () => {
  /** Red above, blue below, as a telephone held sideways takes it: with where and when, a name, and another's words behind. */
  async function taken(type: 'jpeg' | 'png' | 'webp', orientation = 1) {
    const half = { create: { width: 40, height: 10, channels: 3, background: 'blue' } } as const;
    const bytes = await sharp({ create: { ...half.create, height: 20, background: 'red' } })
      .composite([{ input: half, top: 10, left: 0 }])
      .withExif({ IFD0: { Copyright: 'Wang' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '36/1 57/1 30/1' } })
      .withMetadata({ orientation })
      .toFormat(type)
      .toBuffer();
    return put(bytes, ascii('<script>alert(1)</script>'));
  }

  test.each([
    ['jpeg', 'jpg'],
    ['png', 'png'],
    ['webp', 'webp'],
  ] as const)(
    'as %s keeps its picture and says nothing of who took it, where and when',
    async (format, type) => {
      const sent = await taken(format);
      expect((await sharp(sent).metadata()).exif).toBeDefined();
      const kept = (await redrawn(sent, type)) ?? new Uint8Array();
      expect(fileType(kept)).toBe(type);
      const { exif, xmp, icc, width, height } = await sharp(kept).metadata();
      expect([exif, xmp, icc, width, height]).toEqual([undefined, undefined, undefined, 40, 20]);
      for (const words of ['Wang', 'script', 'Exif']) expect(Buffer.from(kept).includes(words)).toBe(false);
    },
  );

  test('that was held upright stays upright', async () => {
    const kept = (await redrawn(await taken('jpeg', 6), 'jpg')) ?? new Uint8Array();
    const { width, height } = await sharp(kept).metadata();
    expect([width, height]).toEqual([20, 40]);
    // Turned a quarter to the right, what was above is on the right.
    const { data } = await sharp(kept).raw().toBuffer({ resolveWithObject: true });
    const [left, right] = [data[20 * 20 * 3] ?? 0, data[20 * 20 * 3 + 19 * 3] ?? 0];
    expect([left < 60, right > 190]).toEqual([true, true]);
  });

  test('that is broken off, or claims more pixels than any telephone takes, is none', async () => {
    const whole = await taken('jpeg');
    expect(await redrawn(whole.slice(0, 150), 'jpg')).toBeNull();
    const bomb = new Uint8Array(png);
    new DataView(bomb.buffer).setUint32(16, 60_000);
    new DataView(bomb.buffer).setUint32(20, 60_000);
    expect(await redrawn(bomb, 'png')).toBeNull();
  });

  test('whatever bytes come, none makes it fail', async () => {
    const type = fc.constantFrom('jpg', 'png', 'webp');
    await fc.assert(
      fc.asyncProperty(fc.nat(png.length), fc.uint8Array({ maxLength: 100 }), type, async (cut, rest, is) => {
        await redrawn(put(png.slice(0, cut), rest), is);
      }),
    );
  });
});

describe('files in a folder beside the tables', () => {
  let opened = 0;
  storeContract(async () => {
    opened += 1;
    return filesBeside(
      await sqliteStore({ file: join(folder, `${opened}.db`) }),
      folderOfFiles(join(folder, `files-${opened}`)),
    );
  });

  test('lie under names of ours, readable by the service alone, are gone when erased, and older ones stay in the table', async () => {
    const tables = memoryStore();
    const older = {
      county: 'one',
      id: 'old',
      name: 'a.pdf',
      type: 'application/pdf',
      uploader: 'wang',
      bytes: ascii('old'),
    };
    await tables.saveFile(older);
    const place = join(folder, 'alone');
    const store = filesBeside(tables, folderOfFiles(place));
    const id = '../../../etc/passwd';
    await store.saveFile({ ...older, id, bytes: ascii('new') });
    await store.saveFile({ ...older, id, bytes: ascii('other') });
    const names = readdirSync(place, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(names).toHaveLength(1);
    expect(names[0]?.name).toMatch(/^[0-9a-f]{64}$/);
    expect(readFileSync(join(names[0]?.parentPath ?? '', names[0]?.name ?? ''), 'utf8')).toBe('new');
    expect((await tables.file('one', id))?.bytes).toEqual(new Uint8Array());
    expect(Buffer.from((await store.file('one', id))?.bytes ?? []).toString()).toBe('new');
    expect(await store.file('two', id)).toBeNull();
    expect((await store.file('one', 'old'))?.bytes).toEqual(ascii('old'));
  });
});

describe('an upload', () => {
  async function uploader(scan: Scan, attachments: Partial<County['attachments']> = {}) {
    const { county: base, config } = countyOf('huantai');
    const county = { ...base, attachments: { ...base.attachments, ...attachments } };
    const directory = demoDirectory(county);
    const store = memoryStore();
    const scoring = methodScoring(config, directory);
    const desk = createDesk({ county, directory, store, scoring, newSalt: () => 'salt' });
    const demo = await demoIdentity();
    const { fetch } = createServer({
      counties: new Map([[county.id, { county, directory, store, desk }]]),
      identity: demo,
      now: () => '2026-03-02T01:00:00.000Z',
      newId: () => 'f-1',
      scan,
    });
    const token = await demo.sign('huantai-author-1');
    return async (body: Uint8Array) => {
      const answer = await fetch(
        new Request('http://minqing.test/counties/huantai/files', {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}` },
          body: new Uint8Array(body),
        }),
      );
      return [answer.status, (await answer.json()).code, (await store.file('huantai', 'f-1')) !== null];
    };
  }

  test('is kept when the scanner finds nothing, refused when it finds something, and refused while it fails', async () => {
    expect(await (await uploader(async () => null))(png)).toEqual([201, undefined, true]);
    expect(await (await uploader(async () => 'Eicar'))(png)).toEqual([422, 'infected', false]);
    const failing = () => Promise.reject(new Error('down'));
    expect(await (await uploader(failing))(png)).toEqual([503, 'no-scan', false]);
  });

  test('is of a type and a size that the county takes', async () => {
    const clean = async () => null;
    const sound = ascii('ID3\x04\0\0');
    expect(await (await uploader(clean))(sound)).toEqual([415, 'wrong-file-type', false]);
    expect(await (await uploader(clean, { types: ['mp3'] }))(sound)).toEqual([201, undefined, true]);
    expect(await (await uploader(clean, { types: ['mp3'] }))(png)).toEqual([415, 'wrong-file-type', false]);
    const large = put(png, new Uint8Array(1024 * 1024));
    expect(await (await uploader(clean, { megabytes: 1 }))(large)).toEqual([413, 'too-large', false]);
    expect(await (await uploader(clean, { megabytes: 2 }))(large)).toEqual([201, undefined, true]);
    expect(await (await uploader(clean))(png.slice(0, 40))).toEqual([415, 'wrong-file-type', false]);
  });
});

describe('a scanner', () => {
  /** Speaks as clamd does: takes parts until an empty one, then answers. */
  async function daemon(answer: (bytes: Buffer) => string | null) {
    const server = listen((socket) => {
      let got = Buffer.alloc(0);
      socket.on('data', (chunk) => {
        got = Buffer.concat([got, chunk]);
        let at = 'zINSTREAM\0'.length;
        const parts: Buffer[] = [];
        while (at + 4 <= got.length) {
          const length = got.readUInt32BE(at);
          if (length === 0) {
            const said = answer(Buffer.concat(parts));
            if (said === null) socket.destroy();
            else socket.end(`${said}\0`);
            return;
          }
          parts.push(got.subarray(at + 4, at + 4 + length));
          at += 4 + length;
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { scan: clamdScan({ host: '127.0.0.1', port }, 2_000), close: () => server.close() };
  }

  test('gets the whole file, and says what it found, that it found nothing, or fails', async () => {
    const bytes = new Uint8Array(200_000).fill(7);
    let whole = 0;
    const well = await daemon((got) => {
      whole = got.length;
      return 'stream: OK';
    });
    expect([await well.scan(bytes), whole]).toEqual([null, 200_000]);
    const ill = await daemon(() => 'stream: Eicar-Test-Signature FOUND');
    expect(await ill.scan(bytes)).toBe('Eicar-Test-Signature');
    const full = await daemon(() => 'INSTREAM size limit exceeded. ERROR');
    await expect(full.scan(bytes)).rejects.toThrow('did not answer');
    const silent = await daemon(() => null);
    await expect(silent.scan(bytes)).rejects.toThrow('clamd');
    for (const one of [well, ill, full, silent]) one.close();
    await expect(well.scan(bytes)).rejects.toThrow('clamd');
  });
});
