import { createHash } from 'node:crypto';
import type { Instant } from '../model/date.ts';
import { MinqingError } from '../model/error.ts';
import type { Attachment } from '../model/letter.ts';
import { judged, lastingRefusals } from './attachment.ts';
import type { Scan } from './clamd.ts';
import type { CountyHost } from './host.ts';
import type { Outgoing } from './outgoing.ts';
import type { Receiver } from './receivers.ts';
import { signedHeaders } from './webhook.ts';

/** The header that carries the letter, in base64url: the body is the file as it is. */
export const LETTER = 'minqing-letter';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The bytes that a letter speaks of; null where they are gone meanwhile. */
export async function bytesOf({ from, file }: Attachment, { store }: Outgoing): Promise<Uint8Array | null> {
  const { bytes } = (await store.file(from, file)) ?? { bytes: null };
  return bytes && bytes.length > 0 ? bytes : null;
}

/** Sends a file to a committee on another service; the signature is over the letter, which has the file's hash. */
export async function sendFile(
  receiver: Receiver,
  letter: Attachment,
  outgoing: Outgoing,
): Promise<string | null> {
  const bytes = await bytesOf(letter, outgoing);
  const body = JSON.stringify({ ...letter, sha256: bytes && sha256(bytes) } satisfies Attachment);
  const headers = signedHeaders({ id: letter.id, body, at: outgoing.now() }, receiver.secrets);
  const header = { [LETTER]: Buffer.from(body).toString('base64url') };
  return outgoing.post(receiver, { ...headers, ...header }, bytes ?? new Uint8Array());
}

/** The letter of such a request, as it was signed. */
export const letterIn = (headers: Headers): string =>
  Buffer.from(headers.get(LETTER) ?? '', 'base64url').toString('utf8');

/** Whether the bytes are those that the letter was signed for. */
export const isWhole = ({ sha256: signed }: Attachment, bytes: Uint8Array): boolean =>
  signed === null ? bytes.length === 0 : signed === sha256(bytes);

/** Takes a file that came with a letter: judged here as one that somebody uploads here. */
export async function takeFile(
  { desk, county }: CountyHost,
  letter: Attachment,
  bytes: Uint8Array | null,
  { now, scan }: { now: Instant; scan: Scan | undefined },
): Promise<void> {
  const arrived = bytes && (await judged(bytes, county.attachments, scan).catch(refusalOf));
  await desk.receive(letter, now, arrived);
}

/** What stands against the file itself is told; what fails for now fails, and it is sent again. */
function refusalOf(error: unknown): { refused: MinqingError['saying'] } {
  if (error instanceof MinqingError && lastingRefusals.includes(error.code)) return { refused: error.saying };
  throw error;
}
