import type { AttachmentType } from '../model/attachment.ts';

/**
 * A photograph without what the camera wrote beside it: where it was taken, when, with whose telephone. The picture
 * itself is not touched; which way up it is stays. What is no whole picture comes back as it was.
 */
export function stripPicture(bytes: Uint8Array, type: AttachmentType): Uint8Array {
  if (type === 'jpg') return withoutSegments(bytes);
  if (type === 'png') return withoutChunks(bytes);
  return type === 'webp' ? withoutParts(bytes) : bytes;
}

const joined = (parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

function withoutSegments(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, 2)];
  let way = 1;
  let at = 2;
  for (;;) {
    if (at + 4 > bytes.length || bytes[at] !== 0xff) return bytes;
    const marker = bytes[at + 1] ?? 0;
    // From the start of the picture itself on nothing is looked at.
    if (marker === 0xda) break;
    const length = view.getUint16(at + 2);
    if (length < 2 || at + 2 + length > bytes.length) return bytes;
    const segment = bytes.subarray(at, at + 2 + length);
    if (marker === 0xe1) way = wayUp(segment) ?? way;
    // JFIF, the colour profile and Adobe's note on colours are needed to show it; other notes and comments are not.
    const application = marker >= 0xe0 && marker <= 0xef;
    if (marker !== 0xfe && (!application || [0xe0, 0xe2, 0xee].includes(marker))) kept.push(segment);
    at += 2 + length;
  }
  return joined([
    ...kept.slice(0, 1),
    ...(way === 1 ? [] : [wayAlone(way)]),
    ...kept.slice(1),
    bytes.subarray(at),
  ]);
}

const EXIF = 'Exif\0\0';
const ORIENTATION = 0x0112;

/** The orientation that an EXIF segment names. */
function wayUp(segment: Uint8Array): number | null {
  if (String.fromCharCode(...segment.subarray(4, 10)) !== EXIF) return null;
  const tiff = new DataView(segment.buffer, segment.byteOffset + 10, segment.length - 10);
  if (tiff.byteLength < 10) return null;
  const little = tiff.getUint16(0) === 0x4949;
  const first = tiff.getUint32(4, little);
  if (first + 2 > tiff.byteLength) return null;
  const count = tiff.getUint16(first, little);
  for (let entry = 0; entry < count; entry += 1) {
    const at = first + 2 + entry * 12;
    if (at + 12 > tiff.byteLength) return null;
    const value = tiff.getUint16(at + 8, little);
    if (tiff.getUint16(at, little) === ORIENTATION) return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An EXIF segment with the orientation and nothing else. */
function wayAlone(way: number): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, way, 0, 0, 0, 0, 0, 0];
  const body = [...Buffer.from(EXIF, 'latin1'), ...tiff];
  return Uint8Array.from([0xff, 0xe1, 0, body.length + 2, ...body]);
}

function withoutChunks(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at < bytes.length;) {
    if (at + 12 > bytes.length) return bytes;
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return bytes;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME'].includes(name)) kept.push(bytes.subarray(at, end));
    at = end;
    if (name === 'IEND') break;
  }
  return joined(kept);
}

function withoutParts(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const kept: Uint8Array[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (end > bytes.length) return bytes;
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const part = bytes.slice(at, end);
    // The head says which parts follow.
    if (name === 'VP8X') part[8] = (part[8] ?? 0) & ~0b1100;
    if (name !== 'EXIF' && name !== 'XMP ') kept.push(part);
    at = end;
  }
  const body = joined(kept);
  const head = bytes.slice(0, 12);
  new DataView(head.buffer).setUint32(4, body.length + 4, true);
  return joined([head, body]);
}
