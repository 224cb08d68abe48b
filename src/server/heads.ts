import { createHash, createPrivateKey, sign, type KeyObject } from 'node:crypto';
import { access, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Instant } from '../model/date.ts';
import type { Head } from '../store/port.ts';
import { ServerError } from './error.ts';
import type { HeadsKept } from './settings.ts';

/** Every head a line, and a last line that signs them. */
export async function signedHeads(
  pages: AsyncIterable<Head[]>,
  key: KeyObject,
): Promise<{ text: string; number: number }> {
  let lines = '';
  let number = 0;
  for await (const page of pages) {
    for (const head of page) lines += `${JSON.stringify(head)}\n`;
    number += page.length;
    await othersTurn();
  }
  const signature = sign(null, headsDigest(lines), key).toString('base64');
  return { text: `${lines}${JSON.stringify({ signature })}\n`, number };
}

/** What is signed of the lines. */
export const headsDigest = (lines: string) => createHash('sha256').update(lines).digest();

/** Whole or not at all. */
export async function writeHeads(file: string, text: string): Promise<void> {
  await writeFile(`${file}.partial`, text);
  await rename(`${file}.partial`, file);
}

/** The key, if what the settings name is there. */
export async function headsKey({ key, folder }: HeadsKept): Promise<KeyObject> {
  try {
    await access(folder);
    return createPrivateKey(await readFile(key, 'utf8'));
  } catch (cause) {
    throw new ServerError(
      'settings-refused',
      {
        zh: `settings 的 heads:${folder} 应为已有的文件夹,${key} 应为可读的 PEM 私钥(openssl genpkey -algorithm ed25519)。`,
        en: `"heads" in the settings: ${folder} must be a folder that is there, ${key} a private key in PEM that can be read (openssl genpkey -algorithm ed25519).`,
      },
      { cause },
    );
  }
}

/** Whoever has written at one for so long was killed over it, in milliseconds. */
const GIVEN_UP = 10 * 60_000;

/**
 * Writes the heads down once in so many hours, in a file named by when those began: however many processes look, and
 * however often one is started anew, it is the same file and is there once.
 */
export async function headsKept(
  store: { heads(): AsyncIterable<Head[]> },
  kept: HeadsKept,
  now: Instant,
  heard: (words: string) => void,
): Promise<void> {
  const every = kept.hours * 3_600_000;
  const began = new Date(Math.floor(Date.parse(now) / every) * every).toISOString();
  const file = join(kept.folder, `heads-${began.slice(0, 16).replaceAll(':', '')}Z.ndjson`);
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (there) return;
  const key = await headsKey(kept);
  const left = await stat(`${file}.partial`).catch(() => null);
  if (left && Date.parse(now) - left.mtimeMs > GIVEN_UP) {
    heard(
      `${file}.partial:写到一半的链头已无人在写,重新写 / heads that somebody broke off writing; they are written anew`,
    );
    await rm(`${file}.partial`, { force: true });
  }
  try {
    await writeFile(`${file}.partial`, '', { flag: 'wx' });
  } catch (error) {
    // Another process is about to.
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    throw error;
  }
  try {
    await writeHeads(file, (await signedHeads(store.heads(), key)).text);
  } catch (error) {
    await rm(`${file}.partial`, { force: true });
    throw error;
  }
}
