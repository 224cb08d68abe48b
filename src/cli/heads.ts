import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { headsDigest, signedHeads, writeHeads } from '../server/heads.ts';
import { headsOf } from '../store/heads.ts';
import type { Head } from '../store/port.ts';
import type { Db } from '../store/rows.ts';
import { openExisting } from './databases.ts';
import { CliError, languageIn, optionsIn } from './say.ts';

/**
 * `minqing heads`: how far every chain has come, signed, to be kept elsewhere. What is cut off the end of a log leaves a
 * chain that holds; it is the head that tells.
 */
export async function headsCommand(args: string[]): Promise<number> {
  const language = languageIn(args);
  const { db, key, out } = optionsIn({
    args,
    options: {
      db: { type: 'string' },
      key: { type: 'string' },
      out: { type: 'string' },
      lang: { type: 'string' },
    },
  }).values;
  if (!db || !key)
    throw new CliError({
      zh: '请写明 --db 和 --key(私钥文件)。没有私钥时:openssl genpkey -algorithm ed25519 -out heads.pem',
      en: 'Give --db and --key, the file of a private key. To make one: openssl genpkey -algorithm ed25519 -out heads.pem',
    });
  const pem = await readKey(key);
  const { db: rows, close } = await openExisting(db);
  const { text, number } = await signedHeads(headsOf(rows), keyOf(createPrivateKey, pem, key)).finally(close);
  if (out === undefined) process.stdout.write(text);
  else {
    await writeHeads(out, text);
    console.log(language === 'en' ? `${out}: ${number} heads.` : `${out}:${number} 条链头。`);
  }
  return 0;
}

/** The first head of a file that the log no longer reaches, or reaches otherwise; null when all are there. */
export async function firstHeadMissing(
  db: Db,
  file: string,
  key: string,
): Promise<{ head: string; expected: string; found: string } | null> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const end = text.trimEnd().lastIndexOf('\n') + 1;
  const lines = text.slice(0, end);
  const pem = await readKey(key);
  if (!verify(null, headsDigest(lines), keyOf(createPublicKey, pem, key), signatureIn(text.slice(end))))
    throw new CliError({
      zh: `${file} 的签名与 ${key} 不符:不是用这把密钥签的,或内容被改过。`,
      en: `The signature of ${file} is not by ${key}: it was made with another key, or the file was changed.`,
    });
  for (const line of lines.split('\n')) {
    if (line === '') continue;
    const [county, kind, id, sequence, hash]: Head = JSON.parse(line);
    const row = await db
      .selectFrom('log')
      .innerJoin('things', 'things.key', 'log.thing')
      .select('log.entry')
      .where('things.county', '=', county)
      .where('things.kind', '=', kind)
      .where('things.id', '=', id)
      .where('log.sequence', '=', sequence)
      .executeTakeFirst();
    const found = row ? hashIn(row.entry) : '-';
    if (found !== hash) return { head: `${county} ${kind} ${id} #${sequence}`, expected: hash, found };
  }
  return null;
}

/** An entry that somebody has changed may be no JSON any more. */
function hashIn(entry: string): string {
  try {
    return String(Object(JSON.parse(entry)).hash);
  } catch {
    return '-';
  }
}

function signatureIn(line: string): Buffer {
  try {
    return Buffer.from(String(Object(JSON.parse(line)).signature), 'base64');
  } catch {
    return Buffer.alloc(0);
  }
}

async function readKey(file: string): Promise<string> {
  const pem = await readFile(file, 'utf8').catch(() => null);
  if (pem !== null) return pem;
  throw new CliError({ zh: `读不到密钥 ${file}。`, en: `The key ${file} cannot be read.` });
}

function keyOf<Key>(read: (pem: string) => Key, pem: string, file: string): Key {
  try {
    return read(pem);
  } catch {
    throw new CliError({
      zh: `${file} 不是可用的 PEM 密钥(签名要私钥,核对用公钥或私钥)。`,
      en: `${file} is no key that can be used: PEM, a private one to sign, either to verify.`,
    });
  }
}
